"""The public face of search: one object that the command line, the portal, the API and evaluation use."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from haystack import Document

from legal.citation import Citation
from legal.crosswalk import Citing, Resolution
from legal.versions import History, Standing, Version
from search.browsing import newest_under
from search.citation_graph import CitationGraph, CitedBy
from search.comparison import Comparison, compare_versions
from search.counting import Counting
from search.document_store import Found
from search.explanation import COUNTS_FAILED, VECTORS_FAILED, explain
from search.facets import Counts
from search.filters import Choices, all_of, filters_of
from search.highlight import Snippet, mark, snippet
from search.listing import in_order, one_each
from search.passage import Kind, StoredDocument
from search.protocols import Encoder
from search.query import Query, Sort, parse_query
from search.query_filters import Held
from search.query_names import Correction
from search.references import articles, named_by
from search.related_articles import ArticleUse, RelatedArticles
from search.related_norms import RelatedNorms, related_norms
from search.retrieval import Retrieval, Retrieved, Wanted
from search.similar_cases import SimilarCases, SimilarRequest, SimilarResult
from search.store import EmbeddedStore
from search.synonyms import Added, Synonyms, read_synonyms
from search.understanding import Asked, Understanding, searched_words
from search.versions import today
from search.within import containing

_BESIDE = 8  # threads for what the engines of a search do beside each other


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage. `id` is its own, `document_id` that of its document; `rank` counts from 1.

    `keyword_rank` and `vector_rank` tell which retriever found it where; both are None for a hit that the
    query named by citation or case number. `standing` is what a norm is on the day asked (现行有效), None
    where there is nothing to say; `superseded` says that what took its place is here, and `in_force` is
    the document with the version that applies instead. `copies` counts the other documents that say the
    same and are not shown. `explanation` says why the hit stands here.
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
    standing: str | None
    in_force: str | None
    copies: int
    explanation: tuple[str, ...]
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits. `total` and `facets` (values with counts, most first) are over all that match.

    In a field with chosen values the other values count what there is without that choice. The best
    `listed` hits can be paged to. Where not `exact` there are more hits than counted; see `Counted`. `on` is
    the day by which norms are judged. `notices` say what could not be searched. `encoded_share` is how much
    of the index has vectors (0 to 1), None where none are searched. `not_held` are the articles that the
    query cites and the index does not hold. `corrections` are the names of laws that were taken for others
    than typed; `added` are the legal words searched for beside lay ones. `seconds` is the time that it took.
    """

    query: Query
    on: date
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Counts]
    exact: bool
    listed: int
    notices: tuple[str, ...]
    encoded_share: float | None
    not_held: tuple[Citation, ...]
    corrections: tuple[Correction, ...]
    added: tuple[Added, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to search for. `choices` names for a field the values that a hit may have.

    `within` holds words that a hit must contain beside: search within results. `on` is the day by which
    norms are judged, today in China where it is None.
    """

    text: str
    choices: Choices = field(default_factory=dict)
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0
    within: str = ""
    on: date | None = None


class SearchService:
    """Searches one index, with vectors where an encoder is given."""

    def __init__(
        self, store: EmbeddedStore, encoder: Encoder | None, synonyms: Synonyms | None = None
    ) -> None:
        """`synonyms` are those that come with Lvzhi unless others are given.

        Raises IndexMismatchError where the index has vectors of another encoder.
        """
        if encoder is not None:
            store.manifest.with_encoder(encoder.name, encoder.dimension)
        self._store = store
        self._encoder = encoder
        self._graph = CitationGraph(store)
        self._similar = SimilarCases(store, encoder, self._graph)
        self._understanding = Understanding(Held(store, self._graph), synonyms or read_synonyms())
        beside = ThreadPoolExecutor(_BESIDE, "search")
        self._retrieval = Retrieval(store, encoder, beside)
        self._counting = Counting(store, self._retrieval, beside)

    def search(self, request: SearchRequest) -> SearchResult:
        """The hits for a request. Raises QueryError for a text that cannot be searched for.

        Where one retriever fails the other answers; raises SearchIndexError where none is left.
        """
        began = time.perf_counter()
        self._store.refresh_if_changed()
        asked = self._asked(request)
        wanted = self._wanted(asked, request.choices)
        begun = self._counting.begin(wanted)
        found = self._find(asked, wanted)
        counted = self._counting.of(asked.query, partial(self._wanted, asked), request.choices, found, begun)
        notices = (*found.notices, COUNTS_FAILED) if counted.failed else found.notices
        ordered = in_order(one_each(found.documents.scored), request.sort)
        page = ordered[request.offset : request.offset + request.limit]
        return SearchResult(
            query=asked.query,
            on=asked.day,
            hits=tuple(
                self._hit(one.document(), rank, asked)
                for rank, one in enumerate(page, start=request.offset + 1)
            ),
            total=counted.total,
            facets=counted.facets,
            exact=counted.exact,
            listed=len(ordered),
            notices=notices,
            encoded_share=self._encoded_share(found.notices),
            not_held=self._not_held(asked.query),
            corrections=asked.understood.corrections,
            added=asked.understood.added,
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
        return mark(text, self._store.segmenter.words(searched_words(query)))

    def passage_id(self, law: str, article: str) -> str | None:
        """The id of an article in the version in force, else in the newest that has it; None without one."""
        found = articles(self._store, (law, article), today())
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

    def in_force(self, law: str, title: str, day: date) -> str | None:
        """The document that holds the version of a law in force on `day`; of parts that with this title."""
        version = self._store.history(law).version_on(day).version
        held = version.documents if version else ()
        titles = {known.document_id: known.title for known in self.versions(law)}
        return min(held, key=lambda document_id: titles.get(document_id) != title, default=None)

    def comparison(self, one: str, other: str) -> Comparison:
        """Two versions of one law, named by their documents, article by article, whatever their order.

        Raises InputError where a document is not here or the two are no versions of one law, or parts of one.
        """
        return compare_versions(self.document(one), self.document(other), self.history)

    def citing(self, law: str, article: str, kind: Kind, limit: int = 50) -> CitedBy:
        """The passages of a kind that cite an article in force, by whatever number it bore on their day."""
        return self._graph.citing(law, article, kind, limit)

    def article_use(self, law: str, article: str) -> ArticleUse:
        """The cases that apply an article in force, and the articles that stand beside it."""
        return RelatedArticles(self._store, self._graph).use(law, article)

    def related_norms(self, document: StoredDocument) -> RelatedNorms:
        """The norms that bear on a case: what it applies, and what interprets that."""
        return related_norms(document, self._store, self._graph)

    def similar(self, request: SimilarRequest) -> SimilarResult:
        """The cases most like a given one, with how each is like it. Raises InputError without a text."""
        return self._similar.find(request)

    def resolve(self, law: str, article: str, citing: Citing) -> Resolution:
        """Where a citation of an article leads in the edition in force; see `Crosswalk.resolve`."""
        return self._graph.resolve(law, article, citing)

    def _not_held(self, query: Query) -> tuple[Citation, ...]:
        """The first citation of each article that is not here."""
        cited: dict[tuple[str, str], Citation] = {}
        for citation in query.citations:
            cited.setdefault((citation.law, citation.article), citation)
        return tuple(c for c in cited.values() if self.passage_id(c.law, c.article) is None)

    def _asked(self, request: SearchRequest) -> Asked:
        day = request.on or today()
        understood, within = self._understanding.of(request.text, day), request.within.strip()
        if within:
            within = parse_query(within).text
        words = " ".join((understood.query.words, *understood.added_words, within))
        segmenter = self._store.segmenter
        containing_filter = containing(within, segmenter) if within else None
        return Asked(understood, day, containing_filter, segmenter.words(words))

    def _find(self, asked: Asked, wanted: Wanted) -> Retrieved:
        """All that can be paged to, best first: what the query names, then what was found."""
        if not wanted.text:
            return Retrieved(newest_under(wanted.filters, self._store, asked.day), (), None)
        found = self._retrieval.find(wanted)
        named = Found.of(named_by(asked.query, wanted.filters, self._store, asked.day)).scored
        known = {one.finding.key for one in named}
        others = (one for one in found.documents.scored if one.finding.key not in known)
        return replace(found, documents=Found((*named, *others)))

    def _wanted(self, asked: Asked, choices: Choices) -> Wanted:
        understood = asked.understood
        filters = all_of(filters_of(choices), asked.within, understood.conditions)
        return Wanted(asked.query.words, understood.added_words, filters, asked.day)

    def _encoded_share(self, notices: Sequence[str]) -> float | None:
        """Of the whole index; it is read from the vectors, so not where these fail."""
        return None if self._encoder is None or VECTORS_FAILED in notices else self._store.encoded_share()

    def _hit(self, document: Document, rank: int, asked: Asked) -> Hit:
        meta = document.meta
        title = meta.get("title", "")
        return Hit(
            rank=rank,
            id=document.id,
            document_id=meta.get("document_id", document.id),
            title=f"{title} {meta.get('label', '')}" if "article" in meta else title,
            snippet=snippet(document.content or "", asked.words),
            score=round(document.score or 0.0, 6),
            keyword_rank=meta.get("keyword_rank"),
            vector_rank=meta.get("vector_rank"),
            superseded=bool(meta.get("superseded")),
            standing=meta.get("standing"),
            in_force=self._instead(meta, asked.day),
            copies=self._store.keywords.copies(meta.get("group")),
            explanation=explain(meta),
            meta=meta,
        )

    def _instead(self, meta: Mapping[str, Any], day: date) -> str | None:
        if meta.get("standing") in (None, Standing.IN_FORCE, Standing.UNKNOWN):
            return None
        return self.in_force(meta["law"], meta.get("title", ""), day)
