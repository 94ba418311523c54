"""Runs that break, meet another writer or are killed leave the last good index, and the next completes it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ingest_examples import ALL, content, documents, found, norm, ruling, run, write_folder

from ingest import pipeline, sources
from ingest.pipeline import Listener, Options, ingest
from ingest.sources import find_files
from legal.errors import IndexBusyError
from search.store import EmbeddedStore

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


class _StopAt(Listener):
    def __init__(self, number: int) -> None:
        self._number = number

    def progress(self, done: int, total: int) -> None:
        if done == self._number:
            raise RuntimeError("the disk is gone")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_breaks_leaves_the_last_good_index_and_the_next_completes_it(
    jobs: int, folder: Path, index: Path
) -> None:
    run(index, folder)
    before = content(index)
    for name in ("甲规则.md", "乙规则.md"):
        (folder / "规则" / name).write_text(norm(name, "鹦鹉不得查封。"), "utf-8")
    (folder / "裁定一.txt").write_text(ruling(1, "查封鹦鹉一只"), "utf-8")
    store = EmbeddedStore.open(index)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        ingest(store, find_files([folder]), Options(jobs=jobs), _StopAt(4))
    assert content(index) == before
    assert found(index, "牦牛检疫")[0][1] == "规则/乙规则.md#第一条"
    report = run(index, folder)
    assert report.unchanged == 2
    assert {name for _, name in found(index, "鹦鹉")} >= {"规则/甲规则.md#第一条", "规则/乙规则.md#第一条"}
    assert documents(index) == ALL


def test_a_run_that_breaks_between_commits_keeps_what_was_committed(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_COMMIT_DOCUMENTS", 1)
    store = EmbeddedStore.open_or_create(index)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        ingest(store, find_files([folder]), Options(), _StopAt(4))
    kept = documents(index)
    assert "裁定.jsonl/k0" in kept
    assert "规则/甲规则.md" not in kept
    report = run(index, folder)
    assert report.unchanged >= 1
    assert documents(index) == ALL


def test_a_file_of_many_records_is_replaced_as_a_whole(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_SPLIT_FROM", 1)
    monkeypatch.setattr(pipeline, "_COMMIT_DOCUMENTS", 1)
    path = tmp_path / "甲.jsonl"
    path.write_text("\n".join(json.dumps({"id": n, "text": ruling(n)}) for n in range(20)), "utf-8")
    assert dict(run(index, path).documents) == {"precedent": 20}
    path.write_text("\n".join(json.dumps({"id": n, "text": ruling(n)}) for n in range(10, 25)), "utf-8")
    assert dict(run(index, path).documents) == {"precedent": 15}
    assert documents(index) == sorted(f"甲.jsonl/{n}" for n in range(10, 25))


def test_a_second_writer_is_refused_and_the_first_unharmed(folder: Path, index: Path) -> None:
    run(index, folder)
    before = content(index)
    (folder / "裁定三.txt").write_text(ruling(3), "utf-8")
    with EmbeddedStore.open(index).writing(), pytest.raises(IndexBusyError):
        run(index, folder)
    assert content(index) == before
    assert dict(run(index, folder).documents) == {"precedent": 1}


_CHILD = """
import sys
from pathlib import Path
from ingest import pipeline
from ingest.sources import find_files
from search.store import EmbeddedStore

class Printing(pipeline.Listener):
    def progress(self, done, total):
        print(done, flush=True)

pipeline._COMMIT_DOCUMENTS = 20
folder, index = Path(sys.argv[1]), Path(sys.argv[2])
pipeline.ingest(EmbeddedStore.open_or_create(index), find_files([folder]), pipeline.Options(), Printing())
"""


def test_a_killed_run_leaves_the_last_good_index_and_the_next_completes_it(
    tmp_path: Path, index: Path
) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "000.txt").write_text(ruling(1, "查封鹦鹉一只"), "utf-8")
    run(index, folder)
    for number in range(1, 1500):
        (folder / f"{number:04}.txt").write_text(ruling(number + 1), "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder), str(index)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= 150:
                break
        child.send_signal(signal.SIGKILL)
        child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    kept = documents(index)
    assert "000.txt" in kept
    assert 20 <= len(kept) < 1500
    assert found(index, "鹦鹉")[0][1].startswith("000.txt#")
    store = EmbeddedStore.open(index)
    everything = [store.document(name) for name in kept]
    assert all(document is not None and document.text for document in everything)

    report = run(index, folder)
    assert report.unchanged == len(kept)
    assert len(documents(index)) == 1500
    assert report.failures == []
