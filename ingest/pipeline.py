"""From files to a committed index: reading here, parsing and segmenting over the cores, one writer.

A source file is replaced as a whole, and commits lie between files: whatever stops a run, the index holds
each file as it was or as it is now.
"""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path

from ingest.parse import parse
from ingest.passages import entry_of
from ingest.readers import Problem, RawDocument, read_file, sha256_of
from ingest.report import Report
from legal.errors import InputError, UnreadableFileError
from search.keyword_index import Row, Writer, rows_of, source_key
from search.segmenter import segmenter_named
from search.store import EmbeddedStore

_BATCH_TEXT = 500_000  # code points that go to a worker at once
_COMMIT_EVERY = 5_000  # documents between commits
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: `root` is the folder that was given (see `StoredDocument`), `id` the path below it."""

    path: Path
    root: str
    id: str


@dataclass(frozen=True, slots=True)
class _Task:
    """Documents of one source for a worker; `first` where they are the first of their source."""

    source: SourceFile
    sha256: str
    raws: tuple[RawDocument, ...]
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class _Result:
    rows: list[Row]
    kinds: list[str]
    passages: int
    articles: int
    failures: list[Problem]


def find_files(paths: Iterable[Path]) -> list[SourceFile]:
    """The files below `paths` in a fixed order, hidden ones left out. Raises InputError for no such path."""
    found = []
    for path in paths:
        if path.is_dir():
            root = path.resolve()
            for folder, folders, names in os.walk(root):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(name for name in names if not name.startswith(".")):
                    file = Path(folder, name)
                    name = file.relative_to(root).as_posix()
                    found.append(SourceFile(file, _root_name(root), _readable(name)))
        elif path.is_file():
            root = path.parent.resolve()
            found.append(SourceFile(root / path.name, _root_name(root), _readable(path.name)))
        else:
            raise InputError(f"路径不存在：{path}。请检查后重试。")
    return list(dict.fromkeys(found))  # a path may be given twice


def _root_name(folder: Path) -> str:
    return f"{_readable(folder.name)}@{blake2b(os.fsencode(folder), digest_size=4).hexdigest()}"


def _name_of(root: str) -> str:
    return root.rpartition("@")[0]


def _readable(name: str) -> str:
    """A file's name as text; bytes that are no UTF-8, as in old archives, are written \\x.. instead."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def ingest(store: EmbeddedStore, paths: list[Path], jobs: int, progress: Progress) -> Report:
    """Brings the files below `paths` into the keyword index of `store` and commits.

    `jobs` processes parse and segment; `progress` is told (files done, files in all). Files whose bytes are
    unchanged are passed over. What cannot be read is in the report and stops nothing. Raises InputError for
    a path that does not exist and IndexBusyError while another process writes to the index.
    """
    began = time.monotonic()
    files = find_files(paths)
    report = Report(files=len(files))
    for root in dict.fromkeys(file.root for file in files):
        store.put_manifest(store.manifest.with_corpus(_name_of(root)))
    reading = _Reading(store, report, len(files), progress)
    with store.writing() as writer:
        waiting = 0
        for task, result in _worked(reading.tasks(files), store.manifest.segmenter, jobs):
            _write(writer, task, result, report)
            waiting += len(result.kinds)
            if task.last and waiting >= _COMMIT_EVERY:
                writer.commit()
                waiting = 0
        writer.commit()
    failed = {problem.where for problem in report.failures}
    report.notices = [notice for notice in report.notices if notice.where not in failed]
    report.seconds = time.monotonic() - began
    return report


class _Reading:
    """Reads files into tasks, keeping what must be known across files: the ids and texts that came before."""

    def __init__(self, store: EmbeddedStore, report: Report, total: int, progress: Progress) -> None:
        self._store = store
        self._report = report
        self._total = total
        self._progress = progress
        self._ids: dict[int, int] = {}  # of each id the hash of its text
        self._texts: dict[int, str] = {}

    def tasks(self, files: Iterable[SourceFile]) -> Iterator[_Task]:
        for number, file in enumerate(files, start=1):
            try:
                yield from self._tasks_of(file)
            except UnreadableFileError as error:
                self._report.failures.append(Problem(file.id, error.message))
            except OSError as error:
                self._report.failures.append(
                    Problem(file.id, f"无法打开：{error.strerror}。请检查权限和磁盘。")
                )
            self._progress(number, self._total)

    def _tasks_of(self, file: SourceFile) -> Iterator[_Task]:
        sha256 = sha256_of(file.path)
        if self._store.keywords.holds(file.id, sha256):  # also where the whole folder has moved
            self._report.unchanged += 1
            return
        batch: list[RawDocument] = []
        size, first = 0, True
        for item in read_file(file.path, file.id):
            raw = self._checked(item, file)
            if raw is None:
                continue
            batch.append(raw)
            size += len(raw.text)
            if size >= _BATCH_TEXT:
                yield _Task(file, sha256, tuple(batch), first, last=False)
                batch, size, first = [], 0, False
        yield _Task(file, sha256, tuple(batch), first, last=True)

    def _checked(self, item: RawDocument | Problem, file: SourceFile) -> RawDocument | None:
        """The document, under an id of its own; None where it is not to be taken in, which is reported."""
        if isinstance(item, Problem):
            self._report.failures.append(item)
            return None
        id_key, text_key = _hash(item.id), _hash(item.text)
        if id_key in self._ids:
            if self._ids[id_key] == text_key:
                self._report.notices.append(Problem(item.id, "同一编号、同一内容出现两次，只收录一次。"))
                return None
            self._report.failures.append(
                Problem(
                    item.id,
                    "与本次导入的另一文件或记录同名而内容不同，未收录。请改名，或改为导入它们共同的上级目录。",
                )
            )
            return None
        other = self._store.keywords.root_of(item.id)
        if other is not None and other != file.root:
            self._report.failures.append(
                Problem(
                    item.id,
                    f"索引中已有来自另一目录“{_name_of(other)}”的同名文书，内容不同，未收录。"
                    "请改名，或改为导入共同的上级目录；目录搬移后又有改动的，请删除索引后重新导入。",
                )
            )
            return None
        if text_key in self._texts:
            twin = self._texts[text_key]
            self._report.notices.append(Problem(item.id, f"内容与 {twin} 完全相同，两份均已收录。"))
        self._ids[id_key] = text_key
        self._texts.setdefault(text_key, item.id)
        return item


def _worked(tasks: Iterator[_Task], segmenter: str, jobs: int) -> Iterator[tuple[_Task, _Result]]:
    """The tasks with their results, in order; at most a few tasks a process are in memory at once."""
    if jobs <= 1:
        yield from ((task, _work(task, segmenter)) for task in tasks)
        return
    # Spawned and not forked: the index's writer runs threads, which a fork would copy half-way.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _leave_interrupts) as pool:
        running: deque[tuple[_Task, Future[_Result]]] = deque()
        try:
            for task in tasks:
                running.append((task, pool.submit(_work, task, segmenter)))
                if len(running) > 3 * jobs:
                    done, future = running.popleft()
                    yield done, future.result()
            while running:
                done, future = running.popleft()
                yield done, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """The main process decides what Ctrl-C does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


_segmenter = cache(segmenter_named)  # one for each process: rjieba's object cannot be sent to another


def _work(task: _Task, segmenter_name: str) -> _Result:
    segmenter = _segmenter(segmenter_name)
    rows: list[Row] = []
    kinds: list[str] = []
    failures: list[Problem] = []
    passages = articles = 0
    for raw in task.raws:
        try:
            entry = entry_of(parse(raw), raw.id, task.source.id, task.source.root, task.sha256)
            rows.extend(rows_of(entry, segmenter))
        except UnreadableFileError as error:
            failures.append(Problem(raw.id, error.message))
            continue
        except Exception as error:  # one document that no parser foresaw must not cost the others
            reason = f"解析时出错（{type(error).__name__}），未收录。请报告此文件。"
            failures.append(Problem(raw.id, reason))
            continue
        kinds.append(entry.document.kind)
        passages += len(entry.passages)
        articles += sum(section.is_article for section in entry.document.sections)
    return _Result(rows, kinds, passages, articles, failures)


def _write(writer: Writer, task: _Task, result: _Result, report: Report) -> None:
    if task.first:
        writer.delete("source", source_key(task.source.root, task.source.id))
    writer.add(result.rows)
    report.documents.update(result.kinds)
    report.passages += result.passages
    report.articles += result.articles
    report.failures.extend(result.failures)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
