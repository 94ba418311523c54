"""Which documents are about enforcement, and what a whole document of enforcement says."""

from datetime import date

import pytest

from ingest.judgments.enforcement import enforcement_of
from ingest.parse_judicial import parse_judicial
from legal.enforcement import Enforcement

ROUND_ENDED = (
    "石桥县人民法院 执行裁定书 （2021）岭0122执1234号之二 申请执行人石桥某小额贷款有限公司，住所地石桥县。 "
    "被执行人钱某，男，1980年1月1日出生。 "
    "本院在执行申请执行人石桥某小额贷款有限公司与被执行人钱某借款合同纠纷一案中，"
    "本院作出的（2020）岭0122民初4321号民事判决书已经发生法律效力，申请执行人申请强制执行，"
    "申请执行标的为人民币356,789.12元。 "
    "执行过程中，本院查明被执行人钱某名下有银行存款2345.67元，本院已扣划并发还申请执行人；"
    "位于石桥县东街2号的房屋一套已被云州市中级人民法院首先查封，本院于2021年4月6日轮候查封，查封期限三年。 "
    "2021年5月6日，本院依法对被执行人采取限制消费措施。本案执行到位金额2345.67元。 "
    "本院认为，本案符合终结本次执行程序的条件。"
    "依照《中华人民共和国民事诉讼法》第二百六十四条规定，裁定如下： "
    "终结本院（2020）岭0122民初4321号民事判决书的本次执行程序。 本裁定送达后即发生法律效力。 "
    "审 判 员 李某 二〇二一年八月三十日 书 记 员 郑某"
)


def read(text: str) -> Enforcement:
    found = parse_judicial(text).enforcement
    assert found
    return found


def test_a_ruling_on_one_line_is_read_whole() -> None:
    found = read(ROUND_ENDED)
    assert [(b.number, b.kind) for b in found.bases] == [("（2020）岭0122民初4321号", "判决书")]
    assert found.claimed
    assert found.received
    assert (found.claimed.fen, found.received.fen) == (35_678_912, 234_567)
    assert [(m.kind, m.action, m.rank) for m in found.measures] == [
        ("划拨", "采取", None),
        ("查封", "采取", "首封"),
        ("查封", "采取", "轮候"),
        ("限制消费", "采取", None),
    ]
    assert found.measures[2].ordered == date(2021, 4, 6)
    assert found.measures[2].months == 36
    assert [outcome.kind for outcome in found.outcomes] == ["终结本次执行程序"]


def test_all_spans_are_spans_of_the_text() -> None:
    found = read(ROUND_ENDED)
    assert found.claimed
    words = [ROUND_ENDED[span.start : span.end] for span in (*found.bases, found.claimed, *found.outcomes)]
    assert words == [
        "（2020）岭0122民初4321号",
        "356,789.12元",
        "终结本院（2020）岭0122民初4321号民事判决书的本次执行程序",
    ]
    assert [ROUND_ENDED[m.start : m.end] for m in found.measures] == [
        "扣划",
        "首先查封",
        "轮候查封",
        "限制消费",
    ]


@pytest.mark.parametrize(
    ("document_type", "case_number", "text"),
    [
        ("民事判决书", "（2021）岭0122民初7号", "被告逾期不履行的，原告可以申请执行。"),
        (
            "刑事判决书",
            "（2021）岭0122刑初7号",
            "被执行人张某拒不执行判决，申请执行人报案，法院曾查封其房屋。",
        ),
        ("民事裁定书", "（2021）岭0122民初7号", "准许原告撤诉。"),
        (None, None, "某公司与某厂买卖合同纠纷案。法院判决支付货款。"),
    ],
    ids=["civil", "criminal", "withdrawal", "report"],
)
def test_ordinary_documents_say_nothing_of_enforcement(
    document_type: str | None, case_number: str | None, text: str
) -> None:
    assert enforcement_of(text, (), document_type, case_number) is None


@pytest.mark.parametrize(
    ("document_type", "case_number", "text"),
    [
        ("执行裁定书", "（2021）岭0122执7号", "终结执行。"),
        ("民事裁定书", "（2021）岭0122财保7号", "冻结被申请人张某的银行存款50000元。"),
        ("限制消费令", None, "决定对张某限制消费。"),
        ("民事判决书", "（2021）岭0122民初7号", "原告甲某与被告乙某案外人执行异议之诉一案。"),
        (None, None, "申请执行人甲某与被执行人乙某一案，本院查封了乙某的房屋。"),
        ("刑事裁定书", "（2021）岭0122刑执7号", "本院依法扣划张某存款。"),
        ("决定书", "（2021）岭0122司惩7号", "对张某拘留五日。"),
    ],
    ids=[
        "ruling",
        "preservation",
        "order",
        "suit of objection",
        "report",
        "fine of a criminal case",
        "detention",
    ],
)
def test_documents_about_enforcement_are_known_by_number_type_or_parties(
    document_type: str | None, case_number: str | None, text: str
) -> None:
    assert enforcement_of(text, (), document_type, case_number) is not None


def test_an_empty_document_of_enforcement_says_nothing() -> None:
    assert enforcement_of("", (), "执行裁定书", "（2021）岭0122执7号") == Enforcement()


def test_a_restriction_order_restricts_on_its_own_day() -> None:
    text = (
        "石桥县人民法院\n限制消费令\n（2023）岭0122执88号\n张某：\n经申请执行人甲某申请，本院决定对你采取限制消费措施，"
        "不得乘坐飞机。违反本令的，依法予以罚款、拘留。\n二〇二三年六月一日\n"
    )
    found = read(text)
    assert [(m.kind, m.action, m.ordered) for m in found.measures] == [("限制消费", "采取", date(2023, 6, 1))]
    assert found.outcomes == ()


SIGNED = date(2025, 3, 4)
# words of the decision → kind, action, day of the order, begin, end
PENALTIES = {
    "detention": (
        "决定如下：\n对张某拘留十日（自2025年3月4日起至2025年3月13日止）。",
        [("拘留", "采取", SIGNED, SIGNED, date(2025, 3, 13))],
    ),
    "detention, days in Chinese": (
        "决定如下：\n对张某司法拘留十日（自二〇二五年三月四日至二〇二五年三月十三日）。",
        [("拘留", "采取", SIGNED, SIGNED, date(2025, 3, 13))],
    ),
    "fine": (
        "决定如下：\n对张某罚款20000元，限于2025年3月20日前交至本院。",
        [("罚款", "采取", SIGNED, None, None)],
    ),
    "fine and detention": (
        "本院决定：\n一、对石桥某公司处以罚款二十万元；\n二、对其法定代表人张某罚款三万元、拘留五日。",
        [("罚款", "采取", SIGNED, None, None), ("拘留", "采取", SIGNED, None, None)],
    ),
    "fine, to the person": (
        "张某拒不履行，本院决定对你罚款人民币5000元，于三日内缴纳。",
        [("罚款", "采取", SIGNED, None, None)],
    ),
    "lifted early": ("决定如下：\n提前解除对张某的拘留。", [("拘留", "解除", SIGNED, None, None)]),
}


@pytest.mark.parametrize(("words", "expected"), PENALTIES.values(), ids=PENALTIES)
@pytest.mark.parametrize("document_type", ["决定书", "拘留决定书", "罚款决定书"])
def test_a_decision_fines_or_detains_on_the_day_of_signature(
    document_type: str, words: str, expected: list[tuple[str, str, date, date | None, date | None]]
) -> None:
    text = (
        f"石桥县人民法院\n{document_type}\n（2025）岭0122司惩3号\n{words}\n"
        "如不服本决定，可以申请复议一次。\n二〇二五年三月四日\n"
    )
    found = enforcement_of(text, (), document_type, "（2025）岭0122司惩3号")
    assert found
    assert [(m.kind, m.action, m.ordered, m.begins, m.ends) for m in found.measures] == expected


def test_a_detention_tells_what_is_enforced_and_the_seizure_that_was_thwarted() -> None:
    found = read(
        "石桥县人民法院\n拘留决定书\n（2025）岭0122司惩3号\n被拘留人：张某，男，1980年1月1日出生。\n"
        "本院在执行甲某与石桥某公司买卖合同纠纷一案中，查明：（2024）岭0122民初16号民事判决生效后，石桥某公司未履行"
        "给付货款90000元的义务。2024年9月3日，本院查封石桥某公司的切割机一台。张某擅自将该机变卖。\n"
        "本院认为，张某的行为妨害执行。依照《中华人民共和国民事诉讼法》第一百一十四条规定，决定如下：\n"
        "对张某拘留十日。\n如不服本决定，可以申请复议一次。\n二〇二五年三月四日\n"
    )
    assert [(b.number, b.kind) for b in found.bases] == [("（2024）岭0122民初16号", "判决书")]
    assert found.claimed
    assert found.claimed.fen == 9_000_000
    assert [(m.kind, m.ordered) for m in found.measures] == [
        ("查封", date(2024, 9, 3)),
        ("拘留", SIGNED),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "查封冻结、" * 800,
        "对" * 20_000,
        "（" * 20_000,
        "查封期限自2020年1月1日起" * 500,
        "（2020）某0101" * 1000,
        "张某在某银行" * 3000,
        "查封期限至" * 4000,
        "1万" * 10_000 + "元" * 10_000,
    ],
    ids=["verbs", "one word", "brackets", "periods", "numbers", "banks", "last days", "amounts"],
)
def test_text_without_sense_is_read_to_its_end(text: str) -> None:
    assert enforcement_of("裁定如下：" + text, (), "执行裁定书", "（2020）某0101执1号") is not None


def test_places_are_right_with_blanks_of_recognised_text() -> None:
    text = "执 行 裁 定 书\n本院 查 封 了被执行人张某名下的 东街1号 房 屋。\n"
    found = enforcement_of(text, (), "执行裁定书", "（2023）岭0122执88号")
    assert found
    (measure,) = found.measures
    assert text[measure.start : measure.end] == "查 封"
    assert measure.property
    assert measure.property.name == "东街1号房屋"
    assert text[measure.property.start : measure.property.end] == "东街1号 房 屋"
