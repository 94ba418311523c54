"""Citations of articles are found in every form in which courts and questions write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.citation import article_label, find_citations

CPL = "民事诉讼法"
CPL_I = "最高人民法院关于适用民事诉讼法的解释"
WORK = "最高人民法院关于人民法院执行工作若干问题的规定(试行)"
OBJECTIONS = "最高人民法院关于人民法院办理执行异议和复议案件若干问题的规定"
SEIZURE = "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定"
CIVIL, CRIMINAL = "民法典", "刑法"

# text, then each citation as law, article, paragraph, item
ONE = {
    "quoted": ("依照《民事诉讼法》第二百三十六条", (CPL, "第二百三十六条", None, None)),
    "quoted with the name of the state": (
        "《中华人民共和国民法典》第五百七十七条",
        (CIVIL, "第五百七十七条", None, None),
    ),
    "paragraph": ("《民事诉讼法》第六十七条第二款", (CPL, "第六十七条", 2, None)),
    "paragraph and item": ("《民事诉讼法》第二百五十六条第一款第三项", (CPL, "第二百五十六条", 1, 3)),
    "item in brackets": ("《民事诉讼法》第二百五十六条第一款第（三）项", (CPL, "第二百五十六条", 1, 3)),
    "item in half width brackets": ("《民事诉讼法》第二百六十八条第(六)项", (CPL, "第二百六十八条", None, 6)),
    "item without a paragraph": ("《民事诉讼法》第二百六十八条第六项", (CPL, "第二百六十八条", None, 6)),
    "inserted article": ("《刑法》第二百八十七条之二", (CRIMINAL, "第二百八十七条之二", None, None)),
    "inserted article with a paragraph": (
        "《刑法》第二百八十七条之二第一款",
        (CRIMINAL, "第二百八十七条之二", 1, None),
    ),
    "arabic numerals": ("《民法典》第577条", (CIVIL, "第五百七十七条", None, None)),
    "arabic numerals throughout": ("《民事诉讼法》第256条第1款第3项", (CPL, "第二百五十六条", 1, 3)),
    "full width digits": ("《民法典》第５７７条", (CIVIL, "第五百七十七条", None, None)),
    "spaces": ("《民法典》 第 577 条 第 1 款", (CIVIL, "第五百七十七条", 1, None)),
    "single brackets nested": (
        "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第四百八十五条",
        (CPL_I, "第四百八十五条", None, None),
    ),
    "title brackets nested": (
        "《最高人民法院关于适用《中华人民共和国民事诉讼法》的解释》第四百八十五条",
        (CPL_I, "第四百八十五条", None, None),
    ),
    "short name": ("民诉法第236条", (CPL, "第二百三十六条", None, None)),
    "short name without di": ("民诉法236条", (CPL, "第二百三十六条", None, None)),
    "short name of an interpretation": ("民诉法解释第485条", (CPL_I, "第四百八十五条", None, None)),
    "short name quoted": ("《民诉法解释》第四百八十五条", (CPL_I, "第四百八十五条", None, None)),
    "short name of provisions": ("执行规定第16条", (WORK, "第十六条", None, None)),
    "short name, objections": ("异议复议规定二十条", (OBJECTIONS, "第二十条", None, None)),
    "short name, seizure": ("查扣冻规定27条", (SEIZURE, "第二十七条", None, None)),
    "bare name with digits": ("民法典577条", (CIVIL, "第五百七十七条", None, None)),
    "bare name of two characters": ("刑法第二百六十四条", (CRIMINAL, "第二百六十四条", None, None)),
    "bare name of the constitution": ("宪法第三十三条", ("宪法", "第三十三条", None, None)),
    "bare name with the name of the state": (
        "中华人民共和国律师法第三十五条",
        ("律师法", "第三十五条", None, None),
    ),
    "after yizhao": ("依照民事诉讼法第二百三十六条", (CPL, "第二百三十六条", None, None)),
    "after genju": ("法院根据民法典第一千一百六十五条", (CIVIL, "第一千一百六十五条", None, None)),
    "after weifan": ("其行为违反了律师法第三十条", ("律师法", "第三十条", None, None)),
    "after shiyong": ("应当适用企业破产法第二条", ("企业破产法", "第二条", None, None)),
    "after guanyu": ("关于仲裁法第五十八条的理解", ("仲裁法", "第五十八条", None, None)),
    "after recognised as": ("应当认定为刑法第二百三十四条的行为", (CRIMINAL, "第二百三十四条", None, None)),
    "question before a short name": ("请问民诉法解释第485条", (CPL_I, "第四百八十五条", None, None)),
    "a lead word inside the name, 据": ("违反数据安全法第二十一条", ("数据安全法", "第二十一条", None, None)),
    "a lead word inside the name, 对": ("对外贸易法第三十条", ("对外贸易法", "第三十条", None, None)),
    "a lead word at the end of the name": (
        "涉外民事关系法律适用法第四条",
        ("涉外民事关系法律适用法", "第四条", None, None),
    ),
    "implementing rules": ("专利法实施细则第四十二条", ("专利法实施细则", "第四十二条", None, None)),
    "basic law, which ends like 本法": (
        "某特别行政区基本法第五条",
        ("某特别行政区基本法", "第五条", None, None),
    ),
    "number of the text between": (
        "《最高人民法院关于公证债权文书执行若干问题的规定》（法释〔2018〕18号）第九条",
        ("最高人民法院关于公证债权文书执行若干问题的规定", "第九条", None, None),
    ),
    "trial version in the name": (
        "《最高人民法院关于人民法院执行工作若干问题的规定（试行）》第22条",
        (WORK, "第二十二条", None, None),
    ),
    "version behind the name": (
        "《民事诉讼法》（2023年修正）第二百三十六条",
        (CPL, "第二百三十六条", None, None),
    ),
}

SEVERAL = {
    "joined by 、": (
        "《民事诉讼法》第二百五十三条、第二百五十四条第一款规定",
        [(CPL, "第二百五十三条", None, None), (CPL, "第二百五十四条", 1, None)],
    ),
    "joined by 和": (
        "《民法典》第五百七十七条和第五百八十四条",
        [(CIVIL, "第五百七十七条", None, None), (CIVIL, "第五百八十四条", None, None)],
    ),
    "joined by 及 and 与": (
        "民法典第六百六十七条及第六百七十五条与第六百七十六条",
        [(CIVIL, f"第六百{n}条", None, None) for n in ("六十七", "七十五", "七十六")],
    ),
    "four in a row": (
        "《刑法》第二十五条第一款、第六十七条第三款、第七十二条，第七十三条第二款",
        [
            (CRIMINAL, "第二十五条", 1, None),
            (CRIMINAL, "第六十七条", 3, None),
            (CRIMINAL, "第七十二条", None, None),
            (CRIMINAL, "第七十三条", 2, None),
        ],
    ),
    "after a further paragraph": (
        "《刑法》第三百四十七条第一款、第四款、第三百五十六条",
        [(CRIMINAL, "第三百四十七条", 1, None), (CRIMINAL, "第三百五十六条", None, None)],
    ),
    "after paragraphs that share one word": (
        "《刑法》第七十二条第一、三款、第七十三条第二款",
        [(CRIMINAL, "第七十二条", None, None), (CRIMINAL, "第七十三条", 2, None)],
    ),
    "after a further paragraph joined by 及": (
        "《刑法》第六十七条第一款及第三款、第六十四条",
        [(CRIMINAL, "第六十七条", 1, None), (CRIMINAL, "第六十四条", None, None)],
    ),
    "after further items": (
        "《民事诉讼法》第二百六十八条第（一）、（六）项，第二百六十九条",
        [(CPL, "第二百六十八条", None, None), (CPL, "第二百六十九条", None, None)],
    ),
    "joined by 以及": (
        "《民法典》第五百七十七条以及第五百八十四条",
        [(CIVIL, "第五百七十七条", None, None), (CIVIL, "第五百八十四条", None, None)],
    ),
    "two names": (
        "《民事诉讼法》第二百三十六条、《民诉法解释》第四百八十五条",
        [(CPL, "第二百三十六条", None, None), (CPL_I, "第四百八十五条", None, None)],
    ),
    "an article twice": (
        "《民法典》第六条……又依《民法典》第六条",
        [(CIVIL, "第六条", None, None), (CIVIL, "第六条", None, None)],
    ),
    "two bare names joined": (
        "依照民法典第五百零九条和民诉法第六十七条",
        [(CIVIL, "第五百零九条", None, None), (CPL, "第六十七条", None, None)],
    ),
    "short name among other words": (
        "查封期限是民诉法解释第487条还是执行规定第39条",
        [(CPL_I, "第四百八十七条", None, None), (WORK, "第三十九条", None, None)],
    ),
}

NONE = {
    "the said law": "该法第五条另有规定",
    "this law": "本法第五条所称的财产",
    "this provision": "本规定第五条",
    "this regulation after other words": "属于本条例第五条所列情形",
    "these implementing rules": "本实施细则第五条",
    "that measure": "该办法第五条",
    "other provisions": "其他规定第五条",
    "the article before": "前条规定的期限",
    "an article alone": "第二百三十六条",
    "a name alone": "《民事诉讼法》规定，当事人可以申请执行",
    "an agreement": "双方在协议第三条约定违约金",
    "a contract in title brackets, no article": "《房屋租赁合同》约定",
    "an article beyond all codes": "《民法典》第99999条",
    "article nought": "《民法典》第0条",
    "no text": "",
}


def _found(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return [(c.law, c.article, c.paragraph, c.item) for c in find_citations(text)]


@pytest.mark.parametrize(("text", "citation"), ONE.values(), ids=ONE)
def test_a_citation_is_found_with_its_law_and_article(text: str, citation: tuple[str, ...]) -> None:
    assert _found(text) == [citation]


@pytest.mark.parametrize(("text", "citations"), SEVERAL.values(), ids=SEVERAL)
def test_articles_that_share_a_name_are_each_found(text: str, citations: list[tuple[str, ...]]) -> None:
    assert _found(text) == citations


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_names_no_law_or_no_article_is_no_citation(text: str) -> None:
    assert _found(text) == []


def test_a_citation_covers_its_name_and_article_and_no_word_before_it() -> None:
    text = "本院依照民事诉讼法第六十七条第二款、第六十八条，《民法典》第六条第（一）项判决"
    assert [text[c.start : c.end] for c in find_citations(text)] == [
        "民事诉讼法第六十七条第二款",
        "第六十八条",
        "《民法典》第六条第（一）项",
    ]


def test_a_name_over_a_line_break_is_still_one_name() -> None:
    assert _found("《最高人民法院关于适用\n〈民事诉讼法〉的解释》第十条") == [(CPL_I, "第十条", None, None)]


@pytest.mark.parametrize(
    ("number", "sub", "label"),
    [(236, None, "第二百三十六条"), (287, 2, "第二百八十七条之二"), (1, None, "第一条")],
)
def test_the_label_of_an_article_is_in_chinese_numerals(number: int, sub: int | None, label: str) -> None:
    assert article_label(number, sub) == label


@given(st.integers(1, 9999), st.one_of(st.none(), st.integers(1, 20)))
def test_every_label_is_found_again_as_itself(number: int, sub: int | None) -> None:
    label = article_label(number, sub)
    assert _found(f"依照《民法典》{label}之规定") == [(CIVIL, label, None, None)]


@given(st.text(alphabet="《》〈〉（）()第条款项之一二百0１民法典诉解释规定依照、和", max_size=60))
def test_any_text_gives_citations_in_order_that_do_not_overlap(text: str) -> None:
    found = find_citations(text)
    places = [place for c in found for place in (c.start, c.end)]
    assert places == sorted(places)
    assert all(0 <= c.start < c.end <= len(text) for c in found)


@pytest.mark.parametrize("run", [" ", "、", "、一", "一", "和", "第", "《", "（"])
def test_a_long_run_of_one_sign_behind_a_citation_hides_nothing(run: str) -> None:
    """Would not end in a lifetime if the patterns tried all ways to cut the run."""
    found = _found(f"《民法典》第六条、{run * 20_000}。《刑法》第六条")
    assert (found[0], found[-1]) == ((CIVIL, "第六条", None, None), (CRIMINAL, "第六条", None, None))
