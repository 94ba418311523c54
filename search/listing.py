"""What was found as the list that is paged through: one hit a case and an article, in the order asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from haystack import Document

from legal.court import LEVELS
from legal.documents import AUTHORITY_LEVELS
from search.passage import whole_id
from search.query import Sort

_RANKS = {level: rank for rank, level in enumerate((*AUTHORITY_LEVELS, *LEVELS))}


def one_each(found: Sequence[Document]) -> list[Document]:
    """Of a case, and of an article in parts, only the best passage; of a law every article stays.

    Documents that say the same count as one.
    """
    best: dict[str, Document] = {}
    for document in found:
        best.setdefault(hit_of(document.id, document.meta), document)
    return list(best.values())


def hit_of(passage_id: str, meta: Mapping[str, Any]) -> str:
    """The key of the hit that shows a passage: the same for all that `one_each` shows as one."""
    own: str = meta.get("document_id", passage_id)
    shown: str = meta.get("group", own)
    return shown if meta.get("kind") == "precedent" else shown + whole_id(passage_id).removeprefix(own)


def in_order(found: list[Document], sort: Sort) -> list[Document]:
    """`found` is in the order of relevance, which also decides between equals of the other orders."""
    if sort == "newest":
        return sorted(found, key=lambda document: -document.meta.get("day", 0))
    if sort == "authority":
        return sorted(found, key=_authority)
    return found


def _authority(document: Document) -> int:
    meta = document.meta
    return _RANKS.get(meta.get("authority_level") or meta.get("court_level", ""), len(_RANKS))
