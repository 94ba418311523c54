"""What the reading page is asked for by its address, and the reading that answers it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.reading import Reading, contents_html, passage_span, text_html
from app.reading_citations import citing_norms_html, led_here, mentioned_html, read_citing
from app.reading_head import (
    copies_html,
    not_held,
    particulars,
    recognised,
    standing_html,
    versions_html,
)
from app.reading_related import related_html, use_html
from app.services import Services
from app.similar_cards import similar_html
from legal.crosswalk import Citing, Resolution
from legal.law_names import law_key

if TYPE_CHECKING:
    from search.passage import StoredDocument


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document with a passage and the query that led to it, or an article of a law by its name.

    `citing` is what a text that cites the article tells of the version that it means.
    """

    document_id: str = ""
    passage_id: str = ""
    query: str = ""
    law: str = ""
    article: str = ""
    citing: Citing | None = None


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
        citing=read_citing(fields),
    )


def page_of(parts: Services, wanted: Wanted) -> Shown:
    """The page for what is wanted. Raises the errors of search."""
    search = parts.search
    passage_id, document_id = wanted.passage_id, wanted.document_id
    led = _led(parts, wanted)
    if not document_id and not wanted.article and (held := search.versions(wanted.law)):
        document_id = held[0].document_id  # the law as a whole
    if not document_id:
        article = (led and led.article) or wanted.article
        found = search.passage_id(wanted.law, article)
        if found is None:
            missing = led_here(led) + not_held(wanted.law, article, search.versions(wanted.law))
            return Shown(f"{wanted.law} {article}", missing)
        passage_id, document_id = found, found.rpartition("#")[0]
    document = search.document(document_id)
    if document is None:
        return Shown("文书未收录", '<p class="lz-notice">本库没有这份文书，可能已被移除。请重新检索。</p>')
    reading = Reading(
        document,
        passage_span(document, passage_id) if passage_id else None,
        search.marks(document.text, wanted.query) if wanted.query else (),
    )
    head = led_here(led) + _head(parts, document, passage_id)
    return Shown(document.title, head, text_html(reading))


def _head(parts: Services, document: "StoredDocument", passage_id: str) -> str:
    """What stands above a document."""
    warning, status, versions, citing = "", None, "", ""
    if document.kind == "policy":
        from legal.versions import Standing
        from search.versions import today

        day, law = today(), str(document.meta["law"])
        history = parts.search.history(law)
        with suppress(KeyError):  # another request has just seen that the document was removed
            status = history.status(document.id, day)
            in_force = parts.search.in_force(law, document.title, day)
            warning = standing_html(document, status, in_force)
        versions = versions_html(document, history, parts.search.versions(law), day)
        citing = (
            _cited_by(parts, document, passage_id, day)
            if status and status.standing is Standing.IN_FORCE
            else ""
        )
    return (
        warning
        + recognised(document)
        + particulars(document, status)
        + versions
        + copies_html(parts.search.copies(document))
        + similar_html(document)
        + related_html(document, parts.search.related_norms(document))
        + mentioned_html(document)
        + citing
        + contents_html(document)
    )


def _led(parts: Services, wanted: Wanted) -> Resolution | None:
    """Where the citation leads by which the reader comes."""
    if not (wanted.law and wanted.article and wanted.citing):
        return None
    return parts.search.resolve(wanted.law, wanted.article, wanted.citing)


def _cited_by(parts: Services, document: "StoredDocument", passage_id: str, day: date) -> str:
    """Who cites the article that the reader came for."""
    from search.passage import whole_id

    label = whole_id(passage_id).removeprefix(f"{document.id}#")
    if not any(section.is_article and section.label == label for section in document.sections):
        return ""
    law = str(document.meta.get("law", ""))
    norms = parts.search.citing(law, label, "policy")
    standings = {}
    for meta in (citing.passage.meta for citing in norms.named):
        with suppress(KeyError):  # another request has just seen that the document was removed
            status = parts.search.history(meta["law"]).status(meta["document_id"], day)
            standings[meta["document_id"]] = status.standing
    return citing_norms_html(label, norms, standings) + use_html(
        law, label, parts.search.article_use(law, label)
    )


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
