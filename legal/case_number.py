"""Case numbers (案号): finding them in text, and the one form that all writings of a number share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from legal.numerals import parse_number, to_chinese
from legal.procedures import procedure_of

_NUMBER = r"[0-9０-９]{1,8}(?:\s?[-－—]\s?[0-9０-９]{1,3})?"
_SUFFIX = (
    r"[ \t　]{0,2}之[ \t　]{0,2}[0-9０-９一二三四五六七八九十]{1,3}|[-－—][0-9０-９]{1,3}(?!\s?号|[0-9０-９])"
)
# （2023）云0102执异12号之一, (2007)丹民三初字第32-1号, （2014）执监字第8号, （2010）沪一中民四(商)终字第5号.
# The code of the kind of case is matched lazily, so that 字 and 第 of the older form stay outside of it.
CASE_NUMBER = re.compile(
    r"[（(〔\[［【]\s*(?P<year>(?:19|20)[0-9]{2}|[１２][０-９]{3})\s*[）)〕\]］】]\s*"
    r"(?P<court>最\s?高\s?法(?:\s?知)?|(?![民刑行执赔委破督催字第])[一-鿿])?\s*(?P<digits>[0-9０-９]{0,4})\s*"
    r"(?P<type>[一-鿿](?:\s{0,2}(?:[一-鿿]|[（(][一-鿿]{1,2}[）)])){0,7}?)\s*(?P<old>字?\s*第?)\s*"
    rf"(?P<first>{_NUMBER})(?P<more>(?:\s?[、,，]\s?[0-9０-９]{{1,8}}){{0,20}})\s*号(?P<suffix>(?:{_SUFFIX})?)"
)
# Further numbers of the same kind: （2021）粤01执1号、2号, …执1号至5号.
_NEXT = re.compile(
    rf"\s?(?:[、,，和与及至到~～]|以及|[-－—]{{1,2}})\s?第?(?P<number>{_NUMBER})\s?号(?P<suffix>(?:{_SUFFIX})?)"
    r"(?=$|[\s、,，。；;：:）)】”》和与及至到]|案|民事|执行|刑事|行政|裁|判|通知|决定|调解|文书|等)"
)
_PLAIN_NUMBER = re.compile(r"[0-9０-９]{1,8}")
# What the code of a kind of case ends with, and what it must hold.
_LAST = re.compile(
    "(?:[初终再提抗申监撤督催特破清执恢异议复保协他赔委辖核审更医没确认备重救惩调请送]|"
    "执行|保全|保令|认[台港澳]|执[一二三四五六])(?:（[一-鿿]{1,2}）)?$"
)
_KIND = re.compile("[民刑行执赔破清财保知商经海劳督催特抗监申司认确调委撤法]")
# Numbers of arbitration, notaries, prosecution, appraisal and administration look alike and are none.
_NO_CASE = re.compile("仲|证(?!保)|检|鉴|评|估|税|[政府]复|公(?:鉴|刑|行)|国用|劳人|发|规|函")
_HIGH_COURT_KIND = re.compile("[民刑行执赔委破清财商知认协司强]")
_WIDE = str.maketrans("０１２３４５６７８９－—", "0123456789--")
_BRACKETS = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number with its parts; `canonical` is equal for all writings of the same number.

    `court_code` is the court's own code (云0102), empty in old numbers that have none; `case_type` is the
    code of the kind of case (执异, 民初). `raw` stands at `start`, a code point of the text; of a list
    (执1号、2号) each further number stands alone.
    """

    year: int
    court_code: str
    case_type: str
    number: str
    suffix: str
    raw: str
    start: int

    @property
    def canonical(self) -> str:
        """Full-width brackets, half-width digits without leading zeros, no spaces, no 字 or 第.

        For example （2023）云0102执异12号之一.
        """
        return f"（{self.year}）{self.court_code}{self.case_type}{self.number}号{self.suffix}"

    @property
    def end(self) -> int:
        """The code point behind `raw`."""
        return self.start + len(self.raw)

    @property
    def procedure(self) -> str:
        """一审, 二审, 执行实施, 执行异议 …, from the kind of case; 其他 where it tells none of them."""
        return procedure_of(self.case_type)

    @property
    def court_level(self) -> str | None:
        """The level that the court's code tells; None where it does not (《关于人民法院案件案号的若干规定》).

        最高法; two digits for an intermediate court, four for a basic one; none for a high court, but only in
        numbers since 2016 that are written without 字 and 第.
        """
        if self.court_code.startswith("最高法"):
            return "最高人民法院"
        digits = len(self.court_code) - 1
        old = self.year < 2016 or re.search("[字第]", self.raw) or not _HIGH_COURT_KIND.match(self.case_type)
        if digits == 0 and old:
            return None
        return {0: "高级人民法院", 2: "中级人民法院", 4: "基层人民法院"}.get(digits)


def find_case_numbers(text: str) -> list[CaseNumber]:
    """All case numbers of `text`, in order; of a list or a range (执1号至5号) those that are written out."""
    return [number for match in CASE_NUMBER.finditer(text) for number in _read(match)]


def _read(match: re.Match[str]) -> Iterator[CaseNumber]:
    case_type = _narrow(match["type"]).translate(_BRACKETS)
    if not _LAST.search(case_type) or not _KIND.search(case_type) or _NO_CASE.search(case_type):
        return
    shared = (int(_narrow(match["year"])), _narrow((match["court"] or "") + match["digits"]), case_type)
    suffix = "" if match["more"] else match["suffix"]
    end = match.end("first") if match["more"] else match.end()
    yield _numbered(shared, match["first"], suffix, match.string[match.start() : end], match.start())
    for more in _PLAIN_NUMBER.finditer(match.string, match.start("more"), match.end("more")):
        yield _numbered(shared, more[0], "", more[0], more.start())
    following = _NEXT.match(match.string, match.end())
    while following:
        start = following.start("number")
        raw = match.string[start : following.end()]
        yield _numbered(shared, following["number"], following["suffix"], raw, start)
        following = _NEXT.match(match.string, following.end())


def _numbered(shared: tuple[int, str, str], number: str, suffix: str, raw: str, start: int) -> CaseNumber:
    """One number; courts write 第00505号 and 505号 for the same case, and 号-1 for 号之一."""
    ordinal = parse_number(_narrow(suffix)[1:]) if suffix else None
    plain = "-".join(part.lstrip("0") or "0" for part in _narrow(number).split("-"))
    return CaseNumber(*shared, plain, f"之{to_chinese(ordinal)}" if ordinal else "", raw, start)


def _narrow(text: str) -> str:
    return re.sub(r"\s", "", text).translate(_WIDE)
