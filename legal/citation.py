"""Citations of articles: 《民事诉讼法》第二百三十六条第一款, 民法典577条; found in texts and in queries."""

import re
from dataclasses import dataclass
from functools import lru_cache

from legal.law_names import SHORT_NAMES, law_key
from legal.numerals import NUMBER, parse_number, to_chinese

_ARTICLE = (
    rf"第?\s*(?P<article>{NUMBER})\s*条(?:\s*之(?P<sub>{NUMBER}))?"
    rf"(?:\s*第\s*(?P<paragraph>{NUMBER})\s*款)?(?:\s*第\s*[（(]?(?P<item>{NUMBER})[）)]?\s*项)?"
)
_JOINED = r"\s*+(?:[、，,和及与]|以及)++\s*+"
# Further paragraphs and items of an article, which stand between it and the next one: 第一、三款, 第（二）项.
_PART = rf"第?\s*+[（(]?{NUMBER}[）)]?\s*+"
_PARTS = re.compile(rf"(?:(?:{_JOINED}|\s*+){_PART}(?:[款项]|(?={_JOINED}{_PART}[、款项])))*")
_FURTHER = re.compile(rf"{_JOINED}(?P<whole>{_ARTICLE.replace('第?', '第', 1)})")
_QUOTED = r"《(?P<quoted>[^《》]{2,60}(?:《[^《》]{2,40}》[^《》]{0,40})?)》\s*(?:[（(][^（）()]{1,40}[）)])?"
_SHORT = "|".join(sorted(map(re.escape, SHORT_NAMES), key=len, reverse=True))
_FORM = "法典|法|条例|规定|解释|办法|规则|细则|决定|意见|通则|纲要|指引"
_BARE = rf"(?P<bare>{_SHORT}|[一-笫笭-鿿]{{0,16}}(?:{_FORM}))"  # without 第, which begins an article
_CITATION = re.compile(rf"(?:{_QUOTED}|{_BARE})\s*(?P<whole>{_ARTICLE})")

# Names at the end of a bare one that settle it, whatever stands before: 应当认定为刑法第… names 刑法.
_SETTLED = re.compile(rf"(?:{_SHORT}|刑法|宪法|民法典|(?:民事|刑事|行政)诉讼法)$")
# Words that lead to a bare name and are not part of it, but for those in 对外贸易法, 数据安全法 and the like.
_LEAD = re.compile(
    r"^.*(?:中华人民共和国|依照|依据|根据|按照|适用(?!法$)|违反|符合|参照|比照|关于|属于|构成|以及|和(?!国)|与|及|"
    r"由|对(?!外)|在|是|(?<!国)有|了|(?<!数)据|将|(?<!行)为|我国)"
)
_UNNAMED = re.compile(rf"(?:(?<![基资成])本|该|此|前|其他|一般|特别|上述)(?:实施)?(?:{_FORM})$")


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


@lru_cache(maxsize=4096)  # each law has these again
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
        end = _behind(match, text)
        while (further := _FURTHER.match(text, end)) is not None:
            another = _citation(first.law, further, further.start("whole"))
            if another is not None:
                found.append(another)
            end = _behind(further, text)
    return found


def _behind(match: re.Match[str], text: str) -> int:
    parts = _PARTS.match(text, match.end())
    return parts.end() if parts else match.end()


def _bare_name(name: str) -> str:
    if settled := _SETTLED.search(name):
        return settled.group()
    rest = _LEAD.sub("", name)
    return rest if len(rest) >= 3 and not _UNNAMED.search(rest) else ""


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
