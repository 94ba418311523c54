"""Ingest by stage, with one core and two, against a plain script, and its memory for ten times as much.

    python bench/ingest.py [CORPUS]

CORPUS is a folder of documents. The plain script reads, parses, cuts and indexes the same documents in one
process, segmenting with pure-Python jieba. No vectors anywhere. Each end-to-end row is a process of its own
with an index of its own; its memory is that of all its processes: what is their own, and with files of the
index that they have mapped, which the system takes back when it needs room.
"""

# ruff: noqa: E402
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # this file's folder, where its own name would hide the room `ingest`

import json
import re
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
import tantivy

from ingest.parse import parse
from ingest.passages import entry_of
from ingest.source import RawDocument
from ingest.sources import Source, find_files, sources_of
from legal.errors import UnreadableFileError
from search.index_records import build_schema, rows_of
from search.passage import NUMBER_FIELDS, TEXT_FIELDS, Entry
from search.place import Origin
from search.segmenter import PureJieba, best_segmenter, bigrams
from search.store import EmbeddedStore
from search.vectors import vector_key

COPIES = 10
PLAIN, LVZHI = "--plain", "--lvzhi"


@dataclass(frozen=True, slots=True)
class Run:
    """An end-to-end run: seconds, and bytes of memory at the peak without and with mapped files."""

    name: str
    seconds: float
    own: int
    mapped: int


def main() -> None:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpora" / "laws"
    if not corpus.is_dir():
        sys.exit(f"no such folder: {corpus}")
    with tempfile.TemporaryDirectory() as folder:
        documents, size = by_stage(corpus, Path(folder, "stages"))
        plain = measured("plain script, pure jieba", PLAIN, corpus, Path(folder, "plain"))
        runs = [
            measured(f"lvzhi, jobs {jobs}", LVZHI, corpus, Path(folder, f"{jobs}"), jobs) for jobs in (1, 2)
        ]
        for run in (plain, *runs):
            print(
                f"{run.name:<26}{run.seconds:7.1f} s{size / 1e6 / run.seconds:7.2f} MB/s"
                f"{documents / run.seconds:8.0f} documents/s{plain.seconds / run.seconds:6.1f}x"
                f"{run.own / 1e6:7.0f} MB own{run.mapped / 1e6:7.0f} MB mapped too"
            )
        large = multiplied(corpus, Path(folder, "large"))
        run = measured(f"lvzhi, jobs 2, {COPIES} times", LVZHI, large, Path(folder, "large-index"), 2)
        memory_used = f"{run.own / 1e6:7.0f} MB own{run.mapped / 1e6:7.0f} MB with mapped files"
        print(f"{run.name:<26}{run.seconds:7.1f} s{memory_used}")


def by_stage(corpus: Path, index: Path) -> tuple[int, int]:
    """Prints how long each stage takes in one process; returns the documents and the bytes of their files."""
    took: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        took[name] += time.perf_counter() - began

    store = EmbeddedStore.open_or_create(index)
    segmenter = best_segmenter()
    documents = size = 0
    with store.writing() as writer:
        for source, raws in read(corpus):
            with stage("hash"):
                sha256 = source.content.sha256()
            origin = Origin(source.content.id, source.folder.name, source.place.key, sha256)
            try:
                with stage("read"):
                    found = list(raws)
                with stage("parse"):
                    parsed = [(raw, parse(raw)) for raw in found]
            except UnreadableFileError:
                continue
            for raw, document in parsed:
                with stage("cut into passages, fingerprint"):
                    entry = entry_of(document, raw, origin)
                with stage("segment"):
                    rows = rows_of(entry, segmenter)
                with stage("write"):
                    writer.add(rows)
                documents += 1
                size += source.content.size
        with stage("commit"):
            writer.commit()
    print(f"{documents} documents, {size / 1e6:.0f} MB; in one process, one after the other:")
    for name, seconds in took.items():
        speed = f"{size / 1e6 / seconds:8.1f} MB/s{documents / seconds:9.0f} documents/s"
        print(f"  {name:<32}{seconds:7.1f} s{speed}")
    return documents, size


def read(corpus: Path) -> Iterator[tuple[Source, Iterator[RawDocument]]]:
    """The sources below a folder with the documents in them, of files that are one document each."""
    for file in find_files([corpus]).files:
        try:
            for source in sources_of(file):
                if isinstance(source, Source):
                    yield (
                        source,
                        (r for r in source.format.read(source.content) if isinstance(r, RawDocument)),
                    )
        except UnreadableFileError:
            continue


def plain(corpus: Path, index: Path) -> None:
    """The work of ingest as one would write it down first: one process, one loop, pure jieba."""
    index.mkdir()
    engine = tantivy.Index(build_schema(), path=str(index))
    writer = engine.writer()
    segmenter = PureJieba()
    for source, raws in read(corpus):
        origin = Origin(source.content.id, source.folder.name, source.place.key, source.content.sha256())
        try:
            entries = [entry_of(parse(raw), raw, origin) for raw in raws]
        except UnreadableFileError:
            continue
        for entry in entries:
            add_plainly(writer, entry, segmenter)
    writer.commit()
    writer.wait_merging_threads()


def add_plainly(writer: tantivy.IndexWriter, entry: Entry, segmenter: PureJieba) -> None:
    document = entry.document
    stored = {"id": document.id, "text": document.text, "meta": document.meta}
    add(writer, "document", document.id, document.meta, stored, near=list(entry.fingerprint.keys))
    for passage in entry.passages:
        stored = {"id": passage.id, "text": passage.text, "meta": passage.meta}
        words = {
            "title_words": " ".join(segmenter.words(document.title)),
            "heading_words": " ".join(segmenter.words(str(passage.meta["heading"]))),
            "text_words": " ".join(segmenter.words(passage.text)),
            "text_pairs": " ".join(bigrams(passage.text)),
        }
        add(writer, "passage", passage.id, passage.meta, stored, vector_key=vector_key(passage), **words)


def add(
    writer: tantivy.IndexWriter, kind: str, record_id: str, meta: dict, stored: dict, **more: object
) -> None:
    fields = {name: meta[name] for name in (*TEXT_FIELDS, *NUMBER_FIELDS) if name in meta}
    payload = json.dumps(stored, ensure_ascii=False).encode()
    writer.add_document(tantivy.Document(record=kind, id=record_id, payload=payload, **fields, **more))


def measured(name: str, kind: str, corpus: Path, index: Path, jobs: int = 1) -> Run:
    """Runs this file again in a process of its own and looks at its memory ten times a second."""
    command = [sys.executable, __file__, kind, str(corpus), str(index), str(jobs)]
    began = time.perf_counter()
    process = psutil.Popen(command, stdout=subprocess.DEVNULL)
    own = mapped = 0
    while process.poll() is None:
        now = [memory(p) for p in processes(process)]
        own, mapped = max(own, sum(o for o, _ in now)), max(mapped, sum(m for _, m in now))
        time.sleep(0.1)
    if process.returncode:
        sys.exit(f"{name} failed")
    return Run(name, time.perf_counter() - began, own, mapped)


def processes(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def memory(process: psutil.Process) -> tuple[int, int]:
    """Bytes in memory without and with mapped files."""
    try:
        known = process.memory_info()
    except psutil.NoSuchProcess:
        return 0, 0
    return known.rss - known.shared, known.rss


def multiplied(corpus: Path, folder: Path) -> Path:
    """COPIES of the corpus, each law under names of its own, so that none is a version or a duplicate."""
    for file in find_files([corpus]).files:
        if file.path.suffix != ".md":
            continue
        text = file.path.read_text(encoding="utf-8")
        for number in range(COPIES):
            copy = folder / str(number) / file.id
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(re.sub(r"\A(# .*)", rf"\1（{number}）", text), encoding="utf-8")
    return folder


def ingested(corpus: Path, index: Path, jobs: int) -> None:
    from ingest.pipeline import Options, ingest

    ingest(EmbeddedStore.open_or_create(index), find_files([corpus]), Options(jobs=jobs))


if __name__ == "__main__":
    if sys.argv[1:2] == [PLAIN]:
        plain(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == [LVZHI]:
        ingested(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
