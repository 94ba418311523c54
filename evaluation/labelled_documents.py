"""Judicial documents with what is in them labelled by hand, for checking what ingest understands.

A label holds its kind, the code points where it stands, and what is to be understood of it; the words
themselves are in the document: one of the sample corpus, of `labelled/texts`, or of the shared corpora.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.parse import parse
from ingest.reading import read_files
from ingest.source import RawDocument
from legal.documents import JudicialDocument
from legal.errors import CollectionError, InputError

PROJECT = Path(__file__).resolve().parent.parent
LABELLED = Path(__file__).with_name("labelled")
FACTS = ("court", "document_type", "case_number", "procedure", "cause_of_action", "judgment_date")


@dataclass(frozen=True, slots=True)
class Label:
    """Something in a document: `values` are the attributes of its kind."""

    kind: str
    start: int
    end: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document as ingest understands it, beside what a person found in it; `facts` has keys of `FACTS`."""

    name: str
    document: JudicialDocument
    facts: dict[str, str | None]
    labels: tuple[Label, ...]


def read_labelled(folder: Path = LABELLED) -> Iterator[LabelledDocument]:
    """The labelled documents in order of their names, but for those that are not on this machine.

    Raises CollectionError where a document has changed since it was labelled.
    """
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        source = PROJECT / record["document"]
        if source.exists():
            document = _document(source, record["sha256"])
            yield LabelledDocument(path.stem, document, record["facts"], tuple(_labels(record["labels"])))


def absent_documents(folder: Path = LABELLED) -> list[str]:
    """The documents that have labels and are not on this machine."""
    named = (
        json.loads(path.read_text(encoding="utf-8"))["document"] for path in sorted(folder.glob("*.json"))
    )
    return [document for document in named if not (PROJECT / document).exists()]


def _document(source: Path, sha256: str) -> JudicialDocument:
    raw = next((item for item in read_files([source]) if isinstance(item, RawDocument)), None)
    if raw is None:
        raise InputError(f"{source} 中没有文书。")
    if hashlib.sha256(raw.text.encode()).hexdigest() != sha256:
        raise CollectionError(f"{source} 在标注之后被改动，标注的位置已不可靠。请重新标注这份文书。")
    document = parse(raw)
    if not isinstance(document, JudicialDocument):
        raise CollectionError(f"{source} 被当作法规政策，不是裁判文书。")
    return document


def _labels(records: list[dict[str, Any]]) -> Iterator[Label]:
    for record in records:
        values = {name: value for name, value in record.items() if name not in {"kind", "start", "end"}}
        yield Label(record["kind"], record["start"], record["end"], values)
