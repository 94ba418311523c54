"""Chinese numerals: 二百三十六 ↔ 236, and the digit-by-digit years of dates (二〇二三)."""

import re
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○◯ＯO0０", 0) | {"两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
_LONGEST = 30  # digits; what is longer counts nothing, and Python refuses to read thousands of them
_CHINESE = "零一二三四五六七八九"
# The forms in which sums are written against forgery (大写).
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億圆圓", "一二二三三四五六六七八九十百千万亿元元")

# A run that may be a number, in either writing; half and full width digits both occur in documents.
NUMBER = r"[0-9０-９〇零一二三四五六七八九十百千]+"


@lru_cache(maxsize=4096)  # the numbers of articles come again in every law
def parse_number(text: str) -> int | None:
    """The integer that `text` writes, in digits of either width or Chinese numerals below 10,000.

    >>> parse_number("二百三十六"), parse_number("２３６"), parse_number("一百零五"), parse_number("十")
    (236, 236, 105, 10)

    Returns None where the text is not a number written in one of these ways, or has more than 30 signs.
    """
    if len(text) > _LONGEST:
        return None
    if text and all("0" <= c <= "9" or "０" <= c <= "９" for c in text):
        return int(text)
    if not text or any(c not in DIGITS and c not in UNITS for c in text):
        return None
    if not any(c in UNITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit, last_unit = 0, None, 10_000
    for c in text:
        if c in UNITS:
            if UNITS[c] >= last_unit or (not digit and c != "十"):
                return None
            last_unit = UNITS[c]
            total += (digit or 1) * last_unit
            digit = None
        else:
            if digit:
                return None
            digit = DIGITS[c]
    return total + (digit or 0)


def parse_large_number(text: str) -> int | None:
    """The integer that Chinese numerals up to 万亿 write, plain or formal (大写), or digits.

    >>> parse_large_number("三万五千"), parse_large_number("壹佰贰拾万零伍拾"), parse_large_number("一亿")
    (35000, 1200050, 100000000)

    None where `text` is no number, or can be read in two ways: 三万五 is 35,000 in speech, 30,005 in writing.
    """
    plain = text.translate(_FORMAL)
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        if unit in plain:
            before, _, after = plain.rpartition(unit)
            return _with_unit(before, after, value)
    return parse_number(plain)


def _with_unit(before: str, after: str, value: int) -> int | None:
    high = parse_large_number(before)
    low = parse_large_number(after) if after else 0
    if not high or low is None or low >= value:
        return None
    clear = not after or after[0] in "零〇" or low * 10 >= value
    return high * value + low if clear else None


def to_chinese(number: int) -> str:
    """The Chinese numeral of 1 to 9,999, as statutes number their articles.

    >>> to_chinese(236), to_chinese(105), to_chinese(10), to_chinese(110), to_chinese(1260)
    ('二百三十六', '一百零五', '十', '一百一十', '一千二百六十')
    """
    if not 0 < number < 10_000:
        raise ValueError(f"not between 1 and 9999: {number}")
    out, rest = "", str(number)
    for place, digit in zip(range(len(rest) - 1, -1, -1), rest, strict=True):
        if digit == "0":
            out += "零"
        else:
            out += _CHINESE[int(digit)] + ("", "十", "百", "千")[place]
    out = re.sub("零+", "零", out).rstrip("零")
    return out[1:] if out.startswith("一十") else out
