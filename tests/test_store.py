"""The embedded store: versions of laws, what is superseded, and seeing what others wrote."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from search_examples import TinyEncoder, case, passage, policy, put, put_passages

from legal.versions import Version
from search.encoding import encode_missing
from search.store import EmbeddedStore

ARTICLE = {"第一条": "法院可以查封被执行人的房屋。"}
TITLE = "中华人民共和国民事强制法"


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory()


def test_the_versions_of_a_law_come_newest_first_and_those_without_a_date_last(store: EmbeddedStore) -> None:
    put(
        store,
        policy("旧.txt", TITLE, ARTICLE, adopted="1991-04-09"),
        policy("无日期.txt", TITLE, ARTICLE),
        policy("新.txt", TITLE, ARTICLE, adopted="2023-09-01"),
        policy("中.txt", "民事强制法", ARTICLE, adopted="2012-08-31"),
        policy("别的.txt", "仲裁条例", ARTICLE, adopted="2020-01-01"),
    )
    assert store.versions() == {
        "民事强制法": (
            Version("新.txt", TITLE, date(2023, 9, 1)),
            Version("中.txt", "民事强制法", date(2012, 8, 31)),
            Version("旧.txt", TITLE, date(1991, 4, 9)),
            Version("无日期.txt", TITLE, None),
        ),
        "仲裁条例": (Version("别的.txt", "仲裁条例", date(2020, 1, 1)),),
    }


def test_older_versions_are_superseded_and_those_without_a_date_are_not(store: EmbeddedStore) -> None:
    put(
        store,
        policy("旧.txt", TITLE, ARTICLE, adopted="1991-04-09"),
        policy("中.txt", TITLE, ARTICLE, adopted="2012-08-31"),
        policy("新.txt", TITLE, ARTICLE, adopted="2023-09-01"),
        policy("无日期.txt", TITLE, ARTICLE),
        policy("别的.txt", "仲裁条例", ARTICLE, adopted="1990-01-01"),
    )
    assert store.superseded() == {"旧.txt", "中.txt"}


def test_parts_adopted_on_one_day_do_not_supersede_each_other(store: EmbeddedStore) -> None:
    put(
        store,
        policy("总则编.txt", "民法典", ARTICLE, adopted="2020-05-28"),
        policy("合同编.txt", "民法典", ARTICLE, adopted="2020-05-28"),
        policy("草案.txt", "民法典", ARTICLE, adopted="2018-08-27"),
    )
    assert store.superseded() == {"草案.txt"}
    assert [v.document_id for v in store.versions()["民法典"]] == ["合同编.txt", "总则编.txt", "草案.txt"]


def test_cases_are_no_versions_of_anything(store: EmbeddedStore) -> None:
    put(store, case("一.txt", "甲市乙区人民法院（2023）云0102执异12号", {"查明": "无。"}, day="2023-05-06"))
    assert store.versions() == {}
    assert store.superseded() == frozenset()


def test_a_new_version_supersedes_as_soon_as_it_is_committed(store: EmbeddedStore) -> None:
    put(store, policy("旧.txt", TITLE, ARTICLE, adopted="1991-04-09"))
    assert store.superseded() == frozenset()
    put(store, policy("新.txt", TITLE, ARTICLE, adopted="2023-09-01"))
    assert store.superseded() == {"旧.txt"}


def test_what_another_store_commits_is_seen_by_refresh_if_changed(tmp_path: Path) -> None:
    writing = EmbeddedStore.open_or_create(tmp_path)
    put(writing, policy("旧.txt", TITLE, ARTICLE, adopted="1991-04-09"))
    reading = EmbeddedStore.open(tmp_path)
    assert reading.superseded() == frozenset()
    put(writing, policy("新.txt", TITLE, ARTICLE, adopted="2023-09-01"))
    assert reading.keywords.count() == 1
    reading.refresh_if_changed()
    assert reading.keywords.count() == 2
    assert reading.superseded() == {"旧.txt"}


def test_vectors_that_another_store_adds_are_seen_by_refresh_if_changed(tmp_path: Path) -> None:
    encoder = TinyEncoder()
    writing = EmbeddedStore.open_or_create(tmp_path)
    put_passages(writing, passage("a", "法院查封房屋"))
    reading = EmbeddedStore.open(tmp_path)
    assert reading.vector_search(encoder.encode_query("房屋")) == []
    list(encode_missing(writing, encoder))
    reading.refresh_if_changed()
    assert [p.id for _, p in reading.vector_search(encoder.encode_query("房屋"))] == ["a"]


def test_without_a_change_nothing_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_passages(EmbeddedStore.open_or_create(tmp_path), passage("a", "法院查封房屋"))
    store = EmbeddedStore.open(tmp_path)
    read: list[str] = []
    monkeypatch.setattr(store.keywords, "refresh", lambda: read.append("keywords"))
    store.refresh_if_changed()
    assert read == []


def test_a_store_in_memory_is_refreshed_without_a_folder(store: EmbeddedStore) -> None:
    put_passages(store, passage("a", "法院查封房屋"))
    store.refresh_if_changed()
    store.refresh()
    assert [p.id for p in store.passages()] == ["a"]


def test_the_encoded_share_counts_texts_that_have_a_vector(store: EmbeddedStore) -> None:
    assert store.encoded_share() == 1.0
    put_passages(store, *(passage(f"{n}", f"第{n}件") for n in range(4)))
    assert store.encoded_share() == 0.0
    keys = store.keywords.vector_keys()
    store.add_vectors(keys[:3], np.eye(3, dtype=np.float32))
    assert store.encoded_share() == 0.75


def test_the_vector_of_a_deleted_passage_is_not_found_and_not_counted(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    put_passages(store, passage("a", "法院查封房屋"), passage("b", "合同成立"))
    list(encode_missing(store, encoder))
    with store.writing() as writer:
        writer.delete("id", "a")
        writer.commit()
    put_passages(store, passage("c", "债权转让"))
    assert [p.id for _, p in store.vector_search(encoder.encode_query("法院查封房屋"))] == ["b"]
    assert store.encoded_share() == 0.5


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (None, ["甲", "乙", "丙"]),
        ({"field": "meta.year", "operator": ">", "value": 2020}, ["乙", "丙"]),
        ({"field": "meta.pages", "operator": ">", "value": 2}, ["丙"]),
    ],
    ids=["none", "by the index", "on the documents"],
)
def test_vector_search_finds_the_nearest_under_a_filter(
    store: EmbeddedStore, filters: dict[str, object] | None, expected: list[str]
) -> None:
    encoder = TinyEncoder()
    put_passages(
        store,
        passage("甲", "法院查封房屋", year=2020, pages=1),
        passage("乙", "法院查封房屋和车辆", year=2021, pages=2),
        passage("丙", "法院查封房屋、车辆、船舶和股权", year=2022, pages=3),
    )
    list(encode_missing(store, encoder))
    query = encoder.encode_query("法院查封房屋")
    assert [p.id for _, p in store.vector_search(query, filters)] == expected
    assert [p.id for _, p in store.vector_search(query, filters, limit=1)] == expected[:1]


def test_more_filters_than_are_kept_ready_give_the_same_results(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    put_passages(store, *(passage(f"{n}", "法院查封房屋", year=n) for n in range(12)))
    list(encode_missing(store, encoder))
    query = encoder.encode_query("查封")
    for n in [*range(12), 0, 5, 11, 11]:
        filters = {"field": "meta.year", "operator": "==", "value": n}
        assert [p.id for _, p in store.vector_search(query, filters)] == [f"{n}"]


def test_vectors_are_searched_in_many_threads_under_more_filters_than_are_kept(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    put_passages(store, *(passage(f"{n}", f"法院查封房屋第{n}套", year=n) for n in range(12)))
    list(encode_missing(store, encoder))
    query = encoder.encode_query("查封")

    def search(first: int) -> None:
        for n in [(first + step) % 12 for step in range(60)]:
            filters = {"field": "meta.year", "operator": "==", "value": n}
            assert [p.id for _, p in store.vector_search(query, filters)] == [f"{n}"]
            store.refresh()

    with ThreadPoolExecutor(4) as pool:
        searching = [pool.submit(search, first) for first in (0, 3, 6, 9)]
    assert [future.exception() for future in searching] == [None] * 4
