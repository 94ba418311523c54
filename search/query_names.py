"""Slips of typing in names of laws: which name was meant, and never where the words as typed name a law."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from legal.law_names import SHORT_NAMES, known_at_end, law_key
from search.sounds import sound_alike

_LONGEST_TEXT = 200  # code points; in a whole paragraph of facts nothing is corrected
_LONGEST_NAME = 24
# From how many characters on a name may differ by one that does not sound alike, and by one too many or few.
_LONG_ENOUGH_FOR_ANY = 6
_LONG_ENOUGH_FOR_MORE = 5
_LONG_ENOUGH_FOR_SWAP = 4
_QUOTED = re.compile('“[^”]*”|"[^"]*"|「[^」]*」|『[^』]*』')
# Where a name whose last character is wrong may end: 民法点577条, and not 公司发工资.
_END = re.compile(r"[\s》〉）)，。、；：:？！,;?!的和与]|第|[0-9]|解释|规定|\Z")
_ARTICLE = re.compile("第?[0-9〇零一二三四五六七八九十百千]+条")
_BEGINNING = re.compile(r"(?:\A|[\s《〈（(，。、；：:？！,;?!\-]|依据|根据|按照|适用|违反|按|依|和|与|及)\Z")
# 行政许可受法律保护: what goes on behind 法 is a word of its own.
_GOES_ON = re.compile("(?<=法)[律院官定庭治制规人医学]")
# Words that end as a law does and are none: 公司违法 is no slip for 公司法.
_ORDINARY = frozenset(
    f"{character}法" for character in "方无合违司执做说办用非守想看依枉立普手犯书疗算语讲打私公不懂学新旧本该"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """That `typed` was taken for `meant`, the name of a law."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class _Slip:
    start: int
    end: int
    meant: str
    weight: int  # the smaller the surer


class LawNames:
    """The names by which a slip is known: of the laws of an index, and the short names in daily use."""

    def __init__(self, held: Iterable[str]) -> None:
        self._names = {name for name in (*held, *SHORT_NAMES) if len(name) <= _LONGEST_NAME}
        self._ends = {name[-1] for name in self._names}
        self._shortened: dict[str, list[str]] = {}
        for name in sorted(self._names):
            for form in _forms(name):
                self._shortened.setdefault(form, []).append(name)

    def corrected(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """`text` with the slips set right, and what they were. What stands in quotes stays as it is."""
        if len(text) > _LONGEST_TEXT:
            return text, ()
        found: list[_Slip] = []
        for slip in sorted(self._slips(text), key=lambda s: (s.weight, s.start - s.end, s.start)):
            if all(slip.end <= other.start or slip.start >= other.end for other in found):
                found.append(slip)
        found.sort(key=lambda s: s.start)
        corrections = tuple(Correction(text[s.start : s.end], s.meant) for s in found)
        for slip in reversed(found):
            text = text[: slip.start] + slip.meant + text[slip.end :]
        return text, corrections

    def _slips(self, text: str) -> Iterator[_Slip]:
        taken = self._taken(text)
        for end in range(2, len(text) + 1):
            if not self._may_end(text[end - 1]):
                continue
            for start in range(end - 2, max(-1, end - _LONGEST_NAME - 2), -1):
                if taken[start] or not text[start].isalnum():
                    break
                slip = None if taken[end - 1] else self._slip(text, start, end)
                if slip is not None:
                    yield slip

    def _taken(self, text: str) -> list[bool]:
        """Which characters belong to a name as it should be, or to a quotation."""
        taken = [False] * len(text)
        spans = [match.span() for match in _QUOTED.finditer(text)]
        for end in range(2, len(text) + 1):
            known = known_at_end(text[max(0, end - 60) : end])
            if known:
                spans.append((end - len(known), end))
            spans += [
                (start, end)
                for start in range(max(0, end - _LONGEST_NAME), end - 1)
                if text[start:end] in self._names
            ]
        for start, end in spans:
            taken[start:end] = [True] * (end - start)
        return taken

    def _may_end(self, character: str) -> bool:
        return character in self._ends or _sounds_last(character)

    def _slip(self, text: str, start: int, end: int) -> _Slip | None:
        typed = text[start:end]
        weights: dict[str, int] = {}
        for form in _forms(typed):
            for name in self._shortened.get(form, ()):
                weight = None if name in weights else _weight(typed, name)
                if weight is not None and _stands_alone(text, start, end, name):
                    weights[name] = weight
        if not weights:
            return None
        best = min(weights.values())
        meant = {law_key(name): name for name, weight in weights.items() if weight == best}
        return _Slip(start, end, next(iter(meant.values())), best) if len(meant) == 1 else None


_LAST = "法典例定释则"


@lru_cache(maxsize=8192)
def _sounds_last(character: str) -> bool:
    return any(sound_alike(character, end) for end in _LAST)


def _forms(name: str) -> list[str]:
    return [name, *(name[:place] + name[place + 1 :] for place in range(len(name)))]


def _weight(typed: str, name: str) -> int | None:
    """How unlikely it is that `typed` is a slip for `name`; None where it is not taken for one."""
    if typed[-2:] in _ORDINARY and typed[-2:] != name[-2:]:
        return None
    if len(typed) == len(name):
        different = [place for place in range(len(name)) if typed[place] != name[place]]
        if len(different) == 1:
            if sound_alike(typed, name):
                return 1
            wrong_inside = 0 < different[0] < len(name) - 1
            return 3 if wrong_inside and len(name) >= _LONG_ENOUGH_FOR_ANY else None
        swapped = len(different) == 2 and different[1] == different[0] + 1
        if swapped and sorted(typed) == sorted(name) and len(name) >= _LONG_ENOUGH_FOR_SWAP:
            return 1
        return None
    more_or_less = len(name) >= _LONG_ENOUGH_FOR_MORE and abs(len(typed) - len(name)) == 1
    return 2 if more_or_less and typed[0] == name[0] and typed[-1] == name[-1] else None


def _stands_alone(text: str, start: int, end: int, name: str) -> bool:
    """Whether the name ends where it should; the shorter it is, the more must stand about it."""
    if _GOES_ON.match(text, end):
        return False
    if len(name) == 2:
        return bool(_ARTICLE.match(text, end) and _BEGINNING.search(text, 0, start))
    if text[end - 1] == name[-1]:
        return True
    return bool(_END.match(text, end) and (len(name) > 3 or _BEGINNING.search(text, 0, start)))
