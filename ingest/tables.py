"""What tables of every format share: which row is the header, and the record that a row is."""

from collections import Counter
from collections.abc import Sequence

from ingest.field_maps import known_fields, own_id
from ingest.source import Problem, Record

HEAD_ROWS = 20  # rows in which the header is looked for, below titles


def header_of(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the header: the first row with a known column name, else the first that is not empty."""
    filled = [index for index, row in enumerate(rows) if any(cell.strip() for cell in row)]
    return next((index for index in filled if known_columns(rows[index])), next(iter(filled), None))


def known_columns(row: Sequence[str]) -> int:
    """How many cells of a row are names of columns that the field maps know."""
    return sum(cell.strip() in known_fields() for cell in row)


def columns_of(header: Sequence[str]) -> list[str]:
    """A name for every column, none twice: those without one, or with another's, get their number."""
    names = ["".join(cell.split()) for cell in header]
    while names and not names[-1]:
        names.pop()
    count = Counter(names)
    return [
        name if name and count[name] == 1 else f"{name}（第{number}列）" if name else f"第{number}列"
        for number, name in enumerate(names, start=1)
    ]


def record_of(
    where: str, ids: tuple[str, int], columns: Sequence[str], cells: Sequence[str]
) -> Record | Problem:
    """The record of a row. `ids` are the id of the table and the number of the row."""
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    if beyond or len(cells) < len(columns):
        reason = f"这一行有 {len(cells)} 格，表头有 {len(columns)} 列，未收录。请核对这一行。"
        return Problem(where, reason)
    values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    table, number = ids
    return Record(f"{table}/{own_id(values) or number}", where, values)
