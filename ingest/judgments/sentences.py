"""A judicial document as sentences that have one of the signs with which courts begin its parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.judgments.patterns import LargePattern

_END = re.compile(r"[。！？\n]")
_LONGEST = 1500  # code points of a sentence behind its sign


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a sign: its start, what stands before the sign, and where the sign is in the text."""

    text: str
    start: int
    lead: str
    at: int
    sign: str

    @property
    def rest(self) -> str:
        """What stands behind the sign."""
        after = self.at + len(self.sign)
        end = _END.search(self.text, after, after + _LONGEST)
        return self.text[after : end.start() if end else after + _LONGEST]


class Reading:
    """A text and what ends a sentence in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = "。；;！？\n" if "\n" in text.strip() else "。；;！？ \t　"

    def begin(self, at: int) -> int:
        """Where the sentence around `at` begins."""
        low = max(0, at - 300)
        start = max(low, max(self.text.rfind(mark, low, at) for mark in self._breaks) + 1)
        while start < at and self.text[start].isspace():
            start += 1
        return start

    def find(self, pattern: LargePattern, start: int, end: int) -> Iterator[Sentence]:
        """The sentences of a stretch that have one of the signs."""
        for match in pattern.finditer(self.text, start, end):
            begin = self.begin(match.start())
            lead = self.text[begin : match.start()].rstrip()
            yield Sentence(self.text, max(begin, start), lead, match.start(), match.group())
