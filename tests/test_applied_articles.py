"""On which articles the court rests, which it only names, and which other cases a document cites."""

import pytest

from ingest.judgments.applied import (
    applied_articles,
    applied_in_report,
    article_ids,
    citations_of,
    cited_cases,
)
from ingest.judgments.sections import sections_of
from legal.documents import Section

HEAD = "石桥县人民法院\n民事判决书\n（2023）岭0122民初5号\n\n原告：张某，男。\n被告：李某，女。\n"
PROCESS = "原告张某与被告李某租赁合同纠纷一案，本院立案后审理。\n"
FOUND = "经审理查明：双方签订租赁合同。\n"
TAIL = "如不服本判决，可以在判决书送达之日起十五日内上诉。\n\n审判员　王某\n二〇二三年五月十六日\n"

# Each row: the reasoning up to 判决如下, and the articles that it applies.
REASONING = {
    "one article": ("本院认为，合同有效。依照《民法典》第五百零九条规定，", ["民法典#第五百零九条"]),
    "full name": (
        "本院认为，合同有效。依照《中华人民共和国民法典》第五百零九条之规定，",
        ["民法典#第五百零九条"],
    ),
    "a list": (
        "本院认为，合同有效。依照《民法典》第五百零九条、第五百七十七条的规定，",
        ["民法典#第五百零九条", "民法典#第五百七十七条"],
    ),
    "a list that another law divides": (
        "本院认为，被告构成盗窃罪。依照《刑法》第二百六十四条、《刑事诉讼法》第十五条、《刑法》第六十七条第三款之规定，",
        ["刑法#第二百六十四条", "刑事诉讼法#第十五条", "刑法#第六十七条"],
    ),
    "two laws": (
        "本院认为，合同有效。依照《民法典》第五百零九条，《民事诉讼法》第六十七条规定，",
        ["民法典#第五百零九条", "民事诉讼法#第六十七条"],
    ),
    "an interpretation by several courts": (
        "本院认为，被告构成盗窃罪。依照《刑法》第二百六十四条，最高人民法院、最高人民检察院《关于办理盗窃刑事案件适用法律若干问题的解释》第一条之规定，",
        [
            "刑法#第二百六十四条",
            "最高人民法院、最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释#第一条",
        ],
    ),
    "an interpretation whose title says 适用": (
        "本院认为，异议不成立。依照《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第四百六十三条、第四百六十四条规定，",
        [
            "最高人民法院关于适用民事诉讼法的解释#第四百六十三条",
            "最高人民法院关于适用民事诉讼法的解释#第四百六十四条",
        ],
    ),
    "an article with 之一": (
        "本院认为，被告构成危险驾驶罪。依照《刑法》第一百三十三条之一第一款第（二）项之规定，",
        ["刑法#第一百三十三条之一"],
    ),
    "in the middle of the reasoning": (
        "本院认为，根据《民法典》第五百八十五条，违约金可以减少。原告的请求部分成立。综上，",
        ["民法典#第五百八十五条"],
    ),
    "the court says that it was violated": (
        "本院认为，被告的行为违反《民法典》第五百零九条的规定。综上，",
        ["民法典#第五百零九条"],
    ),
    "the court says what the accused offended against": (
        "本院认为，被告人的行为已触犯《刑法》第二百三十六条第一款，构成强奸罪。据此，",
        ["刑法#第二百三十六条"],
    ),
    "cited twice": (
        "本院认为，违反《民法典》第五百零九条。依照《民法典》第五百零九条、第五百七十七条规定，",
        ["民法典#第五百零九条", "民法典#第五百七十七条"],
    ),
    "what the prosecution holds": (
        "本院认为，公诉机关认为应适用《刑法》第二百三十二条的意见不能成立。依照《刑法》第二百三十四条规定，",
        ["刑法#第二百三十四条"],
    ),
    "what counsel submits": (
        "本院认为，辩护人提出依照《刑法》第二十条免除处罚，不予采纳。依照《刑法》第二百三十四条规定，",
        ["刑法#第二百三十四条"],
    ),
    "what a party holds, then the court": (
        "本院认为，原告主张适用《民法典》第五百六十三条。本院依照《民法典》第五百六十二条支持其请求。综上，",
        ["民法典#第五百六十二条"],
    ),
    "what the lower court applied": (
        "本院认为，原审法院依照《民法典》第五百八十五条判决不当。依照《民事诉讼法》第一百七十七条规定，",
        ["民事诉讼法#第一百七十七条"],
    ),
    "clauses of a contract": (
        "本院认为，《房屋租赁合同》第五条约定明确。依照《民法典》第五百零九条规定，",
        ["民法典#第五百零九条"],
    ),
    "a party before the words 依照": (
        "本院认为，被告李某应当付款，其抗辩不成立，依照《民法典》第五百零九条规定，",
        ["民法典#第五百零九条"],
    ),
    "the law named before": (
        "本院认为，合同适用《民法典》。依照该法第五百零九条规定，",
        ["民法典#第五百零九条"],
    ),
    "a request of the applicant": (
        "本院认为，申请执行人请求依照《民事诉讼法》第二百六十四条计算利息。该请求成立。综上，",
        [],
    ),
    "half-width points end the sentences": (
        "本院认为,被告主张异议裁定系依照旧法作出.合同有效.依照《民法典》第五百零九条、《民事诉讼法》第六十七条规定,",
        ["民法典#第五百零九条", "民事诉讼法#第六十七条"],
    ),
    "the court leaves an article aside": (
        "本院认为，《民法典》第五百六十三条涉及法定解除，本案不适用该条。依照《民法典》第五百零九条规定，",
        ["民法典#第五百零九条"],
    ),
    "an article that cannot apply": (
        "本院认为，至于《民法典》第五百八十条，因被告仍能履行，同样不能适用其予以免除。依照《民法典》第五百零九条规定，",
        ["民法典#第五百零九条"],
    ),
    "an article that has nothing to do with the case": (
        "本院认为，《民法典》第五百八十条系对非金钱债务的规定，与本案无关。依照《民法典》第五百零九条规定，",
        ["民法典#第五百零九条"],
    ),
    "what does not apply is something else": (
        "本院认为，依照《民事诉讼法》第一百六十条的规定，本案不适用简易程序。综上，",
        ["民事诉讼法#第一百六十条"],
    ),
    "a claim that the court judges by an article": (
        "本院认为，被告违约，其主张装修损失，根据《民法典》第五百八十四条的规定，不予支持。综上，",
        ["民法典#第五百八十四条"],
    ),
    "an article that counsel cites and the court turns round": (
        "本院认为，被告主张合同无效所援引的《民法典》第一百五十三条也规定，管理性规定不影响效力。综上，",
        ["民法典#第一百五十三条"],
    ),
    "a party rests on an article and fails": (
        "本院认为，被告主张依据《民法典》第五百六十三条解除合同，本院不予支持。综上，",
        [],
    ),
    "what courts may do by law": (
        "本院认为，竞买人恶意串通的，人民法院仍可以根据《民法典》第一百五十四条的规定，裁定拍卖无效。综上，",
        ["民法典#第一百五十四条"],
    ),
    "what the court of another county applied": (
        "本院认为，青禾县人民法院依照《民法典》第五百八十五条判决不当。依照《民事诉讼法》第一百七十七条规定，",
        ["民事诉讼法#第一百七十七条"],
    ),
    "no article": ("本院认为，合同有效。综上，", []),
}

# Each row: a whole document, its type, and the articles that it applies.
DOCUMENTS = {
    "claims, findings and the annex cite too": (
        HEAD
        + PROCESS
        + "原告张某诉称，依照《民法典》第一条应予支持。\n经审理查明：一审依照《民法典》第二条判决。\n"
        + "本院认为，合同有效。依照《民法典》第三条规定，判决如下：\n李某付款。\n"
        + TAIL
        + "附：《民法典》第四条 当事人平等。",
        "民事判决书",
        ["民法典#第三条"],
    ),
    "interest for delay in the order": (
        HEAD
        + PROCESS
        + FOUND
        + "本院认为，合同有效。依照《民法典》第三条规定，判决如下：\n李某付款。\n如果未按期履行，"
        + "应当依照《民事诉讼法》第二百六十四条规定，加倍支付利息。\n"
        + TAIL,
        "民事判决书",
        ["民法典#第三条", "民事诉讼法#第二百六十四条"],
    ),
    "a notice rests on what leads to its order": (
        "石桥县人民法院\n执行通知书\n（2023）岭0122执5号\n\n李某：\n\n"
        + "张某与你租赁合同纠纷一案，张某称依照《民法典》第一条享有权利。"
        + "依照《民事诉讼法》第二百五十一条规定，责令你立即履行：\n"
        + "一、付款。\n"
        + "逾期不履行的，本院可以依照《民事诉讼法》第一百一十四条罚款。\n\n二〇二三年五月十六日\n",
        "执行通知书",
        ["民事诉讼法#第二百五十一条"],
    ),
    "an order that threatens a fine": (
        "石桥县人民法院\n限制消费令\n（2023）岭0122执5号\n\n被限制人：李某，女。\n\n"
        + "本院在执行张某与李某租赁合同纠纷一案中，李某未履行。"
        + "依照《民事诉讼法》第二百六十六条，决定对李某限制消费。\n"
        + "经查实有违反本令行为的，依照《民事诉讼法》第一百一十四条予以拘留、罚款。\n"
        + "此令\n二〇二三年五月十六日\n",
        "限制消费令",
        ["民事诉讼法#第二百六十六条"],
    ),
    "neither reasoning nor order": (
        "石桥县人民法院\n悬赏公告\n（2023）岭0122执5号\n\n申请执行人张某与被执行人李某一案，根据《民事诉讼法》第二百六十六条办理。\n"
        + "\n石桥县人民法院\n二〇二三年五月十六日\n",
        "悬赏公告",
        ["民事诉讼法#第二百六十六条"],
    ),
}

NUMBERS = {
    "another case": ("撤销（2022）岭0102民初7号民事判决。", ["（2022）岭0102民初7号"]),
    "the document's own": ("本案（2023）岭0122执5号。", []),
    "another ruling of the same case": ("以（2023）岭0122执5号之一裁定查封。", []),
    "twice, in two ways of writing": (
        "（2022）岭0102民初7号判决；(2022)岭0102民初第7号判决。",
        ["（2022）岭0102民初7号"],
    ),
    "several in order": (
        "不服（2022）岭01执复8号裁定和（2021）岭0102执异9号裁定。",
        ["（2022）岭01执复8号", "（2021）岭0102执异9号"],
    ),
}


def _applied(text: str, document_type: str) -> list[str]:
    return list(applied_articles(text, sections_of(text, document_type), citations_of(text)))


@pytest.mark.parametrize(("reasoning", "expected"), REASONING.values(), ids=REASONING)
def test_the_articles_on_which_the_court_rests_are_applied(reasoning: str, expected: list[str]) -> None:
    text = HEAD + PROCESS + FOUND + reasoning + "判决如下：\n李某付款。\n" + TAIL
    assert _applied(text, "民事判决书") == expected


@pytest.mark.parametrize(("text", "document_type", "expected"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_only_grounds_and_order_apply_articles(text: str, document_type: str, expected: list[str]) -> None:
    assert _applied(text, document_type) == expected


@pytest.mark.parametrize(("sentence", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_the_numbers_of_other_cases_are_cited(sentence: str, expected: list[str]) -> None:
    assert list(cited_cases(sentence, "（2023）岭0122执5号")) == expected


def test_without_a_number_of_its_own_every_number_is_of_another_case() -> None:
    assert cited_cases("（2023）岭0122执5号裁定。", None) == ("（2023）岭0122执5号",)


def test_all_articles_that_are_named_are_cited_once_in_order() -> None:
    text = "依照《民法典》第三条、第一条；《民法典》第三条。《租赁合同》第五条。"
    assert article_ids(citations_of(text)) == ("民法典#第三条", "民法典#第一条")


def test_a_report_applies_what_its_reasons_say_and_not_what_its_editors_list() -> None:
    parts = {
        "相关法条": "《民法典》第一条",
        "基本案情": "原告依照《民法典》第二条起诉。",
        "裁判理由": "法院认为：根据《民法典》第三条，合同有效。",
        "典型意义": "《民法典》第四条体现公平。",
    }
    text = "\n".join(parts.values())
    sections = tuple(
        Section(label, "", text.index(words), text.index(words) + len(words))
        for label, words in parts.items()
    )
    found = applied_in_report(text, sections, citations_of(text))
    assert found == ("民法典#第三条",)
