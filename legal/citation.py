"""Citations of articles: 《民事诉讼法》第二百三十六条第一款, 民法典577条; found in texts and in queries."""

import re
from dataclasses import dataclass

from legal.law_names import SHORT_NAMES, law_key
from legal.numerals import NUMBER, parse_number, to_chinese

_ARTICLE = (
    rf"第?\s*(?P<article>{NUMBER})\s*条(?:\s*之(?P<sub>{NUMBER}))?"
    rf"(?:\s*第\s*(?P<paragraph>{NUMBER})\s*款)?(?:\s*第\s*[（(]?(?P<item>{NUMBER})[）)]?\s*项)?"
)
_FURTHER = re.compile(rf"\s*[、，,和及与]\s*(?P<whole>{_ARTICLE.replace('第?', '第', 1)})")
_QUOTED = r"《(?P<quoted>[^《》]{2,60}(?:《[^《》]{2,40}》[^《》]{0,40})?)》\s*(?:[（(][^（）()]{1,40}[）)])?"
_SHORT = "|".join(sorted(map(re.escape, SHORT_NAMES), key=len, reverse=True))
_BARE = rf"(?P<bare>{_SHORT}|[一-鿿]{{0,16}}(?:法典|法|条例|规定|解释|办法|规则|决定|意见|通则|纲要|指引))"
_CITATION = re.compile(rf"(?:{_QUOTED}|{_BARE})\s*(?P<whole>{_ARTICLE})")

# Words that lead to a bare name and are not part of it: 依照民事诉讼法第… names 民事诉讼法.
_LEAD = re.compile(
    r"^.*(?:依照|依据|根据|按照|适用|违反|符合|参照|关于|以及|和|与|及|由|对|在|是|有|了|据|我国)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited article: `law` is a key of `law_names.law_key`, `article` the label 第…条(之…).

    `start` and `end` are code points of the text; of articles that share one name (第一条、第二条) each
    has its own place, and the first one's includes the name.
    """

    law: str
    article: str
    paragraph: int | None
    item: int | None
    start: int
    end: int


def article_label(number: int, sub: int | None = None) -> str:
    """The label of an article: 第二百三十六条, 第二百八十七条之二."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(sub)}" if sub else "")


def find_citations(text: str) -> list[Citation]:
    """All citations of `text` that name their law, in order; 该法 and 前条 are left to the reader."""
    found: list[Citation] = []
    for match in _CITATION.finditer(text):
        name = match["quoted"] or _bare_name(match["bare"])
        start = match.start() if match["quoted"] else match.start() + len(match["bare"]) - len(name)
        first = _citation(law_key(name), match, start) if name else None
        if first is None:
            continue
        found.append(first)
        end = match.end()
        while (further := _FURTHER.match(text, end)) is not None:
            another = _citation(first.law, further, further.start("whole"))
            if another is not None:
                found.append(another)
            end = further.end()
    return found


def _bare_name(name: str) -> str:
    if name in SHORT_NAMES:
        return name
    rest = _LEAD.sub("", name)
    return rest if len(rest) >= 3 or rest in {"刑法", "宪法"} else ""


def _citation(law: str, match: re.Match[str], start: int) -> Citation | None:
    number, sub = parse_number(match["article"]), parse_number(match["sub"] or "")
    if not number or number > 9_999:
        return None
    return Citation(
        law=law,
        article=article_label(number, sub),
        paragraph=parse_number(match["paragraph"] or ""),
        item=parse_number(match["item"] or ""),
        start=start,
        end=match.end("whole"),
    )
