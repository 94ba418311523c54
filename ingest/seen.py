"""What a run has met so far, ids and fingerprints: on disk and not in memory, however long the run."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.source import Notice, Problem
from ingest.work import Done
from search.fingerprint import resemblance, text_key
from search.keyword_index import KeywordIndex
from search.place import Origin

_CANDIDATES = 50  # documents that share a key and are compared
_ALMOST = 0.999  # what two different texts can reach, however much alike

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE document (id TEXT PRIMARY KEY, text INTEGER, grp TEXT, signature BLOB) WITHOUT ROWID;
CREATE TABLE near (key INTEGER, id TEXT, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE place (place TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """A document that came before, as far as duplicates are found by it."""

    id: str
    text: int
    group: str
    signature: bytes


class Seen:
    """The documents of this run, and those that were in the index before it."""

    def __init__(self, keywords: KeywordIndex) -> None:
        self._index = keywords if keywords.count() else None
        self._run = sqlite3.connect("")  # a file without a name, which goes with this object
        self._run.executescript(_SCHEMA)

    def replaced(self, origin: Origin) -> None:
        """Says that what the index held from there is no more."""
        self._run.execute("INSERT OR IGNORE INTO place VALUES (?)", (origin.place,))

    def objection(self, done: Done, origin: Origin) -> Problem | Notice | None:
        """Why a document is not to be written under its id, None where it is."""
        row = self._run.execute("SELECT text FROM document WHERE id = ?", (done.id,)).fetchone()
        if row is not None:
            if row[0] == done.fingerprint.text:
                return Notice(done.id, "同一编号、同一内容出现两次，只收录一次。")
            return Problem(
                done.id,
                "与本次导入的另一文件或记录同名而内容不同，未收录。请改名，或改为导入它们共同的上级目录。",
            )
        if self._index is None:
            return None
        for other in self._index.documents(self._index.term("id", done.id)):
            if other.place != origin.place and not self._is_replaced(other.place):
                return Problem(
                    done.id,
                    f"索引中已有来自另一目录“{other.folder}”的同名文书，内容不同，未收录。"
                    "请改名，或改为导入共同的上级目录；目录搬移后又有改动的，请删除索引后重新导入。",
                )
        return None

    def group(self, done: Done, origin: Origin) -> tuple[str, Notice | None]:
        """The group of a document, kept for those that follow; with a notice where it joins another's."""
        own = done.fingerprint
        best: tuple[float, _Known] | None = None
        for known in self._candidates(done, origin):
            alike = 1.0 if known.text == own.text else _ALMOST * resemblance(known.signature, own.signature)
            if alike >= own.alike and (best is None or (-alike, known.id) < (-best[0], best[1].id)):
                best = alike, known
        group = best[1].group if best else f"{own.text:016x}"
        self._run.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?)", (done.id, own.text, group, own.signature)
        )
        self._run.executemany("INSERT OR IGNORE INTO near VALUES (?, ?)", ((k, done.id) for k in own.keys))
        if best is None:
            return group, None
        same = "相同" if best[0] == 1.0 else f"近似（约 {int(best[0] * 100)}%）"
        return group, Notice(done.id, f"内容与 {best[1].id} {same}，两份均已收录，检索时合并显示。")

    def _candidates(self, done: Done, origin: Origin) -> Iterator[_Known]:
        keys = done.fingerprint.keys
        marks = ",".join("?" * len(keys))
        for row in self._run.execute(
            f"SELECT DISTINCT d.id, d.text, d.grp, d.signature FROM near n JOIN document d ON d.id = n.id "  # noqa: S608
            f"WHERE n.key IN ({marks}) LIMIT {_CANDIDATES}",
            keys,
        ):
            yield _Known(*row)
        if self._index is None:
            return
        for other, signature in self._index.near(keys, _CANDIDATES):
            if other.place != origin.place and not self._is_replaced(other.place):
                yield _Known(other.id, text_key(other.text), str(other.meta["group"]), signature)

    def _is_replaced(self, place: str) -> bool:
        row = self._run.execute("SELECT 1 FROM place WHERE place = ?", (place,)).fetchone()
        return row is not None
