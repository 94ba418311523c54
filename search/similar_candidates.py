"""Which cases are looked at closely: those near in words, in meaning or in the articles that they apply."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from search.filters import Filters
from search.fingerprint import fingerprint_of, resemblance
from search.passage import Passage, StoredDocument
from search.protocols import Encoder, Vectors
from search.similar_case import Case, same_case
from search.store import EmbeddedStore

POOL = 150  # cases that are compared closely
_PASSAGES = 200  # of each way to find them
_SEARCHED = 3000  # code points of facts or dispute that the keyword index is asked for
_WINDOW = 480  # code points that an encoder reads at once
_WINDOWS = 8  # of the facts, and of the dispute
_ARTICLES = 100  # passages that apply one of the articles, of the rarest first
_SAME_TEXT = 0.9  # resemblance from which a document without a number is a copy


_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Windows:
    """The vectors of facts and dispute, shape (windows, dimension), and the passages near to each window.

    None where there are no vectors; `failed` where making or searching them went wrong.
    """

    facts: Vectors | None = None
    dispute: Vectors | None = None
    near: tuple[tuple[Passage, ...], ...] = ()
    failed: bool = False


class Candidates:
    """Finds the cases of an index that are worth comparing."""

    def __init__(self, store: EmbeddedStore, encoder: Encoder | None) -> None:
        self._store = store
        self._encoder = encoder

    def windows_of(self, case: Case, filters: Filters | None) -> Windows:
        """The vectors of a case, encoded as passages are, since it is compared with its equals.

        Where that fails, words have to do alone.
        """
        self._store.refresh_if_changed()
        try:
            facts, dispute = self._encoded(case.facts), self._encoded(case.dispute)
            vectors = [vector for rows in (facts, dispute) if rows is not None for vector in rows]
            found = (self._store.vector_search(vector, filters, _PASSAGES // 4) for vector in vectors)
            near = tuple(tuple(passage for _, passage in hits) for hits in found)
        except Exception as error:
            # Without the error's message: it may repeat the text, which is about people.
            _LOG.error("comparing cases by meaning failed: %s", type(error).__name__)
            return Windows(failed=True)
        return Windows(facts, dispute, near)

    def documents(self, case: Case, windows: Windows, filters: Filters | None) -> dict[str, StoredDocument]:
        """At most `POOL` other cases by id, without the case itself and its copies."""
        best: dict[str, float] = {}
        for passages in (*self._ways(case, filters), *windows.near):
            for place, passage in enumerate(passages):
                name = passage.meta["document_id"]
                best[name] = max(best.get(name, 0.0), 1.0 / (place + 1))
        names = sorted(best, key=lambda name: (-best[name], name))
        keywords = self._store.keywords
        found = {d.id: d for d in keywords.documents(keywords.one_of("id", names[: POOL + 20]))}
        copies = self._copies(case)
        kept = (name for name in names if name in found and not _is_own(case, found[name], copies))
        return {name: found[name] for name in list(kept)[:POOL]}

    def _ways(self, case: Case, filters: Filters | None) -> list[list[Passage]]:
        """The passages found by words and by articles, best first."""
        texts = [text[:_SEARCHED] for text in (case.facts, case.dispute) if text.strip()]
        ways = [[p for _, p in self._store.keyword_search(text, filters, _PASSAGES)] for text in texts]
        return [*ways, self._applying(case.articles, filters)]

    def _applying(self, articles: Sequence[str], filters: Filters | None) -> list[Passage]:
        """Passages that apply one of the articles, those with the rarest article first."""
        keywords, allowed = self._store.keywords, self._store.where(filters)
        conditions = [keywords.term("applies", article) for article in articles]
        wheres = [keywords.all_of([c, allowed]) if allowed is not None else c for c in conditions]
        counted = sorted(((keywords.count(where), n) for n, where in enumerate(wheres)))
        found: dict[str, Passage] = {}
        for count, number in counted:
            if count and len(found) < _ARTICLES:
                found |= {p.id: p for p in keywords.newest(wheres[number], _ARTICLES - len(found))}
        return list(found.values())

    def _encoded(self, text: str) -> Vectors | None:
        if self._encoder is None or not text.strip():
            return None
        cut = [text[at : at + _WINDOW] for at in range(0, len(text), _WINDOW)]
        return self._encoder.encode_passages(cut[:_WINDOWS])

    def _copies(self, case: Case) -> frozenset[str]:
        """The ids of documents that say what a text without a number says."""
        if case.id is not None or case.case_number is not None:
            return frozenset()
        own = fingerprint_of(case.text, "", _SAME_TEXT)
        near = self._store.keywords.near(own.keys, 50)
        return frozenset(d.id for d, signature in near if resemblance(own.signature, signature) >= own.alike)


def _is_own(case: Case, other: StoredDocument, copies: frozenset[str]) -> bool:
    """Whether a document is the case itself, of the same case, a copy, or what the text was taken from."""
    if case.id is None and case.case_number is None and _plain(case.text) in _plain(other.text):
        return True
    if (
        other.id == case.id
        or other.id in copies
        or same_case(case.case_number, other.meta.get("case_number"))
    ):
        return True
    return case.group is not None and other.meta.get("group") == case.group


def _plain(text: str) -> str:
    """The text without spaces and line breaks, which differ between formats."""
    return "".join(text.split())
