"""A whole document as HTML: headings, anchors, the passage that was found, marked words, linked citations."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from app.markup import Layer, Span, address, link, marks_layer, wrapped
from app.reading_citations import citing_fields
from ingest.outline import Line, lines_of
from ingest.passages import split
from legal.citation_context import citations_in
from legal.documents import Section

if TYPE_CHECKING:
    from search.passage import StoredDocument

HIT = "lz-hit-passage"  # the id of the element to scroll to
_SUFFIX = re.compile(r"~([0-9]{1,6})$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document to read; `passage` is what the reader came for, `marks` are the words of the query."""

    document: "StoredDocument"
    passage: Span | None = None
    marks: tuple[Span, ...] = ()


def passage_span(document: "StoredDocument", passage_id: str) -> Span | None:
    """Where a passage stands in its document, by its id; later pieces of a section end in ~2, ~3 …."""
    label = passage_id.removeprefix(f"{document.id}#")
    sections = {section.label: section for section in document.sections}
    if label in sections:
        return _piece(document, sections[label], 1)
    suffix = _SUFFIX.search(label)
    section = sections.get(label[: suffix.start()]) if suffix else None
    return _piece(document, section, int(suffix[1])) if section and suffix else None


def text_html(reading: Reading) -> str:
    """The text, as one stretch of HTML."""
    text = reading.document.text
    layers = _layers(reading)
    starts = [section.start for section in reading.document.sections]
    html: list[str] = []
    waiting = reading.passage is not None
    for line in _lines(reading.document):
        if line.level:
            html.append(f'<h{line.level + 2} id="{_anchor(line)}">{escape(line.text)}</h{line.level + 2}>')
            continue
        for span in _cut(line, starts):
            hit = reading.passage and span[0] < reading.passage[1] and span[1] > reading.passage[0]
            opening = f'<p id="{HIT}" class="lz-found">' if hit and waiting else "<p>"
            if hit and not waiting:
                opening = '<p class="lz-found">'
            waiting = waiting and not hit
            html.append(f"{_part_label(reading.document, span)}{opening}{wrapped(text, span, layers)}</p>")
    # The title stays in view while the reader is somewhere in the middle.
    bar = f'<p class="lz-bar">{escape(reading.document.title)}</p>'
    return f'<div class="lz-text">{bar}{"".join(html)}</div>'


def contents_html(document: "StoredDocument") -> str:
    """The headings as links into the text; empty where there are few."""
    headings = [line for line in _lines(document) if line.level]
    if len(headings) < 3:
        return ""
    items = "".join(
        f'<li class="lz-level-{line.level}">{link(line.text, "#" + _anchor(line))}</li>' for line in headings
    )
    return f'<details class="lz-contents"><summary>目录</summary><ul>{items}</ul></details>'


def _piece(document: "StoredDocument", section: Section, number: int) -> Span | None:
    if section.is_article:
        return (section.start, section.end) if number == 1 else None
    pieces = list(split(document.text, section))
    return pieces[number - 1] if 0 < number <= len(pieces) else None


def _lines(document: "StoredDocument") -> Iterator[Line]:
    """What is shown: no empty lines, and not the title, which stands above the text."""
    body = False
    for line in lines_of(document.text, 0):
        body = body or (line.level != 1 and bool(line.text))
        if line.text and body:
            yield line


def _anchor(line: Line) -> str:
    return f"lz-at-{line.start}"


def _cut(line: Line, starts: Sequence[int]) -> Iterator[Span]:
    """The line in pieces that each belong to one section: research data has whole judgments on one line."""
    begin = line.start
    for start in starts[bisect_left(starts, line.start + 1) : bisect_left(starts, line.end)]:
        yield begin, start
        begin = start
    yield begin, line.end


def _part_label(document: "StoredDocument", span: Span) -> str:
    """The name of the part that begins here, for documents that do not print it themselves."""
    if document.kind == "policy":
        return ""
    starting = [s.label for s in document.sections if s.start == span[0]]
    named = starting and not document.text.startswith(starting[0], span[0]) and not _has_headings(document)
    return f'<p class="lz-part">{escape(starting[0])}</p>' if named else ""


def _has_headings(document: "StoredDocument") -> bool:
    return document.text.lstrip().startswith("#")


def _layers(reading: Reading) -> list[Layer]:
    """Passage, article numbers, citations and marked words, the outermost first."""
    document = reading.document
    law = str(document.meta["law"]) if document.kind == "policy" else None
    citations = citations_in(document.text, law, document.sections)
    targets = [
        escape(
            address(
                "text",
                {"law": citation.law, "article": citation.article} | citing_fields(document, citation),
            )
        )
        for citation in citations
    ]
    numbers = [
        (section.start, section.start + len(section.label))
        for section in document.sections
        if section.is_article and document.text.startswith(section.label, section.start)
    ]
    return [
        Layer([reading.passage] if reading.passage else [], lambda _: '<span class="lz-passage">', "</span>"),
        Layer(numbers, lambda _: "<strong>", "</strong>"),
        Layer(
            [(citation.start, citation.end) for citation in citations],
            lambda number: f'<a href="{targets[number]}">',
            "</a>",
        ),
        marks_layer(reading.marks),
    ]
