"""Worker processes: results in order, and a file that brings one down or holds it up costs itself alone."""

from collections.abc import Iterator

import pytest
from ingest_examples import ruling
from pool_examples import BAD_READER

from ingest import pool
from ingest.pool import worked
from ingest.source import Content
from ingest.work import Setting, Task
from search.place import Origin
from search.segmenter import best_segmenter

SETTING = Setting(best_segmenter().name)


def _tasks(*texts: str) -> Iterator[Task]:
    for number, text in enumerate(texts):
        part = Content(f"{number}.bad", data=text.encode())
        yield Task(part, BAD_READER, Origin(part.id, "甲", f"0/{number}/", "0"), first=True, last=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    texts = [ruling(number) for number in range(40)]
    done = [result.documents[0].id for _, result in worked(_tasks(*texts), SETTING, jobs)]
    assert done == [f"{number}.bad" for number in range(40)]


def test_a_file_that_brings_its_process_down_costs_itself_alone() -> None:
    results = [result for _, result in worked(_tasks(ruling(1), "崩溃", ruling(2), ruling(3)), SETTING, 2)]
    assert [[d.id for d in r.documents] for r in results] == [["0.bad"], [], ["2.bad"], ["3.bad"]]
    (problem,) = results[1].problems
    assert problem.where == "1.bad"
    assert "崩溃" in problem.reason


def test_a_file_that_holds_its_process_up_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_SECONDS", 5)
    results = [result for _, result in worked(_tasks(ruling(1), "停滞", ruling(2)), SETTING, 2)]
    assert [len(r.documents) for r in results] == [1, 0, 1]
    assert "时间过长" in results[1].problems[0].reason


def test_few_tasks_are_ahead_of_the_writer() -> None:
    begun = 0

    def counted() -> Iterator[Task]:
        nonlocal begun
        for task in _tasks(*(ruling(number) for number in range(200))):
            begun += 1
            yield task

    ahead = [begun - number for number, _ in enumerate(worked(counted(), SETTING, 2), start=1)]
    assert max(ahead) <= 2 * 8 * 2 + 1
