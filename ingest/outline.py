"""Lines and headings of a text with their offsets: what all parsers cut sections from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from legal.documents import Section

_HEADING = re.compile(r"(#{1,6})\s+")
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n((?:[^\n]*\n)*?)---[ \t]*(?:\r?\n|$)")
_COMMENT = re.compile(r"<!--.*?-->")
_EDGE = " \t\r\n\xa0　﻿​"


class Line(NamedTuple):
    """A line without its white space and heading marks; `level` is 0 for text, 1 to 6 for headings.

    `start` and `end` are the code points of `text` in the source, so that source[start:end] == text.
    """

    text: str
    level: int
    start: int
    end: int


def lines_of(source: str, start: int) -> Iterator[Line]:
    """The lines of `source` from code point `start`, without front matter and comments."""
    matter = FRONT_MATTER.match(source) if start == 0 else None
    at = matter.end() if matter else start
    for raw in source[at:].splitlines(keepends=True):
        text = raw.strip(_EDGE)
        begin, level = at + raw.index(text), 0
        at += len(raw)
        if text.startswith("#") and (heading := _HEADING.match(text)):
            level = len(heading[1])
            begin += heading.end()
            text = text[heading.end() :]
        elif text.startswith("<") and _COMMENT.fullmatch(text):
            continue
        yield Line(text, level, begin, begin + len(text))


def unique_labels(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections, a label that came before getting ~2, ~3 … so that ids made of labels are unique."""
    seen: dict[str, int] = {}
    for section in sections:
        seen[section.label] = seen.get(section.label, 0) + 1
        count = seen[section.label]
        yield section if count == 1 else replace(section, label=f"{section.label}~{count}")
