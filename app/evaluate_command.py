"""`lvzhi evaluate`: a test collection measured, with its confidence and by the parts of the search."""

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.encoders import encoder_of
from app.settings import Settings
from evaluation.collection import Collection, index_corpus, load_collection
from evaluation.evaluate import Values, evaluate, in_force, summary
from evaluation.measures import measure_each
from evaluation.parts import runs_by_parts
from evaluation.significance import Interval
from search.service import SearchService
from search.store import EmbeddedStore

COMPLETE = "完整检索"


class Evaluated:
    """The values of a collection, those of the complete search first."""

    def __init__(self, collection: Collection, current: list[str], refused: tuple[str, ...]) -> None:
        self.collection = collection
        self.current = current
        self.refused = refused
        self.rows: dict[str, Values] = {}

    def as_json(self) -> dict[str, Any]:
        """The means of the complete search by measure, then what is known beside them."""
        complete = self.rows[COMPLETE]
        found: dict[str, Any] = {name: value.mean for name, value in summary(complete).items()}
        found["intervals"] = {name: [v.low, v.high] for name, v in summary(complete).items()}
        found["in_force"] = _means(complete, self.current)
        found["queries"], found["queries_in_force"] = len(self.collection.queries), len(self.current)
        parts = {name: _means(values) for name, values in self.rows.items() if name != COMPLETE}
        return found | ({"parts": parts} if parts else {})

    def table(self) -> Table:
        """A row for each arrangement: every measure with its interval, and the first of them in force."""
        first, *others = self.rows[COMPLETE]
        title = f"{self.collection.name}：{len(self.collection.queries)} 个查询"
        title += f"，其中 {len(self.current)} 个的答案全部现行有效"
        table = Table("检索方式", f"{first}（95% 置信区间）", *others, f"{first}，现行有效", title=title)
        for name, values in self.rows.items():
            means = summary(values)
            current = summary(values, self.current).get(first)
            table.add_row(
                name,
                _shown(means[first]),
                *(f"{means[other].mean:.4f}" for other in others),
                f"{current.mean:.4f}" if current else "—",
            )
        return table


def evaluate_collection(
    folder: Path, index: Path | None, settings: Settings, err: Console, *, parts: bool
) -> Evaluated:
    """Measures a collection, over its own texts where it has some and no index is named.

    With `parts` also each part of the search by itself. Raises CollectionError, and IndexMissingError or
    IndexMismatchError.
    """
    collection = load_collection(folder)
    if collection.corpus is not None and index is None:
        store, encoder = index_corpus(collection.corpus), None
    else:
        store = EmbeddedStore.open(index or settings.index)
        encoder = encoder_of(settings) if store.manifest.encoder else None
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("评价", total=len(collection.queries))
        done = evaluate(SearchService(store, encoder), collection, lambda n: bar.update(task, completed=n))
        found = Evaluated(collection, in_force(collection, store), done.refused)
        found.rows[COMPLETE] = done.each
        if parts:
            runs = runs_by_parts(store, encoder, collection.queries, lambda n: bar.update(task, completed=n))
            found.rows |= {name: measure_each(collection.qrels, run) for name, run in runs.items()}
    return found


def print_evaluated(out: Console, err: Console, found: Evaluated, *, as_json: bool) -> None:
    """As a table, or as one JSON object."""
    for query_id in found.refused:
        err.print(f"[yellow]注意[/yellow]：查询 {query_id} 无法检索，按无结果计。")
    if as_json:
        out.print_json(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        out.print(found.table())


def _means(values: Values, queries: list[str] | None = None) -> dict[str, float]:
    return {name: value.mean for name, value in summary(values, queries).items()}


def _shown(found: Interval) -> str:
    return f"{found.mean:.4f}（{found.low:.4f}～{found.high:.4f}）"
