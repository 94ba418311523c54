"""Haystack's filters as conditions of the keyword index, as far as the index can decide them.

What it cannot (a field that it does not hold, a comparison of dates) is left over and decided on the
documents by Haystack's own function, so that every filter means here what it means everywhere in Haystack.
"""

from dataclasses import dataclass
from typing import Any

import tantivy

from search.keyword_index import KeywordIndex, Where
from search.passage import NUMBER_FIELDS, TEXT_FIELDS

Filters = dict[str, Any]
_MUST, _NOT, _SHOULD = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter in two parts that both must hold: `where` for the index, `rest` for the documents found."""

    where: Where
    rest: Filters | None


def compile_filters(filters: Filters | None, index: KeywordIndex) -> Condition:
    """The two parts of `filters`. Malformed filters stay in `rest`, whose evaluation raises FilterError."""
    if not filters:
        return Condition(None, None)
    parts = [filters]
    if filters.get("operator") == "AND" and isinstance(filters.get("conditions"), list):
        parts = filters["conditions"]
    queries, rest = [], []
    for part in parts:
        query = _translate(part, index)
        if query is None:
            rest.append(part)
        else:
            queries.append(query)
    where = tantivy.Query.boolean_query([(_MUST, query) for query in queries]) if queries else None
    if not rest:
        return Condition(where, None)
    return Condition(where, filters if parts == [filters] else {"operator": "AND", "conditions": rest})


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
    kind = str if field in TEXT_FIELDS else int if field in NUMBER_FIELDS else None
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
