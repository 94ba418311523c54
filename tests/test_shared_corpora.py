"""The public corpora, where this machine holds them, are parsed without loss."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.field_maps import document_of, ready_made
from ingest.formats import Format, format_of
from ingest.parse import parse
from ingest.source import Content, RawDocument, Record
from legal.citation import article_label
from legal.documents import JudicialDocument, PolicyText
from legal.errors import UnreadableFileError

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason=f"the public corpora are not at {CORPORA}")

Parsed = dict[str, PolicyText | JudicialDocument]


def _raws(folder: str, pattern: str) -> Iterator[RawDocument]:
    root = CORPORA / folder
    for path in sorted(root.rglob(pattern)):
        content = Content(path.relative_to(root).as_posix(), path=path)
        found, _ = format_of(content)
        assert isinstance(found, Format)
        for item in found.read(content):
            raw = document_of(item, ready_made()) if isinstance(item, Record) else item
            assert isinstance(raw, RawDocument), raw
            yield raw


def _judicial(folder: str, pattern: str) -> list[JudicialDocument]:
    documents = [parse(raw) for raw in _raws(folder, pattern)]
    assert all(isinstance(document, JudicialDocument) for document in documents)
    return documents  # type: ignore[return-value]


@pytest.fixture(scope="module")
def laws() -> tuple[Parsed, list[str]]:
    """The documents of the law corpus by id, and the ids that were refused."""
    parsed: Parsed = {}
    refused = []
    for raw in _raws("laws", "*.md"):
        try:
            parsed[raw.id] = parse(raw)
        except UnreadableFileError:
            refused.append(raw.id)
    return parsed, refused


def test_only_the_index_pages_of_the_law_corpus_are_refused(laws: tuple[Parsed, list[str]]) -> None:
    parsed, refused = laws
    assert {name.rsplit("/", 1)[-1] for name in refused} == {"_index.md"}
    assert len(parsed) + len(refused) == sum(1 for _ in (CORPORA / "laws").rglob("*.md"))
    assert len(parsed) == 3_475


def test_the_law_corpus_has_as_many_articles_as_lines_that_begin_one(laws: tuple[Parsed, list[str]]) -> None:
    """Typical cases quote five articles at the beginning of lines; in them these are no articles."""
    line = re.compile(
        "第[〇零一二三四五六七八九十百千]+条(?:之[〇零一二三四五六七八九十百千]+)?(?=[ 　\t]|$)"
    )
    written = quoted = found = 0
    for document in laws[0].values():
        lines = sum(bool(line.match(text.strip())) for text in document.text.splitlines())
        if isinstance(document, PolicyText):
            written += lines
        else:
            quoted += lines
        found += sum(s.is_article and document.text[s.start] == "第" for s in document.sections)
    assert found == written
    assert quoted == 5
    assert 147_283 <= found <= 147_289


def test_texts_that_number_their_articles_in_digits_add_a_few_more(laws: tuple[Parsed, list[str]]) -> None:
    articles = [
        document.text[section.start]
        for document in laws[0].values()
        for section in document.sections
        if section.is_article
    ]
    assert 150 <= sum(character != "第" for character in articles) <= 250


def test_all_ids_of_the_law_corpus_are_unique(laws: tuple[Parsed, list[str]]) -> None:
    ids = [f"{name}#{section.label}" for name, document in laws[0].items() for section in document.sections]
    assert len(ids) == len(set(ids))


def test_every_section_of_the_law_corpus_slices_back_in_order(laws: tuple[Parsed, list[str]]) -> None:
    for name, document in laws[0].items():
        end = 0
        assert document.sections, name
        for section in document.sections:
            stretch = document.text[section.start : section.end]
            assert section.start >= end, name
            assert stretch, name
            assert stretch == stretch.strip(), name
            end = section.end


def test_an_article_of_the_civil_code_begins_with_its_own_number(laws: tuple[Parsed, list[str]]) -> None:
    found = [
        document.text[section.start : section.end]
        for name, document in laws[0].items()
        if name.startswith("民法典/")
        for section in document.sections
        if section.label == "第五百七十七条"
    ]
    assert [text[:8] for text in found] == ["第五百七十七条 "]


def test_the_parts_of_the_civil_code_share_one_key(laws: tuple[Parsed, list[str]]) -> None:
    parts = [document for name, document in laws[0].items() if name.startswith("民法典/")]
    assert len(parts) >= 7
    assert {document.law for document in parts if isinstance(document, PolicyText)} == {"民法典"}


LEVELS = {
    "宪法/": "宪法",
    "刑法/": "法律",
    "行政法规/": "行政法规",
    "司法解释/": "司法解释",
}


@pytest.mark.parametrize(("folder", "level"), LEVELS.items(), ids=LEVELS)
def test_a_folder_of_one_kind_has_its_authority(
    folder: str, level: str, laws: tuple[Parsed, list[str]]
) -> None:
    levels = [
        document.authority_level
        for name, document in laws[0].items()
        if name.startswith(folder) and isinstance(document, PolicyText)
    ]
    assert levels
    assert levels.count(level) >= 0.95 * len(levels)


def test_nearly_every_law_has_the_date_of_its_adoption(laws: tuple[Parsed, list[str]]) -> None:
    norms = [document for document in laws[0].values() if isinstance(document, PolicyText)]
    assert sum(document.adopted is not None for document in norms) >= 0.97 * len(norms)


@pytest.fixture(scope="module")
def criminal() -> list[JudicialDocument]:
    return _judicial("judgments_criminal", "*.jsonl")


def test_every_criminal_judgment_has_number_date_and_cause(criminal: list[JudicialDocument]) -> None:
    assert len(criminal) == 250
    assert sum(document.case_number is not None for document in criminal) == 250
    assert sum(document.judgment_date is not None for document in criminal) == 250
    assert sum(document.cause_of_action is not None for document in criminal) == 250
    assert sum(document.court is not None for document in criminal) >= 249


def _year_of_date(document: JudicialDocument) -> int:
    return document.judgment_date.year if document.judgment_date else 0


def _year_of_number(document: JudicialDocument) -> int:
    return int((document.case_number or "")[1:5])


CRIMINAL: dict[str, Callable[[JudicialDocument], bool]] = {
    "type": lambda document: document.document_type == "刑事判决书",
    "charge": lambda document: (document.cause_of_action or "").endswith("罪"),
    "number of a criminal case": lambda document: "刑" in (document.case_number or ""),
    "date not before the number": lambda document: _year_of_date(document) >= _year_of_number(document),
    "cites the criminal law": lambda document: any(c.startswith("刑法#") for c in document.cited_articles),
    "an accused or an appellant": lambda document: any(
        party.role in ("被告人", "上诉人", "原审被告人") for party in document.parties
    ),
    "reasoning": lambda document: any(section.label == "本院认为" for section in document.sections),
    "operative part": lambda document: any(section.label == "裁判主文" for section in document.sections),
}


@pytest.mark.parametrize("holds", CRIMINAL.values(), ids=CRIMINAL)
def test_nearly_every_criminal_judgment_is_read_right(
    holds: Callable[[JudicialDocument], bool], criminal: list[JudicialDocument]
) -> None:
    assert sum(map(holds, criminal)) >= 245


def test_the_articles_that_the_data_set_names_are_among_those_read(criminal: list[JudicialDocument]) -> None:
    """The data set lists the numbers of the articles of the criminal law in each judgment, without 之一."""
    named = read = 0
    with (CORPORA / "judgments_criminal" / "judgments.jsonl").open(encoding="utf-8") as file:
        for line, document in zip(file, criminal, strict=True):
            for number in json.loads(line)["la"]:
                named += 1
                label = f"刑法#{article_label(int(number))}"
                read += any(cited.split("之")[0] == label for cited in document.cited_articles)
    assert named > 500
    assert read / named >= 0.99


def test_every_guiding_case_has_its_parts_and_its_date() -> None:
    cases = _judicial("guiding_cases", "*.json")
    assert len(cases) == 6
    for case in cases:
        labels = {section.label for section in case.sections}
        assert {"裁判要点", "基本案情", "裁判结果", "裁判理由"} <= labels
        assert case.document_type == "指导性案例"
        assert case.judgment_date is not None
        assert case.cited_articles


def test_every_text_of_facts_has_its_cause_and_is_kept_whole() -> None:
    facts = _judicial("judgments_civil", "dev_docs.jsonl")
    assert len(facts) == 1_000
    assert all(document.title == document.cause_of_action for document in facts)
    assert all(document.case_number is document.court is document.judgment_date is None for document in facts)
    for document in facts:
        covered = "".join(document.text[s.start : s.end] for s in document.sections)
        assert "".join(covered.split()) == "".join(document.text.split())
