"""What the reading page is asked for by its address, and the reading that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.reading import Reading, contents_html, passage_span, text_html
from app.reading_head import (
    cited_html,
    copies_html,
    newer_version,
    not_held,
    particulars,
    recognised,
    versions_html,
)
from app.services import Services
from legal.law_names import law_key

_VERSIONS_NAMED = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document with a passage and the query that led to it, or an article of a law by its name."""

    document_id: str = ""
    passage_id: str = ""
    query: str = ""
    law: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page: `head` and `text` are HTML; there is no text where the document is not held."""

    title: str
    head: str
    text: str = ""


def read_wanted(fields: Mapping[str, str]) -> Wanted:
    """What an address asks for."""
    return Wanted(
        document_id=fields.get("id", ""),
        passage_id=fields.get("passage", ""),
        query=fields.get("q", ""),
        law=law_key(fields.get("law", "")),
        article=fields.get("article", "").strip(),
    )


def page_of(parts: Services, wanted: Wanted) -> Shown:
    """The page for what is wanted. Raises the errors of search."""
    search = parts.search
    passage_id, document_id = wanted.passage_id, wanted.document_id
    if not document_id:
        found = search.passage_id(wanted.law, wanted.article)
        if found is None:
            missing = not_held(wanted.law, wanted.article, search.versions(wanted.law))
            return Shown(f"{wanted.law} {wanted.article}", missing)
        passage_id, document_id = found, found.rpartition("#")[0]
    document = search.document(document_id)
    if document is None:
        return Shown("文书未收录", '<p class="lz-notice">本库没有这份文书，可能已被移除。请重新检索。</p>')
    reading = Reading(
        document,
        passage_span(document, passage_id) if passage_id else None,
        search.marks(document.text, wanted.query) if wanted.query else (),
    )
    versions = search.versions(str(document.meta.get("law", "")))[:_VERSIONS_NAMED]
    head = (
        newer_version(document, versions)
        + recognised(document)
        + particulars(document)
        + versions_html(document, versions)
        + copies_html(search.copies(document))
        + cited_html(document)
        + contents_html(document)
    )
    return Shown(document.title, head, text_html(reading))


def lookup_address(parts: Services, text: str) -> dict[str, str]:
    """The address for a typed citation or case number; empty where neither is in it. Raises QueryError."""
    from search.query import parse_query
    from search.service import SearchRequest

    query = parse_query(text)
    if query.citations:
        return {"law": query.citations[0].law, "article": query.citations[0].article}
    if query.case_numbers:
        found = parts.search.search(SearchRequest(query.case_numbers[0], limit=1)).hits
        if found and found[0].meta.get("case_number") == query.case_numbers[0]:
            return {"id": found[0].document_id}
    return {}
