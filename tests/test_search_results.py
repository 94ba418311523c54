"""How results come: reasons, pages, orders, snippets, with vectors, without, and where a part fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from search_examples import TinyEncoder, policy, put
from service_world import ENTRIES, filled_store, hits, ids

from legal.errors import IndexMismatchError, SearchIndexError
from search.encoding import encode_missing
from search.protocols import Vectors
from search.service import Hit, SearchRequest, SearchService
from search.store import EmbeddedStore
from search.synonyms import Synonyms
from search.vectors import embedding_text, vector_key


@pytest.fixture
def store() -> EmbeddedStore:
    return filled_store()


@pytest.fixture
def service(store: EmbeddedStore) -> SearchService:
    return SearchService(store, None)


def test_each_hit_explains_itself(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    list(encode_missing(store, encoder))
    found = {h.id: h.explanation for h in hits(SearchService(store, encoder), "查封房屋")}
    first = found["强制法.txt#第一条"]
    assert first[0] in {f"关键词第 {k} 位，语义第 {v} 位" for k in range(1, 9) for v in range(1, 9)}
    assert first[1:] == ("法律", "现行有效")
    assert found["答复.txt#第一条"][1:] == ("其他，降低排序", "效力不明")
    assert found["二案.txt#查明"][1:] == ("高级人民法院的文书，较下级法院优先",)
    named = hits(SearchService(store, encoder), "民诉法解释517条")
    assert named[0].explanation == ("与检索的法条或案号完全一致，排在最前", "现行有效")
    assert named[1].explanation == ("与检索的法条或案号完全一致，排在最前", "已被修改")


class BrokenEncoder(TinyEncoder):
    """A model whose query side fails."""

    def encode_query(self, text: str) -> Vectors:
        raise RuntimeError(text)


def test_without_the_encoder_the_keywords_answer_and_the_result_says_so(store: EmbeddedStore) -> None:
    list(encode_missing(store, TinyEncoder()))
    result = SearchService(store, BrokenEncoder()).search(SearchRequest("查封房屋", {"year": [2021]}))
    alone = SearchService(store, None).search(SearchRequest("查封房屋", {"year": [2021]}))
    assert result.notices == ("语义检索暂时不可用，本次只按关键词检索，可能遗漏表述不同的内容。",)
    assert (result.hits, result.total, result.facets) == (alone.hits, alone.total, alone.facets)
    assert result.encoded_share is None
    assert alone.notices == ()


def test_without_the_keyword_engine_the_vectors_answer_and_the_result_says_so(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = TinyEncoder()
    list(encode_missing(store, encoder))
    monkeypatch.setattr(store.keywords, "search", _broken)
    result = SearchService(store, encoder).search(SearchRequest("老赖"))
    assert result.hits[0].id == "强制法.txt#第三条"
    assert result.notices == ("关键词检索暂时不可用，本次只按语义检索，可能遗漏用词一致的内容。",)


@pytest.mark.parametrize("encoder", [None, BrokenEncoder()], ids=["keywords only", "both"])
def test_where_no_retriever_is_left_one_error_says_what_to_do(
    store: EmbeddedStore, encoder: TinyEncoder | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.keywords, "search", _broken)
    with pytest.raises(SearchIndexError, match="检索出错，暂时不能给出结果。请稍后再试"):
        SearchService(store, encoder).search(SearchRequest("查封"))


def _broken(*arguments: object) -> NoReturn:
    raise OSError("the disk is gone")


@pytest.mark.parametrize("left", [0, 40, -1], ids=["empty", "cut in the header", "one byte short"])
@pytest.mark.parametrize("kind", ["keys", "vectors"])
def test_with_a_damaged_file_of_vectors_the_rest_answers_until_it_is_encoded_anew(
    tmp_path: Path, kind: str, left: int
) -> None:
    encoder = TinyEncoder()
    put(EmbeddedStore.open_or_create(tmp_path), *ENTRIES[:3])
    list(encode_missing(EmbeddedStore.open(tmp_path), encoder))
    (first,) = (tmp_path / "vectors").glob(f"*.{kind}.npy")
    put(EmbeddedStore.open(tmp_path), *ENTRIES[3:])
    list(_before_joining(EmbeddedStore.open(tmp_path), encoder))
    content = first.read_bytes()
    first.write_bytes(content[:left])
    service = SearchService(EmbeddedStore.open(tmp_path), encoder)
    result = service.search(SearchRequest("查封房屋"))
    assert result.notices == (
        "部分语义向量文件已损坏，其中的内容只按关键词检索。重新运行 lvzhi ingest 可以补全。",
    )
    assert result.encoded_share == pytest.approx(4 / 8, abs=0.2)
    assert {h.id for h in result.hits} >= {"强制法.txt#第一条", "甲市条例.txt#第一条"}
    list(encode_missing(EmbeddedStore.open(tmp_path), encoder))
    result = service.search(SearchRequest("查封房屋"))
    assert (result.notices, result.encoded_share) == ((), 1.0)
    assert not first.exists()


def _before_joining(store: EmbeddedStore, encoder: TinyEncoder) -> Iterator[object]:
    """Encodes what is missing, and leaves the shards as a crash before their joining would."""
    work = encode_missing(store, encoder)
    while (done := next(work))[0] < done[1]:
        yield done
    work.close()


@pytest.mark.parametrize("sort", ["relevance", "newest", "authority"])
@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_pages_together_are_the_whole_without_gap_or_repeat(
    service: SearchService, sort: str, size: int
) -> None:
    whole = hits(service, "民诉法解释517条 查封房屋", sort=sort)
    paged: list[Hit] = []
    while page := hits(service, "民诉法解释517条 查封房屋", sort=sort, limit=size, offset=len(paged)):
        assert len(page) <= size
        paged += page
    assert tuple(paged) == whole
    assert [hit.rank for hit in whole] == list(range(1, len(whole) + 1))
    assert len({hit.id for hit in whole}) == len(whole) > 6


def test_many_hits_of_one_score_are_paged_without_gap_or_repeat(store: EmbeddedStore) -> None:
    same = {f"第{n}条": "拍卖公告。" for n in range(1, 40)}
    put(store, policy("同.txt", "拍卖规定", same))
    service = SearchService(store, None)
    pages = [ids(service, "拍卖", limit=7, offset=offset) for offset in range(0, 42, 7)]
    together = [name for page in pages for name in page]
    assert together == ids(service, "拍卖")
    assert len(set(together)) == len(together) == 39


def test_newest_first_leaves_what_has_no_date_to_the_end(service: SearchService) -> None:
    found = hits(service, "查封", sort="newest")
    days = [hit.meta.get("day", 0) for hit in found]
    assert days == sorted(days, reverse=True)
    assert (days[0], days[-1]) == (20230506, 0)


def test_equal_days_and_levels_stay_in_the_order_of_relevance(service: SearchService) -> None:
    only = {"law": ["民事强制法"]}
    by_relevance = ids(service, "查封房屋", choices=only)
    assert len(by_relevance) == 2
    for sort in ("newest", "authority"):
        assert ids(service, "查封房屋", choices=only, sort=sort) == by_relevance


def test_by_authority_laws_come_before_local_rules_and_high_courts_before_low_ones(
    service: SearchService,
) -> None:
    found = hits(service, "查封房屋，经过财产调查", sort="authority")
    levels = [hit.meta.get("authority_level") or hit.meta["court_level"] for hit in found]
    assert list(dict.fromkeys(levels)) == [
        "法律",
        "司法解释",
        "地方性法规",
        "其他",
        "高级人民法院",
        "基层人民法院",
    ]
    assert len({levels.index(level) for level in levels}) == len(dict.fromkeys(levels))


def test_the_snippet_marks_the_words_of_the_query(service: SearchService) -> None:
    hit = next(hit for hit in hits(service, "查封房屋") if hit.id == "强制法.txt#第一条")
    assert hit.snippet.text == "第一条　法院可以查封被执行人的房屋。"
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["查封", "房屋"]


def test_a_hit_points_to_the_characters_that_it_came_from(service: SearchService) -> None:
    for hit in hits(service, "查封房屋"):
        document = service.document(hit.document_id)
        assert document is not None
        assert hit.snippet.text == document.text[hit.meta["start"] : hit.meta["end"]]


def test_a_hit_says_where_the_keyword_search_found_it(service: SearchService) -> None:
    found = hits(service, "查封房屋", choices={"kind": ["policy"]})
    assert sorted(hit.keyword_rank or 0 for hit in found) == list(range(1, len(found) + 1))
    assert all(hit.vector_rank is None for hit in found)
    assert all(0 < hit.score <= 1 for hit in found)


def test_without_an_encoder_no_share_is_told(service: SearchService) -> None:
    assert service.search(SearchRequest("查封")).encoded_share is None


def test_meaning_finds_a_passage_that_shares_no_word_with_the_query(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    no_synonyms = Synonyms({})
    assert hits(SearchService(store, None, no_synonyms), "老赖") == ()
    list(encode_missing(store, encoder))
    found = hits(SearchService(store, encoder, no_synonyms), "老赖")
    assert (found[0].id, found[0].keyword_rank, found[0].vector_rank) == ("强制法.txt#第三条", None, 1)


def test_a_passage_that_both_find_tells_both_ranks(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    list(encode_missing(store, encoder))
    first = hits(SearchService(store, encoder), "失信被执行人不得乘坐飞机")[0]
    assert (first.id, first.keyword_rank, first.vector_rank) == ("强制法.txt#第三条", 1, 1)


def test_before_anything_is_encoded_keywords_answer_as_if_there_was_no_encoder(store: EmbeddedStore) -> None:
    service = SearchService(store, TinyEncoder())
    assert service.search(SearchRequest("查封")).encoded_share == 0.0
    assert hits(service, "查封房屋") == hits(SearchService(store, None), "查封房屋")


def test_the_few_texts_with_vectors_do_not_stand_above_the_right_one_without(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    others = [policy(f"{n}.txt", f"第{n}号办法", {"第一条": f"渔船第{n}次检验"}) for n in range(40)]
    put(store, policy("规定.txt", "冻结规定", {"第一条": "冻结银行存款的期限不超过一年"}), *others)
    some = next(store.keywords.passages(store.keywords.term("document_id", "7.txt")))
    keys = np.array([vector_key(some)], dtype=np.int64)
    store.add_vectors(keys, encoder.encode_passages([embedding_text(some)]))
    found = SearchService(store, encoder).search(SearchRequest("法院冻结银行存款最长多久"))
    assert found.hits[0].id == "规定.txt#第一条"
    assert found.encoded_share is not None
    assert 0 < found.encoded_share < 0.05


def test_the_share_of_texts_with_vectors_grows_while_they_are_encoded(tmp_path: Path) -> None:
    writing, encoder = EmbeddedStore.open_or_create(tmp_path), TinyEncoder()
    put(writing, policy("长.txt", "拍卖规定", {f"第{n}条": f"拍卖第{n}步。" for n in range(1, 401)}))
    service = SearchService(EmbeddedStore.open(tmp_path), encoder)
    shares = []
    for _ in encode_missing(writing, encoder):
        shares.append(service.search(SearchRequest("拍卖")).encoded_share)
    assert shares == [0.0, 0.64, 1.0]


def test_choices_hold_for_vectors_too(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    list(encode_missing(store, encoder))
    found = hits(SearchService(store, encoder), "老赖", choices={"kind": ["precedent"]})
    assert {hit.document_id for hit in found} == {"一案.txt", "二案.txt"}


def test_another_encoder_than_that_of_the_index_is_refused(store: EmbeddedStore) -> None:
    list(encode_missing(store, TinyEncoder("tiny 1")))
    with pytest.raises(IndexMismatchError, match="tiny 2"):
        SearchService(store, TinyEncoder("tiny 2"))


def test_what_another_process_commits_is_found_by_the_next_search(tmp_path: Path) -> None:
    writing = EmbeddedStore.open_or_create(tmp_path)
    put(writing, ENTRIES[0])
    service = SearchService(EmbeddedStore.open(tmp_path), None)
    assert not hits(service, "民诉法解释517条")[0].superseded
    put(writing, ENTRIES[1])
    found = hits(service, "民诉法解释517条")
    assert [hit.superseded for hit in found[:2]] == [False, True]
