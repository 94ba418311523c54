"""A collection is measured as searched, and by each part of the search beside it."""

from io import StringIO

import pytest
from rich.console import Console
from search_examples import TinyEncoder, policy, put

from app.evaluate_command import COMPLETE, Evaluated
from evaluation.collection import Collection
from evaluation.evaluate import summary
from evaluation.measures import measure_each
from evaluation.parts import runs_by_parts
from search.encoding import encode_missing
from search.store import EmbeddedStore

KEYWORDS = ["关键词，不加同义词", "关键词", "关键词＋法律优先"]
VECTORS = ["语义", "语义＋法律优先", "两者融合", "两者融合＋法律优先", "两者融合＋法律优先＋学习排序"]
VECTORS += ["两者融合＋以往问答＋法律优先＋学习排序"]
QUERIES = {"q1": "老赖的房子", "q2": "冻结存款", "q3": "？！"}


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    articles = {"第一条": "失信被执行人不得购置房产。", "第二条": "冻结存款的期限不得超过一年。"}
    put(
        store,
        policy("新法.md", "民事强制法", articles, adopted="2021-01-01"),
        policy("旧法.md", "民事强制法", {"第二条": "冻结存款，冻结存款。"}, adopted="1991-01-01"),
    )
    list(encode_missing(store, TinyEncoder()))
    return store


def test_every_arrangement_of_the_parts_is_run(store: EmbeddedStore) -> None:
    assert list(runs_by_parts(store, TinyEncoder(), QUERIES, lambda n: None)) == KEYWORDS + VECTORS


def test_without_an_encoder_the_parts_are_those_of_keywords(store: EmbeddedStore) -> None:
    assert list(runs_by_parts(store, None, QUERIES, lambda n: None)) == KEYWORDS


def test_a_part_does_what_it_is_for(store: EmbeddedStore) -> None:
    found = runs_by_parts(store, TinyEncoder(), QUERIES, lambda n: None)
    assert "新法.md#第一条" not in found["关键词，不加同义词"].get("q1", {})
    assert found["关键词"]["q1"]["新法.md#第一条"] == 1.0
    assert found["关键词"]["q2"]["旧法.md#第二条"] == 1.0
    assert found["关键词＋法律优先"]["q2"]["新法.md#第二条"] == 1.0


def test_a_query_that_search_refuses_is_in_no_run(store: EmbeddedStore) -> None:
    assert all("q3" not in run for run in runs_by_parts(store, None, QUERIES, lambda n: None).values())


def test_the_table_tells_the_mean_with_its_interval_and_what_is_in_force() -> None:
    qrels = {"q1": {"甲": 1}, "q2": {"乙": 1}}
    values = measure_each(qrels, {"q1": {"甲": 1.0}, "q2": {"丙": 1.0}})
    assert summary(values, ["q1"])["nDCG@10"].mean == 1.0
    found = Evaluated(Collection("测试", {"q1": "", "q2": ""}, qrels, None), ["q1"], ())
    found.rows[COMPLETE] = values
    out = Console(width=150, record=True, file=StringIO())
    out.print(found.table())
    text = out.export_text()
    assert "2 个查询，其中 1 个的答案全部现行有效" in text
    assert "0.5000（0.0000～1.0000）" in text
