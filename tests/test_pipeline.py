"""Files become a committed index: again, changed, alike, of one name, and beside files that are broken."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_examples import ALL, content, documents, found, norm, ruling, run, write_folder

from ingest.pipeline import Listener, Options, ingest
from ingest.sources import find_files
from legal.errors import InputError
from search.store import EmbeddedStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_every_file_of_a_folder_is_indexed_and_counted(folder: Path, index: Path) -> None:
    report = run(index, folder)
    assert documents(index) == ALL
    assert (report.files, report.unchanged, report.articles) == (5, 0, 3)
    assert dict(report.documents) == {"policy": 2, "precedent": 5}
    assert report.passages == len(content(index)) == EmbeddedStore.open(index).keywords.count()
    assert (report.failures, report.notices) == ([], [])


def test_what_was_indexed_is_found_and_can_be_read_whole(folder: Path, index: Path) -> None:
    run(index, folder)
    assert found(index, "牦牛检疫")[0][1] == "规则/乙规则.md#第一条"
    document = EmbeddedStore.open(index).document("裁定一.txt")
    assert document is not None
    assert document.text == ruling(1)
    assert (document.folder, document.source) == ("资料", "裁定一.txt")


def test_a_second_run_changes_nothing(folder: Path, index: Path) -> None:
    run(index, folder)
    before = content(index)
    again = run(index, folder)
    assert (again.files, again.unchanged, again.passages) == (5, 5, 0)
    assert not again.documents
    assert content(index) == before


def test_a_changed_file_replaces_its_document_and_no_old_passage_remains(folder: Path, index: Path) -> None:
    run(index, folder)
    (folder / "规则" / "甲规则.md").write_text(norm("甲规则", "鹦鹉不得查封。"), "utf-8")
    report = run(index, folder)
    assert (report.unchanged, dict(report.documents)) == (4, {"policy": 1})
    own = {name: text for name, (text, _) in content(index).items() if name.startswith("规则/甲规则.md#")}
    assert own == {"规则/甲规则.md#第一条": "第一条 鹦鹉不得查封。"}
    assert documents(index) == ALL


def test_a_record_that_left_its_file_leaves_the_index(folder: Path, index: Path) -> None:
    run(index, folder)
    lines = (folder / "裁定.jsonl").read_text("utf-8").split("\n")
    (folder / "裁定.jsonl").write_text("\n".join(lines[:2]), "utf-8")
    run(index, folder)
    assert documents(index) == [name for name in ALL if name != "裁定.jsonl/k2"]


def test_two_jobs_give_the_same_index_as_one(folder: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    first, second = run(one, folder), run(two, folder, jobs=2)
    assert (first.failures, second.failures) == ([], [])  # a worker that died is said there, with its file
    assert content(one) == content(two)
    assert (first.documents, first.passages) == (second.documents, second.passages)
    for text in ("查封", "张某的房屋", "续行查封申请"):
        assert found(one, text) == found(two, text) != []


def test_one_file_given_by_its_path_has_its_name_as_id(folder: Path, index: Path) -> None:
    run(index, folder / "规则" / "甲规则.md")
    assert documents(index) == ["甲规则.md"]


def test_hidden_files_and_folders_are_passed_over(folder: Path) -> None:
    (folder / ".draft.md").write_text("甲", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "甲.md").write_text("甲", "utf-8")
    assert [file.id for file in find_files([folder]).files] == [
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
    report = run(index, folder)
    assert [joined.where for joined in report.joined] == ["规则/甲规则副本.md"]
    assert "规则/甲规则.md 相同" in report.joined[0].reason
    assert report.failures == []
    assert {"规则/甲规则.md", "规则/甲规则副本.md"} <= set(documents(index))


def test_one_id_twice_in_a_file_with_one_content_is_taken_in_once(tmp_path: Path, index: Path) -> None:
    line = json.dumps({"id": "k", "text": ruling(1)})
    path = tmp_path / "甲.jsonl"
    path.write_text(f"{line}\n{line}\n", "utf-8")
    report = run(index, path)
    assert documents(index) == ["甲.jsonl/k"]
    assert [notice.where for notice in report.notices] == ["甲.jsonl/k"]
    assert report.failures == []


def test_one_id_twice_in_a_file_with_two_contents_is_refused_and_reported(
    tmp_path: Path, index: Path
) -> None:
    path = tmp_path / "甲.jsonl"
    path.write_text("\n".join(json.dumps({"id": "k", "text": ruling(n)}) for n in (1, 2)), "utf-8")
    report = run(index, path)
    assert dict(report.documents) == {"precedent": 1}
    assert [failure.where for failure in report.failures] == ["甲.jsonl/k"]
    document = EmbeddedStore.open(index).document("甲.jsonl/k")
    assert document is not None
    assert document.text == ruling(1)


def test_files_alike_that_cannot_be_taken_in_are_not_said_to_be(folder: Path, index: Path) -> None:
    for name in ("甲.md", "乙.md"):
        (folder / name).write_text("---\na: b\n---\n", "utf-8")
    report = run(index, folder)
    assert sorted(failure.where for failure in report.failures) == ["乙.md", "甲.md"]
    assert report.notices == []


def test_a_path_given_twice_is_read_once(folder: Path, index: Path) -> None:
    file = folder / "裁定一.txt"
    report = run(index, file, file.parent / "规则" / ".." / "裁定一.txt")
    assert (report.files, dict(report.documents)) == (1, {"precedent": 1})
    assert documents(index) == ["裁定一.txt"]


def test_two_folders_of_one_name_do_not_delete_each_others_documents(tmp_path: Path, index: Path) -> None:
    roots = [tmp_path / year / "裁定" for year in ("2023", "2024")]
    for number, root in enumerate(roots, start=1):
        root.mkdir(parents=True)
        (root / "一.txt").write_text(ruling(number), "utf-8")
    report = run(index, *roots)
    assert [failure.where for failure in report.failures] == ["一.txt"]
    document = EmbeddedStore.open(index).document("一.txt")
    assert document is not None
    assert document.text == ruling(1)


def test_a_file_whose_name_is_no_text_is_taken_in_under_a_name_that_is(folder: Path, index: Path) -> None:
    """Archives from old systems hold names in GBK; Linux hands them on as bytes."""
    path = os.fsencode(folder) + b"/" + "丙.txt".encode("gbk")
    Path(os.fsdecode(path)).write_text(ruling(7), "utf-8")
    report = run(index, folder)
    assert report.failures == []
    assert documents(index) == sorted([*ALL, r"\xb1\xfb.txt"])
    assert run(index, folder).unchanged == 6


def _twin_folders(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "甲地", tmp_path / "乙地"
    for number, root in enumerate((one, other), start=1):
        root.mkdir()
        (root / "裁定.txt").write_text(ruling(number), "utf-8")
    return one, other


def test_one_id_from_two_folders_in_one_run_is_refused_and_reported(tmp_path: Path, index: Path) -> None:
    one, other = _twin_folders(tmp_path)
    report = run(index, one, other)
    assert [failure.where for failure in report.failures] == ["裁定.txt"]
    document = EmbeddedStore.open(index).document("裁定.txt")
    assert document is not None
    assert document.text == ruling(1)


def test_one_id_from_two_folders_in_two_runs_is_refused_and_reported(tmp_path: Path, index: Path) -> None:
    one, other = _twin_folders(tmp_path)
    run(index, one)
    report = run(index, other)
    assert [failure.where for failure in report.failures] == ["裁定.txt"]
    assert "甲地" in report.failures[0].reason
    document = EmbeddedStore.open(index).document("裁定.txt")
    assert document is not None
    assert (document.folder, document.text) == ("甲地", ruling(1))


def test_one_id_from_two_folders_of_one_name_in_two_runs_is_refused_and_reported(
    tmp_path: Path, index: Path
) -> None:
    roots = [tmp_path / year / "裁定" for year in ("2023", "2024")]
    for number, root in enumerate(roots, start=1):
        root.mkdir(parents=True)
        (root / "一.txt").write_text(ruling(number), "utf-8")
    run(index, roots[0])
    assert [failure.where for failure in run(index, roots[1]).failures] == ["一.txt"]
    document = EmbeddedStore.open(index).document("一.txt")
    assert document is not None
    assert document.text == ruling(1)


def test_a_folder_that_has_moved_is_recognised_by_its_bytes(
    folder: Path, index: Path, tmp_path: Path
) -> None:
    run(index, folder)
    moved = folder.rename(tmp_path / "别处")
    report = run(index, moved)
    assert (report.unchanged, report.failures) == (5, [])
    assert documents(index) == ALL


def test_a_file_that_cannot_be_opened_is_reported_and_stops_nothing(folder: Path, index: Path) -> None:
    (folder / "断链.md").symlink_to(folder / "没有.md")
    report = run(index, folder)
    assert [failure.where for failure in report.failures] == ["断链.md"]
    assert documents(index) == ALL


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
    report = run(index, folder)
    assert report.failures
    assert all(failure.where.startswith(name) for failure in report.failures)
    assert all(failure.reason for failure in report.failures)
    assert documents(index) == ALL


def test_a_file_that_became_unreadable_keeps_its_last_good_document(folder: Path, index: Path) -> None:
    run(index, folder)
    (folder / "裁定一.txt").write_bytes(b"")
    report = run(index, folder)
    assert [failure.where for failure in report.failures] == ["裁定一.txt"]
    assert documents(index) == ALL


@pytest.mark.parametrize("field", ["id", "title", "text"])
def test_half_a_character_in_a_record_stops_nothing(field: str, folder: Path, index: Path) -> None:
    record = {"id": "k", "title": "甲", "text": ruling(9)}
    record[field] += "\ud83d"
    (folder / "半.jsonl").write_text(json.dumps(record), "utf-8")
    report = run(index, folder)
    assert set(ALL) <= set(documents(index))
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
    (folder / "二.txt").write_text(ruling(2), "utf-8")
    store = EmbeddedStore.in_memory()
    report = ingest(store, find_files([folder]), Options())
    assert store.document("二.txt") is not None
    assert report.documents.total() + len(report.failures) >= 2 or (suffix == "jsonl" and not content.strip())


def test_a_path_that_does_not_exist_is_refused_before_anything_is_written(folder: Path, index: Path) -> None:
    store = EmbeddedStore.open_or_create(index)
    with pytest.raises(InputError, match="路径不存在"):
        ingest(store, find_files([folder, folder / "没有"]), Options())
    assert content(index) == {}
    assert EmbeddedStore.open(index).manifest.corpora == ()


def test_the_progress_ends_with_all_files_done(folder: Path, index: Path) -> None:
    told: list[tuple[int, int]] = []

    class Heard(Listener):
        def progress(self, done: int, total: int) -> None:
            told.append((done, total))

    ingest(EmbeddedStore.open_or_create(index), find_files([folder]), Options(), Heard())
    assert told == [(number, 5) for number in range(1, 6)]
