"""How many hits there are, in all and with each value of a field."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from search.listing import hit_of
from search.passage import FACETS, NUMBER_FIELDS

Counts = tuple[tuple[str | int, int], ...]
Mark = tuple[str, str, str | int]  # a hit, a field, a value
Found = tuple[str, Mapping[str, Any]]  # the id of a passage and its metadata
_IS_FOUND = ("", "")
_KINDS = {field: int if field in NUMBER_FIELDS else str for field in FACETS}


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


def tally_of(found: Iterable[Found], whole: bool = True) -> Tally:
    """The hits that show the passages found."""
    return tally((mark for one in found for mark in marks_of(one)), whole)


def tally(marks: Iterable[Mark], whole: bool = True) -> Tally:
    """The hits of which these are the marks; a mark may come several times."""
    counted = Counter(map(itemgetter(1, 2), set(marks)))
    total = counted.pop(_IS_FOUND, 0)
    values: dict[str, Counter[str | int]] = {field: Counter() for field in FACETS}
    for (field, value), count in counted.items():
        values[field][value] = count
    return Tally(total, values, whole)


def marks_of(one: Found) -> tuple[Mark, ...]:
    """What a passage says of the hit that shows it: that it is found, and the values that the index holds."""
    passage_id, meta = one
    hit = hit_of(passage_id, meta)
    known = [(field, meta.get(field)) for field in FACETS]
    return (hit, *_IS_FOUND), *((hit, field, v) for field, v in known if v and isinstance(v, _KINDS[field]))


def with_siblings(chosen: Sequence[str | int], shown: Counts, without: Counts) -> Counts:
    """The counts of a field of which values are `chosen`, so that others can be chosen beside them.

    A chosen value counts the hits that are `shown`, nothing where there are none; another one those that it
    has `without` the choice.
    """
    kept = {value: dict(shown).get(value, 0) for value in chosen}
    return _ordered(dict(without) | kept)


def _ordered(counts: Mapping[str | int, int]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))
