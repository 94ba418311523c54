"""The vector half of the embedded store: float16 shards on disk, searched exactly by usearch.

A vector belongs to the text that it encodes and not to a passage: its key is a hash of that text. So a
passage that did not change needs no new vector, the same text in two files needs one, and what was deleted
is left out because no living passage has its key. A shard is two files; the keys are renamed into place
last, so that a crash leaves a whole shard or none.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.passage import Passage
from search.protocols import Vectors

Keys = npt.NDArray[np.int64]
Half = npt.NDArray[np.float16]


def embedding_text(passage: Passage) -> str:
    """The text of a passage as the encoder reads it: an article with the name of its law before it."""
    name = " ".join(str(passage.meta.get(field, "")) for field in ("title", "label")).strip()
    return f"{name}\n{passage.text}" if name else passage.text


def vector_key(passage: Passage) -> int:
    """The key of a passage's vector: 63 bits of a hash of its embedding text."""
    digest = hashlib.blake2b(embedding_text(passage).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


class VectorShards:
    """All vectors of an index. `dimension` is fixed by the first shard."""

    def __init__(self, folder: Path | None) -> None:
        """Reads the shards in `folder`; None keeps vectors in memory."""
        self._folder = folder
        self._read: set[str] = set()
        self.keys: Keys = np.empty(0, dtype=np.int64)
        self._vectors: Half = np.empty((0, 0), dtype=np.float16)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self.refresh()

    def refresh(self) -> None:
        """Reads the shards that came since the last look."""
        if self._folder is None:
            return
        names = {path.name.removesuffix(".keys.npy") for path in self._folder.glob("*.keys.npy")}
        if self._read - names:  # the shards were joined into one
            self._read, self.keys = set(), np.empty(0, dtype=np.int64)
            self._vectors = np.empty((0, 0), dtype=np.float16)
        for name in sorted(names - self._read):
            try:
                keys = np.load(self._folder / f"{name}.keys.npy")
                self._take(keys, np.load(self._folder / f"{name}.vectors.npy"))
            except FileNotFoundError:
                continue  # just joined into another shard, which the next look finds
            self._read.add(name)

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Keeps vectors, shape (len(keys), dimension), as one shard of float16, on disk before it returns."""
        half = vectors.astype(np.float16)
        if self._folder is not None:
            name = f"{len(self._read):06d}-{int(keys[0]):016x}"
            _save(self._folder / f"{name}.vectors.npy", half)
            _save(self._folder / f"{name}.keys.npy", keys)
            self._read.add(name)
        self._take(keys, half)

    def join(self, living: Keys) -> None:
        """Writes all vectors of `living` keys as one shard in place of the many."""
        if self._folder is None or len(self._read) < 2:
            return
        old = set(self._read)
        rows = np.isin(self.keys, living)
        keys, vectors = self.keys[rows], self._vectors[rows]
        if not len(keys):
            return
        name = f"{len(old):06d}-joined-{int(keys[0]):016x}"
        _save(self._folder / f"{name}.vectors.npy", vectors)
        _save(self._folder / f"{name}.keys.npy", keys)
        for part in old - {name}:
            (self._folder / f"{part}.keys.npy").unlink(missing_ok=True)
            (self._folder / f"{part}.vectors.npy").unlink(missing_ok=True)
        self._read, self.keys, self._vectors = {name}, keys, vectors

    def get(self, keys: Keys) -> dict[int, Vectors]:
        """The vectors of those of `keys` that have one."""
        rows = np.flatnonzero(np.isin(self.keys, keys))
        return {int(self.keys[row]): self._vectors[row].astype(np.float32) for row in rows}

    def subset(self, allowed: Keys) -> "Subset":
        """The vectors of the `allowed` keys (ascending), ready to be searched again and again."""
        rows = np.flatnonzero(np.isin(self.keys, allowed, assume_unique=True))
        if len(rows) == len(self.keys):
            return Subset(self.keys, self._vectors)
        return Subset(self.keys[rows], self._vectors[rows])

    def _take(self, keys: Keys, vectors: Half) -> None:
        fresh = ~np.isin(keys, self.keys)
        keys, vectors = keys[fresh], vectors[fresh]
        if not self.keys.size:
            self.keys, self._vectors = keys, vectors
        elif keys.size:
            self.keys = np.concatenate([self.keys, keys])
            self._vectors = np.concatenate([self._vectors, vectors])


@dataclass(frozen=True, slots=True)
class Subset:
    """Vectors that a search may find, with their keys; `vectors` has the shape (len(keys), dimension)."""

    keys: Keys
    vectors: Half

    def search(self, query: Vectors, limit: int) -> list[tuple[int, float]]:
        """The `limit` nearest keys with their cosine to `query`, nearest first; exact."""
        from usearch.compiled import MetricKind
        from usearch.index import search as exact_search

        if not len(self.keys) or limit < 1:
            return []
        found = exact_search(
            self.vectors, query.astype(np.float16), min(limit, len(self.keys)), MetricKind.Cos, exact=True
        )
        return [
            (int(self.keys[int(row)]), 1.0 - float(distance))
            for row, distance in zip(found.keys, found.distances, strict=True)
        ]


def _save(path: Path, array: Keys | Half) -> None:
    draft = path.with_name(path.name + ".draft")
    with draft.open("wb") as file:
        np.save(file, array)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
