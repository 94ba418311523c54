"""What answered questions like the one asked is found, even where neither words nor meaning lead to it."""

from dataclasses import replace
from datetime import date

import pytest
from search_examples import policy, put

from search.components import Fusion
from search.document_store import Found, LvzhiDocumentStore, Scored
from search.explanation import explain
from search.findings import Finding
from search.question_memory import default_memory
from search.remembered import RememberedRetriever, articles_in_force
from search.store import EmbeddedStore

DAY = date(2026, 11, 1)
ARTICLES = {"第一条": "执行应当依法进行。", "第二条": "查封应当公告。"}


@pytest.fixture
def store() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    put(
        store,
        policy("新法.md", "民事强制法", ARTICLES, adopted="2021-01-01", effective="2021-06-01"),
        policy("旧法.md", "民事强制法", ARTICLES, adopted="1991-01-01", effective="1991-01-01"),
        policy("规则.md", "财产查控规则", ARTICLES, adopted="2020-01-01", effective="2020-01-01"),
    )
    return store


@pytest.mark.parametrize(
    ("articles", "day", "found"),
    [
        pytest.param(["民事强制法#第一条"], DAY, {"新法.md#第一条"}, id="in the version in force"),
        pytest.param(
            ["民事强制法#第一条"], date(2000, 1, 1), {"新法.md#第一条", "旧法.md#第一条"}, id="long ago"
        ),
        pytest.param(
            ["民事强制法#第一条", "财产查控规则#第二条"],
            DAY,
            {"新法.md#第一条", "规则.md#第二条"},
            id="not the numbers of one law in the other",
        ),
        pytest.param(["海商法#第一条"], DAY, set(), id="a law that is not here"),
        pytest.param([], DAY, set(), id="none"),
    ],
)
def test_articles_are_found_as_they_apply(
    store: EmbeddedStore, articles: list[str], day: date, found: set[str]
) -> None:
    assert {one.passage().id for one in articles_in_force(articles, store, None, day)} == found


def test_filters_hold_for_what_is_remembered(store: EmbeddedStore) -> None:
    none = {"field": "meta.authority_level", "operator": "==", "value": "地方性法规"}
    assert articles_in_force(["民事强制法#第一条"], store, none, DAY) == []


def test_the_articles_of_like_questions_come_with_the_questions() -> None:
    memory = default_memory()
    law, _, label = memory.articles[memory.answers[0][0]].partition("#")
    store = EmbeddedStore.in_memory()
    put(store, policy("法.md", law, {label: "内容。"}, adopted="2021-01-01"))
    store.put_manifest(replace(store.manifest, encoder=memory.encoder, dimension=384))
    out = RememberedRetriever(LvzhiDocumentStore.over(store)).run(memory.questions[0])
    assert [document.id for document in out["documents"]] == [f"法.md#{label}"]
    assert 0 in out["near"].rows


def test_with_another_encoder_or_without_a_vector_nothing_is_found(store: EmbeddedStore) -> None:
    retriever = RememberedRetriever(LvzhiDocumentStore.over(store))
    for vector in (None, default_memory().questions[0]):
        assert len(retriever.run(vector)["documents"]) == 0


def test_what_is_only_remembered_comes_last_and_says_why(store: EmbeddedStore) -> None:
    found = [Scored(Finding.of(p), score) for p, score in zip(store.passages()[:2], (3.0, 0.0), strict=True)]
    new, old = Found(found[:1]), Found(found[1:])
    fused = Fusion().run(keyword=new, vector=None, remembered=Found(found))["documents"]
    assert [document.id for document in fused] == [new[0].id, old[0].id]
    assert explain(fused[0].meta) == ("关键词第 1 位",)
    assert explain(fused[1].meta) == ("曾用于回答相近的问题",)
