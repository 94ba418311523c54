"""What several tests of search share: a small real encoder, invented texts, and putting them in an index."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from ingest.passages import entry_of
from ingest.source import RawDocument
from legal.case_number import find_case_numbers
from legal.court import find_court
from legal.documents import Document, JudicialDocument, PolicyText, Section
from legal.law_names import law_key
from search.index_records import passage_rows, rows_of
from search.passage import Entry, Passage
from search.place import Origin, place_of
from search.protocols import Vectors
from search.segmenter import bigrams
from search.store import EmbeddedStore

# What people say, and how the law puts it.
EVERYDAY = {"老赖": "失信被执行人", "欠薪": "拖欠劳动报酬"}

# A law before and after a new article moved those behind it.
LAND = "中华人民共和国田亩法"
LAND_2010 = {
    "第一条": "为了保护田亩，制定本法。",
    "第二条": "田亩的界线由村民会议划定，任何人不得移动界石。",
    "第三条": "移动界石的，处二百元以下罚款，并恢复原状。",
}
LAND_2020 = {
    "第一条": "为了保护田亩，制定本法。",
    "第二条": "县级人民政府主管田亩工作，并且编制田亩登记簿。",
    "第三条": "田亩的界线由村民会议划定，任何人不得移动界石。",
    "第四条": "移动界石的，处二千元以下罚款，并恢复原状。",
}


class TinyEncoder:
    """Hashed character pairs in 256 dimensions, everyday words first put as the law puts them."""

    dimension = 256

    def __init__(self, name: str = "tiny 1") -> None:
        self.name = name
        self.encoded: list[str] = []  # the passages that were asked for, in order

    def encode_query(self, text: str) -> Vectors:
        return self._vector(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        for word, legal in EVERYDAY.items():
            text = text.replace(word, legal)
        counts = np.full(
            self.dimension, 1e-3, dtype=np.float32
        )  # a text without any pair has a direction too
        for pair in bigrams(text):
            counts[hashlib.sha256(pair.encode()).digest()[0]] += 1
        unit: Vectors = counts / np.linalg.norm(counts)
        return unit


def passage(passage_id: str, text: str, **meta: Any) -> Passage:
    return Passage(passage_id, text, meta)


def put_passages(store: EmbeddedStore, *passages: Passage) -> None:
    """Writes and commits passages, with their titles and headings."""
    with store.writing() as writer:
        writer.add(passage_rows(passages, store.segmenter))
        writer.commit()


def policy(
    document_id: str,
    title: str,
    articles: dict[str, str],
    *,
    level: str = "法律",
    adopted: str | None = None,
    effective: str | None = None,
    body: str | None = None,
) -> Entry:
    """A policy text with its articles (label → text), as ingest would hand it over."""
    text, sections = _laid_out(title, articles, is_article=True)
    document = PolicyText(
        title=title,
        law=law_key(title),
        issuing_body=body,
        authority_level=level,
        adopted=date.fromisoformat(adopted) if adopted else None,
        effective=date.fromisoformat(effective) if effective else None,
        sections=sections,
        text=text,
    )
    return _entry(document, document_id, "法规")


def land_law() -> tuple[Entry, Entry]:
    """Both versions of the law, in force from the days on which they were adopted."""
    return (
        policy("田亩法(2010-05-01).md", LAND, LAND_2010, adopted="2010-05-01"),
        policy("田亩法(2020-05-01).md", LAND, LAND_2020, adopted="2020-05-01"),
    )


def case(
    document_id: str,
    head: str,
    parts: dict[str, str],
    *,
    day: str,
    cause: str = "执行异议",
    applied: tuple[str, ...] = (),
) -> Entry:
    """A ruling with its parts (label → text); `head` holds the court and the case number."""
    text, sections = _laid_out(head, parts, is_article=False)
    document = JudicialDocument(
        title=f"{head}执行裁定书",
        document_type="裁定书",
        case_number=find_case_numbers(head)[0].canonical,
        court=find_court(head),
        cause_of_action=cause,
        judgment_date=date.fromisoformat(day),
        applied_articles=applied,
        sections=sections,
        text=text,
    )
    return _entry(document, document_id, "案例")


def put(store: EmbeddedStore, *entries: Entry) -> None:
    """Writes and commits documents, each in the place of what its file gave before."""
    with store.writing() as writer:
        for entry in entries:
            writer.delete("place", entry.document.place)
            writer.add(rows_of(entry, store.segmenter))
        writer.commit()


def _laid_out(head: str, parts: dict[str, str], is_article: bool) -> tuple[str, tuple[Section, ...]]:
    text, sections = head + "\n", []
    for label, part in parts.items():
        start = len(text)
        text += f"{label}　{part}" if is_article else part
        sections.append(Section(label, "", start, len(text), is_article))
        text += "\n"
    return text, tuple(sections)


def _entry(document: Document, document_id: str, folder: str) -> Entry:
    source = f"{document_id}.txt"
    sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    origin = Origin(source, folder, place_of(folder.encode(), source).key, sha256)
    return entry_of(document, RawDocument(document_id, document.text), origin)
