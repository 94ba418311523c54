"""The keyword index: what is found in which order, what a commit shows, and that records come back whole."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from search_examples import case, passage, policy, put, put_passages

from legal.errors import IndexBusyError
from search.index_records import rows_of
from search.keyword_index import terms_of
from search.place import place_of
from search.store import EmbeddedStore

LAW = policy(
    "民事强制法.txt",
    "中华人民共和国民事强制法",
    {"第一条": "法院可以查封被执行人的房屋。", "第二条": "冻结存款的期限不得超过一年。"},
    adopted="2021-06-01",
)
RULING = case(
    "裁定一.txt",
    "甲市乙区人民法院（2023）云0102执异12号",
    {"查明": "案外人张某某主张房屋归其所有。", "本院认为": "案外人占有房屋早于查封。"},
    day="2023-05-06",
)


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory()


def found(store: EmbeddedStore, text: str, limit: int = 10) -> list[str]:
    return [hit.id for _, hit in store.keyword_search(text, limit=limit)]


def test_passages_are_ranked_as_bm25_has_it(store: EmbeddedStore) -> None:
    """More of the words, more often and in a shorter text come first; what has none does not come."""
    put_passages(
        store,
        passage("一个词", "法院扣押车辆，当事人没有提出任何意见，案件随后结束"),
        passage("两个词", "法院扣押船舶，当事人没有提出任何意见，案件随后结束"),
        passage("两个词且短", "法院扣押船舶"),
        passage("更多次", "法院扣押船舶，扣押船舶"),
        passage("没有", "合同自成立时生效"),
    )
    assert found(store, "扣押船舶") == ["更多次", "两个词且短", "两个词", "一个词"]


def test_a_rare_word_counts_more_than_a_common_one(store: EmbeddedStore) -> None:
    put_passages(
        store,
        passage("a", "查封房屋"),
        passage("b", "查封车辆"),
        passage("c", "查封船舶"),
        passage("d", "查封股权"),
        passage("e", "冻结存款"),
    )
    assert found(store, "查封，冻结")[0] == "e"


def test_a_word_that_is_in_no_dictionary_is_found_by_its_character_pairs(store: EmbeddedStore) -> None:
    put_passages(store, passage("a", "债务人螽斯榉与他人共有"), passage("b", "债务人与他人共有"))
    assert found(store, "螽斯榉") == ["a"]


def test_equal_scores_come_in_the_order_of_ids(store: EmbeddedStore) -> None:
    put_passages(store, *(passage(name, "法院查封房屋") for name in "乙丁甲丙"))
    hits = store.keyword_search("查封", limit=10)
    assert [hit.id for _, hit in hits] == sorted("乙丁甲丙")
    assert len({score for score, _ in hits}) == 1


def test_matches_in_title_and_heading_count(store: EmbeddedStore) -> None:
    text = "人民法院应当自收到之日起十五日内审查"
    put_passages(
        store,
        passage("plain", text),
        passage("titled", text, title="关于网络司法拍卖的规定"),
        passage("headed", text, heading="第三章 网络司法拍卖"),
    )
    assert set(found(store, "网络司法拍卖")) == {"titled", "headed"}
    assert found(store, "网络司法拍卖中法院审查")[-1] == "plain"


def test_full_width_and_upper_case_letters_are_found_as_the_narrow_ones(store: EmbeddedStore) -> None:
    put_passages(store, passage("a", "与ＡＢＣ公司约定年利率３．５％"), passage("b", "与甲公司没有约定"))
    assert found(store, "abc") == ["a"]
    assert found(store, "3.5%") == ["a"]


def test_a_query_without_any_term_finds_nothing(store: EmbeddedStore) -> None:
    put_passages(store, passage("a", "法院查封房屋"))
    assert found(store, "？！") == []


def test_no_more_hits_come_than_were_asked_for(store: EmbeddedStore) -> None:
    put_passages(store, *(passage(f"{n}", f"法院查封房屋{'，其他事项' * n}") for n in range(6)))
    assert found(store, "查封", limit=2) == ["0", "1"]


def test_a_whole_document_is_kept_for_reading_and_is_never_a_hit(store: EmbeddedStore) -> None:
    put(store, LAW, RULING)
    assert set(found(store, "查封房屋")) == {
        "民事强制法.txt#第一条",
        "裁定一.txt#查明",
        "裁定一.txt#本院认为",
    }
    assert store.keywords.count() == 4
    assert {p.id for p in store.keywords.passages()} == {p.id for e in (LAW, RULING) for p in e.passages}
    assert {d.id for d in store.keywords.documents()} == {"民事强制法.txt", "裁定一.txt"}


def test_documents_and_passages_come_back_as_they_went_in(store: EmbeddedStore) -> None:
    put(store, LAW, RULING)
    for entry in (LAW, RULING):
        assert store.document(entry.document.id) == entry.document
        ids = [p.id for p in entry.passages]
        assert store.passages_by_id(ids) == {p.id: p for p in entry.passages}
    assert store.document("没有.txt") is None


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "𠮷野家", "a\r\nb\u2028c", '{"payload": "\\"}', "债" * 70_000, "a" * 70_000],
    ids=["empty", "nul", "beyond the BMP", "line ends", "JSON", "one long run", "one long word"],
)
def test_any_text_comes_back_unchanged(store: EmbeddedStore, text: str) -> None:
    whole = passage("a", text, title="标题", nested={"list": [1, None, 2.5]}, day=20230506)
    put_passages(store, whole)
    assert store.passages_by_id(["a"]) == {"a": whole}


def test_one_passage_is_deleted_by_its_id(store: EmbeddedStore) -> None:
    put(store, LAW)
    with store.writing() as writer:
        writer.delete("id", "民事强制法.txt#第一条")
        writer.commit()
    assert found(store, "查封") == []
    assert found(store, "冻结") == ["民事强制法.txt#第二条"]
    assert store.document("民事强制法.txt") == LAW.document


def test_all_that_a_file_gave_is_deleted_by_its_source_and_nothing_else(store: EmbeddedStore) -> None:
    put(store, LAW, RULING)
    with store.writing() as writer:
        writer.delete("place", LAW.document.place)
        writer.commit()
    assert store.document("民事强制法.txt") is None
    assert store.keywords.count() == 2
    assert store.document("裁定一.txt") == RULING.document


def test_a_source_is_known_again_by_its_path_and_its_bytes(store: EmbeddedStore) -> None:
    put(store, LAW)
    path = place_of(b"elsewhere", LAW.document.source).path
    assert store.keywords.holds(path, LAW.document.sha256)
    assert not store.keywords.holds(place_of(b"elsewhere", "别的.txt").path, LAW.document.sha256)
    assert not store.keywords.holds(path, "0" * 64)


def test_the_values_of_a_field_are_listed_by_their_beginning(store: EmbeddedStore) -> None:
    courts = ("甲市丙区人民法院", "乙市人民法院", "甲市乙区人民法院")
    put_passages(store, *(passage(court, "查封", court=court) for court in courts))
    assert store.keywords.values("court", "甲市") == sorted(["甲市丙区人民法院", "甲市乙区人民法院"])
    assert len(store.keywords.values("court", "")) == 3
    assert store.keywords.values("court", "戊") == []


def test_nothing_is_seen_before_the_commit_and_everything_after_it(store: EmbeddedStore) -> None:
    put_passages(store, passage("old", "法院查封房屋"))
    with store.writing() as writer:
        writer.delete("id", "old")
        writer.add(rows_of(LAW, store.segmenter))
        assert found(store, "查封房屋") == ["old"]
        writer.commit()
        assert found(store, "查封房屋") == ["民事强制法.txt#第一条"]


def test_what_was_not_committed_is_gone_when_writing_ends_or_breaks_off(store: EmbeddedStore) -> None:
    with store.writing() as writer:
        writer.add(rows_of(LAW, store.segmenter))
    with suppress(RuntimeError), store.writing() as writer:
        writer.add(rows_of(RULING, store.segmenter))
        raise RuntimeError
    put_passages(store, passage("new", "合同成立"))
    assert [p.id for p in store.passages()] == ["new"]


def test_a_writer_can_clear_the_index(store: EmbeddedStore) -> None:
    put(store, LAW)
    with store.writing() as writer:
        writer.delete("record", "document")
        writer.delete("record", "passage")
        writer.commit()
    assert store.keywords.count() == 0
    assert list(store.keywords.documents()) == []


def test_what_another_store_commits_is_seen_after_a_refresh(tmp_path: Path) -> None:
    writing, reading = EmbeddedStore.open_or_create(tmp_path), EmbeddedStore.open(tmp_path)
    put(writing, LAW)
    assert found(reading, "查封") == []
    reading.refresh()
    assert found(reading, "查封") == ["民事强制法.txt#第一条"]


def test_an_index_opened_again_has_what_was_committed(tmp_path: Path) -> None:
    put(EmbeddedStore.open_or_create(tmp_path), LAW)
    assert found(EmbeddedStore.open(tmp_path), "冻结存款") == ["民事强制法.txt#第二条"]


def test_only_one_writes_at_a_time_and_the_other_is_told_so(tmp_path: Path) -> None:
    first, second = EmbeddedStore.open_or_create(tmp_path), EmbeddedStore.open(tmp_path)
    with first.writing(), pytest.raises(IndexBusyError, match="另一个进程正在写入"), second.writing():
        pass
    put(second, LAW)
    assert second.keywords.count() == 2


def test_reading_goes_on_as_it_began_while_the_index_changes(store: EmbeddedStore) -> None:
    put_passages(store, *(passage(f"{n}", f"第{n}件") for n in range(5)))
    reading = store.keywords.passages()
    seen = [next(reading).id]
    with store.writing() as writer:
        writer.delete("record", "document")
        writer.delete("record", "passage")
        writer.commit()
    put_passages(store, passage("new", "法院查封房屋"))
    seen += [p.id for p in reading]
    assert sorted(seen) == ["0", "1", "2", "3", "4"]


def test_searching_in_many_threads_sees_each_commit_whole_while_the_index_is_rewritten(
    store: EmbeddedStore,
) -> None:
    entries = [passage(f"{n:03}", "法院查封房屋") for n in range(200)]
    put_passages(store, *entries)
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            assert [hit for _, hit in store.keyword_search("查封", limit=500)] in ([], entries)
            assert {len(store.superseded()), len(store.versions())} == {0}

    with ThreadPoolExecutor(3) as pool:
        searching = [pool.submit(search) for _ in range(3)]
        for _ in range(6):
            with store.writing() as writer:
                writer.delete("record", "document")
                writer.delete("record", "passage")
                writer.commit()
            put_passages(store, *entries)
        stop.set()
    assert [future.exception() for future in searching] == [None] * 3


def test_a_query_has_each_word_and_each_pair_once(store: EmbeddedStore) -> None:
    terms = terms_of("查封、查封房屋", store.segmenter)
    assert terms.words == ("查封", "房屋")
    assert terms.pairs == ("查封", "封房", "房屋")
