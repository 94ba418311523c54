"""Measures of a run against judgments, computed by ir_measures."""

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, Measure, R, Success, nDCG

from evaluation.collection import Qrels

MEASURES = (nDCG @ 10, Success @ 10, RR @ 10, R @ 100)

Run = dict[str, dict[str, float]]


def measure(qrels: Qrels, run: Run, measures: Sequence[Measure] = MEASURES) -> dict[str, float]:
    """The mean of each measure over the judged queries, by name; a query without hits counts as 0."""
    each = measure_each(qrels, run, measures)
    return {name: sum(values.values()) / len(values) for name, values in each.items()}


def measure_each(
    qrels: Qrels, run: Run, measures: Sequence[Measure] = MEASURES
) -> dict[str, dict[str, float]]:
    """Each measure by name and judged query; a query without hits counts as 0."""
    # ir_measures takes its queries from the run as well: one that found nothing must be there to count.
    complete = {query_id: run.get(query_id) or {"": 0.0} for query_id in qrels}
    each: dict[str, dict[str, float]] = {str(m): {} for m in measures}
    for value in ir_measures.iter_calc(measures, qrels, complete):
        each[str(value.measure)][value.query_id] = float(value.value)
    return each
