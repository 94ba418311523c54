"""The instruments that a case enforces (执行依据): judgments, awards, notarised instruments and others."""

import re
from dataclasses import dataclass

from ingest.judgments.enforcement_parts import Parts
from legal.case_number import find_case_numbers
from legal.enforcement import Basis

# （2021）某0102民初1号, 某仲案字（2021）第12号, （2020）某证执字第12号.
_NUMBER = re.compile(
    r"（(?:19|20)[0-9]{2}）年?[一-鿿0-9（）]{0,24}?第?[0-9]{1,8}(?:-[0-9]{1,3})?号(?:之[一二三四五六七八九十0-9]{1,2})?"
)
_LETTERS = re.compile(r"[一-鿿]{1,12}(?:字|仲|裁|罚|决|证|案)$")
# What comes before the number's own first letters: 某仲裁委员会作出的|某仲案字（2021）….
_LEAD = re.compile(r".*(?:作出|出具|制作|委员会|公证处|仲裁院|依据|根据|裁决书|[的以为即据因])")
_KIND = (
    r"仲裁裁决|仲裁调解|裁决|公证债权文书|债权文书公证|公证书|执行证书|支付令|调解书|民事调解|行政调解|刑事附带民事调解|"
    r"刑事附带民事判决|刑事判决|刑事裁定|判决|裁定|(?:行政)?(?:处罚|处理|征收|补偿|强制执行|限期[^，。；]{2,6})决定|决定书"
)
_BEHIND = re.compile(
    rf"[》”）]?(?:一案)?(?:的|所作的?|生效的?|已?(?:经)?发生法律效力的?|(?:一|二|终)审|法律文书)*[《“]?(?:民事|行政|刑事|商事|附带民事|劳动|人事|争议|赋予强制执行效力的?){{0,3}}(?P<kind>{_KIND})"
)
_BEFORE = re.compile(
    rf"(?P<kind>{_KIND}|民事判决|裁决)(?:书)?[》”]?(?:[（，：]|(?:案号|文号|编号|文书号|书号)(?:为|是|：)?|即)*$"
)
_LIST = re.compile(r"[、和及与，]|以及")
_FORCE = re.compile(
    r"生效|法律效力|确定|确认|判令|执行依据|据以|履行|义务|申请(?:强制)?执行|强制执行|立案执行|移送执行|本案的?执行|的执行|执行过程|执行程序|约定|作出后|未付|未履行|至今"
)
_LEADS = re.compile(
    r"依据|依照|根据|按照|据以(?:执行|申请执行)的?|执行依据(?:为|是|系|：)?|生效法律文书(?:为|是|：)?|在执行|执行标的|申请(?:强制)?执行|履行|拒不|作出的?|因|生效的?|效力的?|"
    r"终结|恢复|中止|执行(?:的)?$|为|抵偿|清偿|本院"
)
_AGAINST = re.compile(
    r"不服|撤销|请求|申请再审|再审|维持|驳回|另案|参照|起诉|改判|上诉|予以(?:驳回|维持)|解除|保全|查封|冻结|另行|类案|指导"
)


@dataclass(frozen=True, slots=True)
class _Named:
    number: str
    kind: str
    case_type: str
    start: int
    end: int


def find_bases(parts: Parts) -> tuple[Basis, ...]:
    """The instruments under enforcement, each once, where it is first named as such.

    A court's number is canonical, that of an award or a notarial certificate as written.
    """
    found: dict[str, Basis] = {}
    for named in _named(parts):
        if named.number not in found and _is_basis(parts, named):
            start, end = parts.plain.place(named.start, named.end)
            found[named.number] = Basis(named.number, named.kind, start, end)
    return tuple(found.values())


def _named(parts: Parts) -> list[_Named]:
    """The numbers with a word for the kind of instrument behind or before them, from the end backwards."""
    text, out = parts.plain.masked, []
    later: _Named | None = None
    for match in reversed(list(_NUMBER.finditer(text))):
        court = find_case_numbers(match.group())
        case_type = court[0].case_type if court else ""
        if word := _kind_word(text, match):
            kind = _kind(word, case_type)
        elif later and later.start - match.end() < 3 and _LIST.match(text, match.end(), later.start):
            kind = later.kind
        else:
            later = None
            continue
        foreign = kind in ("仲裁裁决", "公证债权文书", "行政决定") or not court
        start = _own_start(text, match.start()) if foreign else match.start()
        number = parts.plain.words(start, match.end()) if foreign else court[0].canonical
        later = _Named(number, kind, case_type, start, match.end())
        out.append(later)
    return out[::-1]


def _own_start(text: str, at: int) -> int:
    """Where a number begins that may have letters before its year: 某仲案字|（2021）第12号."""
    letters = _LETTERS.search(text, max(0, at - 14), at)
    if letters is None:
        return at
    before = _LEAD.match(letters.group())
    return letters.start() + (before.end() if before else 0)


def _kind_word(text: str, match: re.Match[str]) -> str | None:
    if behind := _BEHIND.match(text, match.end()):
        return behind["kind"]
    before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
    return before["kind"] if before else None


def _kind(word: str, case_type: str) -> str:
    """The kind of an instrument from the word for it and the type of its number."""
    if "公证" in word or "执行证书" in word:
        return "公证债权文书"
    if "仲裁" in word or "裁决" in word:
        return "仲裁裁决"
    if "支付令" in word:
        return "支付令"
    if "调解" in word:
        return "仲裁裁决" if "仲" in case_type else "调解书"
    if "判决" in word:
        return "刑事判决" if "刑" in word or "刑" in case_type else "判决书"
    return "裁定书" if "裁定" in word else "行政决定"


def _is_basis(parts: Parts, named: _Named) -> bool:
    """Whether the words around a number name it as what is enforced."""
    text = parts.plain.masked
    before = text[max(0, named.start - 40) : named.start]
    before = before[max(before.rfind(mark) for mark in "。；\n") + 1 :]
    after = text[named.end : named.end + 60]
    after = after[: min((at for mark in "。；\n" if (at := after.find(mark)) >= 0), default=60)]
    if _AGAINST.search(before[-16:]) or re.match(r"[^，]{0,12}(?:维持|撤销|驳回)", after):
        return False
    if named.kind == "裁定书" and "保" not in parts.own_type:
        strict = re.match(r"[^，]{0,8}(?:确定|确认|书?(?:已经?)?(?:发生法律效力|生效))", after)
        return bool(strict or re.search(r"执行依据|据以|生效", before)) and (
            "执" not in named.case_type or bool(re.match(r"[^，]{0,8}确定", after))
        )
    if "执" in named.case_type:
        return named.kind == "公证债权文书"
    return bool(_FORCE.search(after) or _LEADS.search(before))
