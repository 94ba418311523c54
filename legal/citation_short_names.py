"""The short names that a text gives to laws: 《…》（以下简称《解释》), then 《解释》第三条."""

import re
import unicodedata

from legal.citation_names import Resolve, name_before
from legal.citation_places import DIGIT
from legal.law_names import law_key

_DEFINITION = re.compile(
    r"(?:以下|下)(?:均|统|合|简)?(?:简称|统称|称)为?\s*[：:]?\s*[《〈“\"‘『「]?(?P<name>[一-笫笭-鿿]{2,20}(?:[（(][一二三四五][）)])?)(?P<article>第)?"
)
# 《…意见》第三百条规定（以下简称意见第三百条）: the short name is that of the law before the article.
_ARTICLE_END = re.compile(
    rf"第[\s{DIGIT}]{{1,8}}条(?:之[{DIGIT}]{{1,3}})?(?:第[\s{DIGIT}（()）]{{1,6}}[款项])*[之的]?(?:规定)?\Z"
)
_SPACE = re.compile(r"\s")


def short_names_of(text: str) -> Resolve:
    """A function that tells the law that `text` calls by a short name, at a place, None where by none.

    Of two definitions of one name the last before the place counts.
    """
    defined: dict[str, list[tuple[int, str]]] = {}
    for match in _DEFINITION.finditer(text):
        at = _where_the_name_ends(text, match.start())
        if at and (article := _ARTICLE_END.search(text, max(0, at - 40), at)):
            at = article.start() if match["article"] else None
        name = name_before(text, at, resolver(defined)) if at else None
        short = _plain(match["name"])
        if name and name.law != law_key(short):
            defined.setdefault(short, []).append((match.end(), name.law))
    return resolver(defined)


def resolver(defined: dict[str, list[tuple[int, str]]]) -> Resolve:
    """The look-up in a table of short names, each with the places of its definitions and their laws."""

    def resolve(name: str, at: int) -> str | None:
        places = defined.get(_plain(name)) if defined else None
        return next((law for place, law in reversed(places) if place <= at), None) if places else None

    return resolve


def _where_the_name_ends(text: str, at: int) -> int | None:
    """The end of what is named, before （以下简称…, （2020年修正，以下简称…, or a bare comma and 以下简称."""
    window = text[max(0, at - 60) : at]
    depth = 0
    for back, sign in enumerate(reversed(window), 1):
        depth += 1 if sign in "（(" else -1 if sign in "）)" else 0
        if depth > 0:
            return at - back
    return at - 1 if window.endswith(("，", ",", "、")) else None


def _plain(name: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", name))
