"""Runs a test collection over an index, as the portal would search it."""

from collections.abc import Callable
from dataclasses import dataclass

from evaluation.collection import Collection
from evaluation.measures import Run, measure
from legal.errors import QueryError
from search.passage import whole_id
from search.service import Hit, SearchRequest, SearchService

DEPTH = 100  # hits a query


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`values` by the measure's name; `refused` are the ids of queries that search did not take."""

    values: dict[str, float]
    queries: int
    refused: tuple[str, ...]


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
    return Evaluation(measure(collection.qrels, run), len(collection.queries), tuple(refused))


def _stands_for(search: SearchService, hit: Hit) -> list[str]:
    """The documents that a hit shows: its own, and those that say the same, which judgments may name too."""
    document = search.document(hit.document_id) if hit.copies else None
    copies = search.copies(document) if document else []
    return [hit.document_id, *(copy.id for copy in copies)]
