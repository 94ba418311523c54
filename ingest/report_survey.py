"""What an index holds, counted for the report of a run, and which of its documents lack something."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from legal.court import LEVELS
from legal.documents import AUTHORITY_LEVELS
from search.passage import StoredDocument

KINDS = {"policy": "法规政策", "precedent": "裁判文书"}
_WANTED = {
    "policy": {
        "issuing_body": "制定机关",
        "adopted": "通过日期",
        "effective": "施行日期",
        "authority_level": "效力层级",
    },
    "precedent": {
        "case_number": "案号",
        "court": "法院",
        "cause_of_action": "案由",
        "judgment_date": "裁判日期",
        "document_type": "文书类型",
    },
}
_UNKNOWN = (None, "其他")
_SURE = 0.9  # a page recognised with less is to be compared with the paper
_UNSURE = f"扫描识别把握不足 {_SURE:.0%} 的页，请对照原件"


@dataclass(frozen=True, slots=True)
class Table:
    """How many documents have which value; `unknown` counts those without any."""

    title: str
    rows: Sequence[tuple[str, int]]
    unknown: int

    @property
    def most(self) -> int:
        return max(self.unknown, *(count for _, count in self.rows))


@dataclass(frozen=True, slots=True)
class Doubt:
    """What should be looked at in how many documents."""

    topic: str
    documents: int


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The documents of one file that one doubt is about: for each its name, or what is said of it."""

    folder: str
    source: str
    place: str
    items: Iterable[str]


class Survey:
    """The documents of an index, read once; those with something missing are kept on disk, not in memory."""

    def __init__(self, documents: Iterable[StoredDocument]) -> None:
        self.kinds: Counter[str] = Counter()
        self.scans: Counter[str] = Counter()  # pages that were recognised, and those of them that are unsure
        self._values: dict[tuple[str, str], Counter[Any]] = defaultdict(Counter)
        self._doubts: Counter[str] = Counter()
        self._kept = sqlite3.connect("")  # a file without a name, which goes with this object
        self._kept.execute("CREATE TABLE doubt (topic TEXT, folder TEXT, source TEXT, place TEXT, item TEXT)")
        for document in documents:
            self._read(document)
        self._kept.execute("CREATE INDEX topics ON doubt (topic, folder, source, place)")

    def tables(self) -> list[Table]:
        """One table for each field that has values: years from the last, levels from the highest."""
        tables = [
            self._table("policy", "authority_level", "效力层级", _rank(AUTHORITY_LEVELS)),
            self._table("policy", "issuing_body", "制定机关"),
            self._table("policy", "year", "通过年份", int.__neg__),
            self._table("precedent", "court_level", "法院层级", _rank(LEVELS)),
            self._table("precedent", "court", "法院"),
            self._table("precedent", "cause_of_action", "案由"),
            self._table("precedent", "document_type", "文书类型"),
            self._table("precedent", "year", "裁判年份", int.__neg__),
        ]
        return [table for table in tables if table.rows]

    def doubts(self) -> list[Doubt]:
        """What there is to look at: missing fields kind by kind, then pages that were hard to recognise."""
        missing = [_missing(kind, label) for kind, fields in _WANTED.items() for label in fields.values()]
        return [Doubt(topic, self._doubts[topic]) for topic in (*missing, _UNSURE) if self._doubts[topic]]

    def documents(self, doubt: Doubt) -> Iterator[Doubtful]:
        """The documents that a doubt is about, file by file; the items of a file are read before the next."""
        rows = self._kept.execute(
            "SELECT folder, source, place, item FROM doubt WHERE topic = ? "
            "ORDER BY folder, source, place, rowid",
            (doubt.topic,),
        )
        for (folder, source, place), of_file in groupby(rows, key=lambda row: row[:3]):
            yield Doubtful(folder, source, place, (item for *_, item in of_file))

    def _read(self, document: StoredDocument) -> None:
        self.kinds[document.kind] += 1
        for field in (*_WANTED[document.kind], "court_level", "year"):
            self._values[document.kind, field][document.meta.get(field)] += 1
        record = document.id.removeprefix(f"{document.source}/")
        name = record if record != document.id else document.title
        for field, label in _WANTED[document.kind].items():
            if document.meta.get(field) in _UNKNOWN:
                self._keep(_missing(document.kind, label), document, name)
        recognised = [page for page in document.meta.get("pages", ()) if page["confidence"] is not None]
        unsure = [page for page in recognised if page["confidence"] < _SURE]
        self.scans.update(pages=len(recognised), unsure=len(unsure))
        if unsure:
            pages = (f"第 {page['number']} 页（{int(page['confidence'] * 100)}%）" for page in unsure)
            self._keep(_UNSURE, document, "、".join(pages))

    def _keep(self, topic: str, document: StoredDocument, item: str) -> None:
        self._doubts[topic] += 1
        row = (topic, document.folder, document.source, document.place, item)
        self._kept.execute("INSERT INTO doubt VALUES (?, ?, ?, ?, ?)", row)

    def _table(self, kind: str, field: str, title: str, order: Callable[[Any], int] | None = None) -> Table:
        counts = self._values[kind, field]
        known = [(value, count) for value, count in counts.items() if value is not None]
        known.sort(key=lambda row: (order(row[0]) if order else -row[1], str(row[0])))
        return Table(
            f"{KINDS[kind]} · {title}", [(str(value), count) for value, count in known], counts[None]
        )


def _missing(kind: str, label: str) -> str:
    return f"{KINDS[kind]}：{label}未识别"


def _rank(levels: Sequence[str]) -> Callable[[str], int]:
    """The place of a level from the highest down; what is no level comes last."""
    return lambda level: levels.index(level) if level in levels else len(levels)
