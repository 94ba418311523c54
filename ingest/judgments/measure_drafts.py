"""Measures while they are gathered: mentions of one measure become one."""

from dataclasses import dataclass, replace
from datetime import date

from ingest.judgments.measure_property import Span, is_general, points, same_family, same_thing
from ingest.judgments.plain import Plain
from legal.enforcement import Measure, Property

# How many measures back a mention may point; no real document has so many.
_NEAR = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention of a measure, in offsets of `Plain.text`.

    `ordering` where the document itself orders it: that is another measure than the one it reports. `by` is
    the court that is named with it; `registered` where the day is that of its registration.
    """

    kind: str
    action: str
    start: int
    end: int
    thing: Span | None = None
    ordered: date | None = None
    begins: date | None = None
    ends: date | None = None
    months: int | None = None
    rank: str | None = None
    ordering: bool = False
    by: str | None = None
    registered: bool = False


def merged(drafts: list[Draft], text: str) -> list[Draft]:
    """Each measure once, where it is first mentioned, with what its later mentions add."""
    found: list[Draft] = []
    for draft in drafts:
        near = range(max(0, len(found) - _NEAR), len(found))
        place = next((i for i in reversed(near) if _is_same(found[i], draft, text)), None)
        if place is None:
            found.append(draft)
        else:
            found[place] = _joined(found[place], draft, text)
    return found


def _is_same(old: Draft, new: Draft, text: str) -> bool:
    if (old.kind, old.action, old.ordering) != (new.kind, new.action, new.ordering):
        return False
    if any(one and two and one != two for one, two in ((old.rank, new.rank), (old.by, new.by))):
        return False
    if old.ordered and new.ordered and old.ordered != new.ordered and not new.registered:
        return False
    if old.thing is None or new.thing is None:
        return True
    if _points(old, text) or _points(new, text) or same_thing(_words(old, text), _words(new, text)):
        return True
    return _is_general(old, new, text) or _is_general(new, old, text)


def _is_general(one: Draft, other: Draft, text: str) -> bool:
    """Whether the first speaks of the second only in general: 对冻结|银行账户|的行为不服."""
    words = _words(one, text)
    undated = one.ordered is None and not one.ordering
    return undated and is_general(words) and same_family(words, _words(other, text))


def _joined(old: Draft, new: Draft, text: str) -> Draft:
    vague = old.thing is None or _points(old, text) or (is_general(_words(old, text)) and old.ordered is None)
    thing = new.thing if new.thing and vague else old.thing
    return replace(
        old,
        thing=thing,
        ordered=old.ordered or new.ordered,
        begins=old.begins or new.begins,
        ends=old.ends or new.ends,
        months=old.months or new.months,
        rank=old.rank or new.rank,
        by=old.by or new.by,
    )


def _words(draft: Draft, text: str) -> str:
    return text[draft.thing[0] : draft.thing[1]] if draft.thing else ""


def _points(draft: Draft, text: str) -> bool:
    return points(_words(draft, text), draft.kind)


def measure(draft: Draft, plain: Plain) -> Measure:
    """The measure of a draft, in offsets of the document."""
    thing = None
    if draft.thing:
        thing = Property(plain.words(*draft.thing), *plain.place(*draft.thing))
    return Measure(
        kind=draft.kind,
        action=draft.action,
        property=thing,
        ordered=draft.ordered,
        begins=draft.begins,
        ends=draft.ends,
        months=draft.months,
        rank=draft.rank,
        start=plain.place(draft.start, draft.end)[0],
        end=plain.place(draft.start, draft.end)[1],
    )
