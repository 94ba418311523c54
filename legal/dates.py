"""Dates as documents write them: 2023年5月16日, 二〇二三年五月十六日, 2023年元月5日, 2023-05-16."""

import re
from datetime import date

from legal.numerals import parse_number

_YEAR = r"(?:[12][0-9]{3}|[１２][０-９]{3}|[一二](?:[ 　]?[〇○◯ＯO0０零一二三四五六七八九]){3})"
DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*年\s*(?P<month>[0-9０-９一二三四五六七八九十]{{1,3}}|元)\s*月"
    r"\s*(?P<day>[0-9０-９一二三四五六七八九十]{1,3})\s*日"
    r"|(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9])"
)


def to_date(match: re.Match[str]) -> date | None:
    """The date of a match of `DATE`; None where no such day exists (二〇二三年二月三十日)."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        year = re.sub(r"\s", "", match["year"])
        month = "1" if match["month"] == "元" else match["month"]
        parts = [parse_number(part) for part in (year, month, match["day"])]
        return None if None in parts else date(*(p for p in parts if p is not None))
    except ValueError:
        return None


def to_number(day: date) -> int:
    """A day as an index keeps it: yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def from_number(number: int) -> date | None:
    """The day of a number yyyymmdd; None where no such day exists (20240100)."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except (ValueError, OverflowError):
        return None


def find_dates(text: str) -> list[tuple[date, int]]:
    """All dates of `text` in order, each with the code point where it starts."""
    found = ((to_date(m), m.start()) for m in DATE.finditer(text))
    return [(day, start) for day, start in found if day is not None]
