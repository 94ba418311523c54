"""What a query names outright: cited articles, and cases by their number. They answer first."""

from dataclasses import replace
from datetime import date

from haystack import Document

from legal.versions import Standing
from search.components import weight
from search.document_store import scored
from search.filters import Filters, all_of
from search.passage import Passage
from search.query import Query
from search.store import EmbeddedStore

_SCORE = 2.0  # above every fused score, which is at most 1


def named_by(query: Query, filters: Filters | None, store: EmbeddedStore, day: date) -> list[Document]:
    """The cited articles in the order of the query, each as `articles` has it; then the cases named."""
    named = [
        passage for c in query.citations for passage in articles(store, (c.law, c.article), day, filters)
    ]
    for number in query.case_numbers:
        condition = {"field": "meta.case_number", "operator": "==", "value": number}
        found = store.passages(all_of(condition, filters))
        named += sorted(found, key=lambda p: (p.meta["start"], p.id))
    return [_first(passage, query.text, store, day) for passage in {p.id: p for p in named}.values()]


def articles(
    store: EmbeddedStore, named: tuple[str, str], day: date, filters: Filters | None = None
) -> list[Passage]:
    """The passages of an article (law, label): what is in force on `day` first, then the newest."""
    law, article = named
    conditions = [
        {"field": "meta.law", "operator": "==", "value": law},
        {"field": "meta.article", "operator": "==", "value": article},
    ]
    places = {version.document_id: place for place, version in enumerate(store.versions().get(law, ()))}

    def place(passage: Passage) -> tuple[bool, int, int, str]:
        own = passage.meta["document_id"]
        status = store.status(law, own, day)
        other = status is not None and status.standing not in (Standing.IN_FORCE, Standing.UNKNOWN)
        return other, places.get(own, len(places)), passage.meta["start"], passage.id

    return sorted(store.passages(all_of(*conditions, filters)), key=place)


def _first(passage: Passage, query: str, store: EmbeddedStore, day: date) -> Document:
    """The document of what is named: no prior lowers it, but what a norm is on the day is told."""
    noted = weight(passage.meta, query, store, day)
    standing = noted.get("standing")
    meta = {**passage.meta, **noted, "reasons": [standing] if standing else []}
    return scored(replace(passage, meta=meta), _SCORE)
