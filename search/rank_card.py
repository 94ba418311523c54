"""The card of the learned ranker, in Markdown."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from search.question_memory import NAMES

_MADE = (
    "`ranker.txt` holds boosted trees (LambdaRank, LightGBM's text format) that order the articles",
    "which keyword search and embeddings have found; `question_memory.npz` the questions of the",
    "training data by their vectors, whose answers count for questions like them. `python -m",
    "search.rank_training` makes both.",
)
_LIMITS = (
    "The encoder was trained on most of the gold questions; those that it was not trained on gained no",
    "less by its training. A question of a topic that no training question touches gains less: see the",
    "last column, for which the memory is without the questions beside it (gold) or of its law (ours),",
    "and without its answer. Our own questions are asked of a memory without all questions on the same",
    "article, while it knows many on the articles around: what they lose by it a real question does",
    "not.",
)


class Measured(Protocol):
    """A question that has been measured."""

    @property
    def place(self) -> int: ...
    @property
    def source(self) -> str: ...


def card(
    questions: Sequence[Measured], measured: Mapping[int, tuple[float, ...]], names: Sequence[str]
) -> str:
    """What the ranker is, with its figures by cross-validation.

    `measured` holds nDCG@10 of each question by the prior alone, ranked, and ranked without its topic.
    """
    lines = [
        "# Card of the ranker",
        "",
        *_MADE,
        "",
        "## Figures",
        "nDCG@10 by five-fold cross-validation: neither trees nor memory have seen the question.",
        "",
        "| questions | number | fusion with prior | ranked | ranked, memory without its topic |",
        "|---|---|---|---|---|",
    ]
    for source in dict.fromkeys(question.source for question in questions if question.place in measured):
        values = np.array(
            [measured[q.place] for q in questions if q.source == source and q.place in measured]
        )
        before, after, alone = values.mean(axis=0)
        lines.append(f"| {source} | {len(values)} | {before:.3f} | {after:.3f} | {alone:.3f} |")
    lines += ["", "## Features", ", ".join(f"`{name}`" for name in names if name not in NAMES), ""]
    lines += [f"Of the memory: {', '.join(f'`{name}`' for name in NAMES)}.", "", "## Limits"]
    return "\n".join([*lines, *_LIMITS]) + "\n"
