"""The keyword half of the embedded store: a Tantivy index over words and character pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from legal.documents import Section
from legal.errors import IndexBusyError, IndexMismatchError
from search.findings import ROWS, Encodable, Finding, Findings, read_passage, read_payload
from search.index_records import FIELD_WEIGHTS, build_schema
from search.index_writer import Writer
from search.passage import Passage, StoredDocument
from search.protocols import Segmenter
from search.segmenter import bigrams

_WRITER_MEMORY = 80_000_000  # bytes, shared by the writer's two threads
# How much a word that was added to a query counts beside a typed one. Chosen on the 700 gold training
# questions.
ADDED_WEIGHT = 0.7
_MOST_TERMS = 500  # looking up each is faster for so many than walking through all terms of the field
MOST_WORDS = 64  # that a paragraph of facts is searched by: three times as fast as by all of 2,000 characters

Where = tantivy.Query | None


@dataclass(frozen=True, slots=True)
class Terms:
    """A query as the index takes it: each word and each character pair once.

    `added` are words and pairs that were not typed but mean what was; they count less.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    added: "Terms | None" = None


def terms_of(text: str, segmenter: Segmenter, added: Sequence[str] = ()) -> Terms:
    """The terms of a query text, cut as the index was, and of what is added to it."""
    words, pairs = dict.fromkeys(segmenter.words(text)), dict.fromkeys(bigrams(text))
    if not added:
        return Terms(tuple(words), tuple(pairs))
    more = dict.fromkeys(word for phrase in added for word in segmenter.words(phrase))
    more_pairs = dict.fromkeys(pair for phrase in added for pair in bigrams(phrase))
    new = Terms(tuple(w for w in more if w not in words), tuple(p for p in more_pairs if p not in pairs))
    return Terms(tuple(words), tuple(pairs), new)


class KeywordIndex:
    """Reads one Tantivy index; `writer()` gives the one way to change it."""

    def __init__(self, folder: Path | None) -> None:
        """Opens the index in `folder`, making it where there is none; None keeps it in memory."""
        self.folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(build_schema(), path=str(folder) if folder else None)
        except ValueError as error:
            raise IndexMismatchError(
                f"关键词索引 {folder} 与本程序不匹配或已损坏。请删除该索引目录后重新运行 lvzhi ingest。"
            ) from error
        self._schema = self._index.schema
        self._findings = Findings(self._index.searcher())

    @property
    def searcher(self) -> tantivy.Searcher:
        """What is searched now; it stays as it is when the index is refreshed."""
        return self._findings.searcher

    @property
    def findings_now(self) -> Findings:
        """What makes findings of what is searched now."""
        return self._findings

    def refresh(self) -> None:
        """Lets the searches that follow see what other processes have committed."""
        self._index.reload()
        self._findings = Findings(self._index.searcher())

    def is_out_of_room(self) -> bool:
        """Whether the disk of the index has hardly any room left."""
        return self.folder is not None and disk_usage(self.folder).free < 2**20

    def writer(self) -> "Writer":
        """The writer. Raises IndexBusyError while another one is open, here or in another process."""
        try:
            writer = self._index.writer(_WRITER_MEMORY, 2)
            # A killed writer leaves files under names that the next one gives again, and then refuses.
            writer.garbage_collect_files()
            return Writer(self, writer)
        except ValueError as error:
            if "lock" in str(error).lower():
                raise IndexBusyError("另一个进程正在写入这个索引，请等它结束后再试。") from error
            raise

    def search(self, terms: Terms, where: Where, limit: int) -> list[tuple[float, Finding]]:
        """The `limit` best passages by BM25 over all fields, best first; equal scores by `Finding.place`."""
        matching = self._matching(terms)
        if matching is None:
            return []
        findings = self._findings  # one to the end: another thread may refresh meanwhile
        hits = findings.searcher.search(self._both(matching, where), limit, count=False).hits
        found = zip([score for score, _ in hits], findings.at([address for _, address in hits]), strict=True)
        return sorted(found, key=lambda hit: (-hit[0], hit[1].place))

    def findings(self, where: Where) -> list[Finding]:
        """All passages that `where` lets through, unread."""
        findings = self._findings
        limit = max(1, findings.searcher.num_docs)
        hits = findings.searcher.search(self._all("passage", where), limit, count=False).hits
        return list(findings.at([address for _, address in hits]))

    def passages(self, where: Where = None) -> Iterator[Passage]:
        """All passages that `where` lets through."""
        for payload in self._payloads("passage", where):
            yield Passage(**payload)

    def newest(self, where: Where, limit: int) -> Iterator[Passage]:
        """At most `limit` of the passages that `where` lets through, the newest first."""
        searcher, query = self.searcher, self._all("passage", where)
        for _, address in searcher.search(query, limit, count=False, order_by_field="day").hits:
            yield read_passage(searcher, address)

    def documents(self, where: Where = None) -> Iterator[StoredDocument]:
        """All documents that `where` lets through."""
        for payload in self._payloads("document", where):
            yield _read_document(payload)

    def count(self, where: Where = None) -> int:
        """The number of passages that `where` lets through."""
        return self.searcher.search(self._all("passage", where), 1).count  # type: ignore[attr-defined,no-any-return]

    def holds(self, path: str, sha256: str) -> bool:
        """Whether documents read from these very bytes, in a file of this `Place.path`, are here."""
        query = self._all("document", self._read_from(path, sha256))
        return bool(self.searcher.search(query, 1, count=False).hits)

    def holds_place(self, place: str) -> bool:
        """Whether there are documents from this place."""
        return bool(
            self.searcher.search(self._all("document", self.term("place", place)), 1, count=False).hits
        )

    def problems(self, path: str, sha256: str) -> list[tuple[str, str]]:
        """What of these bytes in this file could not be taken in, as (where, reason)."""
        found = self._payloads("problem", self._read_from(path, sha256))
        return [(problem["where"], problem["reason"]) for problem in found]

    def near(self, keys: Sequence[int], limit: int) -> Iterator[tuple[StoredDocument, bytes]]:
        """At most `limit` documents that share one of the keys of a fingerprint, with their signatures."""
        searcher = self.searcher
        for _, address in searcher.search(self.one_of("near", keys), limit, count=False).hits:
            signature = searcher.doc(address)["signature"]
            yield _read_document(read_payload(searcher, address)), signature[0] if signature else b""

    def copies(self, group: str | None) -> int:
        """How many documents of a group there are beside one."""
        if group is None:
            return 0
        query = self._all("document", self.term("group", group))
        count: int = self.searcher.search(query, 1).count  # type: ignore[attr-defined]
        return count - 1

    def values(self, field: str, prefix: str) -> list[str]:
        """The values of a text field that begin with `prefix`, in order."""
        return [value for value, _ in self.searcher.terms_with_prefix(field, prefix)]

    def pair_weights(self, pairs: Sequence[str]) -> npt.NDArray[np.float32]:
        """How much each character pair tells, by how few passages have it in their text; one value each."""
        searcher = self.searcher
        count = searcher.num_docs
        having = np.array([searcher.doc_freq("text_pairs", pair) for pair in pairs], dtype=np.float32)
        weights: npt.NDArray[np.float32] = np.log(1 + (count - having + 0.5) / (having + 0.5))
        return weights

    def encodable(self, where: Where = None) -> Encodable:
        """The passages that `where` lets through, by the keys of their vectors."""
        findings, query = self._findings, self._all("passage", where)
        limit = max(1, findings.searcher.num_docs)
        found = findings.searcher.search(query, limit, count=False, order_by_field="vector_key")
        rows = ((key, address.segment_ord, address.doc) for key, address in found.hits)
        descending = np.fromiter(rows, dtype=ROWS, count=len(found.hits))
        return Encodable(findings, descending[::-1].copy())

    def vector_keys(self, where: Where = None) -> npt.NDArray[np.int64]:
        """The vector keys of the passages that `where` lets through, each once, in ascending order."""
        return self.encodable(where).keys()

    def term(self, field: str, value: str | int) -> tantivy.Query:
        """The condition that a field has exactly this value."""
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def one_of(self, field: str, values: Sequence[str] | Sequence[int]) -> tantivy.Query:
        """The condition that a field has one of these values."""
        if len(values) > _MOST_TERMS:
            return tantivy.Query.term_set_query(self._schema, field, list(values))
        terms = [(tantivy.Occur.Should, self.term(field, value)) for value in values]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(terms), 1.0)

    def between(self, field: str, low: int | None, high: int | None) -> tantivy.Query:
        """The condition that a number field lies in the closed range; None leaves an end open."""
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, low, high)

    def all_of(
        self, conditions: Sequence[tantivy.Query], unless: tantivy.Query | None = None
    ) -> tantivy.Query:
        """The condition that all of these hold, and `unless` does not."""
        parts = [(tantivy.Occur.Must, condition) for condition in conditions]
        return tantivy.Query.boolean_query(parts + ([(tantivy.Occur.MustNot, unless)] if unless else []))

    def informative(self, terms: Terms) -> Terms:
        """Of a paragraph the words that tell most, with their pairs; of a shorter text all."""
        if len(terms.words) <= MOST_WORDS:
            return terms
        searcher = self.searcher
        counts = {word: searcher.doc_freq("text_words", word) for word in terms.words}
        held = sorted((word for word in counts if counts[word]), key=lambda word: counts[word])
        kept = set(held[:MOST_WORDS])
        words = tuple(word for word in terms.words if word in kept)
        inside = {pair for word in words for pair in bigrams(word)}
        return Terms(words, tuple(pair for pair in terms.pairs if pair in inside))

    def _read_from(self, path: str, sha256: str) -> tantivy.Query:
        return self.all_of((self.term("path", path), self.term("sha256", sha256)))

    def _matching(self, terms: Terms) -> tantivy.Query | None:
        parts = self._weighted(self.informative(terms), 1.0)
        if terms.added is not None:
            parts += self._weighted(terms.added, ADDED_WEIGHT)
        return tantivy.Query.boolean_query(parts) if parts else None

    def _weighted(self, terms: Terms, share: float) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        parts = []
        for field, weight in FIELD_WEIGHTS.items():
            for term in terms.pairs if field == "text_pairs" else terms.words:
                query = tantivy.Query.term_query(self._schema, field, term, "freq")
                if weight * share != 1.0:
                    query = tantivy.Query.boost_query(query, weight * share)
                parts.append((tantivy.Occur.Should, query))
        return parts

    def _both(self, matching: tantivy.Query, where: Where) -> tantivy.Query:
        if where is None:
            return matching
        condition = tantivy.Query.const_score_query(where, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, matching), (tantivy.Occur.Must, condition)])

    def _all(self, record: str, where: Where) -> tantivy.Query:
        return self._both(tantivy.Query.const_score_query(self.term("record", record), 0.0), where)

    def _payloads(self, record: str, where: Where) -> Iterator[dict[str, Any]]:
        searcher = self.searcher  # one to the end: what is read stays as it was when reading began
        limit = max(1, searcher.num_docs)
        for _, address in searcher.search(self._all(record, where), limit, count=False).hits:
            yield read_payload(searcher, address)


def _read_document(stored: dict[str, Any]) -> StoredDocument:
    sections = tuple(Section(**section) for section in stored["sections"])
    return StoredDocument(**{**stored, "sections": sections})
