"""The embedded store: keyword index and vectors in one folder, opened only with what made them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Self

from legal.errors import IndexMismatchError, IndexMissingError, SearchIndexError
from legal.versions import History, Status, Version
from search.deciding import Best, enough, holds
from search.filters import Condition, Filters, compile_filters
from search.findings import Encodable, Finding
from search.index_writer import Writer
from search.keyword_index import KeywordIndex, Terms, Where, terms_of
from search.manifest import SCHEMA, Manifest, read_manifest, write_manifest
from search.passage import Passage, StoredDocument
from search.protocols import Segmenter, Vectors
from search.segmenter import best_segmenter, segmenter_named
from search.vectors import Keys, Subset, VectorShards
from search.versions import Laws, today

_KEPT_SUBSETS = 4  # vector subsets kept ready, by filter: each portal page searches under one


@dataclass(frozen=True, slots=True)
class _Searched:
    """What vectors are searched for under a condition: the passages, those of their vectors that there are,
    the share of the texts that have one (0 to 1), and all vectors of the index, by which it is known whether
    this still holds."""

    passages: Encodable
    vectors: Subset
    share: float
    every: Subset

    @property
    def searcher(self) -> object:
        return self.passages.findings.searcher


class EmbeddedStore:
    """One index. Reading is safe beside a writer in this or another process; see `refresh`."""

    def __init__(self, folder: Path | None, manifest: Manifest, segmenter: Segmenter) -> None:
        """For `open`, `create` and `in_memory`, which know where the manifest comes from."""
        self.folder = folder
        self.manifest = manifest
        self.segmenter = segmenter
        self.keywords = KeywordIndex(folder / "keywords" if folder else None)
        self.vectors = VectorShards(folder / "vectors" if folder else None)
        self._seen = (self._keyword_stamp(), self._vector_stamp())
        self._subsets: dict[str, _Searched] = {}
        self._laws_lock = Lock()
        self.terms = lru_cache(maxsize=64)(self._terms)  # a search and its count cut the same text
        self._laws: tuple[object, Laws] | None = None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in `folder`. Raises IndexMissingError or IndexMismatchError, which say what to do."""
        manifest = read_manifest(folder)
        if manifest is None:
            raise IndexMissingError(
                f"{folder} 中没有索引。请先运行：lvzhi ingest 文件或目录 --index {folder}"
            )
        try:
            segmenter = segmenter_named(manifest.segmenter)
        except IndexMismatchError as error:
            raise IndexMismatchError(f"{folder} 无法打开：{error.message}") from error
        return cls(folder, manifest, segmenter)

    @classmethod
    def open_or_create(cls, folder: Path, *, masked: bool = False) -> Self:
        """The index in `folder`, made with the best segmenter of this machine where there is none.

        What is once masked stays so, whatever `masked` says. Raises IndexMismatchError where it asks for
        masking in an index that already holds documents as they were.
        """
        if read_manifest(folder) is not None:
            return cls.open(folder)._masked(masked)
        if folder.exists() and not folder.is_dir():
            raise IndexMismatchError(f"{folder} 是一个文件，不能作为索引目录。请用 --index 指定另一个目录。")
        folder.mkdir(parents=True, exist_ok=True)
        segmenter = best_segmenter()
        manifest = Manifest(SCHEMA, segmenter.name, masked=masked)
        write_manifest(folder, manifest)
        return cls(folder, manifest, segmenter)

    def _masked(self, wanted: bool) -> Self:
        if wanted and not self.manifest.masked:
            if self.keywords.count():
                raise IndexMismatchError(
                    f"索引 {self.folder} 中已有未脱敏的文书，不能改为脱敏。请用 --index 新目录另建脱敏索引。"
                )
            self.put_manifest(replace(self.manifest, masked=True))
        return self

    @classmethod
    def in_memory(cls) -> Self:
        """An index that lives as long as the object: for tests and small scripts."""
        segmenter = best_segmenter()
        return cls(None, Manifest(SCHEMA, segmenter.name), segmenter)

    def refresh(self) -> None:
        """Lets the searches that follow see what has been committed since, here or in another process."""
        self._seen = (self._keyword_stamp(), self._vector_stamp())
        self.keywords.refresh()
        self.vectors.refresh()
        self._forget()

    def refresh_if_changed(self) -> None:
        """Refreshes what changed on disk since the last look: two calls of stat where nothing did.

        While texts are being encoded new vectors come every few seconds; what is known of the texts stays.
        """
        keywords, vectors = self._keyword_stamp(), self._vector_stamp()
        if keywords != self._seen[0]:
            self.refresh()
        elif vectors != self._seen[1]:
            self._seen = (keywords, vectors)
            self.vectors.refresh()
            self._forget_vectors()

    def _keyword_stamp(self) -> int | None:
        return _changed_at(self.folder / "keywords" / "meta.json") if self.folder else None

    def _vector_stamp(self) -> int | None:
        return _changed_at(self.folder / "vectors") if self.folder else None

    def put_manifest(self, manifest: Manifest) -> None:
        """Replaces the manifest, on disk first."""
        if self.folder is not None and manifest != self.manifest:
            write_manifest(self.folder, manifest)
        self.manifest = manifest

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer; what it commits is there at once, what it does not commit is dropped."""
        writer = self.keywords.writer()
        try:
            yield writer
        except BaseException:
            with suppress(SearchIndexError):  # it would hide what happened first
                writer.close()
            raise
        else:
            writer.close()
        finally:
            self._forget()

    def add_vectors(self, keys: Keys, vectors: Vectors) -> None:
        """Keeps vectors, shape (len(keys), dimension), on disk before it returns."""
        self.vectors.add(keys, vectors)
        self._forget_vectors()

    def _terms(self, text: str, added: tuple[str, ...]) -> Terms:
        return terms_of(text, self.segmenter, added)

    def keyword_search(
        self, text: str, filters: Filters | None = None, limit: int = 10, added: Sequence[str] = ()
    ) -> list[tuple[float, Passage]]:
        """The passages that `by_words` finds, read."""
        return [(score, found.passage()) for score, found in self.by_words(text, filters, limit, added)]

    def by_words(
        self, text: str, filters: Filters | None = None, limit: int = 10, added: Sequence[str] = ()
    ) -> list[tuple[float, Finding]]:
        """The `limit` best passages by BM25, best first. Words that are `added` count less than the text."""
        condition = compile_filters(filters, self.keywords)
        terms = self.terms(text, tuple(added))

        def best(many: int) -> Best:
            hits = self.keywords.search(terms, condition.where, many)
            return hits, len(hits) < many

        return enough(best, condition, limit)

    def vector_search(
        self, vector: Vectors, filters: Filters | None = None, limit: int = 10
    ) -> list[tuple[float, Passage]]:
        """The passages that `by_meaning` finds, read."""
        return [(score, found.passage()) for score, found in self.by_meaning(vector, filters, limit)]

    def by_meaning(
        self, vector: Vectors, filters: Filters | None = None, limit: int = 10
    ) -> list[tuple[float, Finding]]:
        """The `limit` passages whose vectors are nearest to `vector` by cosine, nearest first."""
        condition = compile_filters(filters, self.keywords)
        searched = self._searched(condition)

        def nearest(many: int) -> Best:
            near = dict(searched.vectors.search(vector, many))
            hits = [(near[found.vector_key], found) for found in searched.passages.with_keys(list(near))]
            return sorted(hits, key=lambda hit: (-hit[0], hit[1].place)), len(near) < many

        return enough(nearest, condition, limit)

    def newest(self, filters: Filters | None, limit: int) -> list[Passage]:
        """At most `limit` passages under the filters, the newest first."""
        condition = compile_filters(filters, self.keywords)

        def latest(many: int) -> Best:
            hits = [(0.0, Finding.of(passage)) for passage in self.keywords.newest(condition.where, many)]
            return hits, len(hits) < many

        return [found.passage() for _, found in enough(latest, condition, limit)]

    def where(self, filters: Filters | None) -> Where:
        """The condition of the index for filters on its own fields; what it cannot decide is left out."""
        return compile_filters(filters, self.keywords).where

    def passages(self, filters: Filters | None = None) -> list[Passage]:
        """All passages under the filters, in no particular order."""
        condition = compile_filters(filters, self.keywords)
        return [p for p in self.keywords.passages(condition.where) if holds(condition, p)]

    def norms(self, keys: Sequence[int], filters: Filters | None = None) -> list[Finding]:
        """The passages under the filters that have one of these `norm_key`s, in no particular order."""
        condition = compile_filters(filters, self.keywords)
        named = self.keywords.one_of("norm_key", keys)
        where = named if condition.where is None else self.keywords.all_of((named, condition.where))
        found = self.keywords.findings(where) if keys else []
        return found if condition.whole else [one for one in found if holds(condition, one.passage())]

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Those of the passages named that there are."""
        return {p.id: p for p in self.keywords.passages(self.keywords.one_of("id", ids))} if ids else {}

    def document(self, document_id: str) -> StoredDocument | None:
        """The whole document, or None where there is none of this id."""
        return next(iter(self.keywords.documents(self.keywords.term("id", document_id))), None)

    def versions(self) -> Mapping[str, tuple[Version, ...]]:
        """For each law key its versions, newest first; those without a date last."""
        return self._known_laws().versions

    def history(self, law: str) -> History:
        """The wordings of a law (a key of `law_names.law_key`) over time, and what ended it."""
        return self._known_laws().history(law)

    def status(self, law: str, document_id: str, day: date) -> Status | None:
        """What a text of a law is on `day`, by all that is known; None where it is not here."""
        return self._known_laws().status(law, document_id, day)

    def superseded(self, day: date | None = None) -> frozenset[str]:
        """The ids of the documents that no longer apply on `day`, by default today in China.

        A newer version of the law that is here has taken effect, or a text here has ended it: what is not
        here leaves the only text of a law in its place. Texts of one law adopted on one day, such as the
        parts of 民法典, do not supersede each other.
        """
        return self._known_laws().superseded(day or today())

    def _known_laws(self) -> Laws:
        # Kept with what it was read from: a thread may still be reading what another has just refreshed.
        known, searcher = self._laws, self.keywords.searcher
        if known is None or known[0] is not searcher:
            with self._laws_lock:  # reading them takes long: one thread does it, the others wait
                known, searcher = self._laws, self.keywords.searcher
                if known is None or known[0] is not searcher:
                    known = searcher, Laws(self.keywords.documents(self.keywords.term("kind", "policy")))
                    self._laws = known
        return known[1]

    def encoded_share(self, filters: Filters | None = None) -> float:
        """How much of what the filters let through has vectors, 0 to 1; 1 where they let nothing through."""
        return self._searched(compile_filters(filters, self.keywords)).share

    def _searched(self, condition: Condition) -> _Searched:
        """What vectors are searched for under a condition, in the index as it is now."""
        name = json.dumps(condition.decided, sort_keys=True, default=str)
        known, vectors = self._subsets.get(name), self.vectors.all
        if known is None or known.every is not vectors or known.searcher is not self.keywords.searcher:
            passages = self.keywords.encodable(condition.where)
            living = passages.keys()
            subset = vectors.among(living)
            share = len(subset.keys) / len(living) if len(living) else 1.0
            known = _Searched(passages, subset, share, vectors)
            kept = [item for item in self._subsets.items() if item[0] != name][1 - _KEPT_SUBSETS :]
            self._subsets = {**dict(kept), name: known}  # replaced and not changed: other threads read it
        return known

    def _forget(self) -> None:
        self._laws = None
        self._forget_vectors()

    def _forget_vectors(self) -> None:
        self._subsets = {}


def _changed_at(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.exists() else None
