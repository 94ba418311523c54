"""The embedded store as a Haystack DocumentStore, so that any Haystack component can work with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Self, overload

import numpy as np
from haystack import Document, default_from_dict, default_to_dict
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.document_stores.types import DuplicatePolicy

from search.findings import Finding
from search.index_records import passage_rows
from search.passage import Passage
from search.store import EmbeddedStore
from search.vectors import vector_key


class LvzhiDocumentStore:
    """Documents of Haystack over one `EmbeddedStore`.

    Embeddings are kept as float16. Two documents with the same content, `title` and `label` share one
    embedding. `index` is the folder of the index; without it the store lives in memory.
    """

    def __init__(self, index: str | None = None) -> None:
        self.index = index
        self._store: EmbeddedStore | None = None

    @classmethod
    def over(cls, store: EmbeddedStore) -> Self:
        """The document store of an index that is open already."""
        wrapped = cls(str(store.folder) if store.folder else None)
        wrapped._store = store
        return wrapped

    @property
    def store(self) -> EmbeddedStore:
        """The index, opened at the first use."""
        if self._store is None:
            self._store = (
                EmbeddedStore.open_or_create(Path(self.index)) if self.index else EmbeddedStore.in_memory()
            )
        return self._store

    def to_dict(self) -> dict[str, Any]:
        return default_to_dict(self, index=self.index)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        loaded: Self = default_from_dict(cls, data)
        return loaded

    def count_documents(self) -> int:
        """The number of passages."""
        return self.store.keywords.count()

    def filter_documents(self, filters: dict[str, Any] | None = None) -> list[Document]:
        """All documents under the filters, with their embeddings, in the order of their ids."""
        passages = sorted(self.store.passages(filters), key=lambda passage: passage.id)
        keys = np.array([vector_key(passage) for passage in passages], dtype=np.int64)
        vectors = self.store.vectors.get(keys)
        return [
            replace(to_document(passage), embedding=vectors[key].tolist() if key in vectors else None)
            for passage, key in zip(passages, keys.tolist(), strict=True)
        ]

    def write_documents(
        self, documents: list[Document], policy: DuplicatePolicy = DuplicatePolicy.NONE
    ) -> int:
        """Writes documents and commits; returns how many were written. NONE means FAIL, as in Haystack.

        Raises ValueError for what is no list of documents, DuplicateDocumentError under FAIL.
        """
        if not isinstance(documents, list) or any(not isinstance(d, Document) for d in documents):
            raise ValueError("write_documents takes a list of Haystack documents")
        known = self.store.passages_by_id([document.id for document in documents])
        if known and policy in (DuplicatePolicy.NONE, DuplicatePolicy.FAIL):
            raise DuplicateDocumentError(f"IDs already in the index: {', '.join(sorted(known)[:5])}")
        fresh = {d.id: d for d in documents if d.id not in known or policy == DuplicatePolicy.OVERWRITE}
        self._write(list(fresh.values()))
        return len(fresh)

    def delete_documents(self, document_ids: list[str]) -> None:
        """Deletes the documents named and commits; names that are not there are passed over."""
        with self.store.writing() as writer:
            for document_id in document_ids:
                writer.delete("id", document_id)
            writer.commit()

    def _write(self, documents: list[Document]) -> None:
        segmenter = self.store.segmenter
        passages = [Passage(d.id, d.content or "", dict(d.meta)) for d in documents]
        embedded = [
            (vector_key(passage), document.embedding)
            for passage, document in zip(passages, documents, strict=True)
            if document.embedding is not None
        ]
        if embedded:
            keys, vectors = zip(*embedded, strict=True)
            self.store.add_vectors(np.array(keys, dtype=np.int64), np.array(vectors, dtype=np.float32))
        with self.store.writing() as writer:
            for passage in passages:
                writer.delete("id", passage.id)
            writer.add(passage_rows(passages, segmenter))
            writer.commit()


def to_document(passage: Passage) -> Document:
    """The Haystack document of a passage."""
    return Document(id=passage.id, content=passage.text, meta=dict(passage.meta))


_NO_NOTES: Mapping[str, Any] = {}


class Scored(NamedTuple):
    """A finding with its score, and the notes that were made of it, which become metadata of its document."""

    finding: Finding
    score: float
    notes: Mapping[str, Any] = _NO_NOTES

    def noted(self, score: float, notes: Mapping[str, Any]) -> "Scored":
        """The same with another score and more notes."""
        return Scored(self.finding, score, {**self.notes, **notes})

    def document(self) -> Document:
        """The document with its text, read from the index."""
        passage = self.finding.passage()
        meta = {**passage.meta, **self.notes}
        return Document(id=passage.id, content=passage.text, meta=meta, score=self.score)


class Found(Sequence[Document]):
    """The documents in a result, best first, each read from the index when it is looked at.

    Our components hand on what is `scored` and read no text that they need not. It goes through a pipeline as
    it is: a pipeline copies all that passes between its components, and asks of each item of a list whether
    it may be copied, which for 400 hits took longer than finding them. What is no list is asked but once.
    """

    def __init__(self, scored: Iterable[Scored] = ()) -> None:
        self.scored = tuple(scored)

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Found":
        """Documents of any origin, in their order."""
        if isinstance(documents, Found):
            return documents
        passages = ((Passage(d.id, d.content or "", d.meta), d) for d in documents)
        return cls(Scored(Finding.of(passage), d.score or 0.0, d.meta) for passage, d in passages)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> "Found": ...
    def __getitem__(self, index: int | slice) -> "Document | Found":
        if isinstance(index, slice):
            return Found(self.scored[index])
        return self.scored[index].document()

    def __len__(self) -> int:
        return len(self.scored)

    def __iter__(self) -> Iterator[Document]:
        return (one.document() for one in self.scored)

    def __eq__(self, other: object) -> bool:
        """Whether the other sequence, a list too, has the same documents."""
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(one.finding.key for one in self.scored))

    def __repr__(self) -> str:
        return f"Found({list(self)})"

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def scored(passage: Passage, score: float) -> Document:
    """The document of a passage that a search found, with its score."""
    return Document(id=passage.id, content=passage.text, meta=dict(passage.meta), score=score)
