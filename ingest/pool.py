"""Tasks over the cores, their results in the order of the tasks, a few in memory at once.

A worker that a file brings down, or that a file holds up for ever, costs that file and nothing else.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as LateError
from multiprocessing import get_context
from typing import Any

from pebble import ProcessExpired, ProcessPool

from ingest.source import Problem
from ingest.work import Result, Setting, Task, work

_AHEAD = 8  # tasks a process that are under way or wait for the writer
_AHEAD_BYTES = 8 * 2**20  # of their files
_SECONDS = 600  # for a task, and a minute for each megabyte: recognising a page takes some seconds


def worked(tasks: Iterable[Task], setting: Setting, jobs: int) -> Iterator[tuple[Task, Result]]:
    """The tasks with their results, in order; with one job in this process."""
    if jobs <= 1:
        yield from ((task, work(task, setting)) for task in tasks)
        return
    # Spawned and not forked: the index's writer runs threads, which a fork would copy half-way.
    with ProcessPool(jobs, initializer=_leave_interrupts, context=get_context("spawn")) as pool:
        running: deque[tuple[Task, Any]] = deque()
        waiting = 0
        try:
            for task in tasks:
                size = task.part.size
                seconds = _SECONDS + 60 * size / 2**20
                running.append((task, pool.schedule(work, args=(task, setting), timeout=seconds)))
                waiting += size
                while len(running) > jobs and (len(running) > _AHEAD * jobs or waiting > _AHEAD_BYTES):
                    done, future = running.popleft()
                    waiting -= done.part.size
                    yield done, _result(done, future.result)
            while running:
                done, future = running.popleft()
                yield done, _result(done, future.result)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _leave_interrupts() -> None:
    """The main process decides what Ctrl-C does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(task: Task, wait: Callable[[], Result]) -> Result:
    try:
        return wait()
    except LateError:
        reason = "处理时间过长，已放弃，未收录。请拆分文件，或转换为其他格式后重试。"
    except ProcessExpired:
        reason = "处理时进程崩溃，未收录。文件可能已损坏，请用原软件打开并另存后重试。"
    return Result(problems=[*task.problems, Problem(task.part.id, reason)])
