"""HNSW over the vectors of one shard: finds candidates fast, which exact comparison then puts in order.

A graph is derived data. Node n is row n of the shard that the file's name gives, so a graph never serves
other vectors than those it was built from; the name also gives the hash of the file, because usearch trusts
what it maps into memory. Without a whole graph the vectors are searched exactly.

The vectors in the graph are int8, half as large and faster to compare than float16: what that loses,
fetching more than was asked for and comparing it exactly brings back. docs/measurements.md has the figures.
"""

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from search.usearch_kernels import Index

Rows = npt.NDArray[np.int64]
Half = npt.NDArray[np.float16]

CONNECTIVITY = 16
EXPANSION_ADD = 256  # at 128 single builds left recall@10 at 0.987, however many were fetched
LEAST_FETCHED = 256
FETCHED_FOR_ONE = 3  # candidates fetched for each hit asked for
NODE_COST = 50  # fetching one candidate takes as long as comparing with this many vectors


class VectorGraph:
    """A graph that is mapped into memory; many threads may search it."""

    def __init__(self, index: "Index") -> None:
        """For `open_graph`, which knows that the index is whole."""
        self._index = index
        self._lock = Lock()  # usearch does not promise that one index can be searched twice at a time

    def __len__(self) -> int:
        return len(self._index)

    def nearest(self, query: Half, count: int) -> Rows:
        """About `count` of the nodes nearest to `query`, shape (dimension,); nearest first."""
        with self._lock:
            found = self._index.search(query, count, threads=1)
        return np.asarray(found.keys, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class GraphPart:
    """Those nodes of a graph that are the first rows of a set of vectors; `nodes` is ascending."""

    graph: VectorGraph
    nodes: Rows

    def of_rows(self, rows: Rows) -> "GraphPart":
        """The part of a set that keeps only `rows` (ascending) of the set of this part."""
        return GraphPart(self.graph, self.nodes[rows[rows < len(self.nodes)]])

    def holds_most(self, beside: int) -> bool:
        """Whether the graph still serves: few of its nodes are gone and few vectors lie `beside` it."""
        tenth = len(self.graph) // 10
        return len(self.graph) - len(self.nodes) <= tenth and beside <= tenth

    def rows_near(self, query: Half, limit: int) -> Rows | None:
        """Rows among which are most of the `limit` nearest of this part, in no particular order.

        None where comparing with all vectors is faster or the graph gives fewer than `limit` of this part.
        """
        if not len(self.nodes):
            return None
        wanted = max(LEAST_FETCHED, FETCHED_FOR_ONE * limit)
        fetched = -(-wanted * len(self.graph) // len(self.nodes))  # the share of this part, rounded up
        if fetched * NODE_COST > len(self.nodes):
            return None
        found = self.graph.nearest(query, fetched)
        rows = np.minimum(np.searchsorted(self.nodes, found), len(self.nodes) - 1)
        rows = rows[self.nodes[rows] == found]
        return rows if len(rows) >= limit else None


def write_graph(folder: Path, shard: str, vectors: Half) -> None:
    """Builds the graph of a shard's vectors, shape (rows, dimension), on all cores and writes it."""
    from search.usearch_kernels import Index, MetricKind

    index = Index(
        ndim=vectors.shape[1],
        metric=MetricKind.Cos,
        dtype="i8",
        connectivity=CONNECTIVITY,
        expansion_add=EXPANSION_ADD,
        enable_key_lookups=False,  # nothing asks for a node by its key, and opening is faster without
    )
    index.add(np.arange(len(vectors), dtype=np.uint64), vectors)
    draft = folder / f"graph-{shard}.draft"
    index.save(str(draft))
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(folder / f"graph-{shard}-{_digest(draft)}.usearch")


def graph_file(folder: Path, shards: Collection[str]) -> Path | None:
    """The file of a graph of one of the `shards`, or None."""
    files = (file for file in folder.glob("graph-*.usearch") if shard_of(file) in shards)
    return max(files, default=None)


def shard_of(file: Path) -> str:
    """The name of the shard that a graph was built from."""
    return file.stem.removeprefix("graph-").rpartition("-")[0]


def open_graph(file: Path, shape: tuple[int, ...]) -> VectorGraph | None:
    """The graph in `file`, or None where it is damaged or not of vectors of this shape (rows, dimension)."""
    from search.usearch_kernels import Index, MetricKind

    index = Index(ndim=shape[1], metric=MetricKind.Cos, dtype="i8", enable_key_lookups=False)
    try:
        if _digest(file) != file.stem.rpartition("-")[2]:
            return None
        index.view(str(file))
    except (OSError, RuntimeError):  # gone, or made by a usearch that writes another format
        return None
    return VectorGraph(index) if (len(index), index.ndim) == shape else None


def remove_graphs(folder: Path) -> None:
    """Removes all graphs and what a crash left of one; who has one open can go on searching it."""
    for file in folder.glob("graph-*"):
        file.unlink(missing_ok=True)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:32]
