"""Haystack's filters mean in the index what Haystack says they mean, passage by passage."""

from typing import Any

import pytest
from haystack import Document
from haystack.errors import FilterError
from haystack.utils.filters import document_matches_filter
from hypothesis import given, settings
from hypothesis import strategies as st
from search_examples import passage, put_passages

from search.filters import Filters, compile_filters
from search.passage import NUMBER_FIELDS, TEXT_FIELDS, Passage
from search.store import EmbeddedStore

PASSAGES = (
    passage("宪法", "公民的住宅不受侵犯", kind="policy", authority_level="宪法", year=1982, day=19821204),
    passage("民法", "债权人可以请求履行", kind="policy", authority_level="法律", law="民法典", year=2020),
    passage("甲规定", "法院可以查封房屋", kind="policy", authority_level="司法解释", year=2020, day=20201229),
    passage("乙条例", "法院可以查封车辆", kind="policy", authority_level="地方性法规", day=20220101),
    passage("一案", "案外人提出异议", kind="precedent", court="甲市乙区人民法院", year=2022, day=20220506),
    passage("二案", "申请人提出复议", kind="precedent", court="甲市中级人民法院", court_level="中级人民法院"),
    passage("三案", "案外人房屋被查封", kind="precedent", court="", year=0, page_count=3),
    passage("无名", "没有任何说明"),
    passage("异类", "字段类型不同", kind="policy", authority_level=7, court=["甲市乙区人民法院"]),
    passage("别册", "发布日期", kind="policy", published="2020-05-28", page_count=12, note={"lang": "zh"}),
)
YEAR, LEVEL = "meta.year", "meta.authority_level"


def store_of_all() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    put_passages(store, *PASSAGES)
    return store


STORE = store_of_all()


def is_(field: str, operator: str, value: Any) -> Filters:
    return {"field": field, "operator": operator, "value": value}


def all_of(*conditions: Filters) -> Filters:
    return {"operator": "AND", "conditions": list(conditions)}


def any_of(*conditions: Filters) -> Filters:
    return {"operator": "OR", "conditions": list(conditions)}


def none_of(*conditions: Filters) -> Filters:
    return {"operator": "NOT", "conditions": list(conditions)}


def by_haystack(filters: Filters) -> set[str]:
    def matches(p: Passage) -> bool:
        return document_matches_filter(filters, Document(p.id, p.text, meta=dict(p.meta)))

    return {p.id for p in PASSAGES if matches(p)}


def by_index(filters: Filters) -> set[str]:
    return {p.id for p in STORE.passages(filters)}


OLD, LOCAL, LONG = is_(YEAR, "<", 2000), is_(LEVEL, "==", "地方性法规"), is_("meta.page_count", ">", 5)
DECIDED = {
    "text equal": (is_(LEVEL, "==", "法律"), {"民法"}),
    "text equal, without meta.": (is_("authority_level", "==", "法律"), {"民法"}),
    "text not equal, missing included": (
        is_("meta.kind", "!=", "policy"),
        {"一案", "二案", "三案", "无名"},
    ),
    "text in": (is_(LEVEL, "in", ["宪法", "法律", "没有"]), {"宪法", "民法"}),
    "text not in, missing included": (is_("meta.kind", "not in", ["policy", "precedent"]), {"无名"}),
    "text is no part of a text": (is_("meta.court", "==", "甲市"), set()),
    "empty text": (is_("meta.court", "==", ""), {"三案"}),
    "number equal": (is_(YEAR, "==", 2020), {"民法", "甲规定"}),
    "number in": (is_(YEAR, "in", [1982, 2022]), {"宪法", "一案"}),
    "number after": (is_(YEAR, ">", 2020), {"一案"}),
    "number from": (is_(YEAR, ">=", 2020), {"民法", "甲规定", "一案"}),
    "number before": (is_("meta.day", "<", 20201229), {"宪法"}),
    "number to": (is_("meta.day", "<=", 20201229), {"宪法", "甲规定"}),
    "both": (all_of(is_("meta.kind", "==", "policy"), is_("meta.day", ">=", 20200101)), {"甲规定", "乙条例"}),
    "either": (any_of(LOCAL, is_("meta.court_level", "==", "中级人民法院")), {"乙条例", "二案"}),
    "not both": (
        none_of(is_("meta.kind", "==", "policy"), is_("meta.day", ">=", 20200101)),
        {p.id for p in PASSAGES} - {"甲规定", "乙条例"},
    ),
    "nested": (
        all_of(
            any_of(is_("meta.kind", "==", "precedent"), none_of(is_(YEAR, ">=", 2000))),
            is_("meta.day", ">", 0),
        ),
        {"宪法", "乙条例", "一案"},
    ),
}
# What the index cannot decide, or not wholly.
LEFT_OVER = {
    "a field that it does not hold": (is_("meta.page_count", ">", 5), {"别册"}),
    "one part of two": (all_of(is_("meta.kind", "==", "policy"), LONG), {"别册"}),
    "one part of an either": (any_of(LOCAL, LONG), {"乙条例", "别册"}),
    "one part of a not": (
        none_of(is_("meta.kind", "==", "policy"), LONG),
        {p.id for p in PASSAGES} - {"别册"},
    ),
    "deep inside": (
        all_of(is_("meta.kind", "==", "policy"), any_of(LONG, all_of(LOCAL, is_("meta.day", ">", 0)))),
        {"乙条例", "别册"},
    ),
    "a date": (is_("meta.published", ">=", "2020-01-01"), {"别册"}),
    "a value within a value": (is_("meta.note.lang", "==", "zh"), {"别册"}),
    "nothing there": (is_(LEVEL, "==", None), {p.id for p in PASSAGES if "authority_level" not in p.meta}),
    "the text itself": (is_("content", "==", "没有任何说明"), {"无名"}),
    "the id": (is_("id", "in", ["一案", "二案"]), {"一案", "二案"}),
    "a year with a fraction": (is_(YEAR, ">", 2020.5), {"一案"}),
    "a number beyond 64 bits": (is_(YEAR, "<", 10**30), {p.id for p in PASSAGES if "year" in p.meta}),
    "an empty list": (is_(LEVEL, "in", []), set()),
    "a list of two kinds": (is_(YEAR, "in", ["2020", 2022]), {"一案"}),
}


@pytest.mark.parametrize(("filters", "expected"), DECIDED.values(), ids=DECIDED)
def test_the_index_decides_these_filters_alone_and_as_haystack_does(
    filters: Filters, expected: set[str]
) -> None:
    condition = compile_filters(filters, STORE.keywords)
    assert condition.rest is None
    assert {p.id for p in STORE.keywords.passages(condition.where)} == expected == by_haystack(filters)


@pytest.mark.parametrize(("filters", "expected"), LEFT_OVER.values(), ids=LEFT_OVER)
def test_what_the_index_cannot_decide_is_decided_on_the_documents(
    filters: Filters, expected: set[str]
) -> None:
    assert compile_filters(filters, STORE.keywords).rest is not None
    assert by_index(filters) == expected == by_haystack(filters)


def test_of_an_and_the_index_decides_what_it_can_and_leaves_only_the_rest() -> None:
    condition = compile_filters(all_of(is_("meta.kind", "==", "policy"), LONG), STORE.keywords)
    assert condition.rest == all_of(LONG)
    assert {p.id for p in STORE.keywords.passages(condition.where)} == {
        p.id for p in PASSAGES if p.meta.get("kind") == "policy"
    }


@pytest.mark.parametrize("filters", [None, {}])
def test_without_filters_every_passage_is_let_through(filters: Filters | None) -> None:
    assert {p.id for p in STORE.passages(filters)} == {p.id for p in PASSAGES}


@pytest.mark.parametrize(
    "filters",
    [
        {"field": YEAR, "operator": "=", "value": 2020},
        {"field": YEAR, "value": 2020},
        {"field": YEAR, "operator": "=="},
        {"operator": "XOR", "conditions": [OLD]},
        {"operator": "AND"},
        {"conditions": [OLD]},
        {"field": LEVEL, "operator": "in", "value": "法律"},
        {"field": LEVEL, "operator": ">", "value": "法律"},
        {"operator": "AND", "conditions": [OLD, {"operator": "OR", "conditions": [{"field": YEAR}]}]},
    ],
    ids=[
        "no such operator",
        "no operator",
        "no value",
        "no such logic",
        "no conditions",
        "no logic",
        "a text for a list",
        "texts in order",
        "deep inside",
    ],
)
def test_a_malformed_filter_is_refused_as_haystack_refuses_it(filters: Filters) -> None:
    with pytest.raises(FilterError):
        by_haystack(filters)
    with pytest.raises(FilterError):
        by_index(filters)


@pytest.mark.parametrize("filters", [OLD, LONG, all_of(is_("meta.kind", "==", "precedent"), none_of(LONG))])
def test_a_search_under_a_filter_finds_the_hits_without_it_that_pass(filters: Filters) -> None:
    text = "案外人对法院查封房屋、车辆提出异议，公民的住宅、发布日期"
    everything = STORE.keyword_search(text, limit=20)
    expected = [(score, p.id) for score, p in everything if p.id in by_haystack(filters)]
    assert expected
    assert [(s, p.id) for s, p in STORE.keyword_search(text, filters, 20)] == expected
    assert [p.id for _, p in STORE.keyword_search(text, filters, 1)] == [expected[0][1]]


TEXT_VALUES = sorted({str(p.meta.get(f, "没有")) for p in PASSAGES for f in TEXT_FIELDS})
NUMBERS = st.sampled_from([-1, 0, 1981, 1982, 2020, 2022, 19821204, 20201229, 20220101, 2**62, -(2**63)])
COMPARISONS = st.one_of(
    st.builds(is_, st.sampled_from(TEXT_FIELDS), st.sampled_from(["==", "!="]), st.sampled_from(TEXT_VALUES)),
    st.builds(
        is_,
        st.sampled_from([f"meta.{field}" for field in TEXT_FIELDS]),
        st.sampled_from(["in", "not in"]),
        st.lists(st.sampled_from(TEXT_VALUES), max_size=3),
    ),
    st.builds(
        is_,
        st.sampled_from([f"meta.{field}" for field in (*NUMBER_FIELDS, "page_count")]),
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        NUMBERS,
    ),
    st.builds(
        is_,
        st.sampled_from(NUMBER_FIELDS),
        st.sampled_from(["in", "not in"]),
        st.lists(NUMBERS, max_size=3),
    ),
)
ANY_FILTER = st.recursive(
    COMPARISONS,
    lambda inner: st.builds(
        lambda operator, conditions: {"operator": operator, "conditions": conditions},
        st.sampled_from(["AND", "OR", "NOT"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(ANY_FILTER)
def test_any_filter_lets_through_exactly_what_haystack_lets_through(filters: Filters) -> None:
    assert by_index(filters) == by_haystack(filters)
