"""The search service: references first, choices, facets, pages and orders, with and without vectors."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from search_examples import TinyEncoder, case, policy, put

from legal.errors import IndexMismatchError, InputError, QueryError, SearchIndexError
from search.encoding import encode_missing
from search.facets import FACETS
from search.protocols import Vectors
from search.service import Hit, SearchRequest, SearchService
from search.store import EmbeddedStore
from search.synonyms import Synonyms
from search.vectors import embedding_text, vector_key
from search.versions import today

INTERPRETATION = "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释"
PAID_IN_PARTS = "经过财产调查未发现可供执行的财产，可以裁定终结本次执行程序。"
ENTRIES = (
    policy(
        "解释2015.txt",
        INTERPRETATION,
        {"第五百一十七条": "再次申请不受期限限制。", "第五百一十九条": PAID_IN_PARTS},
        level="司法解释",
        adopted="2015-01-30",
        body="最高人民法院",
    ),
    policy(
        "解释2022.txt",
        INTERPRETATION,
        {"第五百一十七条": PAID_IN_PARTS, "第五百一十八条": "被执行人应当报告财产。"},
        level="司法解释",
        adopted="2022-04-01",
        body="最高人民法院",
    ),
    policy(
        "强制法.txt",
        "中华人民共和国民事强制法",
        {
            "第一条": "法院可以查封被执行人的房屋。",
            "第二条": "法院可以查封、扣押被执行人的车辆。",
            "第三条": "失信被执行人不得乘坐飞机。",
        },
        adopted="2021-06-01",
        body="全国人民代表大会常务委员会",
    ),
    policy(
        "甲市条例.txt",
        "甲市强制条例",
        {"第一条": "查封房屋应当张贴公告。"},
        level="地方性法规",
        adopted="2023-03-01",
        body="甲市人民代表大会常务委员会",
    ),
    policy("答复.txt", "关于查封问题的答复", {"第一条": "查封期限届满可以续封。"}, level="其他"),
    case(
        "一案.txt",
        "甲市乙区人民法院（2023）云0102执异12号",
        {"查明": "法院查封张某某的房屋。", "本院认为": "案外人在查封房屋之前占有房屋。"},
        day="2023-05-06",
    ),
    case(
        "二案.txt",
        "丙省高级人民法院（2022）云执复3号",
        {"查明": "申请人不服查封。", "本院认为": "复议理由不成立。"},
        day="2022-05-06",
        cause="执行复议",
    ),
)


@pytest.fixture
def store() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    put(store, *ENTRIES)
    return store


@pytest.fixture
def service(store: EmbeddedStore) -> SearchService:
    return SearchService(store, None)


def hits(service: SearchService, text: str, **asked: Any) -> tuple[Hit, ...]:
    return service.search(SearchRequest(text, **{"limit": 100, **asked})).hits


def ids(service: SearchService, text: str, **asked: Any) -> list[str]:
    return [hit.id for hit in hits(service, text, **asked)]


@pytest.mark.parametrize(
    "text",
    [
        "民诉法解释517条",
        "民诉解释第五百一十七条",
        "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第五百一十七条",
        "根据民诉法解释第517条第一款能否恢复执行？",
        "查封房屋 民诉法解释517条",
    ],
)
def test_a_cited_article_comes_first_in_its_newest_version_and_then_in_older_ones(
    service: SearchService, text: str
) -> None:
    first, second = hits(service, text)[:2]
    assert (first.id, first.superseded) == ("解释2022.txt#第五百一十七条", False)
    assert (second.id, second.superseded) == ("解释2015.txt#第五百一十七条", True)
    assert first.keyword_rank is first.vector_rank is None
    assert first.title == f"{INTERPRETATION} 第五百一十七条"


def test_an_article_that_only_an_older_version_has_comes_first_and_is_marked(service: SearchService) -> None:
    first = hits(service, "民诉法解释519条")[0]
    assert (first.id, first.superseded) == ("解释2015.txt#第五百一十九条", True)


def test_several_cited_articles_come_in_the_order_in_which_they_are_named(service: SearchService) -> None:
    found = ids(service, "民事强制法第二条和第一条")
    assert found[:2] == ["强制法.txt#第二条", "强制法.txt#第一条"]


def test_a_citation_of_a_law_that_is_not_here_is_searched_for_as_words(service: SearchService) -> None:
    found = hits(service, "仲裁法第九条 续封")
    assert found[0].id == "答复.txt#第一条"
    assert found[0].keyword_rank == 1


def test_cited_articles_that_are_not_here_are_named(service: SearchService) -> None:
    def named(text: str) -> list[tuple[str, str]]:
        return [(c.law, c.article) for c in service.search(SearchRequest(text)).not_held]

    assert named("海商法第九条和民事强制法第一条") == [("海商法", "第九条")]
    assert named("海商法第九条第一款、第三款") == [("海商法", "第九条")]
    assert named("查封房屋") == []


@pytest.mark.parametrize(
    "text", ["（2022）云执复3号", "(2022)云执复字第3号", "法院查封被执行人的房屋，见（2022）云执复3号"]
)
def test_a_case_comes_first_by_its_number(service: SearchService, text: str) -> None:
    first = hits(service, text)[0]
    assert (first.id, first.document_id, first.keyword_rank) == ("二案.txt#查明", "二案.txt", None)


def test_what_the_query_names_comes_once(service: SearchService) -> None:
    found = ids(service, f"民诉法解释517条 {PAID_IN_PARTS} （2022）云执复3号 查封")
    assert len(found) == len(set(found))


def test_a_case_has_one_hit_by_its_best_part_and_a_law_one_for_each_article(service: SearchService) -> None:
    found = ids(service, "案外人占有，法院查封房屋")
    assert [name for name in found if name.startswith("一案")] == ["一案.txt#本院认为"]
    assert {"强制法.txt#第一条", "强制法.txt#第二条"} <= set(found)


def test_an_article_in_parts_has_one_hit_by_its_best_part_and_opens_at_its_beginning() -> None:
    store = EmbeddedStore.in_memory()
    parts = ["查封房屋应当登记。" * 70, "扣押车辆应当保管。" * 70, "冻结存款应当通知。" * 70]
    put(store, policy("长法.txt", "民事保全法", {"第一条": "".join(parts), "第二条": "查封应当公告。"}))
    service = SearchService(store, None)
    assert [p.id for p in sorted(store.passages(), key=lambda p: p.id)] == [
        "长法.txt#第一条",
        "长法.txt#第一条~2",
        "长法.txt#第一条~3",
        "长法.txt#第二条",
    ]
    assert [h.id for h in hits(service, "冻结存款")] == ["长法.txt#第一条~3"]
    assert Counter(h.title for h in hits(service, "应当")) == {"民事保全法 第一条": 1, "民事保全法 第二条": 1}
    assert service.passage_id("民事保全法", "第一条") == "长法.txt#第一条"
    assert hits(service, "民事保全法第一条")[0].id == "长法.txt#第一条"


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"kind": ["precedent"]}, {"一案.txt", "二案.txt"}),
        ({"authority_level": ["法律", "地方性法规"]}, {"强制法.txt", "甲市条例.txt"}),
        ({"year": [2023]}, {"甲市条例.txt", "一案.txt"}),
        ({"year": [2023, 2022], "kind": ["precedent"]}, {"一案.txt", "二案.txt"}),
        ({"court_level": ["高级人民法院"]}, {"二案.txt"}),
        ({"law": ["民事强制法"], "article": ["第一条"]}, {"强制法.txt"}),
        ({"kind": []}, {"强制法.txt", "甲市条例.txt", "答复.txt", "一案.txt", "二案.txt"}),
        ({"court": ["没有的法院"]}, set()),
    ],
)
def test_only_what_was_chosen_is_found(
    service: SearchService, choices: dict[str, list[str | int]], expected: set[str]
) -> None:
    assert {hit.document_id for hit in hits(service, "查封", choices=choices)} == expected


def test_choices_hold_for_cited_articles_and_case_numbers_too(service: SearchService) -> None:
    cited = ids(service, "民诉法解释517条 （2022）云执复3号", choices={"document_id": ["解释2015.txt"]})
    assert cited[0] == "解释2015.txt#第五百一十七条"
    assert all(name.startswith("解释2015.txt") for name in cited)


def test_a_choice_of_an_unknown_field_is_a_mistake_of_the_caller(service: SearchService) -> None:
    with pytest.raises(ValueError, match="colour"):
        service.search(SearchRequest("查封", choices={"colour": ["red"]}))


@pytest.mark.parametrize("text", ["", "？", "债" * 5001], ids=["empty", "punctuation", "too long"])
def test_what_cannot_be_searched_for_is_refused(service: SearchService, text: str) -> None:
    with pytest.raises(QueryError):
        service.search(SearchRequest(text))


def test_a_word_that_is_nowhere_finds_nothing(service: SearchService) -> None:
    result = service.search(SearchRequest("螽斯"))
    assert (result.hits, result.total) == ((), 0)
    assert all(counts == () for counts in result.facets.values())


@pytest.mark.parametrize("text", ["查封房屋", "民诉法解释517条 查封", "（2023）云0102执异12号 财产"])
@pytest.mark.parametrize("choices", [{}, {"kind": ["policy"]}, {"year": [2022, 2023]}])
def test_facets_count_exactly_what_can_be_paged_to(
    service: SearchService, text: str, choices: dict[str, list[str | int]]
) -> None:
    result = service.search(SearchRequest(text, choices, limit=1))
    found = hits(service, text, choices=choices)
    assert result.total == len(found)
    assert set(result.facets) == set(FACETS)
    for field, counts in result.facets.items():
        shown = Counter(hit.meta[field] for hit in found if field in hit.meta)
        assert {value: count for value, count in counts if value in shown} == shown
        assert set(dict(counts)) == set(shown) or field in choices
        assert [count for _, count in counts] == sorted((count for _, count in counts), reverse=True)


def test_choosing_a_value_of_a_facet_finds_as_many_as_it_counts(service: SearchService) -> None:
    facets = service.search(SearchRequest("查封房屋")).facets
    counts = [(field, value, count) for field, values in facets.items() for value, count in values]
    assert len(counts) > 8
    for field, value, count in counts:
        assert service.search(SearchRequest("查封房屋", {field: [value]})).total == count


def test_beside_chosen_values_the_others_of_the_field_stay_with_what_they_would_add(
    service: SearchService,
) -> None:
    facets = service.search(SearchRequest("查封房屋", {"year": [2023], "kind": ["precedent"]})).facets
    assert facets["year"] == ((2022, 1), (2023, 1))
    assert facets["court_level"] == (("基层人民法院", 1),)
    both = service.search(SearchRequest("查封房屋", {"year": [2023, 2022], "kind": ["precedent"]}))
    assert both.total == 2
    assert both.facets["year"] == facets["year"]


def test_a_chosen_value_that_nothing_has_stays_with_no_hit(service: SearchService) -> None:
    facets = service.search(SearchRequest("查封房屋", {"year": [1999]})).facets
    assert dict(facets["year"])[1999] == 0
    assert dict(facets["year"])[2023] == 2
    assert facets["court"] == ()


def test_two_chosen_fields_narrow_each_other_and_not_themselves(service: SearchService) -> None:
    chosen = {"authority_level": ["法律"], "year": [2021]}
    facets = service.search(SearchRequest("查封", chosen)).facets
    assert facets["authority_level"] == (("法律", 2),)
    assert facets["year"] == ((2021, 2),)
    facets = service.search(SearchRequest("查封", {**chosen, "year": [2023]})).facets
    assert facets["authority_level"] == (("地方性法规", 1), ("法律", 0))
    assert facets["year"] == ((2021, 2), (2023, 0))


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("车辆", ["强制法.txt#第二条"]),
        ("被执行人 车辆", ["强制法.txt#第二条"]),
        ("被执行人  ，车辆", ["强制法.txt#第二条"]),
        ("封、扣押", ["强制法.txt#第二条"]),
        ("民事强制法", ["强制法.txt#第一条", "强制法.txt#第二条"]),
        ("", None),
        ("螽斯", []),
    ],
    ids=["a word", "two words", "punctuation", "part of words", "a title", "nothing", "nowhere"],
)
def test_within_results_only_what_also_contains_the_words_stays(
    service: SearchService, within: str, expected: list[str] | None
) -> None:
    found = ids(service, "查封", within=within)
    assert sorted(found) == (sorted(ids(service, "查封")) if expected is None else expected)


def test_within_results_the_words_of_both_texts_are_marked_and_counted(service: SearchService) -> None:
    result = service.search(SearchRequest("查封", within="房屋", choices={"law": ["民事强制法"]}))
    snippet = result.hits[0].snippet
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["查封", "房屋"]
    assert result.total == len(result.hits) == sum(n for _, n in result.facets["authority_level"])


def test_within_holds_for_what_the_query_names_and_for_vectors_too(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    list(encode_missing(store, encoder))
    service = SearchService(store, encoder)
    assert ids(service, "民事强制法第一条、第二条", within="车辆")[0] == "强制法.txt#第二条"
    assert ids(service, "老赖", within="飞机") == ["强制法.txt#第三条"]


def test_within_what_cannot_be_searched_for_is_refused(service: SearchService) -> None:
    with pytest.raises(QueryError):
        service.search(SearchRequest("查封", within="，。"))


def test_as_of_a_day_the_version_in_force_then_comes_first_and_the_others_say_what_they_were(
    service: SearchService,
) -> None:
    then = service.search(SearchRequest("民诉法解释517条", on=date(2018, 1, 1)))
    assert then.on == date(2018, 1, 1)
    assert [(h.id, h.standing, h.superseded) for h in then.hits[:2]] == [
        ("解释2015.txt#第五百一十七条", "现行有效", False),
        ("解释2022.txt#第五百一十七条", "尚未施行", False),
    ]
    now = service.search(SearchRequest("民诉法解释517条"))
    assert now.on == today()
    assert [(h.document_id, h.standing) for h in now.hits[:2]] == [
        ("解释2022.txt", "现行有效"),
        ("解释2015.txt", "已被修改"),
    ]


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [(date(2016, 1, 1), "解释2015.txt", "解释2022.txt"), (None, "解释2022.txt", "解释2015.txt")],
    ids=["2016", "today"],
)
def test_words_find_the_text_in_force_on_the_day_before_the_other_version(
    service: SearchService, on: date | None, first: str, last: str
) -> None:
    found = hits(service, PAID_IN_PARTS, on=on, choices={"authority_level": ["司法解释"]})
    assert [h.document_id for h in found if h.snippet.text.endswith(PAID_IN_PARTS)] == [first, last]


def test_what_does_not_apply_leads_to_what_does(service: SearchService) -> None:
    now = {h.document_id: h.in_force for h in hits(service, "民诉法解释517条 查封")}
    assert now["解释2015.txt"] == "解释2022.txt"
    assert now["解释2022.txt"] is now["强制法.txt"] is now["一案.txt"] is None
    then = {h.document_id: h.in_force for h in hits(service, "民诉法解释517条", on=date(2018, 1, 1))}
    assert then["解释2022.txt"] == "解释2015.txt"
    assert then["解释2015.txt"] is None


def test_a_precedent_has_no_standing(service: SearchService) -> None:
    assert {h.standing for h in hits(service, "查封", choices={"kind": ["precedent"]})} == {None}


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


def test_an_article_is_named_by_the_newest_version_that_has_it(service: SearchService) -> None:
    law = "最高人民法院关于适用民事诉讼法的解释"
    assert service.passage_id(law, "第五百一十七条") == "解释2022.txt#第五百一十七条"
    assert service.passage_id(law, "第五百一十九条") == "解释2015.txt#第五百一十九条"
    assert service.passage_id(law, "第一条") is None
    assert service.passage_id("没有的法", "第一条") is None


def test_documents_versions_values_and_marks_can_be_asked_for(service: SearchService) -> None:
    law = "最高人民法院关于适用民事诉讼法的解释"
    assert service.document("一案.txt") == ENTRIES[5].document
    assert service.document("没有.txt") is None
    assert [version.document_id for version in service.versions(law)] == ["解释2022.txt", "解释2015.txt"]
    assert service.versions("没有的法") == ()
    assert service.values("court", "甲市") == ["甲市乙区人民法院"]
    assert service.marks("先查封，后拍卖房屋", "查封房屋") == ((1, 3), (7, 9))


def test_a_request_asks_for_ten_by_relevance_unless_told_otherwise(service: SearchService) -> None:
    request = SearchRequest("查封房屋")
    assert service.search(request).hits == service.search(replace(request, limit=10, sort="relevance")).hits
    assert (request.limit, request.offset, request.sort, dict(request.choices)) == (10, 0, "relevance", {})


PART = {"第一条": "法院可以查封被执行人的房屋。"}


def test_the_older_of_two_versions_stands_on_the_old_side_whichever_is_named_first(
    service: SearchService,
) -> None:
    for one, other in (("解释2015.txt", "解释2022.txt"), ("解释2022.txt", "解释2015.txt")):
        compared = service.comparison(one, other)
        assert (compared.old.id, compared.new.id) == ("解释2015.txt", "解释2022.txt")
        assert [(row.old and row.old.label, row.new and row.new.label) for row in compared.rows] == [
            ("第五百一十七条", None),
            ("第五百一十九条", "第五百一十七条"),
            (None, "第五百一十八条"),
        ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("解释2022.txt", "解释2022.txt"),
        ("解释2022.txt", "没有.txt"),
        ("解释2022.txt", "强制法.txt"),
        ("一案.txt", "二案.txt"),
        ("总则编.txt", "物权编.txt"),
    ],
    ids=["one text", "not here", "two laws", "rulings", "parts of one version"],
)
def test_what_is_no_two_versions_of_one_law_is_not_compared(
    store: EmbeddedStore, one: str, other: str
) -> None:
    put(
        store, *(policy(f"{part}.txt", "民法典", PART, adopted="2020-05-28") for part in ("总则编", "物权编"))
    )
    with pytest.raises(InputError):
        SearchService(store, None).comparison(one, other)


def test_the_version_in_force_is_that_of_the_day(
    store: EmbeddedStore,
) -> None:
    service = SearchService(store, None)
    law = "最高人民法院关于适用民事诉讼法的解释"
    assert service.in_force(law, INTERPRETATION, date(2018, 1, 1)) == "解释2015.txt"
    assert service.in_force(law, INTERPRETATION, date(2024, 1, 1)) == "解释2022.txt"
    assert service.in_force(law, INTERPRETATION, date(1980, 1, 1)) is None
