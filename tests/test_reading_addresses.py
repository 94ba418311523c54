"""The reading page answers whatever stands in its address."""

from datetime import date

import pytest
from ingest_examples import run

from app.reading_citations import citing_fields, read_citing
from app.reading_page import page_of, read_wanted
from app.services import Services
from app.settings import Settings
from legal.crosswalk import Citing
from search.passage import StoredDocument

HEAD = "# 中华人民共和国田亩法\n\n{day}日 全国人民代表大会常务委员会通过\n\n<!-- INFO END -->\n\n"
LAW = "第一条 为了保护田亩，制定本法。\n\n第二条 依照本法第一条，任何人不得移动界石。\n"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Over an index with two versions of a law, and one of another law that tells no day."""
    folder = tmp_path_factory.mktemp("reading")
    for name, text in {
        "田亩法(2010-05-01).md": HEAD.format(day="2010年5月1") + LAW,
        "田亩法(2020-05-01).md": HEAD.format(day="2020年5月1") + LAW + "\n第三条 依照第二条处罚。\n",
        "沟渠法.md": "# 中华人民共和国沟渠法\n\n<!-- INFO END -->\n\n第一条 依照《田亩法》第二条管理。\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    run(folder / "index", *sorted(folder.glob("*.md")))
    return Services(Settings(index=folder / "index"))


CITED = {"law": "田亩法", "article": "第二条", "day": "2015-06-01"}
ENDLESS = "{document}#第一条~" + "9" * 5000
ADDRESSES = {
    "a year of seven digits": {**CITED, "year": "9999999"},
    "a year of thousands of digits": {**CITED, "year": "9" * 5000},
    "a year that is no number": {**CITED, "year": "²〇"},
    "a year before all laws": {**CITED, "year": "1000"},
    "a day that does not exist": {**CITED, "day": "0000-00-00"},
    "a day that is none": {**CITED, "day": "昨天", "written": "2020-13-45"},
    "the first day of all, and the law before": {**CITED, "day": "0001-01-01", "former": "1"},
    "the last day of all": {**CITED, "day": "9999-12-31", "written": "0001-01-01"},
    "a law without dates": {"law": "沟渠法", "article": "第一条", "day": "2015-06-01", "former": "1"},
    "a law without an article": {"law": "田亩法", "day": "2015-06-01"},
    "a law that is not held": {"law": "山林法", "article": "第一条", "day": "2015-06-01"},
    "an article that the law has not": {"law": "田亩法", "article": "第九十九条", "day": "2015-06-01"},
    "an article that is none": {"law": "田亩法", "article": "<b>\"'#~", "day": "2015-06-01"},
    "a document that is not held": {"id": "没有", "passage": "没有#第一条"},
    "a passage of another document": {"id": "{document}", "passage": "没有#第一条"},
    "a piece of a passage that is not there": {"id": "{document}", "passage": ENDLESS},
    "nothing": {},
}


@pytest.mark.parametrize("fields", ADDRESSES.values(), ids=ADDRESSES)
def test_a_wrong_address_has_a_page(parts: Services, fields: dict[str, str]) -> None:
    document = parts.search.versions("田亩法")[0].document_id
    filled = {name: value.replace("{document}", document) for name, value in fields.items()}
    shown = page_of(parts, read_wanted(filled))
    assert shown.text or "lz-notice" in shown.head
    assert "<b>" not in shown.head


def test_a_law_without_an_article_is_shown_as_a_whole(parts: Services) -> None:
    shown = page_of(parts, read_wanted({"law": "中华人民共和国田亩法"}))
    assert "第三条" in shown.text
    assert "lz-notice" not in shown.head


def test_an_article_of_a_law_whose_versions_have_no_dates_is_shown(parts: Services) -> None:
    shown = page_of(parts, read_wanted({"law": "沟渠法", "article": "第一条"}))
    assert "效力不明" in shown.head
    assert "lz-found" in shown.text


def _citing(year: str) -> Citing | None:
    return read_citing({"day": "2015-06-01", "year": year})


@pytest.mark.parametrize("year", ["", "0", "9999999", "99", "²", "二〇一七", "-2017", "2017 "])
def test_a_year_that_no_law_can_bear_is_none(year: str) -> None:
    assert _citing(year) == Citing(date(2015, 6, 1), date(2015, 6, 1))


def test_a_year_of_an_edition_is_read() -> None:
    assert _citing("2017") == Citing(date(2015, 6, 1), date(2015, 6, 1), 2017)


@pytest.mark.parametrize("number", [20230000, 20231301, 20230230, 0, -1, 10**30, "20230101", None], ids=str)
def test_a_document_whose_day_does_not_exist_tells_nothing_of_the_version_it_means(number: object) -> None:
    document = StoredDocument(
        id="甲",
        kind="precedent",
        title="甲",
        text="依照《田亩法》第二条。",
        sections=(),
        meta={"law_day": number, "day": number},
        source="甲",
        folder="",
        place="甲",
        sha256="",
    )
    assert citing_fields(document) == {}
