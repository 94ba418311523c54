"""From a parsed document to what the index holds: its passages, never across an article or a section."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ingest.parse_policy import repealed_from
from ingest.source import Page, RawDocument
from legal.citation_context import citations_in
from legal.court import court_level
from legal.dates import to_number
from legal.documents import Document, JudicialDocument, PolicyText, Section
from search.fingerprint import Fingerprint, fingerprint_of
from search.passage import Entry, Passage, StoredDocument
from search.place import Origin

TARGET = 500  # code points of a passage of running text
WINDOW = 650  # of an article: with its title, what an encoder of 512 tokens reads at once
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”」』）]*|[^。！？；\n]+$")
_ITEM = re.compile(r"（[一二三四五六七八九十百]+）")  # a 项
_SAID_BY_OTHERS = ("诉称", "辩称", "尾部")  # parties, and annexed statutes
_SUB_ITEM = re.compile(r"\s*[0-9０-９]+[.．、]")  # a 目, which belongs to its 项


def entry_of(document: Document, raw: RawDocument, origin: Origin) -> Entry:
    """The entry of a document that was parsed from `raw`."""
    meta = _meta(document, raw.id)
    stored = StoredDocument(
        id=raw.id,
        kind=meta["kind"],
        title=document.title,
        text=document.text,
        sections=document.sections,
        meta=meta | _reading_meta(document, raw),
        source=origin.source,
        folder=origin.folder,
        place=origin.place,
        sha256=origin.sha256,
    )
    passages = tuple(_passages(document, meta, raw.pages))
    return Entry(stored, passages, _fingerprint(document))


def _fingerprint(document: Document) -> Fingerprint:
    """Near-duplicates have one case number and form, or are one version of one law.

    With the number equal, 0.7 is enough: a scan with one wrong character in a hundred, or a copy with another
    heading. Without one, the facts of a series of cases have much in common. An undated law may be any
    version, and versions are no duplicates: only the same text is the same.
    """
    if isinstance(document, PolicyText):
        return fingerprint_of(
            document.text, f"{document.law} {document.adopted}", 0.7 if document.adopted else 1.0
        )
    if document.case_number is None:
        return fingerprint_of(document.text, "", 0.9)
    return fingerprint_of(document.text, f"{document.case_number} {document.document_type}", 0.7)


def _meta(document: Document, document_id: str) -> dict[str, Any]:
    """The metadata that every passage carries; unknown values are left out."""
    known: dict[str, Any]
    if isinstance(document, PolicyText):
        day, law_day = document.adopted, document.effective or document.adopted
        known = {
            "kind": "policy",
            "law": document.law,
            "issuing_body": document.issuing_body,
            "authority_level": document.authority_level,
            "document_number": document.document_number,
            "adopted": document.adopted.isoformat() if document.adopted else None,
            "effective": document.effective.isoformat() if document.effective else None,
        }
    else:
        day = law_day = document.judgment_date
        known = {
            "kind": "precedent",
            "court": document.court,
            "court_level": court_level(document.court),
            "document_type": document.document_type,
            "procedure": document.procedure,
            "cause_of_action": document.cause_of_action,
            "case_number": document.case_number,
            "judgment_date": day.isoformat() if day else None,
        }
    known |= {"document_id": document_id, "title": document.title}
    if day:
        known |= {"year": day.year, "day": to_number(day)}
    if law_day:
        known["law_day"] = to_number(law_day)
    return {name: value for name, value in known.items() if value is not None}


def _reading_meta(document: Document, raw: RawDocument) -> dict[str, Any]:
    """What only the reader of the whole document needs."""
    meta: dict[str, Any] = {}
    if isinstance(document, PolicyText) and document.repeals:
        begins = repealed_from(document)
        day = begins.isoformat() if begins else None
        meta["repeals"] = [asdict(repeal) | {"from": day} for repeal in document.repeals]
    if isinstance(document, JudicialDocument):
        meta["parties"] = [{"role": party.role, "name": party.name} for party in document.parties]
        meta["representatives"] = [
            {"role": acting.role, "name": acting.name, "firm": acting.firm, "of": acting.of}
            for acting in document.representatives
        ]
        meta["officers"] = [{"role": officer.role, "name": officer.name} for officer in document.officers]
        meta["cited_articles"] = list(document.cited_articles)
        meta["applied_articles"] = list(document.applied_articles)
        meta["cited_cases"] = list(document.cited_cases)
        if document.enforcement:
            meta["enforcement"] = asdict(document.enforcement)
    if raw.pages:
        meta["pages"] = [
            {"number": page.number, "start": page.start, "end": page.end, "confidence": page.confidence}
            for page in raw.pages
        ]
    if raw.left_out:
        meta["left_out"] = list(raw.left_out)
    return meta


def _passages(document: Document, meta: dict[str, Any], pages: tuple[Page, ...]) -> Iterator[Passage]:
    document_id = meta["document_id"]
    citations, law = _citations(document), meta.get("law")
    for section in document.sections:
        pieces = list(split(document.text, section))
        for number, (start, end) in enumerate(pieces, start=1):
            own = {"label": section.label, "heading": section.heading, "start": start, "end": end}
            if section.is_article:
                own["article"] = section.label
            if pages:
                own |= _on_pages(pages, start, end)
            if citations and (cites := _cited(citations, (start, end), f"{law}#{section.label}")):
                own["cites"] = cites
                if applies := _applied(document, section, cites):
                    own["applies"] = applies
            suffix = "" if number == 1 else f"~{number}"
            yield Passage(f"{document_id}#{section.label}{suffix}", document.text[start:end], meta | own)


def _citations(document: Document) -> list[tuple[int, str]]:
    """Where each citation begins, and the id of the article that it cites."""
    law = document.law if isinstance(document, PolicyText) else None
    cited = citations_in(document.text, law, document.sections)
    return [(citation.start, f"{citation.law}#{citation.article}") for citation in cited]


def _cited(citations: list[tuple[int, str]], span: tuple[int, int], own: str) -> list[str]:
    """The articles cited between two code points, each once, but not the article `own` itself."""
    start, end = span
    within = citations[bisect_left(citations, (start, "")) : bisect_left(citations, (end, ""))]
    return list(dict.fromkeys(article for _, article in within if article != own))


def _applied(document: Document, section: Section, cites: list[str]) -> list[str]:
    """Of the articles that a passage of a judgment cites, those on which the court rests its decision."""
    if isinstance(document, PolicyText) or section.label in _SAID_BY_OTHERS:
        return []
    return [article for article in cites if article in document.applied_articles]


def _on_pages(pages: tuple[Page, ...], start: int, end: int) -> dict[str, Any]:
    """The page on which a passage begins, and how surely its least sure page was recognised."""
    on = [page for page in pages if page.start < end and start < page.end]
    found: dict[str, Any] = {"page": on[0].number} if on else {}
    recognised = [page.confidence for page in on if page.confidence is not None]
    return found | ({"confidence": min(recognised)} if recognised else {})


def split(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Spans of whole sentences that cover the section: `TARGET` code points or less, of an article `WINDOW`.

    A 项 of an article stays whole however long it is; other text without any full stop is cut.
    """
    limit = WINDOW if section.is_article else TARGET
    begin, end = section.start, section.start
    for unit_end, whole in _units(text, section):
        if unit_end - begin > limit and end > begin:
            yield begin, end
            begin = end
        end = unit_end
        while end - begin > 2 * limit and not whole:  # facts without any full stop
            yield begin, begin + limit
            begin += limit
    if section.end > begin:
        yield begin, section.end


def _units(text: str, section: Section) -> Iterator[tuple[int, bool]]:
    """Where each sentence ends, or each 项 with its 目, and whether it must stay whole."""
    item_end: int | None = None
    for match in _SENTENCE.finditer(text, section.start, section.end):
        begins_line = match.start() == section.start or text[match.start() - 1] == "\n"
        if item_end is not None and (not begins_line or _SUB_ITEM.match(text, match.start())):
            item_end = match.end()
            continue
        if item_end is not None:
            yield item_end, True
            item_end = None
        if section.is_article and begins_line and _ITEM.match(text, match.start()):
            item_end = match.end()
        else:
            yield match.end(), False
    if item_end is not None:
        yield item_end, True
