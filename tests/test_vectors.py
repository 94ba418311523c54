"""Vectors: exact nearest neighbours as numpy finds them, kept in shards that survive a crash."""

import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from search_examples import passage, put_passages

from legal.errors import IndexMismatchError
from search.protocols import Vectors
from search.store import EmbeddedStore
from search.vectors import VectorShards, embedding_text, vector_key

COUNT, DIMENSION = 300, 24
RANDOM = np.random.default_rng(7)
# Keys as they are in life: 63 bits, in no order.
KEYS = RANDOM.integers(0, 2**63 - 1, COUNT, dtype=np.int64)
VECTORS = RANDOM.normal(size=(COUNT, DIMENSION)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
QUERY = RANDOM.normal(size=DIMENSION).astype(np.float32)
QUERY /= np.linalg.norm(QUERY)


def filled(folder: Path | None, batch: int = COUNT) -> VectorShards:
    shards = VectorShards(folder)
    for start in range(0, COUNT, batch):
        shards.add(KEYS[start : start + batch], VECTORS[start : start + batch])
    return shards


def brute_force(query: Vectors, allowed: npt.NDArray[np.int64], limit: int) -> list[tuple[int, float]]:
    """The nearest keys and cosines by numpy, on the vectors in the precision in which they are kept."""
    kept = VECTORS.astype(np.float16).astype(np.float64)
    asked = query.astype(np.float16).astype(np.float64)
    cosines = kept @ asked / (np.linalg.norm(kept, axis=1) * np.linalg.norm(asked))
    rows = [row for row in np.argsort(-cosines) if KEYS[row] in set(allowed.tolist())]
    return [(int(KEYS[row]), float(cosines[row])) for row in rows[:limit]]


def assert_same(found: list[tuple[int, float]], expected: list[tuple[int, float]]) -> None:
    """The same cosines in the same order, and the same keys but where neighbours are equal to two digits."""
    assert [cosine for _, cosine in found] == pytest.approx([cosine for _, cosine in expected], abs=2e-3)
    assert len({key for key, _ in found}) == len(found)
    exact = dict(brute_force(QUERY, KEYS, COUNT))
    assert [cosine for _, cosine in found] == pytest.approx([exact[key] for key, _ in found], abs=2e-3)


@pytest.fixture
def some() -> npt.NDArray[np.int64]:
    return np.sort(KEYS[::7])


@pytest.mark.parametrize("limit", [1, 10, COUNT, COUNT + 5])
def test_search_finds_what_a_comparison_with_every_vector_finds(limit: int) -> None:
    assert_same(filled(None).subset(np.sort(KEYS)).search(QUERY, limit), brute_force(QUERY, KEYS, limit))


def test_a_vector_is_nearest_to_itself() -> None:
    everything = filled(None).subset(np.sort(KEYS))
    for key, vector in zip(KEYS[:20].tolist(), VECTORS, strict=False):
        nearest, cosine = everything.search(vector, 1)[0]
        assert nearest == key
        assert cosine == pytest.approx(1.0, abs=2e-3)


def test_search_in_a_subset_finds_only_allowed_keys(some: npt.NDArray[np.int64]) -> None:
    found = filled(None).subset(some).search(QUERY, 10)
    assert_same(found, brute_force(QUERY, some, 10))
    assert {key for key, _ in found} <= set(some.tolist())


def test_allowed_keys_without_a_vector_are_passed_over(some: npt.NDArray[np.int64]) -> None:
    shards = filled(None)
    strangers = np.array([1, 2, 3], dtype=np.int64)
    subset = shards.subset(np.sort(np.concatenate([some, strangers])))
    assert set(subset.keys.tolist()) == set(some.tolist())
    assert shards.subset(strangers).search(QUERY, 5) == []


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert VectorShards(None).subset(np.sort(KEYS)).search(QUERY, 5) == []
    assert filled(None).subset(np.sort(KEYS)).search(QUERY, 0) == []


def test_get_gives_the_vectors_of_the_keys_that_have_one() -> None:
    found = filled(None).get(np.array([KEYS[3], 1, KEYS[250], KEYS[3]], dtype=np.int64))
    assert set(found) == {int(KEYS[3]), int(KEYS[250])}
    for row in (3, 250):
        np.testing.assert_array_equal(
            found[int(KEYS[row])], VECTORS[row].astype(np.float16).astype(np.float32)
        )


@pytest.mark.parametrize("batch", [COUNT, 64, 1_000])
def test_vectors_are_on_disk_when_add_returns(tmp_path: Path, batch: int) -> None:
    before = filled(tmp_path, batch).subset(np.sort(KEYS)).search(QUERY, 20)
    assert VectorShards(tmp_path).subset(np.sort(KEYS)).search(QUERY, 20) == before
    assert list(tmp_path.glob("*.draft")) == []


def test_joined_shards_are_one_and_give_the_same_results(tmp_path: Path) -> None:
    shards = filled(tmp_path, 50)
    before = shards.subset(np.sort(KEYS)).search(QUERY, 20)
    shards.join(np.sort(KEYS))
    assert len(list(tmp_path.iterdir())) == 2
    for joined in (shards, VectorShards(tmp_path)):
        assert joined.subset(np.sort(KEYS)).search(QUERY, 20) == before


def test_joining_leaves_out_the_vectors_of_texts_that_are_gone(
    tmp_path: Path, some: npt.NDArray[np.int64]
) -> None:
    shards = filled(tmp_path, 50)
    reading = VectorShards(tmp_path)
    shards.join(some)
    reading.refresh()
    for joined in (shards, reading, VectorShards(tmp_path)):
        assert set(joined.keys.tolist()) == set(some.tolist())


def test_joining_again_and_again_never_writes_over_the_shard_that_is_there(tmp_path: Path) -> None:
    """A crash between the two files of a shard must find the old shard whole."""
    shards = filled(tmp_path, 100)
    seen: set[str] = set()
    for round_ in range(3):
        shards.join(np.unique(np.concatenate([KEYS, np.arange(round_ + 1)])))
        names = {path.name for path in tmp_path.iterdir()}
        assert not names & seen
        seen |= names
        shards.add(np.array([round_], dtype=np.int64), VECTORS[:1])
    assert len(VectorShards(tmp_path).keys) == COUNT + 3


def test_shards_that_another_joined_are_read_anew(tmp_path: Path) -> None:
    writing = filled(tmp_path, 100)
    reading = VectorShards(tmp_path)
    before = reading.subset(np.sort(KEYS)).search(QUERY, 20)
    writing.join(np.sort(KEYS))
    writing.add(np.array([5], dtype=np.int64), QUERY[None, :])
    reading.refresh()
    assert len(reading.keys) == COUNT + 1
    assert reading.subset(np.sort(KEYS)).search(QUERY, 20) == before
    assert reading.subset(np.array([5], dtype=np.int64)).search(QUERY, 1)[0][0] == 5


def test_what_a_crash_left_of_a_shard_is_ignored(tmp_path: Path) -> None:
    filled(tmp_path)
    whole = next(tmp_path.glob("*.vectors.npy"))
    shutil.copy(whole, tmp_path / "000001-00.vectors.npy")
    (tmp_path / "000002-00.vectors.npy.draft").write_bytes(b"\x93NUMPY")
    (tmp_path / "000001-00.keys.npy.draft").write_bytes(b"\x93NUM")
    assert len(VectorShards(tmp_path).keys) == COUNT


def test_shards_that_a_crash_left_beside_their_joined_one_count_once(tmp_path: Path) -> None:
    filled(tmp_path / "a", 100)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    VectorShards(tmp_path / "a").join(np.sort(KEYS))
    shutil.copytree(tmp_path / "a", tmp_path / "b", dirs_exist_ok=True)
    shards = VectorShards(tmp_path / "b")
    assert len(shards.keys) == COUNT
    assert_same(shards.subset(np.sort(KEYS)).search(QUERY, 20), brute_force(QUERY, KEYS, 20))


def test_a_key_counts_once_and_has_the_vector_that_came_last(tmp_path: Path) -> None:
    shards = VectorShards(tmp_path)
    shards.add(np.array([9, 4, 9], dtype=np.int64), VECTORS[:3])
    shards.add(np.array([4, 6], dtype=np.int64), VECTORS[3:5])
    for kept in (shards, VectorShards(tmp_path)):
        assert sorted(kept.keys.tolist()) == [4, 6, 9]
        assert kept.subset(np.array([4], dtype=np.int64)).keys.tolist() == [4]
        for key, row in ((9, 2), (4, 3), (6, 4)):
            vector = kept.get(np.array([key], dtype=np.int64))[key]
            np.testing.assert_array_equal(vector, VECTORS[row].astype(np.float16))


def test_a_vector_that_comes_after_joining_takes_the_place_of_the_joined_one(tmp_path: Path) -> None:
    shards = filled(tmp_path, 50)
    shards.join(np.sort(KEYS))
    shards.add(KEYS[:1], QUERY[None, :])
    for kept in (shards, VectorShards(tmp_path)):
        np.testing.assert_array_equal(kept.get(KEYS[:1])[int(KEYS[0])], QUERY.astype(np.float16))


def test_vectors_of_another_length_are_refused_and_leave_the_index_whole(tmp_path: Path) -> None:
    shards = filled(tmp_path)
    with pytest.raises(IndexMismatchError, match=r"24 维.*25 维"):
        shards.add(np.array([1], dtype=np.int64), np.ones((1, 25), dtype=np.float32))
    assert len(VectorShards(tmp_path).keys) == COUNT


@pytest.mark.parametrize(
    ("meta", "text"),
    [
        ({}, "法院查封房屋"),
        ({"title": "民事强制法"}, "民事强制法\n法院查封房屋"),
        ({"title": "民事强制法", "label": "第一条", "heading": "第一章"}, "民事强制法 第一条\n法院查封房屋"),
    ],
)
def test_the_encoder_reads_a_passage_with_its_title_and_label(meta: dict[str, str], text: str) -> None:
    assert embedding_text(passage("a", "法院查封房屋", **meta)) == text


def test_a_key_belongs_to_the_text_that_is_encoded_and_not_to_the_passage() -> None:
    key = vector_key(passage("a", "法院查封房屋", title="民事强制法", year=2020))
    assert key == vector_key(passage("b", "法院查封房屋", title="民事强制法", year=2021))
    assert key != vector_key(passage("a", "法院查封房屋", title="民事强制法修正案", year=2020))
    assert key != vector_key(passage("a", "法院查封车辆", title="民事强制法", year=2020))


def test_keys_use_all_of_their_63_bits() -> None:
    keys = [vector_key(passage("a", f"第{n}件")) for n in range(64)]
    assert 2**62 < max(keys) < 2**63
    assert len({key % 2**16 for key in keys}) > 32


def test_two_passages_of_one_text_share_one_vector_and_are_both_found() -> None:
    store = EmbeddedStore.in_memory()
    twins = [passage(name, "法院查封房屋") for name in ("b", "a")]
    put_passages(store, *twins, passage("c", "合同成立"))
    store.vectors.add(np.array([vector_key(twins[0])], dtype=np.int64), QUERY[None, :])
    store.refresh()
    assert [p.id for _, p in store.vector_search(QUERY)] == ["a", "b"]
    assert len(store.keywords.vector_keys()) == 2
    assert store.encoded_share() == 0.5
