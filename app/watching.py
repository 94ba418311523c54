"""Following folders: what changes in them is ingested as it comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from rich.console import Console

from app.ingest_command import Wishes, ingest_files, open_index
from app.settings import Settings
from ingest.sources import find_files
from legal.errors import IndexBusyError
from search.protocols import Encoder
from search.store import EmbeddedStore

_RETRY = 5.0  # seconds until another process may have finished writing

Changes = SimpleQueue[set[Path]]


def follow(out: Console, paths: list[Path], settings: Settings, wishes: Wishes) -> None:
    """Brings in what is there, then whatever changes, until Ctrl-C. Vectors are computed in between."""
    find_files(paths)
    store, encoder = open_index(out, settings, wishes)
    with _watched([path.resolve() for path in paths]) as changes:
        _bring_in(out, store, paths, wishes)
        out.print("正在跟随目录的变化，按 Ctrl-C 结束。")
        changed: set[Path] = set()
        while True:
            if encoder is not None and not changed:
                _encode_until(changes, store, encoder)
            news = _next(changes, _RETRY if changed else None)
            changed |= {path for path in news if not _is_ours(path, settings, wishes)}
            if not changed:
                continue
            try:
                _bring_in(out, store, paths, wishes, changed)
            except IndexBusyError as error:
                out.print(f"{error.message}稍后重试。")
                continue
            changed = set()


def _bring_in(
    out: Console, store: EmbeddedStore, paths: list[Path], wishes: Wishes, changed: set[Path] | None = None
) -> None:
    found = find_files(paths)
    ingest_files(out, store, found if changed is None else found.only(changed), wishes)


def _is_ours(path: Path, settings: Settings, wishes: Wishes) -> bool:
    """Whether a run itself wrote there: index, database or report may lie in the folder that is followed."""
    report = wishes.report.resolve() if wishes.report else None
    if report and path.parent == report.parent and path.name.startswith(report.name):
        return True
    return any(path.is_relative_to(place.resolve()) for place in (settings.index, settings.data))


def _encode_until(changes: Changes, store: EmbeddedStore, encoder: Encoder) -> None:
    """Encodes what has no vector, and stops at the first change: being found by words comes first."""
    from search.encoding import encode_missing

    for _ in encode_missing(store, encoder):
        if not changes.empty():
            return


def _next(changes: Changes, seconds: float | None) -> set[Path]:
    try:
        return changes.get(timeout=seconds)
    except Empty:
        return set()


@contextmanager
def _watched(paths: list[Path]) -> Iterator[Changes]:
    """The changes below the paths from now on, gathered by a thread while others work."""
    from watchfiles import watch

    changes: Changes = SimpleQueue()
    begun, stop = Event(), Event()

    def gather() -> None:
        for change in watch(
            *paths, watch_filter=None, stop_event=stop, yield_on_timeout=True, rust_timeout=200
        ):
            begun.set()
            if change:
                changes.put({Path(name) for _, name in change})

    thread = Thread(target=gather, daemon=True)
    thread.start()
    begun.wait()  # what changes from here on is seen
    try:
        yield changes
    finally:
        stop.set()
        thread.join()
