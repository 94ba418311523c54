"""The conditions of a query as filters over an index: which of its courts, causes and texts are meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from legal.causes import official_cause
from legal.court import find_court
from legal.errors import QueryError
from search.citation_graph import CitationGraph
from search.filters import Filters, all_of
from search.query import Query
from search.query_values import FieldCondition, FieldName
from search.store import EmbeddedStore
from search.wording import says_none_of, says_one_of

_STORED: Mapping[FieldName, str] = {
    "法院": "court",
    "案由": "cause_of_action",
    "文书": "document_type",
    "效力": "authority_level",
    "层级": "court_level",
}
_NAMED: frozenset[FieldName] = frozenset(("法院", "案由", "文书"))  # part of a name is enough
_AREA = re.compile("[省市区县]|(?:壮族|回族|维吾尔)?自治[区州县]")
_SHORT_COURT = re.compile("(?P<level>[高中])院$")
_LEVEL_OF = {"高": "高级人民法院", "中": "中级人民法院"}
_SHOWN = 5  # values that a message names


@dataclass(frozen=True, slots=True)
class Held:
    """What the conditions are about: an index, and who cites whom in it."""

    store: EmbeddedStore
    graph: CitationGraph


def conditions_of(query: Query, index: Held, day: date) -> Filters | None:
    """What a hit must meet beside what is searched for; None for nothing.

    `day` is that by which 时效 is judged. Raises QueryError for a court, cause or kind of document that the
    index has none of.
    """
    wording = [says_one_of(group) for group in query.required]
    if query.excluded:
        wording.append(says_none_of(query.excluded))
    return all_of(*_fields(query.fields, index, day), *wording)


def _fields(conditions: Sequence[FieldCondition], index: Held, day: date) -> list[Filters]:
    """One filter for all that was typed for a field (年份:2019 年份:2021: either), one for what it is not."""
    alternatives: dict[tuple[FieldName, bool], list[Filters]] = {}
    for condition in conditions:
        filters = _of_one(condition, index, day)
        alternatives.setdefault((condition.name, condition.excluded), []).extend(filters)
    found = []
    for (_, excluded), filters in alternatives.items():
        either = filters[0] if len(filters) == 1 else {"operator": "OR", "conditions": filters}
        found.append({"operator": "NOT", "conditions": [either]} if excluded else either)
    return found


def _of_one(condition: FieldCondition, index: Held, day: date) -> list[Filters]:
    """The filters of which one must hold."""
    if condition.name == "年份":
        return [_between(years.first, years.last) for years in condition.years]
    if condition.name == "时效":
        return [_standing(condition, index.store, day)]
    if condition.name == "适用":
        return [filters for article in condition.values for filters in _applying(article, index)]
    field = _STORED[condition.name]
    values = condition.values
    if condition.name in _NAMED:
        values = _all_named(condition, index.store.keywords.values(field, ""))
    return [{"field": f"meta.{field}", "operator": "in", "value": list(values)}]


def _between(first: int | None, last: int | None) -> Filters:
    ends = [(">=", first), ("<=", last)]
    return {
        "operator": "AND",
        "conditions": [
            {"field": "meta.year", "operator": operator, "value": year} for operator, year in ends if year
        ],
    }


def _standing(condition: FieldCondition, store: EmbeddedStore, day: date) -> Filters:
    """That a norm is so on the day: one of those that are, or, where these are fewer, none of the others."""
    are, are_not = list[str](), list[str]()
    for law, versions in store.versions().items():
        for version in versions:
            status = store.status(law, version.document_id, day)
            meant = status is not None and status.standing in condition.values
            (are if meant else are_not).append(version.document_id)
    if len(are) <= len(are_not):
        return {"field": "meta.document_id", "operator": "in", "value": are or [""]}
    conditions: list[Filters] = [{"field": "meta.kind", "operator": "==", "value": "policy"}]
    if are_not:
        conditions.append({"field": "meta.document_id", "operator": "not in", "value": are_not})
    return {"operator": "AND", "conditions": conditions}


def _applying(value: str, index: Held) -> Sequence[Filters]:
    """For law#article by whatever number it bore; for law# any article of it that a judgment here applies."""
    law, _, article = value.partition("#")
    if article:
        return index.graph.applying(law, article)
    held = index.store.keywords.values("applies", value)
    return [{"field": "meta.applies", "operator": "in", "value": held or [value]}]


def _all_named(condition: FieldCondition, held: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in condition.values:
        meant = _named(condition.name, value, held)
        if not meant:
            raise QueryError(_not_here(condition.name, value, held))
        found |= dict.fromkeys(meant)
    return tuple(found)


def _named(name: FieldName, value: str, held: Sequence[str]) -> list[str]:
    """The values of the index that are meant: 合同纠纷 is 买卖合同纠纷 too, 裁定书 is 执行裁定书 too."""
    if name == "法院":
        return _courts(value, held)
    official = official_cause(value) if name == "案由" else None
    return [other for other in held if value in other or other == official]


def _courts(value: str, held: Sequence[str]) -> list[str]:
    full = find_court(value)
    for name in (value, full):
        if name in held:
            return [str(name)]
    short = _SHORT_COURT.sub(lambda match: _LEVEL_OF[match["level"]], value)
    short = re.sub("(?<!人民)法院$", "人民法院", short)
    found = [court for court in held if value in court or short in court]
    if found:
        return found
    plain = _AREA.sub("", short).removeprefix("第")
    return [court for court in held if len(plain) > 1 and _inside(plain, _AREA.sub("", court))]


def _inside(short: str, court: str) -> bool:
    """北京一中级人民法院 in 北京第一中级人民法院: 第 may be left out."""
    return short in court or short in court.replace("第", "")


def _not_here(name: FieldName, value: str, held: Sequence[str]) -> str:
    if not held:
        return f"本库没有注明{name}的文书，不能按“{name}:{value}”检索。请去掉这个字段。"
    near = sorted(held, key=lambda other: (-len(set(other) & set(value)), len(other), other))[:_SHOWN]
    return f"本库没有{name}含“{value}”的内容。可以检索的如：{'、'.join(near)}。请改正或去掉这个字段。"
