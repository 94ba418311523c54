"""How many hits a search has, in all and by facet: exactly, although only the best can be paged to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from haystack import Document

from search.components import POOL
from search.facets import Counts, Tally, tally_of, with_siblings
from search.filters import Choices
from search.hit_counts import HitCounts
from search.keyword_index import terms_of
from search.passage import FACETS
from search.protocols import Vectors
from search.query import Query
from search.references import named_by
from search.retrieval import Retrieval, Wanted
from search.store import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Counted:
    """`total` hits; for each of FACETS its values with how many hits have them, most first.

    What matches is what has a word or a character pair of the query, what is among the POOL nearest by
    meaning, and what the query names, all under the filters; without words, all under the filters. `exact`
    is False where conditions on the text had to be decided for more than `hit_counts.MOST_DECIDED` passages:
    then these, the best, were counted.
    """

    total: int
    facets: Mapping[str, Counts]
    exact: bool


class Counting:
    """Counts for one index."""

    def __init__(self, store: EmbeddedStore, retrieval: Retrieval) -> None:
        self._store = store
        self._retrieval = retrieval
        self._hits = HitCounts(store)

    def of(
        self,
        query: Query,
        wanted: Callable[[Choices], Wanted],
        choices: Choices,
        found: Sequence[Document],
        vector: Vectors | None,
    ) -> Counted:
        """The counts for what was `found` under `choices`, the documents that the query names among it.

        Of a field with chosen values the others count what there is without that choice; `wanted` says what
        is searched for under other choices.
        """
        tally = self._tally(wanted(choices), found, FACETS)
        facets = {name: tally.counts(name) for name in FACETS}
        exact = tally.whole
        for name in FACETS:
            if chosen := choices.get(name):
                other = wanted({field: values for field, values in choices.items() if field != name})
                candidates = [*self._retrieval.candidates(other, vector)] if other.text else []
                candidates += named_by(query, other.filters, self._store, other.day)
                without = self._tally(other, candidates, (name,))
                facets[name] = with_siblings(chosen, facets[name], without.counts(name))
                exact = exact and without.whole
        return Counted(tally.total, facets, exact)

    def _tally(self, wanted: Wanted, found: Sequence[Document], fields: Sequence[str]) -> Tally:
        by_keyword = sum("keyword_rank" in document.meta for document in found)
        if wanted.text and by_keyword < POOL:  # all that there are
            return tally_of((document.id, document.meta) for document in found)
        if not wanted.text:
            return self._hits.matching(None, wanted.filters, (), fields)
        terms = terms_of(wanted.text, self._store.segmenter, wanted.added)
        others = [(d.id, d.meta) for d in found if "keyword_rank" not in d.meta]
        return self._hits.matching(terms, wanted.filters, others, fields)
