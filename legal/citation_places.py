"""Articles and their parts as a list names them: 第十条第一款、第三款、第十二条至第十四条."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from legal.numerals import parse_number

DIGIT = "0-9０-９〇○零一二三四五六七八九十百千"
_NUMBER = rf"[{DIGIT}]{{1,12}}+(?:\s{{1,2}}+[{DIGIT}]{{1,4}}+)*+"  # 二百 三十: OCR text has gaps in numbers
_ENCLOSED = "㈠-㈩①-⑳⑴-⒇"
_MARK = rf"第?\s*+(?:[（(]\s*+{_NUMBER}\s*+[）)]|[{_ENCLOSED}]|{_NUMBER})"
_JOINED = r"\s*+(?:以及|或者|及其|[、，,；;和及与或至到~～—－-])++\s*+"
_MARKS = rf"(?P<marks>{_MARK}(?:(?:{_JOINED}|\s*+(?=[（(]))(?:{_MARK}))*+)\s*+"
_SUB = rf"(?:\s*+之\s*+(?P<sub>[{DIGIT}]{{1,2}}+)(?!般))?+"
_ARTICLES = re.compile(rf"{_MARKS}条{_SUB}")
# In the middle of a list courts lose the word 条: 第六十七第三款, 第五十三之规定.
_FURTHER = re.compile(rf"{_MARKS}(?:条|(?=第\s*+[{DIGIT}]++\s*+款)|(?=[之的]规定)){_SUB}")
_PARTS = re.compile(
    rf"(?P<joint>{_JOINED}|\s*+[之的]?\s*+){_MARKS}(?P<unit>款(?!项)|项(?!目)|目(?![的标前录]))"
)
_SUBS = re.compile(rf"{_JOINED}之(?P<sub>[{DIGIT}]{{1,2}}+)(?!般)")
_JOINT = re.compile(_JOINED)
_ONE_MARK = re.compile(rf"(?P<joint>{_JOINED}|\s*+)(?P<mark>{_MARK})")
_BARE_NUMBER = re.compile(f"[{DIGIT}]")
_RANGE = re.compile("[至到~～—－-]")
_LONGEST_RANGE = 30
_HIGHEST = 9_999

Unit = Literal["款", "项", "目"]
_FIELD: dict[str, str] = {"款": "paragraph", "项": "item", "目": "subitem"}
_DEPTH = {"": 0, "款": 1, "项": 2, "目": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """An article, or a part of it, and where the text names it; empty (start == end) where a range covers it
    without naming it, as 第十条至第十二条 covers article 11.
    """

    article: int
    sub: int | None
    paragraph: int | None
    item: int | None
    subitem: int | None
    start: int
    end: int


def read_articles(text: str, at: int) -> tuple[list[Place], int]:
    """The places that a list beginning at `at` names, in order, and where the list ends."""
    match = _ARTICLES.match(text, at)
    places: list[Place] = []
    end, before = at, None
    while match is not None and (found := _articles(match, before)):
        places += found
        end = _read_subs(text, match.end(), places)
        parts, end = read_parts(text, end, places.pop())
        places += parts
        joint, match = _further(text, end)
        before = places[-1].article if _RANGE.search(joint) else None
    return places, end


def read_parts(text: str, at: int, base: Place) -> tuple[list[Place], int]:
    """The places that the 款, 项 and 目 behind `base` name, and where they end; `base` alone without any."""
    places, unit, end = [base], _unit_of(base), at
    while (match := _PARTS.match(text, end)) is not None:
        joined = bool(match["joint"].strip(" \t\n　之的"))
        new = match["unit"]
        ranges = new == unit and _RANGE.search(match["joint"])
        found = _numbers(match, _lowest(places[-1]) if ranges else None)
        if not found or not _is_part(match, joined=joined, unit=unit):
            break
        extends = not joined and _DEPTH[new] > _DEPTH[unit]
        for index, (number, start, stop) in enumerate(found):
            last = places.pop() if extends and index == 0 else places[-1]
            begin = last.start if extends and index == 0 else start
            places.append(_narrowed(last, new, number, (begin, stop)))
        unit, end = new, match.end()
    return places, end


def _unit_of(place: Place) -> str:
    return "目" if place.subitem else "项" if place.item else "款" if place.paragraph else ""


def _lowest(place: Place) -> int | None:
    return place.subitem or place.item or place.paragraph


def _is_part(match: re.Match[str], *, joined: bool, unit: str) -> bool:
    """Whether a number before 款 or 项 is an ordinal, not an amount: 第一款、三款, but not 第十条三项条件."""
    mark, new = match["marks"], match["unit"]
    if not _BARE_NUMBER.match(mark):
        return True
    return new == unit if joined else new == "款" or mark[0] in "0123456789０１２３４５６７８９"


def _narrowed(place: Place, unit: str, number: int, span: tuple[int, int]) -> Place:
    """`place` with another 款, 项 or 目 and without what lies below it."""
    start, end = span
    if unit == "款":
        return replace(place, paragraph=number, item=None, subitem=None, start=start, end=end)
    if unit == "项":
        return replace(place, item=number, subitem=None, start=start, end=end)
    return replace(place, subitem=number, start=start, end=end)


def _articles(match: re.Match[str], before: int | None) -> list[Place]:
    sub = parse_number(match["sub"] or "")
    found = [
        Place(number, None, None, None, None, start, end) for number, start, end in _numbers(match, before)
    ]
    return [*found[:-1], replace(found[-1], sub=sub)] if sub and found else found


def _numbers(match: re.Match[str], first: int | None) -> list[tuple[int, int, int]]:
    """Each number of a list with its place, and those of a range between; the last has the unit with it.

    `first` is the number before the list where a range sign joins them. Nothing where one is no number.
    """
    text, at = match.string, match.start("marks")
    found: list[tuple[int, int, int]] = []
    while at < match.end("marks") and (one := _ONE_MARK.match(text, at, match.end("marks"))) is not None:
        number = _number(one["mark"])
        start = one.start("mark")
        if number is None:
            return []
        if found:
            first = found[-1][0] if _RANGE.search(one["joint"]) else None
        if first and number - first <= _LONGEST_RANGE:
            found += [(between, start, start) for between in range(first + 1, number)]
        found.append((number, start, one.end()))
        at = one.end()
    number, start, _ = found[-1]
    return [*found[:-1], (number, start, match.end())]


def _number(mark: str) -> int | None:
    plain = re.sub(r"[第()\s]", "", unicodedata.normalize("NFKC", mark))
    number = parse_number(plain)
    return number if number and number <= _HIGHEST else None


def _read_subs(text: str, at: int, places: list[Place]) -> int:
    """Further inserted articles of one number: 第二百八十七条之一、之二."""
    while places[-1].sub and (match := _SUBS.match(text, at)) is not None:
        start = match.start("sub") - 1
        places.append(replace(places[-1], sub=parse_number(match["sub"]), start=start, end=match.end()))
        at = match.end()
    return at


def _further(text: str, at: int) -> tuple[str, re.Match[str] | None]:
    """What joins the next articles, and these; without 第 only behind a sign: 第六十条、一百零七条."""
    joint = _JOINT.match(text, at)
    match = _FURTHER.match(text, joint.end()) if joint else None
    if joint is None or match is None:
        return "", None
    sign, mark = joint.group().strip(), match["marks"]
    counted = not mark.startswith("第") and (sign not in "、，,至到" or len(mark) < 2)
    return sign, None if counted else match
