"""Conditions that the index cannot decide: more is looked at until enough of it meets them."""

from collections.abc import Callable

from search.filters import Condition
from search.findings import Finding
from search.passage import Passage
from search.wording import meets

_LOOKED_AT = 10_000  # passages at most, the best, are looked at one by one for what the index cannot decide
_FURTHER = 2  # how many times more is looked at where a condition left too little

Best = tuple[list[tuple[float, Finding]], bool]  # hits, best first, and whether there are no more


def enough(find: Callable[[int], Best], condition: Condition, limit: int) -> list[tuple[float, Finding]]:
    """The first `limit` hits that meet the whole condition: more are looked at until there are so many."""
    many = limit
    while True:
        found, is_all = find(many)
        hits = found if condition.whole else [hit for hit in found if holds(condition, hit[1].passage())]
        if is_all or condition.whole or len(hits) >= limit or many >= _LOOKED_AT:
            return hits[:limit]
        many = min(many * _FURTHER, _LOOKED_AT)


def holds(condition: Condition, passage: Passage) -> bool:
    """Whether a passage that the index let through meets what the index could not decide."""
    if condition.wording and not meets(condition.wording, passage):
        return False
    if condition.rest is None:
        return True
    from haystack import Document
    from haystack.utils.filters import document_matches_filter

    return document_matches_filter(
        condition.rest, Document(passage.id, passage.text, meta=dict(passage.meta))
    )
