"""Dates, amounts and numbers as Chinese readers expect them."""

from datetime import date, datetime


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
