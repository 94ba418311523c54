"""The curated table of norms: that it agrees with its source, and that it comes before what a text says."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ingest.described import described_norm
from ingest.parse_policy import parse_policy
from legal.known_texts import KnownText, amended_together, known_text, known_texts, known_versions
from legal.law_names import law_key

SHARED = Path(__file__).parents[2] / "shared" / "corpora"
CURATED = SHARED / "enforcement_texts.csv"
STATUS = {"in force": "现行有效", "amended": "已被修改", "draft": "草案", "programme of 2019 to 2023": "纲要"}
INTERPRETATION = "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释"


def _rows() -> list[Mapping[str, str]]:
    with CURATED.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _found(row: Mapping[str, str]) -> KnownText | None:
    """The text of the table that a row of the source means: by its file, or by its number and short name."""
    if row["file"]:
        name, _, day = row["file"].rpartition("/")[2].removesuffix(".md").rpartition("(")
        return known_text(law_key(name), [date.fromisoformat(day.rstrip(")"))])
    named = [text for text in known_texts() if text.short_name == row["short_name"]]
    return next((t for t in named if t.document_number == (row["document_number"] or None)), None)


@pytest.mark.skipif(not CURATED.exists(), reason="the shared corpora are not here")
def test_the_table_says_what_the_curated_table_of_enforcement_says() -> None:
    rows = _rows()
    assert len(rows) == 37
    for row in rows:
        text = _found(row)
        assert text is not None, row
        assert text.short_name == row["short_name"]
        assert text.document_number == (row["document_number"] or None), row
        assert str(text.adopted or "") == row["adopted"], row
        assert str(text.effective or "") == row["effective"], row
        if row["status_2026"].startswith("superseded"):
            assert text.status in ("已被修改", "已废止")
            assert str(text.ended) == row["status_2026"].split()[1]
        else:
            assert text.status == STATUS[row["status_2026"]], row


def test_every_edition_of_the_civil_procedure_law_has_its_day_of_effect() -> None:
    assert {text.adopted: text.effective for text in known_versions("民事诉讼法")} == {
        date(1991, 4, 9): date(1991, 4, 9),
        date(2007, 10, 28): date(2008, 4, 1),
        date(2012, 8, 31): date(2013, 1, 1),
        date(2017, 6, 27): date(2017, 7, 1),
        date(2021, 12, 24): date(2022, 1, 1),
        date(2023, 9, 1): date(2024, 1, 1),
    }


def test_no_version_stands_twice_and_none_applies_before_it_was_adopted() -> None:
    keys = [(text.law, text.adopted or text.published) for text in known_texts()]
    assert len(keys) == len(set(keys))
    for text in known_texts():
        assert text.source
        assert not (text.adopted and text.effective) or text.adopted <= text.effective, text
        assert not (text.effective and text.ended) or text.effective < text.ended, text


def test_a_text_is_known_by_its_adoption_or_by_its_publication() -> None:
    law = law_key(INTERPRETATION)
    by_adoption, by_publication = known_text(law, [date(2022, 3, 22)]), known_text(law, [date(2022, 4, 2)])
    assert by_adoption is by_publication is not None
    assert known_text(law, [date(2022, 4, 3), None]) is None
    assert known_text("甲法", [date(2022, 4, 2)]) is None


def test_what_was_amended_together_applies_from_one_day() -> None:
    assert amended_together("国务院", [date(2022, 3, 29)]) == date(2022, 5, 1)
    assert amended_together("最高人民法院", [None, date(2020, 12, 29)]) == date(2021, 1, 1)
    assert amended_together("国务院", [date(2022, 3, 30)]) is None
    assert amended_together(None, [date(2022, 3, 29)]) is None


def _described(head: str, path: str, fields: Mapping[str, str]) -> tuple[date | None, str | None]:
    text = f"{head}\n<!-- INFO END -->\n第一条 甲。\n第二条 本法自公布之日起施行。"
    document = described_norm(parse_policy(text, path), fields, path)
    return document.effective, document.document_number


PROCEDURE = "# 中华人民共和国民事诉讼法\n2023年9月1日 第十四届全国人民代表大会常务委员会第五次会议修正"

# name: (head of the text, path, what its source says, day of effect, number)
ORDER: dict[str, tuple[str, str, Mapping[str, str], date | None, str | None]] = {
    "the table before the text": (
        PROCEDURE,
        "民事诉讼法(2023-09-01).md",
        {},
        date(2024, 1, 1),
        "主席令第11号",
    ),
    "the table before the source": (
        PROCEDURE,
        "甲.md",
        {"effective": "2023-09-01"},
        date(2024, 1, 1),
        "主席令第11号",
    ),
    "the table by the day that the source gives": (
        "# 民事诉讼法",
        "甲.md",
        {"adopted": "2023-09-01"},
        date(2024, 1, 1),
        "主席令第11号",
    ),
    "the source before the text": (
        "# 甲法\n2020年3月1日 公布",
        "甲.md",
        {"effective": "2020-05-01"},
        date(2020, 5, 1),
        None,
    ),
    "the text": ("# 甲法\n2020年3月1日 公布", "甲.md", {}, date(2020, 3, 1), None),
    "a decision on many, last": (
        "# 甲条例\n2004年4月30日 国务院令第406号公布\n2022年3月29日 《国务院关于修改部分行政法规的决定》修订",
        "行政法规/甲条例(2022-03-29).md",
        {},
        date(2022, 5, 1),
        "国务院令第406号",
    ),
    "a decision on many, of another body": (
        "# 江北省甲条例\n2004年4月30日 江北省人民代表大会通过\n2022年3月29日 江北省人民代表大会修正",
        "地方性法规/甲条例(2022-03-29).md",
        {},
        None,
        None,
    ),
}


@pytest.mark.parametrize(("head", "path", "fields", "effective", "number"), ORDER.values(), ids=ORDER)
def test_the_table_comes_first_then_the_source_then_the_text(
    head: str, path: str, fields: Mapping[str, str], effective: date | None, number: str | None
) -> None:
    assert _described(head, path, fields) == (effective, number)
