"""The bench of search runs over made passages: every system answers, and the report has every line."""

import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from encoder_examples import tiny_encoder
from ingest_examples import norm

sys.path.append(str(Path(__file__).parents[1]))  # the benches are no part of what is installed

from bench.corpus import entries_below
from bench.search import run
from bench.search_corpus import made_entries, prepare
from bench.search_ours import PIPELINE, REST, SEAMS, WHOLE
from bench.search_plan import (
    HAYSTACK,
    LVZHI_HYBRID,
    LVZHI_KEYWORD,
    TANTIVY_WORDS,
    Measured,
    Plan,
    Prepared,
    Turn,
)
from bench.search_report import SYSTEMS, goals, growth

PASSAGES = 300
QUESTIONS = ["拍卖牦牛要先检疫吗", "房屋可以查封几年", "存款的冻结期限是多久", "谁可以提出异议"]
LAWS = {
    "查封规则": [
        "查封房屋的期限不得超过三年。期限届满可以续行查封。",
        "冻结存款的期限不得超过一年。应当向银行送达。",
    ],
    "拍卖规则": ["拍卖车辆应当先行评估。", "拍卖牦牛应当先行检疫。检疫费用由被执行人负担。"],
    "异议规则": ["当事人可以提出异议。异议应当书面提出。", "案外人对标的有权利的，可以提出异议。"],
}


@dataclass(frozen=True, slots=True)
class Ran:
    plan: Plan
    measured: Measured
    printed: str


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws")
    for title, articles in LAWS.items():
        (folder / f"{title}.md").write_text(norm(title, *articles), "utf-8")
    return folder


@pytest.fixture(scope="module")
def ran(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("bench")
    tiny_encoder(folder / "encoder")
    plan = Plan(corpus, QUESTIONS, folder / "encoder", folder, [PASSAGES], [1, 2], rounds=2, starts=1)
    printed = StringIO()
    with redirect_stdout(printed):
        (measured,) = run(plan)
    return Ran(plan, measured, printed.getvalue())


def test_every_system_finds_ten_passages_for_every_question(ran: Ran) -> None:
    for clients in ran.plan.clients:
        for system in SYSTEMS:
            found = [ids for turn in ran.measured.turns_of(system, clients) for ids in turn.found]
            assert [len(ids) for ids in found] == [10] * len(QUESTIONS), system


def test_all_that_search_for_words_agree_on_an_article_that_alone_has_the_words(ran: Ran) -> None:
    for system in SYSTEMS:
        first = ran.measured.turns_of(system, 1)[0].found[0]
        if system != LVZHI_HYBRID:  # its vectors are made
            assert first[0].endswith("拍卖规则.md#第二条"), system


def test_the_report_has_a_line_for_every_system_and_part_and_the_start_and_the_memory(ran: Ran) -> None:
    for line in (
        "1 at once",
        "2 at once",
        *SYSTEMS,
        WHOLE,
        *SEAMS,
        PIPELINE,
        REST,
        "keyword",
        "vector",
        "encoder",
    ):
        assert f"\n| {line} |" in ran.printed, line
    for line in (
        "`lvzhi search` without the encoder: ",
        "`lvzhi search` with the encoder: ",
        "memory of a search",
    ):
        assert f"\n{line}" in ran.printed, line
    for goal in ("keywords against", "hybrid, p95", "start with the encoder", "memory"):
        assert f": {PASSAGES}: {goal}" in ran.printed, goal


def test_the_parts_of_a_search_make_up_the_whole(ran: Ran) -> None:
    parts = ran.measured.parts
    for number, whole in enumerate(parts[WHOLE]):
        inside = [
            took[number]
            for name, took in parts.items()
            if name not in (WHOLE, "of these, snippets and highlights")
        ]
        assert sum(inside) == pytest.approx(whole)
        assert min(inside) >= 0


def test_memory_is_told_in_what_is_its_own_and_what_is_of_files(ran: Ran) -> None:
    memory = ran.measured.memory
    assert memory["all"] == memory["its own"] + memory["of files"]
    assert min(memory.values()) > 1_000_000


def test_what_was_prepared_is_used_again_unless_it_is_of_another_recipe(ran: Ran) -> None:
    made = Prepared(ran.plan.folder / str(PASSAGES), PASSAGES, ran.plan.encoder)
    mark, index = made.mark.read_text("utf-8"), made.index / "manifest.json"
    built = index.stat().st_mtime_ns
    prepare(ran.plan.corpus, made)
    assert index.stat().st_mtime_ns == built
    made.mark.write_text("{}", "utf-8")
    prepare(ran.plan.corpus, made)
    assert index.stat().st_mtime_ns > built
    assert made.mark.read_text("utf-8") == mark


def test_made_passages_are_as_many_as_asked_for_always_the_same_and_have_ids_of_their_own(
    corpus: Path,
) -> None:
    base = entries_below(corpus)
    made = [p for _, entry in made_entries(base, PASSAGES) for p in entry.passages]
    assert made == [p for _, entry in made_entries(base, PASSAGES) for p in entry.passages]
    assert len({passage.id for passage in made}) == PASSAGES
    assert {p.id: p for p in made[:6]} == {p.id: p for entry in base for p in entry.passages}


def test_made_passages_bring_new_words_and_keep_to_one_law_of_one_place(corpus: Path) -> None:
    entries = [entry for _, entry in made_entries(entries_below(corpus), PASSAGES)]
    assert len({entry.document.meta["law"] for entry in entries}) == len(entries)
    for entry in entries:
        assert {p.meta["law"] for p in entry.passages} == {entry.document.meta["law"]}
    letters = [len(set("".join(p.text for e in part for p in e.passages))) for part in (entries[:3], entries)]
    assert letters[1] > letters[0] * 1.2


def measured(passages: int, **took: float) -> Measured:
    turns = [Turn(system, 1, [ms] * 10, [ms] * 10, [["a"]] * 10, 1.0) for system, ms in took.items()]
    return Measured(passages, turns, {}, {"with the encoder": [3.0]}, {"all": 700_000_000}, {})


def systems(keyword: float, hybrid: float, bare: float) -> dict[str, float]:
    return {
        system: {LVZHI_KEYWORD: keyword, LVZHI_HYBRID: hybrid}.get(system, bare)
        for system in SYSTEMS
        if system != HAYSTACK
    }


def test_goals_are_judged_by_what_was_measured() -> None:
    lines = list(goals(measured(200_000, **systems(keyword=7.0, hybrid=19.0, bare=2.0))))
    assert f"- MISSED: 200,000: keywords against {TANTIVY_WORDS}, p50: 3.50 times, at most 3" in lines
    assert "- met: 200,000: hybrid, p95: 19.00 ms, at most 20" in lines
    assert "- met: 200,000: start with the encoder: 3.00 s, at most 3.5" in lines
    assert "- MISSED: 200,000: memory: 700.00 MB, at most 600" in lines


def test_growth_is_compared_with_that_of_bare_tantivy() -> None:
    small = measured(200_000, **systems(keyword=6.0, hybrid=10.0, bare=2.0))
    large = measured(2_000_000, **systems(keyword=12.0, hybrid=50.0, bare=6.0))
    lines = list(growth(small, large))
    assert f"| {TANTIVY_WORDS} | 3.0x | 3.0x | 3.0x |" in lines
    assert (
        f"- met: {LVZHI_KEYWORD} grows no faster than {TANTIVY_WORDS}, p50: 0.67 of its growth, at most 1"
        in lines
    )
    assert (
        f"- MISSED: {LVZHI_HYBRID} grows no faster than {TANTIVY_WORDS}, p95: 1.67 of its growth, at most 1"
        in lines
    )
