"""Fusion and legal prior with scores computed by hand, and the whole pipeline inside Haystack."""

from datetime import date
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from encoder_examples import tiny_encoder
from haystack import Document, Pipeline
from haystack.errors import FilterError
from haystack.utils.filters import document_matches_filter
from search_examples import TinyEncoder, passage, policy, put, put_passages

from search import components
from search.components import (
    POOL,
    Fusion,
    KeywordRetriever,
    LegalPrior,
    VectorRetriever,
    retrieval_pipeline,
)
from search.document_store import LvzhiDocumentStore
from search.encoding import encode_missing
from search.priors import (
    COURT_WEIGHTS,
    LEVEL_WEIGHTS,
    LOCAL,
    PUBLISHED_WEIGHTS,
    SUPERSEDED_WEIGHT,
)
from search.protocols import Vectors
from search.store import EmbeddedStore

ARTICLE = {"第一条": "法院可以查封被执行人的房屋。"}
OLD, NEW = "旧.txt", "新.txt"


def listed(**scores: float) -> list[Document]:
    return [Document(id=name, content=name, score=score) for name, score in scores.items()]


@pytest.fixture
def store() -> EmbeddedStore:
    """An index with two versions of one law."""
    store = EmbeddedStore.in_memory()
    put(
        store,
        policy(OLD, "民事强制法", ARTICLE, adopted="1991-04-09"),
        policy(NEW, "民事强制法", ARTICLE, adopted="2023-09-01"),
    )
    return store


@pytest.fixture
def halves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both lists count the same, whatever the share is tuned to."""
    monkeypatch.setattr(components, "KEYWORD_SHARE", 0.5)


@pytest.mark.usefixtures("halves")
def test_scores_are_spread_over_each_list_and_added() -> None:
    """Keyword: a 1, b 0.525, c 0.05. Vector: c 1, a 0.7625, d 0.05. Half of each."""
    fused = Fusion().run(listed(a=10.0, b=6.0, c=2.0), listed(c=0.9, a=0.8, d=0.5))["documents"]
    assert [(d.id, pytest.approx(d.score)) for d in fused] == [
        ("a", 0.88125),
        ("c", 0.525),
        ("b", 0.2625),
        ("d", 0.025),
    ]


def test_the_ranks_in_both_lists_are_noted() -> None:
    fused = Fusion().run(listed(a=10.0, b=6.0, c=2.0), listed(c=0.9, a=0.8, d=0.5))["documents"]
    assert {d.id: (d.meta.get("keyword_rank"), d.meta.get("vector_rank")) for d in fused} == {
        "a": (1, 2),
        "b": (2, None),
        "c": (3, 1),
        "d": (None, 3),
    }


@pytest.mark.parametrize("vector", [None, []], ids=["no vectors", "nothing near"])
def test_keywords_alone_count_in_full(vector: list[Document] | None) -> None:
    fused = Fusion().run(listed(a=10.0, b=6.0, c=2.0), vector)["documents"]
    assert [(d.id, pytest.approx(d.score)) for d in fused] == [("a", 1.0), ("b", 0.525), ("c", 0.05)]


def test_vectors_alone_are_found_where_no_word_is() -> None:
    fused = Fusion().run([], listed(c=0.9, d=0.5))["documents"]
    assert [d.id for d in fused] == ["c", "d"]


@pytest.mark.usefixtures("halves")
def test_while_a_tenth_has_vectors_they_count_a_tenth_of_their_share() -> None:
    fused = Fusion().run(listed(a=10.0, b=2.0), listed(c=0.9), share=0.1)["documents"]
    assert [(d.id, pytest.approx(d.score)) for d in fused] == [("a", 0.95), ("c", 0.05), ("b", 0.95 * 0.05)]


def test_of_nothing_comes_nothing() -> None:
    assert Fusion().run([], [])["documents"] == []


def test_equal_scores_come_in_the_order_of_ids() -> None:
    assert [d.id for d in Fusion().run(listed(c=1.0, a=1.0, b=1.0))["documents"]] == ["a", "b", "c"]


def test_fusion_leaves_the_documents_given_to_it_as_they_were() -> None:
    given = listed(a=10.0, b=6.0)
    Fusion().run(given, listed(a=0.5))
    assert given == listed(a=10.0, b=6.0)


PRIORS = {
    "a law": ({"authority_level": "法律"}, "查封", 1.0),
    "an interpretation": ({"authority_level": "司法解释"}, "查封", 1.0),
    "a regulation": ({"authority_level": "行政法规"}, "查封", LEVEL_WEIGHTS["行政法规"]),
    "a normative document": ({"authority_level": "规范性文件"}, "查封", LEVEL_WEIGHTS["规范性文件"]),
    "a precedent of an unknown court": ({"kind": "precedent"}, "查封", 0.89),
    "a ruling of a basic court": ({"kind": "precedent", "court_level": "基层人民法院"}, "查封", 0.89),
    "a ruling of a high court": ({"kind": "precedent", "court_level": "高级人民法院"}, "查封", 0.93),
    "a guiding case of a basic court": (
        {"kind": "precedent", "court_level": "基层人民法院", "document_type": "指导性案例"},
        "查封",
        1.0,
    ),
    "a reference case": ({"kind": "precedent", "document_type": "参考案例"}, "查封", 0.97),
    "the newest version": ({"authority_level": "法律", "document_id": NEW}, "查封", 1.0),
    "a superseded version": ({"authority_level": "法律", "document_id": OLD}, "查封", SUPERSEDED_WEIGHT),
    "a superseded regulation": (
        {"authority_level": "行政法规", "document_id": OLD},
        "查封",
        LEVEL_WEIGHTS["行政法规"] * SUPERSEDED_WEIGHT,
    ),
    "a local text": (
        {"authority_level": LOCAL, "issuing_body": "北京市人民代表大会常务委员会"},
        "住房公积金",
        LEVEL_WEIGHTS[LOCAL],
    ),
    "a local text whose place is named": (
        {"authority_level": LOCAL, "issuing_body": "北京市人民代表大会常务委员会"},
        "北京住房公积金",
        1.0,
    ),
    "a local text of another place": (
        {"authority_level": LOCAL, "issuing_body": "上海市人民代表大会常务委员会"},
        "北京住房公积金",
        LEVEL_WEIGHTS[LOCAL],
    ),
    "a local text of nobody": ({"authority_level": LOCAL}, "北京住房公积金", LEVEL_WEIGHTS[LOCAL]),
    "a superseded local text whose place is named": (
        {"authority_level": LOCAL, "issuing_body": "北京市人民代表大会常务委员会", "document_id": OLD},
        "北京住房公积金",
        SUPERSEDED_WEIGHT,
    ),
}


@pytest.mark.parametrize(("meta", "query", "weight"), PRIORS.values(), ids=PRIORS)
def test_a_text_counts_by_its_authority_and_its_force(
    store: EmbeddedStore, meta: dict[str, str], query: str, weight: float
) -> None:
    prior = LegalPrior(LvzhiDocumentStore.over(store))
    weighed = prior.run([Document(id="a", content="查封", meta=meta, score=0.5)], query)["documents"][0]
    assert weighed.score == pytest.approx(0.5 * weight)
    assert weighed.meta["superseded"] == (meta.get("document_id") == OLD)


def test_lower_authority_and_older_versions_weigh_less() -> None:
    assert all(0 < weight < 1 for weight in (*LEVEL_WEIGHTS.values(), SUPERSEDED_WEIGHT))
    assert {"宪法", "法律", "司法解释"}.isdisjoint(LEVEL_WEIGHTS)


def test_precedents_stand_in_the_order_in_which_courts_look_for_them() -> None:
    published, courts = list(PUBLISHED_WEIGHTS.values()), list(COURT_WEIGHTS.values())
    assert list(PUBLISHED_WEIGHTS) == ["指导性案例", "参考案例", "典型案例"]
    assert published == sorted(published, reverse=True)
    assert courts == sorted(courts, reverse=True)
    assert min(published) >= max(courts)
    assert min(courts) > 0.85, "mildly: what fits better stays first"


def test_of_two_cases_that_fit_alike_the_guiding_one_and_the_higher_court_come_first(
    store: EmbeddedStore,
) -> None:
    prior = LegalPrior(LvzhiDocumentStore.over(store))
    metas = {
        "a": {"court_level": "基层人民法院"},
        "b": {"court_level": "最高人民法院"},
        "c": {"document_type": "指导性案例"},
        "d": {"court_level": "中级人民法院"},
    }
    given = [
        Document(id=n, content="查封", meta={"kind": "precedent", **m}, score=0.5) for n, m in metas.items()
    ]
    assert [d.id for d in prior.run(given, "查封")["documents"]] == ["c", "b", "d", "a"]
    far = [given[2], Document(id="e", content="查封", meta={"kind": "precedent"}, score=0.6)]
    assert [d.id for d in prior.run(far, "查封")["documents"]] == ["e", "c"]


LAW = {"law": "民事强制法"}


@pytest.mark.parametrize(
    ("on", "standings", "superseded"),
    [
        (date(2000, 1, 1), {OLD: "现行有效", NEW: "尚未施行"}, set()),
        (date(2023, 8, 31), {OLD: "现行有效", NEW: "尚未施行"}, set()),
        (date(2023, 9, 1), {OLD: "已被修改", NEW: "现行有效"}, {OLD}),
        (None, {OLD: "已被修改", NEW: "现行有效"}, {OLD}),
    ],
    ids=["long ago", "the day before", "the day of effect", "today"],
)
def test_what_is_not_in_force_on_the_day_asked_says_so_and_is_lowered(
    store: EmbeddedStore, on: date | None, standings: dict[str, str], superseded: set[str]
) -> None:
    prior = LegalPrior(LvzhiDocumentStore.over(store))
    given = [
        Document(id=name, content="查封", meta={"document_id": name, **LAW}, score=0.5) for name in (OLD, NEW)
    ]
    found = {d.id: d for d in prior.run(given, "查封", on)["documents"]}
    assert {name: d.meta["standing"] for name, d in found.items()} == standings
    assert {name for name, d in found.items() if d.meta["superseded"]} == superseded
    for name, standing in standings.items():
        lowered = standing != "现行有效"
        assert found[name].score == pytest.approx(0.5 * (SUPERSEDED_WEIGHT if lowered else 1.0))
        assert found[name].meta["reasons"] == [standing + ("，降低排序" if lowered else "")]


class BrokenEncoder(TinyEncoder):
    """A model whose query side fails with the query in its message, as libraries do."""

    def encode_query(self, text: str) -> Vectors:
        raise RuntimeError(f"cannot encode {text}")


def broken(*arguments: object) -> NoReturn:
    raise OSError(f"cannot read {arguments}")


QUERY = "罗某的唯一住房 查封"
ASKED = ("keyword", "encoder", "prior", "ranker")  # the components that take the query


def test_without_the_encoder_keywords_answer_in_full(
    store: EmbeddedStore, caplog: pytest.LogCaptureFixture
) -> None:
    list(encode_missing(store, TinyEncoder()))
    inputs = {name: {"query": QUERY} for name in ASKED}
    out = retrieval_pipeline(LvzhiDocumentStore.over(store), BrokenEncoder()).run(inputs)
    del inputs["encoder"], inputs["ranker"]
    alone = retrieval_pipeline(LvzhiDocumentStore.over(store), None).run(inputs)
    assert (out["keyword"]["failed"], out["vector"]["failed"]) == (False, True)
    assert out["ranker"]["documents"] == alone["prior"]["documents"] != []
    assert "encoding a query failed: RuntimeError in test_components.py" in caplog.text
    assert "罗某" not in caplog.text


def test_without_the_keyword_engine_vectors_answer(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    list(encode_missing(store, TinyEncoder()))
    monkeypatch.setattr(store.keywords, "search", broken)
    inputs = {name: {"query": QUERY} for name in ASKED}
    out = retrieval_pipeline(LvzhiDocumentStore.over(store), TinyEncoder()).run(inputs)
    assert (out["keyword"]["failed"], out["vector"]["failed"]) == (True, False)
    assert [d.meta["vector_rank"] for d in out["ranker"]["documents"]] == [1, 2]
    assert "keyword search failed: OSError" in caplog.text
    assert "罗某" not in caplog.text


def test_vectors_of_another_length_than_the_query_fail_alone(store: EmbeddedStore) -> None:
    keys = store.keywords.vector_keys()
    store.add_vectors(keys, np.ones((len(keys), 8), dtype=np.float32))
    out = VectorRetriever(LvzhiDocumentStore.over(store)).run(TinyEncoder().encode_query(QUERY))
    assert out == {"documents": [], "share": 0.0, "failed": True}


@pytest.mark.parametrize("component", [KeywordRetriever, VectorRetriever])
def test_a_filter_that_is_none_is_the_callers_mistake_and_no_failure(
    store: EmbeddedStore, component: type
) -> None:
    list(encode_missing(store, TinyEncoder()))
    given = QUERY if component is KeywordRetriever else TinyEncoder().encode_query(QUERY)
    with pytest.raises(FilterError):
        component(LvzhiDocumentStore.over(store)).run(given, {"field": "meta.title", "operator": "?"})


def test_the_newest_version_comes_before_the_older_one_of_the_same_words(store: EmbeddedStore) -> None:
    pipeline = retrieval_pipeline(LvzhiDocumentStore.over(store), None)
    found = pipeline.run({"keyword": {"query": "查封房屋"}, "prior": {"query": "查封房屋"}})["prior"][
        "documents"
    ]
    assert [d.meta["document_id"] for d in found] == [NEW, OLD]


def test_the_retrievers_are_haystack_components_over_the_store(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    list(encode_missing(store, encoder))
    documents = LvzhiDocumentStore.over(store)
    filters = {"field": "meta.document_id", "operator": "==", "value": OLD}
    by_word = KeywordRetriever(documents).run("查封", filters)["documents"]
    by_vector = VectorRetriever(documents).run(encoder.encode_query("查封"), filters)["documents"]
    for found in (by_word, by_vector):
        assert [d.id for d in found] == [f"{OLD}#第一条"]
        assert document_matches_filter(filters, found[0])
        assert found[0].score is not None
        assert found[0].score > 0


def test_a_retriever_gives_no_more_than_the_pool() -> None:
    store = EmbeddedStore.in_memory()
    put_passages(store, *(passage(f"{n}", "查封房屋") for n in range(POOL + 5)))
    assert len(KeywordRetriever(LvzhiDocumentStore.over(store)).run("查封")["documents"]) == POOL


def test_the_pipeline_gives_the_same_result_every_time(store: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    put_passages(store, *(passage(f"{n % 7}{n}", f"法院查封房屋{n % 3}") for n in range(40)))
    list(encode_missing(store, encoder))
    pipeline = retrieval_pipeline(LvzhiDocumentStore.over(store), encoder)
    inputs = {name: {"query": "查封房屋"} for name in ASKED}
    first = pipeline.run(inputs)["ranker"]["documents"]
    scores = [d.score for d in first]
    assert len(first) == 42
    assert scores == sorted(scores, reverse=True)
    assert all({"keyword_rank", "vector_rank"} <= d.meta.keys() for d in first)
    for _ in range(3):
        assert pipeline.run(inputs)["ranker"]["documents"] == first


@pytest.fixture
def written(tmp_path: Path) -> LvzhiDocumentStore:
    """An index in a folder: versions of a law, and other texts that share words with it."""
    store = EmbeddedStore.open_or_create(tmp_path / "index")
    local = policy("甲.txt", "甲市查封条例", {"第一条": "查封车辆应当公告。"}, level=LOCAL)
    versions = [
        policy(n, "民事强制法", ARTICLE, adopted=d) for n, d in ((OLD, "1991-04-09"), (NEW, "2023-09-01"))
    ]
    put(store, *versions, local)
    return LvzhiDocumentStore(str(tmp_path / "index"))


def test_the_keyword_pipeline_written_as_yaml_loads_and_answers_the_same(written: LvzhiDocumentStore) -> None:
    pipeline = retrieval_pipeline(written, None)
    loaded = Pipeline.loads(pipeline.dumps(), allowed_modules=["search.components", "search.document_store"])
    inputs = {name: {"query": "法院查封房屋"} for name in ("keyword", "prior")}
    found = loaded.run(inputs)["prior"]["documents"]
    assert [d.meta["document_id"] for d in found] == [NEW, OLD, "甲.txt"]
    assert loaded.run(inputs) == pipeline.run(inputs)
    assert Pipeline.loads(loaded.dumps(), allowed_modules=["search.*"]).to_dict() == loaded.to_dict()


def test_the_pipeline_with_vectors_written_as_yaml_loads_and_answers_the_same(
    written: LvzhiDocumentStore, tmp_path: Path
) -> None:
    encoder = tiny_encoder(tmp_path / "encoder")
    list(encode_missing(written.store, encoder))
    pipeline = retrieval_pipeline(written, encoder)
    loaded = Pipeline.loads(pipeline.dumps(), allowed_modules=["search.*"])
    inputs = {name: {"query": "查封房屋"} for name in ASKED}
    out = loaded.run(inputs)
    assert {d.meta["document_id"] for d in out["ranker"]["documents"]} == {NEW, OLD, "甲.txt"}
    assert all("vector_rank" in d.meta for d in out["ranker"]["documents"])
    assert out == pipeline.run(inputs)
