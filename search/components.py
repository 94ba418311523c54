"""Retrieval as Haystack components: two retrievers, their fusion, and what the law says of precedence."""

from dataclasses import replace
from typing import Any

from haystack import Document, Pipeline, component

from search.document_store import LvzhiDocumentStore, scored
from search.protocols import Encoder, Vectors

POOL = 200  # passages that each retriever gives to fusion

# How much a text counts by its authority level. Chosen on the 700 gold training questions.
LEVEL_WEIGHTS = {"行政法规": 0.8, "部门规章": 0.8, "地方性法规": 0.4, "规范性文件": 0.9, "其他": 0.6}
SUPERSEDED_WEIGHT = 0.4
LOCAL = "地方性法规"
# The share of keyword search in the fused score. Chosen on the same questions.
KEYWORD_SHARE = 0.4


@component
class KeywordRetriever:
    """BM25 over words and character pairs."""

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document])
    def run(self, query: str, filters: dict[str, Any] | None = None) -> dict[str, list[Document]]:
        hits = self.document_store.store.keyword_search(query, filters, POOL)
        return {"documents": [scored(passage, score) for score, passage in hits]}


@component
class QueryEncoder:
    """The vector of the query."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    @component.output_types(vector=Any)
    def run(self, query: str) -> dict[str, Vectors]:
        return {"vector": self.encoder.encode_query(query)}


@component
class VectorRetriever:
    """The passages nearest in meaning, and how much of what was searched has vectors (0 to 1)."""

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document], share=float)
    def run(self, vector: Any, filters: dict[str, Any] | None = None) -> dict[str, Any]:
        store = self.document_store.store
        hits = store.vector_search(vector, filters, POOL)
        return {
            "documents": [scored(passage, score) for score, passage in hits],
            "share": store.encoded_share(filters),
        }


@component
class Fusion:
    """One list out of two: scores spread over 0 to 1 in each list, then a weighted sum.

    While only a `share` of the texts has vectors, vectors count for that much less: the nearest of the few
    that are encoded would otherwise stand above the right answer that is not. The ranks in the two lists stay
    with the document as `keyword_rank` and `vector_rank`, counted from 1.
    """

    @component.output_types(documents=list[Document])
    def run(
        self, keyword: list[Document], vector: list[Document] | None = None, share: float = 1.0
    ) -> dict[str, list[Document]]:
        weight = (1.0 - KEYWORD_SHARE) * share if vector else 0.0
        lists = [("keyword_rank", keyword, 1.0 - weight), ("vector_rank", vector or [], weight)]
        scores: dict[str, float] = {}
        fused: dict[str, Document] = {}
        for name, documents, counts in lists:
            for rank, (document, score) in enumerate(
                zip(documents, _spread(documents), strict=True), start=1
            ):
                known = fused.get(document.id, document)
                fused[document.id] = replace(known, meta={**known.meta, name: rank})
                scores[document.id] = scores.get(document.id, 0.0) + counts * score
        return {"documents": _in_order([replace(d, score=scores[d.id]) for d in fused.values()])}


@component
class LegalPrior:
    """Higher authority before lower, the newest version before older ones.

    A local text is not lowered for a query that names its place: who asks about 北京 wants its rules.
    """

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document], query: str) -> dict[str, list[Document]]:
        superseded = self.document_store.store.superseded()
        weighed = []
        for document in documents:
            old = document.meta.get("document_id") in superseded
            place = str(document.meta.get("issuing_body", ""))[:2]
            weight = LEVEL_WEIGHTS.get(document.meta.get("authority_level", ""), 1.0)
            if document.meta.get("authority_level") == LOCAL and place and place in query:
                weight = 1.0
            weight *= SUPERSEDED_WEIGHT if old else 1.0
            meta = {**document.meta, "superseded": old}
            weighed.append(replace(document, score=(document.score or 0.0) * weight, meta=meta))
        return {"documents": _in_order(weighed)}


def retrieval_pipeline(document_store: LvzhiDocumentStore, encoder: Encoder | None) -> Pipeline:
    """query → keyword and vector retriever → fusion → prior; without an encoder, keywords alone."""
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
    pipeline.connect("fusion.documents", "prior.documents")
    return pipeline


def _spread(documents: list[Document]) -> list[float]:
    """The scores of a list over 0 to 1. The lowest keeps a little, so that being found at all counts."""
    scores = [document.score or 0.0 for document in documents]
    if not scores:
        return []
    low, high = min(scores), max(scores)
    width = high - low
    return [0.05 + 0.95 * (score - low) / width if width else 1.0 for score in scores]


def _in_order(documents: list[Document]) -> list[Document]:
    return sorted(documents, key=lambda document: (-(document.score or 0.0), document.id))
