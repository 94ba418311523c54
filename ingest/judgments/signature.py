"""Who signed a judicial document for the court, and the date of the signature."""

import re
from collections.abc import Iterator
from datetime import date

from ingest.judgments.patterns import LargePattern
from ingest.judgments.people import LETTER
from legal.dates import find_dates
from legal.documents import Officer

_GAP = "[ \t　]{0,2}"
_ROLES = (
    "代理审判长|代理审判员|助理审判员|审判长|审判员|人民陪审员|陪审员|执行长|执行员|执行法官|主审法官|承办法官|"
    "见习法官助理|法官助理|代理书记员|见习书记员|实习书记员|代书记员|书记员|法官|签发人|承办人"
)
_NO_OFFICER = ("签发人", "承办人")  # who signs an order so may hold any office
_CONTACT = re.compile(r"联系人\s*[：:]\s*$")
# OCR and old forms write 审 判 长 with spaces between the letters.
_ROLE = "|".join(_GAP.join(role) for role in _ROLES.split("|"))
_ZEROS = "○ＯO0０ΟО"  # letters that are written or recognised for 〇
_YEAR = f"[一二][〇{_ZEROS}零一二三四五六七八九]{{3}}年"
_NOT_NAME = rf"(?!{_ROLE}|{_YEAR}|附[：:件录表页相本]|本件|此件|院印)"
# What may stand right behind a name: 审判长李某某人民陪审员王某, 书记员赵某（兼）.
_BEHIND = rf"(?=\s|$|[（(，,。、/／·]|{_ROLE}|{_YEAR}|[12][0-9]{{3}}年|附[：:件录表页相本]|本件|此件)"
_NAME = (
    rf"{_NOT_NAME}(?:{LETTER}{{1,10}}[·•]{LETTER}{{1,10}}|{LETTER}{{2,4}}?{_BEHIND}"
    rf"|{LETTER}[ \t　]+(?:{LETTER}{{2}}{_BEHIND}|{LETTER}(?:[ \t　]+{LETTER})?{_BEHIND}))"
)
_SIGNED_AS = rf"(?P<role>{_ROLE})[ \t　]*(?:[（(][^（）()\n]{{1,6}}[）)])?[ \t　：:]*(?P<name>{_NAME})"
_OFFICER = LargePattern(_SIGNED_AS)
_BARE_DATE = rf"{_YEAR}[一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日(?=\s|$|[（(]|{_ROLE})"
_DIGIT_DATE = (
    rf"[12][0-9]{{3}}年[0-9]{{1,2}}月[0-9]{{1,2}}日(?=[ \t　]*(?:\n|$)|\s*(?:{_ROLE}|[（(]院印|附[：:件录]))"
)
_COURT_LINE = rf"[一-鿿]{{4,30}}法院\s+(?=[一二][〇{_ZEROS}零])"
_TO_ZERO = str.maketrans(dict.fromkeys("ΟО", "〇"))
_SIDE = r"[甲乙丙丁]方[一二三]?(?:[（(][^（）()\n]{1,8}[）)])?[：:]"
_SIGNATURE = LargePattern(
    rf"[\s。；;](?P<signed>{_SIGNED_AS}|{_BARE_DATE}|{_DIGIT_DATE}|{_COURT_LINE}"
    r"|院[ 　]{0,2}长[ 　]*[（(])"
)
_SIDES = re.compile(rf"(?:^|(?<=\s)){_SIDE}")
_LAST_DATE = re.compile(r"[一二12][^\s，。]{3}\s*年[^，。]{2,12}日\s*(?:[（(][^（）()]{1,4}[）)]\s*)?$")
_ANNEX = re.compile(r"(?<=[\s。）)])附[ 　]*(?:[：:件录表页相本法有]|$)")


def signature_start(text: str, after: int, agreement: bool = False) -> int | None:
    """Where the signatures begin behind `after`: the first officer, bare date, or line of the court's name.

    In an agreement the sides sign first: a line that begins with 甲方：.
    """
    side = _SIDES.search(text, after) if agreement else None
    if side:
        return side.start()
    if after == 0 and _OFFICER.match(text):
        return 0
    match = _SIGNATURE.search(text, max(0, after - 1))
    return match.start("signed") if match else None


def officers_of(text: str, after: int) -> tuple[Officer, ...]:
    """The officers who signed behind `after`, in order, each once; annexed texts are left out."""
    start, end = _signed(text, after)
    return tuple(_officers(text, start, end))


def judgment_date_of(text: str, after: int) -> date | None:
    """The date of the signature behind `after`: the last in Chinese numerals, else the last in digits."""
    start, end = _signed(text, after)
    # OCR leaves spaces between the letters of a date.
    signed = re.sub("[ \t　]", "", text[start:end]).translate(_TO_ZERO)
    days = find_dates(signed)
    in_chinese = [day for day, at in days if signed[at] in "一二"]
    if in_chinese or days:
        return (in_chinese or [day for day, _ in days])[-1]
    return None


def _signed(text: str, after: int) -> tuple[int, int]:
    start = signature_start(text, after, agreement=True)
    if start is None:
        # Nobody signed: only a date at the very end is that of the document.
        last = _LAST_DATE.search(text, max(after, len(text) - 40))
        return (last.start() if last else len(text)), len(text)
    annex = _ANNEX.search(text, start)
    return start, annex.start() if annex else len(text)


def _officers(text: str, start: int, end: int) -> Iterator[Officer]:
    seen = set()
    for match in _OFFICER.finditer(text, start, end):
        role, name = ("".join(match[part].split()) for part in ("role", "name"))
        contact = _CONTACT.search(text, max(start, match.start() - 8), match.start())
        if (role, name) not in seen and role not in _NO_OFFICER and not contact:
            seen.add((role, name))
            yield Officer(role, name, match.start("name"), match.end("name"))
