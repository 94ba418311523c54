"""The records of the keyword index: its fields, and the rows that documents, passages and problems become.

Kinds of record share the index, so that one commit puts a document and its passages in place together:
`passage` records are searched, `document` records hold the whole text for reading, and `problem` records say
what of a file could not be taken in.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import tantivy

from legal.documents import Section
from search.passage import NUMBER_FIELDS, TEXT_FIELDS, Entry, Passage, StoredDocument
from search.place import Origin
from search.protocols import Segmenter
from search.segmenter import bigrams
from search.vectors import vector_key

# How much a match in each field counts beside BM25. Chosen on the 700 gold training questions.
FIELD_WEIGHTS = {"text_words": 1.0, "text_pairs": 1.3, "heading_words": 0.9, "title_words": 0.5}
_RAW_FIELDS = ("id", "record", "place", "path", "sha256", *(f for f in TEXT_FIELDS if f != "group"))

Row = dict[str, list[Any]]


def rows_of(entry: Entry, segmenter: Segmenter) -> list[Row]:
    """The records of a document and its passages. Made in worker processes: segmenting costs most."""
    document = entry.document
    common: Row = {"place": [document.place]}
    sections = [_fields(section) for section in document.sections]
    payload = _json({**_fields(document), "sections": sections})
    row = _record("document", document.id, document.meta, payload)
    row |= _origin_fields(document.place, document.sha256)
    rows = [row | {"near": list(entry.fingerprint.keys), "signature": [entry.fingerprint.signature]}]

    @lru_cache(maxsize=64)  # a document has one title and few headings
    def words(text: str) -> str:
        return " ".join(segmenter.words(text))

    for passage in entry.passages:
        heading = words(str(passage.meta.get("heading", "")))
        rows.append(passage_row(passage, segmenter, words(document.title), heading) | common)
    return rows


def passage_row(passage: Passage, segmenter: Segmenter, title_words: str, heading_words: str) -> Row:
    """The record of one passage."""
    row = _record("passage", passage.id, passage.meta, _json(_fields(passage)))
    return row | {
        "title_words": [title_words],
        "heading_words": [heading_words],
        "text_words": [" ".join(segmenter.words(passage.text))],
        "text_pairs": [" ".join(bigrams(passage.text))],
        "vector_key": [vector_key(passage)],
    }


def problem_row(origin: Origin, where: str, reason: str) -> Row:
    """The record of something in a file that could not be taken in; it goes when its file changes."""
    payload = _json({"where": where, "reason": reason})
    return _record("problem", f"{origin.place}#{where}", {}, payload) | _origin_fields(
        origin.place, origin.sha256
    )


def _origin_fields(place: str, sha256: str) -> Row:
    return {"place": [place], "path": [place.partition("/")[2]], "sha256": [sha256]}


def _fields(record: Passage | StoredDocument | Section) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _record(kind: str, record_id: str, meta: Mapping[str, Any], payload: bytes) -> Row:
    row: Row = {"record": [kind], "id": [record_id], "payload": [payload]}
    for field in TEXT_FIELDS:
        if isinstance(meta.get(field), str):
            row[field] = [meta[field]]
    for field in NUMBER_FIELDS:
        value = meta.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            row[field] = [value]
    return row


def build_schema() -> tantivy.Schema:
    """The schema of the index; a change of it needs a new number in `manifest.SCHEMA`."""
    builder = tantivy.SchemaBuilder()
    for field in _RAW_FIELDS:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in FIELD_WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for field in (*NUMBER_FIELDS, "vector_key"):
        builder.add_integer_field(field, indexed=True, fast=True)
    builder.add_integer_field("near", indexed=True)
    builder.add_text_field("group", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("signature", stored=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()
