"""Retrieval by remembered questions as a Haystack component: what answered questions like the one asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from haystack import Document, component

from search.document_store import Found, LvzhiDocumentStore, scored
from search.failures import CALLERS, log_failure
from search.filters import Filters, all_of
from search.passage import Passage
from search.question_memory import article_key, default_memory
from search.store import EmbeddedStore
from search.versions import today

FOUND_BY = "曾用于回答相近的问题"


@component
class RememberedRetriever:
    """Articles that neither words nor meaning may lead to: candidates for the ranker, without a score.

    A version that no longer applies on the day asked is left out. With another encoder than that of the
    memory nothing is found. `near` are the questions, for the ranker.
    """

    def __init__(self, document_store: LvzhiDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document], near=Any)
    def run(
        self, vector: Any, filters: dict[str, Any] | None = None, on: date | None = None
    ) -> dict[str, Any]:
        store, memory = self.document_store.store, default_memory()
        if vector is None or store.manifest.encoder != memory.encoder:
            return {"documents": Found(), "near": None}
        try:
            near = memory.near(vector)
            found = articles_in_force(memory.articles_of(near), store, filters, on or today())
        except CALLERS:
            raise
        except Exception as error:
            log_failure("looking for remembered articles", error)
            return {"documents": Found(), "near": None}
        return {"documents": Found(scored(passage, 0.0) for passage in found), "near": near}


def articles_in_force(
    articles: Sequence[str], store: EmbeddedStore, filters: Filters | None, day: date
) -> list[Passage]:
    """The passages of articles (keys of `article_key`) in the versions that apply on `day`."""
    old, wanted = store.superseded(day), set(articles)
    return [
        passage
        for passage in store.passages(all_of(*_about(wanted), filters))
        if article_key(passage.meta) in wanted and passage.meta["document_id"] not in old
    ]


def _about(articles: set[str]) -> list[Filters]:
    """Filters that let the articles through, and others of their laws that have the same numbers."""
    named = [article.partition("#") for article in sorted(articles)]
    values = {"law": [law for law, _, _ in named], "article": [label for _, _, label in named]}
    return [
        {"field": f"meta.{field}", "operator": "in", "value": list(dict.fromkeys(found))}
        for field, found in values.items()
    ]
