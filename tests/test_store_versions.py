"""What an index knows of laws over time: which documents no longer apply on a day, and why."""

import hashlib
from datetime import date

import pytest
from search_examples import put

from ingest.described import described_norm
from ingest.parse_policy import parse_policy
from ingest.passages import entry_of
from ingest.source import RawDocument
from legal.versions import Ending
from search.passage import Entry
from search.place import Origin, place_of
from search.store import EmbeddedStore

OLD = "# 江北省甲条例\n2017年9月1日 江北省人民代表大会常务委员会通过\n2018年1月1日 施行"
NEW = "# 江北省甲条例\n2023年9月1日 江北省人民代表大会常务委员会修订\n2024年1月1日 施行"
OTHER = "# 江北省乙条例\n2025年3月1日 江北省人民代表大会常务委员会通过\n2025年6月1日 施行"
AMENDED = "# 江北省乙条例\n2020年3月1日 江北省人民代表大会通过\n2026年1月1日 江北省人民代表大会修正"


def _norm(name: str, head: str, last: str = "本条例由办公室解释。") -> Entry:
    text = f"{head}\n<!-- INFO END -->\n第一条 为甲。\n第二条 {last}"
    raw = RawDocument(name, text)
    origin = Origin(
        name, "法规", place_of("法规".encode(), name).key, hashlib.sha256(text.encode()).hexdigest()
    )
    return entry_of(described_norm(parse_policy(text, name), {}, name), raw, origin)


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory()


@pytest.mark.parametrize(
    ("day", "over"),
    [("2018-01-01", set()), ("2023-12-31", set()), ("2024-01-01", {"旧.md"}), ("2030-01-01", {"旧.md"})],
)
def test_a_newer_version_supersedes_from_its_day_of_effect_on(
    day: str, over: set[str], store: EmbeddedStore
) -> None:
    put(store, _norm("旧.md", OLD), _norm("新.md", NEW))
    assert store.superseded(date.fromisoformat(day)) == over


@pytest.mark.parametrize(("day", "over"), [("2025-05-31", set()), ("2025-06-01", {"新.md"})])
def test_a_text_that_another_ends_is_superseded_from_then_on(
    day: str, over: set[str], store: EmbeddedStore
) -> None:
    put(store, _norm("新.md", NEW), _norm("乙.md", OTHER, "《江北省甲条例》同时废止。"))
    assert store.superseded(date.fromisoformat(day)) == over


def test_what_a_norm_ended_was_over_before_that_norm_was_amended(store: EmbeddedStore) -> None:
    last = "本条例自2020年5月1日起施行。《江北省甲条例》同时废止。"
    put(store, _norm("旧.md", OLD), _norm("新.md", NEW), _norm("乙.md", AMENDED, last))
    assert store.superseded(date(2020, 4, 30)) == frozenset()
    assert store.superseded(date(2020, 5, 1)) == {"旧.md"}
    assert store.superseded(date(2030, 1, 1)) == {"旧.md"}  # the law was made again in 2023


def test_a_text_whose_newer_version_is_only_known_is_all_there_is_and_not_superseded(
    store: EmbeddedStore,
) -> None:
    name = "最高人民法院关于公布失信被执行人名单信息的若干规定"
    put(store, _norm(f"{name}(2013-07-16).md", f"# {name}\n2013年7月1日 最高人民法院审判委员会通过"))
    assert store.superseded(date(2026, 1, 1)) == frozenset()
    status = store.history(name).status(f"{name}(2013-07-16).md", date(2026, 1, 1))
    assert (status.standing, status.since) == ("已被修改", date(2017, 5, 1))
    assert "未收录" in status.source


def test_a_repeal_is_told_with_the_text_and_the_article_that_says_it(store: EmbeddedStore) -> None:
    put(store, _norm("新.md", NEW), _norm("乙.md", OTHER, "《江北省甲条例》同时废止。"))
    status = store.history("江北省甲条例").status("新.md", date(2026, 1, 1))
    assert status.by == Ending("乙.md", "江北省乙条例", "第二条", date(2025, 6, 1))
    assert status.source == "被《江北省乙条例》（第二条）废止，自2025年6月1日起失效。"


def test_a_document_carries_its_number_its_effect_and_what_it_ends(store: EmbeddedStore) -> None:
    head = "# 江北省乙条例\n2025年3月1日 江北省人民代表大会常务委员会公告第7号公布\n2025年6月1日 施行"
    entry = _norm("乙.md", head, "《江北省甲条例》同时废止。")
    (repeal,) = entry.document.meta["repeals"]
    assert entry.document.text[repeal["start"] : repeal["end"]] == "《江北省甲条例》"
    assert (repeal["law"], repeal["article"], repeal["from"]) == ("江北省甲条例", "第二条", "2025-06-01")
    for meta in (entry.document.meta, entry.passages[0].meta):
        assert meta["document_number"] == "江北省人民代表大会常务委员会公告第7号"
        assert meta["effective"] == "2025-06-01"
    assert "repeals" not in entry.passages[0].meta


def test_a_law_that_nothing_here_names_has_no_versions(store: EmbeddedStore) -> None:
    assert store.history("江北省丙条例").versions == ()
