"""Judgments as a test of similar cases: what is hidden of a query, what counts as an answer, known items."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.parse import parse
from ingest.parse_judicial import parse_judicial
from ingest.passages import entry_of
from ingest.reading import read_files
from ingest.source import RawDocument
from legal.causes import cause_in
from legal.documents import JudicialDocument, Section
from legal.errors import CollectionError
from search.encoding import encode_missing
from search.index_records import rows_of
from search.passage import Entry
from search.place import Origin, place_of
from search.protocols import Encoder
from search.similar_case import Case, case_of, part_of
from search.store import EmbeddedStore

KnownItems = tuple[list[Entry], dict[str, Case]]

SAME_CHARGE, SAME_ARTICLES = 2, 1
HALF = 100  # code points at least: less names neither people nor things
_ALIKE = 0.5  # Jaccard of the applied articles from which two judgments rest on the same ones

_CONVICTED = re.compile("犯(?!罪)")
_WITHIN = 60
_NUMBERED = (
    "第[零〇一二三四五六七八九十百千0-9０-９]+条(?:之[一二三四五六七八九十]+)?"
    "(?:、?第[一二三四五六七八九十]+款)*(?:、?第?[（(]?[一二三四五六七八九十]+[）)]?项)*"
)
_SENTENCE_END = re.compile("[。；]")


@dataclass(frozen=True, slots=True)
class Judgment:
    """A judgment as it lies in the index. `tuning` says that it is of the half that chose the weights."""

    id: str
    document: JudicialDocument
    charges: tuple[str, ...]
    tuning: bool
    entry: Entry


def read_judgments(file: Path) -> list[Judgment]:
    """The criminal judgments of a file. Raises CollectionError where there are none."""
    found = [_judgment(item) for item in read_files([file]) if isinstance(item, RawDocument)]
    judgments = [judgment for judgment in found if judgment is not None]
    if not judgments:
        raise CollectionError(f"{file} 中没有带裁判主文的刑事判决书，无法评价类案检索。")
    return judgments


def relevance(judgments: Sequence[Judgment]) -> dict[str, dict[str, int]]:
    """Of each judgment the answers with their grades: 2 for the same charge, 1 more for the same articles.

    The same articles are applied where at least half of those that either applies are applied by both.
    """
    return {
        one.id: {other.id: grade for other in judgments if (grade := _grade(one, other))} for one in judgments
    }


def charge_words(judgments: Iterable[Judgment]) -> re.Pattern[str]:
    """The names of all charges of the judgments, with 罪 and without, and the numbers of articles."""
    names = {charge.removesuffix("罪") for judgment in judgments for charge in judgment.charges}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join([*(f"{re.escape(name)}罪?" for name in longest_first), _NUMBERED]))


def hidden(case: Case, words: re.Pattern[str]) -> Case:
    """The case without its cause, articles and outcome, and without `words` in its facts and its dispute."""
    return replace(
        case,
        cause=None,
        articles=(),
        outcomes=(),
        facts=words.sub("", case.facts),
        dispute=words.sub("", case.dispute),
    )


def halved_documents(judgments: Iterable[Judgment]) -> KnownItems:
    """Second halves of judgments as documents of their own, and the first half of each as a case, by its id.

    Each half is understood by itself. The tail is left out: court, day and the articles annexed to it, which
    all judgments on a charge have alike.
    """
    entries, firsts = [], {}
    for judgment in judgments:
        if halves := _halved(_without_tail(judgment.document)):
            firsts[judgment.id] = case_of(parse_judicial(halves[0]))
            entries.append(_entry(parse_judicial(halves[1]), judgment.id))
    return entries, firsts


def halved_facts(judgments: Iterable[Judgment]) -> KnownItems:
    """The same of the facts alone: the harder test, without the head that names the parties."""
    entries, firsts = [], {}
    for judgment in judgments:
        facts = part_of(judgment.document.text, judgment.document.sections, "facts")
        if halves := _halved(facts):
            first, text = halves
            firsts[judgment.id] = Case(facts=first, text=first)
            document = JudicialDocument(title="", sections=(Section("查明", "", 0, len(text)),), text=text)
            entries.append(_entry(document, judgment.id))
    return entries, firsts


def index_of(entries: Iterable[Entry], encoder: Encoder | None) -> EmbeddedStore:
    """An index in memory of these documents, with vectors where an encoder is given."""
    store = EmbeddedStore.in_memory()
    with store.writing() as writer:
        for entry in entries:
            writer.add(rows_of(entry, store.segmenter))
        writer.commit()
    if encoder is not None:
        for _ in encode_missing(store, encoder):
            pass
    return store


def _judgment(raw: RawDocument) -> Judgment | None:
    document = parse(raw)
    if not isinstance(document, JudicialDocument) or not (charges := _charges(document)):
        return None
    tuning = hashlib.sha256(raw.id.rpartition("/")[2].encode()).digest()[0] % 2 == 0
    return Judgment(raw.id, document, charges, tuning, _entry(document, raw.id))


def _halved(text: str) -> tuple[str, str] | None:
    """Both halves, cut behind a sentence; None where the second would have less than `HALF`."""
    middle = _SENTENCE_END.search(text, len(text) // 2)
    if middle is None or len(text) - middle.end() < HALF:
        return None
    return text[: middle.end()], text[middle.end() :]


def _without_tail(document: JudicialDocument) -> str:
    tails = [section.start for section in document.sections if section.label.startswith("尾部")]
    return document.text[: min(tails, default=len(document.text))]


def _charges(document: JudicialDocument) -> tuple[str, ...]:
    """The charges of which the order convicts."""
    order = "".join(part_of(document.text, document.sections, "order").split())
    named = (cause_in(order[m.start() : m.start() + _WITHIN]) for m in _CONVICTED.finditer(order))
    return tuple(dict.fromkeys(charge for charge in named if charge))


def _grade(one: Judgment, other: Judgment) -> int:
    if one.id == other.id:
        return 0
    mine, theirs = (set(judgment.document.applied_articles) for judgment in (one, other))
    alike = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    charge = SAME_CHARGE if set(one.charges) & set(other.charges) else 0
    return charge + (SAME_ARTICLES if alike >= _ALIKE else 0)


def _entry(document: JudicialDocument, name: str) -> Entry:
    origin = Origin(name, "", place_of(b"", name).key, hashlib.sha256(document.text.encode()).hexdigest())
    return entry_of(document, RawDocument(name, document.text), origin)
