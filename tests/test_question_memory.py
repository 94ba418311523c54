"""The ranker remembers answered questions: what was right for a like question counts for the one asked."""

from pathlib import Path

import numpy as np
import pytest

from search.findings import article_key, key_of
from search.question_memory import QuestionMemory, default_memory, law_name

EAST, NORTH = np.eye(2, dtype=np.float32)
ASKED = (key_of("刑法#第三百一十三条"), key_of("民事诉讼法#第一百一十四条"))


def memory() -> QuestionMemory:
    """Of two questions: one to the east about 拒不执行, one to the north about 保全."""
    return QuestionMemory(
        "tiny 1",
        np.stack([EAST, NORTH]),
        ((0,), (1,)),
        ("刑法#第三百一十三条", "民事诉讼法#第一百零三条"),
        ("刑法", "民事诉讼法"),
        np.stack([EAST, NORTH]),
    )


def asked(vector: np.ndarray, left_out: np.ndarray | None = None) -> dict[str, list[float]]:
    near = memory().near(vector, left_out)
    found = memory().features(near, ASKED, ("刑法", "民事诉讼法"), np.stack([EAST, NORTH]))
    return {name: np.round(values, 3).tolist() for name, values in found.items()}


def test_what_answered_the_same_question_is_known_by_article_and_by_law() -> None:
    found = asked(EAST)
    assert found["asked_nearest"] == [1.0, 0.0]
    assert found["asked_article"] == [1.0, 0.0]
    assert found["asked_law"] == [1.0, 0.0]
    assert found["asked_best"] == [1.0, 1.0]
    assert found["asked_alike"][0] > 0.99 > found["asked_alike"][1]


def test_another_article_of_the_law_that_answered_is_known_by_its_law_alone() -> None:
    found = asked(NORTH)
    assert found["asked_article"] == [0.0, 0.0]
    assert found["asked_law"] == [0.0, 1.0]


def test_a_question_that_is_left_out_tells_nothing() -> None:
    found = asked(EAST, np.array([True, False]))
    assert found["asked_article"] == [0.0, 0.0]
    assert found["asked_best"] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("meta", "article", "law"),
    [
        pytest.param(
            {"law": "刑法", "title": "中华人民共和国刑法", "article": "第一条"},
            "刑法#第一条",
            "刑法",
            id="a law",
        ),
        pytest.param(
            {"law": "民法典", "title": "中华人民共和国民法典 合同编", "article": "第五百零九条"},
            "民法典#第五百零九条",
            "民法典 合同编",
            id="a part of the 民法典 is a law for itself",
        ),
    ],
)
def test_versions_of_a_law_count_as_one(meta: dict[str, str], article: str, law: str) -> None:
    assert article_key(meta) == article
    assert law_name(meta) == law


def test_a_memory_that_is_written_and_read_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "memory.npz"
    memory().write(file)
    again = QuestionMemory.read(file)
    assert (again.encoder, again.answers) == ("tiny 1", memory().answers)
    assert (again.articles, again.laws) == (memory().articles, memory().laws)
    assert np.allclose(again.questions, memory().questions, atol=0.01)
    assert np.allclose(again.texts, memory().texts, atol=0.01)


def test_the_memory_that_comes_with_the_program_holds_unit_vectors_and_no_texts() -> None:
    known = default_memory()
    assert len(known.questions) == len(known.answers) > 1_000
    assert len(known.articles) == len(known.laws) == len(known.texts)
    assert np.allclose(np.linalg.norm(known.questions, axis=1), 1.0, atol=1e-4)
    assert all("#" in article for article in known.articles)


def test_articles_that_answered_like_questions_are_named_once() -> None:
    assert sorted(memory().articles_of(memory().near(EAST))) == sorted(memory().articles)
