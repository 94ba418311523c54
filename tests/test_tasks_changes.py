"""How tasks move and are annotated, by whom, and what the audit trail says of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import text
from task_world import DONE, OFF, STRANGERS, A, C, R, S, World, open_world

from legal.errors import InputError, NotPermittedError, TaskError, TransitionError
from tasks.model import (
    TRANSITIONS,
    EventKind,
    Role,
    StateChange,
    Task,
    TaskState,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path / "tasks.db")
    yield opened
    opened.engine.dispose()


# Moving

PERMITTED = {(step.from_state, step.to_state, step.role) for step in TRANSITIONS}
ACTORS = {"lawyer": Role.LAWYER, "judge": Role.JUDGE, "administrator": Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    ("name", "from_state", "to_state"),
    list(product([*ACTORS, *STRANGERS], TaskState, TaskState)),
    ids=lambda value: str(value),
)
def test_a_task_moves_for_those_who_may_and_for_nobody_else(
    world: World, name: str, from_state: TaskState, to_state: TaskState
) -> None:
    task = world.task(from_state)
    before = world.rows()
    if name in ACTORS and (from_state, to_state, ACTORS[name]) in PERMITTED:
        moved = world.move(name, task, to_state)
        assert moved.state is to_state
        assert moved.updated_at > task.updated_at
        assert world.service.get(world.people["judge"], task.id) == moved
        return
    anybody = any((from_state, to_state, role) in PERMITTED for role in Role)
    expected = NotPermittedError if name in STRANGERS or anybody else TransitionError
    with pytest.raises(TaskError) as caught:
        world.move(name, task, to_state)
    assert type(caught.value) is expected
    assert world.service.get(world.people["judge"], task.id) == task
    assert world.rows() == before


def test_a_refusal_says_who_could_do_it_instead(world: World) -> None:
    with pytest.raises(NotPermittedError, match=r"“接收任务”只能由受指派的律师办理，管理员不能代为办理。"):
        world.move("administrator", world.task(), C)
    with pytest.raises(NotPermittedError, match=r"“审核办结”只能由交办任务的法官办理，律师不能代为办理。"):
        world.move("lawyer", world.task(S), DONE)


def test_a_change_from_a_stale_page_is_refused_and_names_the_present_state(world: World) -> None:
    seen = world.task()
    world.move("judge", seen, OFF)
    before = world.rows()
    with pytest.raises(TransitionError, match="现为“已撤销”"):
        world.move("lawyer", seen, C)
    assert world.rows() == before


def test_of_two_changes_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    for _ in range(5):
        seen = world.task(S)

        def attempt(to_state: TaskState, seen: Task = seen) -> str:
            try:
                return world.move("judge", seen, to_state).state
            except TransitionError:
                return "told"

        with ThreadPoolExecutor(4) as pool:
            outcomes = sorted(pool.map(attempt, [DONE, R, DONE, R]))
        assert outcomes.count("told") == 3
        final = world.service.get(world.people["judge"], seen.id).state
        assert final in outcomes
        assert len(world.service.events(world.people["judge"], seen.id)) == 4


@pytest.mark.parametrize(("from_state", "to_state"), [(S, R), (A, OFF), (C, OFF), (S, OFF), (R, OFF)])
@pytest.mark.parametrize("reason", ["", "  \n"], ids=["empty", "blank"])
def test_returning_and_cancelling_need_a_reason(
    world: World, from_state: TaskState, to_state: TaskState, reason: str
) -> None:
    task = world.task(from_state)
    with pytest.raises(InputError, match="须说明理由"):
        world.service.change_state(world.people["judge"], task.id, StateChange(from_state, to_state, reason))
    assert world.service.get(world.people["judge"], task.id) == task


def test_a_reason_of_any_length_is_not_taken(world: World) -> None:
    task = world.task()
    with pytest.raises(InputError, match="理由不能超过 5,000 个字符"):
        world.service.change_state(world.people["lawyer"], task.id, StateChange(A, C, "长" * 5_001))


# Notes and the audit trail


def test_notes_of_the_lawyer_and_the_judge_stand_in_the_order_of_writing(world: World) -> None:
    task = world.task()
    first = world.service.add_note(world.people["lawyer"], task.id, "  已提交调查令  ")
    second = world.service.add_note(world.people["judge"], task.id, "请报告结果")
    notes = world.service.notes(world.people["lawyer"], task.id)
    assert notes == (first, second)
    assert [(note.author.sign_in_name, note.text) for note in notes] == [
        ("lawyer", "已提交调查令"),
        ("judge", "请报告结果"),
    ]
    assert notes[0].created_at.isoformat() == "2026-03-02T09:02:00+08:00"
    assert world.service.get(world.people["judge"], task.id).updated_at == second.created_at


def test_notes_stay_with_their_task(world: World) -> None:
    one, other = world.task(), world.task()
    world.service.add_note(world.people["lawyer"], one.id, "只属于第一项")
    assert world.service.notes(world.people["lawyer"], other.id) == ()
    assert len(world.service.events(world.people["lawyer"], other.id)) == 1


@pytest.mark.parametrize("state", list(TaskState))
def test_a_note_can_be_added_in_every_state(world: World, state: TaskState) -> None:
    task = world.task(state)
    world.service.add_note(world.people["lawyer"], task.id, "补充说明")
    assert world.service.get(world.people["lawyer"], task.id).state is state


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("", "备注不能为空"),
        (" \n\t", "备注不能为空"),
        ("长" * 5_001, "备注不能超过 5,000 个字符（现有 5,001 个）"),
    ],
    ids=["empty", "blank", "too long"],
)
def test_a_note_with_a_flaw_is_refused_and_leaves_no_trace(world: World, note: str, message: str) -> None:
    task = world.task()
    before = world.rows()
    with pytest.raises(InputError, match=message):
        world.service.add_note(world.people["lawyer"], task.id, note)
    assert world.rows() == before


def test_a_note_of_the_greatest_length_is_kept_whole(world: World) -> None:
    task = world.task()
    assert world.service.add_note(world.people["lawyer"], task.id, "长" * 5_000).text == "长" * 5_000


def test_an_administrator_reads_notes_and_writes_none(world: World) -> None:
    task = world.task()
    note = world.service.add_note(world.people["lawyer"], task.id, "备注")
    assert world.service.notes(world.people["administrator"], task.id) == (note,)
    with pytest.raises(NotPermittedError, match="管理员"):
        world.service.add_note(world.people["administrator"], task.id, "备注")


def test_the_audit_trail_tells_who_did_what_when_and_why(world: World) -> None:
    task = world.task()
    accept = StateChange(A, C)
    world.service.change_state(world.people["lawyer"], task.id, accept)
    world.service.add_note(world.people["lawyer"], task.id, "备注")
    world.service.change_state(world.people["judge"], task.id, StateChange(C, OFF, " 案件已结 "))
    trail = [
        (event.who.sign_in_name, event.what, event.from_state, event.to_state, event.reason)
        for event in world.service.events(world.people["administrator"], task.id)
    ]
    assert trail == [
        ("judge", EventKind.ASSIGNED, None, A, None),
        ("lawyer", EventKind.STATE_CHANGED, A, C, None),
        ("lawyer", EventKind.NOTE_ADDED, C, C, None),
        ("judge", EventKind.STATE_CHANGED, C, OFF, "案件已结"),
    ]
    moments = [event.at for event in world.service.events(world.people["judge"], task.id)]
    assert [moment.isoformat()[11:16] for moment in moments] == ["09:01", "09:02", "09:03", "09:04"]


CHANGES: dict[str, Callable[[World, Task], object]] = {
    "assign": lambda world, _: world.task(),
    "change_state": lambda world, task: world.move("lawyer", task, C),
    "add_note": lambda world, task: world.service.add_note(world.people["lawyer"], task.id, "备注"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_whose_event_cannot_be_written_does_not_happen(world: World, change: str) -> None:
    task = world.task()
    before = world.rows()
    with world.engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END")
        )
    with pytest.raises(Exception, match="full"):
        CHANGES[change](world, task)
    assert world.rows() == before
    assert world.service.get(world.people["lawyer"], task.id) == task


def test_notes_written_at_once_are_all_kept(world: World) -> None:
    task = world.task()

    def write(n: int) -> None:
        world.service.add_note(world.people["lawyer" if n % 2 else "judge"], task.id, f"第{n}条")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    notes = {note.text for note in world.service.notes(world.people["lawyer"], task.id)}
    assert notes == {f"第{n}条" for n in range(40)}
    assert len(world.service.events(world.people["lawyer"], task.id)) == 41
