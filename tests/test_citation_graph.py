"""Who cites an article, and where a citation leads, when the law was renumbered in between."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from ingest_examples import run
from search_examples import LAND, LAND_2010, LAND_2020, case, land_law, policy, put

from legal.article_alignment import Change, align
from legal.crosswalk import Citing, Obstacle
from search.citation_graph import CitationGraph
from search.passage import Entry
from search.store import EmbeddedStore


@pytest.fixture(scope="module")
def graph() -> CitationGraph:
    store = EmbeddedStore.in_memory()
    put(
        store,
        *land_law(),
        policy(
            "办法(2012-03-01).md",
            "云州市田亩办法",
            {
                "第一条": "依照《中华人民共和国田亩法》第三条处罚的，由县级人民政府决定。",
                "第二条": "违反本办法第一条的，依法处理。",
            },
            adopted="2012-03-01",
        ),
        policy(
            "细则(2021-03-01).md",
            "江北省田亩细则",
            {"第一条": "田亩法第三条、第四条的界石，由村民会议保管。"},
            adopted="2021-03-01",
        ),
        case(
            "甲案.txt",
            "石桥县人民法院（2015）岭0122行初3号",
            {
                "诉称": "原告称，被告违反《中华人民共和国田亩法》第二条。",
                "本院认为": "本院认为，依照《中华人民共和国田亩法》第三条的规定，处罚合法。",
            },
            day="2015-06-01",
            applied=("田亩法#第三条",),
        ),
    )
    return CitationGraph(store)


def _named(graph: CitationGraph, article: str) -> list[tuple[str, str, bool]]:
    policies = graph.citing("田亩法", article, "policy", 10).named
    cases = graph.citing("田亩法", article, "precedent", 10).named
    return [(found.passage.id, found.article, found.applied) for found in (*policies, *cases)]


def test_a_text_cites_the_article_that_bore_the_number_on_its_day(graph: CitationGraph) -> None:
    assert _named(graph, "第四条") == [
        ("细则(2021-03-01).md#第一条", "第四条", False),
        ("办法(2012-03-01).md#第一条", "第三条", False),
        ("甲案.txt#本院认为", "第三条", True),
    ]


def test_who_cited_the_same_number_of_another_article_is_not_named(graph: CitationGraph) -> None:
    assert _named(graph, "第三条") == [
        ("细则(2021-03-01).md#第一条", "第三条", False),
        ("甲案.txt#诉称", "第二条", False),
    ]


def test_articles_of_one_text_cite_each_other(graph: CitationGraph) -> None:
    (found,) = graph.citing("云州市田亩办法", "第一条", "policy", 10).named
    assert found.passage.id == "办法(2012-03-01).md#第二条"


def test_all_are_counted_and_some_are_named(graph: CitationGraph) -> None:
    found = graph.citing("田亩法", "第四条", "policy", 1)
    assert found.total == 2
    assert [citing.passage.id for citing in found.named] == ["细则(2021-03-01).md#第一条"]


def test_of_documents_that_say_the_same_one_is_named(tmp_path: Path) -> None:
    head = "# 云州市田亩办法\n\n2021年3月1日 云州市人民政府公布\n\n<!-- INFO END -->\n\n"
    norm = head + "第一条 违反《中华人民共和国田亩法》第四条的，依法处理。\n"
    for name in ("甲.md", "乙.md"):
        (tmp_path / name).write_text(norm, encoding="utf-8")
    run(tmp_path / "index", tmp_path / "甲.md", tmp_path / "乙.md")
    graph = CitationGraph(EmbeddedStore.open(tmp_path / "index"))
    found = graph.citing("田亩法", "第四条", "policy", 10)
    assert (found.total, len(found.named)) == (1, 1)


LEADS = {
    "before the change": (date(2015, 6, 1), "第三条", "第四条"),
    "after the change": (date(2021, 3, 1), "第三条", "第三条"),
    "on the day of the change": (date(2020, 5, 1), "第三条", "第三条"),
    "the day before the change": (date(2020, 4, 30), "第三条", "第四条"),
}


@pytest.mark.parametrize(("day", "cited", "article"), LEADS.values(), ids=LEADS)
def test_a_citation_leads_to_the_article_that_continues_it(
    graph: CitationGraph, day: date, cited: str, article: str
) -> None:
    assert graph.resolve("田亩法", cited, Citing(day)).article == article


def test_a_version_that_is_added_is_compared_at_once(graph: CitationGraph) -> None:
    old, new = land_law()
    store = EmbeddedStore.in_memory()
    put(store, old)
    fresh = CitationGraph(store)
    assert fresh.resolve("田亩法", "第三条", Citing(date(2015, 6, 1))).article in {None, "第三条"}
    put(store, new)
    assert fresh.resolve("田亩法", "第三条", Citing(date(2015, 6, 1))).article == "第四条"


def test_a_version_whose_text_is_corrected_is_compared_anew_though_its_dates_stay() -> None:
    store = EmbeddedStore.in_memory()
    put(store, *land_law())
    graph = CitationGraph(store)
    assert graph.resolve("田亩法", "第三条", Citing(date(2015, 6, 1))).article == "第四条"
    corrected = LAND_2020 | {"第四条": "登记簿应当公开。", "第五条": LAND_2020["第四条"]}
    put(store, policy("田亩法(2020-05-01).md", LAND, corrected, adopted="2020-05-01"))
    assert graph.resolve("田亩法", "第三条", Citing(date(2015, 6, 1))).article == "第五条"


def test_a_law_whose_texts_stay_is_not_compared_again_when_another_document_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[int] = []

    def seen(old: Mapping[str, str], new: Mapping[str, str]) -> object:
        compared.append(len(new))
        return align(old, new)

    monkeypatch.setattr("search.citation_graph.align", seen)
    store = EmbeddedStore.in_memory()
    graph = CitationGraph(store)
    for entry in (*land_law(), policy("办法.md", "云州市田亩办法", {"第一条": "拍卖牦牛应当先行检疫。"})):
        put(store, entry)
        graph.resolve("田亩法", "第一条", Citing(date(2021, 6, 1)))
    assert compared == [len(LAND_2020)]


def test_a_document_in_the_place_of_another_changes_how_many_cite_though_not_how_many_there_are() -> None:
    def decree(article: str) -> Entry:
        return policy("办法.md", "云州市田亩办法", {"第一条": article}, adopted="2012-03-01")

    store = EmbeddedStore.in_memory()
    graph, totals, counts = CitationGraph(store), [], []
    for article in ("依照《中华人民共和国田亩法》第三条处罚。", "处罚由县级人民政府决定。"):
        put(store, decree(article))
        totals.append(graph.total("policy", "cites"))
        counts.append(store.keywords.count())
    assert totals == [1, 0]
    assert counts == [1, 1]


def test_texts_of_one_day_of_effect_are_one_edition_whatever_day_of_adoption_they_name() -> None:
    store = EmbeddedStore.in_memory()
    put(
        store,
        policy("田亩法(2010-05-01).md", LAND, LAND_2010, adopted="2010-05-01"),
        policy("田亩法(2020-04-01).md", LAND, LAND_2020, adopted="2020-04-01", effective="2020-05-01"),
        policy("田亩法(2020-04-02).md", LAND, LAND_2020, adopted="2020-04-02", effective="2020-05-01"),
        policy("田亩法.md", LAND, LAND_2020, effective="2020-05-01"),
        policy("田亩法(2023-05-01).md", LAND, LAND_2020, adopted="2023-05-01"),
    )
    led = CitationGraph(store).resolve("田亩法", "第三条", Citing(date(2015, 6, 1)))
    assert (led.article, led.target) == ("第四条", date(2023, 5, 1))
    assert (
        CitationGraph(store).resolve("田亩法", "第二条", Citing(date(2015, 6, 1))).change is Change.RENUMBERED
    )
    assert CitationGraph(store).citing("田亩法", "第四条", "policy", 10).total == 0


def test_of_a_law_whose_versions_have_no_dates_an_article_has_one_number() -> None:
    store = EmbeddedStore.in_memory()
    norm = {"第一条": "依照《中华人民共和国田亩法》第四条处罚。"}
    put(
        store,
        policy("田亩法甲.md", LAND, LAND_2010),
        policy("田亩法乙.md", LAND, LAND_2020),
        policy("办法.md", "云州市田亩办法", norm, adopted="2012-03-01"),
    )
    graph = CitationGraph(store)
    assert graph.resolve("田亩法", "第四条", Citing(date(2012, 3, 1))).obstacle is Obstacle.NO_EDITIONS
    assert [found.passage.id for found in graph.citing("田亩法", "第四条", "policy", 10).named] == [
        "办法.md#第一条"
    ]


@pytest.mark.parametrize("article", ["", "第", "第九千条", "第一条 OR 1", "第一条\"'<b>", "第一条#~2"])
@pytest.mark.parametrize("day", [date.min, date(2015, 6, 1), date.max], ids=str)
def test_an_article_that_is_none_leads_nowhere(graph: CitationGraph, article: str, day: date) -> None:
    assert graph.resolve("田亩法", article, Citing(day, day, 2020, former=True)).article is None
    assert graph.citing("田亩法", article, "policy", 10).total == 0
