"""From what search finds to what the HTTP API gives: hits, pages of hits, and documents."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from app.api_models import (
    AddedWords,
    ArticleName,
    CorrectionAnswer,
    DocumentAnswer,
    FacetValue,
    Hit,
    Particulars,
    SearchAnswer,
    SectionAnswer,
    Standing,
)
from legal.versions import Status

if TYPE_CHECKING:
    from search.passage import StoredDocument
    from search.service import Hit as FoundHit
    from search.service import SearchResult, SearchService


def search_answer(result: "SearchResult", offset: int) -> SearchAnswer:
    """A page of hits that begins behind `offset` others."""
    return SearchAnswer(
        total=result.total,
        exact=result.exact,
        listed=result.listed,
        offset=offset,
        hits=[_hit(hit) for hit in result.hits],
        on=result.on,
        notices=list(result.notices),
        corrections=[CorrectionAnswer(typed=c.typed, meant=c.meant) for c in result.corrections],
        added=[AddedWords(typed=added.typed, legal=list(added.legal)) for added in result.added],
        facets={
            name: [FacetValue(value=value, count=count) for value, count in counts]
            for name, counts in result.facets.items()
        },
        not_held=[ArticleName(law=c.law, article=c.article) for c in result.not_held],
        encoded_share=result.encoded_share,
        seconds=round(result.seconds, 4),
    )


def document_answer(search: "SearchService", document: "StoredDocument", today: date) -> DocumentAnswer:
    """A whole document, with what it is today where it is a norm."""
    meta = document.meta
    standing = None
    if document.kind == "policy":
        standing = standing_answer(search.history(str(meta["law"])).status(document.id, today), today)
    return DocumentAnswer(
        **_particulars(meta),
        id=document.id,
        title=document.title,
        text=document.text,
        sections=[
            SectionAnswer(
                label=section.label,
                heading=section.heading,
                start=section.start,
                end=section.end,
                is_article=section.is_article,
            )
            for section in document.sections
        ],
        source=f"{document.folder}/{document.source}",
        standing=standing,
        cited_articles=_articles(meta.get("cited_articles", ())),
        applied_articles=_articles(meta.get("applied_articles", ())),
        copies=[copy.id for copy in search.copies(document)],
    )


def standing_answer(status: Status, day: date) -> Standing:
    """What a version is on a day."""
    return Standing(on=day, standing=str(status.standing), since=status.since, source=status.source)


def _hit(hit: "FoundHit") -> Hit:
    """The one place that says which parts of a hit the API gives, and under which name."""
    return Hit(
        **_particulars(hit.meta),
        rank=hit.rank,
        id=hit.id,
        document_id=hit.document_id,
        title=hit.title,
        heading=hit.meta.get("heading", ""),
        snippet=hit.snippet.text,
        marks=list(hit.snippet.marks),
        score=hit.score,
        keyword_rank=hit.keyword_rank,
        vector_rank=hit.vector_rank,
        standing=hit.standing,
        superseded=hit.superseded,
        in_force=hit.in_force,
        copies=hit.copies,
        explanation=list(hit.explanation),
    )


def _particulars(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata has the names that the API gives them."""
    return {name: meta.get(name) for name in Particulars.model_fields}


def _articles(names: Iterable[str]) -> list[ArticleName]:
    """law#article, taken apart."""
    parts = (name.partition("#") for name in names)
    return [ArticleName(law=law, article=article) for law, _, article in parts]
