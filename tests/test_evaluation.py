"""Test collections are read strictly, and measures have the values that one computes by hand."""

import json
import math
from pathlib import Path

import pytest
from ingest_examples import ruling, run

from evaluation.collection import index_corpus, load_collection
from evaluation.evaluate import evaluate
from evaluation.measures import measure
from legal.errors import CollectionError
from search.service import SearchService
from search.store import EmbeddedStore

QRELS = {"甲": {"d1": 1, "d2": 1}, "乙": {"d9": 1}}


def write_collection(folder: Path, qrels: str, corpus: list[dict[str, str]] | None = None) -> Path:
    queries = [{"_id": "q1", "text": "唯一住房能否执行"}, {"_id": "q2", "text": "律师调查令的有效期"}]
    (folder / "qrels").mkdir(parents=True)
    write_lines(folder / "queries.jsonl", queries)
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    if corpus is not None:
        write_lines(folder / "corpus.jsonl", corpus)
    return folder


def write_lines(file: Path, records: list[dict[str, str]]) -> None:
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        pytest.param(
            {"甲": {"d1": 3.0, "d2": 2.0}, "乙": {"d9": 1.0}},
            {"nDCG@10": 1.0, "Success@10": 1.0, "RR@10": 1.0, "R@100": 1.0},
            id="everything found first",
        ),
        pytest.param(
            {"甲": {"x": 3.0, "d1": 2.0}, "乙": {"y": 1.0}},
            {
                # 甲: gain at rank 2 is 1/log2(3), the ideal is 1 + 1/log2(3); 乙: nothing.
                "nDCG@10": (1 / math.log2(3)) / (1 + 1 / math.log2(3)) / 2,
                "Success@10": 0.5,
                "RR@10": 0.25,
                "R@100": 0.25,
            },
            id="one of two at rank two, the other query in vain",
        ),
        pytest.param(
            {"甲": {"d2": 1.0}},
            {"nDCG@10": 1 / (1 + 1 / math.log2(3)) / 2, "Success@10": 0.5, "RR@10": 0.5, "R@100": 0.25},
            id="a query without any hits counts as nought",
        ),
    ],
)
def test_measures_of_a_small_run_are_those_computed_by_hand(
    run: dict[str, dict[str, float]], expected: dict[str, float]
) -> None:
    assert measure(QRELS, run) == pytest.approx(expected)


def test_a_collection_holds_the_queries_that_have_judgments(tmp_path: Path) -> None:
    collection = load_collection(
        write_collection(tmp_path / "测试集", "query-id\tcorpus-id\tscore\nq2\td2\t1\n")
    )
    assert collection.name == "测试集"
    assert collection.queries == {"q2": "律师调查令的有效期"}
    assert collection.qrels == {"q2": {"d2": 1}}


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        pytest.param("query-id\tcorpus-id\tscore\nq1\td1\n", "第 2 行", id="two columns"),
        pytest.param("q1\td1\t有关\n", "第 1 行", id="a grade that is no number"),
        pytest.param("q7\td1\t1\n", "q7", id="a query that is not there"),
        pytest.param("query-id\tcorpus-id\tscore\n", "没有判定", id="no judgments"),
    ],
)
def test_damaged_judgments_are_refused_with_the_line(tmp_path: Path, qrels: str, message: str) -> None:
    with pytest.raises(CollectionError, match=message):
        load_collection(write_collection(tmp_path / "c", qrels))


def test_a_damaged_query_line_is_refused_with_its_number(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "c", "q1\td1\t1\n")
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "执行"}\n{"_id": "q2"', encoding="utf-8")
    with pytest.raises(CollectionError, match="第 2 行"):
        load_collection(folder)


def test_a_folder_that_is_no_collection_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"queries\.jsonl"):
        load_collection(tmp_path)


def test_a_collection_with_its_own_corpus_is_searched_in_memory(tmp_path: Path) -> None:
    corpus = [
        {"_id": "d1", "title": "", "text": "被执行人名下唯一住房，在保障居住后可以拍卖执行。"},
        {"_id": "d2", "title": "调查令指引", "text": "律师调查令的有效期为十五日。"},
        {"_id": "d3", "title": "", "text": "案款应当在三十日内发放。"},
    ]
    folder = write_collection(tmp_path / "c", "q1\td1\t1\nq2\td2\t1\n", corpus)
    collection = load_collection(folder)
    assert collection.corpus is not None
    done = evaluate(SearchService(index_corpus(collection.corpus), None), collection, lambda number: None)
    assert set(done.each["nDCG@10"]) == {"q1", "q2"}
    assert done.refused == ()
    assert done.values["nDCG@10"] == pytest.approx(1.0)


def test_a_query_that_cannot_be_searched_counts_as_nought_and_is_named(tmp_path: Path) -> None:
    folder = write_collection(
        tmp_path / "c", "q1\td1\t1\nq2\td2\t1\n", [{"_id": "d1", "text": "唯一住房可以执行"}]
    )
    write_lines(folder / "queries.jsonl", [{"_id": "q1", "text": "唯一住房"}, {"_id": "q2", "text": "？！"}])
    collection = load_collection(folder)
    assert collection.corpus is not None
    done = evaluate(SearchService(index_corpus(collection.corpus), None), collection, lambda number: None)
    assert done.refused == ("q2",)
    assert done.values["Success@10"] == 0.5


def test_a_hit_counts_for_the_copies_that_it_stands_for(tmp_path: Path) -> None:
    """Documents that say the same are shown once; judgments may name any or all of them."""
    folder = tmp_path / "资料"
    folder.mkdir()
    for name in ("甲.txt", "乙.txt"):
        (folder / name).write_text(ruling(1, "查封唯一住房一处"), "utf-8")
    (folder / "丙.txt").write_text(ruling(2, "扣押货车一辆"), "utf-8")
    run(tmp_path / "index", folder)
    collection = load_collection(write_collection(tmp_path / "c", "q1\t甲.txt\t1\nq1\t乙.txt\t1\n"))
    service = SearchService(EmbeddedStore.open(tmp_path / "index"), None)
    done = evaluate(service, collection, lambda number: None)
    assert done.values["R@100"] == 1.0
    assert done.values["nDCG@10"] == pytest.approx(1.0)
