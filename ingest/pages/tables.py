"""Tables with drawn lines: which cell a piece of text lies in, and the rows as lines of text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pages.pieces import Fragment, Line, Rule, Sheet, joined
from ingest.pages.text import join

_MOST_RULES = 2000  # a drawing, not a table


_Cell = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Drawn lines that touch each other."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    reach: float

    def cell(self, piece: Fragment) -> _Cell | None:
        """The upper, left and right edge of the cell around a piece's middle; None outside of the table."""
        x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
        near = self.reach
        across = [r for r in self.across if r.left - near <= x <= r.right + near]
        down = [r for r in self.down if r.top - near <= y <= r.bottom + near]
        above = [r.top for r in across if r.top <= y]
        before = [r.left for r in down if r.left <= x]
        behind = [r.left for r in down if r.left > x]
        if not above or len(above) == len(across) or not before or not behind:
            return None
        return max(above), max(before), min(behind)


def table_rows(sheet: Sheet) -> tuple[list[Line], list[Fragment]]:
    """The rows of the tables of a page, and the pieces of text that are in none."""
    rows: list[Line] = []
    loose = list(sheet.fragments)
    for grid in _grids(sheet):
        cells: dict[_Cell, list[Fragment]] = defaultdict(list)
        outside: list[Fragment] = []
        for piece in loose:
            cell = grid.cell(piece)
            (outside if cell is None else cells[cell]).append(piece)
        if len(cells) < 2:  # a frame around text
            continue
        loose = outside
        rows.extend(_rows(cells, sheet.number, grid.reach))
    return rows, loose


def _grids(sheet: Sheet) -> Iterator[_Grid]:
    if len(sheet.rules) > _MOST_RULES:
        return
    reach = 0.004 * max(sheet.width, sheet.height)
    left = list(sheet.rules)
    while left:
        group = [left.pop()]
        for rule in group:
            touching = [other for other in left if _touch(rule, other, reach)]
            group.extend(touching)
            left = [other for other in left if other not in touching]
        across = tuple(r for r in group if r.right - r.left > r.bottom - r.top)
        down = tuple(r for r in group if r.right - r.left <= r.bottom - r.top)
        if len(across) >= 2 and len(down) >= 2:
            yield _Grid(across, down, reach)


def _touch(one: Rule, other: Rule, reach: float) -> bool:
    return (
        one.left - reach <= other.right
        and other.left - reach <= one.right
        and one.top - reach <= other.bottom
        and other.top - reach <= one.bottom
    )


def _rows(cells: dict[_Cell, list[Fragment]], page: int, reach: float) -> Iterator[Line]:
    """One line for the cells with the same upper edge, from left to right."""
    row: list[_Cell] = []
    for cell in [*sorted(cells), None]:
        if cell is not None and (not row or cell[0] - row[0][0] <= reach):
            row.append(cell)
            continue
        pieces = [piece for at in row for piece in cells[at]]
        # Rules may be a hair apart: within a row, the left edge decides.
        text = " ".join(_cell_text(cells[at], at[2]) for at in sorted(row, key=lambda at: at[1]))
        yield Line(
            text,
            page,
            min(p.left for p in pieces),
            min(p.top for p in pieces),
            max(p.right for p in pieces),
            max(p.bottom for p in pieces),
            pieces[0].size,
            alone=True,
        )
        if cell is not None:
            row = [cell]


def _cell_text(pieces: Sequence[Fragment], edge: float) -> str:
    """The text of a cell: a line that ends well before the right edge ends something, and a space follows."""
    lines: list[list[Fragment]] = []
    for piece in sorted(pieces, key=_middle):
        if lines and _middle(piece) - _middle(lines[-1][0]) < 0.5 * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    text, room = "", 0.0
    for line in lines:
        line.sort(key=lambda p: p.left)
        added = joined(line)[0]
        text = f"{text} {added}" if room > 2.5 else join(text, added)
        room = (edge - line[-1].right) / line[-1].size
    return text


def _middle(piece: Fragment) -> float:
    return (piece.top + piece.bottom) / 2
