"""Scanned documents, whose lines end in the middle of a sentence."""

from ingest.judgments.people import listed_people
from ingest.judgments.sections import sections_of
from ingest.judgments.wrapped import unwrapped

SCANNED = """石 桥 县 人 民 法 院
执 行 裁 定 书
（2023）岭 0122 执 5 号之一
申请执行人：石桥某机电设备有限公司，住所地石桥县东街
12 号。
法定代表人：赵 某，经理。
被执行人：云州市石桥县桥头镇某某精密模具制造有限责任
公司，住所地石桥县南巷 8 号。
被执行人：钱 某，男，1970 年 1 月 2 日出生，住石桥县
北巷。
申请执行人石桥某机电设备有限公司与被执行人云州市石桥
县桥头镇某某精密模具制造有限责任公司、钱 某买卖合同纠
纷一案，本院于 2023 年 2 月 3 日立案执行。
执行中，本院查封被执行人钱 某名下小型轿车。
本 院 认 为，申请执行人撤回申请，应予准许。依 照《民事诉
讼法》第二百六十八条第一项，裁 定 如 下：
终结执行。
审 判 员 孙 某
二〇二三年五月六日"""
END_OF_HEAD = SCANNED.index("申请执行人石桥某机电设备有限公司与")


def test_an_entry_goes_on_in_the_next_line() -> None:
    found = listed_people(SCANNED, END_OF_HEAD)
    assert [(party.role, party.name) for party in found.parties] == [
        ("申请执行人", "石桥某机电设备有限公司"),
        ("被执行人", "云州市石桥县桥头镇某某精密模具制造有限责任公司"),
        ("被执行人", "钱某"),
    ]
    assert [(one.role, one.name, one.of) for one in found.representatives] == [
        ("法定代表人", "赵某", "石桥某机电设备有限公司")
    ]
    broken = found.parties[1]
    assert SCANNED[broken.start : broken.end] == "云州市石桥县桥头镇某某精密模具制造有限责任\n公司"


def test_the_parts_begin_at_sentences_and_not_at_lines() -> None:
    beginnings = [
        (section.label, SCANNED[section.start :][:7]) for section in sections_of(SCANNED, "执行裁定书")
    ]
    assert beginnings == [
        ("首部", "石 桥 县 人"),
        ("审理经过", "申请执行人石桥"),
        ("查明", "执行中，本院查"),
        ("本院认为", "本 院 认 为"),
        ("裁判主文", "裁 定 如 下"),
        ("尾部", "审 判 员 孙"),
    ]


def test_only_breaks_in_a_sentence_are_replaced_and_every_offset_stays() -> None:
    joined = unwrapped(SCANNED)
    assert len(joined) == len(SCANNED)
    assert [line[-4:] for line in joined.split("\n")[3:6]] == ["2 号。", "，经理。", "8 号。"]


def test_a_text_whose_lines_are_paragraphs_is_left_as_it_is() -> None:
    paragraph = "本院在执行张某与李某买卖合同纠纷一案中，依法查封李某名下的房屋。" * 3
    text = f"石桥县人民法院\n执行裁定书\n{paragraph}\n" + "申请执行人石桥某机电设备有限公司\n" * 4
    assert unwrapped(text) == text


def test_rows_of_a_table_are_left_as_they_are() -> None:
    text = "石桥县人民法院\n执行裁定书\n申请执行人\t石桥某公司\n被执行人\t石桥某建材公司\n现已审查终结。\n"
    assert unwrapped(text) == text


def test_an_empty_text_stays_empty() -> None:
    assert unwrapped("") == ""
