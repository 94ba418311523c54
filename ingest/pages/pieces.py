"""What pages are made of: pieces of text and drawn lines with their places, and lines of text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.pages.text import is_wide, join

SLANTED = "斜排或竖排的文字（如水印）"


@dataclass(frozen=True, slots=True)
class Fragment:
    """Characters that stand together; `size` is one em. Lengths count from the upper left, in any unit."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn horizontal or vertical line."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, upright. `confidence` is None unless its text was recognised from a picture.

    `left_out` says what of the page is in no fragment, and how often.
    """

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    rules: tuple[Rule, ...] = ()
    confidence: float | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. `column` is 0 across the page, 1 in the left of two columns and 2 in the right.

    `alone` marks rows of tables and lines with wide gaps, which no sentence runs into or out of.
    """

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    column: int = 0
    alone: bool = False


def joined(row: Sequence[Fragment]) -> tuple[str, bool]:
    """The text of pieces side by side, and whether gaps of two em or more divide it.

    Single Chinese characters at even distances are a spaced-out word and are closed up.
    """
    text, wide = row[0].text, False
    singles = [_gap(a, b) for a, b in pairwise(row) if _is_single(a) and _is_single(b)]
    even = 1.3 * min(singles, default=0.0)
    for before, piece in pairwise(row):
        gap = _gap(before, piece)
        if gap < 0.8 or (_is_single(before) and _is_single(piece) and gap <= even):
            text = join(text, piece.text)
        else:
            text = f"{text} {piece.text}"
            wide = wide or gap >= 2
    return text, wide


def _gap(before: Fragment, after: Fragment) -> float:
    return (after.left - before.right) / max(before.size, after.size)


def _is_single(piece: Fragment) -> bool:
    return len(piece.text) == 1 and is_wide(piece.text)
