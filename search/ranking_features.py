"""Cheap features of found articles for the learned ranker: pure functions over numpy arrays.

All that is looked at has been fetched already: the texts that the retrievers gave, their scores, and the
vectors of what was found. Character pairs of all texts are matched against those of the query in a few
operations on arrays of code points.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.pool_features import pool_features
from search.text_matching import QueryPairs, match, query_pairs

Array = npt.NDArray[np.float32]

LEVELS = {"宪法": 1, "法律": 2, "司法解释": 3, "行政法规": 4, "部门规章": 5, "规范性文件": 6, "地方性法规": 7}
# What an article says that a question of a kind asks for; each is a feature of the article.
TEXT_FLAGS = {
    "flag_punish": ("处", "罚"),
    "flag_liable": ("承担", "赔偿"),
    "flag_defines": ("是指", "所称"),
    "flag_forbids": ("不得", "禁止"),
    "flag_purpose": ("为了", "制定本"),
    "flag_period": ("日内", "年内"),
    "flag_court": ("人民法院", "人民法院"),
    "flag_office": ("主管部门", "人民政府"),
    "flag_refers": ("条的规定", "条规定"),
}


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm that a retriever found, unread: the article of this number in a document.

    `keyword` is its BM25 score, 0 where keywords did not find it; `prior` how much it counts by the law on
    precedence.
    """

    document_id: str
    number: int
    keyword: float
    prior: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A norm that is ranked, read; `law_cited` is the logarithm of how often its law is cited elsewhere."""

    text: str
    title: str
    heading: str
    level: str
    superseded: bool
    law_cited: float


@dataclass(frozen=True, slots=True)
class Pool:
    """The norms that were found for a query, with their vectors, a row each.

    `head` are the rows of those that are ranked, `candidates` what is read of them; the others only bear on
    these. `vector` is that of the query.
    """

    query: str
    vector: Array
    norms: tuple[Norm, ...]
    vectors: Array
    head: npt.NDArray[np.int64]
    candidates: tuple[Candidate, ...]


def features(pool: Pool, idf: Callable[[Sequence[str]], Array]) -> dict[str, Array]:
    """Each feature by name, one value a candidate; `idf` weighs character pairs."""
    pairs = query_pairs(pool.query, idf)
    keyword = np.array([norm.keyword for norm in pool.norms], dtype=np.float32)
    found = _scores(keyword, pool.vectors @ pool.vector)
    found |= pool_features(pool.norms, found["fused"], pool.vectors)
    found["prior"] = found["fused"] * np.array([norm.prior for norm in pool.norms], dtype=np.float32)
    found = {name: values[pool.head] for name, values in found.items()}
    return found | _matches(pool.candidates, pairs) | _texts(pool.candidates)


def _scores(keyword: Array, cosine: Array) -> dict[str, Array]:
    """Both scores: spread over 0 to 1, as ranks, and as gaps to the best."""
    found: dict[str, Array] = {}
    for name, scores in (("keyword", keyword), ("vector", cosine)):
        place = np.empty(len(scores), dtype=np.float32)
        place[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
        best, low = float(scores.max()), float(scores.min())
        found[f"{name}_score"] = scores
        found[f"{name}_share"] = (scores - low) / (best - low or 1.0)
        found[f"{name}_gap"] = best - scores
        found[f"{name}_rank"] = 1.0 / place
        spread = float(np.sort(scores)[-100:].std()) or 1.0
        found[f"{name}_deviations"] = (scores - best) / spread
    found["keyword_relative"] = keyword / (float(keyword.max()) or 1.0)
    found["fused"] = 0.4 * found["keyword_share"] + 0.6 * found["vector_share"]
    found["fused_rank"] = _places(found["fused"])
    reciprocal = 1.0 / (10 + 1 / found["keyword_rank"]) + 1.0 / (10 + 1 / found["vector_rank"])
    found["reciprocal"] = reciprocal.astype(np.float32)
    return found


def _places(scores: Array) -> Array:
    place = np.empty(len(scores), dtype=np.float32)
    place[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return place


def _matches(candidates: Sequence[Candidate], pairs: QueryPairs) -> dict[str, Array]:
    """How much of the query stands in text, heading and title, and of these in the query."""
    found = {}
    for name in ("text", "heading", "title"):
        m = match([getattr(c, name) for c in candidates], pairs)
        found[f"{name}_bm25"] = m.bm25
        found[f"{name}_share"] = m.share
        found[f"{name}_density"] = m.density
        found[f"{name}_run"] = m.run
        found[f"{name}_rarest"] = m.rarest
        if name == "text":
            found["text_count"] = m.count
    found["title_beyond_text"] = found["title_share"] + found["text_share"]
    for name in ("text_bm25", "text_share", "title_share"):
        found[f"{name}_gap"] = found[name].max() - found[name]
    return found


def _texts(candidates: Sequence[Candidate]) -> dict[str, Array]:
    """What each article is, whatever was asked."""

    def each(value: Callable[[Candidate], float]) -> Array:
        return np.array([value(c) for c in candidates], dtype=np.float32)

    found = {
        "level": each(lambda c: LEVELS.get(c.level, 8)),
        "superseded": each(lambda c: c.superseded),
        "law_cited": each(lambda c: c.law_cited),
        "length": each(lambda c: len(c.text)),
        "penal": each(lambda c: "责任" in c.heading or "罚" in c.heading),
    }
    texts = [c.text for c in candidates]
    for name, (one, other) in TEXT_FLAGS.items():
        found[name] = np.array([one in text or other in text for text in texts], dtype=np.float32)
    return found
