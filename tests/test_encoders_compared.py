"""Encoders are compared over one index: the same questions, every way to search, prior and difference."""

import json
from pathlib import Path

import pytest
from encoder_examples import tiny_model
from rich.console import Console
from search_examples import policy, put

from evaluation import encoders
from evaluation.collection import Collection
from evaluation.encoder_runs import Side, runs
from evaluation.evaluate import in_force
from search.encoder_build import build
from search.encoding import encode_missing
from search.store import EmbeddedStore
from search.vectors import VectorShards

ARTICLES = {
    "第一条": "查封房屋的期限不得超过三年。",
    "第二条": "冻结存款的期限不得超过一年。",
    "第三条": "法院可以拍卖车辆。",
}
QUERIES = {"q1": "查封房屋", "q2": "冻结存款"}
QRELS = {"q1": {"新法.md#第一条": 1}, "q2": {"旧法.md#第二条": 1}}


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Side:
    folder = tmp_path_factory.mktemp("side")
    store = EmbeddedStore.open_or_create(folder / "index")
    put(
        store,
        policy("新法.md", "民事强制法", ARTICLES, adopted="2021-01-01"),
        policy("旧法.md", "民事强制法", {"第二条": "旧：冻结存款的期限。"}, adopted="1991-01-01"),
    )
    encoder = build(folder / "int8", tiny_model(), None)
    list(encode_missing(store, encoder))
    exact = build(folder / "float32", tiny_model(), None, "float32")
    return Side("untrained", store, encoder, exact, VectorShards(folder / "float"))


def test_every_way_is_run_without_and_with_the_prior(side: Side) -> None:
    names = [name for name, _ in runs([side], QUERIES)]
    assert names[:2] == ["keyword", "keyword, prior"]
    ways = ("int8, exact", "int8, HNSW", "float of the head of 20")
    assert names[2:] == [
        f"untrained {kind}, {way}{prior}"
        for way in ways
        for kind in ("embedding", "hybrid")
        for prior in ("", ", prior")
    ]


def test_a_run_ranks_articles_from_one_on_and_the_prior_lowers_the_superseded(side: Side) -> None:
    found = dict(runs([side], QUERIES))
    assert found["keyword"]["q1"]["新法.md#第一条"] == 1.0
    plain, prior = found["keyword"]["q2"], found["keyword, prior"]["q2"]
    assert set(plain) == set(prior) >= {"新法.md#第二条", "旧法.md#第二条"}
    assert prior["新法.md#第二条"] == 1.0
    assert prior["旧法.md#第二条"] < 1.0


def test_few_vectors_are_searched_exactly_whichever_way_is_named(side: Side) -> None:
    found = dict(runs([side], QUERIES))
    assert found["untrained embedding, int8, HNSW"] == found["untrained embedding, int8, exact"]
    assert len(found["untrained embedding, int8, exact"]["q1"]) == 4


def test_float_vectors_of_the_heads_are_kept_for_the_next_run(side: Side) -> None:
    list(runs([side], QUERIES))
    assert side.store.folder
    assert len(VectorShards(side.store.folder.parent / "float").keys) == 4


def test_queries_with_an_answer_in_a_superseded_version_are_not_in_force(side: Side) -> None:
    collection = Collection("小", QUERIES, QRELS, None)
    assert in_force(collection, side.store) == ["q1"]


def test_tables_and_values_tell_all_runs_and_the_difference_between_trained_and_untrained(
    side: Side, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trained = Side("trained", side.store, side.encoder, side.exact_encoder, side.exact_vectors)
    encoders.compare(Console(width=150), Collection("小", QUERIES, QRELS, None), [side, trained], tmp_path)
    printed = capsys.readouterr().out
    assert "小: 2 queries, 1 of them with answers in force" in printed
    assert "+0.000 (+0.000 to +0.000)" in printed  # the same encoder on both sides
    values = json.loads((tmp_path / "values-小.json").read_text(encoding="utf-8"))
    assert len(values) == 2 + 12 + 12
    assert values["keyword"]["nDCG@10"]["q1"] == 1.0
