"""The vector half of the embedded store: float16 shards on disk, searched by usearch.

A vector belongs to the text that it encodes and not to a passage: its key is a hash of that text. So a
passage that did not change needs no new vector, the same text in two files needs one, and what was deleted
is left out because no living passage has its key. A shard is two files; the keys are renamed into place
last, so that a crash leaves a whole shard or none.

Up to EXACT_LIMIT vectors are compared one by one. Where a search may find more, a graph over the joined shard
(search/vector_graph.py) gives candidates; what came after the graph is compared one by one beside it.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from legal.errors import IndexMismatchError
from search.passage import Passage
from search.protocols import Vectors
from search.vector_graph import GraphPart, graph_file, open_graph, remove_graphs, shard_of, write_graph

_FEW = 5_000  # comparing with so many takes less time than waking other threads
EXACT_LIMIT = 50_000  # comparing with so many takes 5 ms, less than encoding the question

_UNREADABLE = (ValueError, EOFError, OSError)  # what numpy raises for a file that is cut off or no array

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
        self.damaged: frozenset[str] = frozenset()  # shards that cannot be read; the others are searched
        self._graph_file: Path | None = None
        self._order: tuple[Subset, npt.NDArray[np.int64]] | None = None  # of all, once somebody asks for rows
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
        graph = graph_file(self._folder, names)
        read, known = set(self._read), self._all
        if self._read - names or graph != self._graph_file:
            read, known = self._with_graph(self._folder, graph)
        fresh, damaged = [], set()
        for name in sorted(names - read):
            try:
                fresh.append(_load(self._folder, name))
            except FileNotFoundError:
                continue  # just joined into another shard, which the next look finds
            except _UNREADABLE:
                damaged.add(name)
                continue
            read.add(name)
        self.damaged = frozenset(damaged)
        if fresh:  # in one piece: an interrupted encoding leaves thousands of shards
            known = _with(known, np.concatenate([k for k, _ in fresh]), np.concatenate([v for _, v in fresh]))
        self._read, self._graph_file, self._all = read, graph, known

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
        """Writes the vectors of `living` keys as one shard in place of the many; above EXACT_LIMIT a graph.

        A graph that holds most of them stays with its shard, and only what came after it is joined: a small
        addition need not build it anew.
        """
        left = self.subset(living)
        if self._folder is None or not len(left.keys):
            return
        if len(left.keys) == len(living):  # what damaged shards held has been encoded anew
            self._remove(self._folder, self.damaged)
        part = left.part
        if part is not None and self._graph_file is not None and part.holds_most(beside=left.beside):
            old = self._read - {shard_of(self._graph_file)}
            if len(old) > 1:
                self._replace(
                    self._folder, old, left.keys[len(part.nodes) :], left.vectors[len(part.nodes) :]
                )
        elif len(self._read) > 1 or len(left.keys) > EXACT_LIMIT:
            remove_graphs(self._folder)
            name = self._replace(self._folder, self._read, left.keys, left.vectors)
            if len(left.keys) > EXACT_LIMIT:
                write_graph(self._folder, name, left.vectors)
        self.refresh()

    def get(self, keys: Keys) -> dict[int, Vectors]:
        """The vectors of those of `keys` that have one."""
        found = self.subset(np.unique(keys))
        return dict(zip(found.keys.tolist(), found.vectors.astype(np.float32), strict=True))

    def rows(self, keys: Keys) -> Vectors | None:
        """The vectors of `keys`, one row each and in their order; None where one of them has none."""
        known, ordered = self._all, self._order
        if ordered is None or ordered[0] is not known:
            ordered = self._order = known, np.argsort(known.keys)
        order = ordered[1]
        places = np.searchsorted(known.keys, keys, sorter=order)
        if not len(order) or (places == len(order)).any():
            return None
        found = order[places]
        return known.vectors[found].astype(np.float32) if (known.keys[found] == keys).all() else None

    @property
    def all(self) -> "Subset":
        """All vectors as they are now; what is given stays as it is when others come."""
        return self._all

    def subset(self, allowed: Keys) -> "Subset":
        """The vectors of the `allowed` keys (ascending), ready to be searched again and again."""
        return self._all.among(allowed)

    def _with_graph(self, folder: Path, file: Path | None) -> tuple[set[str], "Subset"]:
        """The shard of a graph with the graph, where there is one; its rows come before those of others."""
        if file is None:
            return set(), _NONE
        try:
            keys, vectors = _load(folder, shard_of(file))
        except _UNREADABLE:
            return set(), _NONE
        graph = open_graph(file, vectors.shape)
        part = GraphPart(graph, np.arange(len(keys))) if graph is not None else None
        return {shard_of(file)}, Subset(keys, vectors, part)

    def _replace(self, folder: Path, old: set[str], keys: Keys, vectors: Half) -> str:
        """Writes vectors as one shard in place of the `old` ones; returns its name."""
        name = self._write(folder, keys, vectors)
        self._remove(folder, old)
        return name

    def _remove(self, folder: Path, shards: Iterable[str]) -> None:
        for name in shards:
            (folder / f"{name}.keys.npy").unlink(missing_ok=True)
            (folder / f"{name}.vectors.npy").unlink(missing_ok=True)

    def _write(self, folder: Path, keys: Keys, vectors: Half) -> str:
        """Writes a shard whose name comes after those that are there and is not one that ever was."""
        number = 1 + max((int(name.partition("-")[0]) for name in self._read), default=-1)
        name = f"{number:06d}-{uuid4().hex}"
        _save(folder / f"{name}.vectors.npy", vectors)
        _save(folder / f"{name}.keys.npy", keys)
        return name


@dataclass(frozen=True, slots=True)
class Subset:
    """Vectors that a search may find, with their keys; `vectors` has the shape (len(keys), dimension).

    The first of them are those in the graph, where there is one.
    """

    keys: Keys
    vectors: Half
    part: GraphPart | None = None

    @property
    def beside(self) -> int:
        """How many of the vectors are in no graph."""
        return len(self.keys) - (len(self.part.nodes) if self.part is not None else 0)

    def among(self, allowed: Keys) -> "Subset":
        """What has one of the `allowed` keys (ascending)."""
        rows = np.flatnonzero(np.isin(self.keys, allowed, assume_unique=True))
        return self if len(rows) == len(self.keys) else self.of_rows(rows)

    def of_rows(self, rows: npt.NDArray[np.int64]) -> "Subset":
        """What is in the rows named, which are ascending."""
        part = self.part.of_rows(rows) if self.part is not None else None
        return Subset(self.keys[rows], self.vectors[rows], part)

    def search(self, query: Vectors, limit: int) -> list[tuple[int, float]]:
        """The `limit` nearest keys with their cosine to `query`, shape (dimension,), nearest first.

        Exact for up to EXACT_LIMIT vectors; of more, a few of the nearest may be missing. Cosines are exact.
        """
        asked, limit = query.astype(np.float16), min(limit, len(self.keys))
        near = None
        if self.part is not None and len(self.keys) > EXACT_LIMIT:
            near = self.part.rows_near(asked, limit)
        if self.part is None or near is None:
            return _nearest(self.keys, self.vectors, asked, limit)
        after = len(self.part.nodes)
        found = _nearest(self.keys[near], self.vectors[near], asked, limit)
        found += _nearest(self.keys[after:], self.vectors[after:], asked, limit)
        return sorted(found, key=lambda hit: -hit[1])[:limit]


_NONE = Subset(np.empty(0, dtype=np.int64), np.empty((0, 0), dtype=np.float16))


def _nearest(keys: Keys, vectors: Half, query: Half, limit: int) -> list[tuple[int, float]]:
    """The `limit` nearest keys by comparing with every vector, with their cosines, nearest first."""
    from search.usearch_kernels import MetricKind, exact_search

    if not len(keys) or limit < 1:
        return []
    threads = 1 if len(keys) < _FEW else 0  # 0: as many as there are
    found = exact_search(vectors, query, min(limit, len(keys)), MetricKind.Cos, exact=True, threads=threads)
    return [
        (int(keys[int(row)]), 1.0 - float(distance))
        for row, distance in zip(found.keys, found.distances, strict=True)
    ]


def _with(known: Subset, keys: Keys, vectors: Half) -> Subset:
    """`known` and the new vectors, each key once: of two vectors with one key the later one stays."""
    if known.keys.size:
        keys, vectors = np.concatenate([known.keys, keys]), np.concatenate([known.vectors, vectors])
    _, from_behind = np.unique(keys[::-1], return_index=True)
    rows = np.sort(len(keys) - 1 - from_behind)
    both = Subset(keys, vectors, known.part)
    return both if len(rows) == len(keys) else both.of_rows(rows)


def _load(folder: Path, name: str) -> tuple[Keys, Half]:
    """The keys and vectors of a shard; raises FileNotFoundError where it is gone, ValueError if not whole.

    The vectors stay on disk and are read as they are needed: a search looks at few of them.
    """
    keys = np.load(folder / f"{name}.keys.npy")
    vectors = np.asarray(np.load(folder / f"{name}.vectors.npy", mmap_mode="r"))
    if keys.ndim != 1 or vectors.ndim != 2 or len(keys) != len(vectors):
        raise ValueError(f"shard {name} is not whole")
    return keys, vectors


def _save(path: Path, array: Keys | Half) -> None:
    draft = path.with_name(path.name + ".draft")
    with draft.open("wb") as file:
        np.save(file, array)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
