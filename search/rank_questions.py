"""What the ranker learns from: questions with their articles, remembered by their vectors."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from legal.citation import find_citations
from legal.law_names import law_key
from search.findings import article_key
from search.protocols import Encoder
from search.question_memory import QuestionMemory, law_name
from search.store import EmbeddedStore
from search.training_examples import QUESTIONS
from search.vectors import vector_key

Array = npt.NDArray[np.float32]

FOLDS = 5
REMEMBERED = Path(__file__).with_name("remembered_questions.jsonl")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the training data; `place` is its row in the memory, `fold` when it is measured."""

    place: int
    text: str
    articles: tuple[str, ...]
    source: str
    fold: int


def read_questions(data: Path) -> list[Asked]:
    """The gold questions, then our own, then those that are only remembered, in the order of their files."""
    found: list[Asked] = []
    for file in (data / "questions_gold.jsonl", QUESTIONS, REMEMBERED):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            source = _source(record, file)
            articles = tuple(record.get("articles") or [record["article"]])
            fold = crc32((record["question"] if source == "gold" else articles[0]).encode()) % FOLDS
            found.append(Asked(len(found), record["question"], articles, source, fold))
    return found


def remember(
    questions: Sequence[Asked], store: EmbeddedStore, encoder: Encoder
) -> tuple[QuestionMemory, Array]:
    """The memory of all questions, and their vectors as the encoder gives them."""
    vectors = np.stack([encoder.encode_query(question.text) for question in questions])
    passages = store.passages_by_id(sorted({article for q in questions for article in q.articles}))
    found = store.vectors.get(np.array([vector_key(passage) for passage in passages.values()]))
    rows = {article: row for row, article in enumerate(passages)}
    answers = tuple(tuple(rows[article] for article in q.articles if article in rows) for q in questions)
    memory = QuestionMemory(
        encoder.name,
        vectors,
        answers,
        tuple(article_key(passage.meta) for passage in passages.values()),
        tuple(law_name(passage.meta) for passage in passages.values()),
        np.stack([found[vector_key(passage)] for passage in passages.values()]),
    )
    return memory, vectors


def count_citations(store: EmbeddedStore) -> dict[str, int]:
    """By law how many articles of it the passages of other texts cite, or how often they name it if more."""
    articles, names = Counter[str](), Counter[str]()
    for passage in store.passages({"field": "meta.kind", "operator": "==", "value": "policy"}):
        own = passage.meta.get("law")
        cited = {(c.law, c.article) for c in find_citations(passage.text)}
        articles.update(law for law, _ in cited if law != own)
        named = {law_key(name) for name in re.findall("《([^《》]{2,40})》", passage.text)}
        names.update(law for law in named if law != own)
    laws = {str(law) for law in store.versions()}
    return {law: max(articles[law], names[law]) for law in sorted(laws) if articles[law] or names[law]}


def _source(record: dict[str, Any], file: Path) -> str:
    if "articles" in record:
        return "gold"
    return "remembered" if file == REMEMBERED else "enforcement" if record["enforcement"] else "written"
