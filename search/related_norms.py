"""The norms that bear on a case: the articles that it applies, and what interprets these same articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import log

from legal.crosswalk import Citing, Resolution
from legal.dates import from_number
from legal.versions import Standing
from search.citation_graph import CitationGraph
from search.passage import Passage, StoredDocument
from search.priors import LEVEL_WEIGHTS
from search.store import EmbeddedStore
from search.versions import today

_READ = 100  # passages that cite one article, the newest
_OFFERED = frozenset((Standing.IN_FORCE, Standing.UNKNOWN))


@dataclass(frozen=True, slots=True)
class AppliedArticle:
    """An article that a court applies, by the number that it bore on the day of the judgment (`cited`).

    `now` is its number in force, None where it was deleted or its way is not known; `led` says which.
    """

    law: str
    cited: str
    now: str | None
    led: Resolution | None


@dataclass(frozen=True, slots=True)
class RelatedNorm:
    """A norm that cites articles which a case applies: `articles`, as law#article in force.

    `passages` are where it does so, in the order of its text; `standing` is what it is today.
    """

    document_id: str
    title: str
    authority_level: str | None
    standing: Standing
    articles: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class RelatedNorms:
    """What bears on a case: what it applies, in its own order, and the norms about these articles.

    The norms that apply today come first; of these those that say most about most of the articles, where an
    article that few judgments apply counts more than one that nearly all apply, and higher authority more
    than lower; then the newer. Of one norm only one version is named.
    """

    applied: tuple[AppliedArticle, ...]
    norms: tuple[RelatedNorm, ...]


def related_norms(document: StoredDocument, store: EmbeddedStore, graph: CitationGraph) -> RelatedNorms:
    """The norms that bear on a judicial document; none for one that applies no article, and for a norm.

    A norm is weighed as a document is by tf-idf, with articles in the place of words: for each article
    (1 + ln of how many of its passages cite it) · ln(1 + judgments that apply any / that apply this one).
    """
    applied = tuple(_applied(document, graph))
    citing: dict[str, dict[str, Passage]] = {}
    weights: dict[str, float] = {}
    total = graph.total("precedent", "applies") if applied else 0
    for law, article in dict.fromkeys((a.law, a.now) for a in applied if a.now):
        name = f"{law}#{article}"
        found = (known.passage for known in graph.citing(law, article, "policy", _READ).named)
        citing[name] = {passage.id: passage for passage in found if _is_other(passage, law)}
        judgments = store.keywords.count(graph.where(law, article, "precedent", "applies"))
        weights[name] = log(1 + total / max(1, judgments))
    norms = [_related(passages, citing, store) for passages in _by_document(citing)]

    def place(norm: RelatedNorm) -> tuple[bool, float, int, str]:
        said = (
            weights[name] * (1 + log(len(citing[name].keys() & {p.id for p in norm.passages})))
            for name in norm.articles
        )
        return (
            norm.standing not in _OFFERED,
            -sum(said) * LEVEL_WEIGHTS.get(norm.authority_level or "", 1.0),
            -int(norm.passages[0].meta.get("law_day", 0)),
            norm.document_id,
        )

    one_a_law: dict[str, RelatedNorm] = {}
    for norm in sorted(norms, key=place):
        one_a_law.setdefault(str(norm.passages[0].meta["law"]), norm)
    return RelatedNorms(applied, tuple(one_a_law.values()))


def _is_other(passage: Passage, law: str) -> bool:
    """Whether a passage is not of the cited law itself, nor of what amended it and is now part of it."""
    return not (passage.meta["law"] == law or str(passage.meta["law"]).startswith(f"{law}修正案"))


def _applied(document: StoredDocument, graph: CitationGraph) -> Iterable[AppliedArticle]:
    day = _day(document)
    for name in document.meta.get("applied_articles", ()):
        law, _, article = name.partition("#")
        now = graph.led(name, document.meta)
        led = graph.resolve(law, article, Citing(day, day)) if day else None
        yield AppliedArticle(law, article, now.partition("#")[2] if now else None, led)


def _day(document: StoredDocument) -> date | None:
    number = document.meta.get("day")
    return from_number(number) if isinstance(number, int) else None


def _by_document(citing: dict[str, dict[str, Passage]]) -> list[list[Passage]]:
    """The passages of each document that cite any of the articles, in the order of its text."""
    found: dict[str, dict[str, Passage]] = {}
    for passages in citing.values():
        for passage in passages.values():
            found.setdefault(passage.meta["document_id"], {})[passage.id] = passage
    return [sorted(own.values(), key=lambda p: (p.meta["start"], p.id)) for own in found.values()]


def _related(
    passages: list[Passage], citing: dict[str, dict[str, Passage]], store: EmbeddedStore
) -> RelatedNorm:
    meta = passages[0].meta
    status = store.status(meta["law"], meta["document_id"], today())
    return RelatedNorm(
        document_id=meta["document_id"],
        title=meta["title"],
        authority_level=meta.get("authority_level"),
        standing=status.standing if status else Standing.UNKNOWN,
        articles=tuple(name for name, found in citing.items() if any(p.id in found for p in passages)),
        passages=tuple(passages),
    )
