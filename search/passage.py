"""What an index holds: passages, which are found, and the documents that they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from legal.documents import Section
from search.fingerprint import Fingerprint

Kind = Literal["policy", "precedent"]

# Metadata fields that the store can filter and facet by; each holds one string. Documents that say the same
# share a `group`, which ingest gives them when they are written.
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
    "group",
)
# The same for whole numbers: `day` is a date as yyyymmdd, `year` its year. `law_day` is the day whose law a
# document speaks of: a norm's date of effect, or of adoption where that is unknown; a judgment's date.
NUMBER_FIELDS = ("year", "day", "law_day")
# The fields by which hits are counted; all passages of a document have the same values.
FACETS = (
    "authority_level",
    "issuing_body",
    "court_level",
    "court",
    "document_type",
    "cause_of_action",
    "year",
)
# Fields with several strings, ids of the form law#article: what a passage cites, what a judgment applies.
LIST_FIELDS = ("cites", "applies")


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

    `source` is the file that it was read from, below the folder named `folder` that was ingested; `place` is
    the key of that file (see `Place`), and `sha256` that of its bytes.
    """

    id: str
    kind: Kind
    title: str
    text: str
    sections: tuple[Section, ...]
    meta: Mapping[str, Any]
    source: str
    folder: str
    place: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its passages and what near-duplicates are known by: what ingest hands to the store."""

    document: StoredDocument
    passages: tuple[Passage, ...]
    fingerprint: Fingerprint
