"""Above the exact limit a graph gives the candidates: the same hits, whatever came, went or broke since."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import search.vector_graph
import search.vectors
from search.protocols import Vectors
from search.vector_graph import VectorGraph
from search.vectors import Subset, VectorShards

COUNT, DIMENSION, LIMIT, HITS = 3_000, 24, 1_000, 10
RANDOM = np.random.default_rng(11)
KEYS = np.unique(RANDOM.integers(0, 2**63 - 1, COUNT, dtype=np.int64))
# Not of unit length: what other Haystack components write need not be.
VECTORS = (RANDOM.normal(size=(COUNT, DIMENSION)) * 3).astype(np.float32)
QUERIES = RANDOM.normal(size=(20, DIMENSION)).astype(np.float32)
FRESH = np.array([5, 7], dtype=np.int64)

Searched = list[int]


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> Searched:
    """The counts of candidates that graphs were asked for, under a limit that the vectors here exceed."""
    counts: Searched = []
    nearest = VectorGraph.nearest

    def counted(graph: VectorGraph, query: npt.NDArray[np.float16], count: int) -> npt.NDArray[np.int64]:
        counts.append(count)
        return nearest(graph, query, count)

    monkeypatch.setattr(VectorGraph, "nearest", counted)
    monkeypatch.setattr(search.vectors, "EXACT_LIMIT", LIMIT)
    monkeypatch.setattr(search.vector_graph, "NODE_COST", 2)
    return counts


def with_graph(folder: Path, batch: int = 1_000) -> VectorShards:
    shards = VectorShards(folder)
    for start in range(0, COUNT, batch):
        shards.add(KEYS[start : start + batch], VECTORS[start : start + batch])
    shards.join(KEYS)
    return shards


def graphs(folder: Path) -> list[Path]:
    return sorted(folder.glob("graph-*"))


def exactly(subset: Subset, query: Vectors, limit: int = HITS) -> list[tuple[int, float]]:
    return Subset(subset.keys, subset.vectors).search(query, limit)


def assert_agrees(subset: Subset, queries: Vectors = QUERIES) -> None:
    """Nearly all of the exact hits of all queries, each with the exact cosine, nearest first."""
    common = 0
    for query in queries:
        found, expected = subset.search(query, HITS), exactly(subset, query)
        assert len({key for key, _ in found}) == len(found) == HITS
        assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
        cosines = dict(exactly(subset, query, len(subset.keys)))
        assert [cosine for _, cosine in found] == pytest.approx([cosines[key] for key, _ in found])
        common += len(dict(found).keys() & dict(expected).keys())
    assert common >= 0.98 * HITS * len(queries)


def test_above_the_limit_a_graph_finds_what_exact_search_finds(tmp_path: Path, asked: Searched) -> None:
    shards = with_graph(tmp_path)
    assert len(graphs(tmp_path)) == 1
    for opened in (shards, VectorShards(tmp_path)):
        asked.clear()
        assert_agrees(opened.subset(KEYS))
        assert len(asked) == len(QUERIES)


def test_up_to_the_limit_there_is_no_graph(tmp_path: Path, asked: Searched) -> None:
    shards = VectorShards(tmp_path)
    for start in (0, LIMIT // 2):
        shards.add(KEYS[start : start + LIMIT // 2], VECTORS[start : start + LIMIT // 2])
    shards.join(KEYS)
    assert graphs(tmp_path) == []
    assert len(shards.subset(KEYS).search(QUERIES[0], HITS)) == HITS
    assert asked == []


def test_a_subset_within_the_limit_is_searched_exactly(tmp_path: Path, asked: Searched) -> None:
    few = with_graph(tmp_path).subset(KEYS[:LIMIT])
    assert few.search(QUERIES[0], HITS) == exactly(few, QUERIES[0])
    assert asked == []


def test_under_a_filter_the_graph_is_asked_for_as_many_more_as_the_filter_leaves_out(
    tmp_path: Path, asked: Searched
) -> None:
    half = with_graph(tmp_path).subset(KEYS[::2])
    assert_agrees(half)
    assert {key for query in QUERIES for key, _ in half.search(query, HITS)} <= set(KEYS[::2].tolist())
    assert set(asked) == {2 * search.vector_graph.LEAST_FETCHED}


def test_where_the_filter_leaves_too_few_candidates_search_is_exact(
    tmp_path: Path, asked: Searched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The filter lets through only what is far from the query, so that no candidate passes it."""
    query = QUERIES[0]
    shards = with_graph(tmp_path)
    far = [key for key, _ in exactly(shards.subset(KEYS), query, COUNT)][COUNT // 2 :]
    subset = shards.subset(np.sort(np.array(far, dtype=np.int64)))
    assert subset.search(query, HITS) == exactly(subset, query)
    assert len(asked) == 1


def test_who_asks_for_all_is_answered_exactly(tmp_path: Path, asked: Searched) -> None:
    everything = with_graph(tmp_path).subset(KEYS)
    assert everything.search(QUERIES[0], COUNT) == exactly(everything, QUERIES[0], COUNT)
    assert asked == []


def test_what_comes_after_the_graph_is_found_beside_it(tmp_path: Path, asked: Searched) -> None:
    shards = with_graph(tmp_path)
    shards.add(FRESH, QUERIES[:2])
    living = np.sort(np.concatenate([FRESH, KEYS]))
    for opened in (shards, VectorShards(tmp_path)):
        asked.clear()
        everything = opened.subset(living)
        assert [everything.search(query, 1)[0][0] for query in QUERIES[:2]] == FRESH.tolist()
        assert_agrees(everything)
        assert asked


def test_a_new_vector_of_a_key_in_the_graph_takes_the_place_of_the_old_one(
    tmp_path: Path, asked: Searched
) -> None:
    shards = with_graph(tmp_path)
    shards.add(KEYS[:1], QUERIES[:1])
    for opened in (shards, VectorShards(tmp_path)):
        everything = opened.subset(KEYS)
        assert everything.search(QUERIES[0], 1)[0] == (KEYS[0], pytest.approx(1.0, abs=2e-3))
        assert KEYS[0] not in dict(everything.search(VECTORS[0], 1))
        assert len(everything.keys) == COUNT
    assert asked


def test_keys_that_no_longer_live_are_not_found(tmp_path: Path, asked: Searched) -> None:
    shards = with_graph(tmp_path)
    for query in QUERIES:
        nearest = shards.subset(KEYS).search(query, HITS)
        living = shards.subset(KEYS[~np.isin(KEYS, [key for key, _ in nearest])])
        found = living.search(query, HITS)
        assert not dict(found).keys() & dict(nearest).keys()
        assert max(cosine for _, cosine in found) <= nearest[-1][1]
    assert len(asked) == 2 * len(QUERIES)


def test_a_small_addition_is_joined_beside_the_graph(tmp_path: Path) -> None:
    shards = with_graph(tmp_path)
    (graph,) = graphs(tmp_path)
    living = np.sort(np.concatenate([FRESH, KEYS]))
    for key, query in zip(FRESH, QUERIES, strict=False):
        shards.add(np.array([key]), query[None, :])
    shards.join(living[1:])  # without the first of the fresh ones
    assert graphs(tmp_path) == [graph]
    assert len(list(tmp_path.glob("*.keys.npy"))) == 2
    for opened in (shards, VectorShards(tmp_path)):
        assert set(opened.keys.tolist()) == set(living[1:].tolist())
        assert_agrees(opened.subset(living))


@pytest.mark.parametrize("change", ["grown", "shrunk"])
def test_after_a_great_change_joining_builds_another_graph(
    tmp_path: Path, asked: Searched, change: str
) -> None:
    shards = with_graph(tmp_path)
    (before,) = graphs(tmp_path)
    living = KEYS[: COUNT // 2]
    if change == "grown":
        fresh = np.arange(COUNT // 2, dtype=np.int64)
        shards.add(fresh, -VECTORS[: len(fresh)])
        living = np.sort(np.concatenate([fresh, KEYS]))
    shards.join(living)
    (after,) = graphs(tmp_path)
    assert after != before
    assert set(VectorShards(tmp_path).keys.tolist()) == set(living.tolist())
    assert_agrees(VectorShards(tmp_path).subset(living))
    assert asked


def test_the_graph_goes_where_few_vectors_are_left(tmp_path: Path, asked: Searched) -> None:
    shards = with_graph(tmp_path)
    shards.add(FRESH, QUERIES[:2])
    shards.join(KEYS[:LIMIT])
    assert graphs(tmp_path) == []
    assert_agrees(VectorShards(tmp_path).subset(KEYS))
    assert asked == []


def halved(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def changed_inside(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [halved, changed_inside, emptied, Path.unlink])
def test_without_a_whole_graph_search_is_exact_until_joining_builds_another(
    tmp_path: Path, asked: Searched, damage: Callable[[Path], None]
) -> None:
    with_graph(tmp_path)
    damage(*graphs(tmp_path))
    opened = VectorShards(tmp_path)
    everything = opened.subset(KEYS)
    assert everything.search(QUERIES[0], HITS) == exactly(everything, QUERIES[0])
    assert asked == []
    opened.join(KEYS)
    assert_agrees(VectorShards(tmp_path).subset(KEYS))
    assert len(asked) == len(QUERIES)


def test_a_graph_of_other_vectors_is_not_used(tmp_path: Path, asked: Searched) -> None:
    """Another name is another shard; a file under the right name must have as many nodes as it has rows."""
    with_graph(tmp_path / "a")
    few = VectorShards(tmp_path / "b")
    few.add(KEYS[: LIMIT + 1], VECTORS[: LIMIT + 1])
    few.join(KEYS)
    (right,), (wrong,) = graphs(tmp_path / "a"), graphs(tmp_path / "b")
    shutil.copy(wrong, tmp_path / "a")
    right.unlink()
    shard = right.name.rpartition("-")[0]
    for name in (wrong.name, f"{shard}-{wrong.name.rpartition('-')[2]}"):
        shutil.copy(wrong, tmp_path / "a" / name)
        everything = VectorShards(tmp_path / "a").subset(KEYS)
        assert everything.search(QUERIES[0], HITS) == exactly(everything, QUERIES[0])
    assert asked == []


@pytest.mark.parametrize("moment", ["_save", "remove_graphs", "write_graph"])
def test_a_crash_while_joining_leaves_everything_searchable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    shards = with_graph(tmp_path)
    fresh = np.arange(COUNT // 2, dtype=np.int64)
    shards.add(fresh, -VECTORS[: len(fresh)])
    living = np.sort(np.concatenate([fresh, KEYS]))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(search.vectors, moment, crash)
        with pytest.raises(KeyboardInterrupt):
            shards.join(living)
    left = VectorShards(tmp_path)
    assert_agrees(left.subset(living))
    left.join(living)
    assert len(graphs(tmp_path)) == 1
    assert len(list(tmp_path.glob("*.keys.npy"))) == 1
    assert_agrees(VectorShards(tmp_path).subset(living))


def test_a_joined_shard_beside_the_old_ones_and_their_graph_counts_once(tmp_path: Path) -> None:
    """What a crash leaves that comes after writing the joined shard and before removing the others."""
    with_graph(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    shards = VectorShards(tmp_path / "a")
    fresh = np.arange(COUNT // 2, dtype=np.int64)
    shards.add(fresh, -VECTORS[: len(fresh)])
    living = np.sort(np.concatenate([fresh, KEYS]))
    shards.join(living)
    for file in (tmp_path / "a").glob("*.npy"):
        shutil.copy(file, tmp_path / "b")
    left = VectorShards(tmp_path / "b")
    assert sorted(left.keys.tolist()) == living.tolist()
    assert_agrees(left.subset(living))


def test_what_a_crash_left_of_a_graph_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "graph-000000-00.draft").write_bytes(b"usearch")
    (tmp_path / "graph-000000-00-00.usearch").write_bytes(b"usearch")
    with_graph(tmp_path)
    assert len(graphs(tmp_path)) == 1


def test_another_reader_sees_the_graph_when_it_comes_and_keeps_the_one_it_has(
    tmp_path: Path, asked: Searched
) -> None:
    writing = VectorShards(tmp_path)
    writing.add(KEYS, VECTORS)
    reading = VectorShards(tmp_path)
    reading.subset(KEYS).search(QUERIES[0], HITS)
    assert asked == []
    writing.join(KEYS)
    reading.refresh()
    before = reading.subset(KEYS)
    assert_agrees(before)
    assert len(asked) == len(QUERIES)
    writing.join(KEYS[: COUNT // 2])
    assert_agrees(before)
    reading.refresh()
    assert len(reading.keys) == COUNT // 2


def test_many_threads_find_what_one_finds(tmp_path: Path) -> None:
    shards = with_graph(tmp_path)
    subsets = [shards.subset(KEYS), shards.subset(KEYS[::2])]
    work = [(subset, query) for subset in subsets for query in QUERIES] * 10
    alone = [subset.search(query, HITS) for subset, query in work]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: one[0].search(one[1], HITS), work)) == alone


def test_vectors_in_memory_are_searched_exactly(asked: Searched) -> None:
    shards = VectorShards(None)
    shards.add(KEYS, VECTORS)
    shards.join(KEYS)
    everything = shards.subset(KEYS)
    assert everything.search(QUERIES[0], HITS) == exactly(everything, QUERIES[0])
    assert asked == []
