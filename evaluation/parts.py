"""A test collection by parts of the search: what each retriever, the legal prior and the ranker add."""

from collections.abc import Callable, Mapping

from haystack import Document

from evaluation.measures import Run
from legal.errors import QueryError
from search.citation_graph import CitationGraph
from search.components import Fusion, KeywordRetriever, LegalPrior, VectorRetriever
from search.document_store import LvzhiDocumentStore
from search.learned_ranker import LearnedRanker
from search.passage import whole_id
from search.protocols import Encoder, Vectors
from search.query_filters import Held
from search.remembered import RememberedRetriever
from search.store import EmbeddedStore
from search.synonyms import read_synonyms
from search.understanding import Understanding, Understood
from search.versions import today

DEPTH = 100

Found = list[Document]


def runs_by_parts(
    store: EmbeddedStore,
    encoder: Encoder | None,
    queries: Mapping[str, str],
    progress: Callable[[int], None],
) -> dict[str, Run]:
    """A run for each arrangement of the parts, by its name; `progress` is told how many queries are done."""
    parts = _Parts(store, encoder)
    runs: dict[str, Run] = {}
    for number, (query_id, text) in enumerate(queries.items(), start=1):
        for name, documents in parts.found(text).items():
            runs.setdefault(name, {})[query_id] = _ranked(documents)
        progress(number)
    return runs


class _Parts:
    """The components of search over one index, to be put together in several ways."""

    def __init__(self, store: EmbeddedStore, encoder: Encoder | None) -> None:
        documents = LvzhiDocumentStore.over(store)
        self._understanding = Understanding(Held(store, CitationGraph(store)), read_synonyms())
        self._keyword, self._vector = KeywordRetriever(documents), VectorRetriever(documents)
        self._prior, self._ranker = LegalPrior(documents), LearnedRanker(documents)
        self._remembered = RememberedRetriever(documents)
        self._encoder = encoder

    def found(self, text: str) -> dict[str, Found]:
        """What each arrangement finds, best first; nothing for a text that search refuses."""
        try:
            understood = self._understanding.of(text, today())
        except QueryError:
            return {}
        words = understood.query.words
        plain = self._by_keywords(understood, [])
        keyword = self._by_keywords(understood, understood.added_words)
        found = {
            "关键词，不加同义词": plain,
            "关键词": keyword,
            "关键词＋法律优先": self._weighed(words, keyword),
        }
        return found | self._with_vectors(words, understood, keyword)

    def _with_vectors(self, words: str, understood: Understood, keyword: Found) -> dict[str, Found]:
        if self._encoder is None:
            return {}
        vector = self._encoder.encode_query(words)
        near = self._vector.run(vector, understood.conditions)
        lists = {"keyword": keyword, "vector": near["documents"], "share": near["share"]}
        fused = Fusion().run(**lists)["documents"]
        weighed = self._weighed(words, fused)
        known = self._remembered.run(vector, understood.conditions)["documents"]
        wider = self._weighed(words, Fusion().run(**lists, remembered=known)["documents"])
        return {
            "语义": near["documents"],
            "语义＋法律优先": self._weighed(words, near["documents"]),
            "两者融合": fused,
            "两者融合＋法律优先": weighed,
            "两者融合＋法律优先＋学习排序": self._ranked(words, weighed, vector),
            "两者融合＋以往问答＋法律优先＋学习排序": self._ranked(words, wider, vector),
        }

    def _by_keywords(self, understood: Understood, added: list[str]) -> Found:
        found: Found = self._keyword.run(understood.query.words, understood.conditions, added)["documents"]
        return found

    def _ranked(self, words: str, documents: Found, vector: Vectors) -> Found:
        ranked: Found = self._ranker.run(documents=documents, query=words, vector=vector)["documents"]
        return ranked

    def _weighed(self, words: str, documents: Found) -> Found:
        weighed: Found = self._prior.run(documents=documents, query=words)["documents"]
        return weighed


def _ranked(documents: Found) -> dict[str, float]:
    """The first `DEPTH` articles by rank; an article in parts counts at its best part."""
    ranks: dict[str, float] = {}
    for document in documents:
        ranks.setdefault(whole_id(document.id), 1.0 / (len(ranks) + 1))
    return dict(list(ranks.items())[:DEPTH])
