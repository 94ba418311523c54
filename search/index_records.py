"""The records of the keyword index: its fields, and the rows that documents, passages and problems become.

Kinds of record share the index, so that one commit puts a document and its passages in place together:
`passage` records are searched, `document` records hold the whole text for reading, and `problem` records say
what of a file could not be taken in.

A search shows one hit a case and one an article, however many passages these have. So that hits can be
counted without looking at each passage, one record of each stands for it (`hit` is 1): the document of a
case, the first passage of an article. It has the words and pairs of the whole hit too, in fields of its own.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import orjson
import tantivy

from search.findings import NUMBERS, numbers_of
from search.passage import LIST_FIELDS, NUMBER_FIELDS, TEXT_FIELDS, Entry, Passage, whole_id
from search.place import Origin
from search.protocols import Segmenter
from search.segmenter import joined_bigrams

# How much a match in each field counts beside BM25. Chosen on the 700 gold training questions.
FIELD_WEIGHTS = {"text_words": 1.0, "text_pairs": 1.3, "heading_words": 0.9, "title_words": 0.5}
HIT = "hit"
# Facets that are counted together, joined by SEPARATOR, each empty where unknown. One column that every
# record has is counted several times faster than several columns that some have.
FACET_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "norm_facets": ("authority_level", "issuing_body"),
    "court_facets": ("court_level", "court"),
    "form_facets": ("document_type", "cause_of_action", "year"),
}
SEPARATOR = "\x1f"
# Of a hit: the words of its passages, their headings and titles; the character pairs of its passages.
ALL_WORDS, ALL_PAIRS = "all_words", "all_pairs"
_WORD_FIELDS = ("title_words", "heading_words", "text_words")
_RAW_FIELDS = ("id", "record", "place", "path", "sha256", *(f for f in TEXT_FIELDS if f != "group"))

Row = dict[str, Any]  # values are single but for `near` and `LIST_FIELDS`, which have several


def rows_of(entry: Entry, segmenter: Segmenter) -> list[Row]:
    """The records of a document and its passages. Made in worker processes: segmenting costs most."""
    document = entry.document
    common: Row = {"place": document.place}
    row = _record("document", document.id, document.meta, orjson.dumps(document))
    row |= _origin_fields(document.place, document.sha256)
    row |= {"near": list(entry.fingerprint.keys), "signature": entry.fingerprint.signature}
    passages = _segmented(entry.passages, segmenter)
    if document.kind == "precedent" and passages:
        row |= _whole_hit(passages) | numbers_of(Passage(document.id, "", document.meta))
    else:
        _mark_hits(passages)
    return [row, *(own | common for own in passages)]


def passage_rows(passages: Sequence[Passage], segmenter: Segmenter) -> list[Row]:
    """The records of passages without a document, each a hit unless it is part of an article."""
    rows = _segmented(passages, segmenter)
    _mark_hits(rows)
    return rows


def _mark_hits(rows: Sequence[Row]) -> None:
    """Each article is a hit, by the first of its parts."""
    wholes: dict[str, list[Row]] = {}
    for row in rows:
        wholes.setdefault(whole_id(row["id"]), []).append(row)
    for parts in wholes.values():
        parts[0] |= _whole_hit(parts)


def _whole_hit(rows: Sequence[Row]) -> Row:
    """What the record has that stands for a hit of these passages."""
    texts = dict.fromkeys(row[field] for row in rows for field in _WORD_FIELDS)
    pairs = " ".join(row["text_pairs"] for row in rows)
    return {HIT: 1, ALL_WORDS: " ".join(texts), ALL_PAIRS: pairs}


def _segmented(passages: Sequence[Passage], segmenter: Segmenter) -> list[Row]:
    """The records of passages, all cut into words at once."""
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
        }
        | numbers_of(passage)
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
    for column, fields in FACET_COLUMNS.items():
        row[column] = SEPARATOR.join(str(row.get(field, "")) for field in fields)
    return row


def build_schema() -> tantivy.Schema:
    """The schema of the index; a change of it needs a new number in `manifest.SCHEMA`."""
    builder = tantivy.SchemaBuilder()
    for field in (*_RAW_FIELDS, *LIST_FIELDS):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for column in FACET_COLUMNS:
        builder.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    for field in (ALL_WORDS, ALL_PAIRS):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
    for field in FIELD_WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for field in (*NUMBER_FIELDS, *NUMBERS):
        builder.add_integer_field(field, indexed=True, fast=True)
    for field in ("near", HIT):
        builder.add_integer_field(field, indexed=True)
    builder.add_text_field("group", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("signature", stored=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()
