"""How many hits there are, in all and with each value of a field."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.findings import Finding
from search.passage import FACETS

Counts = tuple[tuple[str | int, int], ...]
Facets = frozenset[tuple[str, str | int]]  # fields with their values


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of hits, and for each field of FACETS how many have each value.

    A hit has a value where one of its passages that were found has it: so many are found once it is chosen.
    `whole` is whether all that match were counted, and not only the best of them.
    """

    total: int
    values: Mapping[str, Counter[str | int]]
    whole: bool = True

    def counts(self, field: str) -> Counts:
        """The values of a field with their counts, most first, equals in order of value."""
        return _ordered(self.values.get(field, {}))

    def plus(self, other: "Tally") -> "Tally":
        """Both together, where no hit is in both."""
        values = {field: counts + other.values[field] for field, counts in self.values.items()}
        return Tally(self.total + other.total, values, self.whole and other.whole)


def tally_of(found: Iterable[Finding], whole: bool = True) -> Tally:
    """The hits that show what was found."""
    return tally(((one.hit, one.about.facets) for one in found), whole)


def tally(found: Iterable[tuple[Hashable, Facets]], whole: bool = True) -> Tally:
    """The hits in `found`, each with values that it has; a hit may come several times."""
    hits: dict[Hashable, Facets] = {}
    for hit, facets in found:
        known = hits.setdefault(hit, facets)
        if known is not facets:
            hits[hit] = known | facets
    values: dict[str, Counter[str | int]] = {field: Counter() for field in FACETS}
    for facets, count in Counter(hits.values()).items():
        for field, value in facets:
            values[field][value] += count
    return Tally(len(hits), values, whole)


def with_siblings(chosen: Sequence[str | int], shown: Counts, without: Counts) -> Counts:
    """The counts of a field of which values are `chosen`, so that others can be chosen beside them.

    A chosen value counts the hits that are `shown`, nothing where there are none; another one those that it
    has `without` the choice.
    """
    kept = {value: dict(shown).get(value, 0) for value in chosen}
    return _ordered(dict(without) | kept)


def _ordered(counts: Mapping[str | int, int]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))
