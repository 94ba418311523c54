"""Haystack's filters as conditions of the keyword index, as far as the index can decide them.

What it cannot (a field that it does not hold, a comparison of dates) is left over and decided on the
documents by Haystack's own function, so that every filter means here what it means everywhere in Haystack.
What a passage says literally (`wording`) is a filter of our own, decided on the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from search.index_records import FIELD_WEIGHTS
from search.keyword_index import KeywordIndex, Where
from search.passage import LIST_FIELDS, NUMBER_FIELDS, TEXT_FIELDS
from search.wording import is_wording, narrowed

Filters = dict[str, Any]
Choices = Mapping[str, Sequence[str | int]]  # for a field the values that a hit may have
_MUST, _NOT, _SHOULD = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter in three parts that all must hold: `where` for the index, the others for the passages found.

    `rest` is Haystack's to decide, `wording` is decided by `wording.meets`. `decided` are the filters that
    made `where`: two conditions with the same let the index find the same passages.
    """

    where: Where
    rest: Filters | None
    wording: tuple[Filters, ...] = ()
    decided: tuple[Filters, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the index decides all of it."""
        return self.rest is None and not self.wording


def compile_filters(filters: Filters | None, index: KeywordIndex) -> Condition:
    """The parts of `filters`. Malformed filters stay in `rest`, whose evaluation raises FilterError."""
    if not filters:
        return Condition(None, None)
    parts = list(_conjuncts(filters))
    queries, rest, wording, decided = [], [], [], []
    for part in parts:
        if is_wording(part):
            wording.append(part)
            query = narrowed(part, index)
        else:
            query = _translate(part, index)
            rest += [part] if query is None else []
        if query is not None:
            queries.append(query)
            decided.append(part)
    where = tantivy.Query.boolean_query([(_MUST, query) for query in queries]) if queries else None
    left = None
    if rest:
        left = filters if parts == [filters] else {"operator": "AND", "conditions": rest}
    return Condition(where, left, tuple(wording), tuple(decided))


def all_of(*conditions: Filters | None) -> Filters | None:
    """The filter that all of these hold, of which those that are None or empty ask for nothing."""
    given = [condition for condition in conditions if condition]
    if len(given) <= 1:
        return given[0] if given else None
    return {"operator": "AND", "conditions": given}


def filters_of(choices: Choices) -> Filters | None:
    """The filter for the values chosen of some fields. Raises ValueError for a field that there is not."""
    unknown = [name for name in choices if name not in TEXT_FIELDS and name not in NUMBER_FIELDS]
    if unknown:
        raise ValueError(f"no such field: {unknown[0]}")
    return all_of(
        *(
            {"field": f"meta.{name}", "operator": "in", "value": list(values)}
            for name, values in choices.items()
            if values
        )
    )


def _conjuncts(filters: Filters) -> Iterator[Filters]:
    """The filters that all must hold, those inside other ANDs too."""
    conditions = filters.get("conditions")
    if filters.get("operator") == "AND" and "field" not in filters and isinstance(conditions, list):
        for condition in conditions:
            yield from _conjuncts(condition)
    else:
        yield filters


def _translate(part: Filters, index: KeywordIndex) -> tantivy.Query | None:
    if "field" in part:
        return _comparison(part, index)
    conditions = part.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        return None
    queries = [_translate(condition, index) for condition in conditions]
    if any(query is None for query in queries):
        return None
    known = [query for query in queries if query is not None]
    match part.get("operator"):
        case "AND":
            return tantivy.Query.boolean_query([(_MUST, query) for query in known])
        case "OR":
            return tantivy.Query.boolean_query([(_SHOULD, query) for query in known])
        case "NOT":
            return _without(tantivy.Query.boolean_query([(_MUST, query) for query in known]))
        case _:
            return None


def _comparison(part: Filters, index: KeywordIndex) -> tantivy.Query | None:
    field = str(part["field"]).removeprefix("meta.")
    operator = part.get("operator")
    value: Any = part.get("value")
    if field in NUMBER_FIELDS and _is(value, int):
        match operator:
            case ">":
                return index.between(field, value + 1, None)
            case ">=":
                return index.between(field, value, None)
            case "<":
                return index.between(field, None, value - 1)
            case "<=":
                return index.between(field, None, value)
    if field in FIELD_WEIGHTS and isinstance(value, str) and operator == "==":
        return index.term(field, value)  # that this word, or this pair of characters, is in the field
    kind = str if field in TEXT_FIELDS + LIST_FIELDS else int if field in NUMBER_FIELDS else None
    if kind is None:
        return None
    if _is(value, kind):
        match operator:
            case "==":
                return index.term(field, value)
            case "!=":
                return _without(index.term(field, value))
    if isinstance(value, list) and value and all(_is(v, kind) for v in value):
        match operator:
            case "in":
                return index.one_of(field, value)
            case "not in":
                return _without(index.one_of(field, value))
    return None


def _is(value: object, kind: type) -> bool:
    """Whether the index can compare its values with this one: its whole numbers have 64 bits."""
    if isinstance(value, int):
        return kind is int and not isinstance(value, bool) and abs(value) < 2**62
    return isinstance(value, kind)


def _without(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, tantivy.Query.all_query()), (_NOT, query)])
