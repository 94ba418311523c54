"""One page of a PDF: its text layer with places and its drawn lines, or its picture where it has no text."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.pages.pdf_characters import UNMAPPED, Character, characters_of, fragments_of, place, turned
from ingest.pages.pieces import SLANTED, Rule, Sheet

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium

_DPI = 200
_LONG_SIDE = (2000, 3400)  # pixels of a rendering: the page size in a file may be a mistake
_FEW = 50  # characters on a scanned page that may be a stamp of the scanning program
_THIN = 3.0  # points
_MOST_SEGMENTS = 1000  # of a shape; what has more is a drawing
PICTURES = "插图（其中的文字未识别）"


def text_of(page: pdfium.PdfPage, number: int) -> Sheet | None:
    """The page with the text that the file holds; None where it must be recognised from a picture."""
    left, bottom, right, top = page.get_bbox()
    box = (left, bottom, max(right, left + 1), max(top, bottom + 1))
    characters, left_out = characters_of(page, box)
    pictured = _pictured(page, box)
    readable = len(characters)
    if left_out[UNMAPPED] > 0.3 * (readable + left_out[UNMAPPED]):
        return None
    if readable < _FEW and any(share > 0.5 for share in pictured):
        return None
    if not readable:
        drawn = next(iter(page.get_objects(max_depth=1)), None) is not None
        return None if drawn else Sheet(number, box[2] - box[0], box[3] - box[1], ())
    turn = Counter(character.turn for character in characters if character.turn % 90 == 0).most_common(1)
    upright = turn[0][0] if turn else 0
    kept = [turned(c, upright, box) for c in characters if c.turn == upright]
    left_out[SLANTED] = _runs(characters, upright)
    left_out[PICTURES] = sum(0.02 < share < 0.8 for share in pictured)
    rules = [_turned_rule(rule, upright, box) for rule in _rules(page)]
    width, height = box[2] - box[0], box[3] - box[1]
    if upright in (90, 270):
        width, height = height, width
    fragments = tuple(fragments_of(kept, rules))
    return Sheet(number, width, height, fragments, tuple(rules), left_out=left_out)


def picture_of(page: pdfium.PdfPage) -> np.ndarray:
    """The page as it looks, in RGB, about 200 pixels an inch and never of more than some million pixels."""
    longer = max(page.get_size()) or 1.0
    least, most = _LONG_SIDE
    scale = min(max(longer * _DPI / 72, least), most) / longer
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    try:
        picture: np.ndarray = bitmap.to_numpy()
        if picture.ndim == 2:
            picture = picture[:, :, None]
        channels = (0, 1, 2) if picture.shape[2] >= 3 else (0, 0, 0)
        return picture[:, :, channels]  # a copy: the bitmap's own memory goes with it
    finally:
        bitmap.close()


def _turned_rule(rule: Rule, turn: int, box: Sequence[float]) -> Rule:
    (x, y), (other_x, other_y) = (
        place(rule.left, rule.top, turn, box),
        place(rule.right, rule.bottom, turn, box),
    )
    return Rule(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _runs(characters: Sequence[Character], upright: int) -> int:
    """How many stretches of characters stand at other angles."""
    turns = [character.turn for character in characters]
    return sum(turn not in (upright, before) for before, turn in zip([upright, *turns], turns, strict=False))


def _pictured(page: pdfium.PdfPage, box: Sequence[float]) -> list[float]:
    """What share of the page each picture covers."""
    import pypdfium2.raw as raw

    area = max((box[2] - box[0]) * (box[3] - box[1]), 1.0)
    shares = []
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        shares.append(max(right - left, 0) * max(top - bottom, 0) / area)
    return shares


def _rules(page: pdfium.PdfPage) -> Iterator[Rule]:
    """The horizontal and vertical lines that are drawn: thin shapes, and straight strokes."""
    import pypdfium2.raw as raw

    filled, stroked = ctypes.c_int(), ctypes.c_int()
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = shape.get_bounds()
        width, height = right - left, top - bottom
        if min(width, height) <= _THIN < max(width, height):
            yield Rule(left, top, right, bottom)
            continue
        raw.FPDFPath_GetDrawMode(shape, ctypes.byref(filled), ctypes.byref(stroked))
        if min(width, height) > _THIN and stroked.value:
            yield from _strokes(shape)


def _strokes(shape: pdfium.PdfObject) -> Iterator[Rule]:
    """The horizontal and vertical sides of a shape."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = shape.get_matrix()
    start = before = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(shape), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(before, point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, start)
        before = point


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    left, right = sorted((start[0], end[0]))
    bottom, top = sorted((start[1], end[1]))
    if min(right - left, top - bottom) <= 1 < max(right - left, top - bottom):
        yield Rule(left, top, right, bottom)
