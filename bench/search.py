"""Search side by side: ours, bare Tantivy, bm25s and Haystack's in-memory store, over any number of passages.

    python -m bench.search --passages 200000 2000000 --clients 1 8 --keep FOLDER

The passages are those of a corpus and others made from them (bench/search_corpus.py), the words real, the
vectors made; the questions are encoded by the real encoder. Every system runs in a process of its own. They
take turns: in each round all answer the same part of the questions, so each question once in a run and the
noise of the machine hits all alike. What is prepared stays in FOLDER for the next run.

Haystack's in-memory store, which takes seconds for a question, gets a few of them.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.search_ours import lvzhi_systems
from bench.search_plan import BM25S, HAYSTACK, LVZHI_HYBRID, Measured, Plan, Prepared, Turn
from bench.search_process import ROOT, Worker, memory, prepared, starts
from bench.search_report import report
from bench.search_rivals import bm25s_systems, haystack_systems, tantivy_systems

SHARED = ROOT.parent / "shared"
WARMING = 20  # questions before the clock runs
SLOW_ROUNDS, SLOW_QUESTIONS = 2, 5  # of Haystack's in-memory store, or as many questions as clients
OPENERS = (lvzhi_systems, tantivy_systems, bm25s_systems, haystack_systems)
SKIPPED = dict.fromkeys((BM25S, HAYSTACK), "left out: does not fit into the memory that is free")


def main() -> None:
    given = arguments()
    for path in (given.corpus, given.questions, given.encoder):
        if not path.exists():
            sys.exit(f"no such corpus, questions or encoder: {path}")
    lines = given.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line]
    with tempfile.TemporaryDirectory() as place:
        folder = given.keep or Path(place)
        plan = Plan(given.corpus, questions, given.encoder, folder, given.passages, given.clients)
        run(plan)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__.splitlines()[0])
    gold = SHARED / "eval" / "training" / "questions_gold.jsonl"
    parser.add_argument("--passages", type=int, nargs="+", default=[200_000])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where indexes stay for the next run")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpora" / "laws")
    parser.add_argument("--questions", type=Path, default=gold, help="JSON lines with `question`")
    parser.add_argument("--encoder", type=Path, default=ROOT / "indexes" / "encoder")
    return parser.parse_args()


def run(plan: Plan) -> list[Measured]:
    """Prepares, measures and prints; returns what was measured of each size, the smallest first."""
    from bench.search_corpus import prepare

    measured = []
    for passages in sorted(plan.sizes):
        made = Prepared(plan.folder / str(passages), passages, plan.encoder)
        began = time.perf_counter()
        prepared(prepare, plan.corpus, made)
        print(f"{passages:,} passages prepared in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        measured.append(measure(plan, made))
        print(f"measured in {time.perf_counter() - began:.0f} s", flush=True)
    print("\n".join(report(measured, plan.clients)))
    return measured


def measure(plan: Plan, made: Prepared) -> Measured:
    started = starts(made, plan.questions[0], plan.starts)
    bytes_used = memory(made, plan.questions)
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(opener, made)) for opener in OPENERS]
        serving = {system: worker for worker in workers for system in worker.systems}
        for system, worker in serving.items():
            warming = 1 if system == HAYSTACK else WARMING
            worker.turn(system, plan.questions[:warming], 1)
        turns, parts = in_rounds(plan, serving)
    left_out = {name: why for name, why in SKIPPED.items() if name not in serving}
    return Measured(made.passages, turns, parts, started, bytes_used, left_out)


def in_rounds(plan: Plan, serving: Mapping[str, Worker]) -> tuple[list[Turn], dict[str, list[float]]]:
    """Who begins changes from round to round."""
    turns: list[Turn] = []
    parts: dict[str, list[float]] = {}
    for number in range(plan.rounds):
        texts, systems = plan.questions[number :: plan.rounds], list(serving)
        for clients in plan.clients:
            for system in systems[number % len(systems) :] + systems[: number % len(systems)]:
                if some := texts_for(system, texts, number, clients):
                    turns.append(serving[system].turn(system, some, clients))
        for found in serving[LVZHI_HYBRID].parts(LVZHI_HYBRID, texts):
            for name, ms in found.items():
                parts.setdefault(name, []).append(ms)
        print(f"round {number + 1} of {plan.rounds}", flush=True)
    return turns, parts


def texts_for(system: str, texts: Sequence[str], number: int, clients: int) -> Sequence[str]:
    if system != HAYSTACK:
        return texts
    return texts[: max(SLOW_QUESTIONS, clients)] if number < SLOW_ROUNDS else ()


if __name__ == "__main__":
    main()
