"""Counts of hits and facets: equal to what looking at every passage gives, however many match."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_examples import TinyEncoder, case, passage, policy, put, put_passages

from search import components, counting, hit_counts
from search.encoding import encode_missing
from search.explanation import COUNTS_FAILED
from search.findings import Finding
from search.index_records import rows_of
from search.passage import FACETS, Entry, Passage
from search.segmenter import bigrams
from search.service import SearchRequest, SearchResult, SearchService
from search.store import EmbeddedStore

COURTS = ("甲市乙区人民法院", "丙省高级人民法院", "丁市中级人民法院")
DONE = ("查封房屋", "扣押车辆", "冻结存款", "拍卖股权", "公告送达")


def law(number: int) -> Entry:
    """A law of four articles, of which the last is so long that it becomes several passages."""
    articles = {f"第{place}条": f"应当{DONE[(number + place) % 5]}。" for place in range(1, 4)}
    articles["第四条"] = f"{DONE[number % 5]}的，应当登记。" * 70 + f"{DONE[(number + 2) % 5]}的除外。"
    level = ("法律", "司法解释", "地方性法规")[number % 3]
    body = (None, "最高人民法院", "甲市人民代表大会常务委员会")[number % 3]
    adopted = f"{2018 + number % 4}-03-01" if number % 5 else None
    return policy(
        f"法{number}.txt", f"第{number}号强制规定", articles, level=level, body=body, adopted=adopted
    )


def ruling(number: int) -> Entry:
    """A ruling in three passages that say different things."""
    parts = {
        "查明": f"法院{DONE[number % 5]}。",
        "本院认为": f"当事人对{DONE[(number + 1) % 5]}不服。",
        "判决": f"驳回{number}号申请，依照民事强制法第一条。",
    }
    head = f"{COURTS[number % 3]}（{2019 + number % 3}）云0102执异{number}号"
    cause = ("执行异议", "买卖合同纠纷")[number % 2]
    return case(f"案{number}.txt", head, parts, day=f"{2019 + number % 3}-05-06", cause=cause)


LAWS, RULINGS = [law(n) for n in range(12)], [ruling(n) for n in range(20)]


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """Twelve laws and twenty rulings; two laws and four rulings are here twice, one with another court."""
    store = EmbeddedStore.in_memory()
    put(store, *LAWS[2:], *RULINGS[4:])
    copied = [*LAWS[:2], *RULINGS[:4]]
    with store.writing() as writer:
        for number, entry in enumerate(copied):
            for again in (entry, _copy(entry, {"court": COURTS[2]} if entry is RULINGS[0] else {})):
                writer.add([row | {"group": f"{number:016x}"} for row in rows_of(again, store.segmenter)])
        writer.commit()
    return store


def _copy(entry: Entry, other: dict[str, Any]) -> Entry:
    """The same document from another file."""
    old, new = entry.document.id, f"另{entry.document.id}"
    document = replace(entry.document, id=new, meta={**entry.document.meta, "document_id": new, **other})
    passages = tuple(
        Passage(p.id.replace(old, new), p.text, {**p.meta, "document_id": new, **other})
        for p in entry.passages
    )
    return replace(entry, document=document, passages=passages)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nearly everything matches more than can be paged to."""
    for module in (components, counting):
        monkeypatch.setattr(module, "POOL", 5)


def counted_by_hand(found: Sequence[Passage]) -> tuple[int, dict[str, Counter[Any]]]:
    """The hits of these passages, and for each facet how many of them have each value."""
    hits = {Finding.of(p).hit for p in found}
    pairs = {(f, Finding.of(p).hit, p.meta[f]) for p in found for f in FACETS if f in p.meta}
    return len(hits), {f: Counter(value for name, _, value in pairs if name == f) for f in FACETS}


def matching(store: EmbeddedStore, text: str, choices: dict[str, list[Any]]) -> list[Passage]:
    """The passages under the choices that have a word or a pair of the text, each looked at."""
    words, pairs = set(store.segmenter.words(text)), set(bigrams(text))

    def has(p: Passage) -> bool:
        held = store.segmenter.words("\n".join((p.text, p.meta.get("title", ""), p.meta.get("heading", ""))))
        return bool(words & set(held) or pairs & set(bigrams(p.text)))

    chosen = [p for p in store.passages() if all(p.meta.get(f) in values for f, values in choices.items())]
    return [p for p in chosen if has(p)]


def check(store: EmbeddedStore, result: SearchResult, choices: dict[str, list[Any]]) -> None:
    text = result.query.words
    total, values = counted_by_hand(matching(store, text, choices))
    assert (result.total, result.exact) == (total, True)
    for name in FACETS:
        expected = dict(values[name])
        if chosen := choices.get(name):
            without = {field: kept for field, kept in choices.items() if field != name}
            siblings = dict(counted_by_hand(matching(store, text, without))[1][name])
            expected = siblings | {value: values[name][value] for value in chosen}
        assert dict(result.facets[name]) == expected, name


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from([["policy"], ["precedent"]]),
        "court": st.lists(st.sampled_from(COURTS), min_size=1, max_size=2, unique=True),
        "year": st.lists(st.integers(2018, 2022), min_size=1, max_size=3, unique=True),
        "authority_level": st.sampled_from([["法律"], ["司法解释", "法律"], ["没有的"]]),
        "cause_of_action": st.sampled_from([["执行异议"], ["买卖合同纠纷"]]),
        "document_type": st.just(["裁定书"]),
    },
)
TEXTS = st.lists(
    st.sampled_from((*DONE, "应当", "除外", "强制规定", "人民法院", "螽斯")), min_size=1, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, choices=CHOICES)
def test_total_and_facets_are_what_looking_at_every_passage_gives(
    store: EmbeddedStore, texts: list[str], choices: dict[str, list[Any]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (components, counting):
            patch.setattr(module, "POOL", 5)
        found = SearchService(store, None).search(SearchRequest("".join(texts), choices))
    check(store, found, choices)


@pytest.mark.parametrize("text", ["查封房屋", "应当登记", "人民法院"])
def test_the_counts_are_the_same_whether_or_not_all_can_be_paged_to(
    store: EmbeddedStore, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = SearchService(store, None)
    whole = service.search(SearchRequest(text, limit=100))
    assert whole.total == whole.listed == len(whole.hits)
    for module in (components, counting):
        monkeypatch.setattr(module, "POOL", 5)
    few = service.search(SearchRequest(text, limit=100))
    assert len(few.hits) == few.listed < few.total
    assert (few.total, few.facets) == (whole.total, whole.facets)


@pytest.mark.usefixtures("few")
def test_choosing_a_value_finds_as_many_as_it_counts(store: EmbeddedStore) -> None:
    service = SearchService(store, None)
    facets = service.search(SearchRequest("查封房屋")).facets
    counts = [(field, value, count) for field, values in facets.items() for value, count in values]
    assert len(counts) > 15
    for field, value, count in counts:
        assert service.search(SearchRequest("查封房屋", {field: [value]})).total == count


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("choices", [{}, {"kind": ["precedent"]}, {"year": [2020]}], ids=str)
def test_what_is_near_in_meaning_alone_and_what_the_query_names_count_too(
    store: EmbeddedStore, choices: dict[str, list[Any]]
) -> None:
    encoded, encoder = EmbeddedStore.in_memory(), TinyEncoder()
    put(encoded, *LAWS, *RULINGS, policy("远.txt", "失信名单规定", {"第一条": "失信被执行人不得乘机。"}))
    list(encode_missing(encoded, encoder))
    text = "老赖冻结存款，第3号强制规定第一条"
    result = SearchService(encoded, encoder).search(SearchRequest(text, choices, limit=100))
    near = {hit.document_id for hit in result.hits if hit.keyword_rank is None}
    found = matching(encoded, result.query.words, choices)
    beside = [p for p in encoded.passages() if p.id in {hit.id for hit in result.hits}]
    assert near
    assert (result.total, {f: Counter(dict(v)) for f, v in result.facets.items() if f not in choices}) == (
        counted_by_hand(found + beside)[0],
        {f: v for f, v in counted_by_hand(found + beside)[1].items() if f not in choices},
    )


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("应当 “扣押车辆”", lambda p: "扣押车辆" in p.text),
        ("应当 扣押车辆 -查封", lambda p: "查封" not in p.text),
        ("法院 查封房屋 OR 冻结存款", lambda p: "查封房屋" in p.text or "冻结存款" in p.text),
    ],
    ids=["a phrase", "an exclusion", "either"],
)
def test_conditions_on_the_text_are_decided_for_every_passage(
    store: EmbeddedStore, text: str, says: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = SearchService(store, None).search(SearchRequest(text))
    found = [p for p in matching(store, result.query.words, {}) if says(p)]
    total, values = counted_by_hand(found)
    assert (result.total, result.exact) == (total, True)
    assert {f: dict(v) for f, v in result.facets.items()} == {f: dict(v) for f, v in values.items()}
    monkeypatch.setattr(hit_counts, "MOST_DECIDED", 3)
    fewer = SearchService(store, None).search(SearchRequest(text))
    assert fewer.total < total
    assert not fewer.exact


@pytest.mark.usefixtures("few")
def test_within_results_the_words_must_stand_in_one_passage(store: EmbeddedStore) -> None:
    result = SearchService(store, None).search(SearchRequest("法院应当查封", within="不服", limit=100))
    found = [p for p in matching(store, "法院应当查封", {}) if "不服" in p.text]
    assert result.total == counted_by_hand(found)[0] > result.listed


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("text", ["文书:裁定书", "年份:2019-2020 -文书:裁定书", "法院:丙省高级人民法院"])
def test_conditions_alone_count_all_that_meets_them(store: EmbeddedStore, text: str) -> None:
    result = SearchService(store, None).search(SearchRequest(text))
    meeting = {
        "文书:裁定书": lambda m: m.get("document_type") == "裁定书",
        "年份:2019-2020 -文书:裁定书": lambda m: m.get("year") in (2019, 2020) and "document_type" not in m,
        "法院:丙省高级人民法院": lambda m: m.get("court") == COURTS[1],
    }[text]
    total, values = counted_by_hand([p for p in store.passages() if meeting(p.meta)])
    assert result.total == total > 0
    assert {f: dict(v) for f, v in result.facets.items()} == {f: dict(v) for f, v in values.items()}


@pytest.mark.usefixtures("few")
def test_what_is_deleted_or_comes_again_is_counted_as_it_is() -> None:
    store = EmbeddedStore.in_memory()
    put(store, *LAWS, *RULINGS)
    service = SearchService(store, None)
    before = service.search(SearchRequest("查封房屋"))
    with store.writing() as writer:
        writer.delete("place", RULINGS[0].document.place)
        writer.commit()
    check(store, service.search(SearchRequest("查封房屋")), {})
    put(store, RULINGS[0], LAWS[0])
    assert service.search(SearchRequest("查封房屋")).total == before.total


@pytest.mark.usefixtures("few")
def test_passages_without_documents_are_counted() -> None:
    store = EmbeddedStore.in_memory()
    put_passages(store, *(passage(f"{n}", "查封房屋", year=2020 + n % 2) for n in range(30)))
    result = SearchService(store, None).search(SearchRequest("查封"))
    assert (result.total, result.listed) == (30, 5)
    assert result.facets["year"] == ((2020, 15), (2021, 15))


def test_where_counting_fails_the_search_answers_and_says_so(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(hit_counts, "_aggregated", broken)
    for module in (components, counting):
        monkeypatch.setattr(module, "POOL", 5)
    result = SearchService(store, None).search(SearchRequest("查封房屋"))
    assert result.hits
    assert (result.total, result.facets, result.exact) == (result.listed, {}, False)
    assert result.notices == (COUNTS_FAILED,)
    assert "counting failed: MemoryError" in caplog.text
    assert "查封" not in caplog.text
