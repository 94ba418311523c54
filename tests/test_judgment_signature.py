"""Who signed, and when: each row is the end of a document."""

from datetime import date

import pytest

from ingest.judgments.signature import judgment_date_of, officers_of, signature_start

Pairs = list[tuple[str, str]]
DAY = date(2023, 5, 16)
SIGNATURES: dict[str, tuple[str, Pairs, date | None]] = {
    "panel": (
        "审判长　王某\n审判员　赵某\n审判员　孙某某\n二〇二三年五月十六日\n书记员　钱某",
        [("审判长", "王某"), ("审判员", "赵某"), ("审判员", "孙某某"), ("书记员", "钱某")],
        DAY,
    ),
    "lay judges": (
        "审判长　王某\n人民陪审员　赵某\n人民陪审员　孙某\n二〇二三年五月十六日",
        [("审判长", "王某"), ("人民陪审员", "赵某"), ("人民陪审员", "孙某")],
        DAY,
    ),
    "enforcement officer": (
        "执行员　王某\n二〇二三年五月十六日\n书记员　钱某",
        [("执行员", "王某"), ("书记员", "钱某")],
        DAY,
    ),
    "letters apart": (
        "审 判 长　王 某\n人 民 陪 审 员　赵 某 某\n二〇二三年五月十六日\n书 记 员　钱　某",
        [("审判长", "王某"), ("人民陪审员", "赵某某"), ("书记员", "钱某")],
        DAY,
    ),
    "one line": (
        "审判长王某 人民陪审员赵某 二〇二三年五月十六日 书记员钱某",
        [("审判长", "王某"), ("人民陪审员", "赵某"), ("书记员", "钱某")],
        DAY,
    ),
    "one line without spaces": (
        "审判长王大明人民陪审员赵某人民陪审员孙小红二〇二三年五月十六日书记员钱某",
        [("审判长", "王大明"), ("人民陪审员", "赵某"), ("人民陪审员", "孙小红"), ("书记员", "钱某")],
        DAY,
    ),
    "letters apart on one line": (
        "审判员 王 某 二〇二三年五月十六日 书记员 钱 某",
        [("审判员", "王某"), ("书记员", "钱某")],
        DAY,
    ),
    "acting judge": ("代理审判员　王某\n二〇二三年五月十六日", [("代理审判员", "王某")], DAY),
    "acting clerk": (
        "审判员王某 二〇二三年五月十六日 代书记员钱某",
        [("审判员", "王某"), ("代书记员", "钱某")],
        DAY,
    ),
    "assistant": (
        "审判员　王某\n二〇二三年五月十六日\n法官助理　孙某\n书记员　钱某",
        [("审判员", "王某"), ("法官助理", "孙某"), ("书记员", "钱某")],
        DAY,
    ),
    "note behind a name": (
        "审判长王某 二〇二三年五月十六日 书记员钱某（兼）",
        [("审判长", "王某"), ("书记员", "钱某")],
        DAY,
    ),
    "colons": (
        "执行法官：王某\n书记员：钱某\n二〇二三年五月十六日",
        [("执行法官", "王某"), ("书记员", "钱某")],
        DAY,
    ),
    "who is in charge is an officer": (
        "二〇二三年五月十六日\n（院印）\n承办人：执行员　王某",
        [("执行员", "王某")],
        DAY,
    ),
    "who issued an order may hold any office": (
        "签发人：万俟某\n承办人：左某\n二〇二三年五月十六日",
        [],
        DAY,
    ),
    "whom to ask is no officer": (
        "二〇二三年五月十六日\n（院印）\n联系人：法官 牧某　联系电话：（略）",
        [],
        DAY,
    ),
    "contact on a line of its own, behind who signed": (
        "执行员　王某\n二〇二三年五月十六日\n联系人：书记员 钱某",
        [("执行员", "王某")],
        DAY,
    ),
    "a judge who signs alone": ("法官　王某\n二〇二三年五月十六日", [("法官", "王某")], DAY),
    "president without a name": ("二〇二三年五月十六日\n院长（印）", [], DAY),
    "seal of the court": ("石桥县人民法院\n二〇二三年五月十六日\n（院印）", [], DAY),
    "name of four letters": ("审判长　欧阳某某\n二〇二三年五月十六日", [("审判长", "欧阳某某")], DAY),
    "name with a dot": ("审判员　阿某某·买某\n二〇二三年五月十六日", [("审判员", "阿某某·买某")], DAY),
    "agreement before an officer": (
        "甲方：张某　代理人：丁某\n乙方：李某\n见证：石桥县人民法院执行员　牛某\n二〇二三年五月十六日",
        [("执行员", "牛某")],
        DAY,
    ),
    "statutes annexed": (
        "审判员　王某\n二〇二三年五月十六日\n书记员　钱某\n"
        "附：相关法律条文\n第四十条 合议庭由审判员、陪审员组成。2024年1月1日起施行。",
        [("审判员", "王某"), ("书记员", "钱某")],
        DAY,
    ),
    "annex right behind the clerk": (
        "审判员王某 二〇二三年五月十六日 书记员钱某附相关法律条文：2024年1月1日施行。",
        [("审判员", "王某"), ("书记员", "钱某")],
        DAY,
    ),
    "date in digits": (
        "审判员　王某\n2023年5月16日\n书记员　钱某",
        [("审判员", "王某"), ("书记员", "钱某")],
        DAY,
    ),
    "zero as a letter": ("审判员　王某\n二О二三年五月十六日", [("审判员", "王某")], DAY),
    "zero as a circle": ("审判员　王某\n二○二三年五月十六日", [("审判员", "王某")], DAY),
    "date apart": ("审判员　王某\n二〇二三 年 五 月 十六 日", [("审判员", "王某")], DAY),
    "no date": ("审判员　王某\n书记员　钱某", [("审判员", "王某"), ("书记员", "钱某")], None),
    "no such day": ("审判员　王某\n二〇二三年二月三十日", [("审判员", "王某")], None),
    "dates of the order only": (
        "查封期限自2023年5月16日起至2026年5月15日止，逾期失效，请申请执行人提前申请续行查封，并提供财产线索。",
        [],
        None,
    ),
}
REMEDY = "如不服本裁定，可以自2023年6月1日起十日内申请复议，由审判员审查。\n\n"


@pytest.mark.parametrize(("end", "officers", "day"), SIGNATURES.values(), ids=SIGNATURES)
def test_officers_and_date_are_read_from_the_signature(end: str, officers: Pairs, day: date | None) -> None:
    text = "裁定如下：驳回。\n" + end
    found = officers_of(text, 8)
    assert [(officer.role, officer.name) for officer in found] == officers
    assert judgment_date_of(text, 8) == day
    for officer in found:
        assert "".join(text[officer.start : officer.end].split()) == officer.name


@pytest.mark.parametrize("end", [row[0] for row in SIGNATURES.values() if row[2]][:12])
def test_what_the_remedy_says_is_no_signature(end: str) -> None:
    assert judgment_date_of(REMEDY + end, 0) == DAY
    assert ("审判员", "审查") not in [(o.role, o.name) for o in officers_of(REMEDY + end, 0)]


def test_the_sides_sign_an_agreement_first() -> None:
    text = "达成和解：\n一、甲方撤回申请。\n甲方：张某\n乙方：李某\n二〇二三年五月十六日"
    assert signature_start(text, 5, agreement=True) == text.index("甲方：")
    assert signature_start(text, 5) == text.index("二〇二三")


def test_an_officer_named_twice_stands_once() -> None:
    text = "审判员　王某\n二〇二三年五月十六日\n审判员　王某"
    assert len(officers_of(text, 0)) == 1


def test_without_a_signature_nothing_is_taken() -> None:
    assert signature_start("裁定如下：驳回异议。", 0) is None
    assert officers_of("裁定如下：驳回异议。", 0) == ()
