"""The public face of search: one object that the command line, the portal, the API and evaluation use."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from haystack import Document

from legal.citation import Citation
from legal.court import LEVELS
from legal.crosswalk import Citing, Resolution
from legal.documents import AUTHORITY_LEVELS
from legal.versions import History, Version
from search.citation_graph import CitationGraph, CitedBy
from search.components import retrieval_pipeline
from search.document_store import LvzhiDocumentStore, scored
from search.filters import Filters
from search.highlight import Snippet, mark, snippet
from search.passage import NUMBER_FIELDS, TEXT_FIELDS, Kind, StoredDocument, whole_id
from search.protocols import Encoder
from search.query import Query, Sort, parse_query
from search.store import EmbeddedStore

Choices = Mapping[str, Sequence[str | int]]
FACETS = (
    "authority_level",
    "issuing_body",
    "court_level",
    "court",
    "document_type",
    "cause_of_action",
    "year",
)
_REFERENCE_SCORE = 2.0  # above every fused score, which is at most 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage. `id` is its own, `document_id` that of its document; `rank` counts from 1.

    `keyword_rank` and `vector_rank` tell which retriever found it where; both are None for a hit that the
    query named by citation or case number. `superseded` marks a norm that was changed or repealed; `copies`
    counts the other documents that say the same and are not shown.
    """

    rank: int
    id: str
    document_id: str
    title: str
    snippet: Snippet
    score: float
    keyword_rank: int | None
    vector_rank: int | None
    superseded: bool
    copies: int
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits. `total` and `facets` (value and count, most first) are over all that can be paged to.

    `encoded_share` is how much of the index has vectors (0 to 1), None where no encoder is used. `not_held`
    are the articles that the query cites and the index does not hold. `seconds` is the time that it took.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str | int, int], ...]]
    encoded_share: float | None
    not_held: tuple[Citation, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to search for. `choices` names for a field the values that a hit may have."""

    text: str
    choices: Choices = field(default_factory=dict)
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0


class SearchService:
    """Searches one index, with vectors where an encoder is given."""

    def __init__(self, store: EmbeddedStore, encoder: Encoder | None) -> None:
        """Raises IndexMismatchError where the index has vectors of another encoder."""
        if encoder is not None:
            store.manifest.with_encoder(encoder.name, encoder.dimension)
        self._store = store
        self._encoder = encoder
        self._graph = CitationGraph(store)
        self._pipeline = retrieval_pipeline(LvzhiDocumentStore.over(store), encoder)

    def search(self, request: SearchRequest) -> SearchResult:
        """The hits for a request. Raises QueryError for a text that cannot be searched for."""
        began = time.perf_counter()
        query = parse_query(request.text)
        self._store.refresh_if_changed()
        found = self._find(query, _filters(request.choices))
        ordered = _sorted(_one_each(found), request.sort)
        words = self._store.segmenter.words(query.text)
        page = ordered[request.offset : request.offset + request.limit]
        return SearchResult(
            query=query,
            hits=tuple(
                _hit(d, rank, words, self._store.keywords.copies(d.meta.get("group")))
                for rank, d in enumerate(page, start=request.offset + 1)
            ),
            total=len(ordered),
            facets=_facets(ordered),
            encoded_share=self._store.encoded_share() if self._encoder else None,
            not_held=self._not_held(query),
            seconds=time.perf_counter() - began,
        )

    def document(self, document_id: str) -> StoredDocument | None:
        """A whole document, or None."""
        return self._store.document(document_id)

    def copies(self, document: StoredDocument) -> list[StoredDocument]:
        """The other documents that say the same, in the order of their ids."""
        group = document.meta.get("group")
        if self._store.keywords.copies(group) == 0:
            return []
        same = self._store.keywords.documents(self._store.keywords.term("group", str(group)))
        return sorted((d for d in same if d.id != document.id), key=lambda d: d.id)

    def marks(self, text: str, query: str) -> tuple[tuple[int, int], ...]:
        """Where the words of `query` stand in `text`, as code points."""
        return mark(text, self._store.segmenter.words(query))

    def passage_id(self, law: str, article: str) -> str | None:
        """The id of an article in the newest version of a law that has it; None where none is here."""
        found = self._articles(law, article)
        return found[0].id if found else None

    def values(self, field: str, prefix: str) -> list[str]:
        """The values of a text field in the index that begin with `prefix`."""
        return self._store.keywords.values(field, prefix)

    def versions(self, law: str) -> tuple[Version, ...]:
        """The versions of a law (a key of `law_names.law_key`), newest first."""
        return self._store.versions().get(law, ())

    def history(self, law: str) -> History:
        """The wordings of a law over time, and what ended it."""
        return self._store.history(law)

    def citing(self, law: str, article: str, kind: Kind, limit: int = 50) -> CitedBy:
        """The passages of a kind that cite an article in force, by whatever number it bore on their day."""
        return self._graph.citing(law, article, kind, limit)

    def resolve(self, law: str, article: str, citing: Citing) -> Resolution:
        """Where a citation of an article leads in the edition in force; see `Crosswalk.resolve`."""
        return self._graph.resolve(law, article, citing)

    def _not_held(self, query: Query) -> tuple[Citation, ...]:
        """The first citation of each article that is not here."""
        cited: dict[tuple[str, str], Citation] = {}
        for citation in query.citations:
            cited.setdefault((citation.law, citation.article), citation)
        return tuple(c for c in cited.values() if self.passage_id(c.law, c.article) is None)

    def _find(self, query: Query, filters: Filters | None) -> list[Document]:
        named = self._named(query, filters)
        inputs: dict[str, Any] = {
            "keyword": {"query": query.text, "filters": filters},
            "prior": {"query": query.text},
        }
        if self._encoder is not None:
            inputs |= {"encoder": {"query": query.text}, "vector": {"filters": filters}}
        found: list[Document] = self._pipeline.run(inputs)["prior"]["documents"]
        known = {document.id for document in named}
        return named + [document for document in found if document.id not in known]

    def _named(self, query: Query, filters: Filters | None) -> list[Document]:
        """What the query names outright: cited articles, newest version first, and cases by their number."""
        named = [d for c in query.citations for d in self._articles(c.law, c.article, filters)]
        for number in query.case_numbers:
            condition = {"field": "meta.case_number", "operator": "==", "value": number}
            passages = sorted(
                self._store.passages(_all_of(condition, filters)), key=lambda p: p.meta["start"]
            )
            named += [scored(passage, _REFERENCE_SCORE) for passage in passages]
        return list({document.id: document for document in named}.values())

    def _articles(self, law: str, article: str, filters: Filters | None = None) -> list[Document]:
        conditions = [
            {"field": "meta.law", "operator": "==", "value": law},
            {"field": "meta.article", "operator": "==", "value": article},
        ]
        order = {version.document_id: place for place, version in enumerate(self.versions(law))}
        superseded = self._store.superseded()
        found = [
            scored(
                replace(
                    passage, meta={**passage.meta, "superseded": passage.meta["document_id"] in superseded}
                ),
                _REFERENCE_SCORE,
            )
            for passage in self._store.passages(_all_of(*conditions, filters))
        ]
        return sorted(found, key=lambda d: (order.get(d.meta["document_id"], len(order)), d.meta["start"]))


def _filters(choices: Choices) -> Filters | None:
    unknown = [name for name in choices if name not in TEXT_FIELDS and name not in NUMBER_FIELDS]
    if unknown:
        raise ValueError(f"no such field: {unknown[0]}")
    return _all_of(
        *(
            {"field": f"meta.{name}", "operator": "in", "value": list(values)}
            for name, values in choices.items()
            if values
        )
    )


def _all_of(*conditions: Filters | None) -> Filters | None:
    given = [condition for condition in conditions if condition]
    if len(given) <= 1:
        return given[0] if given else None
    return {"operator": "AND", "conditions": given}


def _one_each(found: list[Document]) -> list[Document]:
    """Of a case, and of an article in parts, only the best passage; of a law every article stays.

    Documents that say the same count as one.
    """
    best: dict[str, Document] = {}
    for document in found:
        meta = document.meta
        own = meta.get("document_id", document.id)
        place = meta.get("group", own)
        if meta.get("kind") != "precedent":
            place += whole_id(document.id).removeprefix(own)
        best.setdefault(place, document)
    return list(best.values())


def _sorted(found: list[Document], sort: Sort) -> list[Document]:
    """`found` is in the order of relevance, which also decides between equals of the other orders."""
    if sort == "newest":
        return sorted(found, key=lambda document: -document.meta.get("day", 0))
    if sort == "authority":
        ranks = {level: rank for rank, level in enumerate((*AUTHORITY_LEVELS, *LEVELS))}
        return sorted(
            found,
            key=lambda d: ranks.get(
                d.meta.get("authority_level") or d.meta.get("court_level", ""), len(ranks)
            ),
        )
    return found


def _facets(found: list[Document]) -> dict[str, tuple[tuple[str | int, int], ...]]:
    facets = {}
    for name in FACETS:
        counts = Counter(document.meta[name] for document in found if name in document.meta)
        facets[name] = tuple(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))
    return facets


def _hit(document: Document, rank: int, words: Sequence[str], copies: int) -> Hit:
    meta = document.meta
    label = meta.get("label", "")
    title = meta.get("title", "")
    return Hit(
        rank=rank,
        id=document.id,
        document_id=meta.get("document_id", document.id),
        title=f"{title} {label}" if "article" in meta else title,
        snippet=snippet(document.content or "", words),
        score=round(document.score or 0.0, 6),
        keyword_rank=meta.get("keyword_rank"),
        vector_rank=meta.get("vector_rank"),
        superseded=bool(meta.get("superseded")),
        copies=copies,
        meta=meta,
    )
