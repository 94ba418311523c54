"""Files become a committed index: again, changed, broken, beside another writer, and killed half-way."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import pipeline
from ingest.pipeline import find_files, ingest
from ingest.report import Report
from legal.citation import article_label
from legal.errors import IndexBusyError, InputError
from search.store import EmbeddedStore

ROOT = Path(__file__).parents[1]


def _norm(title: str, *articles: str) -> str:
    numbered = (f"{article_label(n)} {text}" for n, text in enumerate(articles, start=1))
    return "\n\n".join([f"# {title}", "2021年6月18日 通过", "<!-- INFO END -->", *numbered])


def _ruling(number: int, text: str = "查封张某名下房屋一处") -> str:
    return (
        f"石桥县人民法院\n执行裁定书\n（2023）岭0122执{number}号\n\n申请执行人：某公司。\n被执行人：张某。\n\n"
        f"本院在执行某公司与张某买卖合同纠纷一案中，{text}。\n本院认为，应予准许，裁定如下：\n准许。\n"
        "二〇二三年五月六日\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two norms, two rulings and a file of lines."""
    root = tmp_path / "资料"
    (root / "规则").mkdir(parents=True)
    (root / "规则" / "甲规则.md").write_text(
        _norm("甲规则", "续行查封应当提前七日申请。", "张某可以异议。"), "utf-8"
    )
    (root / "规则" / "乙规则.md").write_text(_norm("乙规则", "拍卖牦牛应当先行检疫。"), "utf-8")
    (root / "裁定一.txt").write_text(_ruling(1), "utf-8")
    (root / "裁定二.txt").write_text(_ruling(2, "扣押李某名下货车一辆"), "utf-8")
    lines = [{"id": f"k{n}", "text": _ruling(100 + n, f"冻结账户第{n}号")} for n in range(3)]
    (root / "裁定.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return root


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def _quiet(done: int, total: int) -> None:
    """Takes the progress of a run and says nothing."""


def _run(index: Path, *paths: Path, jobs: int = 1) -> Report:
    return ingest(EmbeddedStore.open_or_create(index), list(paths), jobs, _quiet)


def _content(index: Path) -> dict[str, tuple[str, Any]]:
    store = EmbeddedStore.open(index)
    return {passage.id: (passage.text, dict(passage.meta)) for passage in store.passages()}


def _documents(index: Path) -> list[str]:
    return sorted({str(meta["document_id"]) for _, meta in _content(index).values()})


def _found(index: Path, text: str) -> list[tuple[float, str]]:
    hits = EmbeddedStore.open(index).keyword_search(text, limit=20)
    return [(round(score, 4), passage.id) for score, passage in hits]


ALL = [
    "裁定.jsonl/k0",
    "裁定.jsonl/k1",
    "裁定.jsonl/k2",
    "裁定一.txt",
    "裁定二.txt",
    "规则/乙规则.md",
    "规则/甲规则.md",
]


def test_every_file_of_a_folder_is_indexed_and_counted(folder: Path, index: Path) -> None:
    report = _run(index, folder)
    assert _documents(index) == ALL
    assert (report.files, report.unchanged, report.articles) == (5, 0, 3)
    assert dict(report.documents) == {"policy": 2, "precedent": 5}
    assert report.passages == len(_content(index)) == EmbeddedStore.open(index).keywords.count()
    assert (report.failures, report.notices) == ([], [])


def test_what_was_indexed_is_found_and_can_be_read_whole(folder: Path, index: Path) -> None:
    _run(index, folder)
    assert _found(index, "牦牛检疫")[0][1] == "规则/乙规则.md#第一条"
    document = EmbeddedStore.open(index).document("裁定一.txt")
    assert document is not None
    assert document.text == _ruling(1)
    assert (document.root.split("@")[0], document.source) == ("资料", "裁定一.txt")


def test_a_second_run_changes_nothing(folder: Path, index: Path) -> None:
    _run(index, folder)
    before = _content(index)
    again = _run(index, folder)
    assert (again.files, again.unchanged, again.passages) == (5, 5, 0)
    assert not again.documents
    assert _content(index) == before


def test_a_changed_file_replaces_its_document_and_no_old_passage_remains(folder: Path, index: Path) -> None:
    _run(index, folder)
    (folder / "规则" / "甲规则.md").write_text(_norm("甲规则", "鹦鹉不得查封。"), "utf-8")
    report = _run(index, folder)
    assert (report.unchanged, dict(report.documents)) == (4, {"policy": 1})
    own = {name: text for name, (text, _) in _content(index).items() if name.startswith("规则/甲规则.md#")}
    assert own == {"规则/甲规则.md#第一条": "第一条 鹦鹉不得查封。"}
    assert _documents(index) == ALL


def test_a_record_that_left_its_file_leaves_the_index(folder: Path, index: Path) -> None:
    _run(index, folder)
    lines = (folder / "裁定.jsonl").read_text("utf-8").split("\n")
    (folder / "裁定.jsonl").write_text("\n".join(lines[:2]), "utf-8")
    _run(index, folder)
    assert _documents(index) == [name for name in ALL if name != "裁定.jsonl/k2"]


def test_two_jobs_give_the_same_index_as_one(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    first, second = _run(one, folder), _run(two, folder, jobs=2)
    assert _content(one) == _content(two)
    assert (first.documents, first.passages) == (second.documents, second.passages)
    for text in ("查封", "张某的房屋", "续行查封申请"):
        assert _found(one, text) == _found(two, text) != []


def test_one_file_given_by_its_path_has_its_name_as_id(folder: Path, index: Path) -> None:
    _run(index, folder / "规则" / "甲规则.md")
    assert _documents(index) == ["甲规则.md"]


def test_hidden_files_and_folders_are_passed_over(folder: Path) -> None:
    (folder / ".draft.md").write_text("甲", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "甲.md").write_text("甲", "utf-8")
    assert [file.id for file in find_files([folder])] == [
        "裁定.jsonl",
        "裁定一.txt",
        "裁定二.txt",
        "规则/乙规则.md",
        "规则/甲规则.md",
    ]


def test_two_files_of_one_content_are_both_kept_and_noted(folder: Path, index: Path) -> None:
    (folder / "规则" / "甲规则副本.md").write_text(
        (folder / "规则" / "甲规则.md").read_text("utf-8"), "utf-8"
    )
    report = _run(index, folder)
    assert [notice.where for notice in report.notices] == ["规则/甲规则副本.md"]
    assert "规则/甲规则.md" in report.notices[0].reason
    assert report.failures == []
    assert {"规则/甲规则.md", "规则/甲规则副本.md"} <= set(_documents(index))


def test_one_id_twice_in_a_file_with_one_content_is_taken_in_once(tmp_path: Path, index: Path) -> None:
    line = json.dumps({"id": "k", "text": _ruling(1)})
    path = tmp_path / "甲.jsonl"
    path.write_text(f"{line}\n{line}\n", "utf-8")
    report = _run(index, path)
    assert _documents(index) == ["甲.jsonl/k"]
    assert [notice.where for notice in report.notices] == ["甲.jsonl/k"]
    assert report.failures == []


def test_one_id_twice_in_a_file_with_two_contents_is_refused_and_reported(
    tmp_path: Path, index: Path
) -> None:
    path = tmp_path / "甲.jsonl"
    path.write_text("\n".join(json.dumps({"id": "k", "text": _ruling(n)}) for n in (1, 2)), "utf-8")
    report = _run(index, path)
    assert dict(report.documents) == {"precedent": 1}
    assert [failure.where for failure in report.failures] == ["甲.jsonl/k"]
    document = EmbeddedStore.open(index).document("甲.jsonl/k")
    assert document is not None
    assert document.text == _ruling(1)


def test_files_alike_that_cannot_be_taken_in_are_not_said_to_be(folder: Path, index: Path) -> None:
    for name in ("甲.md", "乙.md"):
        (folder / name).write_text("---\na: b\n---\n", "utf-8")
    report = _run(index, folder)
    assert sorted(failure.where for failure in report.failures) == ["乙.md", "甲.md"]
    assert report.notices == []


def test_a_path_given_twice_is_read_once(folder: Path, index: Path) -> None:
    ruling = folder / "裁定一.txt"
    report = _run(index, ruling, ruling.parent / "规则" / ".." / "裁定一.txt")
    assert (report.files, dict(report.documents)) == (1, {"precedent": 1})
    assert _documents(index) == ["裁定一.txt"]


def test_two_folders_of_one_name_do_not_delete_each_others_documents(tmp_path: Path, index: Path) -> None:
    roots = [tmp_path / year / "裁定" for year in ("2023", "2024")]
    for number, root in enumerate(roots, start=1):
        root.mkdir(parents=True)
        (root / "一.txt").write_text(_ruling(number), "utf-8")
    report = _run(index, *roots)
    assert [failure.where for failure in report.failures] == ["一.txt"]
    document = EmbeddedStore.open(index).document("一.txt")
    assert document is not None
    assert document.text == _ruling(1)


def test_a_file_whose_name_is_no_text_is_taken_in_under_a_name_that_is(folder: Path, index: Path) -> None:
    """Archives from old systems hold names in GBK; Linux hands them on as bytes."""
    path = os.fsencode(folder) + b"/" + "丙.txt".encode("gbk")
    Path(os.fsdecode(path)).write_text(_ruling(7), "utf-8")
    report = _run(index, folder)
    assert report.failures == []
    assert _documents(index) == sorted([*ALL, r"\xb1\xfb.txt"])
    assert _run(index, folder).unchanged == 6


def _twin_folders(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "甲地", tmp_path / "乙地"
    for number, root in enumerate((one, other), start=1):
        root.mkdir()
        (root / "裁定.txt").write_text(_ruling(number), "utf-8")
    return one, other


def test_one_id_from_two_folders_in_one_run_is_refused_and_reported(tmp_path: Path, index: Path) -> None:
    one, other = _twin_folders(tmp_path)
    report = _run(index, one, other)
    assert [failure.where for failure in report.failures] == ["裁定.txt"]
    document = EmbeddedStore.open(index).document("裁定.txt")
    assert document is not None
    assert document.text == _ruling(1)


def test_one_id_from_two_folders_in_two_runs_is_refused_and_reported(tmp_path: Path, index: Path) -> None:
    one, other = _twin_folders(tmp_path)
    _run(index, one)
    report = _run(index, other)
    assert [failure.where for failure in report.failures] == ["裁定.txt"]
    assert "甲地" in report.failures[0].reason
    document = EmbeddedStore.open(index).document("裁定.txt")
    assert document is not None
    assert (document.root.split("@")[0], document.text) == ("甲地", _ruling(1))


def test_one_id_from_two_folders_of_one_name_in_two_runs_is_refused_and_reported(
    tmp_path: Path, index: Path
) -> None:
    roots = [tmp_path / year / "裁定" for year in ("2023", "2024")]
    for number, root in enumerate(roots, start=1):
        root.mkdir(parents=True)
        (root / "一.txt").write_text(_ruling(number), "utf-8")
    _run(index, roots[0])
    assert [failure.where for failure in _run(index, roots[1]).failures] == ["一.txt"]
    document = EmbeddedStore.open(index).document("一.txt")
    assert document is not None
    assert document.text == _ruling(1)


def test_a_folder_that_has_moved_is_recognised_by_its_bytes(
    folder: Path, index: Path, tmp_path: Path
) -> None:
    _run(index, folder)
    moved = folder.rename(tmp_path / "别处")
    report = _run(index, moved)
    assert (report.unchanged, report.failures) == (5, [])
    assert _documents(index) == ALL


def test_a_file_that_cannot_be_opened_is_reported_and_stops_nothing(folder: Path, index: Path) -> None:
    (folder / "断链.md").symlink_to(folder / "没有.md")
    report = _run(index, folder)
    assert [failure.where for failure in report.failures] == ["断链.md"]
    assert _documents(index) == ALL


BROKEN = {
    "空.md": b"",
    "图.png": b"\x89PNG\r\n",
    "假.md": bytes(range(256)) * 20,
    "只有标题.md": "# 甲办法\n".encode(),
    "闲话.txt": "今天天气晴。".encode(),
    "断.json": b'{"text": "x',
    "深.json": b"[" * 100_000,
    "断.jsonl": b'{"text": "x\n{}\n5\n',
}


@pytest.mark.parametrize("name", BROKEN, ids=BROKEN)
def test_a_file_that_cannot_be_read_is_reported_and_stops_nothing(
    name: str, folder: Path, index: Path
) -> None:
    (folder / name).write_bytes(BROKEN[name])
    report = _run(index, folder)
    assert report.failures
    assert all(failure.where.startswith(name) for failure in report.failures)
    assert all(failure.reason for failure in report.failures)
    assert _documents(index) == ALL


def test_a_file_that_became_unreadable_keeps_its_last_good_document(folder: Path, index: Path) -> None:
    _run(index, folder)
    (folder / "裁定一.txt").write_bytes(b"")
    report = _run(index, folder)
    assert [failure.where for failure in report.failures] == ["裁定一.txt"]
    assert _documents(index) == ALL


@pytest.mark.parametrize("field", ["id", "title", "text"])
def test_half_a_character_in_a_record_stops_nothing(field: str, folder: Path, index: Path) -> None:
    record = {"id": "k", "title": "甲", "text": _ruling(9)}
    record[field] += "\ud83d"
    (folder / "半.jsonl").write_text(json.dumps(record), "utf-8")
    report = _run(index, folder)
    assert set(ALL) <= set(_documents(index))
    taken = report.documents.total() - len(ALL)
    assert taken + len(report.failures) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    content=st.binary(max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.lists(
        st.sampled_from(
            ["# ", "第一条 甲", "\n", "石桥县人民法院", "（2023）岭0122执5号", "\x00", "裁定如下："]
        ),
        max_size=12,
    )
    .map("".join)
    .map(str.encode)
    | st.dictionaries(
        st.sampled_from(["id", "text", "fd", "title", "casename"]),
        st.text(st.characters(), max_size=20),
        max_size=4,
    ).map(lambda record: json.dumps(record).encode()),
    suffix=st.sampled_from(["md", "txt", "json", "jsonl", "doc"]),
)
def test_the_batch_goes_on_whatever_one_file_holds(
    content: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("甲")
    (folder / f"一.{suffix}").write_bytes(content)
    (folder / "二.txt").write_text(_ruling(2), "utf-8")
    store = EmbeddedStore.in_memory()
    report = ingest(store, [folder], 1, _quiet)
    assert store.document("二.txt") is not None
    assert report.documents.total() + len(report.failures) >= 2 or (suffix == "jsonl" and not content.strip())


def test_a_path_that_does_not_exist_is_refused_before_anything_is_written(folder: Path, index: Path) -> None:
    store = EmbeddedStore.open_or_create(index)
    with pytest.raises(InputError, match="路径不存在"):
        ingest(store, [folder, folder / "没有"], 1, _quiet)
    assert _content(index) == {}
    assert EmbeddedStore.open(index).manifest.corpora == ()


def test_the_progress_ends_with_all_files_done(folder: Path, index: Path) -> None:
    told: list[tuple[int, int]] = []
    ingest(EmbeddedStore.open_or_create(index), [folder], 1, lambda done, total: told.append((done, total)))
    assert told == [(number, 5) for number in range(1, 6)]


def _stop_at(number: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done == number:
            raise RuntimeError("the disk is gone")

    return progress


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_breaks_leaves_the_last_good_index_and_the_next_completes_it(
    jobs: int, folder: Path, index: Path
) -> None:
    _run(index, folder)
    before = _content(index)
    for name in ("甲规则.md", "乙规则.md"):
        (folder / "规则" / name).write_text(_norm(name, "鹦鹉不得查封。"), "utf-8")
    (folder / "裁定一.txt").write_text(_ruling(1, "查封鹦鹉一只"), "utf-8")
    store = EmbeddedStore.open(index)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        ingest(store, [folder], jobs, _stop_at(4))
    assert _content(index) == before
    assert _found(index, "牦牛检疫")[0][1] == "规则/乙规则.md#第一条"
    report = _run(index, folder)
    assert report.unchanged == 2
    assert {name for _, name in _found(index, "鹦鹉")} >= {"规则/甲规则.md#第一条", "规则/乙规则.md#第一条"}
    assert _documents(index) == ALL


def test_a_run_that_breaks_between_commits_keeps_what_was_committed(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_COMMIT_EVERY", 1)
    store = EmbeddedStore.open_or_create(index)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        ingest(store, [folder], 1, _stop_at(4))
    kept = _documents(index)
    assert "裁定.jsonl/k0" in kept
    assert "规则/甲规则.md" not in kept
    report = _run(index, folder)
    assert report.unchanged >= 1
    assert _documents(index) == ALL


def test_a_file_of_many_records_is_replaced_as_a_whole(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_BATCH_TEXT", 1)
    monkeypatch.setattr(pipeline, "_COMMIT_EVERY", 1)
    path = tmp_path / "甲.jsonl"
    path.write_text("\n".join(json.dumps({"id": n, "text": _ruling(n)}) for n in range(20)), "utf-8")
    assert dict(_run(index, path).documents) == {"precedent": 20}
    path.write_text("\n".join(json.dumps({"id": n, "text": _ruling(n)}) for n in range(10, 25)), "utf-8")
    assert dict(_run(index, path).documents) == {"precedent": 15}
    assert _documents(index) == sorted(f"甲.jsonl/{n}" for n in range(10, 25))


def test_a_second_writer_is_refused_and_the_first_unharmed(folder: Path, index: Path) -> None:
    _run(index, folder)
    before = _content(index)
    (folder / "裁定三.txt").write_text(_ruling(3), "utf-8")
    with EmbeddedStore.open(index).writing(), pytest.raises(IndexBusyError):
        _run(index, folder)
    assert _content(index) == before
    assert dict(_run(index, folder).documents) == {"precedent": 1}


_CHILD = """
import sys
from pathlib import Path
from ingest import pipeline
from search.store import EmbeddedStore

pipeline._COMMIT_EVERY = 20
folder, index = Path(sys.argv[1]), Path(sys.argv[2])
pipeline.ingest(EmbeddedStore.open_or_create(index), [folder], 1, lambda done, total: print(done, flush=True))
"""


def test_a_killed_run_leaves_the_last_good_index_and_the_next_completes_it(
    tmp_path: Path, index: Path
) -> None:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "000.txt").write_text(_ruling(1, "查封鹦鹉一只"), "utf-8")
    _run(index, folder)
    for number in range(1, 1500):
        (folder / f"{number:04}.txt").write_text(_ruling(number + 1), "utf-8")
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
    kept = _documents(index)
    assert "000.txt" in kept
    assert 20 <= len(kept) < 1500
    assert _found(index, "鹦鹉")[0][1].startswith("000.txt#")
    store = EmbeddedStore.open(index)
    documents = [store.document(name) for name in kept]
    assert all(document is not None and document.text for document in documents)

    report = _run(index, folder)
    assert report.unchanged == len(kept)
    assert len(_documents(index)) == 1500
    assert report.failures == []
