"""How a typed query was understood: what was corrected, demanded and added; and how much matches it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.query import Query
    from search.query_values import FieldCondition, Years
    from search.service import SearchResult


def how_many(result: "SearchResult") -> str:
    """How many hits match, and how many of them are listed where these are fewer."""
    amount = f"{'共' if result.exact else '至少'} {result.total} 条结果"
    if result.listed >= result.total:
        return amount
    best = "相关度最高的" if result.query.words else "最新的"
    return f"{amount}，列出{best} {result.listed} 条"


def corrected(result: "SearchResult") -> str:
    """What was taken for another name than typed; empty where nothing was."""
    if not result.corrections:
        return ""
    named = "，".join(f"“{c.typed}”按“{c.meant}”" for c in result.corrections)
    return f"已将{named}检索。如需按原文检索，请给原文加上引号。"


def demanded(query: "Query") -> str:
    """The conditions that were typed; empty where there are none."""
    parts = [_or(f"“{phrase}”" for phrase in group) for group in query.required]
    found = [f"含{part}" for part in parts]
    found += [f"不含“{phrase}”" for phrase in query.excluded]
    found += [_field(condition) for condition in query.fields]
    return f"检索条件：{'；'.join(found)}。" if found else ""


def also_searched(result: "SearchResult") -> str:
    """The legal words that are searched for beside lay ones; empty where there are none."""
    named = "；".join(f"{added.typed} → {'、'.join(added.legal)}" for added in result.added)
    return f"同时检索：{named}。" if named else ""


def _field(condition: "FieldCondition") -> str:
    values = [_years(years) for years in condition.years]
    values += [value.replace("#", "") for value in condition.values]
    return f"{condition.name}{'不是' if condition.excluded else '：'}{_or(values)}"


def _years(years: "Years") -> str:
    if years.first == years.last:
        return f"{years.first}年"
    if years.last is None:
        return f"{years.first}年以后"
    if years.first is None:
        return f"{years.last}年以前"
    return f"{years.first}年至{years.last}年"


def _or(values: Iterable[str]) -> str:
    return "或".join(values)
