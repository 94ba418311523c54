"""The crosswalk of renumbered laws: which article in force a citation of an earlier edition leads to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from legal.article_alignment import Change
from legal.citation import Citation
from legal.crosswalk_steps import DATA, Evidence, Move, Step, steps_of
from legal.law_editions import Edition, known_editions, means_former


class Obstacle(StrEnum):
    """Why a citation leads to no article."""

    BEFORE_FIRST = "早于已知的第一个版本"
    NO_EDITIONS = "没有该法各版本的资料"
    NOT_HELD = "当时版本的条文未收录，序号未能推导"
    NO_SUCH_ARTICLE = "当时的版本没有这一条"
    LATER = "引用的版本晚于所问日期的版本"


@dataclass(frozen=True, slots=True)
class Citing:
    """What of a citing text decides which edition it means.

    `governing` is the day of effect of a norm, the day of a judgment. `written` is the day on which the text
    was adopted, where that is known: it cannot mean an edition that was adopted later, though that one be in
    effect when the text is. What the citation says itself wins over both: the `year` of the edition
    （2017年修正）, or that it is the one before the last amendment (`former`, 修改前的).
    """

    governing: date
    written: date | None = None
    year: int | None = None
    former: bool = False


def citing(text: str, citation: Citation, governing: date, written: date | None = None) -> Citing:
    """What decides which edition a citation found in `text` means."""
    year = int(citation.edition) if citation.edition else None
    return Citing(governing, written, year, means_former(text, citation.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a citation means and where it leads. `said` tells a lawyer so, in Chinese.

    `edition` is the day of effect of the wording that the citing text means, `target` that of the wording
    asked for. `article` is the number there: None where it was deleted (`change` says so) or where an
    `obstacle` stands in the way. `also` are articles that took up parts of it. `change` sums up the way and
    is None where no texts could be compared on some stretch of it. `evidence` is one a step.
    """

    law: str
    cited: str
    edition: date | None
    target: date | None
    article: str | None = None
    also: tuple[str, ...] = ()
    change: Change | None = None
    evidence: tuple[Evidence, ...] = ()
    obstacle: Obstacle | None = None
    said: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that an article bore: citing texts from `since` to the day before `until` mean it by that."""

    article: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class _Way:
    """Of a citation of `cited`, from the edition that it means to the latest, or to the one `asked` for."""

    law: str
    cited: str
    edition: date
    target: date
    asked: bool

    def blocked(self, obstacle: Obstacle) -> Resolution:
        said = f"引用的是{_day(self.edition)}施行的版本{self.cited}，{obstacle}"
        return _unresolved(self.law, self.cited, obstacle, said, (self.edition, self.target))

    def arrived(self, moves: list[Move], last: date, also: tuple[str, ...]) -> Resolution:
        """`moves` are those of all steps; `last` is the edition at the end of the last of them."""
        article = moves[-1].new if moves else self.cited
        change = _sum(moves)
        return Resolution(
            law=self.law,
            cited=self.cited,
            edition=self.edition,
            target=self.target,
            article=article,
            also=also,
            change=change,
            evidence=tuple(move.evidence for move in moves),
            said=self._said(article, change, last, also),
        )

    def _said(self, article: str | None, change: Change | None, last: date, also: tuple[str, ...]) -> str:
        if self.edition == self.target:
            return f"引用的即{_day(self.target)}施行的版本{self.cited}"
        meant = f"引用的是{_day(self.edition)}施行的版本{self.cited}"
        if article is None:
            said = f"{meant}，该条已被{_day(last)}施行的版本删除"
        elif article == self.cited:
            same = "仅所引条文的序号改变" if change is Change.RENUMBERED else _SAID[change]
            said = f"{meant}，在{_day(self.target)}施行的版本中序号未变，{same}"
        else:
            now = "对应" if self.asked else "现为"
            said = f"{meant}，{now}{article}（{_day(self.target)}施行），{_SAID[change]}"
        return said + (f"；部分内容见{'、'.join(also)}" if also else "")


_SAID = {
    Change.SAME: "内容未变",
    Change.RENUMBERED: "仅序号改变",
    Change.CHANGED: "条文有修改",
    None: "条文有无修改未能逐版比对",
}


class Crosswalk:
    """The steps between the editions of laws, and what follows from them. Immutable."""

    def __init__(self, steps: Iterable[Step], editions: Mapping[str, tuple[Edition, ...]]) -> None:
        """`editions` completes what the steps tell: an edition that no step touches is known and not held."""
        self._steps: dict[tuple[str, date], Step] = {}
        self._back: dict[tuple[str, date], Step] = {}
        days: dict[str, dict[date, Edition]] = defaultdict(dict)
        for step in steps:
            self._steps.setdefault((step.law, step.before), step)
            self._back.setdefault((step.law, step.after), step)
            for day in (step.before, step.after):
                days[step.law].setdefault(day, Edition(day, day))
        for law, known in editions.items():
            days[law].update({edition.effective: edition for edition in known})
        self._editions = {law: tuple(found[day] for day in sorted(found)) for law, found in days.items()}

    def adding(
        self, steps: Iterable[Step], editions: Mapping[str, tuple[Edition, ...]] | None = None
    ) -> "Crosswalk":
        """This one, further steps, and further editions of their laws (see `law_editions.known_editions`).

        Where both know a step, what is here already stands. An edition that only a step names counts as
        adopted on its day of effect.
        """
        known = {law: list(found) for law, found in self._editions.items()}
        for law, found in (editions or {}).items():
            known[law] = [*found, *known.get(law, [])]
        merged = {law: tuple(found) for law, found in known.items()}
        return Crosswalk([*self._steps.values(), *steps], merged)

    def editions(self, law: str) -> tuple[Edition, ...]:
        """The editions of a law (a key of `law_names.law_key`) that are known of, the oldest first."""
        return self._editions.get(law, ())

    def edition_on(self, law: str, day: date) -> Edition | None:
        """The edition in effect on a day; None before the first, and for a law that is not known here."""
        return next((found for found in reversed(self.editions(law)) if found.effective <= day), None)

    def resolve(self, law: str, article: str, citing: Citing, on: date | None = None) -> Resolution:
        """Where a citation of `article` (第…条) leads, in the latest edition or the one in effect `on` a day.

        `law` is a key of `law_names.law_key`. The text means the edition in effect on its governing day.
        """
        meant = self._meant(law, citing)
        target = self.edition_on(law, on or date.max)
        if meant is None or target is None:
            obstacle = Obstacle.BEFORE_FIRST if self.editions(law) else Obstacle.NO_EDITIONS
            said = f"引用的{article}无法对应到现行版本：{obstacle}"
            return _unresolved(law, article, obstacle, said, (None, target.effective if target else None))
        way = _Way(law, article, meant.effective, target.effective, on is not None)
        if target.effective < meant.effective:
            return way.blocked(Obstacle.LATER)
        entered = self._back.get((law, meant.effective))
        if entered and entered.complete and all(move.new != article for move in entered.moves):
            return way.blocked(Obstacle.NO_SUCH_ARTICLE)
        return self._follow(way)

    def earlier(self, law: str, article: str) -> list[Number]:
        """The numbers of an article of the latest edition, the present one first, each with its period.

        Back to where the article was new or its way is not known; a merged article has several numbers then.
        """
        editions = self.editions(law)
        if not editions:
            return []
        found, until, numbers, day = [], None, [article], editions[-1].effective
        while True:
            found += [Number(number, day, until) for number in numbers]
            step = self._back.get((law, day))
            if step is None:
                break
            before = (move.old for number in numbers for move in step.back(number))
            numbers = list(dict.fromkeys(old for old in before if old))
            day = step.before
            until = next(edition.effective for edition in editions if edition.effective > day)
            if not numbers:
                break
        return _joined(found)

    def _meant(self, law: str, citing: Citing) -> Edition | None:
        if citing.year:
            adopted = [edition for edition in self.editions(law) if edition.adopted.year == citing.year]
            return adopted[-1] if adopted else self.edition_on(law, date(citing.year, 12, 31))
        meant = self.edition_on(law, citing.governing)
        while meant and citing.written and meant.adopted > citing.written:
            meant = self._before(law, meant)
        return self._before(law, meant) if meant and citing.former else meant

    def _before(self, law: str, edition: Edition) -> Edition | None:
        return self.edition_on(law, edition.effective - timedelta(days=1))

    def _follow(self, way: _Way) -> Resolution:
        """Along the steps from the edition meant to the one asked for."""
        at, day, moves = way.cited, way.edition, list[Move]()
        also: list[str] = []
        while day < way.target:
            step = self._steps.get((way.law, day))
            if step is None or step.after > way.target:
                return way.blocked(Obstacle.NOT_HELD)
            found = step.onward(at)
            if not found:
                return way.blocked(Obstacle.NO_SUCH_ARTICLE if step.complete else Obstacle.NOT_HELD)
            also = [new for part in also for move in step.onward(part) if (new := move.new)]
            also += [move.new for move in found[1:] if move.new]
            moves.append(found[0])
            day = step.after
            if found[0].new is None:
                break
            at = found[0].new
        return way.arrived(moves, day, tuple(dict.fromkeys(also)))


def _sum(moves: list[Move]) -> Change | None:
    """What all moves together did to an article; None where one is not known and none says more."""
    changes = [move.change for move in moves]
    for change in (Change.DELETED, Change.CHANGED, None, Change.RENUMBERED):
        if change in changes:
            return change
    return Change.SAME


def _unresolved(
    law: str, cited: str, obstacle: Obstacle, said: str, days: tuple[date | None, date | None]
) -> Resolution:
    return Resolution(law=law, cited=cited, edition=days[0], target=days[1], obstacle=obstacle, said=said)


def _joined(numbers: list[Number]) -> list[Number]:
    """The same with the periods of one number put together where they meet, the latest first."""
    found: list[Number] = []
    for number in numbers:
        for at, later in enumerate(found):
            if later.article == number.article and later.since == number.until:
                found[at] = Number(number.article, number.since, later.until)
                break
        else:
            found.append(number)
    return found


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def read_crosswalk() -> Crosswalk:
    """The crosswalk of the laws in crosswalk.tsv; read once."""
    steps = steps_of(DATA.read_text(encoding="utf-8").splitlines())
    editions = known_editions()
    return Crosswalk(steps, {law: editions[law] for law in {step.law for step in steps} & set(editions)})
