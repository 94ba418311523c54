"""A hundred kills inside writing, committing and renaming: no acknowledged document is ever lost.

`strace` sends SIGKILL at the entry of the n-th system call of a kind, so that every run dies at a place that
was chosen: before a rename, between two writes, in the middle of a commit of the engine.
"""

import random
import shutil
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest
from ingest_examples import content, ruling, run

from ingest.sources import find_files
from search.store import EmbeddedStore

ROOT = Path(__file__).parents[1]
KILLS = 100
FILES = 16
# The kinds of calls, and how many of each a run makes at least, so that nearly every run reaches the n-th.
CALLS = {
    "rename,renameat,renameat2": 8,
    "fsync,fdatasync": 20,
    "write,pwrite64": 60,
    "unlink,unlinkat": 8,
    "ftruncate,flock": 4,
}

_CHILD = """
import sys
from pathlib import Path
from ingest import pipeline
from ingest.sources import find_files
from search.store import EmbeddedStore

class Telling(pipeline.Listener):
    def committed(self, places):
        print(*places, sep="\\n", flush=True)

pipeline._COMMIT_DOCUMENTS = 4
folder, index = Path(sys.argv[1]), Path(sys.argv[2])
store = EmbeddedStore.open_or_create(index)
pipeline.ingest(store, find_files([folder]), pipeline.Options(), Telling())
"""


def _strace() -> list[str]:
    return ["strace", "-f", "-qq", "-o", "/dev/null"]


def _strace_works() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run([*_strace(), "true"], capture_output=True, check=False).returncode == 0


def _killed_at(calls: str, number: int, folder: Path, index: Path) -> tuple[bool, list[str]]:
    """Runs ingest until the n-th call of a kind; whether it was killed, and the places it acknowledged."""
    inject = ["-e", f"trace={calls}", "-e", f"inject={calls}:signal=SIGKILL:when={number}"]
    command = [*_strace(), *inject, sys.executable, "-c", _CHILD, str(folder), str(index)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    killed = child.returncode in (-9, 137)
    assert killed or child.returncode == 0, child.stderr
    return killed, child.stdout.split("\n")[:-1]


class _Outside:
    """A folder that changes between runs, and a log of what the runs acknowledged, kept outside of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._version = dict.fromkeys(range(FILES), 0)
        self._acknowledged: dict[str, int] = {}
        folder.mkdir()
        for number in range(FILES):
            self._write(number)
        self._places = {f.id: f.folder.place(f.id).key for f in find_files([folder]).files}

    def change(self, chance: random.Random) -> None:
        for number in chance.sample(range(FILES), 6):
            self._version[number] += 1
            self._write(number)

    def heard(self, places: list[str]) -> None:
        for number in range(FILES):
            if self._places[_name(number)] in places:
                self._acknowledged[_name(number)] = self._version[number]

    def check(self, index: Path) -> None:
        """Every document that was ever acknowledged is there whole, as it was then or as it is now."""
        store = EmbeddedStore.open(index)
        for number in range(FILES):
            document = store.document(_name(number))
            if document is None:
                assert _name(number) not in self._acknowledged
                continue
            oldest = self._acknowledged.get(_name(number), 0)
            possible = {_text(number, v) for v in range(oldest, self._version[number] + 1)}
            assert document.text in possible
            assert store.passages_by_id([f"{document.id}#本院认为"])

    def _write(self, number: int) -> None:
        (self._folder / _name(number)).write_text(_text(number, self._version[number]), "utf-8")


def _name(number: int) -> str:
    return f"裁定{number:02}.txt"


def _text(number: int, version: int) -> str:
    return ruling(number + 1, f"冻结账户第{number}号，第{version}次续行冻结")


@pytest.mark.skipif(not _strace_works(), reason="strace is missing or may not trace here")
def test_after_a_hundred_kills_everything_acknowledged_is_there_and_the_end_equals_a_quiet_build(
    tmp_path: Path,
) -> None:
    folder, index = tmp_path / "资料", tmp_path / "index"
    chance = random.Random(20_260_101)
    outside = _Outside(folder)
    run(index, folder / _name(0))
    killed = dict.fromkeys(CALLS, 0)
    for calls in cycle(CALLS):
        if sum(killed.values()) == KILLS:
            break
        outside.change(chance)
        died, places = _killed_at(calls, chance.randint(1, CALLS[calls]), folder, index)
        killed[calls] += died
        outside.heard(places)
        outside.check(index)
    assert min(killed.values()) >= 5, killed
    report = run(index, folder)
    assert report.failures == []
    run(tmp_path / "quiet", folder)
    assert content(index) == content(tmp_path / "quiet")
