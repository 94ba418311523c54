"""What a search finds, as numbers and facts of its document, before any text is read.

Hundreds of passages are found, weighed and put in order; ten are shown. So the index holds as numbers, which
are read at once, what tells passages apart, and what all passages of a document have alike is read with the
first of them and kept. A passage itself is read when somebody asks for it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import orjson
import tantivy

from legal.numerals import parse_number
from search.passage import FACETS, NUMBER_FIELDS, Passage, whole_id
from search.vectors import vector_key

# Integer fields of a passage's record, in the order in which `Finding` has them; see `numbers_of`.
NUMBERS = ("key", "document_key", "hit_key", "vector_key", "norm_key", "article_number", "start")
# What all passages of a document have alike, as far as it bears on their order or on counts.
_SHARED = ("kind", "document_id", "law", "title", "group", "day", *FACETS)
_NUMBER = re.compile(r"第(.+?)条")


@dataclass(frozen=True, slots=True)
class About:
    """What a search asks of the document of a passage; `own` is its id, `shown` that of its group, if any."""

    key: int
    own: str
    shown: str
    kind: str | None
    law: str | None
    meta: Mapping[str, Any]
    facets: frozenset[
        tuple[str, str | int]
    ]  # the fields of FACETS with their values, as the index holds them

    @classmethod
    def of(cls, record_id: str, known: Mapping[str, Any]) -> Self:
        """By the id and the metadata of a passage, or of the document itself."""
        meta = {name: known[name] for name in _SHARED if name in known}
        own = str(meta.get("document_id", record_id))
        return cls(
            key_of(own),
            own,
            str(meta.get("group", own)),
            meta.get("kind"),
            meta.get("law"),
            meta,
            _facets(meta),
        )


class Finding(NamedTuple):
    """A passage that was found: its numbers, what is known of its document, and where its text is."""

    key: int
    about: About
    hit_key: int
    vector_key: int
    norm_key: int
    article_number: int
    start: int
    held: Passage | tantivy.DocAddress
    searcher: tantivy.Searcher | None = None

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """A passage that has been read already."""
        n = numbers_of(passage)
        about = About.of(passage.id, passage.meta)
        key, _, *others = (n[name] for name in NUMBERS)
        hit_key, vector, norm_key, number, start = others
        return cls(key, about, hit_key, vector, norm_key, number, start, passage)

    @property
    def part(self) -> int:
        """The key of the article or section within its document; 0 in a case, which is one hit."""
        return self.hit_key ^ self.about.key

    @property
    def hit(self) -> tuple[str, int]:
        """What shows the passage: equal for passages of one case, of one article, and of copies."""
        return self.about.shown, self.part

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands among findings of one score: by document, then as in the text."""
        return self.about.own, self.start, self.key

    def passage(self) -> Passage:
        """The passage with its text, read from the index."""
        if isinstance(self.held, Passage):
            return self.held
        assert self.searcher is not None  # noqa: S101
        return read_passage(self.searcher, self.held)


class Findings:
    """Makes findings of addresses in one state of the index; what it reads of documents stays."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self._known: dict[int, About] = {}  # several threads may read one and put the same in its place

    def at(self, addresses: Sequence[tantivy.DocAddress]) -> Iterator[Finding]:
        """The passages at these addresses, in their order."""
        searcher, known = self.searcher, self._known
        columns = [searcher.fast_field_values(name, list(addresses)) for name in NUMBERS]
        for key, document, hit, vector, norm, number, start, address in zip(*columns, addresses, strict=True):
            about = known.get(document)
            if about is None:
                stored = read_payload(searcher, address)
                about = known[document] = About.of(stored["id"], stored["meta"])
            yield Finding(key, about, hit, vector, norm, number, start, address, searcher)


def numbers_of(passage: Passage) -> dict[str, int]:
    """The numbers that the index holds of a passage.

    `hit_key` is that of the record that stands for its hit (see `index_records`), `vector_key` that of its
    vector, `norm_key` that of its `article_key`. `article_number` is the n of 第n条 or 0, `start` where it
    begins in the document's text, in code points.
    """
    own = str(passage.meta.get("document_id", passage.id))
    document_key = key_of(own)
    is_case = passage.meta.get("kind") == "precedent"
    part = 0 if is_case else key_of(whole_id(passage.id).removeprefix(own))
    start = passage.meta.get("start")
    return {
        "key": key_of(passage.id),
        "document_key": document_key,
        "hit_key": document_key ^ part,
        "vector_key": vector_key(passage),
        "norm_key": key_of(article_key(passage.meta)),
        "article_number": _article_number(str(passage.meta.get("article", ""))),
        "start": start if isinstance(start, int) else 0,
    }


def article_key(meta: Mapping[str, Any]) -> str:
    """What counts as one article: that number in all versions of a law."""
    return f"{meta.get('law')}#{meta.get('article', '')}"


def key_of(name: str) -> int:
    """63 bits of a hash."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1


def read_payload(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict[str, Any]:
    """What is kept of a record."""
    record = searcher.doc(address)
    payload: bytes = record["payload"][0]
    loaded: dict[str, Any] = orjson.loads(payload)
    group = record.get_first("group")
    if group is not None:
        loaded["meta"]["group"] = group
    return loaded


def read_passage(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Passage:
    """The passage at an address."""
    return Passage(**read_payload(searcher, address))


def _facets(meta: Mapping[str, Any]) -> frozenset[tuple[str, str | int]]:
    known = ((field, meta.get(field), int if field in NUMBER_FIELDS else str) for field in FACETS)
    return frozenset((field, value) for field, value, kind in known if value and isinstance(value, kind))


@lru_cache(maxsize=8192)
def _article_number(label: str) -> int:
    match = _NUMBER.match(label)
    return (parse_number(match[1]) or 0) if match else 0


ROWS = np.dtype([("key", np.int64), ("segment", np.int32), ("doc", np.int32)])


@dataclass(frozen=True, slots=True)
class Encodable:
    """Passages by the keys of their vectors; `rows` is of type ROWS, ascending by key."""

    findings: Findings
    rows: npt.NDArray[np.void]

    def keys(self) -> npt.NDArray[np.int64]:
        """The keys, each once, in ascending order."""
        return np.unique(self.rows["key"])

    def with_keys(self, keys: Sequence[int]) -> list[Finding]:
        """The passages that have one of these keys; several may share one."""
        known, wanted = self.rows["key"], np.array(keys, dtype=np.int64)
        begins, ends = (np.searchsorted(known, wanted, side) for side in ("left", "right"))
        places = [row for begin, end in zip(begins, ends, strict=True) for row in range(begin, end)]
        found = self.rows[places].tolist()
        return list(self.findings.at([tantivy.DocAddress(segment, doc) for _, segment, doc in found]))
