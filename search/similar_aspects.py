"""The aspects of similarity of every case compared, and what the nearest cases tell of an unnamed cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from legal.crosswalk import Citing
from search import similar_scores as scores
from search.citation_graph import CitationGraph
from search.passage import StoredDocument
from search.protocols import Vectors
from search.similar_candidates import Windows
from search.similar_case import Case, Role, roles_of, stored_case
from search.similar_particulars import Particulars, particulars_of
from search.store import EmbeddedStore
from search.vectors import vector_key

NEAREST = 10  # cases, by facts and dispute, that vote on a cause or on articles that are not named


@dataclass(frozen=True, slots=True)
class Aspects:
    """How near a case is in each aspect, 0 to 1."""

    facts: float
    dispute: float
    particulars: float
    articles: float
    cause: float
    outcome: float


@dataclass(frozen=True, slots=True)
class Inferred:
    """What the nearest cases say in place of what the case does not: value and its share of votes, 0 to 1.

    Empty where the case names it itself. `counted` are the aspects that can be compared.
    """

    causes: Mapping[str, float]
    articles: Mapping[str, float]
    counted: frozenset[str]


class Pool:
    """A case and those that it is compared with, read once: texts, articles as now numbered, vectors."""

    def __init__(
        self,
        store: EmbeddedStore,
        graph: CitationGraph,
        case: Case,
        documents: Mapping[str, StoredDocument],
        windows: Windows,
    ) -> None:
        self.case, self.documents, self.windows = case, documents, windows
        self._store = store
        self.asked = store.segmenter.words(case.dispute or case.facts)  # what the gist of a case answers
        self.cases = {name: stored_case(document) for name, document in documents.items()}
        self._graph = graph
        self._now: dict[tuple[str, date | None], str] = {}
        self.articles = {name: self._in_force(other) for name, other in self.cases.items()}
        self.own_articles = self._in_force(case)
        self.particulars = self._particulars()
        self.vectors: dict[Role, dict[str, Vectors]] = {"facts": {}, "dispute": {}}
        self.encoded_share = 0.0
        if windows.facts is not None or windows.dispute is not None:
            self._read_vectors()

    def words(self, role: Role) -> scores.Scores:
        """How near each case is in the words of its facts or its dispute; see `word_scores`."""
        words = self._store.segmenter.words
        texts = {name: words(getattr(other, role)) for name, other in self.cases.items()}
        return scores.word_scores(words(getattr(self.case, role)), texts)

    def _particulars(self) -> Particulars:
        """What tells the dispute of the case itself in the others, over their whole texts."""
        words = self._store.segmenter.words
        own = f"{self.case.facts}\n{self.case.dispute}"
        texts = {name: document.text for name, document in self.documents.items()}
        return particulars_of((own, words(own)), texts, {name: words(text) for name, text in texts.items()})

    def _in_force(self, case: Case) -> dict[str, str]:
        """The articles of a case under the numbers that they bear now, with the ids as it cites them."""
        return {self._led(article, case.day): article for article in case.articles}

    def _led(self, article: str, day: date | None) -> str:
        if day is None:
            return article
        if (article, day) not in self._now:
            law, _, label = article.partition("#")
            now = self._graph.resolve(law, label, Citing(day, day)).article
            self._now[article, day] = f"{law}#{now}" if now else article
        return self._now[article, day]

    def _read_vectors(self) -> None:
        keywords = self._store.keywords
        passages = list(keywords.passages(keywords.one_of("document_id", list(self.documents))))
        keys = [vector_key(passage) for passage in passages]
        held = self._store.vectors.get(np.array(keys, dtype=np.int64))
        roles = {name: roles_of(d.text, d.sections) for name, d in self.documents.items()}
        rows: dict[tuple[str, str], list[Vectors]] = {}
        for passage, key in zip(passages, keys, strict=True):
            name = passage.meta["document_id"]
            if key in held:
                role = roles[name].get(passage.meta["label"], "facts")
                rows.setdefault((role, name), []).append(held[key])
        for role, by_name in self.vectors.items():
            by_name |= {name: scores.stacked(found) for (of, name), found in rows.items() if of == role}
        encoded = {name for _, name in rows}
        self.encoded_share = len(encoded) / len(self.documents) if self.documents else 0.0


def aspects_of(pool: Pool, facts_weight: float, dispute_weight: float) -> tuple[dict[str, Aspects], Inferred]:
    """The aspects of every case of the pool, and what was inferred to compare them."""
    facts, dispute = (_text_scores(pool, role) for role in _TEXTS)
    near = _near(facts, dispute, (facts_weight, dispute_weight))
    causes, articles = _inferred(pool, near)
    own_causes = {pool.case.cause: 1.0} if pool.case.cause else causes
    own_articles = dict.fromkeys(pool.own_articles, 1.0) or articles
    rarity = scores.rarities([*pool.articles.values(), own_articles])
    aspects = {
        name: Aspects(
            facts=facts.get(name, 0.0),
            dispute=dispute.get(name, 0.0),
            particulars=pool.particulars.standing.get(name, 0.0),
            articles=scores.article_score(own_articles, pool.articles[name], rarity),
            cause=own_causes.get(other.cause or "", 0.0),
            outcome=_overlap(pool.case.outcomes, other.outcomes),
        )
        for name, other in pool.cases.items()
    }
    said = {
        "facts": facts,
        "dispute": dispute,
        "particulars": pool.particulars.standing,
        "articles": own_articles,
        "cause": own_causes,
        "outcome": pool.case.outcomes,
    }
    return aspects, Inferred(causes, articles, frozenset(name for name, value in said.items() if value))


_TEXTS: tuple[Role, Role] = ("facts", "dispute")


def _text_scores(pool: Pool, role: Role) -> scores.Scores:
    """Words and meaning of facts or dispute together, over 0 to 1; empty where the case has none."""
    if not getattr(pool.case, role).strip() or not pool.cases:
        return {}
    rows: Vectors | None = getattr(pool.windows, role)
    meaning = scores.meaning_scores(rows, pool.vectors[role]) if rows is not None else {}
    share = len(meaning) / max(1, sum(bool(getattr(other, role).strip()) for other in pool.cases.values()))
    blended = scores.blend(pool.words(role), meaning, min(1.0, share))
    return scores.spread(blended, blended)


def _near(facts: scores.Scores, dispute: scores.Scores, weights: tuple[float, float]) -> scores.Scores:
    """The nearest cases by facts and dispute alone, with how near they are over 0 to 1."""
    one, other = weights if any(weights) else (1.0, 1.0)
    names = facts.keys() | dispute.keys()
    near = {name: one * facts.get(name, 0.0) + other * dispute.get(name, 0.0) for name in names}
    best = sorted(near, key=lambda name: (-near[name], name))[:NEAREST]
    over = scores.spread(near, near)
    return {name: over[name] for name in best}


def _inferred(pool: Pool, near: scores.Scores) -> tuple[dict[str, float], dict[str, float]]:
    causes, articles = dict[str, float](), dict[str, float]()
    if not pool.case.cause:
        named = {name: [cause] if (cause := pool.cases[name].cause) else [] for name in near}
        causes = scores.votes(near, named)
    if not pool.case.articles:
        articles = scores.votes(near, pool.articles)
    return causes, articles


def _overlap(own: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The share of the results of either that both have (Jaccard)."""
    both = set(own) | set(other)
    return len(set(own) & set(other)) / len(both) if both else 0.0
