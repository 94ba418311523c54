"""The document number of a norm: 法释〔2020〕21号, 国务院令第481号, 甲市人民代表大会常务委员会公告第16号."""

import re
import unicodedata
from collections.abc import Iterable

from legal.numerals import parse_number

_BODY = r"(?P<body>[一-鿿]{1,10}?)"
_YEAR = r"\s*[〔\[(【]\s*(?P<year>(?:19|20)[0-9]{2})\s*[〕\])】]\s*第?\s*(?P<number>[0-9]{1,5})\s*号"
# Alone on its line any body may stand before the year; inside a line only one that begins no other word.
_ALONE = re.compile(rf"[(\s]*{_BODY}{_YEAR}[)\s]*")
_INSIDE = re.compile(
    r"(?:(?<![一-鿿])|(?<=以))(?P<body>法释|法发|法办发|法办|法|高检发[一-鿿]{0,3}字|高检发办字|高检会|国发|国办发|司发通|公通字)"
    + _YEAR
)
_NUMERAL = r"(?P<number>[0-9]{1,4}|[一二三四五六七八九十百零〇○]{1,6})"
_ORDER = re.compile(
    rf"(?P<body>[一-鿿、]{{2,40}}?)(?:(?P<kind>令|公告)第{_NUMERAL}号|第(?P<before>[0-9]{{1,4}})号令)"
)
_COUNTRY = re.compile("^.*?(?:中华人民共和国)|中华人民共和国")
_LEAD = re.compile("^(?:经|由|以|日)")


def number_of(lines: Iterable[str]) -> str | None:
    """The last number that the lines name, canonical: half-width digits, 〔〕, without 中华人民共和国.

    Of an amended norm it may be that of an earlier promulgation, where its head gives no later one.
    """
    found = None
    for line in lines:
        plain = unicodedata.normalize("NFKC", line)
        found = _bracketed(plain) or _order(plain) or found
    return found


def is_number(line: str) -> bool:
    """Whether a line holds a document number with a year, and nothing else."""
    return "号" in line and bool(_ALONE.fullmatch(unicodedata.normalize("NFKC", line)))


def _bracketed(line: str) -> str | None:
    if "号" not in line:
        return None
    match = _ALONE.fullmatch(line) or _INSIDE.search(line)
    return f"{match['body']}〔{match['year']}〕{int(match['number'])}号" if match else None


def _order(line: str) -> str | None:
    orders = list(_ORDER.finditer(line)) if "号" in line else []
    if not orders:
        return None
    match = orders[-1]
    body = _LEAD.sub("", _COUNTRY.sub("", match["body"]))
    number = parse_number(match["number"] or match["before"])
    return f"{body}{match['kind'] or '令'}第{number}号" if body and number else None
