"""Conditions on what a passage says literally: one of several phrases, or none of them.

They are written as Haystack's filters are, so that they go with them through the pipeline to every retriever.
The index holds no places of words: it narrows to the passages that have all character pairs of a phrase, and
the text decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import tantivy

from search.keyword_index import KeywordIndex, Where
from search.passage import Passage
from search.segmenter import bigrams

_SAYS = "says one of"
_SAYS_NOT = "says none of"
_FIELD = "wording"
_SPACE = re.compile(r"\s+")


def says_one_of(phrases: Sequence[str]) -> dict[str, Any]:
    """The filter for passages whose text has one of the phrases literally.

    Full-width and half-width forms, capitals and small letters count as equal, and spaces do not count.
    """
    return {"field": _FIELD, "operator": _SAYS, "value": list(phrases)}


def says_none_of(phrases: Sequence[str]) -> dict[str, Any]:
    """The filter for passages that have none of the phrases in text, heading or the name of a norm.

    The title of a case is its court, number and kind, for which there are fields: whoever excludes 法院 does
    not mean all that a court wrote.
    """
    return {"field": _FIELD, "operator": _SAYS_NOT, "value": list(phrases)}


def is_wording(part: dict[str, Any]) -> bool:
    """Whether a filter is one of these."""
    return part.get("field") == _FIELD and part.get("operator") in (_SAYS, _SAYS_NOT)


def narrowed(part: dict[str, Any], index: KeywordIndex) -> Where:
    """What the index can say of such a filter: a condition that every passage under it meets, or None."""
    if part["operator"] == _SAYS_NOT:
        return None
    alternatives = []
    for phrase in part["value"]:
        pairs = _certain_pairs(phrase)
        if not pairs:
            return None
        alternatives.append(index.all_of([index.term("text_pairs", pair) for pair in pairs]))
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in alternatives])


def meets(parts: Iterable[dict[str, Any]], passage: Passage) -> bool:
    """Whether a passage meets all of these filters."""
    text = _folded(passage.text)
    names = ("heading",) if passage.meta.get("kind") == "precedent" else ("title", "heading")
    around = _folded("\n".join(str(passage.meta.get(name, "")) for name in names))
    for part in parts:
        phrases = [_folded(phrase) for phrase in part["value"]]
        if part["operator"] == _SAYS:
            if not any(phrase in text for phrase in phrases):
                return False
        elif any(phrase in text or phrase in around for phrase in phrases):
            return False
    return True


def _certain_pairs(phrase: str) -> list[str]:
    """The pairs that the index has of every text with the phrase: single characters may pair with others."""
    return list(dict.fromkeys(pair for pair in bigrams(phrase) if len(pair) == 2 and not pair.isascii()))


def _folded(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()
