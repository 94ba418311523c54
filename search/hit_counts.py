"""Counting by the index the hits that match a query, however many they are.

A search shows one hit a case and one an article. The index has one record of each (see `index_records`): the
engine counts these. Hits that are known already, and documents that say the same, which are one hit together,
are looked at instead. Conditions on a passage and not on its whole hit are decided passage by passage.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

import tantivy

from search.deciding import holds
from search.facets import Facets, Tally, tally, tally_of
from search.filters import Condition, Filters, compile_filters
from search.findings import Finding, Findings
from search.index_records import ALL_PAIRS, ALL_WORDS, FACET_COLUMNS, HIT, SEPARATOR
from search.keyword_index import KeywordIndex, Terms
from search.passage import FACETS, NUMBER_FIELDS
from search.store import EmbeddedStore

MOST_DECIDED = 10_000  # passages that are looked at one by one for a count: a tenth of a second
_MOST = 20_000  # values of a column; the engine counts 65,000 at once
# What all passages of a hit have alike, so that the record of the hit decides it.
_OF_HITS = frozenset((*FACETS, "kind", "document_id", "law", "article", "case_number", "day", "law_day"))
_MUST, _NOT, _SHOULD = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should


@dataclass(frozen=True, slots=True)
class Matching:
    """The hits that match a query: all but copies counted by the engine, each copy with its values."""

    query: tantivy.Query
    copied: "_Copied"
    counted: Tally
    copies: Sequence[tuple[Hashable, Facets]]


class HitCounts:
    """Counts the hits of one index."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._copied: _Copied | None = None

    def matching(
        self, terms: Terms | None, filters: Filters | None, fields: Sequence[str] = FACETS
    ) -> Matching | None:
        """The hits that have one of the terms, with the values of `fields`; without terms, all hits.

        None where conditions on the text have to be decided passage by passage. Raises FilterError for
        filters that are none.
        """
        condition = compile_filters(filters, self._store.keywords)
        if not _of_hits(condition):
            return None
        copied = self._copied_in(self._store.keywords.findings_now)
        query = self._query(terms, condition)
        left = copied.without(query)
        return Matching(query, copied, _aggregated(copied.searcher, left, fields), copied.among(query))

    def with_known(self, matching: Matching, known: Sequence[Finding]) -> Tally:
        """The hits that match and those that are `known` beside: these are counted once."""
        keys, copied = sorted({one.hit_key for one in known}), matching.copied
        counted = copied.keys_among(matching.query, keys) if keys else frozenset()
        further = [
            (one.hit, one.about.facets)
            for one in known
            if one.hit_key not in counted or one.about.shown in copied.groups
        ]
        return matching.counted.plus(tally(chain(matching.copies, further)))

    def one_by_one(self, terms: Terms | None, filters: Filters | None, known: Sequence[Finding]) -> Tally:
        """The same where conditions on the text decide: by looking at passages, the best MOST_DECIDED."""
        index = self._store.keywords
        condition = compile_filters(filters, index)
        if terms is None:
            found = [Finding.of(passage) for passage in index.newest(condition.where, MOST_DECIDED)]
        else:
            found = [one for _, one in index.search(terms, condition.where, MOST_DECIDED)]
        left = [one for one in found if holds(condition, one.passage())]
        return tally_of([*known, *left], whole=len(found) < MOST_DECIDED)

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

    def _copied_in(self, findings: Findings) -> "_Copied":
        known = self._copied  # looked at once: another thread may replace it meanwhile
        if known is None or known.searcher is not findings.searcher:
            known = self._copied = _Copied(self._store.keywords, findings)
        return known


class _Copied:
    """The hits of documents of which another says the same; what was read of them stays until a refresh."""

    def __init__(self, index: KeywordIndex, findings: Findings) -> None:
        self.searcher = findings.searcher
        self._index, self._findings = index, findings
        documents = index.term("record", "document")
        counted = self.searcher.terms_with_prefix("group", "", documents)
        self.groups = {group: None for group, count in counted if count > 1}
        self._where = index.one_of("group", list(self.groups))
        self._read: dict[tuple[int, int], tuple[Hashable, Facets]] = {}

    def without(self, query: tantivy.Query) -> tantivy.Query:
        """What matches and is not among these."""
        return tantivy.Query.boolean_query([(_MUST, query), (_NOT, self._where)]) if self.groups else query

    def among(self, query: tantivy.Query) -> list[tuple[Hashable, Facets]]:
        """Those that match, with their values."""
        if not self.groups:
            return []
        addresses = self._addresses(query, self._where)
        places = [(address.segment_ord, address.doc) for address in addresses]
        known = self._read
        new = [address for address, place in zip(addresses, places, strict=True) if place not in known]
        for address, one in zip(new, self._findings.at(new), strict=True):
            known[address.segment_ord, address.doc] = one.hit, one.about.facets
        return [known[place] for place in places]

    def keys_among(self, query: tantivy.Query, keys: Sequence[int]) -> frozenset[int]:
        """Those of the hits with these keys that match."""
        addresses = self._addresses(query, self._index.one_of("hit_key", keys))
        return frozenset(
            k for k in self.searcher.fast_field_values("hit_key", addresses) if isinstance(k, int)
        )

    def _addresses(self, query: tantivy.Query, where: tantivy.Query) -> list[tantivy.DocAddress]:
        both = tantivy.Query.boolean_query([(_MUST, query), (_MUST, where)])
        return [
            address for _, address in self.searcher.search(both, self.searcher.num_docs, count=False).hits
        ]


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


def _of_hits(condition: Condition) -> bool:
    """Whether the record of a hit decides the condition."""
    return condition.whole and all(_names(part) <= _OF_HITS for part in condition.decided)


def _names(part: Filters) -> set[str]:
    """The fields that a filter asks for."""
    if "field" in part:
        return {str(part["field"]).removeprefix("meta.")}
    return {name for inner in part["conditions"] for name in _names(inner)}
