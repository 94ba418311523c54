"""How many hits a search has, in all and by facet: exactly, although only the best can be paged to."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial

from search.components import POOL
from search.document_store import Found
from search.facets import Counts, Tally, tally_of, with_siblings
from search.failures import CALLERS, log_failure
from search.filters import Choices
from search.hit_counts import HitCounts, Matching
from search.keyword_index import Terms
from search.listing import one_each
from search.passage import FACETS
from search.protocols import Vectors
from search.query import Query
from search.references import named_by
from search.retrieval import Retrieval, Retrieved, Wanted
from search.store import EmbeddedStore

Begun = Future[Matching | None]  # what the index is counting in another thread


@dataclass(frozen=True, slots=True)
class Counted:
    """`total` hits; for each of FACETS its values with how many hits have them, most first.

    What matches is what has a word or a character pair of the query, what is among the POOL nearest by
    meaning, and what the query names, all under the filters; without words, all under the filters. `exact`
    is False where conditions on the text had to be decided for more than `hit_counts.MOST_DECIDED` passages:
    then these, the best, were counted. `failed` says that nothing could be counted but what was found.
    """

    total: int
    facets: Mapping[str, Counts]
    exact: bool
    failed: bool = False


class Counting:
    """Counts for one index."""

    def __init__(self, store: EmbeddedStore, retrieval: Retrieval, beside: Executor) -> None:
        self._store = store
        self._retrieval = retrieval
        self._beside = beside
        self._hits = HitCounts(store)

    def begin(self, wanted: Wanted) -> Begun:
        """Has the index count what matches, while others look for the best of it."""
        return self._beside.submit(self._hits.matching, self._terms(wanted), wanted.filters, FACETS)

    def of(
        self,
        query: Query,
        wanted: Callable[[Choices], Wanted],
        choices: Choices,
        found: Retrieved,
        begun: Begun,
    ) -> Counted:
        """The counts for what was `found` under `choices`, what the query names among it.

        `begun` is what `begin` gave for the same. Of a field with chosen values the others count what there
        is without that choice; `wanted` says what is searched for under other choices.
        """
        try:
            tally = self._tally(wanted(choices), found.documents, begun.result)
            facets = {name: tally.counts(name) for name in FACETS}
            exact = tally.whole
            for name in FACETS:
                if chosen := choices.get(name):
                    other = wanted({field: values for field, values in choices.items() if field != name})
                    without = self._without(query, other, name, found.vector)
                    facets[name] = with_siblings(chosen, facets[name], without.counts(name))
                    exact = exact and without.whole
        except CALLERS:
            raise
        except Exception as error:
            log_failure("counting", error)
            return Counted(len(one_each(found.documents.scored)), {}, exact=False, failed=True)
        return Counted(tally.total, facets, exact)

    def _without(self, query: Query, other: Wanted, name: str, vector: Vectors | None) -> Tally:
        """The values of one field among what is searched for without a choice of it."""
        candidates = self._retrieval.candidates(other, vector).scored if other.text else ()
        named = Found.of(named_by(query, other.filters, self._store, other.day)).scored
        return self._tally(other, Found((*candidates, *named)), partial(self._matching, other, (name,)))

    def _matching(self, wanted: Wanted, fields: Sequence[str]) -> Matching | None:
        return self._hits.matching(self._terms(wanted), wanted.filters, fields)

    def _tally(self, wanted: Wanted, found: Found, matching: Callable[[], Matching | None]) -> Tally:
        by_keyword = sum("keyword_rank" in one.notes for one in found.scored)
        if wanted.text and by_keyword < POOL:  # all that there are
            return tally_of(one.finding for one in found.scored)
        known = [one.finding for one in found.scored if wanted.text and "keyword_rank" not in one.notes]
        matched = matching()
        if matched is None:
            return self._hits.one_by_one(self._terms(wanted), wanted.filters, known)
        return self._hits.with_known(matched, known)

    def _terms(self, wanted: Wanted) -> Terms | None:
        if not wanted.text:
            return None
        return self._store.terms(wanted.text, tuple(wanted.added))
