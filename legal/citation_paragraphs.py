"""Where in a norm a reference stands: in which article, which 款 (paragraph) and which 项 (item) of it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from legal.article_parts import Paragraph, parts_of
from legal.documents import Section
from legal.numerals import parse_number

_LABEL = re.compile(r"第(?P<article>[^条]+)条(?:之(?P<sub>[一二三四五六七八九十]+))?\Z")

Number = tuple[int, int | None]  # 第…条, and 之… of an inserted article


@dataclass(frozen=True, slots=True)
class Position:
    """A place in an article: its number, those of the articles before it (the nearest last), the 款 in which
    it is, where that begins, the 项 if it stands in one; and the highest 项 of each 款, 0 where it has none.
    """

    number: Number
    before: Sequence[Number]
    paragraph: int
    paragraph_start: int
    item: int | None
    items: Sequence[int]


class Standing:
    """The articles of a norm, to be asked where a place of its text stands."""

    def __init__(self, text: str, sections: Sequence[Section]) -> None:
        self.label_starts = frozenset(section.start for section in sections if section.is_article)
        self._text = text
        self._sections = sections
        self._starts = [section.start for section in sections]
        self._labels = frozenset(section.label for section in sections if section.is_article)
        self._numbers: list[Number | None] | None = None
        self._parts: tuple[int, Sequence[Paragraph]] = (-1, ())  # of the section asked for last

    def may_be(self, label: str) -> bool:
        """Whether an article of this label is one of the norm's, as far as its sections are known."""
        return not self._sections or label in self._labels

    def at(self, place: int) -> Position | None:
        """The position of `place`; None outside the numbered articles."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= self._sections[index].end:
            return None
        if self._numbers is None:
            self._numbers = [_number(section) for section in self._sections]
        number = self._numbers[index]
        paragraphs = self._parts_of(index)
        if number is None or not paragraphs:
            return None
        here = paragraphs[max(0, bisect_right([each.start for each in paragraphs], place) - 1)]
        return Position(
            number=number,
            before=[each for each in self._numbers[:index] if each],
            paragraph=here.number,
            paragraph_start=here.start,
            item=next((item.number for item in here.items if item.start <= place < item.end), None),
            items=[max((item.number for item in each.items), default=0) for each in paragraphs],
        )

    def _parts_of(self, index: int) -> Sequence[Paragraph]:
        if self._parts[0] != index:
            section = self._sections[index]
            self._parts = (index, parts_of(self._text, section.start, section.end))
        return self._parts[1]


def number_of(label: str) -> Number | None:
    """The number in the label of an article: 第十条之一 is (10, 1); None where the label is another."""
    match = _LABEL.match(label)
    article = parse_number(match["article"]) if match else None
    return (article, parse_number(match["sub"] or "")) if match and article else None


def _number(section: Section) -> Number | None:
    return number_of(section.label) if section.is_article else None
