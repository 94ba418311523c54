"""What a typed query means in an index: slips set right, words added, conditions on its courts and texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from legal.errors import QueryError
from legal.versions import Version
from search.filters import Filters
from search.query import Query, parse_query, without_halves
from search.query_filters import Held, conditions_of
from search.query_names import Correction, LawNames
from search.synonyms import Added, Synonyms


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it is searched for: its text with the corrections made, and the conditions as filters."""

    query: Query
    corrections: tuple[Correction, ...]
    added: tuple[Added, ...]
    conditions: Filters | None

    @property
    def added_words(self) -> list[str]:
        """All that is added, each once."""
        return list(dict.fromkeys(word for added in self.added for word in added.legal))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, on which day; what a hit must contain beside; the words to be marked."""

    understood: Understood
    day: date
    within: Filters | None
    words: Sequence[str]

    @property
    def query(self) -> Query:
        return self.understood.query


class Understanding:
    """Understands queries over one index."""

    def __init__(self, held: Held, synonyms: Synonyms) -> None:
        self._held = held
        self._synonyms = synonyms
        self._known: tuple[Mapping[str, Sequence[Version]], LawNames] | None = None

    def of(self, text: str, day: date) -> Understood:
        """The query in `text`; `day` is that by which norms are judged. Raises QueryError."""
        corrected, corrections = self._names().corrected(without_halves(text))
        query = parse_query(corrected)
        added = self._synonyms.added(query.words)
        return Understood(query, corrections, added, conditions_of(query, self._held, day))

    def _names(self) -> LawNames:
        """Of the laws in the index as it is now."""
        laws = self._held.store.versions()
        known = self._known
        if known is None or known[0] is not laws:
            known = laws, LawNames(laws)
            self._known = known
        return known[1]


def searched_words(text: str) -> str:
    """The words of a query without its signs and conditions; the text itself where it is no query."""
    try:
        return parse_query(text).words
    except QueryError:
        return text
