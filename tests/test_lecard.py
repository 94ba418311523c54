"""The runs of LeCaRD under our measures: the order of each file, what is left out, and the known figures."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from evaluation.lecard import main, ndcg_of, read_labels
from legal.errors import CollectionError

PUBLISHED = Path(__file__).parents[2] / "shared" / "eval" / "lecard_labels"

GRADES = {"问": {"1": 3, "2": 1}}
# 9 is a case that nobody has graded; bm25 and tfidf are stored with the worst first.
STORED = {"bm25": [2, 9, 1], "tfidf": [1, 9, 2], "lm": [1, 9, 2]}


def written(folder: Path, **changed: Any) -> Path:
    """A folder as LeCaRD lays it out; `changed` names files, by the first part of their names."""
    contents = {"label_top30": GRADES, **{name: {"问": cases} for name, cases in STORED.items()}, **changed}
    for name, content in contents.items():
        label = name == "label_top30"
        file = (
            folder / "data" / ("label/label_top30_dict.json" if label else f"prediction/{name}_top100.json")
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content), "utf-8")
    return folder


def test_every_run_is_read_with_the_best_first(tmp_path: Path) -> None:
    runs = read_labels(written(tmp_path)).runs
    assert {name: run["问"] for name, run in runs.items()} == {
        "bm25": ["1", "9", "2"],
        "tfidf": ["2", "9", "1"],
        "lm": ["1", "9", "2"],
    }


def test_a_case_that_nobody_graded_is_left_out_or_counts_as_not_relevant(tmp_path: Path) -> None:
    labels = read_labels(written(tmp_path))
    best = 3 + 1 / math.log2(3)
    alone = ndcg_of(labels.qrels, labels.runs["lm"], judged_only=True)
    among_all = ndcg_of(labels.qrels, labels.runs["lm"], judged_only=False)
    assert alone == pytest.approx({10: 1.0, 20: 1.0, 30: 1.0})
    assert among_all[10] == pytest.approx((3 + 1 / math.log2(4)) / best)


def test_the_grade_is_the_gain(tmp_path: Path) -> None:
    labels = read_labels(written(tmp_path))
    found = ndcg_of(labels.qrels, labels.runs["tfidf"], judged_only=True)
    assert found[10] == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"lm": {}}, "lm 的检索结果中缺少查询 问", id="a run without the question"),
        pytest.param({"bm25": []}, "bm25_top100.json 的内容应为 JSON 对象", id="no object"),
    ],
)
def test_a_copy_that_is_not_whole_is_one_clear_error(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(CollectionError, match=said):
        read_labels(written(tmp_path, **changed))


def test_a_folder_without_labels_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"无法读取 .*label_top30_dict\.json"):
        read_labels(tmp_path)


def test_the_command_prints_every_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(written(tmp_path))]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in STORED)
    assert "1.000" in printed


# As the note beside the labels states them.
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason=f"LeCaRD's labels are not at {PUBLISHED}")
@pytest.mark.parametrize(
    ("name", "graded_alone", "all_at_10"),
    [
        pytest.param("bm25", (0.716, 0.779, 0.869), 0.492, id="BM25"),
        pytest.param("lm", (0.748, 0.796, 0.878), 0.539, id="language model"),
        pytest.param("tfidf", (0.555, 0.508, 0.490), 0.157, id="TF-IDF"),
    ],
)
def test_the_published_runs_have_the_known_figures(
    name: str, graded_alone: tuple[float, ...], all_at_10: float
) -> None:
    labels = read_labels(PUBLISHED)
    assert len(labels.qrels) == 107
    alone = ndcg_of(labels.qrels, labels.runs[name], judged_only=True)
    among_all = ndcg_of(labels.qrels, labels.runs[name], judged_only=False)
    assert tuple(round(value, 3) for value in alone.values()) == graded_alone
    assert round(among_all[10], 3) == all_at_10
