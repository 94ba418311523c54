"""What stands at the edges of pages and is no part of the text: page numbers, running headers, notes."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from math import ceil
from statistics import median

from ingest.pages.pieces import Line, Sheet

_NUMBERED = 0.13  # of the height of the page: where page numbers may stand
_REPEATED = 0.1  # where headers and footers may stand; the text of a letter begins below
_ROWS = 3  # lines of a header
_NUMERAL = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-—–－―~·•.…\s]*(?:\d{{1,4}}|第\s*{_NUMERAL}\s*页(?:\s*[,，、/／|]?\s*[（(]?共\s*{_NUMERAL}\s*页[)）]?)?"
    rf"|\d{{1,4}}\s*[/／]\s*\d{{1,4}}|共\s*{_NUMERAL}\s*页\s*[,，]?\s*第\s*{_NUMERAL}\s*页"
    r"|[Pp](?:age|\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)[-—–－―~·•.…\s]*"
)
_NOTE = re.compile(r"[①-⑳⓪❶-❿]|[\[［〔]\s?\d{1,2}\s?[\]］〕]|\d{1,2}\s?(?=[一-鿿《“])|注\s?\d{0,2}[：:]")


def without_edges(sheets: Sequence[Sheet], pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without page numbers, headers and footers, and in Chinese what was taken out."""
    numbers: Counter[str] = Counter()
    inner = []
    for sheet, lines in zip(sheets, pages, strict=True):
        head, foot = _edges(sheet, lines, _NUMBERED)
        numbered = [line for line in (*head[:2], *foot[:2]) if _PAGE_NUMBER.fullmatch(line.text)]
        numbers["页码"] += len(numbered)
        inner.append([line for line in lines if line not in numbered])
    left_out = [f"{name} {count} 处" for name, count in numbers.items() if count]
    for side, name in enumerate(("页眉", "页脚")):
        inner, found = _without_repeated(sheets, inner, side)
        left_out += [f"{name}“{text}”{count} 处" for text, count in found.items()]
    return inner, left_out


def without_notes(lines: Sequence[Line], size: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and those of the notes at the foot of its columns; `size` is that of the text."""
    text: list[Line] = []
    notes: list[Line] = []
    for column in _runs(lines):
        first = len(column)
        while first and column[first - 1].size < 0.9 * size and not column[first - 1].alone:
            first -= 1
        starts = [at for at in range(first, len(column)) if _NOTE.match(column[at].text)]
        # A page of small type has no notes, unless there is other text above them.
        cut = starts[0] if starts and (starts[0] or text) else len(column)
        text += column[:cut]
        notes += column[cut:]
    return text, notes


def begins_note(text: str) -> bool:
    """Whether a line begins as a note does: ①, [1] or 1."""
    return _NOTE.match(text) is not None


def _edges(sheet: Sheet, lines: Sequence[Line], share: float) -> tuple[list[Line], list[Line]]:
    """The lines near the top and those near the foot, from the edge inwards, without rows of tables."""
    free = sorted((line for line in lines if not (line.alone and sheet.rules)), key=lambda line: line.top)
    head = [line for line in free if line.bottom < share * sheet.height]
    foot = [line for line in free if line.top > (1 - share) * sheet.height]
    return head[:_ROWS], foot[::-1][:_ROWS]


def _without_repeated(
    sheets: Sequence[Sheet], pages: Sequence[list[Line]], side: int
) -> tuple[list[list[Line]], Counter[str]]:
    """The pages without what stands at one place of most: digits may differ, and recognised text a little."""
    edges = [_edges(sheet, lines, _REPEATED)[side] for sheet, lines in zip(sheets, pages, strict=True)]
    places: dict[str, list[float]] = {}
    for sheet, edge in zip(sheets, edges, strict=True):
        for line in edge:
            places.setdefault(_pattern(line.text), []).append(line.top / sheet.height)
    needed = max(2, ceil(0.4 * len(sheets)))
    known = {
        pattern: median(tops)
        for pattern, tops in places.items()
        if sum(abs(top - median(tops)) < 0.015 for top in tops) >= needed
    }
    found: Counter[str] = Counter()
    shown: dict[str, str] = {}
    kept = []
    for sheet, lines, edge in zip(sheets, pages, edges, strict=True):
        gone = []
        for line in edge:
            pattern = _same(line.text, line.top / sheet.height, known)
            if pattern is None:
                break
            gone.append(line)
            found[shown.setdefault(pattern, line.text)] += 1
        kept.append([line for line in lines if line not in gone])
    return kept, found


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", text))


def _same(text: str, top: float, known: dict[str, float]) -> str | None:
    pattern = _pattern(text)
    for other, place in known.items():
        if abs(top - place) >= 0.015:
            continue
        if pattern == other or (len(other) > 4 and SequenceMatcher(None, pattern, other).ratio() >= 0.8):
            return other
    return None


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines cut where the column changes; what crosses both columns below them counts to the last."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and (line.column == runs[-1][-1].column):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs
