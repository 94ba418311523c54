"""The runs that tell encoders apart: keywords, embeddings and both, with the legal prior and without."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from haystack import Document

from evaluation.measures import Run
from search.components import POOL, Fusion, KeywordRetriever, LegalPrior
from search.document_store import Found, LvzhiDocumentStore, Scored, scored
from search.encoder import OnnxEncoder
from search.passage import whole_id
from search.protocols import Vectors
from search.store import EmbeddedStore
from search.vectors import VectorShards, embedding_text, vector_key

HEAD = 20  # of the nearest by int8, what float puts in order
DEPTH = 100
_BATCH = 64

Lists = dict[str, list[Document]]


@dataclass(frozen=True, slots=True)
class Side:
    """An encoder with an index that has all its vectors; the same in float, and a place for those vectors."""

    name: str
    store: EmbeddedStore
    encoder: OnnxEncoder
    exact_encoder: OnnxEncoder
    exact_vectors: VectorShards


def runs(sides: Sequence[Side], queries: Mapping[str, str]) -> Iterator[tuple[str, Run]]:
    """All runs by name: keywords alone, then those of each side, whose indexes hold the same passages."""
    retriever = KeywordRetriever(LvzhiDocumentStore.over(sides[0].store))
    keyword = {query_id: retriever.run(text)["documents"] for query_id, text in queries.items()}
    yield from _both(sides[0].store, "keyword", queries, keyword)
    for side in sides:
        yield from _embedding_runs(side, queries, keyword)


def _embedding_runs(side: Side, queries: Mapping[str, str], keyword: Lists) -> Iterator[tuple[str, Run]]:
    """For each way to the vectors: embeddings alone, and fused with keywords, without and with the prior."""
    vectors = {query_id: side.encoder.encode_query(text) for query_id, text in queries.items()}
    every = {query_id: _exact(side.store, vector) for query_id, vector in vectors.items()}
    ways = {
        "int8, exact": every,
        "int8, HNSW": {q: _near(side.store, vector) for q, vector in vectors.items()},
        f"float of the head of {HEAD}": _in_float(side, queries, every),
    }
    for way, near in ways.items():
        yield from _both(side.store, f"{side.name} embedding, {way}", queries, near)
        fused = {q: Fusion().run(keyword=keyword[q], vector=near[q])["documents"] for q in queries}
        yield from _both(side.store, f"{side.name} hybrid, {way}", queries, fused)


def _near(store: EmbeddedStore, vector: Vectors) -> list[Document]:
    return [scored(passage, score) for score, passage in store.vector_search(vector, None, POOL)]


def _exact(store: EmbeddedStore, vector: Vectors) -> list[Document]:
    passages = store.keywords.encodable()
    living = replace(store.vectors.subset(passages.keys()), part=None)
    scores = dict(living.search(vector, POOL))
    found = [Scored(one, scores[one.vector_key]) for one in passages.with_keys(list(scores))]
    return list(Found(sorted(found, key=lambda one: (-one.score, one.finding.place))[:POOL]))


def _in_float(side: Side, queries: Mapping[str, str], lists: Lists) -> Lists:
    """The heads of the lists in the order of the float encoder, the tails as they are, below them."""
    _encode_heads(side, lists)
    found = {}
    for query_id, text in queries.items():
        head = lists[query_id][:HEAD]
        passages = side.store.passages_by_id([document.id for document in head])
        keys = [vector_key(passages[document.id]) for document in head]
        vectors = side.exact_vectors.get(np.array(keys))
        query = side.exact_encoder.encode_query(text)
        again = [replace(d, score=float(vectors[key] @ query)) for d, key in zip(head, keys, strict=True)]
        found[query_id] = sorted(again, key=lambda d: (-(d.score or 0.0), d.id)) + lists[query_id][HEAD:]
    return found


def _encode_heads(side: Side, lists: Lists) -> None:
    """Gives the passages of the heads their float vectors, where they have none yet."""
    ids = {document.id for documents in lists.values() for document in documents[:HEAD]}
    passages = {vector_key(p): p for p in side.store.passages_by_id(sorted(ids)).values()}
    missing = sorted(set(passages) - set(side.exact_vectors.keys.tolist()))
    for start in range(0, len(missing), _BATCH):
        keys = missing[start : start + _BATCH]
        texts = [embedding_text(passages[key]) for key in keys]
        side.exact_vectors.add(np.array(keys), side.exact_encoder.encode_passages(texts))


def _both(
    store: EmbeddedStore, name: str, queries: Mapping[str, str], lists: Lists
) -> Iterator[tuple[str, Run]]:
    prior = LegalPrior(LvzhiDocumentStore.over(store))
    yield name, {query_id: _ranked(documents) for query_id, documents in lists.items()}
    yield (
        f"{name}, prior",
        {
            query_id: _ranked(prior.run(documents=documents, query=queries[query_id])["documents"])
            for query_id, documents in lists.items()
        },
    )


def _ranked(documents: list[Document]) -> dict[str, float]:
    """The first `DEPTH` articles by rank; an article in parts counts at its best part."""
    ranks: dict[str, float] = {}
    for document in documents:
        ranks.setdefault(whole_id(document.id), 1.0 / (len(ranks) + 1))
    return dict(list(ranks.items())[:DEPTH])
