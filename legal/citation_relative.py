"""References within a norm to what stands near: 前款, 前两条, 第二款, 本条第一款第（三）项, 第（二）项."""

import re
from dataclasses import dataclass, replace

from legal.citation import Citation, How, citation_of
from legal.citation_paragraphs import Position, number_of
from legal.citation_places import Place, read_parts

_COUNT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_NOT_PRECEDING = re.compile(r"[此目提之当]\Z")  # 目前三项, 提前一条
_LISTED = re.compile(r"(?:下列|以下|上列)\s*\Z")
_VIOLATED = re.compile(r"违反\s*\Z")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference at `at` in a norm, which stands at `position` of the law `law`."""

    text: str
    at: int
    position: Position
    law: str

    @property
    def article(self) -> Place:
        """The article in which the reference stands, as a place without a part."""
        number, sub = self.position.number
        return Place(number, sub, None, None, None, self.at, self.at)


def preceding(reference: Reference, end: int) -> list[Citation]:
    """What 前款, 前两款, 前条 or 前项 (to `end`) means, with the parts behind it; nothing where it is none.

    Of several the first has the words, and the others are empty places behind it.
    """
    text, at, position = reference.text, reference.at, reference.position
    if _NOT_PRECEDING.search(text, max(0, at - 1), at):
        return []
    count, unit = _COUNT.get(text[at + 1], 1), text[end - 1]
    here = replace(reference.article, end=end)
    if unit == "条":
        numbers = position.before[-count:]
        places = [replace(here, article=number, sub=inserted) for number, inserted in numbers]
    elif unit == "款":
        places = [replace(here, paragraph=number) for number in _last(position.paragraph, count)]
    else:
        here = replace(here, paragraph=position.paragraph)
        places = [replace(here, item=number) for number in _last(position.item or 1, count)]
    if len(places) < count:
        return []
    if count == 1:
        places, _ = read_parts(text, end, places[0])
    else:
        places[1:] = [replace(place, start=end) for place in places[1:]]
    return [citation_of(place, reference.law, how="own") for place in places]


def first_parts(text: str, span: tuple[int, int], last: Citation) -> list[Citation]:
    """前两款 directly behind an article: its first two; 前款 there means nothing."""
    at, end = span
    number, count = number_of(last.article), _COUNT.get(text[at + 1], 0)
    if number is None or count < 2 or text[end - 1] == "条":
        return []
    cited = replace(last, start=end, end=end, item=None, subitem=None, how=_as(last))
    if text[end - 1] == "款":
        found = [replace(cited, paragraph=index) for index in range(1, count + 1)]
    else:
        found = [replace(cited, item=index) for index in range(1, count + 1)]
    return [replace(found[0], start=at), *found[1:]]


def same_article(text: str, at: int, last: Citation) -> list[Citation]:
    """该条第二款: of the article that was cited last."""
    return _of(text, at, last, "back")


def parts(reference: Reference, last: Citation | None, *, here: bool) -> list[Citation]:
    """第二款, 第（三）项: of the article cited `last` in the same 款 where the words go on from it
    (违反第十条第一款规定的…，违反第二款规定的…), else of the article in which it stands. `here`: of 本款.
    """
    [first, *_], _ = read_parts(reference.text, reference.at, reference.article)
    if first.paragraph:
        elsewhere = last and (last.law, number_of(last.article)) != (reference.law, reference.position.number)
        if last and last.paragraph and elsewhere:
            return _of(reference.text, reference.at, last, _as(last))
        known = first.paragraph <= len(reference.position.items)
        return _own(reference, None) if known else []
    return _items(reference, last, first.item or 0, here=here)


def _items(reference: Reference, last: Citation | None, number: int, *, here: bool) -> list[Citation]:
    text, at, position = reference.text, reference.at, reference.position
    paragraph = position.paragraph
    enough = position.items[paragraph - 1] >= number
    among_items = position.item is not None and not _VIOLATED.search(text, max(0, at - 4), at)
    if enough and (here or last is None or among_items or _LISTED.search(text, max(0, at - 4), at)):
        return _own(reference, paragraph)
    if here:
        return []
    if last is not None:
        return _of(text, at, last, _as(last), part_of=last.paragraph)
    with_items = [index + 1 for index, count in enumerate(position.items) if count >= number]
    return _own(reference, with_items[0]) if len(with_items) == 1 else []


def _as(last: Citation) -> How:
    """How what goes on from `last` is found."""
    return "own" if last.how == "own" else "back"


def _last(current: int, count: int) -> range:
    """The `count` numbers before `current`, fewer where there are not so many."""
    return range(max(1, current - count), current)


def _own(reference: Reference, paragraph: int | None) -> list[Citation]:
    base = replace(reference.article, paragraph=paragraph)
    places, _ = read_parts(reference.text, reference.at, base)
    return [citation_of(place, reference.law, how="own") for place in places]


def _of(text: str, at: int, last: Citation, how: How, part_of: int | None = None) -> list[Citation]:
    number = number_of(last.article)
    if number is None:
        return []
    base = Place(number[0], number[1], part_of, None, None, at, at)
    places, _ = read_parts(text, at, base)
    return [citation_of(place, last.law, edition=last.edition, how=how) for place in places if place.end > at]
