"""The corpus that ships is taken in whole, and what it says of itself is read."""

import re
from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import Options, ingest
from ingest.report import Report
from ingest.sources import find_files
from legal.case_number import find_case_numbers
from search.passage import StoredDocument
from search.store import EmbeddedStore

SAMPLE = Path(__file__).parents[1] / "corpora" / "sample"
FILES = sorted(path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.*"))


@pytest.fixture(scope="module")
def taken() -> tuple[EmbeddedStore, Report]:
    store = EmbeddedStore.in_memory()
    return store, ingest(store, find_files([SAMPLE]), Options())


@pytest.fixture(scope="module")
def documents(taken: tuple[EmbeddedStore, Report]) -> dict[str, StoredDocument]:
    return {document.id: document for document in taken[0].keywords.documents()}


def test_every_file_is_taken_in_without_a_failure(
    taken: tuple[EmbeddedStore, Report], documents: dict[str, StoredDocument]
) -> None:
    store, report = taken
    assert report.failures == []
    assert report.notices == []
    assert sorted(documents) == FILES
    assert report.files == report.documents.total() == len(FILES)
    assert report.passages == store.keywords.count()


def test_there_are_enough_documents_of_both_kinds(taken: tuple[EmbeddedStore, Report]) -> None:
    kinds = taken[1].documents
    assert kinds["precedent"] >= 40
    assert kinds["policy"] >= 20


def test_the_folder_policies_holds_norms_and_every_other_one_judicial_documents(
    documents: dict[str, StoredDocument],
) -> None:
    for document in documents.values():
        expected = "policy" if document.id.startswith("policies/") else "precedent"
        assert (document.id, document.kind) == (document.id, expected)


def test_every_judicial_document_has_court_type_number_and_date(documents: dict[str, StoredDocument]) -> None:
    needed = {"court", "court_level", "document_type", "case_number", "day"}
    lacking = {
        document.id: sorted(needed - set(document.meta))
        for document in documents.values()
        if document.kind == "precedent" and not needed <= set(document.meta)
    }
    assert lacking == {}


def test_the_case_number_is_the_one_in_the_name_of_the_file(documents: dict[str, StoredDocument]) -> None:
    for document in documents.values():
        if document.kind == "precedent":
            (named,) = find_case_numbers(document.id)
            assert document.meta["case_number"] == named.canonical


def test_the_court_is_the_one_that_heads_the_text(documents: dict[str, StoredDocument]) -> None:
    heads = {
        document.id: (document.text.split("\n")[0].strip(), document.meta["court"])
        for document in documents.values()
        if document.kind == "precedent" and document.text.split("\n")[0].strip().endswith("法院")
    }
    assert len(heads) >= 40
    assert {name: pair for name, pair in heads.items() if pair[0] != pair[1]} == {}


def test_the_level_of_a_court_agrees_with_the_digits_of_its_code(
    documents: dict[str, StoredDocument],
) -> None:
    levels = {0: "高级人民法院", 2: "中级人民法院", 4: "基层人民法院"}
    for document in documents.values():
        if document.kind == "precedent" and "和解协议" not in document.id:
            digits = re.sub(r"[^0-9]", "", find_case_numbers(document.id)[0].court_code)
            assert (document.id, document.meta["court_level"]) == (document.id, levels[len(digits)])


def test_the_year_of_the_date_is_not_before_that_of_the_number(documents: dict[str, StoredDocument]) -> None:
    for document in documents.values():
        if document.kind == "precedent":
            assert find_case_numbers(document.id)[0].year <= document.meta["year"] <= 2026


def test_every_document_that_names_the_dispute_of_its_case_has_its_cause(
    documents: dict[str, StoredDocument],
) -> None:
    named = [
        document
        for document in documents.values()
        if document.kind == "precedent" and re.search("纠纷[^。；，]{0,14}(?:一案|案件[，中])", document.text)
    ]
    assert len(named) >= 35
    for document in named:
        assert (document.id, document.meta.get("cause_of_action", "")[-2:]) == (document.id, "纠纷")


def test_a_cause_is_a_plain_name(documents: dict[str, StoredDocument]) -> None:
    causes = {document.meta.get("cause_of_action") for document in documents.values()} - {None}
    assert len(causes) >= 9
    assert [cause for cause in causes if re.search("某|号|公司|被告|执行人|法院", cause)] == []


FOLDERS_WITH_PARTIES = (
    "执行依据/",
    "执行裁定书/",
    "执行异议裁定书/",
    "执行复议裁定书/",
    "终本裁定书/",
    "执行和解协议/",
)


def test_a_ruling_or_settlement_names_both_sides(documents: dict[str, StoredDocument]) -> None:
    sides = {
        document.id: len(document.meta["parties"])
        for document in documents.values()
        if document.id.startswith(FOLDERS_WITH_PARTIES)
    }
    assert len(sides) == 42
    assert {name: number for name, number in sides.items() if number < 2} == {}


def test_the_articles_cited_in_title_brackets_are_all_there(documents: dict[str, StoredDocument]) -> None:
    for document in documents.values():
        if document.kind == "precedent":
            written = re.search("》第[一二三四五六七八九十百]+条", document.text)
            assert bool(written) <= bool(document.meta["cited_articles"]), document.id


def test_a_ruling_has_reasoning_and_an_operative_part(documents: dict[str, StoredDocument]) -> None:
    for document in documents.values():
        if document.id.startswith(("执行裁定书/", "执行异议裁定书/", "执行复议裁定书/", "执行依据/")):
            assert {"首部", "本院认为", "裁判主文", "尾部"} <= {
                section.label for section in document.sections
            }


def test_every_norm_has_its_title_body_and_date(documents: dict[str, StoredDocument]) -> None:
    for document in documents.values():
        if document.kind == "policy":
            title, day = re.fullmatch(r"policies/(.+)\(([0-9-]{10})\)\.md", document.id).groups()  # type: ignore[union-attr]
            assert (document.title, document.meta["adopted"]) == (title, day)
            assert document.meta["authority_level"] == "规范性文件"
            assert document.title.startswith(document.meta["issuing_body"])
            assert date.fromisoformat(document.meta["effective"]) >= date.fromisoformat(day)


def test_the_articles_of_every_norm_run_from_one_up(documents: dict[str, StoredDocument]) -> None:
    for document in documents.values():
        if document.kind == "policy":
            written = re.findall(r"^(第[一二三四五六七八九十百]+条) ", document.text, re.MULTILINE)
            assert [section.label for section in document.sections if section.is_article] == written


def test_every_section_slices_back_to_its_text(documents: dict[str, StoredDocument]) -> None:
    for document in documents.values():
        end = 0
        for section in document.sections:
            assert section.start >= end
            stretch = document.text[section.start : section.end]
            assert stretch == stretch.strip() != ""
            end = section.end


def test_the_older_version_of_a_norm_held_twice_is_superseded(taken: tuple[EmbeddedStore, Report]) -> None:
    assert taken[0].superseded() == {
        "policies/云州市中级人民法院关于规范律师调查令工作的指引(2021-06-18).md",
        "policies/南屏市中级人民法院执行案款发放工作指引(2020-09-10).md",
    }


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("活体牲畜查封", "policies/青原省高级人民法院活体牲畜查封处置工作指引(2019-10-18).md"),
        ("代牧人巴某 羔羊", "执行裁定书/（2019）原0725执206号之二执行裁定书（查封活体牲畜）.txt"),
    ],
)
def test_a_question_in_the_words_of_a_document_finds_it_first(
    question: str, document_id: str, taken: tuple[EmbeddedStore, Report]
) -> None:
    assert taken[0].keyword_search(question, limit=1)[0][1].meta["document_id"] == document_id
