"""Workbooks give a record for each row of each sheet; damaged and locked ones are refused with a reason."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from old_workbook_examples import OLD_WORKBOOK
from openpyxl import Workbook

from ingest.field_maps import document_of, ready_made
from ingest.formats import excel
from ingest.source import Content, Item, Problem, RawDocument, Record
from legal.errors import UnreadableFileError


def _excel(data: bytes, name: str = "甲.xlsx") -> list[Item]:
    return list(excel.read(Content(name, data=data)))


def _book(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _values(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [dict(item.values) for item in items if isinstance(item, Record)]


def _items_or_refusal(read: Callable[[Content], Iterable[Item]], content: Content) -> list[str]:
    try:
        return sorted(map(repr, read(content)))
    except UnreadableFileError as error:
        return [error.message]


def test_every_sheet_is_read_and_a_row_has_its_sheet_and_number() -> None:
    found = _excel(
        _book(一审=[["案号"], [5]], 空=[], 二审=[["2023年清单"], [None], ["备注", "案号"], ["x", 6]])
    )
    assert found == [
        Record("甲.xlsx/一审/2", "甲.xlsx 工作表“一审” 第 2 行", {"案号": "5"}),
        Record("甲.xlsx/二审/4", "甲.xlsx 工作表“二审” 第 4 行", {"备注": "x", "案号": "6"}),
    ]


CELL_VALUES = {
    "date": (date(2023, 5, 6), "2023-05-06"),
    "date with time": (datetime(2023, 5, 6, 10, 30), "2023-05-06 10:30:00"),
    "whole number": (2023.0, "2023"),
    "bank card": (6222021234567890123, "6222021234567890000"),
    "small number": (0.00000012, "0.00000012"),
    "amount": (1234.5, "1234.5"),
    "truth": (True, "TRUE"),
    "text": (" 张某\n李某 ", "张某\n李某"),
    "nothing": (None, ""),
}


@pytest.mark.parametrize(("value", "text"), CELL_VALUES.values(), ids=CELL_VALUES)
def test_a_cell_is_the_text_that_a_reader_sees(value: Any, text: str) -> None:
    assert _values(_excel(_book(一审=[["案号", "值"], ["x", value]]))) == [{"案号": "x", "值": text}]


def test_a_cell_merged_over_rows_counts_for_each_that_holds_something() -> None:
    book = Workbook()
    for row in [["清单"], ["案号", "法院"], ["1", "石桥县人民法院"], ["2"], [], ["3"], ["4"]]:
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("B3:B6")
    found = _values(_excel(_saved(book)))
    assert [values["法院"] for values in found] == ["石桥县人民法院"] * 3 + [""]
    assert [values["案号"] for values in found] == ["1", "2", "3", "4"]


def test_a_cell_in_the_last_row_and_column_costs_no_more_than_its_row() -> None:
    book = Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "案号", "5", "x"
    record, problem = _excel(_saved(book))
    assert isinstance(record, Record)
    assert isinstance(problem, Problem)
    assert problem.where == "甲.xlsx 工作表“Sheet” 第 1048576 行"


def _changed(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """A workbook with a part of it written as other programs do."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != member or old in content
            target.writestr(name, content.replace(old, new) if name == member else content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_gives_the_value_that_was_saved() -> None:
    data = _book(一审=[["案号", "合计"], ["x", "=1+1"]])
    saved = _changed(data, SHEET, b"<v></v>", b"<v>2</v>")
    assert _values(_excel(saved)) == [{"案号": "x", "合计": "2"}]


def test_a_wrong_size_of_a_sheet_hides_no_cells() -> None:
    data = _book(一审=[["案号", "法院"], ["x", "y"]])
    assert _values(_excel(_changed(data, SHEET, b'ref="A1:B2"', b'ref="A1"'))) == [{"案号": "x", "法院": "y"}]


def test_an_old_workbook_is_read_like_a_new_one() -> None:
    found = _values(_excel(OLD_WORKBOOK, "甲.xls"))
    assert [list(values.values()) for values in found] == [
        ["（2023）岭0122执5号", "石桥县人民法院", "6200000000000000000", "2023-05-06", "张某与某公司"],
        ["（2023）岭0122执6号", "石桥县人民法院", "", "", "李某"],
    ]


NEW_WORKBOOK = _book(一审=[["案号", "全文"], ["x", "张某"]])
# The first sector of an encrypted workbook, and its list of streams.
LOCKED = OLD_WORKBOOK[:48] + bytes(464) + "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0")
RECOGNISED = {
    "new": (NEW_WORKBOOK, "甲.bin", True),
    "old": (OLD_WORKBOOK, "甲.bin", True),
    "encrypted": (LOCKED, "甲.xlsx", True),
    "encrypted, of another name": (LOCKED, "甲.docx", False),
    "old document with a workbook in it": (
        OLD_WORKBOOK.replace("Workbook".encode("utf-16-le"), "WordDocument".encode("utf-16-le")),
        "甲.xls",
        False,
    ),
    "text": ("案号,全文".encode(), "甲.xls", False),
    "zip cut short": (NEW_WORKBOOK[:500], "甲.xlsx", False),
}


@pytest.mark.parametrize(("data", "name", "expected"), RECOGNISED.values(), ids=RECOGNISED)
def test_a_workbook_is_known_by_its_bytes(data: bytes, name: str, expected: bool) -> None:
    assert excel.recognises(Content(name, data=data)) is expected


REFUSED = {
    "encrypted": (LOCKED, "设有打开密码"),
    "cut short": (NEW_WORKBOOK[:-300], "已损坏"),
    "old, cut short": (OLD_WORKBOOK[:3000], "已损坏"),
    "no workbook": ("案号,全文".encode(), "已损坏"),
    "nothing": (b"", "是空的"),
    "nothing in it": (_book(一审=[], 二审=[[None]]), "没有内容"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_a_workbook_that_cannot_be_read_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        _excel(data)


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_FILE", len(NEW_WORKBOOK) + 1)
    with pytest.raises(UnreadableFileError, match="解压后超过"):
        _excel(NEW_WORKBOOK)


def _damaged(data: bytes, random: Random) -> bytes:
    """Bytes cut short or changed; of a new workbook, also those of a part before it is packed."""
    changed = bytearray(data)
    for _ in range(random.choice([1, 3, 30])):
        changed[random.randrange(len(data))] = random.choice([0, 34, 48, 57, 60, 255])
    return data[: random.randrange(len(data))] if random.random() < 0.3 else bytes(changed)


@pytest.mark.parametrize("data", [NEW_WORKBOOK, OLD_WORKBOOK], ids=["new", "old"])
def test_a_damaged_workbook_gives_rows_and_problems_or_is_refused(data: bytes) -> None:
    random = Random(7)
    with ZipFile(BytesIO(NEW_WORKBOOK)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(150):
        name, part = random.choice(parts)
        inside = data is NEW_WORKBOOK and random.random() < 0.5
        damaged = _changed(data, name, part, _damaged(part, random)) if inside else _damaged(data, random)
        content = Content("甲.xls", data=damaged)
        assert excel.recognises(content) in {True, False}
        assert _items_or_refusal(excel.read, content)


def test_a_row_of_a_table_becomes_a_document() -> None:
    (record,) = _excel(NEW_WORKBOOK)
    assert isinstance(record, Record)
    assert document_of(record, ready_made()) == RawDocument("甲.xlsx/一审/2", "张某", {"case_number": "x"})
