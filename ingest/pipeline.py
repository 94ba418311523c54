"""From files to a committed index: one process finds and writes, the others read, parse and segment.

A source (a file, or a member of an archive) is replaced as a whole, and commits lie between sources: whatever
stops a run, the index holds each source as it was or as it is now.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.pool import worked
from ingest.report import Report
from ingest.seen import Seen
from ingest.source import Notice, Problem, unopened
from ingest.sources import Found, Source, SourceFile, parts_of, sources_of
from ingest.work import Done, Result, Setting, Task
from legal.errors import UnreadableFileError
from search.index_records import problem_row
from search.index_writer import Writer
from search.place import Origin
from search.store import EmbeddedStore

_COMMIT_DOCUMENTS = 5_000
_COMMIT_SECONDS = 30.0  # what a kill may cost where documents are slow, as scans are


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: processes, the user's field maps, and whether documents of vanished files are removed."""

    jobs: int = 1
    field_maps: Path | None = None
    prune: bool = False


class Listener:
    """Is told how a run goes on; a user of it overrides what it wants to know."""

    def progress(self, done: int, total: int) -> None:
        """So many of so many files have been looked at."""

    def committed(self, places: list[str]) -> None:
        """What these sources hold is in the index and stays there, whatever comes. Keys of `Place`."""


def ingest(store: EmbeddedStore, found: Found, options: Options, listener: Listener | None = None) -> Report:
    """Brings files into the keyword index of `store` and commits.

    Files whose bytes are unchanged are passed over. What cannot be read is in the report and stops nothing.
    Raises IndexBusyError while another process writes to the index, and DiskFullError.
    """
    began = time.monotonic()
    for folder in dict.fromkeys(file.folder for file in found.files):
        name = folder.place("").root if store.manifest.masked else folder.name
        store.put_manifest(store.manifest.with_corpus(name))
    with store.writing() as writer:
        run = _Run(store, writer, options, listener or Listener())
        run.files(found)
        if options.prune:
            run.prune(found)
        run.commit()
    run.report.seconds = time.monotonic() - began
    return run.report


class _Run:
    """One run: what it has met, what it has written and not committed, and its report."""

    def __init__(self, store: EmbeddedStore, writer: Writer, options: Options, listener: Listener) -> None:
        self.report = Report()
        self._keywords = store.keywords
        self._masked = store.manifest.masked
        self._writer = writer
        self._setting = Setting(store.manifest.segmenter, options.field_maps, store.manifest.masked)
        self._jobs = options.jobs
        self._listener = listener
        self._seen = Seen(store.keywords)
        self._written: list[str] = []
        self._documents = 0
        self._committed_at = time.monotonic()
        self._whole = True  # no source is written in part

    def files(self, found: Found) -> None:
        """Reads and writes all files. Ctrl-C keeps what was written of whole sources."""
        self.report.files = len(found.files)
        try:
            for task, result in worked(self._tasks(found.files), self._setting, self._jobs):
                self._write(task, result)
        except KeyboardInterrupt:
            if self._whole:
                self.commit()
            raise

    def commit(self) -> None:
        self._writer.commit()
        self._listener.committed(self._written)
        self._written, self._documents, self._committed_at = [], 0, time.monotonic()

    def prune(self, found: Found) -> None:
        """Deletes what came from files of the given folders that are there no more."""
        files = (*found.files, *found.passed_over)
        there = {(place.root, place.file) for place in (file.folder.place(file.id) for file in files)}
        for folder in found.folders:
            prefix = folder.place("").root_prefix
            for key in self._keywords.values("place", prefix):
                root, file, _ = key.split("/")
                if (root, file) not in there:
                    self._remove(key)

    def _tasks(self, files: tuple[SourceFile, ...]) -> Iterator[Task]:
        for number, file in enumerate(files, start=1):
            try:
                yield from self._tasks_of(file)
            except UnreadableFileError as error:
                self.report.failures.append(Problem(file.id, error.message))
            except OSError as error:
                self.report.failures.append(unopened(file.id, error))
            self._listener.progress(number, len(files))

    def _tasks_of(self, file: SourceFile) -> Iterator[Task]:
        members: set[str] = set()
        complete = True
        for item in sources_of(file):
            if isinstance(item, Notice):
                self.report.notices.append(item)
            elif isinstance(item, Problem):
                self.report.failures.append(item)
                complete = False
            else:
                members.add(item.place.key)
                yield from self._tasks_of_source(item)
        if complete:
            self._forget_members(file, members)

    def _forget_members(self, file: SourceFile, members: set[str]) -> None:
        """Deletes what an archive held and holds no more; nothing for a file that is no archive."""
        for key in self._keywords.values("place", file.folder.place(file.id).file_prefix):
            if key not in members:
                self._remove(key)

    def _remove(self, key: str) -> None:
        self.report.removed += sum(1 for _ in self._keywords.documents(self._keywords.term("place", key)))
        self._writer.delete("place", key)

    def _tasks_of_source(self, source: Source) -> Iterator[Task]:
        sha256 = source.content.sha256()
        if self._keywords.holds(source.place.path, sha256):  # also where the whole folder has moved
            self.report.unchanged += 1
            known = self._keywords.problems(source.place.path, sha256)
            self.report.failures.extend(Problem(where, reason) for where, reason in known)
            return
        origin = Origin(source.content.id, source.folder.name, source.place.key, sha256)
        waiting = None
        problems: list[Problem] = []
        for part in parts_of(source):
            if isinstance(part, Problem):
                problems.append(part)
                continue
            if waiting is not None:
                yield replace(waiting, problems=tuple(problems))
                problems = []
            waiting = Task(part, source.format, origin, first=waiting is None, last=False)
        if waiting is None:
            self.report.failures.extend(problems)
        else:
            yield replace(waiting, last=True, problems=tuple(problems))

    def _write(self, task: Task, result: Result) -> None:
        origin = task.origin
        if task.first and task.last and not result.documents:
            self._keep_old(origin, result.problems)
            return
        if task.first:
            self._whole = False
            self._writer.delete("place", origin.place)
            self._seen.replaced(origin)
        for done in result.documents:
            self._add(done, origin, result.problems)
        self.report.failures.extend(result.problems)
        self.report.notices.extend(result.notices)
        if not self._masked:  # they name files and records, which may be names of people
            self._writer.add(problem_row(origin, p.where, p.reason) for p in result.problems)
        if task.last:
            self._end_source(origin)

    def _keep_old(self, origin: Origin, problems: list[Problem]) -> None:
        """A file that cannot be read (any more) leaves in the index what it gave before."""
        kept = "" if not self._keywords.holds_place(origin.place) else "索引中保留上次收录的内容。"
        self.report.failures.extend(replace(problem, reason=problem.reason + kept) for problem in problems)

    def _add(self, done: Done, origin: Origin, problems: list[Problem]) -> None:
        objection = self._seen.objection(done, origin)
        if isinstance(objection, Problem):
            problems.append(objection)
        elif objection is not None:
            self.report.notices.append(objection)
        else:
            group, joined = self._seen.group(done, origin)
            for row in done.rows:
                row["group"] = group
            self._writer.add(done.rows)
            self._count(done, joined)

    def _end_source(self, origin: Origin) -> None:
        self._whole = True
        self._written.append(origin.place)
        late = time.monotonic() - self._committed_at > _COMMIT_SECONDS
        if self._documents >= _COMMIT_DOCUMENTS or late:
            self.commit()

    def _count(self, done: Done, joined: Notice | None) -> None:
        self.report.documents[done.kind] += 1
        self.report.passages += done.passages
        self.report.articles += done.articles
        self._documents += 1
        if joined is not None:
            self.report.joined.append(joined)
        if done.left_out:
            self.report.left_out.append(Notice(done.id, f"正文未收：{'，'.join(done.left_out)}。"))
