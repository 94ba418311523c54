"""From a parsed document to what the index holds: its passages, never across an article or a section."""

import re
from collections.abc import Iterator
from typing import Any

from legal.court import court_level
from legal.documents import Document, JudicialDocument, PolicyText, Section
from search.passage import Entry, Passage, StoredDocument

TARGET = 500  # code points of a passage of running text: what the encoder reads of it at once
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”」』）]*|[^。！？；\n]+$")


def entry_of(document: Document, document_id: str, source: str, root: str, sha256: str) -> Entry:
    """The entry of a document that was read from the file `source` of the ingested folder named `root`."""
    meta = _meta(document, document_id)
    stored = StoredDocument(
        id=document_id,
        kind=meta["kind"],
        title=document.title,
        text=document.text,
        sections=document.sections,
        meta=meta | _reading_meta(document),
        source=source,
        root=root,
        sha256=sha256,
    )
    return Entry(stored, tuple(_passages(document, document_id, meta)))


def _meta(document: Document, document_id: str) -> dict[str, Any]:
    """The metadata that every passage carries; unknown values are left out."""
    known: dict[str, Any]
    if isinstance(document, PolicyText):
        day = document.adopted
        known = {
            "kind": "policy",
            "law": document.law,
            "issuing_body": document.issuing_body,
            "authority_level": document.authority_level,
            "adopted": document.adopted.isoformat() if document.adopted else None,
            "effective": document.effective.isoformat() if document.effective else None,
        }
    else:
        day = document.judgment_date
        known = {
            "kind": "precedent",
            "court": document.court,
            "court_level": court_level(document.court),
            "document_type": document.document_type,
            "cause_of_action": document.cause_of_action,
            "case_number": document.case_number,
            "judgment_date": day.isoformat() if day else None,
        }
    known |= {"document_id": document_id, "title": document.title}
    if day:
        known |= {"year": day.year, "day": day.year * 10_000 + day.month * 100 + day.day}
    return {name: value for name, value in known.items() if value is not None}


def _reading_meta(document: Document) -> dict[str, Any]:
    """What only the reader of the whole document needs."""
    if isinstance(document, JudicialDocument):
        return {
            "parties": [{"role": party.role, "name": party.name} for party in document.parties],
            "cited_articles": list(document.cited_articles),
        }
    return {}


def _passages(document: Document, document_id: str, meta: dict[str, Any]) -> Iterator[Passage]:
    for section in document.sections:
        pieces = [(section.start, section.end)]
        if not section.is_article:
            pieces = list(split(document.text, section))
        for number, (start, end) in enumerate(pieces, start=1):
            own = {"label": section.label, "heading": section.heading, "start": start, "end": end}
            if section.is_article:
                own["article"] = section.label
            suffix = "" if number == 1 else f"~{number}"
            yield Passage(f"{document_id}#{section.label}{suffix}", document.text[start:end], meta | own)


def split(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Spans of whole sentences of about `TARGET` code points that together cover the section."""
    begin, end = section.start, section.start
    for match in _SENTENCE.finditer(text, section.start, section.end):
        if match.end() - begin > TARGET and end > begin:
            yield begin, end
            begin = end
        end = match.end()
        while end - begin > 2 * TARGET:  # one endless sentence, such as facts without any full stop
            yield begin, begin + TARGET
            begin += TARGET
    if section.end > begin:
        yield begin, section.end
