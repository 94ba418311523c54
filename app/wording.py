"""Dates, amounts and numbers as Chinese readers expect them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any


def date_text(day: date) -> str:
    """2024年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def iso_date_text(value: object) -> str | None:
    """The same for a date as metadata keeps it; None for what is none."""
    if not isinstance(value, str):
        return None
    try:
        return date_text(date.fromisoformat(value))
    except ValueError:
        return None


def moment_text(moment: datetime) -> str:
    """2024年3月5日 09:30."""
    return f"{date_text(moment.date())} {moment:%H:%M}"


def yuan_text(fen: int) -> str:
    """1,286,400.00 元."""
    return f"{fen // 100:,}.{fen % 100:02d} 元"


def seconds_text(seconds: float) -> str:
    """20 毫秒, 1.3 秒."""
    return f"{max(1, round(seconds * 1000))} 毫秒" if seconds < 1 else f"{seconds:.1f} 秒"


def measure_text(measure: Mapping[str, Any]) -> str:
    """续行查封 某房屋，首封，自2023年4月12日起，至2026年4月11日止: a measure with its fields as a mapping."""
    action = "" if measure["action"] == "采取" else measure["action"]
    held = f" {measure['property']['name']}" if measure["property"] else ""
    ordered, begins, ends = (_day_text(measure[name]) for name in ("ordered", "begins", "ends"))
    more = [
        measure["rank"],
        f"{ordered}作出" if ordered else None,
        f"自{begins}起" if begins else None,
        f"至{ends}止" if ends else None,
        f"{measure['months']} 个月" if measure["months"] else None,
    ]
    return "，".join([action + measure["kind"] + held, *(part for part in more if part)])


def _day_text(day: object) -> str | None:
    return date_text(day) if isinstance(day, date) else iso_date_text(day)
