"""Training the ranker: `python -m search.rank_training --index INDEX --encoder FOLDER --data FOLDER`.

LambdaRank (Burges, 2010) by LightGBM, on laypersons' questions with their articles and, counting less, on our
own questions. Figures are of five-fold cross-validation: neither the trees nor the memory of questions have
seen the question that they are asked. Writes ranker.txt, question_memory.npz, law_citations.json and its card
ranker.md beside the program. Takes about ten minutes.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from legal.errors import EncoderError
from search.citation_graph import CitationGraph
from search.components import Fusion, KeywordRetriever, LegalPrior, VectorRetriever
from search.document_store import Found, LvzhiDocumentStore, Scored
from search.encoder import OnnxEncoder
from search.findings import Finding
from search.passage import whole_id
from search.query_filters import Held
from search.question_memory import MEMORY, QuestionMemory, law_name
from search.question_memory import NAMES as MEMORY_NAMES
from search.rank_card import card
from search.rank_questions import FOLDS, Asked, count_citations, read_questions, remember
from search.ranking_features import Pool, features
from search.ranking_pool import CITED, pool_of
from search.ranking_trees import LEAVES, MODEL, PRIOR_COUNTS, Trees
from search.remembered import articles_in_force
from search.store import EmbeddedStore
from search.synonyms import read_synonyms
from search.understanding import Understanding
from search.versions import today

Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

SEEDS, ROUNDS = 3, 80
WRITTEN = 700  # of our questions outside enforcement: as many as there are gold ones
OWN_WEIGHT = 0.1  # how much one of our questions counts beside a gold one
UNLIKE = 0.25  # how much of a question counts as asked of a memory without its own topic
TOPIC = 25  # questions before and after one in the file that are of its topic
HEAD = {True: 100, False: 50}  # candidates of a gold question that are learned from, and of one of ours
# More of these never lowers an article, and less of those: what keeps trees from learning questions by heart.
# fmt: off
RISING = (
    "vector_score", "vector_share", "vector_rank", "vector_deviations", "keyword_share", "keyword_rank",
    "keyword_relative", "keyword_deviations", "fused", "reciprocal", "text_bm25", "text_share",
    "text_run", "title_share", "near_best", "alike_3", "alike_10", "asked_nearest",
    "asked_article", "asked_law", "asked_alike",
)
# fmt: on
FALLING = (
    "vector_gap",
    "keyword_gap",
    "fused_rank",
    "text_share_gap",
    "title_share_gap",
    "text_bm25_gap",
    "superseded",
)
PARAMETERS = {
    "objective": "lambdarank",
    "learning_rate": 0.06,
    "num_leaves": LEAVES,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "lambdarank_truncation_level": 15,
    "max_bin": 127,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of a question: features, ids, and which of them are right.

    `unlike` are the features with a memory that has nothing of the question's topic.
    """

    asked: Asked
    rows: Array
    unlike: Array
    ids: tuple[str, ...]
    right: npt.NDArray[np.bool_]
    prior: Array
    cosine: Array


def main() -> None:
    """Reads the arguments, measures by cross-validation, trains on everything and writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True, help="index of the laws with their vectors")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the encoder that made them")
    parser.add_argument("--data", type=Path, required=True, help="folder of training questions")
    parser.add_argument("--to", type=Path, default=MODEL.parent, help="folder of what is learned")
    asked = parser.parse_args()
    store, encoder = EmbeddedStore.open(asked.index), OnnxEncoder(asked.encoder)
    store.manifest.with_encoder(encoder.name, encoder.dimension)  # or it refuses
    (asked.to / CITED.name).write_text(
        json.dumps(count_citations(store), ensure_ascii=False, indent=0), encoding="utf-8"
    )
    questions = read_questions(asked.data)
    memory, vectors = remember(questions, store, encoder)
    memory.write(asked.to / MEMORY.name)
    memory = QuestionMemory.read(asked.to / MEMORY.name)  # as it will be used, in eight bits
    trainer = Trainer(store, memory, questions, vectors)
    (asked.to / MODEL.name).write_text(trainer.trained(trainer.groups(None)), encoding="utf-8")
    measured = {group.asked.place: values for fold in range(FOLDS) for group, values in trainer.measure(fold)}
    (asked.to / "ranker.md").write_text(card(questions, measured, trainer.names), encoding="utf-8")


class Retrieved:
    """What is retrieved for questions, as it comes to the ranker in a search."""

    def __init__(self, store: EmbeddedStore, memory: QuestionMemory) -> None:
        documents = LvzhiDocumentStore.over(store)
        self._store, self._memory = store, memory
        self._understanding = Understanding(Held(store, CitationGraph(store)), read_synonyms())
        self._keyword, self._vector = KeywordRetriever(documents), VectorRetriever(documents)
        self._prior = LegalPrior(documents)

    def pool(self, text: str, vector: Array, left_out: Mask) -> tuple[Pool, list[Finding]]:
        """The norms for a question, as `LearnedRanker` sees them, with those of them that are ranked.

        The memory is asked without `left_out`.

        Raises EncoderError where the index has no vectors for them.
        """
        understood = self._understanding.of(text, today())
        words = understood.query.words
        keyword = self._keyword.run(words, None, understood.added_words)["documents"]
        near = self._vector.run(vector)["documents"]
        articles = self._memory.articles_of(self._memory.near(vector, left_out))
        known: Any = Found(
            Scored(one, 0.0) for one in articles_in_force(articles, self._store, None, today())
        )
        fused = Fusion().run(keyword=keyword, vector=near, remembered=known)["documents"]
        weighed = self._prior.run(documents=fused, query=words)["documents"]
        norms = [one for one in weighed.scored if one.finding.about.kind == "policy"]
        pool = pool_of(norms, words, vector, self._store, articles)
        if pool is None:
            raise EncoderError("索引中还有内容没有语义向量，无法训练排序。请先运行 lvzhi ingest 补全向量。")
        return pool, [norms[row].finding for row in pool.head]


@dataclass(frozen=True, slots=True)
class Learned:
    """What is kept of a question's pool: the features that need no memory, and what the memory is asked."""

    found: dict[str, Array]
    ids: tuple[str, ...]
    articles: tuple[int, ...]
    laws: tuple[str, ...]
    vectors: npt.NDArray[np.float16]


class Trainer:
    """Makes features and trains, with one memory of questions."""

    def __init__(
        self, store: EmbeddedStore, memory: QuestionMemory, questions: Sequence[Asked], vectors: Array
    ) -> None:
        self._memory, self._vectors = memory, vectors
        own = [q for q in questions if q.source == "written"]
        kept = {q.place for q in random.Random(5).sample(own, min(WRITTEN, len(own)))}  # noqa: S311
        kept |= {q.place for q in questions if q.source in ("gold", "enforcement")}
        self._questions = [q for q in questions if q.place in kept]
        self._folds = np.array([q.fold for q in questions])
        self._gold = np.array([q.source == "gold" for q in questions])
        self._answers = [frozenset(q.articles) for q in questions]
        retrieved = Retrieved(store, memory)
        self._learned: dict[int, Learned] = {}
        for question in self._questions:
            pool, ranked = retrieved.pool(question.text, vectors[question.place], self._itself(question))
            self._learned[question.place] = Learned(
                features(pool, store.keywords.pair_weights),
                tuple(whole_id(one.passage().id) for one in ranked),
                tuple(one.norm_key for one in ranked),
                tuple(law_name(one.about.meta) for one in ranked),
                pool.vectors[pool.head].astype(np.float16),
            )
        names = self._learned[self._questions[0].place].found
        self.names = (*(name for name in names if name != "prior"), *MEMORY_NAMES)

    def measure(self, fold: int) -> Iterator[tuple[Group, tuple[float, ...]]]:
        """nDCG@10 of each question of a fold by the prior alone, and as ranked with and without its topic."""
        groups = self.groups(fold)
        trees = Trees.read(self.trained([group for group in groups if group.asked.fold != fold]))
        for group in groups:
            if group.asked.fold == fold:
                held = PRIOR_COUNTS * group.prior
                scores = (group.prior, *(trees.scores(rows) + held for rows in (group.rows, group.unlike)))
                yield group, tuple(ndcg(group, each) for each in scores)

    def groups(self, fold: int | None) -> list[Group]:
        """The candidates of all questions, asked of a memory without those of the fold."""
        return [self._group(question, fold) for question in self._questions]

    def trained(self, groups: Sequence[Group]) -> str:
        """The models of all seeds as text, one after the other."""
        parts = [part for group in groups if group.right.any() for part in _parts(group)]
        rows, right = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
        weights = np.concatenate([np.full(len(part[1]), part[2]) for part in parts])
        sizes = [len(part[1]) for part in parts]
        shape = [(name in RISING) - (name in FALLING) for name in self.names]
        models = []
        for seed in range(1, SEEDS + 1):
            data = lightgbm.Dataset(rows, right, group=sizes, weight=weights, feature_name=list(self.names))
            models.append(
                lightgbm.train(
                    PARAMETERS | {"seed": seed, "monotone_constraints": shape}, data, ROUNDS
                ).model_to_string()
            )
        return "\n".join(model.partition("\nend of trees")[0] for model in models) + "\n"

    def _group(self, question: Asked, fold: int | None) -> Group:
        learned = self._learned[question.place]
        hidden = self._folds == fold if fold is not None else np.zeros(len(self._folds), dtype=np.bool_)
        rows, unlike = (
            _columns(learned.found | self._remembered(question, hidden | left_out), self.names)
            for left_out in (self._itself(question), self._topic(question))
        )
        right = np.array([article in question.articles for article in learned.ids])
        found = learned.found
        return Group(question, rows, unlike, learned.ids, right, found["prior"], found["vector_score"])

    def _remembered(self, question: Asked, left_out: Mask) -> dict[str, Array]:
        learned, vector = self._learned[question.place], self._vectors[question.place]
        near, vectors = self._memory.near(vector, left_out), learned.vectors.astype(np.float32)
        return self._memory.features(near, learned.articles, learned.laws, vectors)

    def _itself(self, question: Asked) -> Mask:
        """The question; one of ours with those on the same article, which were written together."""
        if question.source == "gold":
            return np.array([place == question.place for place in range(len(self._folds))])
        return self._on_same(question)

    def _topic(self, question: Asked) -> Mask:
        """What shares an answer with the question, or its law; of a gold one those beside it in the file."""
        if question.source == "gold":
            beside = np.abs(np.arange(len(self._folds)) - question.place) <= TOPIC
            return (self._gold & beside) | self._on_same(question)
        laws = [{self._memory.laws[row] for row in rows} for rows in self._memory.answers]
        return np.array([not laws[question.place].isdisjoint(each) for each in laws])

    def _on_same(self, question: Asked) -> Mask:
        return np.array([not answers.isdisjoint(question.articles) for answers in self._answers])


def ndcg(group: Group, scores: Array, depth: int = 10) -> float:
    """nDCG of the candidates in the order of their scores; an article in parts counts at its best part."""
    order = list(dict.fromkeys(group.ids[row] for row in np.argsort(-scores, kind="stable")))[:depth]
    gains = 1.0 / np.log2(np.arange(depth) + 2)
    found = sum(gain for gain, article in zip(gains, order, strict=False) if article in group.asked.articles)
    return float(found / gains[: len(group.asked.articles)].sum())


def _columns(found: dict[str, Array], names: Sequence[str]) -> Array:
    return np.column_stack([found[name] for name in names]).astype(np.float32)


def _parts(group: Group) -> Iterator[tuple[Array, npt.NDArray[np.bool_], float]]:
    """What is learned from a question: rows, which are right, and how much they count."""
    gold = group.asked.source == "gold"
    head = np.argsort(-group.prior, kind="stable")[: HEAD[gold]]
    near = np.argsort(-group.cosine, kind="stable")[: HEAD[gold] // 2]
    kept = np.unique(np.concatenate([head, near, np.flatnonzero(group.right)]))
    counts = 1.0 if gold else OWN_WEIGHT
    yield group.rows[kept], group.right[kept], counts * (1.0 - UNLIKE)
    yield group.unlike[kept], group.right[kept], counts * UNLIKE


if __name__ == "__main__":
    main()
