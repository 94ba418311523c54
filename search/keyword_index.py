"""The keyword half of the embedded store: a Tantivy index over words and character pairs.

Two kinds of record share the index, so that one commit puts a document and its passages in place together:
`passage` records are searched, `document` records hold the whole text for reading.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from legal.documents import Section
from legal.errors import IndexBusyError, IndexMismatchError
from search.passage import NUMBER_FIELDS, TEXT_FIELDS, Entry, Passage, StoredDocument
from search.protocols import Segmenter
from search.segmenter import bigrams
from search.vectors import vector_key

# How much a match in each field counts beside BM25. Chosen on the 700 gold training questions.
FIELD_WEIGHTS = {"text_words": 1.0, "text_pairs": 1.3, "heading_words": 0.9, "title_words": 0.5}
_WRITER_MEMORY = 192_000_000  # bytes, shared by the writer's two threads
_RAW_FIELDS = ("id", "record", "source", "sha256", *TEXT_FIELDS)

Row = dict[str, list[Any]]
Where = tantivy.Query | None


@dataclass(frozen=True, slots=True)
class Terms:
    """A query as the index takes it: each word and each character pair once."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]


def terms_of(text: str, segmenter: Segmenter) -> Terms:
    """The terms of a query text, cut as the index was."""
    return Terms(tuple(dict.fromkeys(segmenter.words(text))), tuple(dict.fromkeys(bigrams(text))))


def rows_of(entry: Entry, segmenter: Segmenter) -> list[Row]:
    """The records of a document and its passages. Made in worker processes: segmenting costs most."""
    document = entry.document
    common: Row = {"source": [source_key(document.root, document.source)]}
    sections = [_fields(section) for section in document.sections]
    payload = _json({**_fields(document), "sections": sections})
    row = _record("document", document.id, document.meta, payload)
    rows = [row | common | {"sha256": [document.sha256]}]

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


def source_key(root: str, source: str) -> str:
    """One key for a source file: the same path under two folders is two sources."""
    return f"{root}\n{source}"


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
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


class KeywordIndex:
    """Reads one Tantivy index; `writer()` gives the one way to change it."""

    def __init__(self, folder: Path | None) -> None:
        """Opens the index in `folder`, making it where there is none; None keeps it in memory."""
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(build_schema(), path=str(folder) if folder else None)
        except ValueError as error:
            raise IndexMismatchError(
                f"关键词索引 {folder} 与本程序不匹配或已损坏。请删除该索引目录后重新运行 lvzhi ingest。"
            ) from error
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def refresh(self) -> None:
        """Lets the searches that follow see what other processes have committed."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def writer(self) -> "Writer":
        """The writer. Raises IndexBusyError while another one is open, here or in another process."""
        try:
            return Writer(self, self._index.writer(_WRITER_MEMORY, 2))
        except ValueError as error:
            if "lock" in str(error).lower():
                raise IndexBusyError("另一个进程正在写入这个索引，请等它结束后再试。") from error
            raise

    def search(self, terms: Terms, where: Where, limit: int) -> list[tuple[float, Passage]]:
        """The `limit` best passages by BM25 over all fields, best first; equal scores in the order of ids."""
        matching = self._matching(terms)
        if matching is None:
            return []
        searcher = self._searcher  # one to the end: another thread may refresh meanwhile
        found = searcher.search(self._both(matching, where), limit, count=False)
        hits = [(float(score), Passage(**_payload(searcher, address))) for score, address in found.hits]
        return sorted(hits, key=lambda hit: (-hit[0], hit[1].id))

    def passages(self, where: Where = None) -> Iterator[Passage]:
        """All passages that `where` lets through."""
        for payload in self._payloads("passage", where):
            yield Passage(**payload)

    def by_vector_key(self, keys: Sequence[int], where: Where = None) -> Iterator[tuple[int, Passage]]:
        """The passages whose vectors have these keys, each with its key; several may share one."""
        for passage in self.passages(self._both(self.one_of("vector_key", keys), where)):
            yield vector_key(passage), passage

    def documents(self, where: Where = None) -> Iterator[StoredDocument]:
        """All documents that `where` lets through."""
        for payload in self._payloads("document", where):
            yield _read_document(payload)

    def count(self, where: Where = None) -> int:
        """The number of passages that `where` lets through."""
        return self._searcher.search(self._all("passage", where), 1).count  # type: ignore[attr-defined,no-any-return]

    def holds(self, source: str, sha256: str) -> bool:
        """Whether documents read from these very bytes, in a file of this path, are here."""
        return any(d.source == source for d in self.documents(self.term("sha256", sha256)))

    def root_of(self, document_id: str) -> str | None:
        """The folder that a document was ingested from; None where there is no such document."""
        document = next(iter(self.documents(self.term("id", document_id))), None)
        return document.root if document else None

    def values(self, field: str, prefix: str) -> list[str]:
        """The values of a text field that begin with `prefix`, in order."""
        return [value for value, _ in self._searcher.terms_with_prefix(field, prefix)]

    def vector_keys(self, where: Where = None) -> npt.NDArray[np.int64]:
        """The vector keys of the passages that `where` lets through, each once, in ascending order."""
        searcher = self._searcher
        limit = max(1, searcher.num_docs)
        found = searcher.search(self._all("passage", where), limit, count=False, order_by_field="vector_key")
        return np.unique(np.fromiter((key for key, _ in found.hits), dtype=np.int64, count=len(found.hits)))

    def term(self, field: str, value: str | int) -> tantivy.Query:
        """The condition that a field has exactly this value."""
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def one_of(self, field: str, values: Sequence[str] | Sequence[int]) -> tantivy.Query:
        """The condition that a field has one of these values."""
        return tantivy.Query.term_set_query(self._schema, field, list(values))

    def between(self, field: str, low: int | None, high: int | None) -> tantivy.Query:
        """The condition that a number field lies in the closed range; None leaves an end open."""
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, low, high)

    def _matching(self, terms: Terms) -> tantivy.Query | None:
        parts = []
        for field, weight in FIELD_WEIGHTS.items():
            for term in terms.pairs if field == "text_pairs" else terms.words:
                query = tantivy.Query.term_query(self._schema, field, term, "freq")
                parts.append(
                    (
                        tantivy.Occur.Should,
                        tantivy.Query.boost_query(query, weight) if weight != 1.0 else query,
                    )
                )
        return tantivy.Query.boolean_query(parts) if parts else None

    def _both(self, matching: tantivy.Query, where: Where) -> tantivy.Query:
        if where is None:
            return matching
        condition = tantivy.Query.const_score_query(where, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, matching), (tantivy.Occur.Must, condition)])

    def _all(self, record: str, where: Where) -> tantivy.Query:
        return self._both(tantivy.Query.const_score_query(self.term("record", record), 0.0), where)

    def _payloads(self, record: str, where: Where) -> Iterator[dict[str, Any]]:
        searcher = self._searcher  # one to the end: what is read stays as it was when reading began
        limit = max(1, searcher.num_docs)
        for _, address in searcher.search(self._all(record, where), limit, count=False).hits:
            yield _payload(searcher, address)


class Writer:
    """Adds and deletes records; nothing is seen before `commit`, everything at once after it."""

    def __init__(self, index: KeywordIndex, writer: tantivy.IndexWriter) -> None:
        self._index = index
        self._writer = writer

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._writer.add_document(tantivy.Document(**row))

    def delete(self, field: str, value: str) -> None:
        """Deletes the records with this value: `id` for one passage, `source` for all that a file gave."""
        self._writer.delete_documents_by_term(field, value)

    def commit(self) -> None:
        self._writer.commit()
        self._index.refresh()

    def close(self) -> None:
        """Waits for running merges and lets the next writer in; what was not committed is gone."""
        self._writer.wait_merging_threads()


def _payload(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict[str, Any]:
    payload: bytes = searcher.doc(address)["payload"][0]
    loaded: dict[str, Any] = json.loads(payload)
    return loaded


def _read_document(stored: dict[str, Any]) -> StoredDocument:
    sections = tuple(Section(**section) for section in stored["sections"])
    return StoredDocument(**{**stored, "sections": sections})
