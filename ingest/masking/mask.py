"""Masking of personal data in a document, before anything of it is written.

The measure is 最高人民法院关于人民法院在互联网公布裁判文书的规定 (2016), provisions 8 to 11.
Marks are those of 9: the surname (of a name without a known one the first character) with 某, and a number
where two fall together. Of what 10 takes out, these go: identity numbers, ways to reach a person, the bank
accounts of persons and organisations, plates, and addresses below the county or district. Sex, date of birth
and the seat of an organisation stay (11). Going further than 8, every party, witness, victim, relative, legal
representative and agent is masked and not only those in some kinds of cases. Judges, prosecutors, clerks,
arbitrators, notaries and lawyers are not among those of 8 and keep their names (of lawyers 11 says so).

A court's or treasury's account and official landlines stay, as do a property's location and title number.
A person's name goes also where a shop or company bears it; a company named like nobody in the text stays.

Limits. These are not found: a given name alone (建国); most names met once in a narrative without a role; a
name that is a word (安全) where nothing beside it shows a person; names that OCR has misread. A word with a
surname before it may be taken for a name. Marks that the text has already (张某, 李某某, 王××) are left.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, count
from typing import Any

from ingest.masking.name_forms import family_of, stands_for_person
from ingest.masking.person_names import find_names
from ingest.masking.personal_numbers import Found, find_numbers, narrow
from ingest.masking.recurrence import Lookup, find_figures
from ingest.parse_judicial import is_judicial
from ingest.parse_policy import INFO_END, is_policy
from ingest.source import Page, RawDocument

_LABELS = {
    "id_number": "身份证号",
    "phone": "电话",
    "bank_card": "银行卡",
    "address": "地址",
    "email": "邮箱",
    "wechat": "微信号",
    "qq": "QQ号",
    "plate": "车牌",
}
_PARTY = re.compile(
    r"^\s*(?:[甲乙丙]方|原告人?|被告人?|(?:被?申请|申请执行|被执行|当事|借款|承租|出租|委托|受托)[人方])\s?[（(：:]",
    re.MULTILINE,
)
_CASE = re.compile(r"^#{1,4}\s*(?:基本|简要)?案情", re.MULTILINE)  # a typical case published as norms are
_NUMBERED = re.compile(r"【[^【】]{1,16}】")
_ROUNDS = 8  # each finds what the marks of the one before laid bare; documents need two or three
_BETWEEN = "\n\n\n\n"  # longer than any gap within a name
_SHORT = 5  # an address below this length (3组) is too common to be replaced wherever it stands


@dataclass(frozen=True, slots=True)
class Masked:
    """A document without personal data, and how many places of each kind were masked in its text."""

    document: RawDocument
    counts: Mapping[str, int]
    _plans: tuple["_Plan", ...]

    def replace(self, text: str) -> str:
        """`text`, such as the path of the file, with the same replacements."""
        for plan in self._plans:
            text = _edited(text, plan.recurrences(text), plan.marks)
        return text


def mask(raw: RawDocument) -> Masked:
    """`raw` with marks for persons, their numbers and addresses; the same mark for the same value."""
    counts: Counter[str] = Counter()
    plans: list[_Plan] = []
    while len(plans) < _ROUNDS:
        strings = [raw.text, raw.id, *_strings(raw.fields)]
        joined = _BETWEEN.join([raw.text, raw.id.replace("/", "\n"), *strings[2:]])
        plan = _Plan(joined, _is_norm(raw))
        spans = plan.spans(joined)
        if not spans:
            break
        plans.append(plan)
        starts = list(accumulate((len(string) + len(_BETWEEN) for string in strings), initial=0))
        parts = [
            _within(spans, start, start + len(string)) for start, string in zip(starts, strings, strict=False)
        ]
        counts.update(found.kind for found in parts[0])
        edited = [_edited(*item, plan.marks) for item in zip(strings, parts, strict=True)]
        raw = replace(
            raw,
            text=edited[0],
            id=edited[1],
            fields=_refilled(raw.fields, iter(edited[2:])),
            pages=tuple(_moved(raw.pages, parts[0], raw.text, plan.marks)),
        )
    return Masked(raw, dict(counts), tuple(plans))


def find_personal_data(raw: RawDocument) -> list[Found]:
    """The places in the text of `raw` that `mask` would mask at first sight, in order."""
    return _Plan(raw.text, _is_norm(raw)).spans(raw.text)


class _Plan:
    """What must go from a document, and the mark for each."""

    def __init__(self, text: str, norm: bool) -> None:
        self._numbers = numbers = find_numbers(text, norm)
        names = find_names(text, norm)
        marks = _person_marks(names.masked, text)
        self.marks = {("person", name): mark for name, mark in marks.items()}
        self.marks.update(_number_marks(numbers, text))
        # Names that are kept are looked for as well, so that no part of one is taken for another name.
        self._names = Lookup({*marks, *names.kept})
        again = {found.value: found.kind for found in numbers if len(found.value) >= _SHORT}
        self._kinds = again
        self._figures = frozenset(value for value in again if value.rstrip("X").isdecimal())
        self._values = Lookup(again.keys() - self._figures)

    def spans(self, text: str) -> list[Found]:
        """All places in the text that the plan was made for."""
        return _merged(self._numbers, self.recurrences(text))

    def recurrences(self, text: str) -> list[Found]:
        """The places in any text that hold a name or a value that the plan knows."""
        return _merged(list(self._known_values(text)), list(self._known_names(text)))

    def _known_values(self, text: str) -> Iterator[Found]:
        text = narrow(text)
        places = [*find_figures(text, self._figures), *self._values.find(text)]
        for start, end, value in sorted(places):
            yield Found(start, end, self._kinds[value], value)

    def _known_names(self, text: str) -> Iterator[Found]:
        last = 0
        for start, end, name in self._names.find(text):
            if start >= last and stands_for_person(text, start, end):
                last = end
                if ("person", name) in self.marks:
                    yield Found(start, end, "person", name)


def _is_norm(raw: RawDocument) -> bool:
    """Whether the text is of a norm; what has articles and parties is an agreement."""
    if INFO_END in raw.text:
        return _CASE.search(raw.text) is None
    return is_policy(raw.text) and not is_judicial(raw.text) and not _PARTY.search(raw.text)


def _person_marks(names: Iterable[str], text: str) -> dict[str, str]:
    """The mark of each name: 张某, or 张某1 and 张某2 where there are two or the text has a 张某 already."""
    names = list(names)
    families = Counter(map(family_of, names))
    taken = {family: set(re.findall(f"{family}某(\\d+)", text)) for family in families}
    marks = {}
    for name in names:
        family = family_of(name)
        if families[family] == 1 and f"{family}某" not in text:
            marks[name] = f"{family}某"
            continue
        number = next(n for n in count(1) if str(n) not in taken[family])
        taken[family].add(str(number))
        marks[name] = f"{family}某{number}"
    for name in names:  # 买买提 is 买买提·阿布都拉
        first = name.split("·")[0]
        if first != name and len(first) > 2:
            marks.setdefault(first, marks[name])
    return marks


def _number_marks(numbers: Iterable[Found], text: str) -> dict[tuple[str, str], str]:
    marks: dict[tuple[str, str], str] = {}
    taken = set(_NUMBERED.findall(text))
    last: Counter[str] = Counter()
    for kind, value in dict.fromkeys((found.kind, found.value) for found in numbers):
        last[kind] = next(n for n in count(last[kind] + 1) if f"【{_LABELS[kind]}{n}】" not in taken)
        marks[kind, value] = f"【{_LABELS[kind]}{last[kind]}】"
    return marks


def _merged(first: list[Found], second: list[Found]) -> list[Found]:
    """Both in order; of two that overlap the one from `first`, else the earlier."""
    merged: list[Found] = []
    last = 0
    starts = [found.start for found in first]
    for found in second:
        index = bisect_right(starts, found.start)
        before_clear = index == 0 or first[index - 1].end <= found.start
        if found.start >= last and before_clear and (index == len(first) or found.end <= first[index].start):
            merged.append(found)
            last = found.end
    return sorted([*first, *merged], key=lambda found: found.start)


def _within(spans: list[Found], start: int, end: int) -> list[Found]:
    return [
        replace(found, start=found.start - start, end=found.end - start)
        for found in spans
        if start <= found.start and found.end <= end
    ]


def _edited(text: str, spans: list[Found], marks: Mapping[tuple[str, str], str]) -> str:
    pieces, at = [], 0
    for found in spans:
        pieces += [text[at : found.start], _mark_at(text, found, marks)]
        at = found.end
    return "".join([*pieces, text[at:]])


def _mark_at(text: str, found: Found, marks: Mapping[tuple[str, str], str]) -> str:
    """The mark; with a space where a figure follows, so that 张某1 and 5000元 do not run together."""
    mark = marks[found.kind, found.value]
    return mark + " " if found.kind == "person" and text[found.end : found.end + 1].isdigit() else mark


def _moved(
    pages: tuple[Page, ...], spans: list[Found], text: str, marks: Mapping[tuple[str, str], str]
) -> Iterator[Page]:
    """The pages in the edited text; an edge inside a masked value goes behind its mark."""
    ends = [found.end for found in spans]
    growth = [0, *accumulate(len(_mark_at(text, f, marks)) - (f.end - f.start) for f in spans)]

    def moved(at: int) -> int:
        index = bisect_right(ends, at)
        if index < len(spans) and spans[index].start < at:
            return ends[index] + growth[index + 1]
        return at + growth[index]

    for page in pages:
        yield replace(page, start=moved(page.start), end=moved(page.end))


def _strings(value: Any) -> Iterator[str]:
    """The texts in a value of JSON, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _refilled(value: Any, strings: Iterator[str]) -> Any:
    """`value` with its texts taken from `strings`."""
    if isinstance(value, str):
        return next(strings)
    if isinstance(value, Mapping):
        return {key: _refilled(item, strings) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_refilled(item, strings) for item in value)
    return value
