"""Builds legal/crosswalk.tsv, the steps between editions of laws: python -m ingest.crosswalk corpora/laws."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from ingest.parse_policy import parse_policy
from legal.article_alignment import Change, align
from legal.citation import article_label, find_citations
from legal.crosswalk_steps import DATA, Evidence, Move, Step, lines_of_steps, step_of
from legal.documents import PolicyText
from legal.law_editions import known_editions
from legal.numerals import parse_number

PROCEDURE = "民事诉讼法"
_CITED = "\ue000"  # stands for a citation, in texts that are compared
_CONTEXT = 8  # letters around a citation that must be the same in both texts

# Read in public copies of the editions of 1991, 2007 and 2017; of those the corpora hold no text.
# Runs of articles that moved together: first and last number, and the new number of the first.
_RUNS_2007 = (
    (1, 179, 1), (180, 198, 182), (207, 207, 201), (208, 220, 204), (221, 233, 218), (234, 270, 232),
)  # fmt: skip
_RUNS_2012 = (
    (1, 15, 1), (17, 24, 16), (25, 25, 34), (26, 27, 24), (28, 34, 27), (35, 37, 35), (38, 38, 127),
    (39, 55, 38), (56, 64, 56), (65, 70, 67), (71, 71, 75), (72, 72, 76), (73, 74, 80), (75, 79, 82),
    (80, 93, 88), (94, 94, 103), (95, 102, 104), (103, 110, 114), (111, 111, 124), (112, 112, 123),
    (113, 114, 125), (115, 119, 128), (120, 141, 134), (142, 146, 157), (147, 176, 164), (177, 179, 198),
    (180, 181, 203), (182, 183, 201), (184, 187, 205), (188, 211, 211), (212, 241, 236), (242, 242, 34),
    (243, 243, 127), (244, 248, 266), (255, 268, 271),
)  # fmt: skip
_PARTS_2012 = {72: 77, 94: 102, 111: 123}  # further articles that took up a part
_LAST = {date(2008, 4, 1): 268, date(2013, 1, 1): 284, date(2017, 7, 1): 284, date(2022, 1, 1): 291}
_ADDED_2021 = frozenset({16, 41, 42, 166, 167, 168, 169})


def build(corpus: Path) -> list[Step]:
    """The steps that the law corpus at `corpus` shows, and those known without it."""
    laws = corpus / "诉讼与非诉讼程序法"
    companies = corpus / "民法商法"
    first, second, third, fourth, fifth, sixth = (
        edition.effective for edition in known_editions()[PROCEDURE]
    )
    return [
        _of_runs(first, second, _RUNS_2007, {}),
        _of_runs(second, third, _RUNS_2012, _PARTS_2012),
        _unmoved(third, fourth),
        _derived(fourth, fifth, witnesses(corpus / "司法解释", ((fourth, fifth), (fifth, sixth)))),
        _compared(PROCEDURE, laws / "民事诉讼法(2021-12-24).md", laws / "民事诉讼法(2023-09-01).md"),
        _compared("公司法", companies / "公司法(2018-10-26).md", companies / "公司法(2023-12-29).md"),
    ]


def read_articles(path: Path) -> dict[str, str]:
    """The articles of the text at `path`, by label."""
    return _articles(parse_policy(path.read_text(encoding="utf-8"), path.as_posix()))


def _articles(text: PolicyText) -> dict[str, str]:
    return {found.label: text.text[found.start : found.end] for found in text.sections if found.is_article}


def _compared(law: str, old: Path, new: Path) -> Step:
    """The step between two texts held, which are named by their days of adoption."""
    effect = {edition.adopted: edition.effective for edition in known_editions()[law]}
    before, after = (effect[date.fromisoformat(path.stem[-11:-1])] for path in (old, new))
    return step_of(law, before, after, align(read_articles(old), read_articles(new)))


def _of_runs(
    before: date, after: date, runs: Iterable[tuple[int, int, int]], parts: Mapping[int, int]
) -> Step:
    """The step that runs of moved articles make: what no run names was deleted, or added."""
    onward = {first + at: new + at for first, last, new in runs for at in range(last - first + 1)}
    moves = []
    for old in range(1, max(onward) + 1):
        change = None if old in onward else Change.DELETED
        moves.append(_move(old, onward.get(old), change, Evidence.KNOWN))
        if old in parts:
            moves.append(_move(old, parts[old], None, Evidence.KNOWN))
    reached = {*onward.values(), *parts.values()}
    added = (new for new in range(1, _LAST[after] + 1) if new not in reached)
    return Step(PROCEDURE, before, after, (*moves, *_added(added)))


def _unmoved(before: date, after: date) -> Step:
    """The amendment of 2017, which added a paragraph to one article and moved none."""
    changed = _move(55, 55, Change.CHANGED, Evidence.KNOWN)
    return Step(PROCEDURE, before, after, (changed,), Move("*", "*", Change.SAME, Evidence.KNOWN))


def _derived(before: date, after: date, witnesses: Mapping[int, int]) -> Step:
    """The step of 2021 from witnesses of the way of some articles, and from what they force on the others.

    Between two of them that moved by as much, all moved by as much: no article was deleted then. Where they
    moved by more, the articles that are known to have been added tell which.
    """
    ends = {0: 0, _LAST[before] + 1: _LAST[after] + 1}
    anchors = sorted((dict(witnesses) | ends).items())
    moves = [_move(old, new, None, Evidence.DERIVED) for old, new in witnesses.items()]
    for (old, new), (next_old, next_new) in pairwise(anchors):
        places = [place for place in range(new + 1, next_new) if place not in _ADDED_2021]
        if len(places) != next_old - old - 1:
            raise ValueError(f"{old}→{new}, {next_old}→{next_new}: not what is known of the articles added")
        evidence = Evidence.BETWEEN if new - old == next_new - next_old else Evidence.KNOWN
        moves += [_move(old + 1 + at, place, None, evidence) for at, place in enumerate(places)]
    moves.sort(key=lambda move: parse_number((move.old or "")[1:-1]) or 0)
    return Step(PROCEDURE, before, after, (*moves, *_added(sorted(_ADDED_2021))))


def _added(numbers: Iterable[int]) -> Iterator[Move]:
    return (_move(None, new, Change.ADDED, Evidence.KNOWN) for new in numbers)


def _move(old: int | None, new: int | None, change: Change | None, evidence: Evidence) -> Move:
    return Move(article_label(old) if old else None, article_label(new) if new else None, change, evidence)


def witnesses(interpretations: Path, spans: tuple[tuple[date, date], tuple[date, date]]) -> dict[int, int]:
    """From texts held in two versions: which number of the procedure law the later one cites for which.

    The versions are those governed by days of the first and of the second of `spans`, from and before.
    """
    versions: dict[str, dict[int, PolicyText]] = defaultdict(dict)
    for path in sorted(interpretations.glob("*.md")):
        text = parse_policy(path.read_text(encoding="utf-8"), path.as_posix())
        day = text.effective or text.adopted
        for at, (since, until) in enumerate(spans):
            if day and since <= day < until:
                versions[text.law][at] = text
    found: Counter[tuple[int, int]] = Counter()
    for held in versions.values():
        if len(held) == 2:
            old, new = _articles(held[0]), _articles(held[1])
            for pair in align(old, new):
                if pair.old and pair.new:
                    found.update(_pairs_of_citations(old[pair.old], new[pair.new]))
    by_old: dict[int, int] = {}
    for (old_number, new_number), _ in found.most_common():
        by_old.setdefault(old_number, new_number)
    return dict(sorted(by_old.items()))


def _pairs_of_citations(old: str, new: str) -> Iterator[tuple[int, int]]:
    """The numbers cited at the same places of two versions of a passage, where the words around agree."""
    (one, ones), (other, others) = _blanked(old), _blanked(new)
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        if block.size < _CONTEXT and one != other:
            continue
        for at in range(block.size):
            if one[block.a + at] == _CITED:
                yield ones[one.count(_CITED, 0, block.a + at)], others[other.count(_CITED, 0, block.b + at)]


def _blanked(text: str) -> tuple[str, list[int]]:
    """The text with a mark for each citation of the procedure law, and the numbers cited, in order."""
    parts, numbers, end = [], [], 0
    for citation in find_citations(text):
        if citation.law == PROCEDURE:
            parts += [text[end : citation.start], _CITED]
            numbers.append(parse_number(citation.article[1:-1]) or 0)
            end = citation.end
    return "".join([*parts, text[end:]]), numbers


if __name__ == "__main__":
    lines = lines_of_steps(build(Path(sys.argv[1])))
    DATA.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
