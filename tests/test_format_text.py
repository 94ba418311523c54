"""Plain text and Markdown in every encoding: read whole, with their pages, or refused as no text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.decoding import decode
from ingest.formats import Format, markdown, plain_text
from ingest.source import Content, Page, RawDocument
from legal.errors import UnreadableFileError

TEXT = "石桥县人民法院\n执行裁定书\n（2023）岭0122执5号\n张某与某公司买卖合同纠纷一案，裁定如下：准许。\n"
BOTH = pytest.mark.parametrize("format_", [plain_text.FORMAT, markdown.FORMAT], ids=["text", "markdown"])

ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": TEXT.encode("utf-8-sig"),
    "utf-16 little endian with mark": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16 big endian with mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16 little endian": TEXT.encode("utf-16-le"),
    "utf-16 big endian": TEXT.encode("utf-16-be"),
    "gb18030": TEXT.encode("gb18030"),
    "gbk": TEXT.encode("gbk"),
    "gb2312": TEXT.encode("gb2312"),
}
BINARY = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8,
    "zip": b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)) * 8,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + bytes(range(256)) * 4,
    "zero bytes": b"\x00" * 1000,
    "control characters": bytes(range(1, 9)) * 100,
}


def read(data: str | bytes, format_: Format = plain_text.FORMAT) -> RawDocument:
    content = Content("甲", data=data.encode() if isinstance(data, str) else data)
    (document,) = format_.read(content)
    assert isinstance(document, RawDocument)
    return document


@BOTH
@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS)
def test_a_text_is_the_same_in_every_encoding(data: bytes, format_: Format) -> None:
    assert read(data, format_) == RawDocument("甲", TEXT)


@BOTH
@pytest.mark.parametrize("data", BINARY.values(), ids=BINARY)
def test_a_binary_file_is_refused_whatever_its_name(data: bytes, format_: Format) -> None:
    with pytest.raises(UnreadableFileError, match="不是文本文件"):
        read(data, format_)


@BOTH
@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf", "　\n".encode()])
def test_an_empty_file_is_refused_as_empty(data: bytes, format_: Format) -> None:
    with pytest.raises(UnreadableFileError, match="空"):
        read(data, format_)


@BOTH
def test_a_file_beyond_the_limit_is_refused(format_: Format, tmp_path: Path) -> None:
    path = tmp_path / "甲"
    with path.open("wb") as file:
        file.truncate(32 * 2**20 + 1)
    with pytest.raises(UnreadableFileError, match="超过"):
        list(format_.read(Content("甲", path=path)))


def test_a_few_odd_characters_do_not_make_a_text_binary() -> None:
    text = "张某" * 500 + "\x0c\x01"
    assert decode(text.encode()) == text


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except UnreadableFileError as error:
        text = error.message
    assert isinstance(text, str)


LONG = "本院在执行某公司与张某买卖合同纠纷一案中，查明被执行人名下有"
PAGED = {
    "sentence over the break": (f"{LONG}\n\f房屋一套。\n", f"{LONG}房屋一套。", 0),
    "number between the halves": (f"{LONG}\n\n- 1 -\n\f房屋一套。\n- 2 -\n", f"{LONG}房屋一套。", 2),
    "number at the top": (f"第 1 页 共 2 页\n{LONG}\f第 2 页 共 2 页\n房屋一套。", f"{LONG}房屋一套。", 2),
    "number of the whole": (f"{LONG}\n1/2\n\f房屋一套。\n2/2", f"{LONG}房屋一套。", 2),
    "chinese number": (f"{LONG}\n第一页\n\f房屋一套。\n第二页", f"{LONG}房屋一套。", 2),
    "bare numbers that count pages": (f"{LONG}\n3\n\f房屋一套。\n4\n", f"{LONG}房屋一套。", 2),
    "bare numbers that count nothing": ("第一条\n500\n\f第二条\n20\n", "第一条\n500\n第二条\n20", 0),
    "one bare number": ("申请执行标的\n1\n", "申请执行标的\n1\n", 0),
    "number inside a page": ("甲。\n- 1 -\n乙。\n\f丙。", "甲。\n- 1 -\n乙。\n丙。", 0),
    "paragraph ends with the page": (f"{LONG}房屋。\n\f裁定如下。", f"{LONG}房屋。\n裁定如下。", 0),
    "paragraph begins with the page": (f"{LONG}\n\f　　裁定如下。", f"{LONG}\n　　裁定如下。", 0),
    "article begins with the page": (f"{LONG}\n\f第二条 可以。", f"{LONG}\n第二条 可以。", 0),
    "signature over the break": ("审判员 李某\n\f书记员 王某", "审判员 李某\n书记员 王某", 0),
    "short line with a comma": ("甲，\n\f乙。", "甲，乙。", 0),
    "english words": (
        "the creditor, and the enforcement\n\fcourt",
        "the creditor, and the enforcement court",
        0,
    ),
    "windows line ends": ("甲。\r\n- 1 -\r\n\f乙。\r\n- 2 -", "甲。\n乙。", 2),
}


@pytest.mark.parametrize(("source", "expected", "numbers"), PAGED.values(), ids=PAGED)
def test_page_breaks_and_page_numbers_are_no_part_of_the_text(
    source: str, expected: str, numbers: int
) -> None:
    document = read(source)
    assert document.text == expected
    assert document.left_out == ((f"页码 {numbers} 处",) if numbers else ())


def test_a_paged_text_says_where_its_pages_are() -> None:
    document = read(f"{LONG}\n- 1 -\n\f房屋一套。\n- 2 -\n\f\n- 3 -\n\f二〇二三年五月六日\n\f")
    assert document.text == f"{LONG}房屋一套。\n二〇二三年五月六日"
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, LONG),
        (2, "房屋一套。"),
        (4, "二〇二三年五月六日"),
    ]


def test_a_text_without_page_breaks_is_not_touched() -> None:
    text = f"- 1 -\r\n{LONG}\n\n  第 2 页 共 3 页\n"
    assert read(text) == RawDocument("甲", text)


def test_nothing_but_page_numbers_is_no_text() -> None:
    with pytest.raises(UnreadableFileError, match="只有页码"):
        read("- 1 -\f- 2 -\f")


@given(
    st.lists(
        st.sampled_from(["甲", "。", "\n", "\f", "1", "2", "- 1 -\n", " ", "\r\n", "，", "a"]), max_size=30
    )
)
def test_every_character_but_numbers_and_space_is_on_a_page(pieces: list[str]) -> None:
    source = "".join(pieces)
    try:
        document = read(source)
    except UnreadableFileError:
        assert not source.replace("- 1 -", "").strip(" \n\r\f12")
        return
    letters = [character for character in source if character in "甲。，a"]
    assert [character for character in document.text if character in "甲。，a"] == letters
    if "\f" in source:
        on_pages = "".join(document.text[page.start : page.end] for page in document.pages)
        assert [character for character in on_pages if character in "甲。，a"] == letters
        assert all(isinstance(page, Page) and page.start < page.end for page in document.pages)


FRONT_MATTER = {
    "a norm": (
        "title: 云州市甲规则\n发布机关: 云州市中级人民法院\n通过日期: 2021-06-18\n施行日期: 2021年7月1日",
        {
            "title": "云州市甲规则",
            "issuing_body": "云州市中级人民法院",
            "adopted": "2021-06-18",
            "effective": "2021-07-01",
        },
    ),
    "a ruling": (
        "案号: （2023）岭0122执5号\n法院: 石桥县人民法院\n案由: 买卖合同纠纷\n"
        "date: 2023-5-6\nkind: precedent",
        {
            "case_number": "（2023）岭0122执5号",
            "court": "石桥县人民法院",
            "cause_of_action": "买卖合同纠纷",
            "judgment_date": "2023-05-06",
            "kind": "precedent",
        },
    ),
    "quoted and of several lines": ('document_type: "执行裁定书"\ntitle: >\n  甲\n  乙', {
        "title": "甲 乙",
        "document_type": "执行裁定书",
    }),
    "a number is kept as written": ("title: 0123", {"title": "0123"}),
    "a date that is none": ("date: 2023-02-30\neffective: 近日", {}),
    "a kind that is none": ("kind: 其他", {}),
    "values of other shapes": ("title: [甲, 乙]\ncourt: {name: 甲}\ncause:", {}),
    "names that mean nothing": ("author: 张某", {}),
    "nothing": ("# 注释", {}),
}  # fmt: skip


@pytest.mark.parametrize(("matter", "fields"), FRONT_MATTER.values(), ids=FRONT_MATTER)
def test_the_front_matter_describes_the_document(matter: str, fields: dict[str, str]) -> None:
    text = f"---\n{matter}\n---\n\n# 甲\n\n第一条 可以。\n"
    assert read(text, markdown.FORMAT) == RawDocument("甲", text, fields)


BROKEN = {
    "quote left open": 'title: "甲',
    "no pairs": "甲\n乙",
    "part used again": "a: &a [甲]\nb: [*a, *a]",
    "nested thousands deep": "a: " + "[" * 5000,
    "control character": "a: \x0e" + "甲" * 200,
    "tab": "a:\n\t- b",
}


@pytest.mark.parametrize("matter", BROKEN.values(), ids=BROKEN)
def test_a_broken_front_matter_is_named_and_costs_nothing_else(matter: str) -> None:
    text = f"---\n{matter}\n---\n第一条 可以。\n"
    expected = RawDocument("甲", text, left_out=("前言区（front matter）格式有误，未读取",))
    assert read(text, markdown.FORMAT) == expected


def test_a_front_matter_builds_nothing_but_text() -> None:
    text = "---\ntitle: !!python/object/apply:os.getcwd []\ncourt: !!python/name:os.system 甲\n---\n甲\n"
    assert read(text, markdown.FORMAT).fields == {"court": "甲"}


WITHOUT_FRONT_MATTER = {
    "line across the page": "---\n# 甲\n",
    "further down": "# 甲\n---\ntitle: 乙\n---\n",
    "endless": "---\n" + "title: 乙\n" * 20_000 + "---\n甲",
}


@pytest.mark.parametrize("text", WITHOUT_FRONT_MATTER.values(), ids=WITHOUT_FRONT_MATTER)
def test_a_text_without_front_matter_has_no_fields(text: str) -> None:
    assert read(text, markdown.FORMAT) == RawDocument("甲", text)


@given(st.text(alphabet="a: [{&*!-'\"\n\t#甲|>?%@`}],", max_size=60))
def test_any_front_matter_is_read_or_named_as_broken(matter: str) -> None:
    text = f"---\n{matter}\n---\n第一条 可以。\n"
    assert read(text, markdown.FORMAT).text == text
