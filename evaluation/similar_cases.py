"""How well similar cases are found, tested on judgments: `python -m evaluation.similar_cases FILE`.

A judgment asks for its like without its charge and the articles that it applies; those that convict of the
same charge or rest on the same articles are the answer. Half of the judgments chose the weights, the other
half measures.
"""

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evaluation.significance import Interval, difference, interval
from evaluation.similar_judgments import (
    Judgment,
    KnownItems,
    charge_words,
    halved_documents,
    halved_facts,
    hidden,
    index_of,
    read_judgments,
    relevance,
)
from search.encoder import OnnxEncoder
from search.protocols import Encoder, Segmenter
from search.service import SearchService
from search.similar_case import stored_case
from search.similar_cases import SimilarRequest, Weights
from search.store import EmbeddedStore

DEPTH = 10
PASSAGES, DOCUMENTS, SIMILAR = WAYS = ("BM25 of passages", "BM25 of documents", "similar")
KNOWN = 0.95  # what part of the documents must be found at rank one, their second half by their first


@dataclass(frozen=True, slots=True)
class Asked:
    """One judgment as a query: its nDCG@10 by each way of searching, and the charges of the first found.

    `tuning` says that it is of the half that chose the weights.
    """

    id: str
    charges: tuple[str, ...]
    tuning: bool
    ndcg: Mapping[str, float]
    first: Mapping[str, tuple[str, ...]]

    @property
    def lost(self) -> float:
        """By how much similar() is worse than the better of the two BM25; negative where it is better."""
        return max(self.ndcg[PASSAGES], self.ndcg[DOCUMENTS]) - self.ndcg[SIMILAR]


@dataclass(frozen=True, slots=True)
class Known:
    """A second half looked for by its first: its rank by similar(), None beyond the first ten.

    `length` is that of the second half in code points.
    """

    id: str
    length: int
    rank: int | None


def ask_all(
    service: SearchService, store: EmbeddedStore, judgments: Sequence[Judgment], weights: Weights
) -> list[Asked]:
    """Every judgment that has an answer, asked of the index over `store`, which holds all of them."""
    grades, words = relevance(judgments), charge_words(judgments)
    charges = {judgment.id: judgment.charges for judgment in judgments}
    bm25 = DocumentBm25(store.segmenter, {judgment.id: judgment.document.text for judgment in judgments})
    asked = []
    for judgment in judgments:
        document = store.document(judgment.id)
        if document is None or not grades[judgment.id]:
            continue
        case = hidden(stored_case(document), words)
        text = f"{case.facts}\n{case.dispute}"
        found = service.similar(SimilarRequest(case, weights, limit=DEPTH)).found
        lists = {
            PASSAGES: [name for name in _by_passages(store, text) if name != judgment.id][:DEPTH],
            DOCUMENTS: [name for name in bm25.search(text) if name != judgment.id][:DEPTH],
            SIMILAR: [similar.document.id for similar in found],
        }
        scores = {way: ndcg(grades[judgment.id], names) for way, names in lists.items()}
        first = {way: charges[names[0]] if names else () for way, names in lists.items()}
        asked.append(Asked(judgment.id, judgment.charges, judgment.tuning, scores, first))
    return asked


def find_known(items: KnownItems, encoder: Encoder | None) -> list[Known]:
    """The rank of every second half, asked for by the first half in an index of all second halves."""
    entries, firsts = items
    service = SearchService(index_of(entries, encoder), encoder)
    lengths = {entry.document.id: len(entry.document.text) for entry in entries}
    found = []
    for name, case in firsts.items():
        result = service.similar(SimilarRequest(case, limit=DEPTH))
        names = [similar.document.id for similar in result.found]
        found.append(Known(name, lengths[name], names.index(name) + 1 if name in names else None))
    return found


def ndcg(grades: Mapping[str, int], names: Sequence[str]) -> float:
    """nDCG@10 with the grade as gain (Järvelin and Kekäläinen 2002)."""
    gained = sum(grades.get(name, 0) / math.log2(rank + 1) for rank, name in enumerate(names[:DEPTH], 1))
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    ideal = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, start=1))
    return gained / ideal if ideal else 0.0


class DocumentBm25:
    """BM25 over the words of whole documents: what similar() must beat beside the index's own BM25.

    Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with k1 = 1.2 and b = 0.75.
    """

    def __init__(self, segmenter: Segmenter, texts: Mapping[str, str]) -> None:
        self._segmenter = segmenter
        self._words = {name: Counter(segmenter.words(text)) for name, text in texts.items()}
        self._holding = Counter(word for words in self._words.values() for word in words)
        lengths = {name: words.total() for name, words in self._words.items()}
        mean = sum(lengths.values()) / len(lengths)
        self._norms = {name: 1.2 * (0.25 + 0.75 * length / mean) for name, length in lengths.items()}

    def search(self, text: str) -> list[str]:
        """The ids of all documents, best first."""
        query = sorted(set(self._segmenter.words(text)) & self._holding.keys())
        scores = {name: self._score(query, name) for name in self._words}
        return sorted(scores, key=lambda name: (-scores[name], name))

    def _score(self, query: Sequence[str], name: str) -> float:
        words, total = self._words[name], len(self._words)
        return sum(
            math.log(1.0 + (total - held + 0.5) / (held + 0.5)) * times * 2.2 / (times + self._norms[name])
            for word in query
            if (times := words[word]) and (held := self._holding[word])
        )


def _by_passages(store: EmbeddedStore, text: str) -> list[str]:
    """The ids of documents at their best passage by the BM25 of the index, best first."""
    hits = store.keyword_search(text, None, 400)
    return list(dict.fromkeys(passage.meta["document_id"] for _, passage in hits))


def _show(out: Console, name: str, asked: Sequence[Asked]) -> None:
    table = Table("half", "queries", *WAYS, "similar - best BM25", title=f"nDCG@10, {name}")
    for half, tuning in (("chose the weights", True), ("measures", False)):
        own = [query for query in asked if query.tuning is tuning]
        if not own:
            continue
        means = [interval([query.ndcg[way] for query in own]) for way in WAYS]
        won = difference([q.ndcg[SIMILAR] for q in own], [q.ndcg[SIMILAR] + q.lost for q in own])
        table.add_row(half, str(len(own)), *(_said(mean) for mean in means), _said(won))
    out.print(table)


def _show_losses(out: Console, asked: Sequence[Asked]) -> None:
    """The queries that similar() answers worse than BM25, the worst first."""
    losses = sorted((query for query in asked if query.lost > 0), key=lambda query: -query.lost)
    table = Table("lost", "document", "charges", *(f"first by {way}" for way in WAYS), title="losses")
    for query in losses:
        firsts = ("、".join(query.first[way]) for way in WAYS)
        table.add_row(f"{query.lost:.3f}", query.id, "、".join(query.charges), *firsts)
    out.print(table)
    out.print(f"{len(losses)} of {len(asked)} queries lost")


def _show_known(out: Console, name: str, known: Sequence[Known]) -> bool:
    """How many second halves stand at rank one; returns whether these are enough."""
    first = sum(item.rank == 1 for item in known)
    out.print(f"second halves of {name} found by the first at rank one: {first} of {len(known)}")
    for item in known:
        if item.rank != 1:
            out.print(f"  {item.id}: rank {item.rank or 'beyond ten'}, {item.length} code points")
    return first >= KNOWN * len(known)


def _said(mean: Interval) -> str:
    return f"{mean.mean:.3f} ({mean.low:.3f} to {mean.high:.3f})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables; 1 where too few documents are found at rank one by their first half."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.similar_cases", description=__doc__)
    parser.add_argument("file", type=Path, help="criminal judgments, such as those of JuDGE")
    parser.add_argument("--encoder", type=Path, help="an encoder folder; without it words alone are compared")
    parser.add_argument("--json", type=Path, help="write every query with its values there, one a line")
    given = parser.parse_args(arguments)
    encoder = OnnxEncoder(given.encoder) if given.encoder else None
    out = Console(width=160, highlight=False)
    judgments = read_judgments(given.file)
    store = index_of([judgment.entry for judgment in judgments], encoder)
    asked = ask_all(SearchService(store, encoder), store, judgments, Weights())
    name = encoder.name if encoder else "words alone"
    _show(out, name, asked)
    _show_losses(out, asked)
    enough = _show_known(out, "documents", find_known(halved_documents(judgments), encoder))
    _show_known(out, "facts", find_known(halved_facts(judgments), encoder))
    if given.json:
        lines = (json.dumps(asdict(query), ensure_ascii=False) for query in asked)
        given.json.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
