"""Runs a test collection over an index, as the portal would search it."""

from collections.abc import Callable
from dataclasses import dataclass

from evaluation.collection import Collection
from evaluation.measures import Run, measure_each
from evaluation.significance import Interval, interval
from legal.errors import QueryError
from search.passage import whole_id
from search.service import Hit, SearchRequest, SearchService
from search.store import EmbeddedStore

DEPTH = 100  # hits a query

Values = dict[str, dict[str, float]]  # by measure and query


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`each` is by the measure's name and query; `refused` are the queries that search did not take."""

    each: Values
    refused: tuple[str, ...]

    @property
    def values(self) -> dict[str, float]:
        """The mean of each measure over all queries."""
        return {name: sum(values.values()) / len(values) for name, values in self.each.items()}


def evaluate(search: SearchService, collection: Collection, progress: Callable[[int], None]) -> Evaluation:
    """Searches for every query and measures the run; `progress` is told how many queries are done.

    Where the judgments name whole documents, so do the runs: a document counts at its best passage.
    """
    passages = any("#" in document_id for grades in collection.qrels.values() for document_id in grades)
    run: Run = {}
    refused = []
    for number, (query_id, text) in enumerate(collection.queries.items(), start=1):
        try:
            hits = search.search(SearchRequest(text, limit=DEPTH)).hits
        except QueryError:
            refused.append(query_id)
            hits = ()
        scores: dict[str, float] = {}
        for hit in hits:  # by rank: hits that the query names come first whatever they scored
            for document_id in _stands_for(search, hit):
                part = whole_id(hit.id).removeprefix(hit.document_id) if passages else ""
                scores.setdefault(document_id + part, 1.0 / hit.rank)
        run[query_id] = scores
        progress(number)
    return Evaluation(measure_each(collection.qrels, run), tuple(refused))


def in_force(collection: Collection, store: EmbeddedStore) -> list[str]:
    """The queries none of whose answers is in a superseded version."""
    old = store.superseded()
    return [
        query_id
        for query_id, grades in collection.qrels.items()
        if not any(document_id.partition("#")[0] in old for document_id in grades)
    ]


def summary(each: Values, queries: list[str] | None = None) -> dict[str, Interval]:
    """The mean of each measure with its 95 % confidence interval, over `queries` or over all."""
    chosen = {
        name: [value for query_id, value in values.items() if queries is None or query_id in queries]
        for name, values in each.items()
    }
    return {name: interval(values) for name, values in chosen.items() if values}


def _stands_for(search: SearchService, hit: Hit) -> list[str]:
    """The documents that a hit shows: its own, and those that say the same, which judgments may name too."""
    document = search.document(hit.document_id) if hit.copies else None
    copies = search.copies(document) if document else []
    return [hit.document_id, *(copy.id for copy in copies)]
