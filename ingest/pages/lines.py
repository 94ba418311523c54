"""From the pieces of a page to its lines in reading order, with the rows of tables among them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from ingest.pages.pieces import SLANTED, Fragment, Line, Sheet, joined
from ingest.pages.tables import table_rows

Piece = Fragment | Line


def lines_of(sheet: Sheet) -> list[Line]:
    """The lines of a page in the order in which they are read."""
    rows, loose = table_rows(sheet)
    gutter = _gutter(loose)
    pieces: list[Piece] = [*rows, *loose]
    if gutter is None:
        return list(_lines(pieces, sheet.number, 0))
    return list(_two_columns(pieces, gutter, sheet.number))


def without_margins(sheet: Sheet) -> Sheet:
    """The page without single characters beside the text, such as those of 装订线 beneath each other."""
    text = [f for f in sheet.fragments if len(f.text) >= 5]
    if not text:
        return sheet
    left, right = min(f.left for f in text), max(f.right for f in text)
    beside = [f for f in sheet.fragments if len(f.text) == 1 and (f.right < left or f.left > right)]
    if len(beside) < 2:
        return sheet
    kept = tuple(f for f in sheet.fragments if f not in beside)
    counted = {**sheet.left_out, SLANTED: sheet.left_out.get(SLANTED, 0) + 1}
    return replace(sheet, fragments=kept, left_out=counted)


def _gutter(fragments: Sequence[Fragment]) -> float | None:
    """Where the space between two columns is: text fills both sides of it, as it does not in a table."""
    if len(fragments) < 8:
        return None
    start, end = min(f.left for f in fragments), max(f.right for f in fragments)
    width = end - start
    em = median(f.size for f in fragments)
    candidates = sorted({f.left for f in fragments if 0.3 * width < f.left - start < 0.7 * width})
    best = None
    for at in candidates:
        edge = at - 0.2 * em
        left = [f for f in fragments if f.right <= edge]
        right = [f for f in fragments if f.left >= edge]
        if not (_fills(left, start, edge) and _fills(right, edge, end)):
            continue
        shared = min(max(f.bottom for f in side) for side in (left, right)) - max(
            min(f.top for f in side) for side in (left, right)
        )
        shorter = min(max(f.bottom for f in side) - min(f.top for f in side) for side in (left, right))
        crossing = len(fragments) - len(left) - len(right)
        if shared >= 0.5 * shorter and crossing < len(left) + len(right):
            best = min(best, (crossing, edge)) if best else (crossing, edge)
    return best[1] if best else None


def _fills(side: Sequence[Fragment], start: float, end: float) -> bool:
    """Whether most pieces of text reach over most of the width, as lines of prose do."""
    return len(side) >= 4 and median(f.right - f.left for f in side) >= 0.7 * (end - start)


def _two_columns(pieces: Sequence[Piece], gutter: float, page: int) -> Iterator[Line]:
    """What crosses the gutter cuts the page in bands; in each the left column comes first, then the right."""
    across = sorted((p for p in pieces if p.left < gutter < p.right), key=_middle)
    sides = [p for p in pieces if not p.left < gutter < p.right]
    cuts = [_middle(p) for p in across] + [float("inf")]
    above = float("-inf")
    for index, cut in enumerate(cuts):
        band = [p for p in sides if above <= _middle(p) < cut]
        yield from _lines([p for p in band if p.right <= gutter], page, 1)
        yield from _lines([p for p in band if p.left >= gutter], page, 2)
        if index < len(across):
            yield from _lines([across[index]], page, 0)
        above = cut


def _lines(pieces: Sequence[Piece], page: int, column: int) -> Iterator[Line]:
    """The lines of one column, from the top."""
    row: list[Fragment] = []
    for piece in sorted(pieces, key=_middle):
        if isinstance(piece, Fragment) and row and _level(row, piece):
            row.append(piece)
            continue
        if row:
            yield _line(row, page, column)
        row = []
        if isinstance(piece, Line):
            yield piece
        else:
            row = [piece]
    if row:
        yield _line(row, page, column)


def _middle(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2


def _level(row: Sequence[Fragment], piece: Fragment) -> bool:
    """Whether a piece stands on the line of the others; raised small figures do too."""
    biggest = max(row, key=lambda f: f.size)
    return abs(_middle(piece) - _middle(biggest)) < 0.5 * max(biggest.size, piece.size)


def _line(row: Sequence[Fragment], page: int, column: int) -> Line:
    row = sorted(row, key=lambda f: f.left)
    text, wide = joined(row)
    size = max(row, key=lambda f: len(f.text)).size
    top, bottom = min(f.top for f in row), max(f.bottom for f in row)
    return Line(text, page, row[0].left, top, max(f.right for f in row), bottom, size, column, alone=wide)
