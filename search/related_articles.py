"""What is done with an article: the cases in which courts apply it, and the articles cited beside it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from search.citation_graph import CitationGraph, CitedBy, CitingPassage, Field
from search.passage import Kind, Passage
from search.store import EmbeddedStore

_READ = 500  # passages of each kind, the newest: some 20 ms
_LEAST = 2  # judgments or norms that have both articles
_CANDIDATES = 40  # articles whose association is measured, those found together most often
_CERTAIN = 10.83  # of the log-likelihood ratio: chance alone exceeds it once in a thousand (chi square, 1 df)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ApplyingCase:
    """A case with its documents that apply the article, newest first, each by the first place where it does.

    `number` is the canonical number of the newest, None where it has none.
    """

    number: str | None
    places: tuple[CitingPassage, ...]


@dataclass(frozen=True, slots=True)
class AppliedBy:
    """The cases in which a court rests its decision on an article, newest first.

    `documents` counts their documents, copies once. Where not `whole`, only the newest were read.
    """

    cases: tuple[ApplyingCase, ...]
    documents: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Together:
    """An article in force that stands beside another one in `count` judgments or norms.

    `association` is the log-likelihood ratio of the two (see `association`), `lift` how many times as often
    they stand together as they would by chance.
    """

    law: str
    article: str
    count: int
    association: float
    lift: float


@dataclass(frozen=True, slots=True)
class ArticleUse:
    """An article in use. `by_courts` are articles that courts apply together with it in one passage, counted
    by judgments; `in_norms` are those that norms cite together with it in one article, counted by norms, all
    versions of one as one. Those most strongly associated come first. `mentioned` are the other passages of
    judgments that cite it.
    """

    applied: AppliedBy
    mentioned: CitedBy
    by_courts: tuple[Together, ...]
    in_norms: tuple[Together, ...]


class RelatedArticles:
    """What stands around the articles of one index, whatever numbers they bore when they were cited."""

    def __init__(self, store: EmbeddedStore, graph: CitationGraph) -> None:
        self._store = store
        self._graph = graph

    def use(self, law: str, article: str) -> ArticleUse:
        """The use of an article in force; empty where nobody cites it."""
        applied = self._applied(law, article)
        return ArticleUse(
            applied,
            self._mentioned(law, article, applied),
            self._together(_Beside(law, article, "precedent", "applies")),
            self._together(_Beside(law, article, "policy", "cites")),
        )

    def _applied(self, law: str, article: str) -> AppliedBy:
        found = self._graph.citing(law, article, "precedent", _READ, "applies")
        documents: dict[str, CitingPassage] = {}
        for citing in found.named:
            documents.setdefault(_document(citing.passage), citing)
        return AppliedBy(_by_case(documents.values()), len(documents), found.total <= len(found.named))

    def _mentioned(self, law: str, article: str, applied: AppliedBy) -> CitedBy:
        """Passages that cite the article, of documents that do not apply it elsewhere."""
        own = {_document(place.passage) for case in applied.cases for place in case.places}
        found = self._graph.citing(law, article, "precedent", _READ, "mentions")
        others = tuple(citing for citing in found.named if _document(citing.passage) not in own)
        return CitedBy(found.total - len(found.named) + len(others), others)

    def _together(self, beside: "_Beside") -> tuple[Together, ...]:
        """The articles beside one that are associated with it, the most strongly first."""
        keywords = self._store.keywords
        own = self._graph.where(beside.law, beside.article, beside.kind, beside.field)
        counted = self._counted(beside, keywords.newest(own, _READ)).most_common(_CANDIDATES)
        if not counted or counted[0][1] < _LEAST:
            return ()
        total, with_own = self._graph.total(beside.kind, beside.field), keywords.count(own)
        found = []
        for name, count in counted:
            law, _, article = name.partition("#")
            other = self._graph.where(law, article, beside.kind, beside.field)
            both, with_other = keywords.count(keywords.all_of((own, other))), keywords.count(other)
            measured = association(both, with_own, with_other, total)
            if count >= _LEAST and measured >= _CERTAIN:
                lift = both * total / (with_own * with_other)
                found.append(Together(law, article, count, measured, lift))
        return tuple(sorted(found, key=lambda t: (-t.association, t.law, t.article))[:_SHOWN])

    def _counted(self, beside: "_Beside", passages: Iterable[Passage]) -> Counter[str]:
        """How many judgments or norms have each article, by its number in force, beside the one asked for."""
        having: defaultdict[str, set[str]] = defaultdict(set)
        led: dict[tuple[str, object, object], str | None] = {}
        for passage in passages:
            meta = passage.meta
            for cited in meta[beside.field]:
                known = cited, meta.get("law_day"), meta.get("day")
                if known not in led:
                    led[known] = self._graph.led(cited, meta)
                if now := led[known]:
                    having[now].add(meta["law"] if beside.kind == "policy" else _document(passage))
        having.pop(f"{beside.law}#{beside.article}", None)
        return Counter({name: len(documents) for name, documents in sorted(having.items())})


def association(both: int, one: int, other: int, total: int) -> float:
    """How surely two articles belong together: the log-likelihood ratio, 0 where they do not.

    `one` and `other` are the passages, of a `total`, that cite the one and the other, `both` those that cite
    the two.
    G² of Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, Computational Linguistics
    19(1), 1993: 2 Σ observed · ln(observed / expected) over the four cells. What stands beside everything,
    as the commonest articles do, is expected beside this one too and gets little.
    """
    if both * total <= one * other:
        return 0.0
    cells = (
        (both, one * other),
        (one - both, one * (total - other)),
        (other - both, (total - one) * other),
        (total - one - other + both, (total - one) * (total - other)),
    )
    return 2 * sum(seen * log(seen * total / expected) for seen, expected in cells if seen)


@dataclass(frozen=True, slots=True)
class _Beside:
    law: str
    article: str
    kind: Kind
    field: Field


def _by_case(documents: Iterable[CitingPassage]) -> tuple[ApplyingCase, ...]:
    """Documents, newest first, by their cases: further rulings of one have 之一, 之二 behind its number."""
    cases: dict[str, list[CitingPassage]] = {}
    for citing in documents:
        meta = citing.passage.meta
        number = str(meta.get("case_number") or "").partition("号")[0]
        cases.setdefault(number or meta["document_id"], []).append(citing)
    return tuple(
        ApplyingCase(places[0].passage.meta.get("case_number"), tuple(places)) for places in cases.values()
    )


def _document(passage: Passage) -> str:
    """The document, the same for copies."""
    return str(passage.meta.get("group", passage.meta["document_id"]))
