"""Retrieval by remembered questions as a Haystack component: what answered questions like the one asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from haystack import Document, component

from search.document_store import Found, LvzhiDocumentStore, Scored
from search.failures import CALLERS, log_failure
from search.filters import Filters
from search.findings import Finding, key_of
from search.question_memory import default_memory
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
        return {"documents": Found(Scored(finding, 0.0) for finding in found), "near": near}


def articles_in_force(
    articles: Sequence[str], store: EmbeddedStore, filters: Filters | None, day: date
) -> list[Finding]:
    """The passages of articles (keys of `article_key`) in the versions that apply on `day`."""
    old, keys = store.superseded(day), [key_of(article) for article in articles]
    return [one for one in store.norms(keys, filters) if one.about.own not in old]
