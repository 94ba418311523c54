"""Answered questions that the ranker remembers: what was right for questions like the one asked.

The vectors of the questions, and of what answers them, are those of one encoder; with any other the memory is
silent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from search.findings import key_of

Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

MEMORY = Path(__file__).with_name("question_memory.npz")
NEAREST = 30  # questions that are asked
SHARP = 0.03  # a question farther by so much counts for 1/e
NAMES = ("asked_nearest", "asked_article", "asked_law", "asked_alike", "asked_best")


@dataclass(frozen=True, slots=True)
class QuestionMemory:
    """Questions by their vectors, and the articles that answer them.

    `answers` are for each question rows of `articles` (see `article_key`), of `laws`, the law of each (see
    `law_name`), and of `texts`, its vector. `questions` and `texts` hold unit vectors.
    """

    encoder: str
    questions: Array
    answers: tuple[tuple[int, ...], ...]
    articles: tuple[str, ...]
    laws: tuple[str, ...]
    texts: Array

    @classmethod
    def read(cls, file: Path) -> Self:
        """The memory that `write` wrote."""
        with np.load(file) as stored:
            return cls(
                str(stored["encoder"]),
                _units(stored["questions"].astype(np.float32)),
                tuple(tuple(map(int, rows.split())) for rows in stored["answers"].tolist()),
                tuple(stored["articles"].tolist()),
                tuple(stored["laws"].tolist()),
                _units(stored["texts"].astype(np.float32)),
            )

    def write(self, file: Path) -> None:
        """Keeps the memory in a file, vectors in eight bits."""
        kept = {
            "encoder": np.array(self.encoder),
            "answers": np.array([" ".join(map(str, rows)) for rows in self.answers]),
            "articles": np.array(self.articles),
            "laws": np.array(self.laws),
            "questions": _in_eight_bits(self.questions),
            "texts": _in_eight_bits(self.texts),
        }
        np.savez_compressed(file, **kept)  # type: ignore[arg-type]

    def near(self, vector: Array, left_out: Mask | None = None) -> "Near":
        """The questions most like the one with this vector.

        `left_out` are questions that are not asked: in training, the question itself and what is too like it.
        """
        likeness = np.vecdot(self.questions, vector)  # which, unlike @, leaves the other cores alone
        if left_out is not None:
            likeness[left_out] = -1.0
        rows = np.argpartition(-likeness, min(NEAREST, len(likeness) - 1))[:NEAREST]
        likeness = likeness[rows]
        weights = np.exp((likeness - likeness.max()) / SHARP)
        return Near(rows.tolist(), likeness.tolist(), (weights / weights.sum()).tolist())

    def articles_of(self, near: "Near") -> list[str]:
        """The articles that answer these questions, each once."""
        return list(dict.fromkeys(self.articles[row] for asked in near.rows for row in self.answers[asked]))

    def features(
        self, near: "Near", articles: Sequence[int], laws: Sequence[str], vectors: Array
    ) -> dict[str, Array]:
        """By name, one value a candidate: of its article (a `norm_key`), of its law, and of its vector."""
        alike: dict[int, float] = {}
        by_article: dict[int, float] = {}
        by_law: dict[str, float] = {}
        centre = np.zeros(self.texts.shape[1], dtype=np.float32)
        for asked, likeness, weight in zip(near.rows, near.likeness, near.weights, strict=True):
            share = weight / len(self.answers[asked])
            for row in self.answers[asked]:
                article, law = key_of(self.articles[row]), self.laws[row]
                alike[article] = max(alike.get(article, 0.0), likeness)
                by_article[article] = by_article.get(article, 0.0) + share
                by_law[law] = by_law.get(law, 0.0) + share
                centre += share * self.texts[row]
        found = (
            [alike.get(article, 0.0) for article in articles],
            [by_article.get(article, 0.0) for article in articles],
            [by_law.get(law, 0.0) for law in laws],
            vectors @ (centre / np.linalg.norm(centre)),
            np.full(len(articles), max(near.likeness)),
        )
        return {name: np.asarray(v, dtype=np.float32) for name, v in zip(NAMES, found, strict=True)}


@dataclass(frozen=True, slots=True)
class Near:
    """Questions by their row, how like they are (cosine), and how much each counts (1 in sum)."""

    rows: list[int]
    likeness: list[float]
    weights: list[float]


def law_name(meta: Mapping[str, Any]) -> str:
    """What counts as one law: all versions of it, but each part of the 民法典, in its title, for itself."""
    law = str(meta.get("law"))
    return f"{law} {str(meta.get('title')).rpartition(' ')[2]}" if law == "民法典" else law


@cache
def default_memory() -> QuestionMemory:
    """The memory that comes with the program; read at the first use."""
    return QuestionMemory.read(MEMORY)


def _units(vectors: Array) -> Array:
    units: Array = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units


def _in_eight_bits(vectors: Array) -> npt.NDArray[np.int8]:
    scaled = vectors / np.abs(vectors).max(1, keepdims=True) * 127
    rounded: npt.NDArray[np.int8] = np.round(scaled).astype(np.int8)
    return rounded
