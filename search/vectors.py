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
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from legal.errors import IndexMismatchError
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
    """All vectors of an index. Their dimension is fixed by the first shard."""

    def __init__(self, folder: Path | None) -> None:
        """Reads the shards in `folder`; None keeps vectors in memory."""
        self._folder = folder
        self._read: set[str] = set()
        self._all = _NONE  # replaced and never changed: other threads search it meanwhile
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self.refresh()

    @property
    def keys(self) -> Keys:
        """The keys of all vectors, each once."""
        return self._all.keys

    def refresh(self) -> None:
        """Reads the shards that came since the last look."""
        if self._folder is None:
            return
        names = {path.name.removesuffix(".keys.npy") for path in self._folder.glob("*.keys.npy")}
        joined = bool(self._read - names)
        read, known = (set(), _NONE) if joined else (set(self._read), self._all)
        fresh = []
        for name in sorted(names - read):
            try:
                keys = np.load(self._folder / f"{name}.keys.npy")
                fresh.append((keys, np.load(self._folder / f"{name}.vectors.npy")))
            except FileNotFoundError:
                continue  # just joined into another shard, which the next look finds
            read.add(name)
        if fresh:  # in one piece: an interrupted encoding leaves thousands of shards
            known = _with(known, np.concatenate([k for k, _ in fresh]), np.concatenate([v for _, v in fresh]))
        self._read, self._all = read, known

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Keeps vectors, shape (len(keys), dimension), as one shard of float16, on disk before it returns.

        Raises IndexMismatchError where they are longer or shorter than those that are here.
        """
        half = vectors.astype(np.float16)
        if self.keys.size and half.shape[1] != self._all.vectors.shape[1]:
            raise IndexMismatchError(
                f"索引中的向量是 {self._all.vectors.shape[1]} 维，不能加入 {half.shape[1]} 维的向量。"
                "请换回原来的向量模型，或删除该索引目录后重新运行 lvzhi ingest。"
            )
        if self._folder is not None:
            self._read.add(self._write(self._folder, keys, half))
        self._all = _with(self._all, keys, half)

    def join(self, living: Keys) -> None:
        """Writes all vectors of `living` keys as one shard in place of the many."""
        if self._folder is None or len(self._read) < 2:
            return
        old, left = set(self._read), self.subset(living)
        if not len(left.keys):
            return
        name = self._write(self._folder, left.keys, left.vectors)
        for part in old:
            (self._folder / f"{part}.keys.npy").unlink(missing_ok=True)
            (self._folder / f"{part}.vectors.npy").unlink(missing_ok=True)
        self._read, self._all = {name}, left

    def get(self, keys: Keys) -> dict[int, Vectors]:
        """The vectors of those of `keys` that have one."""
        found = self.subset(np.unique(keys))
        return dict(zip(found.keys.tolist(), found.vectors.astype(np.float32), strict=True))

    def subset(self, allowed: Keys) -> "Subset":
        """The vectors of the `allowed` keys (ascending), ready to be searched again and again."""
        known = self._all
        rows = np.flatnonzero(np.isin(known.keys, allowed, assume_unique=True))
        if len(rows) == len(known.keys):
            return known
        return Subset(known.keys[rows], known.vectors[rows])

    def _write(self, folder: Path, keys: Keys, vectors: Half) -> str:
        name = f"{len(self._read):06d}-{uuid4().hex}"  # never the name of a shard that is or was there
        _save(folder / f"{name}.vectors.npy", vectors)
        _save(folder / f"{name}.keys.npy", keys)
        return name


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


_NONE = Subset(np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.float16))


def _with(known: Subset, keys: Keys, vectors: Half) -> Subset:
    """`known` and the new vectors, each key once: of two vectors with one key the later one stays."""
    if known.keys.size:
        keys, vectors = np.concatenate([known.keys, keys]), np.concatenate([known.vectors, vectors])
    _, from_behind = np.unique(keys[::-1], return_index=True)
    rows = np.sort(len(keys) - 1 - from_behind)
    return Subset(keys, vectors) if len(rows) == len(keys) else Subset(keys[rows], vectors[rows])


def _save(path: Path, array: Keys | Half) -> None:
    draft = path.with_name(path.name + ".draft")
    with draft.open("wb") as file:
        np.save(file, array)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
