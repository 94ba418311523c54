"""Which law a reference without a name means: 该法, 上述规定, 本法 in the words that a decision amends."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from legal.citation import Citation
from legal.citation_names import name_before, title_start
from legal.law_names import known_at_end, law_key

FORM = "法典|法|条例|规定|解释|办法|规则|细则|决定|意见|通则|规程|准则|纪要|安排|批复|公约|修正案"

_TAIL = re.compile(r"(?:\([^()]*\))+\Z")
_FORM_AT_END = re.compile(rf"(?:{FORM})\Z")
_CHANGES = re.compile("修正案|修改.*决定|修订.*决定")
_CHANGED = re.compile(r"(?:修改|修正|修订|将|对)\s*\Z")
_TITLE_OF_CHANGE = re.compile(r"关于修改(.+?)的决定")
_NAME_END = re.compile(r"[》法典释定例]")
_REACH = 800  # code points back from 该法 to the name


@lru_cache(maxsize=1024)
def fits(law: str, form: str) -> bool:
    """Whether a law (its key) is of the kind that 本法, 该条例, 上述司法解释 names.

    >>> fits("民法典", "法"), fits("最高人民法院关于执行和解若干问题的规定", "解释")
    (True, False)
    """
    name = _TAIL.sub("", law)
    kind = form.removeprefix("实施")
    if kind in {"法", "法律", "法典"}:
        return name.endswith(("法", "法典", "民法通则", "民法总则"))
    if kind == "司法解释":
        return name.startswith("最高人民")
    return name.endswith(kind)


def has_form(law: str) -> bool:
    """Whether the key of a law ends with what kind of text it is."""
    return _FORM_AT_END.search(_TAIL.sub("", law)) is not None


def last_law_of_kind(text: str, at: int, kind: str, named: Sequence[Citation]) -> str | None:
    """The law named last before `at` that is of this kind (法, 解释 …), with an article or without."""
    start = at  # of the name that was looked at last: 民诉法 within 《民诉法解释》 is not named
    for match in reversed(list(_NAME_END.finditer(text, max(0, at - _REACH), at))):
        end = match.end()
        if end > start:
            continue
        if match.group() == "》":
            name = name_before(text, end)
            law, start = (name.law, name.start) if name else (None, title_start(text, end) or start)
        else:
            known = known_at_end(text[max(0, end - 32) : end]) or ""
            law, start = law_key(known) if known else None, end - len(known)
        if law and fits(law, kind):
            return law
    index = bisect_right(named, at, key=lambda citation: citation.end)
    return next((citation.law for citation in reversed(named[:index]) if fits(citation.law, kind)), None)


class AmendedLaws:
    """The laws that a decision on amendments changes, and in which part of its text which one."""

    def __init__(self, text: str, own_law: str) -> None:
        self._places: list[tuple[int, str]] = []
        if not _CHANGES.search(own_law):
            return
        title = _TITLE_OF_CHANGE.search(own_law)
        law = own_law.split("修正案")[0] if "修正案" in own_law else law_key(title[1]) if title else ""
        if law:
            self._places.append((0, law))
        for match in re.finditer("》", text):
            name = name_before(text, match.end())
            if name and _CHANGED.search(text, max(0, name.start - 4), name.start):
                self._places.append((match.end(), name.law))

    def at(self, place: int) -> str | None:
        """The law whose amendment is the matter at `place`; None where the text amends none."""
        index = bisect_right(self._places, (place, "\U0010ffff")) - 1
        return self._places[index][1] if index >= 0 else None
