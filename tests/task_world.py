"""A database with people and tasks, for the tests of what may be done with tasks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from account_world import QUICK
from sqlalchemy import Engine, select

from tasks.accounts import Accounts, NewAccount, Operator
from tasks.model import (
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


def open_world(path: Path) -> World:
    """A world in a new database at `path`."""
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    return World(engine)


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
