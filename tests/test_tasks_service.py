"""Who may see, change and annotate which tasks, and what the audit trail says of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, text

from legal.errors import InputError, NotPermittedError, TaskError, TransitionError
from tasks.accounts import Accounts, NewAccount, Operator
from tasks.model import (
    TRANSITIONS,
    EventKind,
    NewTask,
    Person,
    Role,
    StateChange,
    Task,
    TaskFilter,
    TaskKind,
    TaskState,
)
from tasks.service import TaskService
from tasks.storage import EventRow, NoteRow, TaskRow, migrate, open_database, reading

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
EVERYTHING = TaskFilter()
A, C, S, R = TaskState.ASSIGNED, TaskState.ACCEPTED, TaskState.SUBMITTED, TaskState.RETURNED
DONE, OFF = TaskState.COMPLETED, TaskState.CANCELLED

# How a fresh task comes to each state: who takes which steps.
PATHS: dict[TaskState, list[tuple[str, TaskState]]] = {
    A: [],
    C: [("lawyer", C)],
    S: [("lawyer", C), ("lawyer", S)],
    R: [("lawyer", C), ("lawyer", S), ("judge", R)],
    DONE: [("lawyer", C), ("lawyer", S), ("judge", DONE)],
    OFF: [("judge", OFF)],
}


class World:
    """A database with people, a clock that ticks a minute at each look, and the service on them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.accounts = Accounts(engine, hasher=QUICK)
        self.service = TaskService(engine, self._tick)
        self.people = {
            name: self.accounts.create(Operator(), NewAccount(name, name, role, "a long password"))
            for name, role in (
                ("lawyer", Role.LAWYER),
                ("lawyer2", Role.LAWYER),
                ("judge", Role.JUDGE),
                ("judge2", Role.JUDGE),
                ("researcher", Role.RESEARCHER),
                ("administrator", Role.ADMINISTRATOR),
            )
        }
        self._looks = 0

    def _tick(self) -> datetime:
        self._looks += 1
        return START + timedelta(minutes=self._looks)

    def new(self, **fields: object) -> NewTask:
        basic = NewTask(
            "（2025）岭0102执1234号",
            "云州市南岭区人民法院",
            "持令调查",
            TaskKind.INVESTIGATION_ORDER,
            self.people["lawyer"].id,
        )
        return replace(basic, **fields)  # type: ignore[arg-type]

    def task(self, state: TaskState = A, **fields: object) -> Task:
        task = self.service.assign(self.people["judge"], self.new(**fields))
        for name, to_state in PATHS[state]:
            task = self.move(name, task, to_state)
        return task

    def move(self, name: str, task: Task, to_state: TaskState) -> Task:
        change = StateChange(task.state, to_state, "理由")
        return self.service.change_state(self.people[name], task.id, change)

    def rows(self) -> tuple[int, int, int]:
        """How many tasks, notes and events are stored."""
        with reading(self.engine) as session:
            tasks, notes, events = (session.scalars(select(t)).all() for t in (TaskRow, NoteRow, EventRow))
            return len(tasks), len(notes), len(events)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    engine = open_database(f"sqlite:///{tmp_path / 'tasks.db'}")
    migrate(engine)
    yield World(engine)
    engine.dispose()


def _titles(world: World, wanted: TaskFilter, name: str = "judge") -> list[str]:
    return [task.title for task in world.service.list_tasks(world.people[name], wanted).tasks]


# Assigning


def test_an_assigned_task_is_read_back_as_it_was_given(world: World) -> None:
    new = world.new(
        description="调取账户流水",
        due_date=date(2026, 4, 1),
        due_basis="本案律师调查令",
        claim_amount_fen=17_000_000_000,
        is_livelihood=True,
    )
    assigned = world.service.assign(world.people["judge"], new)
    read = world.service.get(world.people["lawyer"], assigned.id)
    assert read == assigned
    assert read == Task(
        id=1,
        case_number="（2025）岭0102执1234号",
        court="云州市南岭区人民法院",
        title="持令调查",
        description="调取账户流水",
        kind=TaskKind.INVESTIGATION_ORDER,
        state=A,
        assigned_to=world.people["lawyer"],
        assigned_by=world.people["judge"],
        due_date=date(2026, 4, 1),
        due_basis="本案律师调查令",
        claim_amount_fen=17_000_000_000,
        is_livelihood=True,
        created_at=START + timedelta(minutes=1),
        updated_at=START + timedelta(minutes=1),
    )
    assert read.created_at.isoformat() == "2026-03-02T09:01:00+08:00"


def test_what_is_unknown_stays_unknown(world: World) -> None:
    task = world.task()
    assert (task.due_date, task.due_basis, task.claim_amount_fen) == (None, None, None)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("(2025)岭0102执1234号", "（2025）岭0102执1234号"),
        (" （2025） 岭0102 执 1234 号 ", "（2025）岭0102执1234号"),
        ("浦执旧字98-77", "浦执旧字98-77"),
        ("详见(2025)岭0102执1234号", "详见(2025)岭0102执1234号"),
    ],
    ids=["half-width brackets", "spaces", "not of the common form", "more than a number"],
)
def test_a_case_number_is_stored_in_its_canonical_form(world: World, typed: str, stored: str) -> None:
    assert world.task(case_number=typed).case_number == stored


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"case_number": " "}, "案号不能为空"),
        ({"court": ""}, "执行法院不能为空"),
        ({"title": "\0"}, "任务名称不能为空"),
        ({"case_number": "号" * 81}, "案号不能超过"),
        ({"court": "院" * 81}, "执行法院不能超过"),
        ({"title": "题" * 201}, "任务名称不能超过"),
        ({"description": "说" * 5_001}, "任务说明不能超过"),
        ({"due_basis": "据" * 201}, "期限依据不能超过"),
        ({"claim_amount_fen": -1}, "执行标的额"),
        ({"claim_amount_fen": 10**17 + 1}, "执行标的额"),
        ({"assigned_to_id": 99}, "受指派人"),
        ({"assigned_to_id": 3}, "受指派人"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_task_with_a_flaw_is_refused_and_leaves_no_trace(
    world: World, fields: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        world.service.assign(world.people["judge"], world.new(**fields))
    assert world.rows() == (0, 0, 0)


def test_a_deactivated_lawyer_is_given_no_task(world: World) -> None:
    world.accounts.deactivate(Operator(), world.people["lawyer"].id)
    with pytest.raises(InputError, match="受指派人"):
        world.task()
    assert world.service.lawyers(world.people["judge"]) == (world.people["lawyer2"],)


def test_a_judge_sees_which_lawyers_there_are(world: World) -> None:
    expected = (world.people["lawyer"], world.people["lawyer2"])
    assert world.service.lawyers(world.people["judge"]) == expected


@pytest.mark.parametrize("name", ["lawyer", "researcher", "administrator"])
def test_only_a_judge_assigns_tasks(world: World, name: str) -> None:
    with pytest.raises(NotPermittedError, match="只有法官"):
        world.service.assign(world.people[name], world.new())
    with pytest.raises(NotPermittedError, match="只有法官"):
        world.service.lawyers(world.people[name])
    assert world.rows() == (0, 0, 0)


# Seeing

READS: dict[str, Callable[[TaskService, Person, int], object]] = {
    "get": lambda service, actor, task_id: service.get(actor, task_id),
    "notes": lambda service, actor, task_id: service.notes(actor, task_id),
    "events": lambda service, actor, task_id: service.events(actor, task_id),
}
WRITES: dict[str, Callable[[TaskService, Person, int], object]] = {
    "add_note": lambda service, actor, task_id: service.add_note(actor, task_id, "备注"),
    "change_state": lambda service, actor, task_id: service.change_state(
        actor, task_id, StateChange(A, OFF, "理由")
    ),
}
STRANGERS = ["lawyer2", "judge2", "researcher"]


@pytest.mark.parametrize("name", STRANGERS)
@pytest.mark.parametrize("method", [*READS, *WRITES])
def test_a_task_of_somebody_else_is_refused_like_one_that_is_not_there(
    world: World, method: str, name: str
) -> None:
    call = (READS | WRITES)[method]
    task = world.task()
    before = world.rows()
    messages = set()
    for task_id in (task.id, task.id + 1, 0, -1, 10**30):
        with pytest.raises(NotPermittedError) as caught:
            call(world.service, world.people[name], task_id)
        messages.add(caught.value.message)
    assert messages == {"没有这项任务，或者您无权查看。"}
    assert world.rows() == before


def test_a_lawyer_cannot_read_the_task_of_another_lawyer(world: World) -> None:
    task = world.task(assigned_to_id=world.people["lawyer2"].id)
    assert world.service.get(world.people["lawyer2"], task.id) == task
    with pytest.raises(NotPermittedError):
        world.service.get(world.people["lawyer"], task.id)


@pytest.mark.parametrize("name", ["lawyer", "judge", "administrator"])
@pytest.mark.parametrize("method", READS)
def test_the_people_of_a_task_and_administrators_may_read_it(world: World, method: str, name: str) -> None:
    task = world.task()
    assert READS[method](world.service, world.people[name], task.id) is not None


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("lawyer", ["一", "三"]),
        ("lawyer2", ["二"]),
        ("judge", ["一", "二"]),
        ("judge2", ["三"]),
        ("researcher", []),
        ("administrator", ["一", "二", "三"]),
    ],
)
def test_everybody_lists_and_counts_exactly_what_they_may_see(
    world: World, name: str, titles: list[str]
) -> None:
    world.task(title="一")
    world.task(title="二", assigned_to_id=world.people["lawyer2"].id)
    world.service.assign(world.people["judge2"], world.new(title="三"))
    page = world.service.list_tasks(world.people[name], EVERYTHING)
    assert [task.title for task in page.tasks] == titles
    assert page.total == len(titles)
    assert world.service.counts(world.people[name])[A] == len(titles)


def test_counts_name_every_state(world: World) -> None:
    world.task()
    world.task(S)
    world.task(S)
    expected = {A: 1, C: 0, S: 2, R: 0, DONE: 0, OFF: 0}
    assert world.service.counts(world.people["lawyer"]) == expected


def test_livelihood_comes_first_then_the_due_date_then_the_order_of_assigning(world: World) -> None:
    early, late = date(2026, 3, 5), date(2026, 5, 1)
    world.task(title="no date, first assigned")
    world.task(title="late", due_date=late)
    world.task(title="early", due_date=early)
    world.task(title="early, assigned after", due_date=early)
    world.task(title="livelihood without a date", is_livelihood=True)
    world.task(title="livelihood, late", is_livelihood=True, due_date=late)
    world.task(title="no date, last assigned")
    assert _titles(world, EVERYTHING) == [
        "livelihood, late",
        "livelihood without a date",
        "early",
        "early, assigned after",
        "late",
        "no date, first assigned",
        "no date, last assigned",
    ]


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (TaskFilter(states=frozenset({A})), {"调查令", "续封"}),
        (TaskFilter(states=frozenset({A, S})), {"调查令", "续封", "和解_50%"}),
        (TaskFilter(states=frozenset({OFF})), set()),
        (TaskFilter(kind=TaskKind.SETTLEMENT), {"和解_50%"}),
        (TaskFilter(due_before=date(2026, 4, 2)), {"调查令"}),
        (TaskFilter(due_before=date(2026, 4, 1)), set()),
        (TaskFilter(text="续封"), {"续封"}),
        (TaskFilter(text="南岭区"), {"调查令", "续封"}),
        (TaskFilter(text="南岭区 账户"), {"调查令"}),
        (TaskFilter(text="  "), {"调查令", "续封", "和解_50%"}),
        (TaskFilter(text="50%"), {"和解_50%"}),
        (TaskFilter(text="%"), {"和解_50%"}),
        (TaskFilter(text="_"), {"和解_50%"}),
        (TaskFilter(text="abc"), {"续封"}),
        (TaskFilter(text="(2025)岭0102执1号"), {"调查令"}),
        (TaskFilter(text="（2025） 岭 0102 执 1 号"), {"调查令"}),
        (TaskFilter(text="(2025)岭0102"), {"调查令", "续封"}),
        (TaskFilter(text="(一期)"), {"续封"}),
        (TaskFilter(states=frozenset({A}), text="南岭区", kind=TaskKind.SEIZURE_RENEWAL), {"续封"}),
    ],
    ids=[
        "one state",
        "two states",
        "a state without tasks",
        "kind",
        "due on the day before",
        "due on the day itself",
        "title",
        "court",
        "every word",
        "blank text",
        "text with a percent sign",
        "only a percent sign",
        "only an underscore",
        "capital letters",
        "case number in half-width brackets",
        "case number with spaces",
        "beginning of a case number",
        "half-width brackets in a description",
        "all together",
    ],
)
def test_a_filter_finds_exactly_what_it_asks_for(world: World, wanted: TaskFilter, titles: set[str]) -> None:
    world.task(
        title="调查令",
        case_number="(2025)岭0102执1号",
        description="查询账户",
        due_date=date(2026, 4, 1),
    )
    world.task(
        title="续封",
        case_number="（2025）岭0102执2号",
        kind=TaskKind.SEIZURE_RENEWAL,
        description="房产(一期)ABC座",
    )
    world.task(
        S, title="和解_50%", case_number="（2024）岭01执3号", court="云州中院", kind=TaskKind.SETTLEMENT
    )
    assert set(_titles(world, wanted)) == titles
    assert world.service.list_tasks(world.people["judge"], wanted).total == len(titles)


def test_pages_together_hold_every_task_once(world: World) -> None:
    for n in range(7):
        world.task(title=str(n))
    pages = [
        world.service.list_tasks(world.people["judge"], EVERYTHING, number, 3) for number in (1, 2, 3, 4)
    ]
    assert [[task.title for task in page.tasks] for page in pages] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
        [],
    ]
    assert {(page.total, page.size) for page in pages} == {(7, 3)}
    assert [page.number for page in pages] == [1, 2, 3, 4]


@pytest.mark.parametrize(("number", "size"), [(0, 20), (-1, 20), (10**30, 20), (1, 0), (1, 101)])
def test_a_page_that_cannot_be_is_refused(world: World, number: int, size: int) -> None:
    with pytest.raises(InputError, match="页码"):
        world.service.list_tasks(world.people["judge"], EVERYTHING, number, size)


def test_the_last_page_that_may_be_asked_for_is_empty(world: World) -> None:
    world.task()
    assert world.service.list_tasks(world.people["judge"], EVERYTHING, 2**31 - 1, 100).tasks == ()


def test_a_text_longer_than_any_question_is_refused(world: World) -> None:
    with pytest.raises(InputError, match="检索词"):
        world.service.list_tasks(world.people["judge"], TaskFilter(text="长" * 201))


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


# People who are no longer who they were

CALLS: dict[str, Callable[[TaskService, Person, int], object]] = {
    **READS,
    **WRITES,
    "list_tasks": lambda service, actor, _: service.list_tasks(actor, EVERYTHING),
    "counts": lambda service, actor, _: service.counts(actor),
    "lawyers": lambda service, actor, _: service.lawyers(actor),
    "assign": lambda service, actor, _: service.assign(
        actor, NewTask("号", "院", "题", TaskKind.SETTLEMENT, 1)
    ),
}


@pytest.mark.parametrize("method", CALLS)
def test_a_deactivated_person_can_do_nothing_with_what_they_still_hold(world: World, method: str) -> None:
    task = world.task()
    before = world.rows()
    world.accounts.deactivate(Operator(), world.people["judge"].id)
    with pytest.raises(NotPermittedError, match="您的账户已停用"):
        CALLS[method](world.service, world.people["judge"], task.id)
    assert world.rows() == before


def test_a_role_that_is_only_claimed_opens_nothing(world: World) -> None:
    task = world.task()
    pretender = replace(world.people["lawyer2"], role=Role.ADMINISTRATOR)
    with pytest.raises(NotPermittedError):
        world.service.get(pretender, task.id)
    assert world.service.list_tasks(pretender, EVERYTHING).total == 0


def test_the_tasks_of_a_deactivated_lawyer_stay_with_the_judge(world: World) -> None:
    task = world.task(C)
    world.accounts.deactivate(Operator(), world.people["lawyer"].id)
    assert world.service.get(world.people["judge"], task.id) == task
    assert world.move("judge", task, OFF).state is OFF
