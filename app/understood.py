"""What was understood of a document, as marks over its text and as one JSON object."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from app.wording import measure_text, yuan_text
from ingest.parse import parse
from ingest.source import RawDocument
from legal.amounts import find_amounts
from legal.case_number import find_case_numbers
from legal.citation import Citation
from legal.citation_context import citations_in
from legal.court import court_level
from legal.crosswalk import Obstacle, Resolution, citing, read_crosswalk
from legal.dates import find_dates
from legal.documents import Document, JudicialDocument, PolicyText


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that was understood as something; `note` says what of it, in Chinese."""

    kind: str
    note: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understood:
    """A document with all that stands in its text; `citations` are in order and never overlap.

    `leads` tells for each citation where it leads; None for laws of which no two editions are known.
    """

    id: str
    document: Document
    citations: tuple[Citation, ...]
    leads: tuple[Resolution | None, ...]

    @property
    def text(self) -> str:
        return self.document.text


def understand(raw: RawDocument) -> Understood:
    """Parses the text. Raises UnreadableFileError for a text that is no document that we know."""
    document = parse(raw)
    law = document.law if isinstance(document, PolicyText) else None
    citations = tuple(citations_in(document.text, law, document.sections))
    return Understood(raw.id, document, citations, tuple(_lead(document, cited) for cited in citations))


def _lead(document: Document, citation: Citation) -> Resolution | None:
    """Where a citation leads by the crosswalk that comes with Lvzhi, without an index."""
    if isinstance(document, PolicyText):
        governing, written = document.effective or document.adopted, document.adopted
    else:
        governing = written = document.judgment_date
    if governing is None:
        return None
    told = citing(document.text, citation, governing, written)
    led = read_crosswalk().resolve(citation.law, citation.article, told)
    return None if led.obstacle is Obstacle.NO_EDITIONS else led


def marks_of(understood: Understood) -> list[Mark]:
    """All marks, those that begin first first, and of them the longer ones."""
    marks = [*_common_marks(understood)]
    if isinstance(understood.document, JudicialDocument):
        marks += _case_marks(understood.document)
    else:
        marks += [Mark("废止", f"废止《{r.law}》", r.start, r.end) for r in understood.document.repeals]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def as_json(understood: Understood) -> dict[str, Any]:
    """The document with its text, its fields and everything found, places as code points of `text`."""
    document, text = understood.document, understood.text
    shown: dict[str, Any] = {"id": understood.id, "kind": _kind(document)} | asdict(document)
    if isinstance(document, JudicialDocument):
        shown["court_level"] = court_level(document.court)
    shown["citations"] = [
        asdict(citation) | {"leads": asdict(lead) if lead else None}
        for citation, lead in zip(understood.citations, understood.leads, strict=True)
    ]
    shown["case_numbers"] = [
        {"number": number.canonical, "procedure": number.procedure, "start": number.start}
        for number in find_case_numbers(text)
    ]
    shown["dates"] = [{"date": day, "start": start} for day, start in find_dates(text)]
    shown["amounts"] = [asdict(amount) for amount in find_amounts(text)]
    return shown


def _kind(document: Document) -> str:
    return "policy" if isinstance(document, PolicyText) else "precedent"


def _common_marks(understood: Understood) -> Iterator[Mark]:
    text = understood.text
    for citation, lead in zip(understood.citations, understood.leads, strict=True):
        said = f"：{lead.said}" if lead and lead.edition != lead.target else ""
        yield Mark("法条", _cited(citation) + said, citation.start, citation.end)
    for number in find_case_numbers(text):
        yield Mark("案号", number.canonical, number.start, number.start + len(number.raw))
    for amount in find_amounts(text):
        yield Mark("金额", yuan_text(amount.fen), amount.start, amount.end)


def _cited(citation: Citation) -> str:
    """《民事诉讼法》第二百三十六条第一款第（二）项."""
    parts = [f"《{citation.law}》{citation.article}"]
    parts += [f"第{citation.paragraph}款"] if citation.paragraph else []
    parts += [f"第{citation.item}项"] if citation.item else []
    return "".join(parts)


def _case_marks(document: JudicialDocument) -> Iterator[Mark]:
    for party in document.parties:
        yield Mark("当事人", f"{party.role} {party.name}", party.start, party.end)
    for acting in document.representatives:
        note = f"{acting.of or ''}的{acting.role} {acting.name}" + (
            f"（{acting.firm}）" if acting.firm else ""
        )
        yield Mark("代理人", note.removeprefix("的"), acting.start, acting.end)
    for officer in document.officers:
        yield Mark("审判人员", f"{officer.role} {officer.name}", officer.start, officer.end)
    enforcement = document.enforcement
    if enforcement is None:
        return
    for basis in enforcement.bases:
        yield Mark("执行依据", f"{basis.kind} {basis.number}", basis.start, basis.end)
    for measure in enforcement.measures:
        yield Mark("措施", measure_text(asdict(measure)), measure.start, measure.end)
        if measure.property:
            yield Mark("财产", measure.property.name, measure.property.start, measure.property.end)
    for outcome in enforcement.outcomes:
        yield Mark("结果", outcome.kind, outcome.start, outcome.end)
