"""Similar cases (类案): by facts, dispute, applied articles, cause and outcome, each with its weight."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from legal.errors import InputError
from search.citation_graph import CitationGraph
from search.explanation import VECTORS_FAILED
from search.filters import Choices, all_of, filters_of
from search.manifest import Manifest
from search.passage import StoredDocument
from search.protocols import Encoder
from search.similar_aspects import Aspects, Inferred, Pool, aspects_of
from search.similar_candidates import Candidates
from search.similar_case import Case, same_case
from search.similar_gist import gist_of
from search.store import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each aspect counts; only their relation matters. Raises InputError for what is no weight.

    The three that the Supreme People's Court names as what makes cases alike (facts, dispute, law, 法发
    〔2020〕24号 一), the cause, and particulars (names, places, days, things) where a case stands out by
    them, which is mostly one of the same dispute. How a case ended counts nothing unless somebody wants it:
    who searches for like cases wants to see the other results too. Chosen on one half of the criminal
    judgments of the test (see `evaluation.similar_cases`), whose other half measures.
    """

    facts: float = 0.2
    dispute: float = 0.2
    particulars: float = 0.5
    articles: float = 0.3
    cause: float = 0.3
    outcome: float = 0.0

    def __post_init__(self) -> None:
        values = [getattr(self, aspect.name) for aspect in fields(self)]
        if not all(0.0 <= value < float("inf") for value in values) or not any(values):
            raise InputError("各项权重应为不小于 0 的数，且至少有一项大于 0。")


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """Which case to compare, with what weights, and in which values of the fields of the index to look."""

    case: Case
    weights: Weights = field(default_factory=Weights)
    choices: Choices = field(default_factory=dict)
    limit: int = 10


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A found case. `score` and `aspects` are 0 to 1; facts and dispute are spread over the cases compared.

    `articles` are the articles in common as they are numbered in force, each with the id by which the found
    case cites it; `same_cause` is None where one cause is unknown. `outcomes` are those in common. `related`
    says that it may be of the same dispute: one names the number of the other, or both name `people` whom
    hardly another case names. Those come first. `gist` is what the found case holds, in its own words,
    empty where it gives no reasons. `copies` counts the other documents that say the same.
    """

    rank: int
    document: StoredDocument
    case: Case
    score: float
    aspects: Aspects
    articles: Mapping[str, str]
    same_cause: bool | None
    outcomes: tuple[str, ...]
    related: bool
    people: tuple[str, ...]
    gist: str
    copies: int


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The found cases, best first. `held` is how many cases the index holds in which to look, `compared` how
    many of them were looked at closely; `manifest` says what the index was made with.

    `weights` are those that took part, by aspect, and sum to 1: an aspect of which the case says nothing
    and nothing could be inferred has none. `inferred` is what stood in for a cause or for articles that the
    case does not name. `encoded_share` is how much of the cases compared has vectors, None without encoder.
    `notices` say in Chinese what could not be searched.
    """

    case: Case
    found: tuple[SimilarCase, ...]
    held: int
    compared: int
    manifest: Manifest
    weights: Mapping[str, float]
    inferred: Inferred
    encoded_share: float | None
    notices: tuple[str, ...]
    seconds: float


class SimilarCases:
    """Searches one index for cases like a given one."""

    def __init__(self, store: EmbeddedStore, encoder: Encoder | None, graph: CitationGraph) -> None:
        """`graph` tells which article in force an older number means."""
        self._store = store
        self._candidates = Candidates(store, encoder)
        self._graph = graph
        self._counted: tuple[object, int] | None = None  # the searcher that counted, and the cases

    def find(self, request: SimilarRequest) -> SimilarResult:
        """The cases most like the one asked for; the case itself and its copies are left out.

        Raises InputError where the case has no text to compare.
        """
        began = time.perf_counter()
        case = request.case
        if not (case.facts.strip() or case.dispute.strip()):
            raise InputError(
                "这份文书中没有可供比对的案件事实或争议内容。请上传裁判文书、起诉状或案情说明的全文。"
            )
        filters = all_of(
            {"field": "meta.kind", "operator": "==", "value": "precedent"}, filters_of(request.choices)
        )
        windows = self._candidates.windows_of(case, filters)
        documents = self._candidates.documents(case, windows, filters)
        pool = Pool(self._store, self._graph, case, documents, windows)
        aspects, inferred = aspects_of(pool, request.weights.facts, request.weights.dispute)
        weights = _taking_part(request.weights, inferred.counted)
        scores = {name: sum(weights[a] * getattr(own, a) for a in weights) for name, own in aspects.items()}
        related = {name for name, other in pool.cases.items() if _is_related(pool, name, other)}
        ranked = sorted(scores, key=lambda name: (name not in related, -scores[name], name))
        order = _one_a_group(ranked, documents)
        found = tuple(
            self._found(rank, pool, name, (scores[name], aspects[name]))
            for rank, name in enumerate(order[: request.limit], start=1)
        )
        return SimilarResult(
            case=case,
            found=found,
            held=self._held(),
            compared=len(order),
            manifest=self._store.manifest,
            weights=weights,
            inferred=inferred,
            encoded_share=pool.encoded_share if windows.facts is not None else None,
            notices=(VECTORS_FAILED,) if windows.failed else (),
            seconds=time.perf_counter() - began,
        )

    def _held(self) -> int:
        """The number of cases in the index, counted anew after each refresh."""
        keywords, counted = self._store.keywords, self._counted
        searcher = keywords.searcher
        if counted is None or counted[0] is not searcher:
            counted = searcher, sum(1 for _ in keywords.documents(keywords.term("kind", "precedent")))
            self._counted = counted
        return counted[1]

    def _found(self, rank: int, pool: Pool, name: str, scored: tuple[float, Aspects]) -> SimilarCase:
        document, other, own = pool.documents[name], pool.cases[name], pool.case
        known = own.cause is not None and other.cause is not None
        return SimilarCase(
            rank=rank,
            document=document,
            case=other,
            score=scored[0],
            aspects=scored[1],
            articles={
                now: written for now, written in pool.articles[name].items() if now in pool.own_articles
            },
            same_cause=own.cause == other.cause if known else None,
            outcomes=tuple(outcome for outcome in other.outcomes if outcome in own.outcomes),
            related=_is_related(pool, name, other),
            people=pool.particulars.people.get(name, ()),
            gist=gist_of(document, pool.asked, self._store.segmenter.words),
            copies=self._store.keywords.copies(document.meta.get("group")),
        )


def _taking_part(weights: Weights, counted: frozenset[str]) -> dict[str, float]:
    """The weights of the aspects that can be compared, summing to 1; all equal where those are all 0."""
    given = {name: getattr(weights, name) for name in Aspects.__slots__ if name in counted}
    total = sum(given.values())
    return {name: weight / total if total else 1.0 / len(given) for name, weight in given.items()}


def _one_a_group(order: list[str], documents: Mapping[str, StoredDocument]) -> list[str]:
    """Of documents that say the same, the best alone."""
    first: dict[str, str] = {}
    for name in order:
        first.setdefault(str(documents[name].meta.get("group", name)), name)
    return list(first.values())


def _is_related(pool: Pool, name: str, other: Case) -> bool:
    own = pool.case
    return name in pool.particulars.people or _names(own, other) or _names(other, own)


def _names(one: Case, other: Case) -> bool:
    return any(same_case(number, other.case_number) for number in one.related)
