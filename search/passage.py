"""What an index holds: passages, which are found, and the documents that they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from legal.documents import Section

Kind = Literal["policy", "precedent"]

# Metadata fields that the store can filter and facet by; each holds one string.
TEXT_FIELDS = (
    "kind",
    "document_id",
    "authority_level",
    "issuing_body",
    "law",
    "article",
    "court",
    "court_level",
    "document_type",
    "cause_of_action",
    "case_number",
)
# The same for whole numbers: `day` is a date as yyyymmdd, `year` its year.
NUMBER_FIELDS = ("year", "day")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is found as one: an article, or part of a section.

    `id` is document id + "#" + label, with "~2", "~3" … behind it where a section makes several passages.
    `meta` holds JSON values, among them `title`, `heading`, `label`, `start` and `end` (code points of the
    document's text) and the fields above as far as they are known.
    """

    id: str
    text: str
    meta: Mapping[str, Any]


def whole_id(passage_id: str) -> str:
    """The id of the article or section that a passage is all or part of: without the number behind it."""
    document_id, mark, label = passage_id.rpartition("#")
    return f"{document_id}#{label.partition('~')[0]}" if mark else passage_id


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A whole document as the store keeps it, for reading.

    `sha256` is that of the source's bytes, `source` the file that it was read from, relative to the folder
    that was ingested; `root` is that folder's name with a hash of where it lies behind "@", which tells two
    folders of one name apart.
    """

    id: str
    kind: Kind
    title: str
    text: str
    sections: tuple[Section, ...]
    meta: Mapping[str, Any]
    source: str
    root: str
    sha256: str

    @property
    def folder(self) -> str:
        """The name of the folder that was ingested."""
        return self.root.rpartition("@")[0] or self.root


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its passages: what ingest hands to the store in one piece."""

    document: StoredDocument
    passages: tuple[Passage, ...]
