"""The ranker learns from questions with their articles, and is measured on those that it has not seen."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from encoder_examples import tiny_encoder
from search_examples import policy, put

pytest.importorskip("lightgbm", reason="training needs the extra `models`")

from search.encoder import OnnxEncoder
from search.encoding import encode_missing
from search.question_memory import QuestionMemory
from search.rank_questions import Asked, count_citations, read_questions, remember
from search.rank_training import Group, main, ndcg
from search.ranking_trees import Trees
from search.store import EmbeddedStore

LAW = {
    "第一条": "查封房屋的期限不得超过三年。",
    "第二条": "冻结存款的期限不得超过一年。",
    "第三条": "法院可以拍卖车辆。",
}
RULES = {"第一条": "依照《民事强制法》第一条查封的，适用本规则。", "第二条": "《民事强制法》第二条、第三条。"}
GOLD = [
    {"question": "查封房屋", "articles": ["法.md#第一条"]},
    {"question": "冻结存款和车辆", "articles": ["法.md#第二条", "法.md#第三条"]},
]
OWN = [
    {"question": "法院可以", "article": "法.md#第三条", "style": "lay", "enforcement": True},
    {"question": "房屋的期限", "article": "法.md#第一条", "style": "lay", "enforcement": False},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ranker")
    store = EmbeddedStore.open_or_create(folder / "index")
    put(
        store,
        policy("法.md", "民事强制法", LAW, adopted="2021-01-01"),
        policy("规则.md", "民事强制规则", RULES, adopted="2022-01-01"),
    )
    list(encode_missing(store, tiny_encoder(folder / "encoder")))
    write(folder / "questions_gold.jsonl", GOLD)
    write(folder / "own.jsonl", OWN)
    write(folder / "remembered.jsonl", [{"question": "车能不能卖掉", "article": "法.md#第三条"}])
    return folder


@pytest.fixture
def questions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    monkeypatch.setattr("search.rank_questions.QUESTIONS", folder / "own.jsonl")
    monkeypatch.setattr("search.rank_questions.REMEMBERED", folder / "remembered.jsonl")
    return read_questions(folder)


def write(file: Path, records: list[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")


def test_questions_are_gold_ones_then_our_own_then_those_only_remembered(questions: list[Asked]) -> None:
    assert [(q.place, q.source) for q in questions] == [
        (0, "gold"),
        (1, "gold"),
        (2, "enforcement"),
        (3, "written"),
        (4, "remembered"),
    ]
    assert questions[1].articles == ("法.md#第二条", "法.md#第三条")


def test_our_questions_on_one_article_are_measured_together(questions: list[Asked]) -> None:
    again = Asked(9, "另一问", ("法.md#第三条",), "enforcement", questions[2].fold)
    assert again.fold == questions[2].fold
    assert {question.fold for question in questions} <= set(range(5))


def test_the_memory_holds_vectors_and_articles_of_every_question(
    folder: Path, questions: list[Asked]
) -> None:
    memory, vectors = remember(
        questions, EmbeddedStore.open(folder / "index"), OnnxEncoder(folder / "encoder")
    )
    answers = [[memory.articles[row] for row in rows] for rows in memory.answers]
    assert answers[1] == ["民事强制法#第二条", "民事强制法#第三条"]
    assert set(memory.laws) == {"民事强制法"}
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_a_law_counts_as_cited_once_for_each_article_and_passage_of_other_texts(folder: Path) -> None:
    assert count_citations(EmbeddedStore.open(folder / "index")) == {"民事强制法": 3}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([3, 2, 1, 0], 1.0, id="both first"),
        # The parts of 甲 count once, at the better: 甲 first, 丙 second, 乙 third: (1 + 1/2) / (1 + 1/log2 3)
        pytest.param([3, 2.5, 0, 1], (1 + 1 / 2) / (1 + 1 / np.log2(3)), id="one article in two parts"),
        pytest.param([0, 0, 0, 9], (1 / np.log2(3) + 1 / 2) / (1 + 1 / np.log2(3)), id="a wrong one first"),
    ],
)
def test_the_order_of_candidates_is_measured_by_ndcg(scores: list[float], expected: float) -> None:
    asked = Asked(0, "问", ("甲", "乙"), "gold", 0)
    nothing = np.zeros((4, 0), dtype=np.float32)
    right = np.array([True, True, True, False])
    ids = ("甲", "甲", "乙", "丙")
    group = Group(asked, nothing, nothing, ids, right, nothing, nothing)
    assert ndcg(group, np.array(scores, dtype=np.float32)) == pytest.approx(expected)


def test_one_command_writes_trees_memory_citations_and_card(
    folder: Path, questions: list[Asked], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = {"index": folder / "index", "encoder": folder / "encoder", "data": folder, "to": tmp_path}
    given = [word for name, place in places.items() for word in (f"--{name}", str(place))]
    monkeypatch.setattr(sys, "argv", ["rank_training", *given])
    main()
    memory = QuestionMemory.read(tmp_path / "question_memory.npz")
    assert len(memory.questions) == len(questions)
    trees = Trees.read((tmp_path / "ranker.txt").read_text(encoding="utf-8"))
    assert {"vector_score", "asked_article"} <= set(trees.names)
    assert json.loads((tmp_path / "law_citations.json").read_text(encoding="utf-8")) == {"民事强制法": 3}
    assert "| gold | 2 |" in (tmp_path / "ranker.md").read_text(encoding="utf-8")
