"""Causes and charges have their official names, however a document writes them."""

from pathlib import Path

import pytest

from legal import causes
from legal.causes import cause_in, official_cause

LEXICONS = Path(__file__).parents[2] / "shared" / "corpora" / "lexicons"
with_lexicons = pytest.mark.skipif(not LEXICONS.is_dir(), reason=f"the lists of causes are not at {LEXICONS}")

OFFICIAL = {
    "民间借贷纠纷": "民间借贷纠纷",
    "民间借贷": "民间借贷纠纷",
    "民间借贷纠纷一案": "民间借贷纠纷",
    "离婚": "离婚纠纷",
    "劳动争议": "劳动争议",
    "劳动争议纠纷": "劳动争议",
    "生命权、健康权、身体权纠纷": "生命权、身体权、健康权纠纷",
    "健康权纠纷": "生命权、身体权、健康权纠纷",
    "修理、重作和更换纠纷": "修理、重作、更换纠纷",
    "企业名称(商号)合同纠纷": "企业名称（商号）合同纠纷",
    "居间合同纠纷": "中介合同纠纷",
    "合伙协议纠纷": "合伙合同纠纷",
    "清算责任纠纷": "公司清算责任纠纷",
    "网络侵权责任纠纷": "网络侵权责任纠纷",
    "申请宣告公民死亡": "申请宣告自然人死亡",
    "申请撤销仲裁裁决": "申请撤销仲裁裁决",
    "案外人执行异议之诉": "案外人执行异议之诉",
    "执行分配方案异议之诉": "执行分配方案异议之诉",
    "执行异议之诉纠纷": "执行异议之诉",
    "执行分配方案异议之诉纠纷": "执行分配方案异议之诉",
    "民间借贷 纠纷": "民间借贷纠纷",
    "盗窃罪": "盗窃罪",
    "盗窃": "盗窃罪",
    "盗窃案": "盗窃罪",
    "掩饰、隐瞒犯罪所得、犯罪所得收益罪": "掩饰、隐瞒犯罪所得、犯罪所得收益罪",
    "拒不执行判决或裁定罪": "拒不执行判决、裁定罪",
    "贩卖毒品罪": "贩卖毒品罪",
    "袭警罪": "袭警罪",
    "偷税罪": "偷税罪",
    "奸淫幼女罪": "奸淫幼女罪",
    "行政处罚": "行政处罚",
    "政府信息公开": "政府信息公开",
    "国家赔偿": "国家赔偿",
    "错误执行赔偿": "错误执行赔偿",
}
UNKNOWN = ["", "纠纷", "合同", "购销合同纠纷", "执行异议", "张某", "罪", "非法吸收公共存款罪"]

IN_TEXT = {
    "parties, cause, case": ("原告张某与被告李某民间借贷纠纷一案，本院立案后", "民间借贷纠纷"),
    "enforcement": ("申请执行人张某与被执行人李某借款合同纠纷执行一案", "借款合同纠纷"),
    "enforcement of a bank": ("某银行与某公司因金融借款合同纠纷一案", "金融借款合同纠纷"),
    "title": ("某公司申请执行某局建设工程施工合同纠纷案", "建设工程施工合同纠纷"),
    "objection": ("异议人张某对执行王某与李某房屋买卖合同纠纷一案不服", "房屋买卖合同纠纷"),
    "older order of rights": ("执行张某与李某生命权、健康权、身体权纠纷一案中", "生命权、身体权、健康权纠纷"),
    "without the word dispute": ("张某诉李某离婚一案", "离婚纠纷"),
    "dispute after divorce": ("上诉人张某因与被上诉人李某离婚后财产纠纷一案，不服", "离婚后财产纠纷"),
    "labour": ("本院受理某公司与张某劳动争议一案", "劳动争议"),
    "case, not one case": ("受理了张某申请执行李某不当得利纠纷案件", "不当得利纠纷"),
    "no case at all": ("张某与李某追索劳动报酬纠纷，本院作出的判决书", "追索劳动报酬纠纷"),
    "two causes": ("张某与李某民间借贷纠纷、保证合同纠纷一案", "民间借贷纠纷"),
    "suit on an objection": (
        "张某与李某机动车交通事故责任纠纷申请执行人执行异议之诉一案",
        "申请执行人执行异议之诉",
    ),
    "letters apart": ("原告张某与被告某公司 确认劳动关系 纠纷 一案", "确认劳动关系纠纷"),
    "named as a field": ("案由：民间借贷\n原告张某", "民间借贷纠纷"),
    "contract too many": ("某公司与龙某股权转让合同纠纷一案", "股权转让纠纷"),
    "number between": ("张某与李某买卖合同纠纷（2020）岭0102民初12号一案", "买卖合同纠纷"),
    "special procedure": ("申请人某公司申请破产清算一案", "申请破产清算"),
    "arbitration": ("申请人张某与被申请人李某申请撤销仲裁裁决一案", "申请撤销仲裁裁决"),
    "administrative": ("原告张某诉被告某市人民政府行政处罚一案", "行政处罚"),
    "compensation": ("赔偿请求人张某申请错误执行赔偿一案", "错误执行赔偿"),
    "suit with a dispute too many": ("某银行诉张某、某公司执行异议之诉纠纷案", "执行异议之诉"),
    "compensation by the state": ("某公司申请某中级人民法院错误执行国家赔偿案", "错误执行赔偿"),
    "compensation for a preservation": ("张某申请某人民法院违法保全国家赔偿一案", "违法保全赔偿"),
    "compensation of no special kind": ("张某申请国家赔偿一案", "国家赔偿"),
    "indictment": ("以岭检刑诉〔2020〕1号起诉书指控被告人张某犯盗窃罪，于2020年提起公诉", "盗窃罪"),
    "two charges": ("指控被告人张某犯诈骗罪、盗窃罪，于", "诈骗罪"),
    "two charges under one word": ("指控被告人张某犯盗窃、诈骗罪，向本院提起公诉", "盗窃罪"),
    "charge with a crime in its name": (
        "指控被告人张某犯掩饰、隐瞒犯罪所得、犯罪所得收益罪，于",
        "掩饰、隐瞒犯罪所得、犯罪所得收益罪",
    ),
    "earlier conviction": (
        "被告人张某，曾因犯抢劫罪被判刑。岭县人民检察院指控被告人张某犯故意伤害罪，于",
        "故意伤害罪",
    ),
    "charge by selection": ("指控被告人张某犯贩卖毒品罪，于", "贩卖毒品罪"),
    "charge in a title": ("张某盗窃案", "盗窃罪"),
    "charge without crime": ("被告人张某贩卖毒品一案", "贩卖毒品罪"),
    "charge behind suspected": ("被告人张某涉嫌犯强奸罪一案", "强奸罪"),
    "confiscated property": ("被执行人张某犯集资诈骗罪一案，责令退赔", "集资诈骗罪"),
    "unofficial charge": ("指控被告人张某犯非法吸收公共存款罪，于", "非法吸收公共存款罪"),
}
NOT_IN_TEXT = {
    "no cause": "依据某仲裁委员会作出的裁决书，张某申请执行李某一案",
    "reconsideration": "张某申请执行复议案",
    "a committee": "某纠纷调解委员会",
    "nothing": "",
}


@pytest.mark.parametrize(("name", "official"), OFFICIAL.items(), ids=OFFICIAL)
def test_every_writing_of_a_cause_has_its_official_name(name: str, official: str) -> None:
    assert official_cause(name) == official


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_name_that_no_list_holds_is_unknown(name: str) -> None:
    assert official_cause(name) is None


@pytest.mark.parametrize(("text", "cause"), IN_TEXT.values(), ids=IN_TEXT)
def test_the_cause_is_found_in_the_words_of_the_document(text: str, cause: str) -> None:
    assert cause_in(text) == cause


@pytest.mark.parametrize("text", NOT_IN_TEXT.values(), ids=NOT_IN_TEXT)
def test_a_document_that_names_no_cause_has_none(text: str) -> None:
    assert cause_in(text) is None


def test_an_unofficial_cause_stands_in_its_own_words_where_the_parties_are_known() -> None:
    text = "原告李小明与被告王大力购销合同纠纷一案，本院立案后"
    assert cause_in(text, ["李小明", "王大力"]) == "购销合同纠纷"
    assert cause_in(text) == "合同纠纷"


def test_an_official_name_is_its_own_official_name() -> None:
    official = {official_cause(name) for name in OFFICIAL}
    assert {official_cause(name or "") for name in official} == official


def test_the_table_names_each_cause_once_and_leads_every_older_name_to_an_official_one() -> None:
    lines = Path(causes.__file__).with_name("causes.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    assert rows.pop(0) == ["name", "kind", "parent", "now"]
    names = {row[0] for row in rows}
    assert len(names) == len(rows) > 2000
    assert {kind for _, kind, _, _ in rows} == {"民事", "刑事", "行政", "国家赔偿"}
    assert [name for name, _, _, now in rows if official_cause(name) != (now or name)] == []
    assert [(name, now) for name, _, _, now in rows if now and official_cause(now) != now] == []
    civil = [(name, parent) for name, kind, parent, _ in rows if kind != "刑事" and parent]
    assert [(name, parent) for name, parent in civil if parent not in names] == []


@with_lexicons
def test_every_civil_cause_of_the_shared_list_is_known_by_its_own_name() -> None:
    lines = (LEXICONS / "civil_causes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = [line.split("\t")[1] for line in lines]
    assert len(names) == 1043
    assert [name for name in names if official_cause(name) != name] == []


@with_lexicons
@pytest.mark.parametrize("file", ["judge_criminal_charges_468.txt", "lecard_criminal_charges.txt"])
def test_every_charge_of_the_shared_lists_is_known(file: str) -> None:
    names = (LEXICONS / file).read_text(encoding="utf-8").split()
    # A letter mistaken in both lists (剌 for 刺), and a charge that joined the one on the flag in 2021.
    espionage = "为境外窃取、刺探、收买、非法提供国家秘密、情报罪"
    other = {espionage.replace("刺", "剌"): espionage, "侮辱国歌罪": "侮辱国旗、国徽、国歌罪"}
    assert len(names) >= 460
    assert [name for name in names if official_cause(name) != other.get(name, name)] == []
