"""Test collections in the layout of BEIR: queries, judgments, and where it is given the corpus itself."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from legal.errors import CollectionError
from search.document_store import LvzhiDocumentStore
from search.store import EmbeddedStore

Qrels = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """`queries` by id, and the judgments of those that have any: query id → document id → grade."""

    name: str
    queries: dict[str, str]
    qrels: Qrels
    corpus: Path | None


def load_collection(folder: Path) -> Collection:
    """The collection in `folder`: queries.jsonl, qrels/test.tsv, and corpus.jsonl if it has one.

    Raises CollectionError that names file and line.
    """
    queries_file, qrels_file = folder / "queries.jsonl", folder / "qrels" / "test.tsv"
    for file in (queries_file, qrels_file):
        if not file.is_file():
            raise CollectionError(
                f"找不到 {file}。测试集目录应为 BEIR 格式：queries.jsonl 和 qrels/test.tsv。"
            )
    queries = {str(record["_id"]): str(record["text"]) for record in _records(queries_file, ("_id", "text"))}
    qrels = _qrels(qrels_file, queries)
    corpus = folder / "corpus.jsonl"
    judged = {query_id: queries[query_id] for query_id in qrels}
    return Collection(folder.resolve().name, judged, qrels, corpus if corpus.is_file() else None)


def index_corpus(corpus: Path) -> EmbeddedStore:
    """A keyword index in memory over the corpus of a collection."""
    from haystack import Document

    store = EmbeddedStore.in_memory()
    documents = [
        Document(
            id=str(r["_id"]),
            content=str(r["text"]),
            meta={"title": str(r["title"])} if r.get("title") else {},
        )
        for r in _records(corpus, ("_id", "text"))
    ]
    LvzhiDocumentStore.over(store).write_documents(documents)
    return store


def _qrels(file: Path, queries: dict[str, str]) -> Qrels:
    qrels: Qrels = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if number == 1 and row and row[-1] == "score":
                continue
            if not row:
                continue
            if len(row) != 3 or not row[2].strip().lstrip("-").isdigit():
                raise CollectionError(
                    f"{file} 第 {number} 行应为“查询编号、文档编号、等级”三列，以制表符分隔。"
                )
            if row[0] not in queries:
                raise CollectionError(f"{file} 第 {number} 行的查询 {row[0]} 不在 queries.jsonl 中。")
            qrels.setdefault(row[0], {})[row[1]] = int(row[2])
    if not qrels:
        raise CollectionError(f"{file} 中没有判定。")
    return qrels


def _records(file: Path, needed: tuple[str, ...]) -> Iterator[dict[str, object]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                missing = [name for name in needed if name not in record]
            except (ValueError, TypeError) as error:
                raise CollectionError(f"{file} 第 {number} 行不是完整的 JSON：{error}") from error
            if missing:
                raise CollectionError(f"{file} 第 {number} 行缺少字段 {missing[0]}。")
            yield record
