"""The manifest: an index is opened with exactly what made it, and every refusal says how to mend it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from legal.errors import IndexMismatchError, IndexMissingError
from search.manifest import FILE, SCHEMA, Manifest, read_manifest, write_manifest
from search.segmenter import PureJieba, RustJieba
from search.store import EmbeddedStore

FULL = Manifest(SCHEMA, "rjieba 0.2.2 words 00000000", "tiny 1", 64, ("法规", "案例"))


def changed(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads((folder / FILE).read_text(encoding="utf-8"))
    change(content)
    (folder / FILE).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize("manifest", [FULL, Manifest(SCHEMA, "jieba 0.42.1 words 00000000")])
def test_a_manifest_is_read_as_it_was_written_and_leaves_no_draft(tmp_path: Path, manifest: Manifest) -> None:
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_manifest_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write_manifest(tmp_path, FULL)
    write_manifest(tmp_path, FULL.with_corpus("新收"))
    read = read_manifest(tmp_path)
    assert read is not None
    assert read.corpora == ("法规", "案例", "新收")


def test_a_draft_that_a_crash_left_behind_is_not_read(tmp_path: Path) -> None:
    write_manifest(tmp_path, FULL)
    (tmp_path / f"{FILE}.draft").write_text('{"schema": 1, "segm', encoding="utf-8")
    assert read_manifest(tmp_path) == FULL


def test_a_corpus_is_named_once() -> None:
    assert FULL.with_corpus("案例") == FULL


def test_a_folder_without_manifest_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"schema": 5, "segmenter"', "已损坏"),
        (b"", "已损坏"),
        (b"[1, 2]", "已损坏"),
        (b"{}", "已损坏"),
        ("索引".encode("gbk"), "已损坏"),
        (b'{"schema": 0, "segmenter": "x", "corpora": []}', "格式版本是 0，本程序需要 5"),
        (b'{"schema": 99, "corpora": []}', "格式版本是 99，本程序需要 5"),
        (b'{"schema": 5, "segmenter": "x"}', "缺少内容"),
        (b'{"schema": 5, "corpora": []}', "缺少内容"),
        (b'{"schema": 5, "segmenter": "x", "corpora": [], "colour": "red"}', "缺少内容"),
    ],
    ids=[
        "cut off",
        "empty",
        "a list",
        "no schema",
        "not UTF-8",
        "older schema",
        "newer schema",
        "no corpora",
        "no segmenter",
        "unknown field",
    ],
)
def test_a_manifest_not_ours_is_refused_with_the_folder_and_the_command(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(IndexMismatchError, match=reason) as refused:
        EmbeddedStore.open(tmp_path)
    assert str(tmp_path) in refused.value.message
    assert "lvzhi ingest" in refused.value.message


@pytest.mark.parametrize("opening", [EmbeddedStore.open, EmbeddedStore.open_or_create])
def test_an_index_of_another_segmenter_is_refused_with_the_folder_and_the_command(
    tmp_path: Path, opening: Callable[[Path], EmbeddedStore]
) -> None:
    folder = tmp_path / "index"
    EmbeddedStore.open_or_create(folder)
    changed(folder, lambda content: content.update(segmenter="jieba 0.1 words 12345678"))
    with pytest.raises(IndexMismatchError, match="分词器") as refused:
        opening(folder)
    expected = ("jieba 0.1 words 12345678", str(folder), "lvzhi ingest")
    assert all(part in refused.value.message for part in expected)


def test_an_index_is_opened_with_the_segmenter_that_made_it_and_not_with_the_best(tmp_path: Path) -> None:
    assert EmbeddedStore.open_or_create(tmp_path).segmenter.name == RustJieba().name
    pure = PureJieba().name
    changed(tmp_path, lambda content: content.update(segmenter=pure))
    assert EmbeddedStore.open(tmp_path).segmenter.name == pure


@pytest.mark.parametrize(
    ("name", "dimension"), [("tiny 2", 64), ("tiny 1", 128)], ids=["another model", "another dimension"]
)
def test_an_index_of_another_encoder_is_refused_with_both_names_and_the_command(
    name: str, dimension: int
) -> None:
    with pytest.raises(IndexMismatchError, match="“tiny 1”") as refused:
        FULL.with_encoder(name, dimension)
    assert all(part in refused.value.message for part in (f"“{name}”", "lvzhi ingest", "--index"))


def test_the_first_encoder_is_written_down_and_accepted_ever_after(tmp_path: Path) -> None:
    store = EmbeddedStore.open_or_create(tmp_path)
    store.put_manifest(store.manifest.with_encoder("tiny 1", 64))
    again = EmbeddedStore.open(tmp_path).manifest
    assert (again.encoder, again.dimension) == ("tiny 1", 64)
    assert again.with_encoder("tiny 1", 64) == again


def test_a_place_without_index_is_refused_with_the_command_and_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    with pytest.raises(IndexMissingError, match="lvzhi ingest") as refused:
        EmbeddedStore.open(folder)
    assert f"--index {folder}" in refused.value.message
    assert not folder.exists()


def test_damaged_keywords_are_refused_with_the_folder_and_the_command(tmp_path: Path) -> None:
    EmbeddedStore.open_or_create(tmp_path)
    (tmp_path / "keywords" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexMismatchError, match="lvzhi ingest") as refused:
        EmbeddedStore.open(tmp_path)
    assert str(tmp_path) in refused.value.message
