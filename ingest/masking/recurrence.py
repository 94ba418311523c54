"""Where known names and values stand again in a text, however long the text and however many they are."""

import re
from collections.abc import Iterable, Iterator

from ingest.masking.name_forms import DOTS

_GAP = re.compile(r"[\s\u200b]{1,3}")
_FIGURES = re.compile(r"\d(?:[ \u3000\xa0-]?\d){4,}[Xx]?")
_BLANK = re.compile(r"[ \u3000\xa0-]")
_DOT = re.compile(f"[{DOTS}]")


class Lookup:
    """Strings that are looked for together; of two that begin at one place the longer is found."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = frozenset(strings)
        self._lengths: dict[str, list[int]] = {}
        for length, head in sorted({(len(string), string[0]) for string in self._strings}, reverse=True):
            self._lengths.setdefault(head, []).append(length)
        heads = "".join(map(re.escape, self._lengths))
        self._heads = re.compile(f"[{heads}]") if heads else None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and string for every place, also for names with blanks, a line break or another dot."""
        for head in self._heads.finditer(text) if self._heads else ():
            start = head.start()
            for length in self._lengths[head[0]]:
                end, string = _stretch(text, start, length)
                if string in self._strings:
                    yield start, end, string
                    break


def _stretch(text: str, start: int, length: int) -> tuple[int, str]:
    """The end of `length` characters from `start` that are no gaps, and these with one kind of dot."""
    plain = text[start : start + length]
    gap = _GAP.search(plain)
    if gap is None or (" " in plain.strip() and plain.isascii()):
        return start + length, _DOT.sub("·", plain)
    kept, at = "", start
    while len(kept) < length and at < len(text):
        gap = _GAP.match(text, at) if kept else None
        at = gap.end() if gap else at
        kept += text[at : at + 1]
        at += 1
    return at, _DOT.sub("·", kept)


def find_figures(text: str, values: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """The places of numbers among `values`, which hold no blanks, however they are grouped."""
    for run in _FIGURES.finditer(text):
        whole = _BLANK.sub("", run[0]).upper()
        if whole in values:
            yield run.start(), run.end(), whole
            continue
        for part in re.finditer(r"\d+[Xx]?", run[0]):
            if part[0].upper() in values:
                yield run.start() + part.start(), run.start() + part.end(), part[0].upper()
