"""What was found as the list that is paged through: one hit a case and an article, in the order asked for."""

from collections.abc import Sequence

from legal.court import LEVELS
from legal.documents import AUTHORITY_LEVELS
from search.document_store import Scored
from search.query import Sort

_RANKS = {level: rank for rank, level in enumerate((*AUTHORITY_LEVELS, *LEVELS))}


def one_each(found: Sequence[Scored]) -> list[Scored]:
    """Of a case, and of an article in parts, only the best passage; of a law every article stays.

    Documents that say the same count as one.
    """
    best: dict[tuple[str, int], Scored] = {}
    for one in found:
        best.setdefault(one.finding.hit, one)
    return list(best.values())


def in_order(found: list[Scored], sort: Sort) -> list[Scored]:
    """`found` is in the order of relevance, which also decides between equals of the other orders."""
    if sort == "newest":
        return sorted(found, key=lambda one: -one.finding.about.meta.get("day", 0))
    if sort == "authority":
        return sorted(found, key=_authority)
    return found


def _authority(one: Scored) -> int:
    meta = one.finding.about.meta
    return _RANKS.get(meta.get("authority_level") or meta.get("court_level", ""), len(_RANKS))
