"""Courts: finding a court's name in text, and its level from the name alone."""

import re

COURT = re.compile(
    r"(?:最高人民法院|[一-鿿]{2,24}?(?:人民法院|海事法院|知识产权法院|金融法院|互联网法院|铁路运输(?:中级)?法院))"
)
_HEAD = re.compile(rf"^[ 　]*{COURT.pattern}(?=\s|$)", re.MULTILINE)
_LEAD = re.compile(r"^.*(?:日在|日向|日由|本人在|经向|由|在|向)(?=.{4,}法院$)")
_LEVELS = (
    (re.compile("^最高人民法院"), "最高人民法院"),
    (re.compile("高级人民法院$"), "高级人民法院"),
    (re.compile("(?:中级人民法院|中级法院|海事法院|知识产权法院|金融法院)$"), "中级人民法院"),
    (re.compile("(?:人民法院|互联网法院|铁路运输法院)$"), "基层人民法院"),
)
LEVELS = ("最高人民法院", "高级人民法院", "中级人民法院", "基层人民法院")


def find_court(text: str) -> str | None:
    """The first court named in `text`, or None; a court that stands at the head of a line comes first."""
    match = _HEAD.search(text) or COURT.search(text)
    return _LEAD.sub("", match.group().strip()) if match else None


def court_level(name: str | None) -> str | None:
    """One of `LEVELS`, read off the name; maritime, financial and similar courts rank as 中级."""
    if not name:
        return None
    return next((level for pattern, level in _LEVELS if pattern.search(name)), None)
