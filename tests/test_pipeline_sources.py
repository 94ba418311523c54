"""Sources come, change and go: archives and their members, vanished files, field maps, interrupted runs."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from archive_examples import zip_of
from ingest_examples import ALL, documents, found, ruling, run, write_folder

from ingest import pipeline, sources
from ingest.pipeline import Listener, Options, ingest
from ingest.sources import find_files
from search.store import EmbeddedStore

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def _bytes(number: int, text: str = "查封房屋一处") -> bytes:
    return ruling(number, text).encode()


def test_the_members_of_an_archive_are_documents_with_its_name_before_theirs(
    tmp_path: Path, index: Path
) -> None:
    inner = zip_of({"丙.txt": _bytes(3)})
    path = tmp_path / "卷宗.zip"
    path.write_bytes(zip_of({"甲.txt": _bytes(1), "二审/乙.txt": _bytes(2), "内.zip": inner}))
    assert run(index, path).failures == []
    assert documents(index) == ["卷宗.zip/二审/乙.txt", "卷宗.zip/内.zip/丙.txt", "卷宗.zip/甲.txt"]


def test_a_changed_archive_replaces_adds_and_removes_its_members(tmp_path: Path, index: Path) -> None:
    path = tmp_path / "卷宗.zip"
    path.write_bytes(zip_of({"甲.txt": _bytes(1), "乙.txt": _bytes(2), "丙.txt": _bytes(3)}))
    run(index, path)
    path.write_bytes(zip_of({"甲.txt": _bytes(1), "乙.txt": _bytes(2, "扣押鹦鹉"), "丁.txt": _bytes(4)}))
    report = run(index, path)
    assert (report.unchanged, report.documents.total(), report.removed) == (1, 2, 1)
    assert documents(index) == ["卷宗.zip/丁.txt", "卷宗.zip/乙.txt", "卷宗.zip/甲.txt"]
    assert found(index, "鹦鹉")[0][1].startswith("卷宗.zip/乙.txt#")


def test_a_truncated_archive_leaves_the_members_that_it_gave_before(tmp_path: Path, index: Path) -> None:
    path = tmp_path / "卷宗.zip"
    whole = zip_of({"甲.txt": _bytes(1), "乙.txt": _bytes(2)})
    path.write_bytes(whole)
    run(index, path)
    path.write_bytes(whole[: len(whole) // 2])
    report = run(index, path)
    assert {problem.where.split("/")[0] for problem in report.failures} == {"卷宗.zip"}
    assert documents(index) == ["卷宗.zip/乙.txt", "卷宗.zip/甲.txt"]


def test_pruning_removes_what_came_from_files_that_are_gone_and_nothing_else(
    folder: Path, index: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "别处.txt"
    elsewhere.write_bytes(_bytes(50))
    run(index, folder, elsewhere)
    (folder / "裁定.jsonl").unlink()
    (folder / "裁定一.txt").unlink()
    elsewhere.unlink()
    assert run(index, folder).removed == 0
    report = run(index, folder, prune=True)
    assert report.removed == 4
    assert documents(index) == ["别处.txt", "裁定二.txt", "规则/乙规则.md", "规则/甲规则.md"]
    assert run(index, folder, prune=True).removed == 0


def test_pruning_a_folder_that_is_empty_now_removes_all_of_it(folder: Path, index: Path) -> None:
    run(index, folder)
    for file in find_files([folder]).files:
        file.path.unlink()
    assert run(index, folder, prune=True).removed == len(ALL)
    assert documents(index) == []


def test_what_of_a_file_was_not_taken_in_is_said_again_while_the_file_is_unchanged(
    tmp_path: Path, index: Path
) -> None:
    path = tmp_path / "甲.jsonl"
    path.write_text(json.dumps({"id": 1, "text": ruling(1)}) + "\n{断\n" + json.dumps({"没有": 1}), "utf-8")
    first, again = run(index, path), run(index, path)
    assert [problem.where for problem in first.failures] == ["甲.jsonl 第 2 行", "甲.jsonl 第 3 行"]
    assert again.unchanged == 1
    assert sorted(again.failures, key=lambda p: p.where) == first.failures
    path.write_text(json.dumps({"id": 1, "text": ruling(1)}), "utf-8")
    assert run(index, path).failures == []


def test_the_users_field_map_names_the_fields(tmp_path: Path, index: Path) -> None:
    maps = tmp_path / "字段.toml"
    maps.write_text('["台账"]\nwhen = ["全部文字"]\ntext = "全部文字"\ncourt = "审判机关"\n', "utf-8")
    path = tmp_path / "甲.jsonl"
    text = ruling(1).replace("石桥县人民法院\n", "")
    path.write_text(json.dumps({"全部文字": text, "审判机关": "石桥县人民法院"}), "utf-8")
    assert len(run(index, path).failures) == 1
    store = EmbeddedStore.open(index)
    report = ingest(store, find_files([path]), Options(field_maps=maps))
    assert report.failures == []
    ((_, passage),) = store.keyword_search("查封房屋", limit=1)
    assert passage.meta["court"] == "石桥县人民法院"


def test_a_long_table_is_read_in_parts_and_taken_in_whole(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_SPLIT_FROM", 1000)
    monkeypatch.setattr(pipeline, "_COMMIT_DOCUMENTS", 3)
    lines = [json.dumps({"id": n, "text": ruling(n, "查封房屋" * 20_000)}) for n in range(1, 7)]
    path = tmp_path / "甲.jsonl"
    path.write_text("\n".join([*lines, "{断"]), "utf-8")
    committed: list[list[str]] = []

    class Heard(Listener):
        def committed(self, places: list[str]) -> None:
            committed.append(places)

    report = ingest(EmbeddedStore.open_or_create(index), find_files([path]), Options(jobs=2), Heard())
    assert documents(index) == [f"甲.jsonl/{n}" for n in range(1, 7)]
    assert [problem.where for problem in report.failures] == ["甲.jsonl 第 7 行"]
    assert [len(places) for places in committed] == [1, 0]


_CHILD = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background it is off
from pathlib import Path
from ingest import pipeline
from ingest.sources import find_files
from search.store import EmbeddedStore

class Slow(pipeline.Listener):
    def progress(self, done, total):
        print(done, flush=True)
        if done == 5:
            time.sleep(60)

store = EmbeddedStore.open_or_create(Path(sys.argv[2]))
pipeline.ingest(store, find_files([Path(sys.argv[1])]), pipeline.Options(), Slow())
"""


def test_ctrl_c_keeps_what_was_written_and_the_next_run_goes_on(tmp_path: Path, index: Path) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.txt").write_bytes(_bytes(number + 1))
    command = [sys.executable, "-c", _CHILD, str(folder), str(index)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.strip() == "5":
                break
        child.send_signal(signal.SIGINT)
        _, error = child.communicate()
    assert "KeyboardInterrupt" in error
    assert documents(index) == [f"{number}.txt" for number in range(5)]
    assert run(index, folder).unchanged == 5
    assert len(documents(index)) == 10
