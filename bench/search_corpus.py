"""Passages of law in any number, and the indexes over them that the bench of search compares.

The first passages are those of the corpus, in an order mixed by chance; the others are made from them. A made
document is the same law of an invented place: it drops some sentences, takes over some of other articles, and
names things of its own place. So old words become more frequent, new ones keep coming, and hardly two texts
are equal. Everything follows from SEED.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
import tantivy

from bench.corpus import entries_below
from bench.search_plan import Prepared
from search.encoder import OnnxEncoder
from search.fingerprint import Fingerprint, text_key
from search.index_records import FIELD_WEIGHTS, rows_of
from search.manifest import SCHEMA
from search.passage import Entry, Passage
from search.protocols import Vectors
from search.store import EmbeddedStore
from search.vectors import embedding_text

SEED = 1
RECIPE = 1  # to be raised with every change of what is made
LOST, TAKEN_OVER, LOCAL = 0.15, 0.3, 0.5  # how often a sentence is lost, one taken over, a local name added
SPREAD = 0.6  # of vectors around that of their document: cosines of 0.86 with it, as in an index of laws
BATCH = 250_000  # vectors that are made at once
BM25S_BYTES = 5000  # for each passage while bm25s indexes: what it needs at most
_CHARACTERS = "安宁江河湖海山川林泉石柳松竹梅兰云霞星辰春夏秋冬东南西北永昌兴隆和顺康泰福瑞祥金银玉珠"
_ENDS = "省市县区州乡镇"
_THINGS = ("仓库", "码头", "苗圃", "水厂", "渡口", "窑址", "牧场", "集市")
Topics = dict[int, int]  # for the key of a vector the number of the document that it is about
_SENTENCE = re.compile("[^。；]*[。；]?")


def prepare(corpus: Path, made: Prepared) -> None:
    """Builds the indexes, unless the folder holds them from an earlier run of the same recipe."""
    encoder = OnnxEncoder(made.encoder)
    wanted = {"recipe": RECIPE, "schema": SCHEMA, "seed": SEED, "encoder": encoder.name}
    if made.mark.exists() and json.loads(made.mark.read_text(encoding="utf-8")) == wanted:
        return
    rmtree(made.folder, ignore_errors=True)
    base = [entry for entry in entries_below(corpus) if entry.passages]
    topics = index(base, made)
    add_vectors(base, topics, encoder, made)
    made.mark.write_text(json.dumps(wanted), encoding="utf-8")


def index(base: list[Entry], made: Prepared) -> Topics:
    """The keyword indexes, from rows that are cut into words once for all of them."""
    topics: Topics = {}
    store = EmbeddedStore.open_or_create(made.index)
    engine = tantivy.Index(bare_schema(), path=str(emptied(made.bare)))
    bare, counted = engine.writer(80_000_000, 2), Counted(made.passages)
    with store.writing() as writer:
        for topic, entry in made_entries(base, made.passages):
            rows = rows_of(entry, store.segmenter)
            writer.add(rows)
            for passage, row in zip(entry.passages, rows[1:], strict=True):
                fields = {field: row[field] for field in FIELD_WEIGHTS}
                bare.add_document(tantivy.Document(id=passage.id, text=passage.text, **fields))
                counted.add(passage.id, row["text_words"])
                topics[row["vector_key"]] = topic
        writer.commit()
    bare.commit()
    bare.wait_merging_threads()
    counted.save(made.bm25s)
    return topics


def bare_schema() -> tantivy.Schema:
    """Our four searched fields, with the id and the text to show."""
    builder = tantivy.SchemaBuilder()
    for field in ("id", "text"):
        builder.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
    for field in FIELD_WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class Counted:
    """The words of the passages as numbers, which is how bm25s takes the least memory."""

    def __init__(self, passages: int) -> None:
        import psutil

        self._fits = passages * BM25S_BYTES < psutil.virtual_memory().available
        self._numbers: dict[str, int] = {}
        self._rows: list[list[int]] = []
        self._ids: list[str] = []

    def add(self, passage_id: str, words: str) -> None:
        if self._fits:
            numbers = self._numbers
            self._rows.append([numbers.setdefault(word, len(numbers)) for word in words.split()])
            self._ids.append(passage_id)

    def save(self, folder: Path) -> None:
        if not self._fits:
            return
        import bm25s
        from bm25s.tokenization import Tokenized

        engine = bm25s.BM25()
        engine.index(Tokenized(ids=self._rows, vocab=self._numbers), show_progress=False)
        engine.save(folder)
        (folder / "ids.json").write_text(json.dumps(self._ids), encoding="utf-8")


def add_vectors(base: list[Entry], topics: Topics, encoder: OnnxEncoder, made: Prepared) -> None:
    """Gives each text a made vector near the real one of its document's first passage; builds the graph."""
    centres = encoder.encode_passages([embedding_text(entry.passages[0]) for entry in base])
    store = EmbeddedStore.open(made.index)
    store.put_manifest(store.manifest.with_encoder(encoder.name, encoder.dimension))
    keys = np.fromiter(topics, dtype=np.int64, count=len(topics))
    near = np.fromiter(topics.values(), dtype=np.int64, count=len(topics))
    rng = np.random.default_rng(SEED)
    for begin in range(0, len(keys), BATCH):
        some = slice(begin, begin + BATCH)
        store.add_vectors(keys[some], around(centres[near[some]], rng))
    store.vectors.join(np.sort(keys))


def around(centres: Vectors, rng: np.random.Generator) -> Vectors:
    """Unit vectors, each near one of `centres`, shape (rows, dimension)."""
    vectors = rng.standard_normal(centres.shape, dtype=np.float32)
    vectors *= SPREAD / np.sqrt(centres.shape[1], dtype=np.float32)
    vectors += centres
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def made_entries(base: list[Entry], count: int) -> Iterator[tuple[int, Entry]]:
    """Documents with `count` passages in all, those of the corpus, then made ones; each with the number in
    `base` of what it is or was made from."""
    rng = random.Random(SEED)  # noqa: S311
    order = list(enumerate(base))
    rng.shuffle(order)
    sentences = [s for _, entry in order for passage in entry.passages for s in sentences_of(passage.text)]
    copy = 0
    while True:
        place = place_named(copy, rng)
        for number, entry in order:
            fresh = elsewhere(entry, place, sentences, rng) if copy else entry
            fresh = replace(fresh, passages=fresh.passages[:count])
            yield number, fresh
            count -= len(fresh.passages)
            if not count:
                return
        copy += 1


def elsewhere(entry: Entry, place: str, sentences: list[str], rng: random.Random) -> Entry:
    """The document as an invented place would have it."""
    own = f"{place}/{entry.document.id}"
    meta: dict[str, Any] = {**entry.document.meta, "document_id": own, "title": place + entry.document.title}
    if "law" in meta:
        meta["law"] = place + meta["law"]
    passages = tuple(
        Passage(
            own + passage.id.removeprefix(entry.document.id),
            varied(passage.text, place, sentences, rng),
            {
                **passage.meta,
                **{name: meta[name] for name in ("document_id", "title", "law") if name in meta},
            },
        )
        for passage in entry.passages
    )
    text = "\n".join(passage.text for passage in passages)
    document = replace(
        entry.document, id=own, title=meta["title"], text=text, sections=(), meta=meta, place=own
    )
    return Entry(document, passages, Fingerprint(text_key(text), (text_key(text),), b"", 1.0))


def varied(text: str, place: str, sentences: list[str], rng: random.Random) -> str:
    own = sentences_of(text)
    kept = own[:1] + [sentence for sentence in own[1:] if rng.random() >= LOST]
    if rng.random() < TAKEN_OVER:
        kept.append(rng.choice(sentences))
    if rng.random() < LOCAL:
        name = "".join(rng.choices(_CHARACTERS, k=2)) + rng.choice(_THINGS)
        kept.append(f"{place}{name}适用本条。")
    return "".join(kept)


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def place_named(number: int, rng: random.Random) -> str:
    """A name that no other number has; the numbers stand in the order of the characters."""
    first, second = divmod(number, len(_CHARACTERS))
    return f"{_CHARACTERS[first]}{_CHARACTERS[second]}{rng.choice(_ENDS)}"


def emptied(folder: Path) -> Path:
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
