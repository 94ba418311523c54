"""The characters of a PDF page with their places, turned upright and put together to pieces of lines."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.pages.pieces import Fragment, Rule
from ingest.pages.text import clean, is_wide

if TYPE_CHECKING:
    import pypdfium2 as pdfium

UNMAPPED = "没有对应文字的字符"
_NO_CHARACTER = re.compile("[\0\ud800-\uf8ff\ufffd-\uffff]")  # private use and what is none
_SLANT = 10  # degrees by which scans with a text layer may be askew


@dataclass(frozen=True, slots=True)
class Character:
    """A character with the edges of its box and its base line, and its direction in degrees.

    Fonts that are not in the file have boxes of any height, so that only the base line can be relied on.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    turn: int
    spaced: bool


@dataclass(slots=True)
class _Row:
    """Characters on one line."""

    base: float
    size: float
    characters: list[Character]

    def distance(self, character: Character) -> float:
        """How far the middle of a character is from the middle of the line, in em of the larger."""
        apart = abs(self.base - 0.35 * self.size - character.base + 0.35 * character.size)
        return apart / max(self.size, character.size)


def characters_of(page: pdfium.PdfPage, box: Sequence[float]) -> tuple[list[Character], Counter[str]]:
    """The characters in the page's box in the file's order, and how many have no Unicode."""
    import pypdfium2.raw as raw

    found: list[Character] = []
    left_out: Counter[str] = Counter()
    matrix, rectangle, x, y = raw.FS_MATRIX(), raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    textpage = page.get_textpage()
    try:
        spaced = False
        for index in range(textpage.count_chars()):
            text = _character(textpage, index)
            if text.isspace():
                spaced = True
                continue
            if _NO_CHARACTER.match(text) or raw.FPDFText_HasUnicodeMapError(textpage, index) == 1:
                left_out[UNMAPPED] += 1
                continue
            text = clean(text)
            if not text:
                continue
            raw.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
            raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rectangle))
            left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            inside = box[0] <= (left + right) / 2 <= box[2] and box[1] <= (top + bottom) / 2 <= box[3]
            if not inside:
                continue
            size = raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
            turn = _direction(matrix)
            raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
            base = x.value if turn in (90, 270) else y.value
            found.append(Character(text, left, top, right, bottom, base, size or 1.0, turn, spaced))
            spaced = False
    finally:
        textpage.close()
    return found, left_out


def turned(c: Character, turn: int, box: Sequence[float]) -> Character:
    """The character on the page turned so that what was written in the direction `turn` is upright."""
    x, other_x = place(c.left, c.top, turn, box)[0], place(c.right, c.bottom, turn, box)[0]
    sideways = turn in (90, 270)
    base = place(c.base if sideways else c.left, c.bottom if sideways else c.base, turn, box)[1]
    top, bottom = base - 0.88 * c.size, base + 0.12 * c.size
    return Character(c.text, min(x, other_x), top, max(x, other_x), bottom, base, c.size, c.turn, c.spaced)


def place(x: float, y: float, turn: int, box: Sequence[float]) -> tuple[float, float]:
    """A point of the page as a point of the page turned upright, from its upper left corner."""
    x, y, width, height = x - box[0], y - box[1], box[2] - box[0], box[3] - box[1]
    return {0: (x, height - y), 90: (y, x), 180: (width - x, y), 270: (height - y, width - x)}[turn]


def fragments_of(characters: Sequence[Character], rules: Sequence[Rule]) -> Iterator[Fragment]:
    """The characters as pieces of lines, cut at wide gaps and at vertical rules."""
    down = [rule for rule in rules if rule.bottom - rule.top > rule.right - rule.left]
    for row in _rows(characters):
        row.sort(key=lambda c: c.left)
        piece: list[Character] = []
        for character in row:
            if piece and _is_again(character, piece[-1]):
                continue
            if piece and (_apart(piece[-1], character) or _ruled(piece[-1], character, down)):
                yield _fragment(piece)
                piece = []
            piece.append(character)
        if piece:
            yield _fragment(piece)


def _character(textpage: pdfium.PdfTextPage, index: int) -> str:
    """A character of the page; nothing for the second half of one beyond the basic plane."""
    import pypdfium2.raw as raw

    code = raw.FPDFText_GetUnicode(textpage, index)
    if code == 2:  # the library's sign for a hyphen at the end of a line
        return "-"
    if 0xD800 <= code < 0xDC00:
        low = raw.FPDFText_GetUnicode(textpage, index + 1)
        return chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00) if 0xDC00 <= low < 0xE000 else "\ufffd"
    if 0xDC00 <= code < 0xE000:
        return ""
    return chr(code) if code < 0x110000 else "\ufffd"


def _is_again(character: Character, before: Character) -> bool:
    """Whether a Chinese character is printed twice to look bold; letters of a ligature share a place, too."""
    near = character.left - before.left < 0.2 * character.size
    return near and character.text == before.text and is_wide(character.text[0])


def _direction(matrix: Any) -> int:
    """The direction of writing, counted against the clock; nearly straight counts as straight."""
    turn = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    straight = round(turn / 90) * 90
    return straight % 360 if abs(turn - straight) <= _SLANT else round(turn)


def _rows(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Characters by line: raised figures stand with the line that they are raised from, big marks alone."""
    rows: list[_Row] = []
    row = None
    for character in characters:
        if row is None or row.distance(character) > 0.1 or row.size != character.size:
            near = [r for r in rows if r.distance(character) < 0.45 and 0.4 < character.size / r.size < 2.5]
            row = min(near, key=lambda r: r.distance(character), default=None)
        if row is None:
            row = _Row(character.base, character.size, [])
            rows.append(row)
        if character.size > row.size:
            row.base, row.size = character.base, character.size
        row.characters.append(character)
    for row in rows:
        yield row.characters


def _apart(before: Character, after: Character) -> bool:
    return after.left - before.right > 1.2 * max(before.size, after.size)


def _ruled(before: Character, after: Character, down: Sequence[Rule]) -> bool:
    middle = (after.top + after.bottom) / 2
    left, right = (before.left + before.right) / 2, (after.left + after.right) / 2
    return any(left < rule.left < right and rule.top <= middle <= rule.bottom for rule in down)


def _fragment(piece: Sequence[Character]) -> Fragment:
    """A piece of a line. Chinese characters set apart to fill the line are closed up."""
    gaps = [(after.left - before.right) / max(before.size, after.size) for before, after in pairwise(piece)]
    wide = max(0.8, 1.5 * median(gaps)) if gaps else 0.8
    text = piece[0].text
    for before, after, gap in zip(piece, piece[1:], gaps, strict=False):
        words = after.spaced and not is_wide(before.text[-1]) and not is_wide(after.text[0])
        text += f" {after.text}" if words or gap >= wide else after.text
    size = median(c.size for c in piece)
    return Fragment(
        text,
        piece[0].left,
        min(c.top for c in piece),
        max(c.right for c in piece),
        max(c.bottom for c in piece),
        size,
    )
