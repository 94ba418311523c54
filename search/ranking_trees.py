"""The learned ranker: boosted trees of LightGBM's text format, evaluated by numpy alone.

All splits of all trees are decided at once; each split that sends a candidate right strikes the leaves to its
left from a mask of the tree, and the leftmost leaf that is left is the candidate's (Lucchese et al.,
QuickScorer, 2015). So no library for trees is needed to search.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

MODEL = Path(__file__).with_name("ranker.txt")
PRIOR_COUNTS = 4.0  # how much the prior score counts beside the trees; chosen by cross-validation
LEAVES = 8  # at most, so that a mask of a tree is one byte
_FIRST = np.array([next((bit for bit in range(8) if mask >> bit & 1), 0) for mask in range(256)])


@dataclass(frozen=True, slots=True)
class Trees:
    """The splits of all trees, shape (trees, LEAVES - 1), and the values of their leaves (trees, LEAVES)."""

    names: tuple[str, ...]
    features: npt.NDArray[np.intp]
    thresholds: npt.NDArray[np.float64]
    kept_right: npt.NDArray[np.uint8]  # the leaves that are left where a split sends a candidate right
    values: npt.NDArray[np.float64]

    @classmethod
    def read(cls, text: str) -> Self:
        """The trees of one or more models in LightGBM's text format, one after the other."""
        trees = [_fields(block) for block in text.split("\nTree=")[1:]]
        shape = (len(trees), LEAVES - 1)
        features, thresholds = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf)
        kept = np.full(shape, 255, dtype=np.uint8)
        values = np.zeros((len(trees), LEAVES))
        for row, tree in enumerate(trees):
            leaves = tree["leaf_value"]
            order = _leaves_in_order(tree, 0) if len(leaves) > 1 else [0]
            values[row, : len(leaves)] = [float(leaves[leaf]) for leaf in order]
            for split in range(len(leaves) - 1):
                features[row, split] = int(tree["split_feature"][split])
                thresholds[row, split] = float(tree["threshold"][split])
                struck = _leaves_in_order(tree, int(tree["left_child"][split]))
                kept[row, split] = 255 - sum(1 << order.index(leaf) for leaf in struck)
        names = next(line for line in text.splitlines() if line.startswith("feature_names="))
        return cls(tuple(names.partition("=")[2].split()), features, thresholds, kept, values)

    def scores(self, rows: Array) -> Array:
        """The sum of the trees for each row, whose columns are `names`."""
        trees = np.arange(len(self.values))
        right = rows[:, self.features] > self.thresholds
        masks = np.bitwise_and.reduce(np.where(right, self.kept_right, np.uint8(255)), axis=2)
        scores: Array = self.values[trees, _FIRST[masks]].sum(axis=1).astype(np.float32)
        return scores

    def rank(self, found: Mapping[str, Array]) -> Array:
        """The scores of candidates from their features by name: the trees, held to what the prior says."""
        rows = np.column_stack([found[name] for name in self.names]).astype(np.float32)
        return self.scores(rows) + np.float32(PRIOR_COUNTS) * found["prior"]


@cache
def default_trees() -> Trees:
    """The trees that come with the program; read at the first use."""
    return Trees.read(MODEL.read_text(encoding="utf-8"))


def _fields(block: str) -> dict[str, list[str]]:
    found = {}
    for line in block.split("\n\n")[0].splitlines():
        name, _, values = line.partition("=")
        found[name] = values.split()
    return found


def _leaves_in_order(tree: dict[str, list[str]], node: int) -> list[int]:
    """The leaves below a node, from left to right; LightGBM writes leaf n as the child -n - 1."""
    if node < 0:
        return [-node - 1]
    left, right = (int(tree[side][node]) for side in ("left_child", "right_child"))
    return _leaves_in_order(tree, left) + _leaves_in_order(tree, right)
