"""Giving vectors: best texts first, each text once, going on where a run was stopped."""

from pathlib import Path

import pytest
from search_examples import TinyEncoder, case, passage, policy, put, put_passages

from legal.errors import IndexMismatchError
from search.encoding import encode_missing
from search.store import EmbeddedStore

BATCH = 256  # passages that the encoder is given at once


def one(word: str) -> dict[str, str]:
    return {"第一条": f"关于{word}。"}


def articles(count: int, word: str = "查封") -> dict[str, str]:
    return {f"第{n}条": f"关于{word}第{n}种情形。" for n in range(1, count + 1)}


def test_authoritative_texts_in_force_come_first_then_precedents_then_the_rest() -> None:
    store, encoder = EmbeddedStore.in_memory(), TinyEncoder()
    put_passages(store, passage("无", "没有种类"))
    put(
        store,
        policy("旧法.txt", "民事强制法", one("旧法"), adopted="1991-01-01"),
        policy("地方.txt", "甲市强制条例", one("地方"), level="地方性法规"),
        case("案.txt", "甲市乙区人民法院（2023）云0102执异12号", {"查明": "关于案件。"}, day="2023-05-06"),
        policy("其他.txt", "甲问题的答复", one("其他"), level="其他"),
        policy("解释.txt", "强制法的解释", one("解释"), level="司法解释"),
        policy("新法.txt", "民事强制法", one("新法"), adopted="2021-01-01"),
        policy("宪法.txt", "宪法", one("宪法"), level="宪法"),
        policy("条例.txt", "强制条例", one("条例"), level="行政法规"),
    )
    list(encode_missing(store, encoder))
    subjects = [text.split("关于")[-1].rstrip("。") for text in encoder.encoded]
    assert subjects[:-2] == ["宪法", "新法", "条例", "解释", "地方", "其他", "案件"]
    assert set(subjects[-2:]) == {"旧法", "没有种类"}


def test_progress_is_told_before_the_first_and_after_each_batch() -> None:
    store = EmbeddedStore.in_memory()
    put(store, policy("法.txt", "民事强制法", articles(600)))
    assert list(encode_missing(store, TinyEncoder())) == [(0, 600), (256, 600), (512, 600), (600, 600)]
    assert list(encode_missing(store, TinyEncoder())) == [(600, 600)]


def test_an_empty_index_is_encoded_at_once() -> None:
    encoder = TinyEncoder()
    assert list(encode_missing(EmbeddedStore.in_memory(), encoder)) == [(0, 0)]
    assert encoder.encoded == []


def test_a_run_that_was_stopped_goes_on_and_encodes_no_text_twice(tmp_path: Path) -> None:
    store, encoder = EmbeddedStore.open_or_create(tmp_path), TinyEncoder()
    put(store, policy("法.txt", "民事强制法", articles(600)))
    running = encode_missing(store, encoder)
    assert [next(running), next(running)] == [(0, 600), (256, 600)]
    running.close()
    assert len(encoder.encoded) == BATCH
    again = EmbeddedStore.open(tmp_path)
    assert again.encoded_share() == BATCH / 600
    assert [*encode_missing(again, encoder)] == [(256, 600), (512, 600), (600, 600)]
    assert len(encoder.encoded) == len(set(encoder.encoded)) == 600
    assert EmbeddedStore.open(tmp_path).encoded_share() == 1.0


def test_each_batch_can_be_searched_by_another_process_as_soon_as_it_is_told(tmp_path: Path) -> None:
    store, encoder = EmbeddedStore.open_or_create(tmp_path), TinyEncoder()
    put(store, policy("法.txt", "民事强制法", articles(300)))
    running = encode_missing(store, encoder)
    next(running), next(running)
    reading = EmbeddedStore.open(tmp_path)
    assert len(reading.vector_search(encoder.encode_query("查封"), limit=400)) == BATCH


def test_texts_that_did_not_change_are_not_encoded_again(tmp_path: Path) -> None:
    store, encoder = EmbeddedStore.open_or_create(tmp_path), TinyEncoder()
    put(store, policy("法.txt", "民事强制法", {"第一条": "关于查封。", "第二条": "关于冻结。"}))
    list(encode_missing(store, encoder))
    encoder.encoded.clear()
    put(store, policy("法.txt", "民事强制法", {"第一条": "关于查封。", "第二条": "关于冻结和扣押。"}))
    assert list(encode_missing(store, encoder)) == [(1, 2), (2, 2)]
    assert encoder.encoded == ["民事强制法 第二条\n第二条　关于冻结和扣押。"]


def test_the_same_text_in_two_files_is_encoded_once() -> None:
    store, encoder = EmbeddedStore.in_memory(), TinyEncoder()
    put(store, policy("甲.txt", "民事强制法", one("查封")), policy("乙.txt", "民事强制法", one("查封")))
    assert list(encode_missing(store, encoder)) == [(0, 1), (1, 1)]
    assert len(encoder.encoded) == 1
    assert len(store.vector_search(encoder.encode_query("查封"))) == 2


def test_encoding_leaves_one_shard_of_what_is_living(tmp_path: Path) -> None:
    store, encoder = EmbeddedStore.open_or_create(tmp_path), TinyEncoder()
    put(store, policy("法.txt", "民事强制法", articles(600)))
    list(encode_missing(store, encoder))
    put(store, policy("法.txt", "民事强制法", articles(10) | one("冻结")))
    list(encode_missing(store, encoder))
    assert len(list((tmp_path / "vectors").iterdir())) == 2
    assert sorted(store.vectors.keys) == sorted(store.keywords.vector_keys())


def test_encoding_goes_on_beside_searches_that_refresh_the_store(tmp_path: Path) -> None:
    store, encoder = EmbeddedStore.open_or_create(tmp_path), TinyEncoder()
    put(store, policy("法.txt", "民事强制法", articles(100)))
    running = encode_missing(store, encoder)
    next(running)
    next(running)
    put(EmbeddedStore.open(tmp_path), policy("新.txt", "仲裁条例", articles(30, "仲裁")))
    store.refresh_if_changed()
    list(running)
    list(encode_missing(store, encoder))
    assert store.encoded_share() == EmbeddedStore.open(tmp_path).encoded_share() == 1.0
    assert len(encoder.encoded) == len(set(encoder.encoded)) == 130


def test_the_encoder_is_written_into_the_manifest_and_no_other_is_let_in(tmp_path: Path) -> None:
    store, other = EmbeddedStore.open_or_create(tmp_path), TinyEncoder("tiny 2")
    put(store, policy("法.txt", "民事强制法", one("查封")))
    list(encode_missing(store, TinyEncoder("tiny 1")))
    again = EmbeddedStore.open(tmp_path)
    assert (again.manifest.encoder, again.manifest.dimension) == ("tiny 1", TinyEncoder.dimension)
    with pytest.raises(IndexMismatchError, match="tiny 2"):
        next(encode_missing(again, other))
    assert other.encoded == []
    assert again.manifest.encoder == "tiny 1"
