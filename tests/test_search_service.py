"""What the search service finds: references first, choices, facets, words within, and the law of a day."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from search_examples import TinyEncoder, policy, put
from service_world import ENTRIES, INTERPRETATION, PAID_IN_PARTS, filled_store, hits, ids

from legal.errors import InputError, QueryError
from search.encoding import encode_missing
from search.facets import FACETS
from search.service import SearchRequest, SearchService
from search.store import EmbeddedStore
from search.versions import today


@pytest.fixture
def store() -> EmbeddedStore:
    return filled_store()


@pytest.fixture
def service(store: EmbeddedStore) -> SearchService:
    return SearchService(store, None)


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
