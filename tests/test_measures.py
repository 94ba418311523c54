"""Measures of enforcement are those that a court took, each once, with what is said of them."""

from datetime import date
from typing import NamedTuple

import pytest

from ingest.judgments.enforcement import enforcement_of
from legal.documents import Section
from legal.enforcement import Measure

HEAD = "石桥县人民法院\n执行裁定书\n（2023）岭0122执88号之一\n申请执行人：甲某。\n被执行人：张某。\n"
TAIL = "\n本裁定立即执行。\n审判员　丁某\n二〇二三年五月十六日\n书记员　戊某\n"
SIGNED = date(2023, 5, 16)


class M(NamedTuple):
    """A measure as a row writes it; `thing` in the words of the text."""

    kind: str
    action: str = "采取"
    thing: str | None = None
    ordered: date | None = None
    begins: date | None = None
    ends: date | None = None
    months: int | None = None
    rank: str | None = None


def document(label: str, words: str) -> tuple[str, tuple[Section, ...]]:
    """A ruling with `words` as its account (查明), reasons, claims or orders."""
    lead = "裁定如下：\n" if label == "裁判主文" else ""
    text = HEAD + lead + words + TAIL
    at, end = len(HEAD), len(HEAD + lead + words)
    return text, (
        Section("首部", "", 0, at - 1),
        Section(label, "", at, end),
        Section("尾部", "", end + 1, len(text) - 1),
    )


def read(label: str, words: str) -> tuple[str, tuple[Measure, ...]]:
    text, sections = document(label, words)
    found = enforcement_of(text, sections, "执行裁定书", "（2023）岭0122执88号之一")
    assert found
    return text, found.measures


def rows(measures: tuple[Measure, ...]) -> list[M]:
    return [
        M(m.kind, m.action, m.property and m.property.name, m.ordered, m.begins, m.ends, m.months, m.rank)
        for m in measures
    ]


ORDERS = {
    "a house": (
        "查封被执行人张某名下位于石桥县城关镇东街1号的房屋。",
        [M("查封", thing="位于石桥县城关镇东街1号的房屋", ordered=SIGNED)],
    ),
    "a house with its certificate and a period": (
        "一、查封被执行人张某所有的位于石桥县东街1号2栋301室的房屋（不动产权证号：岭（2020）石桥县不动产权第0001234号）；\n"
        "二、查封期限为三年，自2023年5月16日起至2026年5月15日止。",
        [
            M(
                "查封",
                thing="位于石桥县东街1号2栋301室的房屋",
                ordered=SIGNED,
                begins=date(2023, 5, 16),
                ends=date(2026, 5, 15),
                months=36,
            )
        ],
    ),
    "a car": (
        "查封被执行人张某名下车牌号为岭A12345的小型汽车一辆，期限二年。",
        [M("查封", thing="车牌号为岭A12345的小型汽车一辆", ordered=SIGNED, months=24)],
    ),
    "deposits for a year": (
        "冻结被执行人张某在某银行石桥支行账户内的存款50000元，冻结期限为一年。",
        [M("冻结", thing="在某银行石桥支行账户内的存款50000元", ordered=SIGNED, months=12)],
    ),
    "two verbs on one thing, and the rest in the alternative": (
        "冻结、划拨被执行人张某的银行存款100000元或查封、扣押其相应价值的其他财产。",
        [
            M("冻结", thing="银行存款100000元", ordered=SIGNED),
            M("划拨", thing="银行存款100000元", ordered=SIGNED),
            M("查封", thing="相应价值的其他财产", ordered=SIGNED),
            M("扣押", thing="相应价值的其他财产", ordered=SIGNED),
        ],
    ),
    "deducted": (
        "扣划被执行人张某在某银行的存款8,600元至本院账户。",
        [M("划拨", thing="在某银行的存款8,600元", ordered=SIGNED)],
    ),
    "shares": (
        "冻结被执行人张某持有的石桥某某（集团）有限公司30%的股权，冻结期限三年，自2023年5月16日至2026年5月15日。",
        [
            M(
                "冻结",
                thing="石桥某某（集团）有限公司30%的股权",
                ordered=SIGNED,
                begins=date(2023, 5, 16),
                ends=date(2026, 5, 15),
                months=36,
            )
        ],
    ),
    "waiting": (
        "轮候查封被执行人张某名下坐落于石桥县西街9号的商铺，期限为三十六个月。",
        [M("查封", thing="坐落于石桥县西街9号的商铺", ordered=SIGNED, months=36, rank="轮候")],
    ),
    "renewed": (
        "续行冻结被执行人张某在某证券营业部的股票，期限三年。",
        [M("冻结", "续行", "在某证券营业部的股票", SIGNED, months=36)],
    ),
    "renewed with another word": (
        "继续查封被执行人张某名下位于石桥县东街1号的房屋，查封期限三年。",
        [M("查封", "续行", "位于石桥县东街1号的房屋", SIGNED, months=36)],
    ),
    "将 … 予以": (
        "将被执行人张某名下位于石桥县东街1号的房屋予以查封。",
        [M("查封", thing="位于石桥县东街1号的房屋", ordered=SIGNED)],
    ),
    "对 … 采取措施": (
        "对被执行人张某名下的岭B00001号重型货车采取扣押措施。",
        [M("扣押", thing="岭B00001号重型货车", ordered=SIGNED)],
    ),
    "several things named one after another are one": (
        "查封被执行人石桥某厂所有的注塑机三台、冲床二台及货车一辆。",
        [M("查封", thing="注塑机三台、冲床二台及货车一辆", ordered=SIGNED)],
    ),
    "two orders on two things": (
        "一、查封被执行人张某名下的东街1号房屋，期限三年；\n二、冻结被执行人张某名下的微信账户余额300元，期限一年。",
        [
            M("查封", thing="东街1号房屋", ordered=SIGNED, months=36),
            M("冻结", thing="微信账户余额300元", ordered=SIGNED, months=12),
        ],
    ),
    "wages held back and taken": (
        "扣留、提取被执行人张某在石桥某公司的工资收入30000元。",
        [M("提取", thing="在石桥某公司的工资收入30000元", ordered=SIGNED)],
    ),
    "provident fund": (
        "提取被执行人张某名下的住房公积金12000元。",
        [M("提取", thing="住房公积金12000元", ordered=SIGNED)],
    ),
    "auction": (
        "拍卖被执行人张某所有的位于石桥县东街1号的房屋。",
        [M("拍卖", thing="位于石桥县东街1号的房屋", ordered=SIGNED)],
    ),
    "auction or sale": (
        "拍卖、变卖被执行人张某名下岭A12345号小型轿车以清偿债务。",
        [
            M("拍卖", thing="岭A12345号小型轿车", ordered=SIGNED),
            M("变卖", thing="岭A12345号小型轿车", ordered=SIGNED),
        ],
    ),
    "given for the debt": (
        "将被执行人张某名下位于石桥县东街1号的房屋作价560000元，交付申请执行人甲某抵偿本案债务。",
        [M("以物抵债", thing="位于石桥县东街1号的房屋", ordered=SIGNED)],
    ),
    "lifted": (
        "解除对被执行人张某名下位于石桥县东街1号的房屋的查封。",
        [M("查封", "解除", "位于石桥县东街1号的房屋", SIGNED)],
    ),
    "lifted of deposits, verb first": (
        "解除冻结被执行人张某在某银行的存款50000元。",
        [M("冻结", "解除", "在某银行的存款50000元", SIGNED)],
    ),
    "lifted of two kinds": (
        "解除对被执行人石桥某厂机器设备的查封、扣押。",
        [M("查封", "解除", "石桥某厂机器设备", SIGNED), M("扣押", "解除", "石桥某厂机器设备", SIGNED)],
    ),
    "lifted of a person": (
        "解除对被执行人张某的限制消费措施。",
        [M("限制消费", "解除", None, SIGNED)],
    ),
    "periods by class of thing": (
        "一、查封被执行人张某名下的东街1号房屋；\n二、冻结被执行人张某名下的银行存款20000元。\n"
        "冻结银行存款的期限为一年，查封动产的期限为二年，查封不动产的期限为三年。",
        [
            M("查封", thing="东街1号房屋", ordered=SIGNED, months=36),
            M("冻结", thing="银行存款20000元", ordered=SIGNED, months=12),
        ],
    ),
    "a list of things": (
        "查封被执行人韩某名下的下列财产：1.位于东街7号的房屋一套；2.车牌号为岭F22222的小型客车一辆。查封期限三年。",
        [
            M(
                "查封",
                thing="位于东街7号的房屋一套；2.车牌号为岭F22222的小型客车一辆",
                ordered=SIGNED,
                months=36,
            )
        ],
    ),
    "a claim against a third person": (
        "轮候冻结被执行人某公司对第三人某局享有的到期债权200万元，冻结期限为三年。",
        [
            M("冻结", thing="对第三人某局享有的到期债权200万元", ordered=SIGNED, months=36, rank="轮候"),
        ],
    ),
    "given for the debt, then lifted": (
        "一、被执行人张某名下位于东街1号的房屋作价50万元，交付申请执行人甲某抵偿其债务；二、解除对上述房屋的查封。",
        [
            M("以物抵债", thing="位于东街1号的房屋", ordered=SIGNED),
            M("查封", "解除", "位于东街1号的房屋", SIGNED),
        ],
    ),
    "taken off the list": ("将被执行人邹某从失信被执行人名单中删除。", [M("失信", "解除", None, SIGNED)]),
    "spaces of recognised text and full-width digits": (
        "冻 结被执行人张某名下的银行 存款５００００元，期限１２个月。",
        [M("冻结", thing="银行存款５００００元", ordered=SIGNED, months=12)],
    ),
    "half-width marks": (
        "1.查封被执行人张某名下的东街1号房屋(建筑面积90平方米),期限三年;",
        [M("查封", thing="东街1号房屋", ordered=SIGNED, months=36)],
    ),
    "periods are of freezing, not of deduction": (
        "一、冻结、划拨被执行人张某的银行存款5000元，冻结期限一年；",
        [
            M("冻结", thing="银行存款5000元", ordered=SIGNED, months=12),
            M("划拨", thing="银行存款5000元", ordered=SIGNED),
        ],
    ),
    "first, as the order says behind": (
        "二、查封被执行人张某名下东街1号房屋，期限三年，本次查封为首封。",
        [M("查封", thing="东街1号房屋", ordered=SIGNED, months=36, rank="首封")],
    ),
    "waiting, as the next sentence says": (
        "查封被执行人张某名下东街1号房屋。该查封系轮候查封。",
        [M("查封", thing="东街1号房屋", ordered=SIGNED, rank="轮候")],
    ),
    "lifted of an account at a bank": (
        "解除对石桥某公司在某某农村商业银行开立的账户（尾号0042）的冻结。",
        [M("冻结", "解除", "在某某农村商业银行开立的账户（尾号0042）", SIGNED)],
    ),
    "lifted of an account with its sum": (
        "解除对异议人石桥某公司在某某信用社开设的账户（账号：6220004321）内存款71000元的冻结。",
        [M("冻结", "解除", "在某某信用社开设的账户（账号：6220004321）内存款71000元", SIGNED)],
    ),
    "lifted of an account that is somebody's": (
        "解除对石桥某公司开立的农民工工资专用账户的冻结。",
        [M("冻结", "解除", "农民工工资专用账户", SIGNED)],
    ),
}

ACCOUNTS = {
    "by a ruling of a day": (
        "本院于2022年3月1日以（2022）岭0122执88号执行裁定查封了被执行人张某名下的东街1号房屋，查封期限三年。",
        [M("查封", thing="东街1号房屋", ordered=date(2022, 3, 1), months=36)],
    ),
    "ruling and date before the comma": (
        "2022年3月1日，本院作出（2022）岭0122执88号执行裁定，冻结被执行人张某名下银行账户。",
        [M("冻结", thing="银行账户", ordered=date(2022, 3, 1))],
    ),
    "the day alone before the comma": (
        "2022年3月1日，本院依法冻结被执行人张某名下银行存款2000元。",
        [M("冻结", thing="银行存款2000元", ordered=date(2022, 3, 1))],
    ),
    "a day without year is of the year named before": (
        "2021年2月24日发出执行通知书；3月5日以裁定冻结其股权。",
        [M("冻结", thing="股权", ordered=date(2021, 3, 5))],
    ),
    "passive": (
        "被执行人张某名下岭A12345号小型汽车已于2022年6月8日被本院查封，未能实际扣押。",
        [M("查封", thing="岭A12345号小型汽车", ordered=date(2022, 6, 8))],
    ),
    "another court was first": (
        "被执行人张某名下位于石桥县东街1号的房屋已被云州市望溪区人民法院首先查封。",
        [M("查封", thing="位于石桥县东街1号的房屋", rank="首封")],
    ),
    "ours waits": (
        "本院依法对被执行人张某名下位于石桥县东街1号的房屋进行了轮候查封。",
        [M("查封", thing="位于石桥县东街1号的房屋", rank="轮候")],
    ),
    "rank said behind": (
        "本院查封了被执行人张某名下的岭A12345号轿车，系轮候查封。",
        [M("查封", thing="岭A12345号轿车", rank="轮候")],
    ),
    "the thing is named in the clause before": (
        "经查，被执行人张某名下有岭A12345号小型汽车一辆，本院已依法查封。",
        [M("查封", thing="岭A12345号小型汽车一辆")],
    ),
    "mentioned again": (
        "本院查封了被执行人张某名下位于石桥县东街1号的房屋。该房屋查封后，本院依法启动评估。上述房屋已被本院查封，期限三年。",
        [M("查封", thing="位于石桥县东街1号的房屋", months=36)],
    ),
    "two cars are two": (
        "本院查封了被执行人张某名下岭A12345号轿车。本院另查封了被执行人张某名下岭A54321号轿车。",
        [M("查封", thing="岭A12345号轿车"), M("查封", thing="岭A54321号轿车")],
    ),
    "deducted and paid out": (
        "本院依法扣划被执行人张某银行存款4,310.5元，并已发还申请执行人。",
        [M("划拨", thing="银行存款4,310.5元")],
    ),
    "auction that failed": (
        "本院于2022年9月1日裁定拍卖被执行人张某名下位于石桥县东街1号的房屋，两次拍卖均流拍。",
        [M("拍卖", thing="位于石桥县东街1号的房屋", ordered=date(2022, 9, 1))],
    ),
    "restriction and list": (
        "本院对被执行人张某采取限制消费措施，并将其纳入失信被执行人名单。",
        [M("限制消费"), M("失信")],
    ),
    "restriction order issued": (
        "本院于2022年4月2日向被执行人张某发出限制消费令。",
        [M("限制消费", ordered=date(2022, 4, 2))],
    ),
    "detention": (
        "因被执行人张某拒不申报财产，本院于2022年7月6日决定对其司法拘留十五日。",
        [M("拘留", ordered=date(2022, 7, 6))],
    ),
    "fine": ("本院决定对被执行人张某罚款10000元。", [M("罚款")]),
    "may not leave": ("本院依法决定限制被执行人张某出境。", [M("限制出境")]),
    "search": ("2022年8月9日，本院依法对张某的住所进行搜查。", [M("搜查", ordered=date(2022, 8, 9))]),
    "lifted before": (
        "因张某提供担保，本院已解除对该公司基本账户的冻结。",
        [M("冻结", "解除", "该公司基本账户")],
    ),
    "formalities": (
        "被执行人张某名下登记有岭A12345号轿车一辆，本院已办理查封手续。",
        [M("查封", thing="岭A12345号轿车一辆")],
    ),
    "the registry": (
        "登记簿记载有另案法院的轮候查封。",
        [M("查封", rank="轮候")],
    ),
    "pre-seizure": (
        "本院已预查封被执行人张某购买的东街1号预售商品房，期限三年，自2022年1月1日起至2024年12月31日止。",
        [
            M(
                "查封",
                thing="东街1号预售商品房",
                begins=date(2022, 1, 1),
                ends=date(2024, 12, 31),
                months=36,
            )
        ],
    ),
    "Chinese dates": (
        "本院于二〇二二年三月一日冻结被执行人张某持有的某公司股权，期限自二〇二二年三月一日起至二〇二五年二月二十八日止。",
        [
            M(
                "冻结",
                thing="某公司股权",
                ordered=date(2022, 3, 1),
                begins=date(2022, 3, 1),
                ends=date(2025, 2, 28),
            )
        ],
    ),
    "first there, waiting here": (
        "该房屋已被云州市中级人民法院首先查封，本院于2021年4月6日轮候查封，查封期限三年；",
        [
            M("查封", thing="该房屋", rank="首封"),
            M("查封", thing="该房屋", ordered=date(2021, 4, 6), months=36, rank="轮候"),
        ],
    ),
    "a notice of freezing is no thing": (
        "本院向某银行送达协助冻结存款通知书，冻结了被执行人在该行的账户，实际冻结金额5.66元。",
        [M("冻结", thing="在该行的账户")],
    ),
    "a list of measures": (
        "对被执行人张某采取了查封、冻结、限制消费、列入失信被执行人名单等强制措施。",
        [M("查封"), M("冻结"), M("限制消费"), M("失信")],
    ),
    "a ruling two clauses before, and its registration": (
        "2019年7月5日，本院根据甲某的申请，作出（2019）岭0122民初3号民事裁定，查封了登记在张某名下位于东街1号的房屋。"
        "2019年7月9日办理了查封登记，期限为三年。",
        [M("查封", thing="位于东街1号的房屋", ordered=date(2019, 7, 5), months=36)],
    ),
    "renewed until a day": (
        "本院冻结了张某名下账户存款100万元，冻结期限自2020年4月1日至2021年3月31日，后续行冻结至2022年3月31日。",
        [
            M("冻结", thing="账户存款100万元", begins=date(2020, 4, 1), ends=date(2021, 3, 31)),
            M("冻结", "续行", "账户存款100万元", ends=date(2022, 3, 31)),
        ],
    ),
    "after a request that was granted": (
        "根据申请执行人的申请，本院依法查封了被执行人张某名下的东街1号房屋。",
        [M("查封", thing="东街1号房屋")],
    ),
    "first seized, as a verb": (
        "本院于2020年3月2日首封被执行人张某的东街1号房屋。",
        [M("查封", thing="东街1号房屋", ordered=date(2020, 3, 2), rank="首封")],
    ),
    "first seized by another court, as a verb": (
        "东街1号房屋已被云州市中级人民法院首封，本院于2021年4月12日轮候查封，期限三年。",
        [
            M("查封", thing="东街1号房屋", rank="首封"),
            M("查封", thing="东街1号房屋", ordered=date(2021, 4, 12), months=36, rank="轮候"),
        ],
    ),
    "the first freezing": (
        "本院于2020年3月10日裁定冻结张某持有的某公司股权，冻结期限三年，系首次冻结。",
        [M("冻结", thing="某公司股权", ordered=date(2020, 3, 10), months=36, rank="首封")],
    ),
    "the thing is named in the sentence before": (
        "经查，被执行人张某名下有位于东街1号的房屋一套。本院于2022年3月1日依法查封，期限三年。",
        [M("查封", thing="位于东街1号的房屋一套", ordered=date(2022, 3, 1), months=36)],
    ),
    "the thing is named before a semicolon": (
        "被执行人张某名下登记有货车2辆；本院于2021年4月12日已查封，未实际扣押。",
        [M("查封", thing="货车2辆", ordered=date(2021, 4, 12))],
    ),
    "a word points to the last thing of its kind": (
        "本院查封了张某名下东街1号房屋，另冻结了张某名下银行账户二个。2022年5月1日，本院对上述房屋续行查封。",
        [
            M("查封", thing="东街1号房屋"),
            M("冻结", thing="银行账户二个"),
            M("查封", "续行", "东街1号房屋", date(2022, 5, 1)),
        ],
    ),
    "a thing that stands before 前述": (
        "本院冻结了张某持有的某公司股权。云州市某区人民法院于2021年7月5日轮候冻结前述股权。",
        [
            M("冻结", thing="某公司股权"),
            M("冻结", thing="某公司股权", ordered=date(2021, 7, 5), rank="轮候"),
        ],
    ),
    "police seized, the court renews": (
        "2021年3月1日，石桥县公安局依法扣押被执行人张某名下的岭A12345号轿车一辆。本院于2022年5月1日对上述轿车续行扣押。",
        [M("扣押", "续行", "岭A12345号轿车一辆", date(2022, 5, 1))],
    ),
    "held cash is deducted": (
        "本院将扣押在案的现金26000元扣划至本院账户。",
        [M("划拨", thing="扣押在案的现金26000元")],
    ),
    "money moved to the court": (
        "云州市中级人民法院将上述账户内的资金1338元划至该院账户。",
        [M("划拨", thing="上述账户内的资金1338元")],
    ),
    "money moved to the account of the case": (
        "本院已将被执行人张某银行存款5000元划转至本院案款专户。",
        [M("划拨", thing="银行存款5000元")],
    ),
    "deducted twice, once as a bare sum": (
        "本院于2021年4月6日扣划被执行人张某存款8000元；2021年9月2日，又从某分公司账户划拨1600元。",
        [
            M("划拨", thing="存款8000元", ordered=date(2021, 4, 6)),
            M("划拨", thing="1600元", ordered=date(2021, 9, 2)),
        ],
    ),
    "a provisional note in the register": (
        "本院于2018年6月12日查封东街1号房屋，期限三年，当日办理了查封预告登记。",
        [M("查封", thing="东街1号房屋", ordered=date(2018, 6, 12), months=36)],
    ),
    "the register, with the thing between": (
        "本院办理了东街1号房屋的查封登记。",
        [M("查封", thing="东街1号房屋")],
    ),
    "asked of the registry by notice": (
        "2022年5月6日，本院向某登记中心发出协助执行通知书，要求协助事项为：查封张某名下土地使用权。",
        [M("查封", thing="土地使用权", ordered=date(2022, 5, 6))],
    ),
    "the next day, to an auction house": (
        "本院于2022年3月31日裁定查封东街1号房屋。次日，委托某拍卖公司进行拍卖。",
        [
            M("查封", thing="东街1号房屋", ordered=date(2022, 3, 31)),
            M("拍卖", ordered=date(2022, 4, 1)),
        ],
    ),
    "a day of the same month": (
        "本院于2022年3月2日立案，同月9日冻结张某名下银行账户。",
        [M("冻结", thing="银行账户", ordered=date(2022, 3, 9))],
    ),
    "what goes on has the day of what it follows": (
        "本院于2022年3月2日作出裁定，冻结张某名下银行账户三个（尾号1、2，冻结余额合计100元），首先查封其名下东街1号房屋。",
        [
            M("冻结", thing="银行账户三个", ordered=date(2022, 3, 2)),
            M("查封", thing="东街1号房屋", ordered=date(2022, 3, 2), rank="首封"),
        ],
    ),
    "one day for two measures against a person": (
        "2022年3月1日，本院对张某限制消费，并将其纳入失信被执行人名单。",
        [M("限制消费", ordered=date(2022, 3, 1)), M("失信", ordered=date(2022, 3, 1))],
    ),
    "compared with a seizure of a day": (
        "租赁合同签订日期为2022年1月10日，早于2022年2月25日查封。",
        [M("查封", ordered=date(2022, 2, 25))],
    ),
    "a sale that goes on": (
        "该房两次网络拍卖流拍，现处于网络变卖期内。",
        [M("拍卖", thing="该房"), M("变卖", thing="该房")],
    ),
    "the notice of an auction": ("云州市中级人民法院遂发布拍卖公告。", [M("拍卖")]),
    "a court with a short name is no party that says": (
        "云州市中级人民法院（以下简称云州中院）扣划了被执行人张某的存款800元。",
        [M("划拨", thing="存款800元")],
    ),
    "an alternative that was ruled is not known to be taken": (
        "本院于2020年5月23日裁定：冻结张某名下银行存款1万元或查封其相应价值的财产。",
        [M("冻结", thing="银行存款1万元", ordered=date(2020, 5, 23))],
    ),
    "the name of a platform is no auction": (
        "本院在“某某司法拍卖”网络平台对东街1号房屋进行第一次拍卖。",
        [M("拍卖", thing="东街1号房屋")],
    ),
    "the last day behind the length": (
        "本院于2020年3月9日查封被执行人张某名下的东街1号房屋，查封期限三年，至2023年3月8日届满。",
        [M("查封", thing="东街1号房屋", ordered=date(2020, 3, 9), ends=date(2023, 3, 8), months=36)],
    ),
    "a last day still to come": (
        "本院于2020年3月9日冻结被执行人张某持有的某公司股权，冻结期限将于2023年3月8日届满。",
        [M("冻结", thing="某公司股权", ordered=date(2020, 3, 9), ends=date(2023, 3, 8))],
    ),
    "a last day in a sentence of its own": (
        "本院于2020年3月9日查封张某名下的东街1号房屋。该查封将于2023年3月8日到期。",
        [M("查封", thing="东街1号房屋", ordered=date(2020, 3, 9), ends=date(2023, 3, 8))],
    ),
    "a period until a day": (
        "本院于2020年3月9日查封张某名下岭A12345号轿车，查封期限截至2022年3月8日。",
        [M("查封", thing="岭A12345号轿车", ordered=date(2020, 3, 9), ends=date(2022, 3, 8))],
    ),
    "frozen until a day": (
        "2020年3月9日，本院冻结张某名下银行存款5000元，冻结至2021年3月8日止。",
        [M("冻结", thing="银行存款5000元", ordered=date(2020, 3, 9), ends=date(2021, 3, 8))],
    ),
    "the day on which it lapses": (
        "2020年3月9日，本院轮候查封张某名下西街9号商铺，到期日为2023年3月8日。",
        [M("查封", thing="西街9号商铺", ordered=date(2020, 3, 9), ends=date(2023, 3, 8), rank="轮候")],
    ),
    "last days of other things": (
        "本院查封了张某名下的东街1号房屋，评估报告有效期至2022年5月5日，张某至2021年3月5日止未履行。",
        [M("查封", thing="东街1号房屋")],
    ),
    "an account known by its number": (
        "本院冻结张某在某某银行的账户(尾号6061)，并于2022年6月9日扣划该账户存款315元。",
        [
            M("冻结", thing="在某某银行的账户(尾号6061)"),
            M("划拨", thing="该账户存款315元", ordered=date(2022, 6, 9)),
        ],
    ),
    "one account named in general and in full": (
        "案外人某公司对本院冻结其银行账户的行为不服。2022年8月2日，本院冻结某公司在某某银行开立的账户（尾号0042）。",
        [M("冻结", thing="在某某银行开立的账户（尾号0042）", ordered=date(2022, 8, 2))],
    ),
    "one house named in general and in full": (
        "张某对本院查封其房屋不服。2022年8月2日，本院查封张某名下的东街1号房屋。本院查封其房屋并无不当。",
        [M("查封", thing="东街1号房屋", ordered=date(2022, 8, 2))],
    ),
    "an account is no house": (
        "张某对本院冻结其账户有异议。本院于2022年8月2日查封张某名下的东街1号房屋。",
        [M("冻结", thing="账户"), M("查封", thing="东街1号房屋", ordered=date(2022, 8, 2))],
    ),
    "done with another court": (
        "2022年8月2日，本院与某法院共同查封了张某名下的东街1号房屋。",
        [M("查封", thing="东街1号房屋", ordered=date(2022, 8, 2))],
    ),
}

NOTHING = {
    "asked for": ("查明", "申请执行人请求查封被执行人张某名下的房屋。"),
    "asked for by an application": ("查明", "申请执行人申请冻结被执行人张某的股权。"),
    "a party says": ("诉称", "异议人称，法院查封的房屋是其唯一住房，请求解除查封。"),
    "a threat": (
        "查明",
        "逾期不履行的，本院将依法查封、扣押、冻结、拍卖、变卖你的财产，并处以罚款、拘留。",
    ),
    "what a court may do": ("本院认为", "人民法院可以查封被执行人应当履行义务部分的财产。"),
    "what a court should do": ("本院认为", "对被执行人名下的房屋应当依法拍卖。"),
    "refused": ("查明", "该牛是主要生产资料，故不予查封。"),
    "not done": ("查明", "本院未能扣押该车辆。"),
    "no other seizure": ("查明", "该房屋没有抵押登记，没有其他法院查封。"),
    "law titles": (
        "本院认为",
        "依照《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》第二条，",
    ),
    "quoted from a law": ("本院认为", "被执行人未按执行通知履行义务，人民法院有权冻结、划拨被执行人的存款。"),
    "nouns of auction": ("查明", "拍卖公告载明，拍卖保留价为评估价的百分之七十。"),
    "duties of the respondent": ("裁判主文", "查封期间，被执行人不得转让、抵押该房屋。"),
    "notice of renewal": (
        "裁判主文",
        "需要续行查封的，申请执行人应当在查封期限届满前七日内提出书面申请。",
    ),
    "a condition": ("裁判主文", "羊只可能大量死亡的，由本院决定及时变卖。"),
    "a request that the order refuses": ("裁判主文", "驳回张某要求解除查封的异议请求。"),
    "stay of a sale": ("裁判主文", "中止对东街1号房屋的拍卖。"),
    "an auction set aside": ("裁判主文", "撤销对东街1号房屋的网络司法拍卖。"),
    "a future list": ("查明", "有履行能力而拒不履行的，将被纳入失信被执行人名单。"),
    "not to be listed": ("本院认为", "被执行人确无履行能力，不宜纳入失信被执行人名单。"),
    "breach of the order": ("查明", "违反限制消费令的，依法予以罚款、拘留。"),
    "criminal detention": ("查明", "张某因涉嫌诈骗罪被刑事拘留。"),
    "a party draws money": ("查明", "张某在判决前提取公积金三万元。"),
    "consideration": ("查明", "本院曾考虑查封耕牛。"),
    "agreement on lifting": ("查明", "双方约定首期付款后申请解除对房屋的查封。"),
    "auction house": ("查明", "本院委托的某拍卖行提交了资料，拍卖公司于2020年5月6日举行拍卖会。"),
    "report and result of an auction": ("查明", "本院收到拍卖报告，拍卖过程公开，拍卖佣金由买受人负担。"),
    "rank of courts": (
        "查明",
        "首封法院超过三个月未处置，首封债权人同意移送，两级法院以首封超过三个月为由驳回。",
    ),
    "lifting talked about": ("本院认为", "本院的解封行为属于执行行为，解封裁定并无不当。"),
    "police": ("查明", "侦查期间，石桥县公安局依法查封了张某名下房屋，并冻结其银行账户二个。"),
    "passive, by police": ("查明", "张某的轿车被石桥县公安局依法扣押。"),
    "held already": ("查明", "另有扣押在案的手机二部。"),
    "money that a party may take": ("查明", "双方约定甲方有权将相应款项划入乙方指定账户。"),
    "money that goes elsewhere": ("查明", "张某将货款5万元划转至其妻账户。"),
    "a notice that was published, as a day": ("查明", "拍卖公告于2022年6月5日发布，标明空置。"),
    "not yet for sale": ("查明", "该房屋尚未进入变卖程序。"),
    "compared with what was taken": ("查明", "发票载明的编号与扣押机械一致。"),
    "not the same as what was taken": ("查明", "该车与本院扣押的车辆不是同一辆，与查封设备无关。"),
    "of one type with what was taken": ("查明", "合同所列设备与本院查封设备的型号相符。"),
    "key words of a published case": ("关键词", "执行复议、委托拍卖、恶意串通"),
}


@pytest.mark.parametrize(("words", "expected"), ORDERS.values(), ids=ORDERS)
def test_an_order_takes_renews_or_lifts_a_measure_on_the_day_of_signature(
    words: str, expected: list[M]
) -> None:
    assert rows(read("裁判主文", words)[1]) == expected


@pytest.mark.parametrize(("words", "expected"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_an_account_tells_of_measures_that_were_taken(words: str, expected: list[M]) -> None:
    assert rows(read("查明", words)[1]) == expected


@pytest.mark.parametrize(("label", "words"), NOTHING.values(), ids=NOTHING)
def test_what_was_not_taken_is_no_measure(label: str, words: str) -> None:
    assert rows(read(label, words)[1]) == []


@pytest.mark.parametrize("words", [words for words, _ in [*ORDERS.values(), *ACCOUNTS.values()]])
def test_spans_give_back_the_words(words: str) -> None:
    for label in ("裁判主文", "查明"):
        text, measures = read(label, words)
        for found in measures:
            assert text[found.start : found.end].strip() == text[found.start : found.end] != ""
            if found.property:
                thing = text[found.property.start : found.property.end]
                assert "".join(thing.split()) == found.property.name


def test_half_width_full_stops_end_sentences_but_not_numbers() -> None:
    text = (
        "执行裁定书\n裁定如下:\n一.查封被执行人张某名下的东街1号房屋.本院另行通知登记机构.\n"
        "二.冻结被执行人张某名下的银行存款1.5万元.\n"
    )
    found = enforcement_of(text, (), "执行裁定书", "（2023）岭0122执88号")
    assert found
    assert [(m.kind, m.property and m.property.name) for m in found.measures] == [
        ("查封", "东街1号房屋"),
        ("冻结", "银行存款1.5万元"),
    ]
