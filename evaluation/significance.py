"""How sure a mean is: percentile bootstrap over queries (Efron 1979; for retrieval: Sakai 2006)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 10_000
_SEED = 0  # the same values have the same interval


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the bounds between which 95 % of the resampled means lie."""

    mean: float
    low: float
    high: float


def interval(values: Sequence[float]) -> Interval:
    """The mean of one value a query with its 95 % confidence interval. Raises ValueError without values."""
    if not values:
        raise ValueError("no values")
    drawn = np.random.default_rng(_SEED).integers(0, len(values), (_RESAMPLES, len(values)))
    means = np.asarray(values, dtype=np.float64)[drawn].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Interval(float(np.mean(values)), float(low), float(high))


def difference(one: Sequence[float], other: Sequence[float]) -> Interval:
    """`one` minus `other`, query by query: their difference is sure where the interval leaves 0 out."""
    return interval([a - b for a, b in zip(one, other, strict=True)])
