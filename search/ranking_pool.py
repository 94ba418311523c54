"""What the ranker looks at: the norms that retrieval found, with their vectors and that of the query."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from haystack import Document

from legal.numerals import parse_number
from search.passage import Passage
from search.question_memory import Near, QuestionMemory, article_key, law_name
from search.ranking_features import Candidate, features
from search.store import EmbeddedStore
from search.vectors import vector_key

Array = npt.NDArray[np.float32]

CITED = Path(__file__).with_name("law_citations.json")
_NUMBER = re.compile(r"第(.+?)条")


@dataclass(frozen=True, slots=True)
class Pool:
    """The norms that either retriever found, what is looked at of each, and their vectors, a row each."""

    query: str
    vector: Array
    documents: tuple[Document, ...]
    candidates: tuple[Candidate, ...]
    vectors: Array


def pool_of(documents: Sequence[Document], query: str, vector: Array, store: EmbeddedStore) -> Pool | None:
    """The pool of norms as they come from the legal prior; None where one of them has no vector yet."""
    keys = [vector_key(Passage(d.id, d.content or "", d.meta)) for d in documents]
    vectors = store.vectors.rows(np.array(keys, dtype=np.int64))
    if vectors is None:
        return None
    return Pool(query, vector, tuple(documents), tuple(_candidate(d) for d in documents), vectors)


def features_of(pool: Pool, store: EmbeddedStore) -> dict[str, Array]:
    """The features of a pool that need no memory of questions, by name."""
    return features(pool.query, store.keywords.pair_weights, pool.candidates, pool.vectors, pool.vector)


def remembered(pool: Pool, memory: QuestionMemory, near: Near) -> dict[str, Array]:
    """The features of a pool that are of the memory, by name."""
    articles = [article_key(document.meta) for document in pool.documents]
    laws = [law_name(document.meta) for document in pool.documents]
    return memory.features(near, articles, laws, pool.vectors)


def _candidate(document: Document) -> Candidate:
    meta = document.meta
    return Candidate(
        document_id=str(meta.get("document_id", document.id)),
        number=_article_number(str(meta.get("article", ""))),
        text=document.content or "",
        title=str(meta.get("title", "")),
        heading=str(meta.get("heading", "")),
        level=str(meta.get("authority_level", "")),
        superseded=bool(meta["superseded"]),
        law_cited=float(np.log1p(_law_citations().get(str(meta.get("law")), 0))),
        keyword=float(meta.get("keyword_score", 0.0)),
        prior=float(meta["prior"]),
    )


@lru_cache(maxsize=8192)
def _article_number(label: str) -> int:
    """The number in 第…条, 0 where there is none."""
    match = _NUMBER.match(label)
    return (parse_number(match[1]) or 0) if match else 0


@cache
def _law_citations() -> dict[str, int]:
    """By law how many passages of other texts cite an article of it or name it; see `rank_training`."""
    found: dict[str, int] = json.loads(CITED.read_text(encoding="utf-8"))
    return found
