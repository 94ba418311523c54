"""What the other candidates say of one: those of its law, beside it in the law, and of the same meaning."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
_HEAD = 50  # candidates whose laws are counted
_NEAR = 3  # articles before and after one that count as its neighbours
_SHARP = 8.0  # how much the best candidates of a law outweigh the rest of it


class Placed(Protocol):
    """A candidate's place: the document and the number of the article in it, 0 where it has none."""

    @property
    def document_id(self) -> str: ...
    @property
    def number(self) -> int: ...


def pool_features(candidates: Sequence[Placed], fused: Array, vectors: Array) -> dict[str, Array]:
    """The features by name, one value a candidate; `fused` is the score that ranks them so far."""
    names: dict[str, int] = {}
    law = np.array([names.setdefault(c.document_id, len(names)) for c in candidates])
    number = np.array([c.number for c in candidates])
    order = np.argsort(-fused, kind="stable")
    return (
        _laws(law, fused, order, len(names)) | _neighbours(law, number, fused) | _alike(fused, vectors, order)
    )


def _laws(
    law: npt.NDArray[np.int64], fused: Array, order: npt.NDArray[np.int64], laws: int
) -> dict[str, Array]:
    weight = np.exp(_SHARP * (fused - fused.max()))
    total = np.bincount(law, weights=weight, minlength=laws)
    best = np.zeros(laws, dtype=np.float32)
    np.maximum.at(best, law, fused)
    head = np.bincount(law[order[:_HEAD]], minlength=laws)
    top = np.bincount(law[order[:10]], minlength=laws)
    place = np.empty(laws)
    place[np.argsort(-total, kind="stable")] = np.arange(1, laws + 1)
    within = np.empty(len(law))
    by_law = np.lexsort((-fused, law))
    starts = np.flatnonzero(np.r_[True, np.diff(law[by_law]) > 0])
    within[by_law] = np.arange(len(law)) - np.repeat(starts, np.diff(np.r_[starts, len(law)]))
    found = {
        "law_share": total[law] / total.sum(),
        "law_others": (total[law] - weight) / total.sum(),
        "law_best": best[law],
        "law_behind_best": best[law] - fused,
        "law_head": head[law],
        "law_top": top[law],
        "law_rank": place[law],
        "law_within": within,
    }
    return {name: values.astype(np.float32) for name, values in found.items()}


def _neighbours(law: npt.NDArray[np.int64], number: npt.NDArray[np.int64], fused: Array) -> dict[str, Array]:
    place = law * 100_000 + number
    order = np.argsort(place, kind="stable")
    ordered, scores, known = place[order], fused[order], number[order] > 0
    best, total = np.zeros(len(law), dtype=np.float32), np.zeros(len(law), dtype=np.float32)
    for step in range(1, 2 * _NEAR + 1):
        if step >= len(law):
            break
        away = ordered[step:] - ordered[:-step]
        near = (away <= _NEAR) & (away > 0) & known[step:] & known[:-step]
        for here, there in ((slice(step, None), slice(None, -step)), (slice(None, -step), slice(step, None))):
            value = np.where(near, scores[there], 0.0)
            best[here] = np.maximum(best[here], value)
            total[here] += value / np.maximum(1, away)
    found = np.empty((2, len(law)), dtype=np.float32)
    found[0, order], found[1, order] = best, total
    return {"near_best": found[0], "near_total": found[1]}


def _alike(fused: Array, vectors: Array, order: npt.NDArray[np.int64]) -> dict[str, Array]:
    """How near each is in meaning to the best candidates so far."""
    found = {}
    for head in (3, 10, 30):
        weight = fused[order[:head]]
        centre = weight @ vectors[order[:head]]
        found[f"alike_{head}"] = vectors @ centre / (float(np.linalg.norm(centre)) or 1.0)
    found["alike_beside"] = found["alike_10"] - found["alike_10"].max()
    return {name: values.astype(np.float32) for name, values in found.items()}
