"""The learned ranker as a Haystack component: it puts the norms that were found into a better order."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from haystack import Document, component

from legal.versions import Standing
from search.document_store import Found, LvzhiDocumentStore, Scored
from search.failures import log_failure
from search.protocols import Vectors
from search.question_memory import Near, default_memory
from search.ranking_features import features
from search.ranking_pool import pool_of, remembered
from search.ranking_trees import default_trees


@component
class LearnedRanker:
    """Orders the norms that apply on the day asked among the places that they hold.

    Cases stay where they are, and so does what does not apply: however well it fits, it is not lifted.

    It was learned on questions about norms, by the vectors of one encoder: with another one, and while some
    of what was found has no vector yet, all stays as it is. A norm takes over the score of its new place;
    that it moved is told in `reasons`. `near` are the remembered questions, if they have been looked for.
    """

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document])
    def run(
        self, documents: list[Document], query: str, vector: Any = None, near: Any = None
    ) -> dict[str, Any]:
        found = Found.of(documents).scored
        places = [place for place, one in enumerate(found) if one.finding.about.kind == "policy"]
        norms = [found[place] for place in places]
        if vector is None or len(norms) < 2 or not self._knows_encoder():
            return {"documents": documents}
        try:
            order = self._order(norms, query, vector, near)
        except Exception as error:
            log_failure("ranking", error)
            return {"documents": documents}
        free = [place for place, norm in zip(places, norms, strict=True) if _applies(norm)]
        ranked = list(found)
        for row, place in zip((row for row in order if _applies(norms[row])), free, strict=False):
            ranked[place] = _moved(norms[row], found[place].score, places[row], place)
        return {"documents": Found(ranked)}

    def _knows_encoder(self) -> bool:
        return self.document_store.store.manifest.encoder == default_memory().encoder

    def _order(self, norms: Sequence[Scored], query: str, vector: Vectors, near: Near | None) -> list[int]:
        """The rows of the norms, best first; none where they cannot be compared."""
        store, memory = self.document_store.store, default_memory()
        near = near or memory.near(vector)
        pool = pool_of(norms, query, vector, store, memory.articles_of(near))
        if pool is None:
            return []
        known = remembered(pool, norms, memory, near)
        scores = default_trees().rank(features(pool, store.keywords.pair_weights) | known)
        first: list[int] = pool.head[np.argsort(-scores, kind="stable")].tolist()
        ranked = set(first)
        return first + [row for row in range(len(norms)) if row not in ranked]


def _applies(norm: Scored) -> bool:
    """Whether a norm applies on the day asked, by what the prior noted."""
    gone = (Standing.NOT_YET, Standing.REPEALED)
    return not norm.notes["superseded"] and norm.notes.get("standing") not in gone


def _moved(one: Scored, score: float, before: int, after: int) -> Scored:
    if before == after:
        return one
    moved = (
        f"按以往问答学得的排序{'提前' if after < before else '后移'}：第 {before + 1} 位→第 {after + 1} 位"
    )
    return one.noted(score, {"reasons": [*one.notes["reasons"], moved]})
