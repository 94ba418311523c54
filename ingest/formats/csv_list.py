"""Tables as text: a header, and one record a row, with cells between commas, semicolons or tabs."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import chain, islice

from ingest.formats import Format
from ingest.source import Content, Item, Problem
from ingest.tables import HEAD_ROWS, columns_of, header_of, known_columns, record_of
from ingest.text_lines import MAX_LINE, PART_SIZE, read_lines
from legal.errors import UnreadableFileError

_DELIMITERS = (",", "\t", ";")
_DECLARED = "sep="  # how a table says its delimiter in a line of its own, as Excel does
_PREAMBLE = 2  # lines before the rows of a part: the delimiter and the header
_HEAD_SIZE = 2**20
_LINE_COST = 200  # bytes that a line takes beside its characters: rows of millions of lines end as well

_Lines = Iterator[tuple[int, str | Problem]]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the number of its first line and its lines as they are; without cells where it is broken."""

    number: int
    lines: Sequence[str]
    cells: Sequence[str] = ()
    problem: Problem | None = None

    @property
    def filled(self) -> bool:
        return any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Table:
    delimiter: str
    columns: Sequence[str]
    rows: Iterator[_Row]


def read(content: Content) -> Iterator[Item]:
    table = _table(content)
    empty = True
    for row in table.rows:
        if row.problem is not None:
            yield row.problem
        elif row.filled:
            where = f"{content.id} 第 {row.number} 行"
            yield record_of(where, (content.id, row.number), table.columns, row.cells)
        empty = empty and row.problem is None and not row.filled
    if empty:
        yield Problem(content.id, "只有表头，没有可读的行。")


def split(content: Content) -> Iterator[Content | Problem]:
    """Parts that each have the header. A row that cannot be read leaves empty lines for its number's sake."""
    table = _table(content)
    header = _preamble(table)
    lines: list[bytes] = []
    size, first, empty = 0, 0, True
    for row in table.rows:
        if row.problem is not None:
            empty = False
            yield row.problem
        if not lines:
            if not row.filled:  # above the header, perhaps, and no part needs to begin so
                continue
            first, empty = row.number, False
        kept = row.lines if row.problem is None else ["\r\n"] * len(row.lines)
        lines.append("".join(kept).encode())
        size += len(lines[-1])
        if size >= PART_SIZE:
            yield Content(content.id, data=b"".join([header, *lines]), first=first)
            lines, size = [], 0
    if lines:
        yield Content(content.id, data=b"".join([header, *lines]), first=first)
    if empty:
        yield content  # its reader says so


def _preamble(table: _Table) -> bytes:
    header = StringIO()
    csv.writer(header, delimiter=table.delimiter, lineterminator="\r\n").writerow(table.columns)
    return f"{_DECLARED}{table.delimiter}\r\n{header.getvalue()}".encode()


def _table(content: Content) -> _Table:
    """The table in a file, or in a part of one, in which the header is certain."""
    part = content.first > 1
    numbered = replace(content, first=content.first - _PREAMBLE) if part else content
    delimiter, declared = _delimiter(list(islice(read_lines(numbered), HEAD_ROWS)))
    lines = islice(read_lines(numbered), int(declared), None)
    rows = _rows(content.id, lines, delimiter)
    leading = _leading(rows, 1 if part else HEAD_ROWS)
    at = header_of([row.cells for row in leading])
    if at is None:
        raise UnreadableFileError("表是空的，或者开头的行都无法读取。请核对文件内容。")
    broken = [row for row in leading[:at] if row.problem is not None]
    return _Table(delimiter, columns_of(leading[at].cells), chain(broken, leading[at + 1 :], rows))


def _delimiter(head: Sequence[tuple[int, str | Problem]]) -> tuple[str, bool]:
    """The delimiter, and whether the first line declares it.

    Else it is the one that finds most known columns in a row, or most cells in the first row.
    """
    first = head[0][1] if head else ""
    if isinstance(first, str) and first.startswith(_DECLARED) and len(first.strip("\r\n")) == 5:
        return first[4], True

    def found(delimiter: str) -> tuple[int, int]:
        rows = [row.cells for row in _rows("", iter(head), delimiter) if any(row.cells)]
        return max(map(known_columns, rows), default=0), len(rows[0]) if rows else 0

    return max(_DELIMITERS, key=found), False


def _leading(rows: Iterator[_Row], count: int) -> list[_Row]:
    """The first rows, fewer where they are long."""
    leading: list[_Row] = []
    size = 0
    while len(leading) < count and size < _HEAD_SIZE and (row := next(rows, None)) is not None:
        leading.append(row)
        size += sum(map(len, row.lines))
    return leading


def _rows(file: str, lines: _Lines, delimiter: str) -> Iterator[_Row]:
    """The rows, which may go over several lines. Behind one with a quote amiss, reading goes on."""
    csv.field_size_limit(2 * MAX_LINE)  # a setting of the process: judgments are longer than the usual one
    feed = _Feed(lines)
    # Strict, as otherwise quotes of a text would be dropped and cells run together.
    reader = csv.reader(feed, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        taken = feed.take()
        number, last = taken[0][0], taken[-1][0]
        texts = ["" if isinstance(line, Problem) else line for _, line in taken]
        if cells is not None:
            yield _Row(number, texts, cells)
            continue
        problem = taken[0][1]
        if not isinstance(problem, Problem):
            reason = f"从这一行到第 {last} 行，引号没有成对或位置不对，未收录。请核对这里的引号。"
            problem = Problem(f"{file} 第 {number} 行", reason)
        yield _Row(number, texts, problem=problem)


class _Feed:
    """The lines for the reader of csv, kept until it has made a row of them."""

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines
        self._taken: list[tuple[int, str | Problem]] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = next(self._lines)
        self._taken.append((number, line))
        if isinstance(line, Problem):
            raise csv.Error
        self._size += len(line) + _LINE_COST
        if self._size > MAX_LINE:
            raise csv.Error
        return line

    def take(self) -> list[tuple[int, str | Problem]]:
        taken, self._taken, self._size = self._taken, [], 0
        return taken


FORMAT = Format("CSV 表格", (".csv", ".tsv"), read, split=split)
