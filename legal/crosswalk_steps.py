"""The steps from one edition of a law to the next: what they are, and how they are kept in crosswalk.tsv."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from legal.article_alignment import Change, Pair
from legal.citation import article_label

DATA = Path(__file__).with_name("crosswalk.tsv")
COLUMNS = ("law", "from_effective", "to_effective", "old", "new", "change", "evidence")
_REST = "*"  # old and new of the line for every article that has none of its own


class Evidence(StrEnum):
    """How it is known that one article continues another."""

    COMPARED = "compared"  # both texts were compared
    DERIVED = "derived"  # the same passage of another text cites the one before and the other after
    BETWEEN = "between"  # derived neighbours on both sides moved by as much
    KNOWN = "known"  # from the amending decision or a public copy; no text of the corpora shows it


@dataclass(frozen=True, slots=True)
class Move:
    """One article's way from an edition to the next; `change` is None where the texts were not compared."""

    old: str | None
    new: str | None
    change: Change | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Step:
    """All that is known of the way from one edition of a law to the next, named by their days of effect.

    Of several moves of one article the first is the one that continues it, the others took up parts of it.
    `rest` speaks for the articles that `moves` does not name: they keep their numbers.
    """

    law: str
    before: date
    after: date
    moves: tuple[Move, ...]
    rest: Move | None = None

    @property
    def complete(self) -> bool:
        """Whether an article without a move does not exist: so where the moves leave no number out."""
        olds = {move.old for move in self.moves if move.old}
        return self.rest is None and all(article_label(at) in olds for at in range(1, len(olds) + 1))

    def onward(self, old: str) -> list[Move]:
        """What became of an article, its continuation first; nothing where that is not known."""
        found = [move for move in self.moves if move.old == old]
        return found or self._kept(old, [move.new for move in self.moves])

    def back(self, new: str) -> list[Move]:
        """Which articles an article continues: none where it was added, or where that is not known."""
        found = [move for move in self.moves if move.new == new]
        found = found or self._kept(new, [move.old for move in self.moves])
        return [move for move in found if move.old is not None]

    def _kept(self, label: str, taken: list[str | None]) -> list[Move]:
        if self.rest is None or label in taken:
            return []
        return [Move(label, label, self.rest.change, self.rest.evidence)]


def step_of(law: str, before: date, after: date, pairs: Iterable[Pair]) -> Step:
    """The step that comparing the texts of two editions gives (see `article_alignment.align`)."""
    moves = (Move(pair.old, pair.new, pair.change, Evidence.COMPARED) for pair in pairs)
    return Step(law, before, after, tuple(moves))


def steps_of(lines: Iterable[str]) -> list[Step]:
    """The steps that lines of `COLUMNS` hold, separated by tabs, below a line of their names."""
    moves: dict[tuple[str, date, date], list[Move]] = defaultdict(list)
    rests: dict[tuple[str, date, date], Move] = {}
    for line in list(lines)[1:]:
        law, before, after, old, new, change, evidence = line.rstrip("\n").split("\t")
        step = (law, date.fromisoformat(before), date.fromisoformat(after))
        move = Move(old or None, new or None, Change(change) if change else None, Evidence(evidence))
        if old == _REST:
            moves[step] += []
            rests[step] = move
        else:
            moves[step].append(move)
    return [Step(*step, tuple(found), rests.get(step)) for step, found in moves.items()]


def lines_of_steps(steps: Iterable[Step]) -> Iterator[str]:
    """The lines from which `steps_of` reads the same steps, without ends."""
    yield "\t".join(COLUMNS)
    for step in steps:
        moves = [*step.moves, *([step.rest] if step.rest else [])]
        for move in moves:
            cells = (move.old or "", move.new or "", move.change or "", move.evidence)
            yield "\t".join((step.law, step.before.isoformat(), step.after.isoformat(), *cells))
