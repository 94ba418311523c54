"""Citations of articles: 《民事诉讼法》第二百三十六条第一款, 民法典577条; found in texts and in queries."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from legal.citation_names import LawName, Resolve, name_before
from legal.citation_places import DIGIT, Place, read_articles
from legal.numerals import to_chinese

How = Literal["named", "own", "back", "short"]

# An article behind the end of a name. The first article of a list only; what precedes it decides cheaply: an
# article at the head of a paragraph is a label.
_NAME_END = "》〉）)】］〕法典例定释则见引要约案中的之编章节一二三四五\\s"
_ANCHOR = re.compile(
    rf"[第{DIGIT}](?<=[{_NAME_END}].)(?<!\n\n.)(?<![一二三四五][{DIGIT}])"
    rf"[\s{DIGIT}]{{0,40}}+(?:[、，,和及与至到][\s第{DIGIT}]{{0,40}}+){{0,9}}+条"
)
_LABEL_END = re.compile(r"[ 　\t\n]|\Z")
_COUNTABLE = ("法", "典", "条例", "细则")  # bare names behind which an article goes without 第: 律师法35条


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited article, or one 款, 项 or 目 of it: `law` is a key of `law_names.law_key`, `article` the
    label 第…条(之…), `edition` the year of the version where the text writes it beside the name.

    `start` and `end` are code points of the text; no two overlap. Of articles that share one name (第一条、
    第二条) each has its own place, and the first one's includes the name. One that a range covers without
    writing it (article 11 in 第十条至第十二条) is empty: `start` == `end`. `how` says by what it was found:
    its law's name, `own` law of the text (本法, 前款), a reference `back` (该法), a `short` name that the
    text defines.
    """

    law: str
    article: str
    paragraph: int | None
    item: int | None
    start: int
    end: int
    subitem: int | None = None
    edition: str | None = None
    how: How = "named"


@lru_cache(maxsize=4096)  # each law has these again
def article_label(number: int, sub: int | None = None) -> str:
    """The label of an article: 第二百三十六条, 第二百八十七条之二."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(sub)}" if sub else "")


def find_citations(text: str, defined: Resolve | None = None) -> list[Citation]:
    """All citations of `text` that name their law, in order; 该法 and 前条 are left to `citations_in`.

    `defined` tells the law that the text itself calls by a short name, at a place; None where it does not.
    """
    found: list[Citation] = []
    done = 0
    for match in _ANCHOR.finditer(text):
        at = match.start()
        if at < done:
            continue
        name = name_before(text, at, defined)
        if name is None or not (text[at] == "第" or _may_go_without_ordinal(text, name, at)):
            continue
        places, end = read_articles(text, at)
        if not places or _is_label(text, at, end):
            continue
        while found and found[-1].end > name.start:  # 《关于〈刑法〉第三十条的解释》第二条: the outer one
            found.pop()
        how: How = "short" if name.short else "named"
        found += [
            citation_of(place, name.law, name.start if index == 0 else None, edition=name.edition, how=how)
            for index, place in enumerate(places)
        ]
        done = end
    return found


def citation_of(
    place: Place, law: str, start: int | None = None, *, edition: str | None = None, how: How = "named"
) -> Citation:
    """The citation of `law` at `place`, which begins at `start` where the name belongs to it."""
    return Citation(
        law=law,
        article=article_label(place.article, place.sub),
        paragraph=place.paragraph,
        item=place.item,
        start=place.start if start is None else start,
        end=place.end,
        subitem=place.subitem,
        edition=edition,
        how=how,
    )


def _may_go_without_ordinal(text: str, name: LawName, at: int) -> bool:
    return name.sure or text[name.start : at].rstrip().endswith(_COUNTABLE)


def _is_label(text: str, at: int, end: int) -> bool:
    """Whether an article on a line of its own begins what follows: a name, then 第一条　为了…."""
    before = text[max(0, at - 8) : at]
    return "\n" in before[len(before.rstrip()) :] and _LABEL_END.match(text, end) is not None
