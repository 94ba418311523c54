"""The published runs of LeCaRD under our measures: `python -m evaluation.lecard FOLDER`.

LeCaRD (Ma et al., "LeCaRD: A Legal Case Retrieval Dataset for Chinese Law System", SIGIR 2021) grades 30
cases a question. Without the texts of the cases nothing of ours can be run on it; that our measures give
the known figures for the runs of others shows that they measure the same.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ir_measures import nDCG
from rich.console import Console
from rich.table import Table

from evaluation.collection import Qrels
from evaluation.measures import measure
from legal.errors import CollectionError

CUTS = (10, 20, 30)
# By the name of the file; true where the list begins with the worst.
RUNS = {"bm25": True, "tfidf": True, "lm": False}

_MEASURES = tuple(nDCG @ cut for cut in CUTS)


@dataclass(frozen=True, slots=True)
class Labels:
    """`qrels`: question → case → grade, 0 to 3. `runs`: by name, question → cases, the best first."""

    qrels: Qrels
    runs: Mapping[str, Mapping[str, Sequence[str]]]


def read_labels(folder: Path) -> Labels:
    """The grades and the runs of a copy of LeCaRD. Raises CollectionError that names the file."""
    graded = _object(folder / "data" / "label" / "label_top30_dict.json")
    runs = {}
    for name, worst_first in RUNS.items():
        listed = _object(folder / "data" / "prediction" / f"{name}_top100.json")
        if missing := graded.keys() - listed.keys():
            raise CollectionError(f"{name} 的检索结果中缺少查询 {min(missing)}。请重新下载 LeCaRD。")
        runs[name] = {
            query: [str(case) for case in (reversed(cases) if worst_first else cases)]
            for query, cases in listed.items()
        }
    return Labels(graded, runs)


def ndcg_of(qrels: Qrels, run: Mapping[str, Sequence[str]], *, judged_only: bool) -> dict[int, float]:
    """Mean nDCG at each of `CUTS`, the grade being the gain (Järvelin and Kekäläinen 2002).

    `judged_only` takes out of the run what nobody has graded; it is of grade 0 otherwise.
    """
    scored = {
        query: {
            case: -float(place)
            for place, case in enumerate(run[query])
            if not judged_only or case in qrels[query]
        }
        for query in qrels
    }
    means = measure(qrels, scored, _MEASURES)
    return {cut: means[str(nDCG @ cut)] for cut in CUTS}


def _object(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CollectionError(f"无法读取 {file}：应为 LeCaRD 的 JSON 文件。") from error
    if not isinstance(read, dict):
        raise CollectionError(f"{file} 的内容应为 JSON 对象：查询编号 → 案件。")
    return read


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints nDCG of every run, of the graded cases alone and of all."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.lecard", description=__doc__)
    parser.add_argument("folder", type=Path, help="a copy of LeCaRD with data/label and data/prediction")
    labels = read_labels(parser.parse_args(arguments).folder)
    heads = [f"{kept}, nDCG@{cut}" for kept in ("graded cases alone", "all cases") for cut in CUTS]
    table = Table("run", *heads, title=f"LeCaRD, {len(labels.qrels)} questions")
    for name, run in labels.runs.items():
        means = [ndcg_of(labels.qrels, run, judged_only=only) for only in (True, False)]
        table.add_row(name, *(f"{mean[cut]:.3f}" for mean in means for cut in CUTS))
    Console(width=140).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
