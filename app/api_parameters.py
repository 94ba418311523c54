"""What the HTTP API takes, as typed models."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from search.passage import Kind
from search.query import Sort

LARGEST_PAGE = 50
FURTHEST = 200  # hits before a page: no retriever looks further
Day = Annotated[date, BeforeValidator(date.fromisoformat)]


class Parameters(BaseModel):
    """What is given with a request. A name that is not known is an error and not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class SearchParameters(Parameters):
    """What to search for and which hits to give."""

    q: str
    """Words, facts of a case, a citation (民事诉讼法第二百三十六条) or a case number."""
    within: str = ""
    """Words that a hit must contain besides: search within results."""
    kind: Kind | None = None
    """policy (法规政策) or precedent (裁判文书); both if not given."""
    court: str | None = None
    """A court by its name or the beginning of it: 云州市."""
    year: Annotated[int | None, Field(ge=1, le=9999)] = None
    """The year of adoption or judgment."""
    cause: str | None = None
    """A cause of action: 民间借贷纠纷."""
    document_type: Annotated[str | None, Field(alias="type")] = None
    """The type of a judicial document: 执行裁定书."""
    on: Day | None = None
    """The day by which norms are judged, as 2024-01-31; today in China if not given."""
    sort: Sort = "relevance"
    """relevance (newest where q is conditions alone), newest, or authority (of the norm or the court)."""
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 10
    """How many hits."""
    offset: Annotated[int, Field(ge=0, le=FURTHEST)] = 0
    """How many hits to pass over."""


class ArticleParameters(Parameters):
    """The day asked for."""

    on: Day | None = None
    """The day whose law is asked for, as 2024-01-31; today in China if not given."""


class ComparisonParameters(Parameters):
    """Two documents that hold versions of one law."""

    one: str
    """The `document_id` of a version."""
    other: str
    """That of another version of the same law."""
