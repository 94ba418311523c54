"""What the ranker looks at: the norms that retrieval found, with their vectors and that of the query."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.document_store import Scored
from search.findings import key_of
from search.question_memory import Near, QuestionMemory, law_name
from search.ranking_features import Candidate, Norm, Pool
from search.store import EmbeddedStore

Array = npt.NDArray[np.float32]

CITED = Path(__file__).with_name("law_citations.json")


# What is ranked: the best by the prior, the nearest in meaning, and what is remembered.
BEST, NEAREST = 100, 50


def pool_of(
    norms: Sequence[Scored], query: str, vector: Array, store: EmbeddedStore, answers: Sequence[str]
) -> Pool | None:
    """The pool of norms as they come from the legal prior; None where one of them has no vector yet.

    `answers` are the articles that are remembered (keys of `article_key`).
    """
    vectors = store.vectors.rows(np.array([norm.finding.vector_key for norm in norms], dtype=np.int64))
    if vectors is None:
        return None
    head = _head(norms, vectors @ vector, {key_of(article) for article in answers})
    candidates = tuple(_candidate(norms[row]) for row in head)
    return Pool(query, vector, tuple(map(_norm, norms)), vectors, head, candidates)


def remembered(pool: Pool, norms: Sequence[Scored], memory: QuestionMemory, near: Near) -> dict[str, Array]:
    """The features of the candidates among the `norms` of a pool that are of the memory, by name."""
    found = [norms[row].finding for row in pool.head]
    laws = [law_name(one.about.meta) for one in found]
    return memory.features(near, [one.norm_key for one in found], laws, pool.vectors[pool.head])


def _head(norms: Sequence[Scored], cosine: Array, answers: set[int]) -> npt.NDArray[np.int64]:
    """The rows of what is ranked, ascending."""
    ranked = np.zeros(len(norms), dtype=np.bool_)
    ranked[:BEST] = True
    ranked[np.argsort(-cosine, kind="stable")[:NEAREST]] = True
    ranked[[row for row, norm in enumerate(norms) if norm.finding.norm_key in answers]] = True
    return np.flatnonzero(ranked)


def _norm(norm: Scored) -> Norm:
    notes, finding = norm.notes, norm.finding
    return Norm(
        finding.about.own, finding.article_number, notes.get("keyword_score", 0.0), float(notes["prior"])
    )


def _candidate(norm: Scored) -> Candidate:
    passage = norm.finding.passage()
    meta = passage.meta
    return Candidate(
        text=passage.text,
        title=str(meta.get("title", "")),
        heading=str(meta.get("heading", "")),
        level=str(meta.get("authority_level", "")),
        superseded=bool(norm.notes["superseded"]),
        law_cited=float(np.log1p(_law_citations().get(str(meta.get("law")), 0))),
    )


@cache
def _law_citations() -> dict[str, int]:
    """By law how many passages of other texts cite an article of it or name it; see `rank_training`."""
    found: dict[str, int] = json.loads(CITED.read_text(encoding="utf-8"))
    return found
