"""Vector search by comparing with every vector and by the graph, over the vectors of one index.

    python bench/vectors.py INDEX ENCODER [QUESTIONS]

INDEX is the folder of an index whose passages have vectors, ENCODER that of the encoder that made them,
QUESTIONS a file of JSON lines with `text` or `question`. The graph is built anew, in a temporary folder and
of all vectors whatever their number; the index stays as it is. Recall is the share of the exact hits that the
graph finds. "half" keeps every second vector, "one side" those on one side of a plane, which is what a filter
on a field of law does to a question.
"""

# ruff: noqa: E402
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # this file's folder, where its own name would hide the room `search`

import json
import statistics
import tempfile
import time

import numpy as np

import search.vectors
from search.encoder import OnnxEncoder
from search.manifest import read_manifest
from search.protocols import Vectors
from search.vector_graph import GraphPart, graph_file, open_graph, write_graph
from search.vectors import Subset, VectorShards

QUESTIONS = ROOT.parent / "shared" / "eval" / "training" / "questions_gold.jsonl"
HITS = (10, 200)


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder, encoder = Path(sys.argv[1]), OnnxEncoder(Path(sys.argv[2]))
    file = Path(sys.argv[3]) if len(sys.argv) > 3 else QUESTIONS
    if not (folder / "vectors").is_dir() or not file.exists():
        sys.exit(f"no such index with vectors or questions: {folder}, {file}")
    shards = VectorShards(folder / "vectors")
    whole = shards.subset(np.sort(shards.keys))
    whole = Subset(whole.keys, whole.vectors)
    queries = encoded(folder, encoder, file)
    print(
        f"{len(whole.keys)} vectors of {whole.vectors.shape[1]}, {whole.vectors.nbytes / 1e6:.0f} MB; ",
        end="",
    )
    print(f"{len(queries)} questions")
    search.vectors.EXACT_LIMIT = 0  # to see the graph at any size
    with tempfile.TemporaryDirectory() as drafts:
        compare(with_graph(whole, Path(drafts)), queries)


def encoded(folder: Path, encoder: OnnxEncoder, file: Path) -> Vectors:
    """The vectors of the questions, one a row, by the encoder of the index."""
    manifest = read_manifest(folder)
    if manifest is None or manifest.encoder != encoder.name:
        sys.exit(f"the vectors of {folder} are not of the encoder {encoder.name}")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    return np.stack([encoder.encode_query(line.get("text") or line["question"]) for line in lines])


def with_graph(whole: Subset, folder: Path) -> Subset:
    """The same vectors with a graph; prints what building it took."""
    began = time.perf_counter()
    write_graph(folder, "bench", whole.vectors)
    built = time.perf_counter() - began
    file = graph_file(folder, {"bench"})
    began = time.perf_counter()
    graph = open_graph(file, whole.vectors.shape) if file else None
    opened = (time.perf_counter() - began) * 1000
    if file is None or graph is None:
        sys.exit("the graph that was written cannot be opened")
    print(f"graph: built in {built:.1f} s, {file.stat().st_size / 1e6:.0f} MB, opened in {opened:.0f} ms\n")
    return Subset(whole.keys, whole.vectors, GraphPart(graph, np.arange(len(whole.keys))))


def compare(whole: Subset, queries: Vectors) -> None:
    side = whole.vectors[:, :8].astype(np.float32).sum(axis=1)
    parts = {
        "all": whole,
        "half": whole.of_rows(np.arange(0, len(whole.keys), 2)),
        "one side": whole.of_rows(np.flatnonzero(side > np.median(side))),
    }
    print(f"{'':20}{'exact p50 ms':>14}{'p95':>8}{'graph p50 ms':>14}{'p95':>8}{'recall':>10}")
    for name, part in parts.items():
        for hits in HITS:
            exact, *exact_times = searched(Subset(part.keys, part.vectors), queries, hits)
            found, *times = searched(part, queries, hits)
            recall = statistics.mean(len(a & b) / len(b) for a, b in zip(found, exact, strict=True))
            (p50, p95), (graph_p50, graph_p95) = exact_times, times
            figures = f"{p50:>14.2f}{p95:>8.2f}{graph_p50:>14.2f}{graph_p95:>8.2f}{recall:>10.4f}"
            print(f"{f'{name}, {hits} hits':20}{figures}")


def searched(subset: Subset, queries: Vectors, hits: int) -> tuple[list[set[int]], float, float]:
    """The keys found for each question, and p50 and p95 in milliseconds, after one search to warm up."""
    subset.search(queries[0], hits)
    found, taken = [], []
    for query in queries:
        began = time.perf_counter()
        nearest = subset.search(query, hits)
        taken.append((time.perf_counter() - began) * 1000)
        found.append({key for key, _ in nearest})
    return found, statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    main()
