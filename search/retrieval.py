"""Running the retrieval pipeline for a search: what it found, and what of it failed."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal.errors import SearchIndexError
from search.components import Fusion, KeywordRetriever, VectorRetriever, retrieval_pipeline
from search.document_store import Found, LvzhiDocumentStore
from search.explanation import KEYWORDS_FAILED, VECTORS_DAMAGED, VECTORS_FAILED
from search.filters import Filters
from search.protocols import Encoder, Vectors
from search.remembered import RememberedRetriever
from search.store import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to search for, those that were added to them, the filters, and the day of the law."""

    text: str
    added: Sequence[str]
    filters: Filters | None
    day: date


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was found, best first; what could not be searched; the query's vector, None without one."""

    documents: Found
    notices: tuple[str, ...]
    vector: Vectors | None


class Retrieval:
    """Retrieves from one index, with vectors where an encoder is given."""

    def __init__(self, store: EmbeddedStore, encoder: Encoder | None, beside: Executor) -> None:
        """`beside` encodes a query while its words are looked for."""
        documents = LvzhiDocumentStore.over(store)
        self._store = store
        self._encoder, self._beside = encoder, beside
        self._pipeline = retrieval_pipeline(documents, encoder)
        self._keywords, self._vectors = KeywordRetriever(documents), VectorRetriever(documents)
        self._remembered = RememberedRetriever(documents)

    def find(self, wanted: Wanted) -> Retrieved:
        """Where one retriever fails the other answers; raises SearchIndexError where none is left."""
        inputs: dict[str, Any] = {
            "keyword": {"query": wanted.text, "filters": wanted.filters, "added": list(wanted.added)},
            "prior": {"query": wanted.text, "on": wanted.day},
        }
        if self._encoder is not None:
            vector = self._beside.submit(self._encoder.encode_query, wanted.text)
            inputs["encoder"] = {"query": wanted.text, "begun": lambda: vector.result()}
            inputs["vector"] = {"filters": wanted.filters}
            inputs["remembered"] = {"filters": wanted.filters, "on": wanted.day}
            inputs["ranker"] = {"query": wanted.text}
        out = self._pipeline.run(
            inputs, include_outputs_from={"encoder"} if self._encoder is not None else set()
        )
        notices = self._notices(out["keyword"]["failed"], out.get("vector", {}).get("failed", False))
        found = out["ranker" if self._encoder is not None else "prior"]["documents"]
        return Retrieved(found, notices, out.get("encoder", {}).get("vector"))

    def candidates(self, wanted: Wanted, vector: Vectors | None) -> Found:
        """What `find` would find, in no order that means anything: enough to be counted, in half the time."""
        keywords = self._keywords.run(wanted.text, wanted.filters, list(wanted.added))["documents"]
        near = self._vectors.run(vector, wanted.filters)["documents"] if vector is not None else []
        known = self._remembered.run(vector, wanted.filters, wanted.day)["documents"]
        found: Found = Fusion().run(keywords, near, remembered=known)["documents"]
        return found

    def _notices(self, keywords_failed: bool, vectors_failed: bool) -> tuple[str, ...]:
        if keywords_failed and (vectors_failed or self._encoder is None):
            raise SearchIndexError(
                "检索出错，暂时不能给出结果。请稍后再试；仍然出错的，请管理员查看日志，"
                "必要时删除该索引目录后重新运行 lvzhi ingest。"
            )
        damaged = self._encoder is not None and bool(self._store.vectors.damaged)
        said = {
            KEYWORDS_FAILED: keywords_failed,
            VECTORS_FAILED: vectors_failed,
            VECTORS_DAMAGED: damaged and not vectors_failed,
        }
        return tuple(notice for notice, holds in said.items() if holds)
