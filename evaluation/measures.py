"""Measures of a run against judgments, computed by ir_measures."""

import ir_measures
from ir_measures import RR, R, Success, nDCG

from evaluation.collection import Qrels

MEASURES = (nDCG @ 10, Success @ 10, RR @ 10, R @ 100)

Run = dict[str, dict[str, float]]


def measure(qrels: Qrels, run: Run) -> dict[str, float]:
    """The mean of each of `MEASURES` over the judged queries, by name; a query without hits counts as 0."""
    # ir_measures takes its queries from the run as well: one that found nothing must be there to count.
    complete = {query_id: run.get(query_id) or {"": 0.0} for query_id in qrels}
    values = ir_measures.calc_aggregate(MEASURES, qrels, complete)
    return {str(m): float(values[m]) for m in MEASURES}
