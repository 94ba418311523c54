"""Similar cases (类案) for the HTTP API: what is posted, and what was found."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from app.api_models import Answer, ArticleName
from app.api_parameters import LARGEST_PAGE, Parameters
from app.similar_source import case_of_text
from app.similar_wording import why_text

if TYPE_CHECKING:
    from search.service import SearchService
    from search.similar_cases import SimilarCase, SimilarResult

LONGEST = 100_000  # code points of a posted text
_Weight = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class SimilarWeights(Parameters):
    """How much each aspect counts; what is not given keeps its default. Only their relation matters."""

    facts: _Weight | None = None
    """基本事实."""
    dispute: _Weight | None = None
    """争议焦点."""
    particulars: _Weight | None = None
    """特定情节: names, places, days and things that hardly another case names."""
    articles: _Weight | None = None
    """法律适用."""
    cause: _Weight | None = None
    """案由."""
    outcome: _Weight | None = None
    """裁判结果; counts nothing unless it is given."""


class SimilarParameters(Parameters):
    """The case to which similar ones are wanted. It is used for this request alone and kept nowhere."""

    text: Annotated[str, Field(max_length=LONGEST)]
    """A judgment, a complaint, or the facts in plain words, at most 100,000 characters."""
    court: str | None = None
    """Look in the cases of this court only; the beginning of its name is enough."""
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 10
    """How many cases."""
    weights: SimilarWeights = SimilarWeights()
    """Other weights than the default ones."""


class AspectsAnswer(Answer):
    """How near a case is in each aspect, 0 to 1."""

    facts: float
    """基本事实."""
    dispute: float
    """争议焦点."""
    particulars: float
    """特定情节; 0 unless the case stands out."""
    articles: float
    """法律适用."""
    cause: float
    """案由."""
    outcome: float
    """裁判结果."""


class SimilarCaseAnswer(Answer):
    """A case that was found."""

    rank: int
    """From 1."""
    document_id: str
    """For /api/documents/{id}."""
    title: str
    court: str | None
    """Null where it is unknown, as all that follows."""
    case_number: str | None
    """案号."""
    judgment_date: date | None
    """The day of the decision."""
    cause_of_action: str | None
    """案由."""
    score: float
    """The weighted sum of the aspects, 0 to 1."""
    aspects: AspectsAnswer
    """What it is made of."""
    articles: list[ArticleName]
    """The applied articles in common, by their numbers in force."""
    same_cause: bool | None
    """Whether the causes are the same; null where one is unknown."""
    outcomes: list[str]
    """The outcomes in common."""
    related: bool
    """Whether both may be of one dispute: one names the other's number, or both name the same people."""
    people: list[str]
    """Who is named in both and in hardly another case."""
    gist: str
    """What the court holds, in its own words; empty where it gives no reasons."""
    explanation: str
    """How its place follows from aspects and weights."""
    copies: int
    """How many other documents say the same and are not shown."""


class SimilarAnswer(Answer):
    """The cases most like the one that was posted."""

    cases: list[SimilarCaseAnswer]
    """Best first."""
    weights: Mapping[str, float]
    """The weights that took part; they sum to 1."""
    inferred_causes: Mapping[str, float]
    """What stood in for a cause that the text does not name, with the share of votes."""
    inferred_articles: Mapping[str, float]
    """What stood in for articles, likewise, as law#article."""
    held: int
    """How many cases the index holds in which to look."""
    compared: int
    """How many of them were looked at closely."""
    notices: list[str]
    """What could not be searched, in words; empty where all went well."""
    seconds: float
    """How long it took."""


def similar_answer(search: "SearchService", asked: SimilarParameters) -> SimilarAnswer:
    """The cases like a posted text. Raises InputError for a text without a case, or an unknown court."""
    from app.search_command import choices_of
    from search.similar_cases import SimilarRequest, Weights

    weights = replace(Weights(), **asked.weights.model_dump(exclude_none=True))
    choices = choices_of(search, None, asked.court, None)
    result = search.similar(SimilarRequest(case_of_text(asked.text), weights, choices, asked.limit))
    return SimilarAnswer(
        cases=[_found(found, result) for found in result.found],
        weights=dict(result.weights),
        inferred_causes=dict(result.inferred.causes),
        inferred_articles=dict(result.inferred.articles),
        held=result.held,
        compared=result.compared,
        notices=list(result.notices),
        seconds=round(result.seconds, 4),
    )


def _found(found: "SimilarCase", result: "SimilarResult") -> SimilarCaseAnswer:
    case = found.case
    parts = (name.partition("#") for name in found.articles)
    return SimilarCaseAnswer(
        rank=found.rank,
        document_id=found.document.id,
        title=found.document.title,
        court=case.court,
        case_number=case.case_number,
        judgment_date=case.day,
        cause_of_action=case.cause,
        score=round(found.score, 4),
        aspects=AspectsAnswer(**{name: round(value, 4) for name, value in asdict(found.aspects).items()}),
        articles=[ArticleName(law=law, article=article) for law, _, article in parts],
        same_cause=found.same_cause,
        outcomes=list(found.outcomes),
        related=found.related,
        people=list(found.people),
        gist=found.gist,
        explanation=why_text(found, result),
        copies=found.copies,
    )
