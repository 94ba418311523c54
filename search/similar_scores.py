"""How near two cases are, aspect by aspect: words, meaning, articles, cause and outcome."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from search.protocols import Vectors

_LEAST = 1e-9

Scores = dict[str, float]


def word_scores(query: Sequence[str], texts: Mapping[str, Sequence[str]], power: float = 1.0) -> Scores:
    """The cosine of each text, by its id, with the words of the query; 0 to 1.

    Words are weighted by 1 + ln n and by how rare they are among the texts compared (Salton and Buckley,
    "Term-weighting approaches in automatic text retrieval", 1988), that to the given power.
    """
    counted = {name: Counter(words) for name, words in texts.items()}
    holding = Counter(word for counts in counted.values() for word in counts)
    rare = {word: _rarity(count, len(texts)) ** power for word, count in holding.items()}
    unseen = _rarity(0, len(texts)) ** power
    own = {word: weight * rare.get(word, unseen) for word, weight in _damped(Counter(query)).items()}
    length = _length(own.values())
    scores = {}
    for name, counts in counted.items():
        weights = {word: weight * rare[word] for word, weight in _damped(counts).items()}
        common = sum(weight * own[word] for word, weight in weights.items() if word in own)
        scores[name] = common / (length * _length(weights.values()) or 1.0)
    return scores


def meaning_scores(query: Vectors, texts: Mapping[str, Vectors]) -> Scores:
    """The mean, over the windows of the query, of the nearest window of each text; cosines of unit vectors.

    `query` has shape (windows, dimension), as has each text; one without vectors is left out.
    """
    return {name: float((query @ rows.T).max(axis=1).mean()) for name, rows in texts.items() if len(rows)}


def spread(scores: Scores, names: Iterable[str]) -> Scores:
    """The scores of all `names` over 0 to 1, the best having 1; a name without a score has 0."""
    if not scores:
        return dict.fromkeys(names, 0.0)
    low, high = min(scores.values()), max(scores.values())
    width = high - low
    alone = 1.0 if high > 0 else 0.0
    return {
        name: ((scores[name] - low) / width if width > _LEAST else alone) if name in scores else 0.0
        for name in names
    }


def blend(words: Scores, meaning: Scores, share: float) -> Scores:
    """Both, each spread over 0 to 1, with equal weight; meaning counts less while few texts have vectors.

    `share` is how many of the texts have vectors, 0 to 1.
    """
    weight = 0.5 * share if meaning else 0.0
    plain, near = spread(words, words), spread(meaning, words)
    return {name: (1.0 - weight) * plain[name] + weight * near[name] for name in words}


def article_score(query: Mapping[str, float], articles: Iterable[str], rarity: Mapping[str, float]) -> float:
    """The cosine of two sets of articles, 0 to 1, each weighted by `rarity`.

    `query` holds articles with how sure they are, 1 for those that the document names: rare articles tell
    more than those that most judgments apply.
    """
    held = set(articles)
    own = math.sqrt(sum((sure * rarity[article]) ** 2 for article, sure in query.items()))
    other = math.sqrt(sum(rarity[article] ** 2 for article in held))
    common = sum(query[article] * rarity[article] ** 2 for article in held if article in query)
    return common / (own * other) if own and other else 0.0


def rarities(cases: Sequence[Iterable[str]]) -> dict[str, float]:
    """ln(1 + N/n) of each article that n of the N cases apply."""
    counts = Counter(article for articles in cases for article in set(articles))
    return {article: math.log(1.0 + len(cases) / count) for article, count in counts.items()}


def votes(nearest: Mapping[str, float], values: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """How much of the weight of the `nearest` has each value, 0 to 1."""
    total = sum(nearest.values())
    found: dict[str, float] = {}
    for name, weight in nearest.items():
        for value in set(values[name]):
            found[value] = found.get(value, 0.0) + (weight / total if total else 0.0)
    return found


def stacked(rows: Sequence[Vectors]) -> Vectors:
    """The rows as one array of shape (rows, dimension); empty where there are none."""
    return np.stack(rows).astype(np.float32) if rows else np.zeros((0, 0), dtype=np.float32)


def _damped(counts: Counter[str]) -> dict[str, float]:
    return {word: 1.0 + math.log(times) for word, times in counts.items()}


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights))


def _rarity(holding: int, total: int) -> float:
    return math.log(1.0 + (total - holding + 0.5) / (holding + 0.5))
