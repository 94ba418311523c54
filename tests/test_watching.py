"""A folder that is followed: what comes, changes and goes is in the index soon after, until Ctrl-C."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ingest_examples import documents, found, ruling

ROOT = Path(__file__).parents[1]
# Where the tests run in the background Ctrl-C is off, and children inherit that.
_COMMAND = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from app.cli import main
main()
"""
PATIENCE = 60.0  # seconds until a test gives up; each step takes about two


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "资料"
    root.mkdir()
    (root / "一.txt").write_text(ruling(1), "utf-8")
    return root


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def following(folder: Path, index: Path) -> Iterator[subprocess.Popen[str]]:
    options = ["--index", str(index), "--encoder", "none", "--jobs", "1", "--watch", "--prune"]
    options += ["--report", str(folder / "报告.html")]
    command = [sys.executable, "-c", _COMMAND, "ingest", str(folder), *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if "正在跟随" in line:
                break
        yield child
        child.kill()
        child.stdout.close()


def _soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes true while there is patience."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_what_comes_changes_and_goes_is_followed(
    folder: Path, index: Path, following: subprocess.Popen[str]
) -> None:
    assert documents(index) == ["一.txt"]
    (folder / "二.txt").write_text(ruling(2), "utf-8")
    assert _soon(lambda: documents(index) == ["一.txt", "二.txt"])
    (folder / "一.txt").write_text(ruling(1, "查封鹦鹉一只"), "utf-8")
    assert _soon(lambda: bool(found(index, "鹦鹉")))
    elsewhere = folder.parent / "新卷宗"
    elsewhere.mkdir()
    (elsewhere / "三.txt").write_text(ruling(3), "utf-8")
    shutil.move(elsewhere, folder)
    assert _soon(lambda: "新卷宗/三.txt" in documents(index))
    (folder / "二.txt").unlink()
    assert _soon(lambda: documents(index) == ["一.txt", "新卷宗/三.txt"])
    assert following.poll() is None


def test_what_a_run_writes_in_the_folder_itself_begins_no_other_run(
    folder: Path, index: Path, following: subprocess.Popen[str]
) -> None:
    report = folder / "报告.html"
    (folder / "二.txt").write_text(ruling(2), "utf-8")
    assert _soon(lambda: documents(index) == ["一.txt", "二.txt"])
    assert _soon(report.exists)
    time.sleep(4)  # longer than a run and the pause that changes are gathered in
    written = report.stat().st_mtime_ns
    time.sleep(4)
    assert report.stat().st_mtime_ns == written
    assert "报告.html" not in documents(index)


def test_ctrl_c_ends_the_following(following: subprocess.Popen[str]) -> None:
    following.send_signal(signal.SIGINT)
    output, _ = following.communicate(timeout=PATIENCE)
    assert following.returncode == 130
    assert "Traceback" not in output
