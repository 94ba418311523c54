"""The records of the keyword index: its fields, and the rows that documents, passages and problems become.

Kinds of record share the index, so that one commit puts a document and its passages in place together:
`passage` records are searched, `document` records hold the whole text for reading, and `problem` records say
what of a file could not be taken in.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import orjson
import tantivy

from search.passage import LIST_FIELDS, NUMBER_FIELDS, TEXT_FIELDS, Entry, Passage
from search.place import Origin
from search.protocols import Segmenter
from search.segmenter import joined_bigrams
from search.vectors import vector_key

# How much a match in each field counts beside BM25. Chosen on the 700 gold training questions.
FIELD_WEIGHTS = {"text_words": 1.0, "text_pairs": 1.3, "heading_words": 0.9, "title_words": 0.5}
_RAW_FIELDS = ("id", "record", "place", "path", "sha256", *(f for f in TEXT_FIELDS if f != "group"))

Row = dict[str, Any]  # values are single but for `near` and `LIST_FIELDS`, which have several


def rows_of(entry: Entry, segmenter: Segmenter) -> list[Row]:
    """The records of a document and its passages. Made in worker processes: segmenting costs most."""
    document = entry.document
    common: Row = {"place": document.place}
    row = _record("document", document.id, document.meta, orjson.dumps(document))
    row |= _origin_fields(document.place, document.sha256)
    rows = [row | {"near": list(entry.fingerprint.keys), "signature": entry.fingerprint.signature}]
    return [*rows, *(row | common for row in passage_rows(entry.passages, segmenter))]


def passage_rows(passages: Sequence[Passage], segmenter: Segmenter) -> list[Row]:
    """The records of passages, segmented all at once."""
    if not passages:
        return []
    texts = [passage.text for passage in passages]
    names = [[str(p.meta.get(field, "")) for p in passages] for field in ("title", "heading")]
    different = list(dict.fromkeys(chain(*names)))  # a document has one title and few headings
    joined = segmenter.joined_words([*texts, *different])
    words = dict(zip(different, joined[len(texts) :], strict=True))
    return [
        _record("passage", passage.id, passage.meta, orjson.dumps(passage))
        | {
            "title_words": words[title],
            "heading_words": words[heading],
            "text_words": text_words,
            "text_pairs": text_pairs,
            "vector_key": vector_key(passage),
        }
        for passage, title, heading, text_words, text_pairs in zip(
            passages, *names, joined[: len(texts)], joined_bigrams(texts), strict=True
        )
    ]


def problem_row(origin: Origin, where: str, reason: str) -> Row:
    """The record of something in a file that could not be taken in; it goes when its file changes."""
    payload = orjson.dumps({"where": where, "reason": reason})
    return _record("problem", f"{origin.place}#{where}", {}, payload) | _origin_fields(
        origin.place, origin.sha256
    )


def _origin_fields(place: str, sha256: str) -> Row:
    return {"place": place, "path": place.partition("/")[2], "sha256": sha256}


def _record(kind: str, record_id: str, meta: Mapping[str, Any], payload: bytes) -> Row:
    row: Row = {"record": kind, "id": record_id, "payload": payload}
    for field in TEXT_FIELDS:
        if isinstance(meta.get(field), str):
            row[field] = meta[field]
    for field in NUMBER_FIELDS:
        value = meta.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            row[field] = value
    for field in LIST_FIELDS:
        if meta.get(field):
            row[field] = list(meta[field])
    return row


def build_schema() -> tantivy.Schema:
    """The schema of the index; a change of it needs a new number in `manifest.SCHEMA`."""
    builder = tantivy.SchemaBuilder()
    for field in (*_RAW_FIELDS, *LIST_FIELDS):
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
