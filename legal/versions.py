"""The versions of one law over time: which applied on a day, and what became of each, with the reason why.

The day of effect decides and not that of adoption. Where it is unknown the day of adoption stands in for it,
and the words say so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from legal.known_texts import AMENDED, KnownText

# The same text is dated by its adoption in one source and by its publication in another.
_ONE_ADOPTION = timedelta(60)


@dataclass(frozen=True, slots=True)
class Version:
    """A document that holds a version of a law, or a part of one; None is what it does not tell."""

    document_id: str
    title: str
    adopted: date | None
    effective: date | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """That another text ends the law from a day on, and in which of its articles it says so."""

    document_id: str
    title: str
    article: str
    day: date


class Standing(StrEnum):
    """What a version is on a day."""

    IN_FORCE = "现行有效"
    NOT_YET = "尚未施行"
    AMENDED = "已被修改"
    REPEALED = "已废止"
    UNKNOWN = "效力不明"


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One wording of a law: the documents that hold it or its parts, none where it is known only.

    Documents of one adoption or one day of effect are one wording: parts (民法典 合同编), or the same text
    under two dates. `ended` is the day from which a curated source says that it no longer applies.
    """

    documents: tuple[str, ...]
    title: str
    adopted: date | None
    effective: date | None
    document_number: str | None = None
    ended: date | None = None
    ended_as: Standing | None = None

    @property
    def begins(self) -> date | None:
        """The day of effect, else that of adoption."""
        return self.effective or self.adopted


@dataclass(frozen=True, slots=True)
class Status:
    """What a version is, from which day, the wording or text that made it so, and the reason in words."""

    standing: Standing
    since: date | None
    by: LawVersion | Ending | None
    source: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The wording that applied on a day; None where none did or none is known. `source` says why."""

    version: LawVersion | None
    source: str


@dataclass(frozen=True, slots=True)
class History:
    """All wordings of one law, oldest first and undated last, and the texts that end it."""

    versions: tuple[LawVersion, ...]
    endings: tuple[Ending, ...] = ()

    def status(self, document_id: str, day: date) -> Status:
        """What the wording that a document holds is on `day`. Raises KeyError for one of another law."""
        version = next((v for v in self.versions if document_id in v.documents), None)
        if version is None:
            raise KeyError(document_id)
        return self.status_of(version, day)

    def status_of(self, version: LawVersion, day: date) -> Status:
        """What a wording is on `day`."""
        begins = version.begins
        end = self._end(version)
        if begins is None:
            if end and end.since and end.since <= day:
                return end
            return Status(
                Standing.UNKNOWN, None, None, "文本没有写明通过日期和施行日期，无法判断是否现行有效。"
            )
        if begins > day:
            return Status(Standing.NOT_YET, begins, None, _begins_later(version))
        if end and end.since and end.since <= day:
            return end
        return Status(Standing.IN_FORCE, begins, None, _in_force(version) + _until(end))

    def version_on(self, day: date) -> Applied:
        """The wording that applied on `day`, by the day of effect."""
        begun = [v for v in self.versions if v.begins and v.begins <= day]
        if not begun:
            return Applied(None, f"{_words(day)}早于所知最早版本的施行日期，没有可以适用的版本。")
        version = max(begun, key=lambda v: v.begins or date.min)
        status = self.status_of(version, day)
        if status.standing is not Standing.IN_FORCE:
            return Applied(None, status.source)
        return Applied(version, _in_force(version))

    def _end(self, version: LawVersion) -> Status | None:
        """What ends a wording first: a curated source, the next wording, or a text that repeals the law."""
        if version.ended:
            return self._curated_end(version, version.ended)
        if version.begins is None and any(v.begins for v in self.versions):
            return None  # another wording may be the one that was repealed
        ends = [_replaced(v) for v in self.versions if _follows(v, version)]
        ends += [_repealed(e) for e in self.endings if version.begins is None or e.day > version.begins]
        return min(ends, key=lambda end: end.since or date.max, default=None)

    def _curated_end(self, version: LawVersion, day: date) -> Status:
        follower = next((v for v in self.versions if v.begins == day and v is not version), None)
        if follower is not None:
            return _replaced(follower)
        ending = next((e for e in self.endings if e.day == day), None)
        if ending is not None:
            return _repealed(ending)
        standing = version.ended_as or Standing.AMENDED
        return Status(standing, day, None, f"自{_words(day)}起不再适用（依据人工核对的资料）。")


def history_of(
    versions: Iterable[Version], known: Iterable[KnownText] = (), endings: Sequence[Ending] = ()
) -> History:
    """The history of a law from the documents that hold it, what else is known of it, and what ends it.

    What the curated table says of a version stands before what its document tells.
    """
    joined: list[LawVersion] = []
    for version in versions:
        _join(joined, _of_document(version), _same)
    for text in known:
        _join(joined, _of_known(text), _meant)
    return History(tuple(sorted(joined, key=_age)), tuple(endings))


def _join(
    joined: list[LawVersion], wording: LawVersion, same: Callable[[LawVersion, LawVersion], bool]
) -> None:
    """Adds a wording, or completes the one there that is the same."""
    place = next((place for place, known in enumerate(joined) if same(known, wording)), None)
    if place is None:
        joined.append(wording)
    else:
        joined[place] = _joined(wording, joined[place])


def _of_document(version: Version) -> LawVersion:
    return LawVersion(
        (version.document_id,), version.title, version.adopted, version.effective, version.document_number
    )


def _of_known(text: KnownText) -> LawVersion:
    return LawVersion(
        (),
        text.title,
        text.adopted or text.published,
        text.effective,
        text.document_number,
        text.ended,
        Standing.AMENDED if text.status == AMENDED else Standing.REPEALED if text.ended else None,
    )


def _same(one: LawVersion, other: LawVersion) -> bool:
    """Whether two are one wording: adopted on one day, or in effect on one and adopted about one time."""
    if one.adopted and one.adopted == other.adopted:
        return True
    if one.effective is None or one.effective != other.effective:
        return False
    return not (one.adopted and other.adopted) or abs(one.adopted - other.adopted) <= _ONE_ADOPTION


def _meant(held: LawVersion, known: LawVersion) -> bool:
    """Whether the table means a wording that is here, which its source may date by its publication."""
    if _same(held, known):
        return True
    near = held.adopted and known.adopted and abs(held.adopted - known.adopted) <= _ONE_ADOPTION
    return bool(near) and not (held.effective and known.effective)


def _joined(one: LawVersion, other: LawVersion) -> LawVersion:
    """`one`, completed by `other`."""
    return LawVersion(
        other.documents + one.documents,
        one.title if one.documents else other.title,
        one.adopted or other.adopted,
        one.effective or other.effective,
        one.document_number or other.document_number,
        one.ended or other.ended,
        one.ended_as or other.ended_as,
    )


def _follows(later: LawVersion, version: LawVersion) -> bool:
    return bool(later.begins and version.begins and later.begins > version.begins)


def _replaced(by: LawVersion) -> Status:
    day = by.begins or date.max
    made = f"{_words(by.adopted)}通过（公布）的" if by.adopted else "新的"
    held = "" if by.documents else "（该版本未收录）"
    named = "" if by.effective else "；新文本的施行日期不明，按通过（公布）日期计算"
    source = f"被{made}文本{held}取代，自{_words(day)}起不再适用{named}。"
    return Status(Standing.AMENDED, day, by, source)


def _repealed(ending: Ending) -> Status:
    where = f"（{ending.article}）" if ending.article.startswith("第") else ""
    title = ending.title.replace("《", "〈").replace("》", "〉")
    source = f"被《{title}》{where}废止，自{_words(ending.day)}起失效。"
    return Status(Standing.REPEALED, ending.day, ending, source)


def _in_force(version: LawVersion) -> str:
    if version.effective:
        return f"自{_words(version.effective)}起施行。"
    return f"施行日期不明，按通过（公布）日期{_words(version.begins)}计算。"


def _begins_later(version: LawVersion) -> str:
    if version.effective:
        return f"自{_words(version.effective)}起施行。"
    return f"{_words(version.begins)}才通过（公布），施行日期不明。"


def _until(end: Status | None) -> str:
    if end is None:
        return "未见其后修改或者废止的记载。"
    how = "废止" if end.standing is Standing.REPEALED else "被新文本取代"
    return f"将自{_words(end.since)}起{how}。"


def _words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "日期不明"


def _age(version: LawVersion) -> tuple[bool, date, date]:
    begins = version.begins
    return (begins is None, begins or date.max, version.adopted or date.max)
