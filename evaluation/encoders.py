"""Encoders side by side: `python -m evaluation.encoders --corpus FOLDER --work FOLDER COLLECTION...`.

Prints for every collection, in one run: keywords, embeddings and both; the encoder untrained and trained, in
int8 and in float32, searched exactly and by HNSW; with and without the legal prior; each with the 95 %
confidence interval, and on the queries whose answers are all in force. Everything is made from the corpus and
kept in the work folder, so that a second run only measures; encoding a corpus of 150,000 passages takes about
twenty minutes an encoder on two cores, and a run that was stopped goes on where it was.
"""

import argparse
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evaluation.collection import Collection, load_collection
from evaluation.encoder_runs import Side, runs
from evaluation.evaluate import Values, in_force
from evaluation.measures import MEASURES, measure_each
from evaluation.significance import Interval, difference, interval
from ingest.pipeline import Options, ingest
from ingest.sources import find_files
from search.encoder import OnnxEncoder
from search.encoder_adapter import ADAPTER
from search.encoder_build import Precision, build, encoder_name
from search.encoder_source import default_model, default_name
from search.encoding import encode_missing
from search.store import EmbeddedStore
from search.vectors import VectorShards

MAIN = str(MEASURES[0])
SIDES: dict[str, Path | None] = {"untrained": None, "trained": ADAPTER}


def main() -> None:
    """Reads the arguments, makes what is missing, measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collections", type=Path, nargs="+", help="folders in the layout of BEIR")
    parser.add_argument("--corpus", type=Path, required=True, help="the texts that the judgments name")
    parser.add_argument("--work", type=Path, required=True, help="folder of encoders and indexes")
    asked = parser.parse_args()
    out = Console(width=150, highlight=False)
    collections = [load_collection(folder) for folder in asked.collections]
    sides = prepare(out, asked.corpus, asked.work)
    for collection in collections:
        compare(out, collection, sides, asked.work)


def prepare(out: Console, corpus: Path, work: Path) -> list[Side]:
    """Encoders and indexes of all sides, from `work` where they have been made before."""
    plain = work / "keywords"
    store = EmbeddedStore.open_or_create(plain)
    ingest(store, find_files([corpus]), Options(jobs=2))
    sides = []
    for name, adapter in SIDES.items():
        encoder = _built(work / f"encoder-{name}-int8", adapter, "int8")
        folder = work / f"index-{name}"
        if not folder.exists():
            shutil.copytree(plain, draft := work / f".{name}.draft", dirs_exist_ok=True)
            draft.rename(folder)
        store = EmbeddedStore.open(folder)
        with out.status(name) as status:
            for done, total in encode_missing(store, encoder):
                status.update(f"{name}: {done} of {total} passages have vectors")
        exact = _built(work / f"encoder-{name}-float32", adapter, "float32")
        sides.append(Side(name, store, encoder, exact, VectorShards(work / f"float-{name}")))
    return sides


def compare(out: Console, collection: Collection, sides: Sequence[Side], work: Path) -> None:
    """Prints the tables of a collection, and writes all values into `work` as JSON."""
    rows: dict[str, Values] = {}
    for name, run in runs(sides, collection.queries):
        rows[name] = measure_each(collection.qrels, run)
    current = in_force(collection, sides[0].store)
    out.print(_table(collection, rows, current))
    out.print(_differences(collection, rows))
    file = work / f"values-{collection.name}.json"
    file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _built(folder: Path, adapter: Path | None, precision: Precision) -> OnnxEncoder:
    """The encoder in the folder, built again where it is not the one of this program."""
    if folder.exists() and OnnxEncoder(folder).name == encoder_name(default_name(), adapter, precision):
        return OnnxEncoder(folder)
    return build(folder, default_model(), adapter, precision)


def _table(collection: Collection, rows: dict[str, Values], current: list[str]) -> Table:
    others = [str(measure) for measure in MEASURES[1:]]
    title = (
        f"{collection.name}: {len(collection.queries)} queries, {len(current)} of them with answers in force"
    )
    table = Table("run", f"{MAIN} (95 %)", *others, f"{MAIN} in force", title=title)
    for name, values in rows.items():
        table.add_row(
            name,
            _shown(interval(list(values[MAIN].values()))),
            *(f"{_mean(values[other].values()):.3f}" for other in others),
            f"{_mean(values[MAIN][query_id] for query_id in current):.3f}",
        )
    return table


def _differences(collection: Collection, rows: dict[str, Values]) -> Table:
    """Trained minus untrained, query by query."""
    table = Table("run", f"{MAIN}, trained minus untrained (95 %)", title=collection.name)
    for name, values in rows.items():
        other = rows.get(name.replace("trained", "untrained", 1))
        if name.startswith("trained") and other:
            queries = list(collection.qrels)
            pair = [[v[MAIN][query_id] for query_id in queries] for v in (values, other)]
            table.add_row(name.removeprefix("trained "), _shown(difference(*pair), sign="+"))
    return table


def _shown(found: Interval, sign: str = "") -> str:
    return f"{found.mean:{sign}.3f} ({found.low:{sign}.3f} to {found.high:{sign}.3f})"


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else float("nan")


if __name__ == "__main__":
    main()
