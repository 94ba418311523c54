"""Excel workbooks: every sheet with a header, one record a row. xlsx is read by openpyxl, xls by xlrd.

The faster readers of both make a table of all cells between the first and the last, and end the process where
a stray cell in the last row and column asks for half a terabyte.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import IO, Any, TypeVar
from zipfile import BadZipFile, ZipFile

from ingest.field_maps import plain_number
from ingest.formats import Format
from ingest.source import MAX_FILE, Content, Item, Problem
from ingest.tables import HEAD_ROWS, columns_of, header_of, record_of
from legal.errors import UnreadableFileError

_SUFFIXES = (".xlsx", ".xlsm", ".xls")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files and of encrypted new ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OLD_WORD = "WordDocument".encode("utf-16-le")
_LAST_ROW = 2**20  # of any sheet
_DAMAGED = "表格文件已损坏，无法读取。请重新取得，或用 Excel、WPS 打开后另存为 .xlsx 再试。"
_LOCKED = "文件设有打开密码，无法读取。请取得密码，另存为无密码的文件后重试。"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its rows from the first, and by row and column, the last row of cells merged downwards."""

    name: str
    rows: Iterator[Sequence[Any]]
    merged: Mapping[tuple[int, int], int]


def read(content: Content) -> Iterator[Item]:
    empty = True
    try:
        for sheet in _guarded(_sheets(content)):
            for item in _records(content.id, sheet):
                empty = False
                yield item
    except UnreadableFileError as error:
        if empty:
            raise
        yield Problem(content.id, error.message)
    if empty:
        raise UnreadableFileError("工作簿里没有内容。请核对文件。")


def recognises(content: Content) -> bool:
    head = content.head(512)
    if head.startswith(b"PK"):
        try:
            with content.open() as stream, ZipFile(stream) as archive:
                return "xl/workbook.xml" in archive.namelist()
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            return False
    if not head.startswith(_COMPOUND):
        return False
    names = _directory(content, head)
    if _ENCRYPTED in names:  # in a document of Word as well: its name must tell
        return content.suffix in _SUFFIXES
    return any(name in names for name in _OLD_BOOKS) and _OLD_WORD not in names


def _directory(content: Content, head: bytes) -> bytes:
    """The names of the streams in a compound file, at least the first ones."""
    sector_size = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    with content.open() as stream:
        stream.seek((int.from_bytes(head[48:52], "little") + 1) * sector_size)
        return stream.read(2048)


def _guarded(items: Iterator[_T]) -> Iterator[_T]:
    """The items; whatever libraries throw on damaged bytes, a dozen kinds, says that the file is so."""
    try:
        yield from items
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(_DAMAGED) from error


def _sheets(content: Content) -> Iterator[_Sheet]:
    data = content.read(MAX_FILE)
    if not data.startswith(_COMPOUND):
        yield from _new_sheets(data)
    elif _ENCRYPTED in _directory(content, data[:512]):
        raise UnreadableFileError(_LOCKED)
    else:
        yield from _old_sheets(data)


def _new_sheets(data: bytes) -> Iterator[_Sheet]:
    from openpyxl import load_workbook

    with ZipFile(BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_FILE:
            raise UnreadableFileError(f"工作簿解压后超过 {MAX_FILE // 2**20} MB。请拆分后重试。")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validation
            book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # programs write wrong ones, and cells beyond them would be lost
            with archive.open(sheet._worksheet_path) as stream:
                merged = _merged(stream)
            yield _Sheet(sheet.title, sheet.iter_rows(values_only=True), merged)


def _merged(stream: IO[bytes]) -> dict[tuple[int, int], int]:
    """The cells merged downwards, which openpyxl does not tell of sheets that it streams."""
    from openpyxl.utils import column_index_from_string

    merged: dict[tuple[int, int], int] = {}
    seen = b""
    while block := stream.read(2**20):
        seen = seen[-200:] + block
        for left, top, bottom in _MERGED.findall(seen):
            if int(bottom) > int(top):
                merged[int(top), column_index_from_string(left.decode()) - 1] = int(bottom)
    return merged


def _old_sheets(data: bytes) -> Iterator[_Sheet]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
    except xlrd.XLRDError as error:
        raise UnreadableFileError(_LOCKED if "encrypted" in str(error) else _DAMAGED) from error

    def value(cell: Any) -> Any:
        if cell.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value)
        return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value

    for sheet in book.sheets():
        merged = {(top + 1, left): bottom for top, bottom, left, _ in sheet.merged_cells if bottom > top + 1}
        yield _Sheet(sheet.name, (list(map(value, row)) for row in sheet.get_rows()), merged)


def _records(file: str, sheet: _Sheet) -> Iterator[Item]:
    place = f"{file} 工作表“{sheet.name}”"
    rows = _rows(sheet)
    try:
        leading = list(islice(rows, HEAD_ROWS))
        at = header_of([cells for _, cells in leading])
        if at is None:
            return
        columns = columns_of(leading[at][1])
        for number, cells in _filled(chain(leading[at + 1 :], rows), sheet.merged):
            cells += [""] * (len(columns) - len(cells))
            yield record_of(f"{place} 第 {number} 行", (f"{file}/{sheet.name}", number), columns, cells)
    except UnreadableFileError as error:
        yield Problem(place, error.message)


def _rows(sheet: _Sheet) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(_guarded(sheet.rows), start=1):
        if (
            number > _LAST_ROW
        ):  # a damaged number of a row, before which there would be millions of empty ones
            raise UnreadableFileError(_DAMAGED)
        yield number, [_text(value) for value in row]


def _text(value: Any) -> str:
    """A value as text, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return plain_number(value) if isinstance(value, float) else str(value)


def _filled(
    rows: Iterable[tuple[int, list[str]]], merged: Mapping[tuple[int, int], int]
) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with what a merged cell says in each row that it covers."""
    covering: dict[int, tuple[int, str]] = {}
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        for column, (last, text) in covering.items():
            if number <= last:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or text
        for column, text in enumerate(cells):
            if (number, column) in merged:
                covering[column] = merged[number, column], text
        yield number, cells


FORMAT = Format("Excel 表格", _SUFFIXES, read, recognises)
