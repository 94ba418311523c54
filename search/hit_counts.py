"""Counting by the index the hits that match a query, however many they are.

A search shows one hit a case and one an article. The index has one record of each (see `index_records`): the
engine counts these. Hits that are known already, and documents that say the same, which are one hit together,
are looked at instead. Conditions on a passage and not on its whole hit are decided passage by passage.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import tantivy

from search.facets import Found, Mark, Tally, marks_of, tally, tally_of
from search.filters import Condition, Filters, compile_filters
from search.index_records import ALL_PAIRS, ALL_WORDS, FACET_COLUMNS, HIT, SEPARATOR
from search.keyword_index import Terms, read_payload
from search.passage import FACETS, NUMBER_FIELDS, whole_id
from search.store import EmbeddedStore, holds

MOST_DECIDED = 10_000  # passages that are looked at one by one for a count: a tenth of a second
_MOST = 20_000  # values of a column; the engine counts 65,000 at once
# What all passages of a hit have alike, so that the record of the hit decides it.
_OF_HITS = frozenset((*FACETS, "kind", "document_id", "law", "article", "case_number", "day", "law_day"))
_MUST, _NOT, _SHOULD = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should


class HitCounts:
    """Counts the hits of one index."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._copied: _Copied | None = None

    def matching(
        self,
        terms: Terms | None,
        filters: Filters | None,
        known: Sequence[Found],
        fields: Sequence[str] = FACETS,
    ) -> Tally:
        """The hits that have one of the terms, and those that are `known`, which meet the filters too.

        Of `fields` the values are counted. Without terms, all hits under the filters. Raises FilterError for
        filters that are none.
        """
        condition = compile_filters(filters, self._store.keywords)
        if not condition.whole or not all(_names(part) <= _OF_HITS for part in condition.decided):
            return self._one_by_one(terms, condition, known)
        copied = self._copied_in(self._store.keywords.searcher)
        query = self._query(terms, condition)
        looked_at = tally(chain(copied.among(query), *map(marks_of, known)))
        left = tantivy.Query.boolean_query(
            [(_MUST, query), *((_NOT, part) for part in self._apart(known, copied))]
        )
        return _aggregated(copied.searcher, left, fields).plus(looked_at)

    def _query(self, terms: Terms | None, condition: Condition) -> tantivy.Query:
        index = self._store.keywords
        if terms is None:
            query = index.term(HIT, 1)
        else:
            told = index.informative(terms)
            added = terms.added or Terms((), ())
            words = [index.term(ALL_WORDS, word) for word in (*told.words, *added.words)]
            pairs = [index.term(ALL_PAIRS, pair) for pair in (*told.pairs, *added.pairs)]
            query = tantivy.Query.boolean_query([(_SHOULD, term) for term in words + pairs])
        query = tantivy.Query.const_score_query(query, 0.0)
        return index.all_of((query, condition.where)) if condition.where is not None else query

    def _apart(self, known: Sequence[Found], copied: "_Copied") -> Iterator[tantivy.Query]:
        """The records of the hits that are counted otherwise."""
        ids = {
            name
            for passage_id, meta in known
            for name in (meta.get("document_id"), whole_id(passage_id))
            if name
        }
        if ids:
            yield self._store.keywords.one_of("id", sorted(ids))
        if copied.groups:
            yield copied.where

    def _copied_in(self, searcher: tantivy.Searcher) -> "_Copied":
        known = self._copied  # looked at once: another thread may replace it meanwhile
        if known is None or known.searcher is not searcher:
            known = self._copied = _Copied(self._store, searcher)
        return known

    def _one_by_one(self, terms: Terms | None, condition: Condition, known: Sequence[Found]) -> Tally:
        index = self._store.keywords
        if terms is None:
            found = list(index.newest(condition.where, MOST_DECIDED))
        else:
            found = [passage for _, passage in index.search(terms, condition.where, MOST_DECIDED)]
        left = [(passage.id, passage.meta) for passage in found if holds(condition, passage)]
        return tally_of([*known, *left], whole=len(found) < MOST_DECIDED)


class _Copied:
    """The hits of documents of which another says the same; what was read of them stays until a refresh."""

    def __init__(self, store: EmbeddedStore, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        documents = store.keywords.term("record", "document")
        counted = searcher.terms_with_prefix("group", "", documents)
        self.groups = [group for group, count in counted if count > 1]
        self.where = store.keywords.one_of("group", self.groups)
        self._read: dict[tuple[int, int], tuple[Mark, ...]] = {}

    def among(self, query: tantivy.Query) -> set[Mark]:
        """The marks of those that match."""
        marks = set[Mark]()
        if self.groups:
            both = tantivy.Query.boolean_query([(_MUST, query), (_MUST, self.where)])
            for _, address in self.searcher.search(both, self.searcher.num_docs, count=False).hits:
                marks.update(self._marks(address))
        return marks

    def _marks(self, address: tantivy.DocAddress) -> tuple[Mark, ...]:
        place = address.segment_ord, address.doc
        known = self._read.get(place)
        if known is None:
            stored = read_payload(self.searcher, address)
            known = self._read[place] = marks_of((stored["id"], stored["meta"]))
        return known


def _aggregated(searcher: tantivy.Searcher, query: tantivy.Query, fields: Sequence[str]) -> Tally:
    """What the engine counts of the records that stand for hits: every one is in each of the columns."""
    columns = {c: names for c, names in FACET_COLUMNS.items() if not set(names).isdisjoint(fields)}
    wanted = {c: {"terms": {"field": c, "size": _MOST, "segment_size": _MOST}} for c in columns}
    found = searcher.aggregate(query, wanted)
    values: dict[str, Counter[str | int]] = {field: Counter() for field in fields}
    total, others = 0, 0
    for column, names in columns.items():
        total = left = found[column]["sum_other_doc_count"]
        others += left
        for bucket in found[column]["buckets"]:
            total += bucket["doc_count"]
            for name, value in zip(names, bucket["key"].split(SEPARATOR), strict=False):
                if value and name in values:
                    values[name][int(value) if name in NUMBER_FIELDS else value] += bucket["doc_count"]
    return Tally(total, values, whole=not others)


def _names(part: Filters) -> set[str]:
    """The fields that a filter asks for."""
    if "field" in part:
        return {str(part["field"]).removeprefix("meta.")}
    return {name for inner in part["conditions"] for name in _names(inner)}
