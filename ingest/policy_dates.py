"""When a norm was adopted and from when this version of it applies, by its head and its last article.

The clause of the last article (本法自…起施行) stays as it was when a law is amended by a decision: it tells
the effect of the version at hand only where its day is not before the last adoption.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from legal.dates import DATE, to_date

_ADOPTION = re.compile("通过|修正|修订|批准|公布|发布|印发|制定")
_PUBLICATION = re.compile("公布|发布|颁布|印发|颁发")
_FORCE = "(?:施行|实施|执行|实行|生效)"
_EFFECT = re.compile(rf"[\s零时]*起?[\s正式]*{_FORCE}")
_AT_ONCE = re.compile(rf"(?:公布|发布){_FORCE}")
_AMENDMENT = re.compile("修正|《[^》]*(?:修改|修订)|(?:修改|修订)[^，。]{0,60}决定")
_SAID = "公布|发布|颁布|印发|下发|颁发|签发|通过"
_CLAUSE = re.compile(rf"[自从于](?:(?P<said>{_SAID})之日|{DATE.pattern})[\s零时]*起?[\s正式]*{_FORCE}")
# 本法, 本《办法》, 本规定由…解释， or only the number of the article before 自; 本法第三条自… is a part.
_SUBJECT = re.compile(
    r"(?:本[《〈]?[^，。；：、“”《》〈〉\s第]{1,9}[》〉]?(?:[经由][^。；]{1,60}[，,])?|(?:^|[。\s]))$"
)
_FILE_DAY = re.compile(r"\(([0-9]{4}-[0-9]{2}-[0-9]{2})\)")
# A file is dated by its publication: where that is so much later than all that the head names, an amendment
# is missing there. Interpretations and local norms are published months after their adoption.
_LATE = {"行政法规": timedelta(60), "法律": timedelta(60), "司法解释": timedelta(400)}
_LATE_OTHERWISE = timedelta(150)
_SLACK = timedelta(10)  # between the day of effect and the day by which a source dates the publication
_PUBLISHED_WITHIN = timedelta(60)
_LONGEST_WAIT = timedelta(
    550
)  # from the first reading in a council to effect; what lies later is an amendment


@dataclass(frozen=True, slots=True)
class Act:
    """One line of history in the head of a norm: its day and what was done (通过, 第二次修正)."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a norm says: the acts in their order, and the days of effect that it names."""

    acts: tuple[Act, ...] = ()
    effects: tuple[date, ...] = ()


def read_head(preamble: str) -> Head:
    """The history in the lines above a norm: 1991年4月9日 …通过, 2007年10月28日 …修正, 2024年1月1日 施行."""
    acts: list[Act] = []
    effects: list[date] = []
    for line in preamble.splitlines():
        line = line.strip(" 　\t（(）)")
        found = list(DATE.finditer(line))
        if not found or line.endswith(("。", "：")) or not (found[0].start() < 3 or _ADOPTION.search(line)):
            continue
        ends = [*(match.start() for match in found[1:]), len(line)]
        for match, end in zip(found, ends, strict=True):
            day, words = to_date(match), line[match.end() : end]
            if day is None:
                continue
            if _EFFECT.match(words):
                effects.append(day)
                continue
            acts.append(Act(day, words))
            if _AT_ONCE.search(words):
                effects.append(day)
    return Head(tuple(acts), tuple(effects))


def file_day(path: str) -> date | None:
    """The day in the name of a file, 甲法(2023-09-01).md: that of publication; None where there is none."""
    named = _FILE_DAY.search(path)
    match = DATE.match(named[1]) if named else None
    return to_date(match) if match else None


def adopted_on(head: Head, path: str, level: str) -> date | None:
    """The day of the last adoption or amendment that the head names, else the one in the file's name.

    The latter counts also where it is much later: the head then stops short of the last amendment.
    """
    last, published = _last(head), file_day(path)
    if last and published and published - last > _LATE.get(level, _LATE_OTHERWISE):
        return published
    return last or published


def effective_on(text: str, head: Head, path: str, level: str) -> date | None:
    """The day from which this version applies, None where the text does not tell.

    For an amended law the clause of its last article is the day of the original and is not taken.
    """
    adopted, published = adopted_on(head, path, level), file_day(path)
    named = [day for day in head.effects if adopted is None or day >= adopted]
    if named:
        return max(named)
    clause = _last_clause(text)
    if clause is None:
        return None
    if not clause["said"]:
        day = to_date(clause)
        if day is None or (adopted and day < adopted) or (published and published > day + _SLACK):
            return None
        return day if adopted or level not in ("法律", "行政法规", "地方性法规", "司法解释") else None
    return None if _is_amended(head, adopted, level) else _publication(head, clause["said"], published)


def stated_effect(text: str, head: Head, effective: date | None) -> date | None:
    """The day from which the norm as first made applied, whatever amended it since.

    That is the day of the last article; with 自公布之日起, that of this version where it is the first one,
    else that of the first act.
    """
    clause = _last_clause(text)
    if clause is not None and not clause["said"]:
        return to_date(clause)
    first = min((act.day for act in head.acts), default=None)
    if first and effective and effective - first > _LONGEST_WAIT:
        return first
    return effective or first


def _last(head: Head) -> date | None:
    return max((act.day for act in head.acts), default=None)


def _last_clause(text: str) -> re.Match[str] | None:
    """The last 本法自…起施行 that is no quotation from another text."""
    last = None
    for match in _clauses(text):
        last = match
    return last


def _clauses(text: str) -> Iterator[re.Match[str]]:
    for match in _CLAUSE.finditer(text):
        line = text[max(text.rfind("\n", 0, match.start()) + 1, match.start() - 300) : match.start()]
        if line.count("“") == line.count("”") and _SUBJECT.search(line[-48:]):
            yield match


def _is_amended(head: Head, adopted: date | None, level: str) -> bool:
    """Whether the last act may have left the clause of an earlier one, whose 公布之日 is another day."""
    last = _last(head)
    if last is None or last != adopted:
        return True
    if level == "司法解释" and last - min(act.day for act in head.acts) > _LONGEST_WAIT:
        return True
    return any(_AMENDMENT.search(act.words) for act in head.acts if act.day == last)


def _publication(head: Head, said: str, published: date | None) -> date | None:
    last = _last(head)
    if said == "通过":
        days = [act.day for act in head.acts if "通过" in act.words]
        return days[-1] if days else None
    named = [act.day for act in head.acts if act.day == last and _PUBLICATION.search(act.words)]
    if named:
        return named[-1]
    return published if last and published and last <= published <= last + _PUBLISHED_WITHIN else None
