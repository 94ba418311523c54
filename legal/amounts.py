"""Amounts of money in yuan, as whole fen: 1,234.56元, 8.8676万元, 1亿7000万元, 壹万贰仟叁佰元伍角, ¥500."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from legal.numerals import parse_large_number

_D = "0-9０-９"
_C = "零〇一二两三四五六七八九十百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億"
_DECIMAL = (
    rf"(?:[{_D}]{{1,3}}(?:[,，][{_D}]{{3}}){{1,5}}|[{_D}]{{1,3}}(?:[ \u00a0][{_D}]{{3}}){{1,4}}"
    rf"|[{_D}]{{1,14}})"
    rf"(?![{_D}])(?:[.．][{_D}]{{1,8}})?"
)
_UNIT = "(?:[十百千]?万亿?|[百千]?亿|千|百)"
_MORE = "[余多]"
_CENTS = (
    r"(?:\s?(?P<jiao>[0-9０-９零一二两三四五六七八九壹贰叁肆伍陆柒捌玖])\s?角)?"
    r"(?:\s?零?(?P<cent>[0-9０-９零一二两三四五六七八九壹贰叁肆伍陆柒捌玖])\s?分(?![利息之钟]))?"
)
# 元旦 and 2011元月 are no money; 借款1000元月利率 is. Other currencies (美元) put a letter before 元.
_YUAN = r"(?:元(?!旦|月(?![息利付租供薪工均还结缴费收]))|[圆圓](?![形圈柱桌满周]))"
AMOUNT = re.compile(
    rf"(?<![{_D}.．])(?:"
    rf"(?P<figures>{_DECIMAL})\s{{0,2}}(?P<more>{_MORE}?)(?P<unit>{_UNIT}?)\s{{0,2}}"
    rf"(?P<rest>(?:[{_D}]{{1,4}}(?:[.．][{_D}]+)?\s{{0,2}}{_UNIT}?\s{{0,2}}){{0,3}})(?P<more_behind>{_MORE}?)\s?{_YUAN}"
    rf"|(?<![{_C}数几])(?P<numeral>[{_C}]{{1,24}}(?:点[{_C}]{{1,8}})?)(?P<few>{_MORE}?)(?P<unit_behind>[万亿]{{0,2}})\s?{_YUAN})"
    rf"{_CENTS}"
    rf"|(?P<sign>[¥￥]\s?(?P<signed>{_DECIMAL}))(?!\s?(?:{_UNIT}|元))"
)
# The slow search for amounts looks only at the figures around these, which stand in every amount.
_SIGN = re.compile("[元圆圓¥￥]")
_FIGURES = (
    f"0123456789０１２３４５６７８９,，.．{_C}点余多"
    " \t\n\r\v\f\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
_LONGEST = 120  # code points of figures and unit
_STEP = re.compile(rf"([{_D}.．]+)\s*({_UNIT}?)")
_FOREIGN = re.compile(
    r"(?:美元|美金|港币|港元|欧元|日元|日币|英镑|澳门币|台币|韩币|泰铢|卢布|USD|HK\$|HKD|EUR|\$)\s?$"
)
# 三元里, 二元论: a single numeral before 元 is often a word.
_WORD = re.compile("(?:里|区|桥|店|村|镇|乡|坊|路|街|论|化|制|次|素|件|结构|催化|复合)")
_ABOUT_BEFORE = re.compile("(?:约|近|逾|超|超过|大概|将近|不足)(?:人民币)?$")
_ABOUT_BEHIND = re.compile("左右|上下|许(?!可)")
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen: figure and unit stand at `start` to `end`, code points of the text.

    `about` says that the text itself calls it inexact (200余万元, 约3万元), or that it wrote parts of a fen,
    which are rounded.
    """

    fen: int
    start: int
    end: int
    about: bool = False


def find_amounts(text: str) -> list[Amount]:
    """All amounts in yuan of `text`, in order; amounts in other currencies are left out.

    What can be read in two ways (三万五元) or has no number (数万元) is left out too.
    """
    found, done = [], 0
    for sign in _SIGN.finditer(text):
        at = sign.start()
        if at < done:
            continue
        low = max(done, at - _LONGEST)
        start = low + len(text[low:at].rstrip(_FIGURES))
        match = AMOUNT.search(text, start, at + _LONGEST)
        if match and match.start() <= at:
            done = match.end()
            found.append(_read(match))
    return [amount for amount in found if amount]


def _read(match: re.Match[str]) -> Amount | None:
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - 8) : start]
    if before.endswith("第") or _FOREIGN.search(before):
        return None
    if match["numeral"] and len(match["numeral"]) == 1 and _WORD.match(text, end):
        return None
    yuan = _numeral(match) if match["numeral"] else _figures(match)
    if yuan is None:
        return None
    fen = yuan * 100 + (_digit(match["jiao"]) * 10 + _digit(match["cent"]))
    whole = fen.quantize(Decimal(1), ROUND_HALF_UP)
    if not whole and fen:
        return None
    said = match["more"] or match["more_behind"] or match["few"]
    about = bool(said or _ABOUT_BEFORE.search(before) or _ABOUT_BEHIND.match(text, end))
    return Amount(int(whole), start, end, about or whole != fen)


def _figures(match: re.Match[str]) -> Decimal | None:
    """The yuan of figures with their unit, and of what follows in smaller units: 1亿7000万, 3万5千."""
    first = Decimal(re.sub(r"[,\s\u00a0]", "", (match["figures"] or match["signed"]).translate(_WIDE)))
    value, last = first * _size(match["unit"] or ""), _size(match["unit"] or "")
    for figures, unit in _STEP.findall(match["rest"] or ""):
        step = Decimal(figures.translate(_WIDE)) * _size(unit)
        if step >= last or _size(unit) >= last:
            return None
        value, last = value + step, _size(unit)
    return value


def _numeral(match: re.Match[str]) -> Decimal | None:
    """The yuan of Chinese numerals: 三万五千, 一点五万, 二百余万."""
    whole, _, fraction = match["numeral"].partition("点")
    digits = fraction.rstrip("万亿")
    unit = fraction[len(digits) :] + match["unit_behind"]
    numbers = [parse_large_number(part) for part in (whole, *digits)]
    if None in numbers or any(n is None or n > 9 for n in numbers[1:]):
        return None
    return Decimal(f"{numbers[0]}.{''.join(map(str, numbers[1:]))}") * _size(unit)


def _digit(text: str | None) -> int:
    return (parse_large_number(text) or 0) if text else 0


def _size(unit: str) -> int:
    size = 1
    for letter in unit:
        size *= _UNITS[letter]
    return size
