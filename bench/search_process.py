"""The processes of the bench of search: each system in one of its own, and the starts and memory of a search.

Systems that shared a process would share a lock, a heap that is searched for garbage, and memory.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.search_plan import Prepared, Turn

ROOT = Path(__file__).resolve().parents[1]
SEARCHES = 100  # before the memory of a search process is looked at
SPAWN = get_context("spawn")  # a forked process would begin with the memory of this one
_COMMAND = "from app.cli import main; main()"


class Worker:
    """Systems opened in a process of their own, which answers until the block is left."""

    def __init__(self, opener: Callable[[Prepared], Mapping[str, Any]], made: Prepared) -> None:
        self._pipe, far = SPAWN.Pipe()
        self._process = SPAWN.Process(target=_serve, args=(far, opener, made), daemon=True)
        self._process.start()
        far.close()
        self.systems: tuple[str, ...] = self._pipe.recv()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.join()

    def turn(self, system: str, texts: Sequence[str], clients: int) -> Turn:
        """Asks a system all the texts, by several clients at once."""
        self._pipe.send((system, texts, clients))
        answer: Turn = self._pipe.recv()
        return answer

    def parts(self, system: str, texts: Sequence[str]) -> list[dict[str, float]]:
        """What each part of our searches took, in milliseconds."""
        self._pipe.send((system, texts, 0))
        answer: list[dict[str, float]] = self._pipe.recv()
        return answer


def _serve(pipe: Connection, opener: Callable[[Prepared], Mapping[str, Any]], made: Prepared) -> None:
    from bench.search_ours import parts_of

    systems = opener(made)
    pipe.send(tuple(systems))
    while True:
        try:
            system, texts, clients = pipe.recv()
        except EOFError:
            return
        if clients:
            pipe.send(asked(system, systems[system], texts, clients))
        else:
            pipe.send([parts_of(systems[system], text) for text in texts])


def asked(system: str, search: Callable[[str], list[str]], texts: Sequence[str], clients: int) -> Turn:
    """Each client is a thread that asks the next text as soon as it has its answer."""

    def one(text: str) -> tuple[float, float, list[str]]:
        began, began_work = time.perf_counter(), time.thread_time()
        found = search(text)
        worked = time.thread_time() - began_work
        return (time.perf_counter() - began) * 1000, worked * 1000, found

    began = time.perf_counter()
    if clients == 1:
        answers = [one(text) for text in texts]
    else:
        with ThreadPoolExecutor(clients) as pool:
            answers = list(pool.map(one, texts))
    seconds = time.perf_counter() - began
    took, worked, found = zip(*answers, strict=True)
    return Turn(system, clients, took, worked, found, seconds)


def prepared(make: Callable[[Path, Prepared], None], corpus: Path, made: Prepared) -> None:
    """Runs `make` in a process of its own, which gives back what memory it took."""
    process = SPAWN.Process(target=make, args=(corpus, made))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"the indexes in {made.folder} could not be made")


def starts(made: Prepared, question: str, times: int) -> dict[str, list[float]]:
    """Seconds of `lvzhi search` from the command to its end, by turns without and with the encoder."""
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        for name, encoder in {"without the encoder": "none", "with the encoder": "e5"}.items():
            began = time.perf_counter()
            subprocess.run(  # noqa: S603 — our own command
                [sys.executable, "-c", _COMMAND, "search", question, "--index", str(made.index)],
                cwd=ROOT,
                env=os.environ | {"LVZHI_ENCODER": encoder, "LVZHI_ENCODER_FOLDER": str(made.encoder)},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            took[name].append(time.perf_counter() - began)
    return took


def memory(made: Prepared, questions: Sequence[str]) -> dict[str, int]:
    """Bytes of a process that has searched with the encoder SEARCHES times; see `_resident`."""
    near, far = SPAWN.Pipe()
    process = SPAWN.Process(target=_searched, args=(far, made, questions))
    process.start()
    far.close()
    found: dict[str, int] = near.recv()
    process.join()
    return found


def _searched(pipe: Connection, made: Prepared, questions: Sequence[str]) -> None:
    from app.services import Services
    from app.settings import Settings
    from search.service import SearchRequest

    service = Services(Settings(index=made.index, encoder="e5", encoder_folder=made.encoder)).search
    for number in range(SEARCHES):
        service.search(SearchRequest(questions[number % len(questions)]))
    pipe.send(_resident())


def _resident() -> dict[str, int]:
    """Bytes of this process in memory: all, its own, and pages of files, which the system can drop."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    found = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
    return {"all": found["Rss"], "its own": found["Anonymous"], "of files": found["Rss"] - found["Anonymous"]}
