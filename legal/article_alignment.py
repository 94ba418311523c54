"""Two versions of one law: which article of the new one continues which article of the old one."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from legal.citation import article_label
from legal.numerals import NUMBER, parse_number

_CHANGED = 0.4  # below this similarity an article replaces another one and does not continue it
_DOUBT = 0.3  # two doubtful matches must not outweigh one that is sure
_MOVED = 0.6  # articles that continue out of order must be likelier, for order no longer speaks for them
_CONTAINED = 0.8  # share of the character pairs of a text that lie in the article which took it over
_TELLING = 15  # pairs of characters below which a paragraph says too little to tell where it comes from
_RARE = 12  # pairs of characters that more articles have tell nothing about which one is continued
_CANDIDATES = 6  # compared in full for each article
_NEAR = 3  # articles to either side among which one that was merged or split is looked for

_LABEL = re.compile(rf"\A\s*第{NUMBER}条(?:之{NUMBER})?")
# 第…条 of this law: bare, or after 本法 and its like; behind another law's name it is that law's.
_OWN = r"(?:(?<=本法)|(?<=本条例)|(?<=本规定)|(?<=本解释)|(?<=本规则)|(?<![》法例定释则]))"
_REFERENCE = re.compile(rf"{_OWN}第({NUMBER})条(?:之({NUMBER}))?")
_UNSAID = re.compile(r"[\W_]+")


class Change(StrEnum):
    """What a new version did to an article.

    Numbers of other articles of the law in its text are followed: where they moved along with those
    articles, the text counts as unchanged, and the change as one of numbers.
    """

    SAME = "未变"
    RENUMBERED = "仅改序号"
    CHANGED = "有修改"
    DELETED = "删除"
    ADDED = "新增"


@dataclass(frozen=True, slots=True)
class Pair:
    """An article of the old version and the one that continues it; None on the side that has none.

    `similarity` is from 0 to 1; 1 exactly where the texts are the same. An article that was split or merged
    is in several pairs; the pair of the most similar two comes first.
    """

    old: str | None
    new: str | None
    change: Change
    similarity: float


@dataclass(frozen=True, slots=True)
class _Article:
    label: str
    key: str  # its letters, numbers of own articles blanked out
    references: tuple[str, ...]
    pairs: frozenset[str]
    parts: tuple[frozenset[str], ...]  # the pairs of the article, and of each paragraph that is no item


_Match = tuple[float, int, int]  # similarity, place in the old version, place in the new one


def align(old: Mapping[str, str], new: Mapping[str, str]) -> list[Pair]:
    """The pairs of two versions, each a mapping from label (第…条) to text in the order of the law.

    First the heaviest chain of similar articles that keeps their order, then articles moved out of it, then
    those taken up by another article (merged) or split off from one. Punctuation and spaces do not count.
    In the order of the old version, added articles where they stand in the new one.
    """
    olds, news = _read(old), _read(new)
    candidates = _candidates(olds, news)
    matches = _chain(candidates)
    matches += _moved(candidates, matches)
    matches += _merged_or_split(olds, news, matches)
    return _pairs(olds, news, matches)


def _read(articles: Mapping[str, str]) -> list[_Article]:
    found = []
    for label, text in articles.items():
        text = _LABEL.sub("", unicodedata.normalize("NFKC", text))
        references = tuple(_referred(match) for match in _REFERENCE.finditer(text))
        blanked = _REFERENCE.sub("第条", text)
        key = _UNSAID.sub("", blanked)
        paragraphs = (_pairs_of(_UNSAID.sub("", line)) for line in blanked.split("\n") if line[:1] != "(")
        telling = (pairs for pairs in paragraphs if len(pairs) >= _TELLING)
        found.append(_Article(label, key, references, _pairs_of(key), (_pairs_of(key), *telling)))
    return found


def _pairs_of(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset([text])


def _referred(match: re.Match[str]) -> str:
    number, sub = parse_number(match[1]), parse_number(match[2] or "")
    countable = number and max(number, sub or 0) < 10_000
    return article_label(number, sub) if number and countable else match.group()


def _similarity(one: _Article, other: _Article) -> float:
    if one.key == other.key:
        return 1.0
    shared = len(one.pairs & other.pairs)
    return min(2 * shared / (len(one.pairs) + len(other.pairs)), 0.99)


def _candidates(olds: Sequence[_Article], news: Sequence[_Article]) -> list[_Match]:
    """Matches worth looking at: equal texts; for the others those that share the most rare pairs."""
    places = defaultdict(list)
    for at, article in enumerate(news):
        places[article.key].append(at)
    taken = {at for article in olds for at in places.get(article.key, ())}
    holders = defaultdict(list)
    for at, article in enumerate(news):
        if at not in taken:
            for pair in article.pairs:
                holders[pair].append(at)
    rare = {pair: ats for pair, ats in holders.items() if len(ats) <= _RARE}
    found = []
    for i, article in enumerate(olds):
        if article.key in places:
            found += [(1.0, i, j) for j in places[article.key]]
            continue
        shared = Counter(j for pair in article.pairs for j in rare.get(pair, ()))
        near = (j for j, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES])
        found += [(_similarity(article, news[j]), i, j) for j in near]
    return [match for match in found if match[0] >= _CHANGED]


def _chain(candidates: Iterable[_Match]) -> list[_Match]:
    """The heaviest of the chains that go up in both versions; a match weighs what it has above doubt."""
    ordered = sorted(candidates, key=lambda match: (match[1], -match[2]))
    ends: list[int] = []  # where the chains end in the new version, each heavier than those before it
    tops: list[tuple[float, int]] = []  # their weights, and their last match's place in `ordered`
    before: list[int] = []  # for each match the one before it in its chain
    for at, (similarity, _, place) in enumerate(ordered):
        first = bisect_left(ends, place)
        weight, link = tops[first - 1] if first else (0.0, -1)
        weight += similarity - _DOUBT
        before.append(link)
        last = first
        while last < len(ends) and tops[last][0] <= weight:
            last += 1
        if last == first < len(ends) and ends[first] == place:  # a heavier chain ends here already
            continue
        ends[first:last] = [place]
        tops[first:last] = [(weight, at)]
    found: list[_Match] = []
    at = tops[-1][1] if tops else -1
    while at >= 0:
        found.append(ordered[at])
        at = before[at]
    return found[::-1]


def _moved(candidates: Iterable[_Match], matches: Iterable[_Match]) -> list[_Match]:
    """Of what is left, the most similar first, whatever the order."""
    olds, news = {i for _, i, _ in matches}, {j for _, _, j in matches}
    found = []
    for match in sorted(candidates, key=lambda match: (-match[0], match[1], match[2])):
        similarity, i, j = match
        if similarity >= _MOVED and i not in olds and j not in news:
            found.append(match)
            olds.add(i)
            news.add(j)
    return found


def _merged_or_split(
    olds: Sequence[_Article], news: Sequence[_Article], matches: Sequence[_Match]
) -> list[_Match]:
    """Articles left alone whose text lies in one that is matched already, on either side.

    Looked for among the neighbours: what is merged or split stays near.
    """
    new_of, old_of = {i: j for _, i, j in matches}, {j: i for _, i, j in matches}
    found: list[_Match] = []
    for i, article in enumerate(olds):
        if i not in new_of:
            near = {new_of[at] for at in range(i - _NEAR, i + _NEAR + 1) if at in new_of}
            place = _container(article, news, near)
            found += [] if place is None else [(_similarity(article, news[place]), i, place)]
    for j, article in enumerate(news):
        if j not in old_of:
            near = {old_of[at] for at in range(j - _NEAR, j + _NEAR + 1) if at in old_of}
            place = _container(article, olds, near)
            found += [] if place is None else [(_similarity(olds[place], article), place, j)]
    return found


def _container(article: _Article, others: Sequence[_Article], near: Iterable[int]) -> int | None:
    """Which of the articles `near` holds most of this one or of a paragraph; None where none holds enough."""
    held = {at: max(_share(article, others[at]), _share(others[at], article, 1)) for at in sorted(near)}
    most = max(held, key=lambda at: held[at], default=None)
    return most if most is not None and held[most] >= _CONTAINED else None


def _share(article: _Article, other: _Article, first: int = 0) -> float:
    """How much of the part that `other` holds most of; of its paragraphs only, with `first` 1."""
    return max((len(part & other.pairs) / len(part) for part in article.parts[first:]), default=0.0)


def _pairs(olds: Sequence[_Article], news: Sequence[_Article], matches: Sequence[_Match]) -> list[Pair]:
    """All pairs, in the order of the old version; added articles behind the one that they stand behind."""
    heir: dict[str, str] = {}
    for _, i, j in sorted(matches, reverse=True):
        heir.setdefault(olds[i].label, news[j].label)
    known = {article.label for article in olds}
    by_old: dict[int, list[Pair]] = defaultdict(list)
    new_of: dict[int, int] = {}
    for similarity, i, j in sorted(matches, key=lambda match: (match[1], -match[0], match[2])):
        one, other = olds[i], news[j]
        followed = [heir.get(label, "" if label in known else label) for label in one.references]
        change = Change.CHANGED
        if similarity == 1.0 and followed == list(other.references):
            only = one.label == other.label and one.references == other.references
            change = Change.SAME if only else Change.RENUMBERED
        by_old[i].append(Pair(one.label, other.label, change, similarity))
        new_of[j] = max(new_of.get(j, -1), i)
    found: list[Pair] = []
    added: dict[int, list[Pair]] = defaultdict(list)
    place = -1
    for j, article in enumerate(news):
        if j in new_of:
            place = new_of[j]
        else:
            added[place].append(Pair(None, article.label, Change.ADDED, 0.0))
    for i in range(-1, len(olds)):
        if i >= 0:
            found += by_old.get(i) or [Pair(olds[i].label, None, Change.DELETED, 0.0)]
        found += added.get(i, [])
    return found
