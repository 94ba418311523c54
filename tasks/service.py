"""What somebody may do with enforcement tasks: every method takes the acting person first and authorises."""

from sqlalchemy import ColumnElement, Engine, false, func, or_, select, true
from sqlalchemy.orm import Session

from legal.case_number import find_case_numbers
from legal.errors import InputError, NotPermittedError
from tasks.accounts import acting_person
from tasks.changes import record_assignment, record_change, record_note
from tasks.model import (
    Clock,
    Event,
    NewTask,
    Note,
    Page,
    Person,
    Role,
    StateChange,
    Task,
    TaskFilter,
    TaskState,
    now,
)
from tasks.storage import AccountRow, EventRow, NoteRow, TaskRow, reading, writing

LARGEST_PAGE = 100
LONGEST_QUERY = 200
# What the databases take; a number in an address may be larger.
_LARGEST_INTEGER = 2**31 - 1
_WIDE_BRACKETS = str.maketrans("()", "（）")
_NO_SUCH_TASK = "没有这项任务，或者您无权查看。"
_ORDER = (
    TaskRow.is_livelihood.desc(),
    TaskRow.due_date.asc().nulls_last(),
    TaskRow.created_at,
    TaskRow.id,
)


class TaskService:
    """The tasks of one database, as the people in it may see and change them."""

    def __init__(self, engine: Engine, clock: Clock = now) -> None:
        self._engine = engine
        self._clock = clock

    def list_tasks(self, actor: Person, wanted: TaskFilter, number: int = 1, size: int = 20) -> Page:
        """One page of the actor's tasks: livelihood first, then by due date, then as they were assigned."""
        if not 1 <= number <= _LARGEST_INTEGER or not 1 <= size <= LARGEST_PAGE:
            raise InputError(f"页码须从 1 起，每页须为 1 至 {LARGEST_PAGE} 项，请修改。")
        with reading(self._engine) as session:
            conditions = (_visible_to(acting_person(session, actor)), *_conditions(wanted))
            total = session.scalar(select(func.count()).select_from(TaskRow).where(*conditions)) or 0
            rows = session.scalars(
                select(TaskRow).where(*conditions).order_by(*_ORDER).limit(size).offset((number - 1) * size)
            )
            return Page(tuple(row.task() for row in rows), total, number, size)

    def counts(self, actor: Person) -> dict[TaskState, int]:
        """How many of the actor's tasks stand in each state; every state is there."""
        with reading(self._engine) as session:
            visible = _visible_to(acting_person(session, actor))
            found = session.execute(
                select(TaskRow.state, func.count()).where(visible).group_by(TaskRow.state)
            )
            by_state = dict(found.all())
        return {state: by_state.get(state.value, 0) for state in TaskState}

    def get(self, actor: Person, task_id: int) -> Task:
        """The task; NotPermittedError alike for one that is not there and for somebody else's."""
        with reading(self._engine) as session:
            return _task(session, acting_person(session, actor), task_id).task()

    def notes(self, actor: Person, task_id: int) -> tuple[Note, ...]:
        """The notes on a task, the oldest first."""
        with reading(self._engine) as session:
            task = _task(session, acting_person(session, actor), task_id)
            rows = session.scalars(select(NoteRow).where(NoteRow.task_id == task.id).order_by(NoteRow.id))
            return tuple(row.note() for row in rows)

    def events(self, actor: Person, task_id: int) -> tuple[Event, ...]:
        """The audit trail of a task, the oldest first."""
        with reading(self._engine) as session:
            task = _task(session, acting_person(session, actor), task_id)
            rows = session.scalars(select(EventRow).where(EventRow.task_id == task.id).order_by(EventRow.id))
            return tuple(row.event() for row in rows)

    def lawyers(self, actor: Person) -> tuple[Person, ...]:
        """Whom a judge can assign a task to."""
        with reading(self._engine) as session:
            _require_judge(acting_person(session, actor))
            rows = session.scalars(
                select(AccountRow)
                .where(AccountRow.role == Role.LAWYER.value, AccountRow.active)
                .order_by(AccountRow.sign_in_name)
            )
            return tuple(row.person() for row in rows)

    def assign(self, actor: Person, new: NewTask) -> Task:
        """Give a lawyer a new task; only a judge may."""
        with writing(self._engine) as session:
            judge = acting_person(session, actor)
            _require_judge(judge)
            return record_assignment(session, judge, new, self._clock()).task()

    def change_state(self, actor: Person, task_id: int, change: StateChange) -> Task:
        """Move a task; TransitionError when it is no longer in the state that the actor saw."""
        with writing(self._engine) as session:
            person = acting_person(session, actor)
            task = _task(session, person, task_id)
            record_change(session, person, task, change, self._clock())
            return task.task()

    def add_note(self, actor: Person, task_id: int, text: str) -> Note:
        """Write a note on a task; for its lawyer and its judge, whatever its state."""
        with writing(self._engine) as session:
            person = acting_person(session, actor)
            task = _task(session, person, task_id)
            if person.role is Role.ADMINISTRATOR:
                raise NotPermittedError("管理员可以查看任务，但不能添加备注，请由承办律师或法官办理。")
            return record_note(session, person, task, text, self._clock()).note()


def _task(session: Session, person: Person, task_id: int) -> TaskRow:
    if 0 < task_id <= _LARGEST_INTEGER:
        row = session.scalar(select(TaskRow).where(TaskRow.id == task_id, _visible_to(person)))
        if row is not None:
            return row
    raise NotPermittedError(_NO_SUCH_TASK)


def _visible_to(person: Person) -> ColumnElement[bool]:
    match person.role:
        case Role.LAWYER:
            return TaskRow.assigned_to_id == person.id
        case Role.JUDGE:
            return TaskRow.assigned_by_id == person.id
        case Role.ADMINISTRATOR:
            return true()
        case Role.RESEARCHER:
            return false()


def _require_judge(person: Person) -> None:
    if person.role is not Role.JUDGE:
        raise NotPermittedError("只有法官可以交办任务，请由承办法官办理。")


def _conditions(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    conditions = [_mentions(word) for word in _words(wanted.text)]
    if wanted.states:
        conditions.append(TaskRow.state.in_(sorted(state.value for state in wanted.states)))
    if wanted.kind is not None:
        conditions.append(TaskRow.kind == wanted.kind.value)
    if wanted.due_before is not None:
        conditions.append(TaskRow.due_date < wanted.due_before)
    return conditions


def _words(text: str) -> list[str]:
    if len(text) > LONGEST_QUERY:
        raise InputError(f"检索词不能超过 {LONGEST_QUERY} 个字符，请精简。")
    # A case number is stored in its canonical form, and typed with spaces and all kinds of brackets.
    for number in find_case_numbers(text):
        text = text.replace(number.raw, f" {number.canonical} ")
    return text.split()


def _mentions(word: str) -> ColumnElement[bool]:
    texts = (TaskRow.court, TaskRow.title, TaskRow.description)
    return or_(
        TaskRow.case_number.icontains(word.translate(_WIDE_BRACKETS), autoescape=True),
        *(column.icontains(word, autoescape=True) for column in texts),
    )
