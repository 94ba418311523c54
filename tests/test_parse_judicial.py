"""Judicial documents are read as courts write them, on many lines or on one."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse_judicial import is_judicial, parse_judicial, parse_typical_case
from legal.documents import JudicialDocument

RULING = """云州市望溪区人民法院
执行裁定书
（2023）岭0102执异77号

异议人（被执行人）：张某，男，1970年2月3日出生，住云州市望溪区。
委托诉讼代理人：甲律师，岭某律师事务所律师。
申请执行人：云州某贸易有限公司，住所地云州市望溪区。
法定代表人：李某，该公司经理。

本院在执行云州某贸易有限公司与张某买卖合同纠纷一案中，张某提出书面异议。本院受理后依法组成合议庭，现已审查终结。
异议人称，被查封的房屋是其家庭的唯一住房，请求解除查封。
申请执行人辩称，该房屋面积远超当地标准，请求驳回异议。
本院查明，张某名下仅有一处房屋，建筑面积二百一十平方米。
本院认为，唯一住房并非不得执行，可以保留必需的居住条件。依照《中华人民共和国民事诉讼法》第二百三十六条、\
《最高人民法院关于人民法院办理执行异议和复议案件若干问题的规定》第二十条第一款第（三）项规定，裁定如下：
驳回张某的异议请求。
如不服本裁定，可以自本裁定送达之日起十日内向云州市中级人民法院申请复议。

审判长　王某
审判员　赵某
二〇二三年九月五日
书记员　钱某
"""

CIVIL = """石桥县人民法院
民 事 判 决 书
(2021)岭0122民初第745号

原告：李某甲，女，1988年4月5日出生，住石桥县。
被告：周某乙，男，1985年6月7日出生，住石桥县。
第三人：石桥某商业银行股份有限公司，住所地石桥县。

原告李某甲与被告周某乙、第三人石桥某商业银行股份有限公司民间借贷纠纷一案，本院于2021年3月1日立案后，公开开庭审理。
原告李某甲诉称：被告借款三十万元，到期不还，请求判令归还本金和利息。
被告周某乙辩称：借款已经归还一半。
经审理查明：2019年5月1日被告出具借条一份，金额三十万元。
本院认为：借款合同成立，被告应当归还。依照《中华人民共和国民法典》第六百六十七条、第六百七十五条，判决如下：
一、被告周某乙于本判决生效后十日内归还借款三十万元；
二、驳回其他诉讼请求。
如不服本判决，可以在判决书送达之日起十五日内上诉于云州市中级人民法院。
审 判 员　孙某
二〇二一年六月八日
"""

CRIMINAL = (
    "青禾县人民法院 刑 事 判 决 书 （2019）原0725刑初88号 公诉机关青禾县人民检察院。 "
    "被告人吴某某，男，1980年1月2日出生，农民，住青禾县。因涉嫌犯盗窃罪于2019年3月4日被刑事拘留。 "
    "青禾县人民检察院以原青检刑诉〔2019〕70号起诉书指控被告人吴某某犯盗窃罪，于2019年5月6日向本院提起公诉。"
    "本院依法适用简易程序，公开开庭审理了本案。现已审理终结。 "
    "公诉机关指控：2019年2月3日夜，被告人吴某某进入邻居家中，窃得现金五千元。 "
    "被告人吴某某辩称，对指控的事实没有异议。 "
    "经审理查明，2019年2月3日夜，吴某某翻墙进入被害人郑某家中，窃得现金五千元。 "
    "本院认为，被告人吴某某以非法占有为目的，入户盗窃，其行为已构成盗窃罪。"
    "依照《中华人民共和国刑法》第二百六十四条、第六十七条第三款、第五十二条之规定，判决如下： "
    "被告人吴某某犯盗窃罪，判处有期徒刑八个月，并处罚金二千元。 "
    "如不服本判决，可在接到判决书的第二日起十日内提出上诉。 审判员 冯某 二〇一九年六月十日 书记员 陈某"
)

CONSUMPTION = """白鹿市中级人民法院
限制消费令
（2024）原07执501号

被限制人：褚某，男，1979年8月9日出生，住白鹿市。

本院在执行卫某与褚某劳务合同纠纷一案中，执行通知书已于2024年2月1日送达，褚某未履行。
依照《中华人民共和国民事诉讼法》第二百六十六条，决定对褚某限制消费，不得乘坐飞机和软卧。
此令
二〇二四年三月十五日
"""

SETTLEMENT = """执行和解协议
（2023）江0581执恢119号

申请执行人（甲方）：蒋某，男，1966年1月1日出生。
被执行人（乙方）：沈某，男，1971年1月1日出生。

蒋某与沈某房屋租赁合同纠纷执行一案，清溪市人民法院在执行中查封沈某房屋一处。双方自愿达成和解：
（一）沈某分三期支付租金九万元。
（二）逾期的，蒋某可以申请恢复执行。

甲方：蒋某
乙方：沈某
二〇二三年十一月二十日
"""


def _labels(document: JudicialDocument) -> list[str]:
    return [section.label for section in document.sections]


def _parties(document: JudicialDocument) -> list[tuple[str, str]]:
    return [(party.role, party.name) for party in document.parties]


def _section(document: JudicialDocument, label: str) -> str:
    (section,) = [section for section in document.sections if section.label == label]
    return document.text[section.start : section.end]


def test_the_head_of_an_enforcement_ruling_is_read() -> None:
    ruling = parse_judicial(RULING)
    assert ruling.title == "云州市望溪区人民法院 执行裁定书 （2023）岭0102执异77号"
    assert ruling.court == "云州市望溪区人民法院"
    assert ruling.document_type == "执行裁定书"
    assert ruling.case_number == "（2023）岭0102执异77号"
    assert ruling.judgment_date == date(2023, 9, 5)
    assert ruling.cause_of_action == "买卖合同纠纷"
    assert _parties(ruling) == [("异议人", "张某"), ("申请执行人", "云州某贸易有限公司")]


def test_the_articles_that_an_enforcement_ruling_cites_are_ids() -> None:
    assert parse_judicial(RULING).cited_articles == (
        "民事诉讼法#第二百三十六条",
        "最高人民法院关于人民法院办理执行异议和复议案件若干问题的规定#第二十条",
    )


def test_the_sections_of_an_enforcement_ruling_come_in_their_order() -> None:
    ruling = parse_judicial(RULING)
    assert _labels(ruling) == [
        "首部",
        "审理经过",
        "诉称",
        "辩称",
        "查明",
        "本院认为",
        "裁判主文",
        "尾部",
    ]
    assert _section(ruling, "诉称") == "异议人称，被查封的房屋是其家庭的唯一住房，请求解除查封。"
    assert _section(ruling, "查明").startswith("本院查明，张某名下")
    assert _section(ruling, "裁判主文") == "裁定如下：\n驳回张某的异议请求。"
    assert _section(ruling, "尾部").startswith("如不服本裁定")


def test_a_civil_judgment_with_a_spaced_title_is_read() -> None:
    judgment = parse_judicial(CIVIL)
    assert judgment.document_type == "民事判决书"
    assert judgment.court == "石桥县人民法院"
    assert judgment.case_number == "（2021）岭0122民初745号"
    assert judgment.judgment_date == date(2021, 6, 8)
    assert judgment.cause_of_action == "民间借贷纠纷"
    assert _parties(judgment) == [
        ("原告", "李某甲"),
        ("被告", "周某乙"),
        ("第三人", "石桥某商业银行股份有限公司"),
    ]
    assert judgment.cited_articles == ("民法典#第六百六十七条", "民法典#第六百七十五条")


def test_the_sections_of_a_civil_judgment_come_in_their_order() -> None:
    judgment = parse_judicial(CIVIL)
    assert _labels(judgment) == ["首部", "审理经过", "诉称", "辩称", "查明", "本院认为", "裁判主文", "尾部"]
    assert _section(judgment, "辩称") == "被告周某乙辩称：借款已经归还一半。"
    assert _section(judgment, "裁判主文").endswith("二、驳回其他诉讼请求。")


def test_a_criminal_judgment_on_one_line_is_read() -> None:
    judgment = parse_judicial(CRIMINAL)
    assert judgment.document_type == "刑事判决书"
    assert judgment.court == "青禾县人民法院"
    assert judgment.case_number == "（2019）原0725刑初88号"
    assert judgment.judgment_date == date(2019, 6, 10)
    assert judgment.cause_of_action == "盗窃罪"
    assert ("被告人", "吴某某") in _parties(judgment)
    assert ("公诉机关", "青禾县人民检察院") in _parties(judgment)
    assert len(judgment.parties) == 2
    assert judgment.cited_articles == ("刑法#第二百六十四条", "刑法#第六十七条", "刑法#第五十二条")


def test_the_sections_of_a_judgment_on_one_line_come_in_their_order() -> None:
    judgment = parse_judicial(CRIMINAL)
    assert _labels(judgment) == ["首部", "审理经过", "诉称", "辩称", "查明", "本院认为", "裁判主文", "尾部"]
    assert _section(judgment, "诉称").startswith("公诉机关指控：2019年2月3日夜")
    assert _section(judgment, "查明").startswith("经审理查明，")
    assert _section(judgment, "裁判主文").endswith("并处罚金二千元。")


def test_an_order_restricting_consumption_is_read() -> None:
    order = parse_judicial(CONSUMPTION)
    assert (order.court, order.document_type) == ("白鹿市中级人民法院", "限制消费令")
    assert order.case_number == "（2024）原07执501号"
    assert order.judgment_date == date(2024, 3, 15)
    assert order.cause_of_action == "劳务合同纠纷"
    assert order.cited_articles == ("民事诉讼法#第二百六十六条",)


def test_a_settlement_which_no_court_wrote_is_read() -> None:
    settlement = parse_judicial(SETTLEMENT)
    assert settlement.document_type == "执行和解协议"
    assert settlement.case_number == "（2023）江0581执恢119号"
    assert settlement.court == "清溪市人民法院"
    assert settlement.judgment_date == date(2023, 11, 20)
    assert settlement.cause_of_action == "房屋租赁合同纠纷"
    assert _parties(settlement) == [("申请执行人", "蒋某"), ("被执行人", "沈某")]


PARTIES = {
    "role and name": ("申请执行人：张某，男。", ("申请执行人", "张某")),
    "half width colon": ("申请执行人:张某,男。", ("申请执行人", "张某")),
    "second role in brackets": ("异议人（被执行人）：张某，男。", ("异议人", "张某")),
    "role in brackets behind a side": ("乙方（被执行人）：张某，男。", ("被执行人", "张某")),
    "role in brackets behind a numbered side": ("乙方二（被执行人）：张某，女。", ("被执行人", "张某")),
    "no colon": ("被告人张某，男。", ("被告人", "张某")),
    "respondent of a petition": ("被申诉人：岭某有限公司，住所地石桥县。", ("被申诉人", "岭某有限公司")),
    "person restricted": ("被限制人：张某，男。", ("被限制人", "张某")),
    "brackets in the name": (
        "被告：岭某（集团）有限公司，住所地石桥县。",
        ("被告", "岭某（集团）有限公司"),
    ),
    "former name of a person in brackets": ("被告：张某（曾用名李某），男。", ("被告", "张某")),
    "former name in brackets": (
        "原告：岭某有限公司（原名甲公司），住所地石桥县。",
        ("原告", "岭某有限公司"),
    ),
}


@pytest.mark.parametrize(("line", "party"), PARTIES.values(), ids=PARTIES)
def test_a_party_is_read_with_its_role(line: str, party: tuple[str, str]) -> None:
    text = f"石桥县人民法院\n执行裁定书\n（2023）岭0122执5号\n\n{line}\n委托诉讼代理人：李某，律师。\n"
    assert _parties(parse_judicial(text)) == [party]


TYPES = {
    "拘 留 决 定 书": "拘留决定书",
    "提前解除拘留决定书": "提前解除拘留决定书",
    "罚款决定书": "罚款决定书",
    "失信决定书": "失信决定书",
    "纳入失信被执行人名单决定书": "纳入失信被执行人名单决定书",
    "限制出境决定书": "限制出境决定书",
    "国家赔偿决定书": "国家赔偿决定书",
    "执行决定书": "执行决定书",
    "决 定 书": "决定书",
    "执行通知书": "执行通知书",
    "协助执行通知书": "协助执行通知书",
    "协助冻结存款通知书": "协助冻结存款通知书",
    "履行到期债务通知书": "履行到期债务通知书",
    "解除限制消费令": "解除限制消费令",
    "拍卖公告": "拍卖公告",
    "公 告": "公告",
    "刑 事 附 带 民 事 判 决 书": "刑事附带民事判决书",
}


@pytest.mark.parametrize(("line", "document_type"), TYPES.items(), ids=TYPES)
def test_the_type_is_the_whole_name_of_the_form(line: str, document_type: str) -> None:
    assert parse_judicial(f"石桥县人民法院\n{line}\n（2023）岭0122执5号\n").document_type == document_type


ALL = {
    "ruling": RULING,
    "civil": CIVIL,
    "criminal": CRIMINAL,
    "consumption": CONSUMPTION,
    "settlement": SETTLEMENT,
}


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_the_sections_of_a_document_cover_it_without_overlap(text: str) -> None:
    document = parse_judicial(text)
    assert document.sections[0].start == 0
    assert document.sections[-1].end == len(text.rstrip())
    for one, other in pairwise(document.sections):
        assert one.end <= other.start
        assert not text[one.end : other.start].strip()
    assert len(set(_labels(document))) == len(document.sections)


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_the_same_document_on_one_line_says_the_same(text: str) -> None:
    many, one = parse_judicial(text), parse_judicial(" ".join(text.split("\n")))
    assert one.case_number == many.case_number
    assert one.court == many.court
    assert one.document_type == many.document_type
    assert one.judgment_date == many.judgment_date
    assert one.cause_of_action == many.cause_of_action
    assert one.cited_articles == many.cited_articles
    assert one.parties == many.parties
    assert _labels(one) == _labels(many)


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_every_document_is_known_as_judicial(text: str) -> None:
    assert is_judicial(text)


@pytest.mark.parametrize(
    "text",
    ["", "张某与李某签订合同。", "# 甲规则\n第一条 张某。", "石桥县人民法院今日开放。"],
    ids=["empty", "a sentence", "a norm", "a court without a document"],
)
def test_other_texts_are_not_judicial(text: str) -> None:
    assert not is_judicial(text)


def test_what_a_document_does_not_hold_is_none() -> None:
    document = parse_judicial("双方就租金发生争议。")
    assert (document.case_number, document.court, document.document_type) == (None, None, None)
    assert (document.cause_of_action, document.judgment_date) == (None, None)
    assert (document.parties, document.cited_articles) == ((), ())
    assert document.title == "双方就租金发生争议。"


CAUSES = {
    "company and person": ("原告云州某公司与被告张某买卖合同纠纷一案，本院审理。", "买卖合同纠纷"),
    "masked names": ("张某某与李某甲离婚纠纷一案，本院审理。", "离婚纠纷"),
    "with 因": ("张某因与李某劳动争议纠纷一案，本院审理。", "劳动争议"),
    "in enforcement": ("本院在执行张某与李某民间借贷纠纷一案中，查封房屋。", "民间借贷纠纷"),
    "series of cases": ("某公司诉张某劳动争议纠纷系列案件中，查封设备。", "劳动争议"),
    "number before the cause": (
        "本院在执行（2023）岭0122执5号买卖合同纠纷一案中，查封设备。",
        "买卖合同纠纷",
    ),
    "bank": ("某银行诉张某金融借款合同纠纷一案，本院审理。", "金融借款合同纠纷"),
}


@pytest.mark.parametrize(("text", "cause"), CAUSES.values(), ids=CAUSES)
def test_the_cause_of_action_is_cut_free_of_the_parties(text: str, cause: str) -> None:
    assert (
        parse_judicial(f"石桥县人民法院\n民事裁定书\n（2023）岭0122民初5号\n\n{text}").cause_of_action
        == cause
    )


def test_the_cases_that_an_interpretation_is_for_are_no_cause() -> None:
    text = "依照《最高人民法院关于审理买卖合同纠纷案件适用法律问题的解释》第一条，裁定如下：准许。"
    assert (
        parse_judicial(f"石桥县人民法院\n民事裁定书\n（2023）岭0122民初5号\n\n{text}").cause_of_action is None
    )


def test_the_date_is_that_of_the_signature_and_not_of_the_facts() -> None:
    text = f"{RULING}附：2023年12月31日前有效的材料清单。"
    assert parse_judicial(text).judgment_date == date(2023, 9, 5)


def test_a_signature_in_digits_is_a_date_too() -> None:
    text = RULING.replace("二〇二三年九月五日", "2023年9月5日")
    assert parse_judicial(text).judgment_date == date(2023, 9, 5)


def test_an_article_cited_twice_stands_once() -> None:
    text = RULING.replace("裁定如下", "并依民诉法第236条裁定如下")
    assert parse_judicial(text).cited_articles.count("民事诉讼法#第二百三十六条") == 1


TYPICAL = """# 张某甲申请执行某公司案

## 基本案情

张某甲申请执行，某公司转移财产。

法院依法搜查。

## 裁判要旨

依照《民事诉讼法》第二百五十五条，可以搜查。

## 典型意义

## 基本案情

第二段案情。
"""


def test_the_headings_of_a_typical_case_are_its_sections() -> None:
    case = parse_typical_case(TYPICAL, "案例/甲.md", published=date(2024, 1, 2))
    assert case.title == "张某甲申请执行某公司案"
    assert case.document_type == "典型案例"
    assert case.judgment_date == date(2024, 1, 2)
    assert _labels(case) == ["基本案情", "裁判要旨", "基本案情~2"]
    assert _section(case, "基本案情") == "张某甲申请执行，某公司转移财产。\n\n法院依法搜查。"
    assert case.cited_articles == ("民事诉讼法#第二百五十五条",)


# Each row: the title and the facts of a report, and its cause.
REPORTED = {
    "the title names it": ("张某诉李某租赁合同纠纷案", "双方因买卖合同纠纷一案另行诉讼。", "租赁合同纠纷"),
    "only the facts name it": (
        "张某与李某执行复议案",
        "张某与李某借款合同纠纷一案，法院作出判决。",
        "借款合同纠纷",
    ),
    "the facts name none that is official": (
        "张某与李某执行复议案",
        "张某与李某非法借贷纠纷一案，法院作出判决。",
        None,
    ),
    "no cause": ("张某与李某执行复议案", "张某申请执行。", None),
}


@pytest.mark.parametrize(("title", "facts", "cause"), REPORTED.values(), ids=REPORTED)
def test_the_cause_of_a_report_is_that_of_its_title_or_of_its_facts(
    title: str, facts: str, cause: str | None
) -> None:
    text = f"# {title}\n\n## 基本案情\n\n{facts}\n\n## 裁判理由\n\n张某与李某离婚纠纷一案另行审理。\n"
    assert parse_typical_case(text, "案例/甲.md").cause_of_action == cause


def test_a_typical_case_without_a_title_has_its_file_name() -> None:
    assert parse_typical_case("## 基本案情\n甲。", "案例/乙.md").title == "乙.md"


_PIECES = st.sampled_from(
    [
        "石桥县人民法院\n",
        "执行裁定书\n",
        "（2023）岭0122执5号\n",
        "申请执行人：张某。",
        "本院在执行张某一案中，",
        "张某诉称，",
        "李某辩称，",
        "经审理查明，",
        "本院认为，",
        "裁定如下：",
        "如不服本裁定，",
        "审判长 王某",
        "二〇二三年五月六日",
        "\n",
        " ",
        "。",
        "其他的话",
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_order_of_the_signs_gives_sections_that_cover_the_text(text: str) -> None:
    document = parse_judicial(text)
    covered = "".join(text[section.start : section.end] for section in document.sections)
    assert "".join(covered.split()) == "".join(text.split())
    assert len(set(_labels(document))) == len(document.sections)
    for one, other in pairwise(document.sections):
        assert one.end <= other.start


OWN_NUMBERS = {
    "on a line of its own": (
        "石桥县人民法院\n执行裁定书\n（2023）岭0122执5号\n\n案外人：张某。\n",
        "（2023）岭0122执5号",
    ),
    "that of the judgment in an agreement": (
        "执行和解协议\n\n甲方：张某\n\n（2020）岭0122民初9号民事判决确定李某付款。双方达成和解：\n一、付款。\n",
        None,
    ),
    "that of a case in brackets": (
        "石桥县人民法院\n通知书\n\n李某：\n张某与李某租赁合同纠纷一案［（2023）岭0122执5号］，现通知如下：付款。\n",
        None,
    ),
}


@pytest.mark.parametrize(("text", "number"), OWN_NUMBERS.values(), ids=OWN_NUMBERS)
def test_the_number_is_that_of_the_document_and_of_no_other(text: str, number: str | None) -> None:
    assert parse_judicial(text).case_number == number


def test_what_a_ruling_says_of_its_people_its_case_and_its_grounds_is_read() -> None:
    ruling = parse_judicial(RULING)
    assert ruling.procedure == "执行异议"
    assert [(one.role, one.name, one.firm, one.of) for one in ruling.representatives] == [
        ("委托诉讼代理人", "甲律师", "岭某律师事务所", "张某"),
        ("法定代表人", "李某", None, "云州某贸易有限公司"),
    ]
    assert [(officer.role, officer.name) for officer in ruling.officers] == [
        ("审判长", "王某"),
        ("审判员", "赵某"),
        ("书记员", "钱某"),
    ]
    assert ruling.applied_articles == ruling.cited_articles
    assert ruling.cited_cases == ()
    assert ruling.enforcement is not None
    assert [outcome.kind for outcome in ruling.enforcement.outcomes] == ["驳回异议"]


def test_facts_alone_name_no_parties_and_say_nothing_of_enforcement() -> None:
    facts = parse_judicial("经审理查明，原告张某与被告李某签订合同，申请执行人张某与被执行人李某和解。")
    assert (facts.parties, facts.representatives, facts.officers) == ((), (), ())
    assert facts.enforcement is None


REPORT = """# 张某甲诉某公司执行异议之诉案

## 基本案情

（2020）岭0102民初3号民事判决生效。

## 裁判结果

石桥县人民法院于2021年1月2日作出判决：驳回诉讼请求。云州市中级人民法院于2021年5月6日作出判决：驳回上诉，
由石桥县人民法院于十日内退费。

## 裁判理由

法院认为：根据《民法典》第三条，异议不成立。
"""


def test_a_report_has_the_court_that_decided_last_and_the_parties_of_its_title() -> None:
    report = parse_typical_case(REPORT, "案例/甲.md")
    assert report.court == "云州市中级人民法院"
    assert _parties(report) == [("原告", "张某甲"), ("被告", "某公司")]
    assert report.applied_articles == ("民法典#第三条",)
    assert report.cited_cases == ("（2020）岭0102民初3号",)
    assert report.text[report.parties[0].start : report.parties[0].end] == "张某甲"
