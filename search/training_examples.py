"""What the encoder's adapter is trained on: queries with passages that answer them and passages that do not.

The questions of the test collections are never read here.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np

from legal.citation import article_label
from legal.errors import EncoderError
from search.passage import Passage
from search.protocols import Encoder
from search.store import EmbeddedStore
from search.vectors import embedding_text, vector_key

QUESTIONS = Path(__file__).with_name("training_questions.jsonl")

# How often a batch comes from a source: by kind of text and of law, so that no kind is forgotten.
SHARES = {
    "gold": 0.22,  # laypersons' questions with their articles (STARD)
    "written": 0.22,  # our questions on articles of all fields, in six styles
    "consultation": 0.12,  # of those, consultations and scenarios in a layperson's or a court's words
    "enforcement": 0.16,  # our questions on articles about enforcement
    "silver": 0.06,  # questions with articles that a retriever had chosen, mostly family law
    "answers": 0.10,  # questions with an answer instead of an article
    "halves": 0.08,  # the first half of an article, and the article without it
    "judgments": 0.04,  # facts and reasoning of criminal judgments with the articles they cite
}
_AUTHORITATIVE = {
    "field": "meta.authority_level",
    "operator": "in",
    "value": ["宪法", "法律", "行政法规", "司法解释"],
}
_HELD_OUT = {"gold": 6, "written": 12, "consultation": 12, "enforcement": 8}  # one in so many is for choosing
_HARD = slice(2, 50)  # ranks of the mined negatives: the first are too often right as well
_MINED = 12
_ALIKE = 0.5  # share of common character pairs from which a text counts as another version of a positive
_FACTS = 250  # code points of a judgment that make a query
_SENTENCES = re.compile(r"(?<=[。；])")


@dataclass(frozen=True, slots=True)
class Example:
    """A query, the texts (as the encoder reads them) that answer it, and texts near it that do not."""

    source: str
    query: str
    positives: tuple[str, ...]
    negatives: tuple[str, ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether it is kept from training, to choose by; the same in every run. By answer, not by query."""
        one_in = _HELD_OUT.get(self.source)
        return one_in is not None and crc32(self.positives[0].encode()) % one_in == 0


def load_examples(index: EmbeddedStore, data: Path, judgments: Path | None) -> list[Example]:
    """All examples without negatives, from the folder of training questions and the articles of an index."""
    articles = {passage.id: passage for passage in pool(index)}
    examples = [*_gold(data, index), *_written(articles), *_silver(data, index), *_answers(data)]
    examples += _halves(articles.values())
    if judgments is not None:
        examples += _judgments(judgments, index)
    return examples


def pool(index: EmbeddedStore) -> list[Passage]:
    """The articles that negatives come from: of authority, in their newest version, each text once."""
    old = index.superseded()
    found = {
        vector_key(passage): passage
        for passage in index.passages(_AUTHORITATIVE)
        if passage.meta.get("article") and passage.meta["document_id"] not in old
    }
    return list(found.values())


def mine(examples: Iterable[Example], index: EmbeddedStore, encoder: Encoder) -> Iterator[Example]:
    """The questions with negatives: articles that the untrained encoder or the keywords take for near.

    Raises EncoderError where the index has no vectors.
    """
    articles = pool(index)
    vectors = index.vectors.get(np.array([vector_key(article) for article in articles]))
    articles = [article for article in articles if vector_key(article) in vectors]
    if not articles:
        raise EncoderError(
            "索引中的法条还没有语义向量，无法选取反例。请先用未训练的向量模型运行 lvzhi ingest。"
        )
    matrix = np.stack([vectors[vector_key(article)] for article in articles])
    texts = [embedding_text(article) for article in articles]
    for example in examples:
        if example.source not in _HELD_OUT:
            yield example
            continue
        scores = matrix @ encoder.encode_query(example.query)
        nearest = np.argsort(-scores)[: _HARD.stop]
        near = [texts[row] for row in nearest]
        words = [
            embedding_text(hit)
            for _, hit in index.keyword_search(example.query, _AUTHORITATIVE, _HARD.stop // 2)
        ]
        candidates = list(dict.fromkeys([*near[_HARD], *words[_HARD]]))
        wrong = [text for text in candidates if not _another_version(text, example.positives)]
        rng = random.Random(example.query)  # noqa: S311
        yield replace(example, negatives=tuple(rng.sample(wrong, min(_MINED, len(wrong)))))


def _gold(data: Path, index: EmbeddedStore) -> Iterator[Example]:
    for record in _records(data / "questions_gold.jsonl"):
        yield from _with_articles("gold", record, index)


def _silver(data: Path, index: EmbeddedStore) -> Iterator[Example]:
    for record in _records(data / "questions_articles.jsonl"):
        yield from _with_articles("silver", record, index)


def _with_articles(
    source: str, record: dict[str, list[str] | str], index: EmbeddedStore
) -> Iterator[Example]:
    found = index.passages_by_id(list(record["articles"]))
    if found:
        yield Example(source, str(record["question"]), tuple(embedding_text(p) for p in found.values()))


def _answers(data: Path) -> Iterator[Example]:
    for record in _records(data / "questions_answers.jsonl"):
        yield Example("answers", str(record["question"]), (str(record["answer"]),))


def _written(articles: dict[str, Passage]) -> Iterator[Example]:
    for record in _records(QUESTIONS):
        if record["article"] in articles:
            source = "enforcement" if record["enforcement"] else "written"
            if source == "written" and record["style"] in ("consultation", "scenario"):
                source = "consultation"
            yield Example(
                source, str(record["question"]), (embedding_text(articles[str(record["article"])]),)
            )


def _halves(articles: Iterable[Passage]) -> Iterator[Example]:
    """Of laws and interpretations: the first sentences of an article as a query, the rest as the passage."""
    for article in articles:
        if article.meta["authority_level"] == "行政法规":  # as many as all the others
            continue
        sentences = _SENTENCES.split(article.text)
        half = len(sentences) // 2
        first, rest = "".join(sentences[:half]), "".join(sentences[half:])
        if 15 <= len(first) <= 200 and len(rest) >= 20:
            words = first.removeprefix(str(article.meta["article"])).strip()
            yield Example("halves", words, (embedding_text(article).replace(first, "", 1),))


def _judgments(file: Path, index: EmbeddedStore) -> Iterator[Example]:
    """Facts, and reasoning, with the articles of criminal law that the judgment cites (JuDGE)."""
    found = index.passages({"field": "meta.law", "operator": "==", "value": "刑法"})
    law = {str(article.meta["label"]): embedding_text(article) for article in found}
    for record in _records(file):
        labels = [article_label(int(number)) for number in record["la"]]
        cited = tuple(law[label] for label in labels if label in law)
        reasoning = str(record["fd"]).partition("本院认为")[2]
        for text in (str(record["text"]), reasoning):
            if cited and text.strip():
                yield Example("judgments", text.strip()[:_FACTS], cited)


def _another_version(text: str, positives: tuple[str, ...]) -> bool:
    pairs = _pairs(text)
    return any(len(pairs & other) > _ALIKE * min(len(pairs), len(other)) for other in map(_pairs, positives))


def _pairs(text: str) -> set[str]:
    body = text.partition("\n")[2]
    return {body[place : place + 2] for place in range(len(body) - 1)}


def _records(file: Path) -> Iterator[dict[str, list[str] | str]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
