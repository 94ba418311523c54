"""The part of a passage to show for a query, and where the query's words are in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LENGTH = 140  # code points of a snippet


@dataclass(frozen=True, slots=True)
class Snippet:
    """`text` is a stretch of the passage, with … where it is cut; `marks` are code points of `text`."""

    text: str
    marks: tuple[tuple[int, int], ...]


def mark(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in `text`, whatever their case, as spans in order that do not overlap.

    Words of one character are marked only when there are no longer ones: they stand everywhere.
    """
    wanted = sorted(set(words), key=len, reverse=True)
    wanted = [word for word in wanted if len(word) > 1] or wanted
    if not wanted:
        return ()
    pattern = re.compile("|".join(map(re.escape, wanted)), re.IGNORECASE)
    spans: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        if spans and spans[-1][1] == match.start():
            spans[-1] = (spans[-1][0], match.end())
        else:
            spans.append(match.span())
    return tuple(spans)


def snippet(text: str, words: Iterable[str], length: int = LENGTH) -> Snippet:
    """The stretch of about `length` code points with the most of the words, counting each word once."""
    spans = mark(text, words)
    if len(text) <= length:
        return Snippet(text, spans)
    start = min(_best_start(text, spans, length), len(text) - length)
    end = min(len(text), start + length)
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    shift = len(before) - start
    inside = tuple((a + shift, min(b, end) + shift) for a, b in spans if a >= start and a < end)
    return Snippet(before + text[start:end] + after, inside)


def _best_start(text: str, spans: tuple[tuple[int, int], ...], length: int) -> int:
    """A little before the span whose window holds the most different words; 0 where there are none."""
    best, start = 0, 0
    for begin, _ in spans:
        window = {text[a:b].lower() for a, b in spans if begin <= a and b <= begin + length - 20}
        weight = sum(map(len, window))
        if weight > best:
            best, start = weight, begin
    lead = text.rfind("\n", max(0, start - 20), start)
    return lead + 1 if lead >= 0 else max(0, start - 20)
