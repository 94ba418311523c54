"""Findings: what is known of a passage before it is read is what reading it would tell."""

import numpy as np
import pytest
from search_examples import case, passage, policy, put, put_passages

from search.findings import Finding, key_of, numbers_of
from search.store import EmbeddedStore

LONG = "查封的期限届满前，申请执行人可以申请续行查封。" * 60


@pytest.fixture
def store() -> EmbeddedStore:
    """A law with an article in parts, a ruling, and a passage that belongs to no document."""
    store = EmbeddedStore.in_memory()
    put(
        store,
        policy(
            "法.txt", "民事强制法", {"第一条": "法院可以查封房屋。", "第二条": LONG}, adopted="2021-03-01"
        ),
        case("案.txt", "（2020）云0102执异1号", {"查明": "查封房屋。", "判决": "驳回。"}, day="2020-05-06"),
    )
    put_passages(store, passage("独", "查封车辆。", year=2019))
    return store


def test_what_is_found_unread_is_equal_to_what_is_read(store: EmbeddedStore) -> None:
    unread = store.keywords.findings(None)
    assert len(unread) == len(store.passages()) > 5
    for finding in unread:
        read = Finding.of(finding.passage())
        assert finding[:7] == read[:7]
        assert (finding.hit, finding.place) == (read.hit, read.place)


def test_parts_of_an_article_are_one_hit_and_so_is_a_case(store: EmbeddedStore) -> None:
    shown: dict[tuple[str, int], set[str]] = {}
    for finding in store.keywords.findings(None):
        shown.setdefault(finding.hit, set()).add(finding.passage().id)
    assert {"法.txt#第二条", "法.txt#第二条~2"} <= next(
        ids for ids in shown.values() if "法.txt#第二条" in ids
    )
    assert {"法.txt#第一条"} in shown.values()
    assert {"案.txt#查明", "案.txt#判决"} <= next(ids for ids in shown.values() if "案.txt#查明" in ids)


def test_the_numbers_of_an_article() -> None:
    numbers = numbers_of(
        passage(
            "法.txt#第十二条~2", "内容。", document_id="法.txt", law="民事强制法", article="第十二条", start=7
        )
    )
    assert (numbers["article_number"], numbers["start"]) == (12, 7)
    assert numbers["norm_key"] == key_of("民事强制法#第十二条")
    assert numbers["hit_key"] == key_of("法.txt") ^ key_of("#第十二条")


def test_passages_are_found_by_the_keys_of_their_vectors_however_many_share_one() -> None:
    store = EmbeddedStore.in_memory()
    put_passages(store, passage("甲", "查封房屋。"), passage("乙", "查封房屋。"), passage("丙", "扣押车辆。"))
    encodable = store.keywords.encodable()
    same = Finding.of(passage("甲", "查封房屋。")).vector_key
    assert len(encodable.keys()) == 2
    assert {finding.passage().id for finding in encodable.with_keys([same])} == {"甲", "乙"}
    assert encodable.with_keys([same + 1]) == []
    assert np.all(np.diff(encodable.rows["key"]) >= 0)
