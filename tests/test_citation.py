"""Citations of articles are found in every form in which courts and questions write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.citation import article_label, find_citations

CPL = "民事诉讼法"
CPL_I = "最高人民法院关于适用民事诉讼法的解释"
WORK = "最高人民法院关于人民法院执行工作若干问题的规定(试行)"
COMPANY_3 = "最高人民法院关于适用公司法若干问题的规定(三)"
GUARANTEE = "最高人民法院关于适用民法典有关担保制度的解释"
LENDING = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定"
CONTRACT_2 = "最高人民法院关于适用合同法若干问题的解释(二)"
THEFT = "最高人民法院、最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释"
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
    "version inside the name": (
        "《中华人民共和国民事诉讼法（2017年修正）》第二百二十五条",
        (CPL, "第二百二十五条", None, None),
    ),
    "version before the name": ("2017年修正的民事诉讼法第二百二十五条", (CPL, "第二百二十五条", None, None)),
    "abbreviation defined between": (
        "《中华人民共和国民法典》（以下简称民法典）第五百零九条",
        (CIVIL, "第五百零九条", None, None),
    ),
    "number and abbreviation between": (
        "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》（法释〔2022〕11号，以下简称《民诉法解释》）第五百零八条",
        (CPL_I, "第五百零八条", None, None),
    ),
    "two notes between": (
        "《民事诉讼法》（2021年修正）（以下简称民诉法）第二百三十二条",
        (CPL, "第二百三十二条", None, None),
    ),
    "body before the title": (
        "最高人民法院《关于适用〈民事诉讼法〉的解释》第五百零八条第二款",
        (CPL_I, "第五百零八条", 2, None),
    ),
    "bodies before the title without a sign between": (
        "最高人民法院 最高人民检察院《关于办理盗窃刑事案件适用法律若干问题的解释》第二条第（一）项",
        (THEFT, "第二条", None, 1),
    ),
    "both bodies by their common name": (
        "“两高”《关于办理盗窃刑事案件适用法律若干问题的解释》第二条",
        (THEFT, "第二条", None, None),
    ),
    "title of an interpretation without its body": (
        "《关于适用〈中华人民共和国民事诉讼法〉的解释》第四百八十五条",
        (CPL_I, "第四百八十五条", None, None),
    ),
    "title closed too early": (
        "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉》的解释第三百条",
        ("最高人民法院关于适用刑事诉讼法的解释", "第三百条", None, None),
    ),
    "an article named in the title": (
        "《最高人民法院关于〈刑法〉第三十条的解释》第二条",
        ("最高人民法院关于刑法第三十条的解释", "第二条", None, None),
    ),
    "amendment": ("《刑法修正案（十一）》第三十条", ("刑法修正案(十一)", "第三十条", None, None)),
    "amendment without title brackets": ("刑法修正案（九）第五条", ("刑法修正案(九)", "第五条", None, None)),
    "short name, company law three, bare numeral": (
        "公司法司法解释三第13条",
        (COMPANY_3, "第十三条", None, None),
    ),
    "short name, company law three, brackets": (
        "公司法解释（三）第十三条",
        (COMPANY_3, "第十三条", None, None),
    ),
    "short name, company law three, quoted": (
        "《公司法解释三》第十三条",
        (COMPANY_3, "第十三条", None, None),
    ),
    "short name, contract law two": ("合同法解释(二)第二十九条", (CONTRACT_2, "第二十九条", None, None)),
    "short name, guarantees": ("民法典担保制度解释第45条", (GUARANTEE, "第四十五条", None, None)),
    "short name, lending": ("民间借贷司法解释第二十五条", (LENDING, "第二十五条", None, None)),
    "short name, opinions on the general principles": (
        "民通意见第8条",
        ("最高人民法院关于贯彻执行民法通则若干问题的意见(试行)", "第八条", None, None),
    ),
    "short name, criminal procedure": (
        "刑诉法解释第三百条",
        ("最高人民法院关于适用刑事诉讼法的解释", "第三百条", None, None),
    ),
    "short name, minutes": ("九民纪要第28条", ("全国法院民商事审判工作会议纪要", "第二十八条", None, None)),
    "contract law, not a contract": ("按照合同法第六十条", ("合同法", "第六十条", None, None)),
    "labour contract law": ("违反劳动合同法第三十八条", ("劳动合同法", "第三十八条", None, None)),
    "the law as it was": ("原物权法第二十八条", ("物权法", "第二十八条", None, None)),
    "the law as it is": ("应当适用现行刑法第三百一十三条", (CRIMINAL, "第三百一十三条", None, None)),
    "after a law that is excepted": ("除企业所得税法第六条外", ("企业所得税法", "第六条", None, None)),
    "book between": ("《民法典》合同编第五百七十七条", (CIVIL, "第五百七十七条", None, None)),
    "book between, bare": ("民法典总则编第一百八十八条", (CIVIL, "第一百八十八条", None, None)),
    "in, between": ("民法典中第五百七十七条", (CIVIL, "第五百七十七条", None, None)),
    "of, between": ("民法典的第577条", (CIVIL, "第五百七十七条", None, None)),
    "name over a line break": ("依照民事诉\n讼法第二百三十六条", (CPL, "第二百三十六条", None, None)),
    "gaps in the numeral": ("《民事诉讼法》第 二 百 三 十\n六 条 第 一 款", (CPL, "第二百三十六条", 1, None)),
    "paragraph on the next line": ("《民法典》第六条\n第一款", (CIVIL, "第六条", 1, None)),
    "inserted article, paragraph, item": (
        "《民事诉讼法》第二百三十四条之一第二款第（三）项",
        (CPL, "第二百三十四条之一", 2, 3),
    ),
    "enclosed numeral, Chinese": ("《民事诉讼法》第二百六十八条第㈥项", (CPL, "第二百六十八条", None, 6)),
    "enclosed numeral, digit": ("《民事诉讼法》第268条第⑹项", (CPL, "第二百六十八条", None, 6)),
    "item in brackets without di": (
        "《民事诉讼法》第二百五十六条第一款（三）项",
        (CPL, "第二百五十六条", 1, 3),
    ),
    "full width digits and brackets": (
        "《民事诉讼法》第２５６条第１款第（３）项",
        (CPL, "第二百五十六条", 1, 3),
    ),
    "paragraph without di": ("《刑法》第六十七条三款", (CRIMINAL, "第六十七条", 3, None)),
    "paragraph and item without di, digits": ("民法典577条1款2项", (CIVIL, "第五百七十七条", 1, 2)),
    "paragraph behind de": ("《民法典》第六条的第二款", (CIVIL, "第六条", 2, None)),
    "conditions, which are no items": ("《民法典》第六条三项条件", (CIVIL, "第六条", None, None)),
    "a project, which is no item": ("《民法典》第六条（二）项目", (CIVIL, "第六条", None, None)),
    "generally, which is no number": ("《刑法》第六条之一般规定", (CRIMINAL, "第六条", None, None)),
    "round nought": ("《民法典》第二○一条", (CIVIL, "第二百零一条", None, None)),
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
        [
            (CRIMINAL, "第三百四十七条", 1, None),
            (CRIMINAL, "第三百四十七条", 4, None),
            (CRIMINAL, "第三百五十六条", None, None),
        ],
    ),
    "after paragraphs that share one word": (
        "《刑法》第七十二条第一、三款、第七十三条第二款",
        [
            (CRIMINAL, "第七十二条", 1, None),
            (CRIMINAL, "第七十二条", 3, None),
            (CRIMINAL, "第七十三条", 2, None),
        ],
    ),
    "after a further paragraph joined by 及": (
        "《刑法》第六十七条第一款及第三款、第六十四条",
        [
            (CRIMINAL, "第六十七条", 1, None),
            (CRIMINAL, "第六十七条", 3, None),
            (CRIMINAL, "第六十四条", None, None),
        ],
    ),
    "after further items": (
        "《民事诉讼法》第二百六十八条第（一）、（六）项，第二百六十九条",
        [
            (CPL, "第二百六十八条", None, 1),
            (CPL, "第二百六十八条", None, 6),
            (CPL, "第二百六十九条", None, None),
        ],
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
    "items of one paragraph, then another paragraph": (
        "《民事诉讼法》第二百五十六条第一款第（一）项、第三项和第二款",
        [(CPL, "第二百五十六条", 1, 1), (CPL, "第二百五十六条", 1, 3), (CPL, "第二百五十六条", 2, None)],
    ),
    "paragraph, then an item of another": (
        "《刑法》第三百四十七条第一款、第二款第（一）项、第三百五十六条",
        [
            (CRIMINAL, "第三百四十七条", 1, None),
            (CRIMINAL, "第三百四十七条", 2, 1),
            (CRIMINAL, "第三百五十六条", None, None),
        ],
    ),
    "items in brackets side by side": (
        "《民事诉讼法》第二百六十八条第（一）（六）项",
        [(CPL, "第二百六十八条", None, 1), (CPL, "第二百六十八条", None, 6)],
    ),
    "range of articles": (
        "《民法典》第十条至第十二条",
        [(CIVIL, f"第十{n}条", None, None) for n in ("", "一", "二")],
    ),
    "range of articles with dao, then one more": (
        "《民法典》第十条到第十二条、第二十条",
        [(CIVIL, f"第{n}条", None, None) for n in ("十", "十一", "十二", "二十")],
    ),
    "range of articles that share one word": (
        "民法典第十至十二条",
        [(CIVIL, f"第{n}条", None, None) for n in ("十", "十一", "十二")],
    ),
    "range in digits": (
        "民法典第10条-第12条",
        [(CIVIL, f"第{n}条", None, None) for n in ("十", "十一", "十二")],
    ),
    "range too long to be spelled out": (
        "《民法典》第一条至第一千条",
        [(CIVIL, "第一条", None, None), (CIVIL, "第一千条", None, None)],
    ),
    "range of 30 articles": (
        "《民法典》第1条至第31条",
        [(CIVIL, article_label(n), None, None) for n in range(1, 32)],
    ),
    "range of paragraphs and range of items": (
        "《民法典》第六条第一款至第三款、第八条第（一）项至第（三）项",
        [(CIVIL, "第六条", n, None) for n in (1, 2, 3)] + [(CIVIL, "第八条", None, n) for n in (1, 2, 3)],
    ),
    "inserted articles of one number": (
        "《刑法》第二百八十七条之一、之二",
        [(CRIMINAL, "第二百八十七条之一", None, None), (CRIMINAL, "第二百八十七条之二", None, None)],
    ),
    "articles that share one word": (
        "《刑法》第五十二、五十三条、第六十四条",
        [(CRIMINAL, f"第{n}条", None, None) for n in ("五十二", "五十三", "六十四")],
    ),
    "next article without di": (
        "《合同法》第六十条、一百零七条",
        [("合同法", "第六十条", None, None), ("合同法", "第一百零七条", None, None)],
    ),
    "a lost word does not break the list": (
        "《刑法》第二百三十四条第一款、第六十七第三款、第七十二条、第五十三之规定",
        [
            (CRIMINAL, "第二百三十四条", 1, None),
            (CRIMINAL, "第六十七条", 3, None),
            (CRIMINAL, "第七十二条", None, None),
            (CRIMINAL, "第五十三条", None, None),
        ],
    ),
    "joined by or": (
        "民法典第五百七十七条或者第五百八十四条",
        [(CIVIL, "第五百七十七条", None, None), (CIVIL, "第五百八十四条", None, None)],
    ),
    "joined by a semicolon": (
        "《刑法》第六十四条；第六十七条第三款",
        [(CRIMINAL, "第六十四条", None, None), (CRIMINAL, "第六十七条", 3, None)],
    ),
    "three laws, the last of a court": (
        "《刑法》第二百三十四条、《刑事诉讼法》第一百零一条、最高人民法院《关于适用〈民事诉讼法〉的解释》第十条",
        [
            (CRIMINAL, "第二百三十四条", None, None),
            ("刑事诉讼法", "第一百零一条", None, None),
            (CPL_I, "第十条", None, None),
        ],
    ),
    "an amendment and the law itself": (
        "《刑法修正案（八）》第三条、刑法第五十条",
        [("刑法修正案(八)", "第三条", None, None), (CRIMINAL, "第五十条", None, None)],
    ),
    "an article that cannot be ends the list": (
        "《刑法》第六条、第99999条第一款",
        [(CRIMINAL, "第六条", None, None)],
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
    "a contract": "合同第三条约定",
    "a contract in title brackets": "《房屋租赁合同》第三条约定违约金",
    "a supplementary agreement in title brackets": "《补充协议（二）》第五条",
    "articles of association": "章程第十条",
    "what articles of association provide": "公司章程规定第十条",
    "rules of the owners": "《业主公约》第七条",
    "a judgment": "《民事判决书》第二条",
    "a street": "住第十条街某号",
    "no law, digits": "一审法院适用第5条不当",
    "things that are counted": "提出如下意见3条",
    "other laws": "违反其他法律规定第五条",
    "a name that only says what it is": "《解释》第十条",
    "a numbered name that only says what it is": "《修正案（三）》第二条",
    "the same law": "依照同法第十条",
    "this law after zao-cheng": "造成本法第十条规定的损害",
    "a heading, then the first article": "道路通行规定\n\n第二十六条　车辆按照信号通行",
    "a name on a line of its own, then the first article": "某省律师条例\n第一条 为了规范律师执业",
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


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("《中华人民共和国民事诉讼法（2017年修正）》第二百二十五条", "2017"),
        ("《民事诉讼法》（2012年8月31日修正）第二百二十五条", "2012"),
        ("《民事诉讼法》（2017修订，以下简称民诉法）第二百二十五条", "2017"),
        ("2017年修正的《民事诉讼法》第二百二十五条", "2017"),
        ("适用二〇一二年修正的民事诉讼法第二百二十五条", "2012"),
        ("公司法（2018年修正）第三条", "2018"),
        ("《最高人民法院关于执行和解若干问题的规定》（法释〔2018〕3号）第九条", None),
        ("《民事诉讼法》第二百三十六条", None),
    ],
)
def test_the_edition_is_the_year_that_stands_beside_the_name(text: str, edition: str | None) -> None:
    assert [c.edition for c in find_citations(text)] == [edition]


def test_a_point_of_an_item_is_a_subitem() -> None:
    (citation,) = find_citations("《民事诉讼法》第一百二十条第一款第（三）项第2目")
    assert (citation.paragraph, citation.item, citation.subitem) == (1, 3, 2)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("《刑法》第七十二条第一款、第三款", ["《刑法》第七十二条第一款", "第三款"]),
        ("《刑法》第七十二条第一、三款", ["《刑法》第七十二条第一", "三款"]),
        ("民法典第十条至第十二条", ["民法典第十条", "", "第十二条"]),
        (
            "最高人民法院《关于适用〈民法典〉的解释》第三条",
            ["最高人民法院《关于适用〈民法典〉的解释》第三条"],
        ),
        ("因原物权法第二十八条而", ["物权法第二十八条"]),
    ],
)
def test_each_part_of_a_list_has_a_place_of_its_own(text: str, spans: list[str]) -> None:
    assert [text[c.start : c.end] for c in find_citations(text)] == spans


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
    assert all(0 <= c.start <= c.end <= len(text) for c in found)


@given(st.text(alphabet="《》〈〉（）()第条款项目之一二百0１民法典诉解释规定依照、和至", max_size=60))
def test_a_citation_ends_with_what_it_names(text: str) -> None:
    for citation in find_citations(text):
        words = text[citation.start : citation.end]
        assert re.search(r"[条款项目一二百0１）)]\Z", words) or not words


@pytest.mark.parametrize("run", [" ", "、", "、一", "一", "和", "第", "《", "（"])
def test_a_long_run_of_one_sign_behind_a_citation_hides_nothing(run: str) -> None:
    """Would not end in a lifetime if the patterns tried all ways to cut the run."""
    found = _found(f"《民法典》第六条、{run * 20_000}。《刑法》第六条")
    assert (found[0], found[-1]) == ((CIVIL, "第六条", None, None), (CRIMINAL, "第六条", None, None))
