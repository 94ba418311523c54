"""Training examples: questions with the articles that answer them, and articles near them that do not."""

import json
from pathlib import Path
from typing import Any

import pytest
from search_examples import TinyEncoder, policy, put

from legal.errors import EncoderError
from search.encoding import encode_missing
from search.store import EmbeddedStore
from search.training_examples import QUESTIONS, SHARES, Example, load_examples, mine, pool
from search.vectors import embedding_text

FIRST = "被执行人未按执行通知履行义务的，法院有权查封其房屋；但应当保留生活必需的房屋。"
REST = "查封的期限不得超过三年，期满前可以续行查封，续行的期限不得超过原来的期限。"
LONG = FIRST + REST


@pytest.fixture
def index() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    put(
        store,
        policy(
            "新法.md",
            "民事强制法",
            {"第一条": LONG, "第二条": "冻结存款不得超过一年。"},
            adopted="2021-01-01",
        ),
        policy("旧法.md", "民事强制法", {"第一条": "旧的规定。"}, adopted="1991-01-01"),
        policy("地方.md", "甲市条例", {"第一条": "甲市的规定。"}, level="地方性法规"),
        policy("刑法.md", "刑法", {"第三百一十三条": "拒不执行判决的，处三年以下有期徒刑。"}),
    )
    return store


def data(folder: Path, **files: list[dict[str, Any]]) -> Path:
    for name in ("questions_gold", "questions_articles", "questions_answers"):
        lines = [json.dumps(record, ensure_ascii=False) for record in files.get(name, [])]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def by_source(examples: list[Example], source: str) -> list[Example]:
    return [example for example in examples if example.source == source]


def text_of(index: EmbeddedStore, passage_id: str) -> str:
    return embedding_text(index.passages_by_id([passage_id])[passage_id])


def test_a_gold_question_is_answered_by_its_articles_and_one_whose_articles_are_not_here_is_left_out(
    index: EmbeddedStore, tmp_path: Path
) -> None:
    gold = [
        {"question": "房子能查封多久", "articles": ["新法.md#第一条", "新法.md#第二条", "没有.md#第一条"]},
        {"question": "别的", "articles": ["没有.md#第一条"]},
    ]
    [example] = by_source(load_examples(index, data(tmp_path, questions_gold=gold), None), "gold")
    assert example.query == "房子能查封多久"
    assert set(example.positives) == {text_of(index, "新法.md#第一条"), text_of(index, "新法.md#第二条")}


def test_a_question_with_an_answer_has_the_answer_for_its_passage(
    index: EmbeddedStore, tmp_path: Path
) -> None:
    answers = [{"question": "欠钱不还怎么办", "answer": "可以申请强制执行。"}]
    examples = load_examples(index, data(tmp_path, questions_answers=answers), None)
    assert by_source(examples, "answers") == [Example("answers", "欠钱不还怎么办", ("可以申请强制执行。",))]


def test_the_first_half_of_an_article_asks_for_the_rest_of_it(index: EmbeddedStore, tmp_path: Path) -> None:
    [example] = by_source(load_examples(index, data(tmp_path), None), "halves")
    assert example.query == FIRST
    assert example.positives == (f"民事强制法 第一条\n{REST}",)


def test_facts_and_reasoning_of_a_judgment_ask_for_the_criminal_articles_that_it_cites(
    index: EmbeddedStore, tmp_path: Path
) -> None:
    judgment = {
        "text": "被告人张某转移财产，拒不履行判决。",
        "fd": "某法院刑事判决书 被告人张某转移财产。 本院认为，张某有能力履行而拒不履行。",
        "la": [313, 999],
    }
    file = tmp_path / "judgments.jsonl"
    file.write_text(json.dumps(judgment, ensure_ascii=False) + "\n", encoding="utf-8")
    found = by_source(load_examples(index, data(tmp_path), file), "judgments")
    assert [e.query for e in found] == [judgment["text"], "，张某有能力履行而拒不履行。"]
    assert {e.positives for e in found} == {(text_of(index, "刑法.md#第三百一十三条"),)}


def test_negatives_come_from_articles_of_authority_in_their_newest_version(index: EmbeddedStore) -> None:
    assert {passage.id for passage in pool(index)} == {
        "新法.md#第一条",
        "新法.md#第二条",
        "刑法.md#第三百一十三条",
    }


def test_mined_negatives_are_near_but_never_right_nor_another_version_of_what_is_right() -> None:
    store, encoder = EmbeddedStore.in_memory(), TinyEncoder()
    articles = {f"第{n}条": f"查封房屋的第{n}种情形，由法院另行决定。" for n in range(1, 9)}
    right = "查封房屋的期限不得超过三年，期满可以续行查封。"
    put(
        store,
        policy("法.md", "民事强制法", {**articles, "第九条": right}),
        policy("解释.md", "强制法的解释", {"第一条": right.replace("三年", "二年")}, level="司法解释"),
    )
    list(encode_missing(store, encoder))
    positive = text_of(store, "法.md#第九条")
    [example] = mine([Example("gold", "查封房屋多久", (positive,))], store, encoder)
    assert example.negatives
    assert set(example.negatives) <= {text_of(store, f"法.md#{label}") for label in articles}


def test_an_index_without_vectors_cannot_be_mined(index: EmbeddedStore) -> None:
    with pytest.raises(EncoderError, match="lvzhi ingest"):
        list(mine([], index, TinyEncoder()))


def test_only_questions_with_articles_get_negatives(index: EmbeddedStore) -> None:
    encoder = TinyEncoder()
    list(encode_missing(index, encoder))
    plain = Example("answers", "欠钱不还怎么办", ("可以申请强制执行。",))
    assert list(mine([plain], index, encoder)) == [plain]


def test_what_is_held_out_depends_on_the_answer_alone_so_that_no_answer_is_on_both_sides() -> None:
    answers = [f"第{n}条 甲" for n in range(400)]
    one = {a: Example("gold", "问一", (a,)).held_out for a in answers}
    other = {a: Example("gold", "问二", (a,), ("乙",)).held_out for a in answers}
    assert one == other
    assert 40 < sum(one.values()) < 100  # about one in six
    assert not any(Example("silver", "问", (a,)).held_out for a in answers)


def test_the_shares_of_the_sources_are_a_whole() -> None:
    assert sum(SHARES.values()) == pytest.approx(1.0)


def test_our_own_questions_are_whole_and_none_is_there_twice() -> None:
    records = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert len(records) > 3000
    assert len({record["question"] for record in records}) == len(records)
    for record in records:
        assert set(record) == {"question", "style", "article", "enforcement"}
        assert "#第" in record["article"]
        assert len(record["question"]) >= 4
