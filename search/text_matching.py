"""Character pairs of a query in many texts at once, by operations on arrays of code points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.segmenter import bigrams

Array = npt.NDArray[np.float32]
_K1, _B = 1.2, 0.6


@dataclass(frozen=True, slots=True)
class QueryPairs:
    """The distinct character pairs of a query: codes in ascending order, their weights, their places."""

    codes: npt.NDArray[np.uint32]
    weights: Array
    places: npt.NDArray[np.int64]
    first: npt.NDArray[np.bool_]  # by code point: whether a pair begins with it
    second: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Matches:
    """Of each text, one value each.

    BM25, the weighted share of the query's pairs that it has, the share of its own pairs that are of the
    query, how many different ones, the longest run of the query in it (in pairs), the greatest weight of one.
    """

    bm25: Array
    share: Array
    density: Array
    count: Array
    run: Array
    rarest: Array


def query_pairs(query: str, idf: Callable[[Sequence[str]], Array]) -> QueryPairs:
    """The pairs of a query with their weights."""
    pairs = [pair for pair in dict.fromkeys(bigrams(query)) if len(pair) == 2 and max(pair) < "\U00010000"]
    codes = np.array([ord(pair[0]) << 16 | ord(pair[1]) for pair in pairs], dtype=np.uint32)
    order = np.argsort(codes)
    first, second = np.zeros(65536, dtype=np.bool_), np.zeros(65536, dtype=np.bool_)
    first[codes >> 16], second[codes & 0xFFFF] = True, True
    return QueryPairs(codes[order], idf(pairs)[order], order, first, second)


def match(texts: Sequence[str], pairs: QueryPairs) -> Matches:
    """How the texts match the pairs; an empty query matches nothing."""
    count, terms = len(texts), len(pairs.codes)
    different = list(dict.fromkeys(texts))  # titles and headings come again
    if len(different) < count:
        row = {text: n for n, text in enumerate(different)}
        rows = np.array([row[text] for text in texts])
        m = match(different, pairs)
        return Matches(
            m.bm25[rows], m.share[rows], m.density[rows], m.count[rows], m.run[rows], m.rarest[rows]
        )
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    zeros = np.zeros(count, dtype=np.float32)
    if not terms:
        return Matches(zeros, zeros, zeros, zeros, zeros, zeros)
    at, term = _hits(texts, pairs)
    owner = np.searchsorted(np.cumsum(lengths + 1), at, side="right")
    frequency = np.bincount(owner * terms + term, minlength=count * terms).reshape(count, terms)
    there = frequency > 0
    relative = lengths / max(1.0, float(lengths.mean()))
    damped = frequency * (_K1 + 1) / (frequency + _K1 * (1 - _B + _B * relative[:, None]))
    return Matches(
        bm25=(damped @ pairs.weights).astype(np.float32),
        share=(there @ pairs.weights / pairs.weights.sum()).astype(np.float32),
        density=(there.sum(1) / np.maximum(1, lengths - 1)).astype(np.float32),
        count=there.sum(1).astype(np.float32),
        run=_runs(at, pairs.places[term], owner, count),
        rarest=(there * pairs.weights).max(1).astype(np.float32),
    )


def _hits(texts: Sequence[str], pairs: QueryPairs) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where in the joined texts a pair of the query begins, and which."""
    joined = "\n".join(texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    low = np.minimum(points, 65535)
    likely = np.flatnonzero(pairs.first[low[:-1]] & pairs.second[low[1:]])
    codes = low[likely] << 16 | low[likely + 1]
    term = np.minimum(np.searchsorted(pairs.codes, codes), len(pairs.codes) - 1)
    right = pairs.codes[term] == codes
    return likely[right], term[right]


def _runs(
    at: npt.NDArray[np.int64], place: npt.NDArray[np.int64], owner: npt.NDArray[np.int64], count: int
) -> Array:
    """The longest stretch of each text that stands in the query as it is, in pairs."""
    longest = np.zeros(count, dtype=np.float32)
    if len(at):
        goes_on = np.zeros(len(at), dtype=np.bool_)
        goes_on[1:] = (np.diff(at) == 1) & (np.diff(place) == 1)
        starts = np.flatnonzero(~goes_on)
        lengths = np.diff(np.append(starts, len(at)))
        np.maximum.at(longest, owner[starts], lengths)
    return longest
