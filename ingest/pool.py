"""Tasks over the cores, their results in the order of the tasks, a few in memory at once.

A worker that a file brings down, or that a file holds up for ever, costs that file and nothing else. While
the next result is not there this process does tasks itself, but for those that could bring it down.
"""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from pebble import ProcessExpired, ProcessPool

from ingest.source import Problem
from ingest.work import Result, Setting, Task, work

_AHEAD = 8  # tasks a process that are under way or wait for the writer
_AHEAD_BYTES = 8 * 2**20  # of their files
_TRIES = 3  # for a task whose worker died before it was known what it was working on
_SECONDS = 600  # for a task, and a minute for each megabyte: recognising a page takes some seconds


def worked(tasks: Iterable[Task], setting: Setting, jobs: int) -> Iterator[tuple[Task, Result]]:
    """The tasks with their results, in order."""
    workers = _Workers(setting, jobs)
    running: deque[tuple[Task, int, Future[Result]]] = deque()
    waiting = 0
    try:
        for task in tasks:
            size = _size(task)
            ahead = len(running) >= _AHEAD * jobs or waiting > _AHEAD_BYTES
            here = not task.format.native and (jobs == 1 or (ahead and not running[0][2].done()))
            running.append((task, size, _done_here(task, setting) if here else workers.begin(task, size)))
            waiting += size
            while running and (
                running[0][2].done() or len(running) > 2 * _AHEAD * jobs or waiting > 2 * _AHEAD_BYTES
            ):
                done, size, future = running.popleft()
                waiting -= size
                yield done, _result(done, future, workers)
        for done, _, future in running:
            yield done, _result(done, future, workers)
    finally:
        workers.stop()


class _Workers:
    """The worker processes, begun with the first task for them.

    What this process can do as well needs one worker less than what it may not touch.
    """

    def __init__(self, setting: Setting, jobs: int) -> None:
        self._setting = setting
        self._jobs = jobs
        self._pools: dict[int, ProcessPool] = {}

    def begin(self, task: Task, size: int) -> "Future[Result]":
        count = self._jobs if task.format.native else self._jobs - 1
        if count not in self._pools or not self._pools[count].active:
            # Spawned and not forked: the index's writer runs threads, which a fork would copy half-way.
            spawned = get_context("spawn")
            self._pools[count] = ProcessPool(count, initializer=_leave_interrupts, context=spawned)
        seconds = _SECONDS + 60 * size / 2**20
        pool = self._pools[count]
        future: Future[Result] = pool.schedule(work, args=(task, self._setting), timeout=seconds)
        return future

    def stop(self) -> None:
        for pool in self._pools.values():
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _size(task: Task) -> int:
    try:
        return task.part.size
    except OSError:  # the file has just gone, which its reader reports
        return 0


def _leave_interrupts() -> None:
    """The main process decides what Ctrl-C does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _done_here(task: Task, setting: Setting) -> "Future[Result]":
    future: Future[Result] = Future()
    future.set_result(work(task, setting))
    return future


def _result(task: Task, future: "Future[Result]", workers: _Workers) -> Result:
    """The result; asked for again where a worker died before it could say what it was working on."""
    reason = "处理时进程崩溃，未收录。文件可能已损坏，请用原软件打开并另存后重试。"
    for _ in range(_TRIES):
        try:
            return future.result()
        except LateError:
            reason = "处理时间过长，已放弃，未收录。请拆分文件，或转换为其他格式后重试。"
            break
        except ProcessExpired:
            break
        except (BrokenProcessPool, CancelledError):
            future = workers.begin(task, _size(task))
    return Result(problems=[*task.problems, Problem(task.part.id, reason)])
