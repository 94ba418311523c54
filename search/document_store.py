"""The embedded store as a Haystack DocumentStore, so that any Haystack component can work with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, overload

import numpy as np
from haystack import Document, default_from_dict, default_to_dict
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.document_stores.types import DuplicatePolicy

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


class Found(Sequence[Document]):
    """The documents in a result, best first, which go through a pipeline as they are.

    A pipeline copies all that passes between its components, and asks of each item of a list whether it may
    be copied: for 400 hits that took longer than finding them. What is no list is asked but once.
    So nobody may change these documents in place; components replace them, as Haystack asks them to.
    """

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._documents = tuple(documents)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> "Found": ...
    def __getitem__(self, index: int | slice) -> "Document | Found":
        return Found(self._documents[index]) if isinstance(index, slice) else self._documents[index]

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)

    def __eq__(self, other: object) -> bool:
        """Whether the other sequence, a list too, has the same documents."""
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(document.id for document in self))

    def __repr__(self) -> str:
        return f"Found({list(self)})"

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def scored(passage: Passage, score: float) -> Document:
    """The document of a passage that a search found, with its score."""
    return _made({**_EMPTY, "id": passage.id, "content": passage.text, "meta": passage.meta, "score": score})


def noted(document: Document, score: float, notes: Mapping[str, Any]) -> Document:
    """A copy with another score and more metadata."""
    return _made({**vars(document), "score": score, "meta": {**document.meta, **notes}})


def _made(fields: dict[str, Any]) -> Document:
    """A document of these fields: for 400 hits Haystack's checks of each take as long as the search."""
    document = Document.__new__(Document)
    vars(document).update(fields)
    return document


_EMPTY = vars(Document(id="-"))
