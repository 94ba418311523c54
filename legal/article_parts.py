"""The parts of an article: its 款 (paragraphs) and their 项 （一）, with their places."""

import re
from dataclasses import dataclass
from itertools import pairwise

from legal.numerals import parse_number

_NUMERAL = "[一二三四五六七八九十百零〇○]{1,6}"
_LABEL = re.compile(
    rf"第[0-9０-９一二三四五六七八九十百千零〇○]{{1,10}}条(?:之{_NUMERAL})?[ 　\t]*"
    r"|[0-9]{1,3}\s?[.．、][ 　\t]*"
)
_ITEM = re.compile(rf"[（(]({_NUMERAL})[）)]")
_SUBITEM = re.compile(r"[0-9０-９]{1,2}\s?[.．、](?![0-9０-９])|[（(][0-9０-９]{1,2}[）)]|[①-⑳]")
_AFTER = "：:；;。，,、"  # what an item inside a line stands behind
_SPACE = " \t\r\n\xa0　﻿​"


@dataclass(frozen=True, slots=True)
class Item:
    """A 项: its number, and where it stands with its number and its 目 (1., (1), ①)."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A 款: its number from 1, where it stands with its 项 but without the article's label, and these."""

    number: int
    start: int
    end: int
    items: tuple[Item, ...] = ()


def parts_of(text: str, start: int, end: int) -> tuple[Paragraph, ...]:
    """The 款 of the article at `text[start:end]`, in order, each with its 项.

    A 款 is a line that begins with no number of a 项 or 目 (款 have no numbers, 立法法 2023, 65); where
    the line breaks are lost, an article is one 款, and its 项 are found inside the line.
    """
    label = _LABEL.match(text, start, end)
    lines = _lines(text, label.end() if label else start, end)
    paragraphs: list[list[tuple[int, int]]] = []
    for begin, stop in lines:
        if paragraphs and (_ITEM.match(text, begin, stop) or _SUBITEM.match(text, begin, stop)):
            paragraphs[-1].append((begin, stop))
        else:
            paragraphs.append([(begin, stop)])
    return tuple(_paragraph(text, number, spans) for number, spans in enumerate(paragraphs, start=1))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines between two code points that are not empty, without white space at their edges."""
    found = []
    for line in text[start:end].splitlines(keepends=True):
        bare = line.strip(_SPACE)
        if bare:
            begin = start + line.index(bare)
            found.append((begin, begin + len(bare)))
        start += len(line)
    return found


def _paragraph(text: str, number: int, spans: list[tuple[int, int]]) -> Paragraph:
    start, end = spans[0][0], spans[-1][1]
    marks = _item_marks(text, spans)
    items = [
        Item(value, begin, stop) for (value, begin), stop in zip(marks, _ends(text, marks, end), strict=True)
    ]
    return Paragraph(number, start, end, tuple(items))


def _item_marks(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The number and place of each 项: at the head of a line, or inside one behind a mark of punctuation.

    Inside a line the numbers must run on from the one before, so that 前款第（二）项 is none.
    """
    found: list[tuple[int, int]] = []
    for begin, stop in spans:
        for match in _ITEM.finditer(text, begin, stop):
            value = parse_number(match[1])
            at_head = match.start() == begin
            runs_on = value == (found[-1][0] + 1 if found else 1) and text[match.start() - 1] in _AFTER
            if value and (at_head or runs_on):
                found.append((value, match.start()))
    return found


def _ends(text: str, marks: list[tuple[int, int]], end: int) -> list[int]:
    """Where each marked part ends: before the next one, or where the whole ends."""
    before = [begin + len(text[begin:stop].rstrip(_SPACE)) for (_, begin), (_, stop) in pairwise(marks)]
    return [*before, end] if marks else []
