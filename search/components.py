"""Retrieval as Haystack components: two retrievers, their fusion, and what the law says of precedence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import prod
from typing import Any

from haystack import Document, Pipeline, component

from search.document_store import Found, LvzhiDocumentStore, Scored
from search.failures import CALLERS, log_failure
from search.learned_ranker import LearnedRanker
from search.priors import priors_of
from search.protocols import Encoder, Vectors
from search.remembered import FOUND_BY, RememberedRetriever
from search.store import EmbeddedStore
from search.versions import today

POOL = 200  # passages that each retriever gives to fusion
# The share of keyword search in the fused score. Chosen on the 700 gold training questions.
KEYWORD_SHARE = 0.4


@component
class KeywordRetriever:
    """BM25 over words and character pairs. Where it fails it finds nothing and says so by `failed`."""

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document], failed=bool)
    def run(
        self, query: str, filters: dict[str, Any] | None = None, added: list[str] | None = None
    ) -> dict[str, Any]:
        try:
            hits = self.document_store.store.by_words(query, filters, POOL, added or ())
        except CALLERS:
            raise
        except Exception as error:
            log_failure("keyword search", error)
            return {"documents": Found(), "failed": True}
        return {"documents": Found(Scored(finding, score) for score, finding in hits), "failed": False}


@component
class QueryEncoder:
    """The vector of the query; None where the encoder fails.

    `begun` gives it where somebody has had it encoded already, while something else was looked for.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    @component.output_types(vector=Any)
    def run(self, query: str, begun: Callable[[], Vectors] | None = None) -> dict[str, Vectors | None]:
        try:
            return {"vector": begun() if begun is not None else self.encoder.encode_query(query)}
        except Exception as error:
            log_failure("encoding a query", error)
            return {"vector": None}


@component
class VectorRetriever:
    """The passages nearest in meaning, and how much of what was searched has vectors (0 to 1).

    Without a vector, and where the search fails, it finds nothing and says so by `failed`.
    """

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document], share=float, failed=bool)
    def run(self, vector: Any, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        store = self.document_store.store
        try:
            if vector is not None:
                hits = store.by_meaning(vector, filters, POOL)
                share = store.encoded_share(filters)
                found = Found(Scored(finding, score) for score, finding in hits)
                return {"documents": found, "share": share, "failed": False}
        except CALLERS:
            raise
        except Exception as error:
            log_failure("vector search", error)
        return {"documents": Found(), "share": 0.0, "failed": True}


@component
class Fusion:
    """One list out of two: scores spread over 0 to 1 in each list, then a weighted sum.

    While only a `share` of the texts has vectors, vectors count for that much less: the nearest of the few
    that are encoded would otherwise stand above the right answer that is not. The ranks in the two lists stay
    with the document as `keyword_rank` and `vector_rank`, counted from 1, and its BM25 as `keyword_score`.
    What was only `remembered` comes after all that was found.
    """

    @component.output_types(documents=list[Document])
    def run(
        self,
        keyword: list[Document],
        vector: list[Document] | None = None,
        share: float = 1.0,
        remembered: list[Document] | None = None,
    ) -> dict[str, Any]:
        words, near, known = (Found.of(documents or []).scored for documents in (keyword, vector, remembered))
        weight = (1.0 - KEYWORD_SHARE) * share if vector else 0.0
        found: dict[int, Scored] = {}
        for rank, (one, score) in enumerate(zip(words, _spread(words), strict=True), start=1):
            notes = {"keyword_rank": rank, "keyword_score": one.score}
            found[one.finding.key] = one.noted((1.0 - weight) * score, notes)
        for rank, (one, score) in enumerate(zip(near, _spread(near), strict=True), start=1):
            before = found.get(one.finding.key)
            fused = weight * score + (before.score if before else 0.0)
            found[one.finding.key] = (before or one).noted(fused, {"vector_rank": rank})
        for one in known:
            if one.finding.key not in found:
                found[one.finding.key] = one.noted(0.0, {"found_by": FOUND_BY})
        return {"documents": _in_order(found.values())}


@component
class LegalPrior:
    """Higher authority before lower, what is in force on the day asked before what is not; see `priors`.

    `on` is by default today in China. The reasons stay with the document as `reasons`, their product as
    `prior`, what a norm is on the day as `standing`, and whether the index holds what took its place as
    `superseded`.
    """

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], query: str, on: date | None = None) -> dict[str, Any]:
        day, store = on or today(), self.document_store.store
        known: dict[int, dict[str, Any]] = {}  # all passages of a document weigh the same
        found = []
        for one in Found.of(documents).scored:
            about = one.finding.about
            notes = known.get(about.key)
            if notes is None:
                notes = known[about.key] = weight(about.meta, query, store, day)
            found.append(one.noted(one.score * notes["prior"], notes))
        return {"documents": _in_order(found)}


def weight(meta: Mapping[str, Any], query: str, store: EmbeddedStore, day: date) -> dict[str, Any]:
    """What is noted of a document by its metadata: the prior, which multiplies its score, and why."""
    document_id = meta.get("document_id", "")
    status = store.status(meta["law"], document_id, day) if "law" in meta else None
    superseded = document_id in store.superseded(day)
    priors = priors_of(meta, query, status, superseded)
    factor = prod(prior.factor for prior in priors)
    notes: dict[str, Any] = {"superseded": superseded, "prior": factor}
    notes["reasons"] = [prior.words for prior in priors]
    if status is not None:
        notes["standing"] = str(status.standing)
    return notes


def retrieval_pipeline(document_store: LvzhiDocumentStore, encoder: Encoder | None) -> Pipeline:
    """query → keyword and vector retriever → fusion → prior → ranker; without an encoder keywords alone."""
    pipeline = Pipeline()
    pipeline.add_component("keyword", KeywordRetriever(document_store))
    pipeline.add_component("fusion", Fusion())
    pipeline.add_component("prior", LegalPrior(document_store))
    pipeline.connect("keyword.documents", "fusion.keyword")
    if encoder is not None:
        pipeline.add_component("encoder", QueryEncoder(encoder))
        pipeline.add_component("vector", VectorRetriever(document_store))
        pipeline.connect("encoder.vector", "vector.vector")
        pipeline.connect("vector.documents", "fusion.vector")
        pipeline.connect("vector.share", "fusion.share")
        pipeline.add_component("remembered", RememberedRetriever(document_store))
        pipeline.connect("encoder.vector", "remembered.vector")
        pipeline.connect("remembered.documents", "fusion.remembered")
        pipeline.add_component("ranker", LearnedRanker(document_store))
        pipeline.connect("encoder.vector", "ranker.vector")
        pipeline.connect("remembered.near", "ranker.near")
        pipeline.connect("prior.documents", "ranker.documents")
    pipeline.connect("fusion.documents", "prior.documents")
    return pipeline


def _spread(found: Sequence[Scored]) -> list[float]:
    """The scores of a list over 0 to 1. The lowest keeps a little, so that being found at all counts."""
    scores = [one.score for one in found]
    if not scores:
        return []
    low, high = min(scores), max(scores)
    width = high - low
    return [0.05 + 0.95 * (score - low) / width if width else 1.0 for score in scores]


def _in_order(found: Iterable[Scored]) -> Found:
    return Found(sorted(found, key=lambda one: (-one.score, one.finding.place)))
