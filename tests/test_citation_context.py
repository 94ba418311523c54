"""References are resolved by what stands around them: 该法, 本法, 前款, short names that the text defines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse_policy import parse_policy
from legal.citation import Citation, find_citations
from legal.citation_context import citations_in

CPL, CRIMINAL, CIVIL = "民事诉讼法", "刑法", "民法典"
CPL_I = "最高人民法院关于适用民事诉讼法的解释"
OWN = "某省律师条例"

Row = tuple[str, str, int | None, int | None, str]

# In a judgment: text, then law, article, paragraph, item, how
JUDGMENT: dict[str, tuple[str, list[Row]]] = {
    "the said law": (
        "根据《民法典》第五百零九条，该法第五百七十七条亦有规定",
        [(CIVIL, "第五百零九条", None, None, "named"), (CIVIL, "第五百七十七条", None, None, "back")],
    ),
    "the said law, named without an article": (
        "《中华人民共和国民事诉讼法》对此已有规定，该法第二百三十六条第一款",
        [(CPL, "第二百三十六条", 1, None, "back")],
    ),
    "the said law is not the interpretation named last": (
        "《民法典》和《民诉法解释》对此均有规定，该法第五百零九条",
        [(CIVIL, "第五百零九条", None, None, "back")],
    ),
    "the said interpretation is not the law named last": (
        "《民诉法解释》和《民法典》对此均有规定，该解释第五百条",
        [(CPL_I, "第五百条", None, None, "back")],
    ),
    "the said judicial interpretation": (
        "《最高人民法院关于执行和解若干问题的规定》明确了这一点，该司法解释第九条",
        [("最高人民法院关于执行和解若干问题的规定", "第九条", None, None, "back")],
    ),
    "the same law": (
        "依照刑法第二百六十四条、同法第六十七条第三款",
        [(CRIMINAL, "第二百六十四条", None, None, "named"), (CRIMINAL, "第六十七条", 3, None, "back")],
    ),
    "the law above, several articles": (
        "《刑法》有明文，上述法律第六十四条、第六十七条",
        [(CRIMINAL, "第六十四条", None, None, "back"), (CRIMINAL, "第六十七条", None, None, "back")],
    ),
    "the said law keeps the edition": (
        "《民事诉讼法》（2017年修正）第二百二十五条，该法第二百二十七条",
        [(CPL, "第二百二十五条", None, None, "named"), (CPL, "第二百二十七条", None, None, "back")],
    ),
    "the said article": (
        "《民法典》第三十六条第一款所列情形，该条第二款规定的个人",
        [(CIVIL, "第三十六条", 1, None, "named"), (CIVIL, "第三十六条", 2, None, "back")],
    ),
    "the first two paragraphs of an article": (
        "刑法第三百零七条之一前两款",
        [
            (CRIMINAL, "第三百零七条之一", None, None, "named"),
            (CRIMINAL, "第三百零七条之一", 1, None, "back"),
            (CRIMINAL, "第三百零七条之一", 2, None, "back"),
        ],
    ),
    "a short name in title brackets": (
        "《最高人民法院关于审理某类案件的解释》（以下简称《解释》）第三条，《解释》第五条",
        [
            ("最高人民法院关于审理某类案件的解释", "第三条", None, None, "named"),
            ("最高人民法院关于审理某类案件的解释", "第五条", None, None, "short"),
        ],
    ),
    "a short name in quotation marks": (
        "《最高人民法院关于审理某类案件的规定》（下称“某类规定”）明确，某类规定第五条",
        [("最高人民法院关于审理某类案件的规定", "第五条", None, None, "short")],
    ),
    "a short name without brackets": (
        "《最高人民法院关于审理某类案件的规定》，以下简称《规定》，依照《规定》第五条",
        [("最高人民法院关于审理某类案件的规定", "第五条", None, None, "short")],
    ),
    "a short name after the number of the text": (
        "《某市房屋征收条例》（某府〔2019〕3号，以下简称条例），违反条例第八条",
        [("某市房屋征收条例", "第八条", None, None, "short")],
    ),
    "a short name that another has by custom": (
        "《某市法院执行工作规定》（以下简称执行规定），执行规定第五条",
        [("某市法院执行工作规定", "第五条", None, None, "short")],
    ),
    "a general short name is not the end of a longer name": (
        "《最高人民法院关于审理某类案件的解释》（以下简称解释），民诉法解释第五百条",
        [(CPL_I, "第五百条", None, None, "named")],
    ),
    "a short name given together with an article": (
        "《关于适用〈中华人民共和国刑事诉讼法〉若干问题的意见》第300条规定（以下简称意见第300条）的精神，按照意见第300条规定的程序",
        [
            ("最高人民法院关于适用刑事诉讼法若干问题的意见", "第三百条", None, None, "named"),
            ("最高人民法院关于适用刑事诉讼法若干问题的意见", "第三百条", None, None, "short"),
        ],
    ),
    "an opinion of a high court": (
        "某省高级人民法院《关于适用〈劳动合同法〉若干问题的意见》第三条",
        [("关于适用劳动合同法若干问题的意见", "第三条", None, None, "named")],
    ),
    "a short name for an article is none for the law": (
        "《刑法》第三百条规定（以下简称该规定），该规定第五条",
        [(CRIMINAL, "第三百条", None, None, "named")],
    ),
    "what an article says is no name": (
        "按照意见第300条规定第五条、第二十条规定第三条",
        [],
    ),
    "a short name before it is defined": ("《解释》第五条。《刑法》（以下简称《解释》）", []),
    "a short name defined twice": (
        "《刑法》（以下简称《该典》），《该典》第五条；《民法典》（以下简称《该典》），《该典》第六条",
        [(CRIMINAL, "第五条", None, None, "short"), (CIVIL, "第六条", None, None, "short")],
    ),
    "a short name of a contract": (
        "《房屋租赁合同》（以下简称《合同》）第三条，《合同》第五条约定",
        [],
    ),
    "an article of a contract after one of a law": (
        "《民法典》第五百零九条规定，合同第三条、协议第五条、章程第十条应予履行",
        [(CIVIL, "第五百零九条", None, None, "named")],
    ),
    "a clause alone": ("第三条约定，甲方应当付款", []),
    "this law in a judgment": (
        "刑法第六十九条规定，依照本法第五十条",
        [(CRIMINAL, "第六十九条", None, None, "named")],
    ),
    "the paragraph before in a judgment": ("前款规定的财产", []),
    "the said law, and none was named": ("该法第五条", []),
    "the said contract": ("依据该协议第四条", []),
}


@pytest.mark.parametrize(("text", "rows"), JUDGMENT.values(), ids=JUDGMENT)
def test_in_a_judgment_a_reference_means_what_was_named_before(text: str, rows: list[Row]) -> None:
    assert _rows(citations_in(text)) == rows


NORM = """# 某省律师条例

第一条 为了规范律师执业，根据《律师法》第三条，制定本条例。

第二条 律师应当遵守下列规定：

（一）依法执业；

（二）保守秘密；

（三）法律规定的其他义务。

违反前款第（二）项规定的，{second}

第三条 律师有下列行为之一的，予以处罚：

（一）违反第二条第一款规定的；

（二）拒绝接受前项处罚的；

（三）违反本条例第二条规定，情节严重的，{item}

律师事务所有前款行为的，依照前款规定处罚。

有前两款行为的，{third}

第四条 {fourth}

第四条之一 有前条规定情形的，{inserted}

第五条 本条例自公布之日起施行。
"""

SECOND: Row = (OWN, "第二条", None, None, "own")
# What stands in one of the gaps, and what is found in it
NORM_ROWS: dict[str, tuple[str, str, list[Row]]] = {
    "this regulation": ("fourth", "违反本条例第二条、第三条的", [SECOND, (OWN, "第三条", None, None, "own")]),
    "this regulation, the name in brackets": ("fourth", "违反本《条例》第二条的", [SECOND]),
    "this regulation, with the word provisions": ("fourth", "违反本条例规定第二条的", [SECOND]),
    "this chapter": ("fourth", "本章第二条所称律师", [SECOND]),
    "an article alone": ("fourth", "依照第二条的规定", [SECOND]),
    "an article alone, with a paragraph and an item": (
        "fourth",
        "依照第二条第一款第（二）项的规定",
        [(OWN, "第二条", 1, 2, "own")],
    ),
    "an article that the norm does not have": ("fourth", "依照第八十条的规定", []),
    "an article of a contract": ("fourth", "律师不得违反合同第二条", []),
    "an article of another text that is not named": ("fourth", "依照其他办法第二条", []),
    "an article of the law named in the sentence": (
        "fourth",
        "有律师法第四十七条规定的行为，或者第四十八条规定的行为",
        [("律师法", "第四十七条", None, None, "named"), ("律师法", "第四十八条", None, None, "back")],
    ),
    "an article alone in the next sentence": (
        "fourth",
        "适用律师法第四十七条。适用第二条",
        [("律师法", "第四十七条", None, None, "named"), SECOND],
    ),
    "the said law": (
        "fourth",
        "依照律师法的规定，该法第四十七条另有规定",
        [("律师法", "第四十七条", None, None, "back")],
    ),
    "the paragraph before": ("second", "依照前款处理", [(OWN, "第二条", 1, None, "own")]),
    "the two paragraphs before": (
        "third",
        "依照前两款处理",
        [(OWN, "第三条", 1, None, "own"), (OWN, "第三条", 2, None, "own")],
    ),
    "more paragraphs before than there are": ("third", "依照前三款处理", []),
    "items of the paragraph before": (
        "second",
        "依照前款第一项、第（三）项处理",
        [(OWN, "第二条", 1, 1, "own"), (OWN, "第二条", 1, 3, "own")],
    ),
    "items behind de": (
        "second",
        "有前款规定的第（三）项行为",
        [(OWN, "第二条", 1, None, "own"), (OWN, "第二条", 1, 3, "own")],
    ),
    "a paragraph of this article": ("third", "依照本条第一款处理", [(OWN, "第三条", 1, None, "own")]),
    "a paragraph alone": (
        "third",
        "依照第一款和第二款处理",
        [(OWN, "第三条", 1, None, "own"), (OWN, "第三条", 2, None, "own")],
    ),
    "a paragraph that the article does not have": ("third", "依照第九款处理", []),
    "a paragraph that goes on from another article": (
        "fourth",
        "违反第三条第一款规定的，警告；违反第二款规定的，罚款",
        [(OWN, "第三条", 1, None, "own"), (OWN, "第三条", 2, None, "own")],
    ),
    "a paragraph of the norm itself after another law": (
        "third",
        "适用律师法第四十七条第一款。有第二款行为的",
        [("律师法", "第四十七条", 1, None, "named"), (OWN, "第三条", 2, None, "own")],
    ),
    "an item alone is of the same paragraph": ("item", "比照第一项处理", [(OWN, "第三条", 1, 1, "own")]),
    "an item after its violation is of the article cited": (
        "item",
        "违反第三项规定的",
        [(OWN, "第二条", None, 3, "own")],
    ),
    "the item before": ("item", "比照前项处理", [(OWN, "第三条", 1, 2, "own")]),
    "the paragraph before in an item of the first": ("item", "比照前款处理", []),
    "the article before": ("fourth", "依照前条处理", [(OWN, "第三条", None, None, "own")]),
    "the article before with its parts": (
        "fourth",
        "依照前条第一款第（二）项",
        [(OWN, "第三条", 1, 2, "own")],
    ),
    "the two articles before": (
        "fourth",
        "依照前两条处理",
        [(OWN, "第二条", None, None, "own"), (OWN, "第三条", None, None, "own")],
    ),
    "the three articles before an inserted one": (
        "inserted",
        "依照前三条处理",
        [(OWN, f"第{n}条", None, None, "own") for n in ("二", "三", "四")],
    ),
    "money": ("second", "收取前款项", []),
    "conditions": ("fourth", "目前条件不具备", []),
    "in an agreement": ("fourth", "协议第一款", []),
    "the first paragraphs of the article named": (
        "fourth",
        "实施刑法第三百零七条之一前两款行为",
        [
            (CRIMINAL, "第三百零七条之一", None, None, "named"),
            (CRIMINAL, "第三百零七条之一", 1, None, "back"),
            (CRIMINAL, "第三百零七条之一", 2, None, "back"),
        ],
    ),
}


@pytest.mark.parametrize(("gap", "words", "rows"), NORM_ROWS.values(), ids=NORM_ROWS)
def test_in_a_norm_a_reference_means_its_own_article_or_the_one_cited(
    gap: str, words: str, rows: list[Row]
) -> None:
    text, found = _in_norm(gap, words)
    start = text.index(words)
    inside = [c for c in found if start <= c.start and c.end <= start + len(words)]
    assert _rows(inside) == rows


def test_the_label_of_an_article_is_no_citation() -> None:
    _, found = _in_norm("fourth", "律师应当勤勉。")
    assert _rows(found) == [
        ("律师法", "第三条", None, None, "named"),
        (OWN, "第二条", 1, 2, "own"),  # 前款第（二）项
        (OWN, "第二条", 1, None, "own"),
        (OWN, "第三条", 1, 1, "own"),  # 前项
        (OWN, "第二条", None, None, "own"),
        (OWN, "第三条", 1, None, "own"),  # 前款, twice
        (OWN, "第三条", 1, None, "own"),
        (OWN, "第三条", 1, None, "own"),  # 前两款
        (OWN, "第三条", 2, None, "own"),
        (OWN, "第四条", None, None, "own"),  # 前条
    ]


def test_words_before_a_reference_belong_to_its_place() -> None:
    text = "依照本法第十条、第十一条和《民法典》第六条，该法第七条"
    assert [text[c.start : c.end] for c in citations_in(text, "某法")] == [
        "本法第十条",
        "第十一条",
        "《民法典》第六条",
        "该法第七条",
    ]


DECISION = """# 最高人民法院关于修改《最高人民法院关于审理甲类案件的规定》等二件司法解释的决定

一、修改《最高人民法院关于审理甲类案件的规定》

1.将第三条修改为：

“第三条 根据《中华人民共和国民法典》第六条，适用本规定第二条。”

二、修改《最高人民法院关于审理乙类案件的解释》

1.删除第五条、第六条第一款。
"""


def test_a_decision_on_amendments_cites_the_text_that_it_amends() -> None:
    policy = parse_policy(DECISION, "决定.md")
    one, two = "最高人民法院关于审理甲类案件的规定", "最高人民法院关于审理乙类案件的解释"
    assert _rows(citations_in(DECISION, policy.law, policy.sections)) == [
        (one, "第三条", None, None, "back"),
        (CIVIL, "第六条", None, None, "named"),
        (one, "第二条", None, None, "back"),
        (two, "第五条", None, None, "back"),
        (two, "第六条", 1, None, "back"),
    ]


def test_an_amendment_of_the_criminal_law_cites_the_criminal_law() -> None:
    text = "# 刑法修正案（九十）\n\n一、在刑法第十条后增加一条，作为第十条之一：“依照本法第二十条处罚。”\n"
    policy = parse_policy(text, "刑法修正案（九十）.md")
    assert _rows(citations_in(text, policy.law, policy.sections)) == [
        (CRIMINAL, "第十条", None, None, "named"),
        (CRIMINAL, "第十条之一", None, None, "back"),
        (CRIMINAL, "第二十条", None, None, "back"),
    ]


_PIECES = [
    "《",
    "》",
    "〈",
    "〉",
    "（以下简称",
    "）",
    "(",
    ")",
    "第",
    "条",
    "款",
    "项",
    "前",
    "本法",
    "该法",
    "同",
    "一",
    "十",
    "民法典",
    "解释",
    "、",
    "和",
    "至",
    "。",
    "\n",
    "合同",
    "规定",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join), st.booleans())
def test_any_text_gives_citations_in_order_that_do_not_overlap(text: str, of_norm: bool) -> None:
    policy = parse_policy(text, "某法.md") if of_norm else None
    found = citations_in(text, "某法" if policy else None, policy.sections if policy else ())
    places = [place for c in found for place in (c.start, c.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_what_a_text_names_is_found_in_context_too(text: str) -> None:
    if "以下简称" not in text:
        found = [c for c in citations_in(text) if c.how == "named"]
        assert found == find_citations(text)


@pytest.mark.parametrize(
    "run", ["第", "前", "该法", "第一", "第一、", "（以下简称", "《", "》", "本法第一条、"]
)
def test_a_long_run_of_one_sign_hides_nothing(run: str) -> None:
    """Would not end in a lifetime if the patterns tried all ways to cut the run."""
    found = _rows(citations_in(f"《民法典》第六条。{run * 5_000}。《刑法》第六条", "某法"))
    assert found[0] == (CIVIL, "第六条", None, None, "named")
    assert found[-1] == (CRIMINAL, "第六条", None, None, "named")


def _in_norm(gap: str, words: str) -> tuple[str, list[Citation]]:
    gaps = dict.fromkeys(("second", "item", "third", "fourth", "inserted"), "从其规定。")
    text = NORM.format(**gaps | {gap: words})
    policy = parse_policy(text, "某省律师条例.md")
    return text, citations_in(text, policy.law, policy.sections)


def _rows(citations: list[Citation]) -> list[Row]:
    return [(c.law, c.article, c.paragraph, c.item, c.how) for c in citations]
