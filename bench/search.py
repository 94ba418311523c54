"""Keyword search side by side: Lvzhi's store, Haystack's in-memory store and bm25s, in one run.

    python bench/search.py [CORPUS] [QUERIES]

CORPUS is a folder of documents, QUERIES a file of JSON lines with `text`. All engines index the same
passages, cut by the same segmenter, from parsed documents, in one process; all search for the same texts,
cutting included, and give ten hits. Lvzhi also indexes character pairs, headings and titles, as it does in
use; its row "as ingested" is the whole command with two processes, reading and parsing included.
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
from collections.abc import Callable
from dataclasses import dataclass

from bench.corpus import entries_below
from ingest.pipeline import Options, ingest
from ingest.sources import find_files
from search.index_records import rows_of
from search.passage import Entry
from search.segmenter import best_segmenter
from search.store import EmbeddedStore

SHARED = ROOT.parent / "shared"
SLOW_QUERIES = 10  # of the in-memory store, which takes seconds for each

Search = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one engine: seconds, bytes on disk (None: memory only), milliseconds."""

    name: str
    build: float
    size: int | None
    p50: float
    p95: float


def main() -> None:
    given = [Path(argument) for argument in sys.argv[1:]]
    corpus = given[0] if given else SHARED / "corpora" / "laws"
    file = given[1] if len(given) > 1 else SHARED / "eval" / "statutes" / "queries.jsonl"
    if not corpus.exists() or not file.exists():
        sys.exit(f"no such corpus or queries: {corpus}, {file}")
    texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines() if line]
    began = time.perf_counter()
    entries = entries_below(corpus)
    print(f"{len(entries)} documents, {sum(len(e.passages) for e in entries)} passages, {len(texts)} queries")
    print(f"reading and parsing in one process: {time.perf_counter() - began:.1f} s\n")
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            lvzhi(entries, texts, Path(folder, "lvzhi")),
            as_ingested(corpus, texts, Path(folder, "ingested")),
            bm25s_library(entries, texts, Path(folder, "bm25s")),
            in_memory(entries, texts[:SLOW_QUERIES]),
        ]
    show(rows)


def lvzhi(entries: list[Entry], texts: list[str], folder: Path) -> Row:
    began = time.perf_counter()
    store = EmbeddedStore.open_or_create(folder)
    with store.writing() as writer:
        for entry in entries:
            writer.add(rows_of(entry, store.segmenter))
        writer.commit()
    built = time.perf_counter() - began
    return Row("Lvzhi", built, size_of(folder), *timed(lambda text: store.keyword_search(text), texts))


def as_ingested(corpus: Path, texts: list[str], folder: Path) -> Row:
    from search.service import SearchRequest, SearchService

    began = time.perf_counter()
    store = EmbeddedStore.open_or_create(folder)
    ingest(store, find_files([corpus]), Options(jobs=2))
    built = time.perf_counter() - began
    service = SearchService(store, None)
    p50, p95 = timed(lambda text: service.search(SearchRequest(text)), texts)
    return Row("Lvzhi as ingested, whole search service", built, size_of(folder), p50, p95)


def bm25s_library(entries: list[Entry], texts: list[str], folder: Path) -> Row:
    import bm25s

    segmenter = best_segmenter()
    began = time.perf_counter()
    engine = bm25s.BM25()
    engine.index([segmenter.words(p.text) for e in entries for p in e.passages], show_progress=False)
    engine.save(folder)
    built = time.perf_counter() - began

    def search(text: str) -> object:
        return engine.retrieve([segmenter.words(text)], k=10, show_progress=False)

    return Row("bm25s", built, size_of(folder), *timed(search, texts))


def in_memory(entries: list[Entry], texts: list[str]) -> Row:
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    segmenter = best_segmenter()
    began = time.perf_counter()
    store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+")
    store.write_documents(
        [
            Document(id=p.id, content=" ".join(segmenter.words(p.text)))
            for entry in entries
            for p in entry.passages
        ]
    )
    built = time.perf_counter() - began

    def search(text: str) -> object:
        return store.bm25_retrieval(" ".join(segmenter.words(text)), top_k=10)

    return Row("Haystack in memory", built, None, *timed(search, texts))


def timed(search: Search, texts: list[str]) -> tuple[float, float]:
    """p50 and p95 in milliseconds over all texts, after one search to warm up."""
    search(texts[0])
    taken = []
    for text in texts:
        began = time.perf_counter()
        search(text)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def show(rows: list[Row]) -> None:
    base = rows[0]
    print(f"{'':42}{'build s':>16}{'size MB':>16}{'p50 ms':>18}{'p95 ms':>18}")
    for row in rows:
        size = f"{row.size / 1e6:.0f} ({row.size / (base.size or 1):.1f}x)" if row.size else "-"
        build = f"{row.build:.1f} ({row.build / base.build:.1f}x)"
        p50, p95 = f"{row.p50:.1f} ({row.p50 / base.p50:.1f}x)", f"{row.p95:.1f} ({row.p95 / base.p95:.1f}x)"
        print(f"{row.name:42}{build:>16}{size:>16}{p50:>18}{p95:>18}")


if __name__ == "__main__":
    main()
