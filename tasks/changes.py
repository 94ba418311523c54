"""What is written to a task inside one transaction: each change together with its line in the audit trail."""

from datetime import datetime

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from legal.case_number import find_case_numbers
from legal.errors import InputError, NotPermittedError, TransitionError
from tasks.model import TRANSITIONS, EventKind, NewTask, Person, Role, StateChange, TaskState, Transition
from tasks.storage import AccountRow, EventRow, NoteRow, TaskRow

LONGEST_TEXT = 5_000
_LARGEST_AMOUNT_FEN = 10**17


def record_assignment(session: Session, judge: Person, new: NewTask, at: datetime) -> TaskRow:
    """A new task, waiting to be accepted."""
    lawyer = session.get(AccountRow, new.assigned_to_id)
    if lawyer is None or not lawyer.active or lawyer.role != Role.LAWYER:
        raise InputError("受指派人须为账户有效的律师，请重新选择。")
    if new.claim_amount_fen is not None and not 0 <= new.claim_amount_fen <= _LARGEST_AMOUNT_FEN:
        raise InputError("执行标的额不能为负数，也不能超过一千万亿元，请核对。")
    task = TaskRow(
        case_number=_required(canonical_case_number(new.case_number), 80, "案号"),
        court=_required(new.court, 80, "执行法院"),
        title=_required(new.title, 200, "任务名称"),
        description=_limited(new.description, LONGEST_TEXT, "任务说明"),
        kind=new.kind.value,
        state=TaskState.ASSIGNED.value,
        assigned_to_id=lawyer.id,
        assigned_by_id=judge.id,
        due_date=new.due_date,
        due_basis=_limited(new.due_basis or "", 200, "期限依据") or None,
        claim_amount_fen=new.claim_amount_fen,
        is_livelihood=new.is_livelihood,
        created_at=at,
        updated_at=at,
    )
    session.add(task)
    session.flush()
    _record(session, task, EventRow(account_id=judge.id, what=EventKind.ASSIGNED.value, at=at))
    return task


def record_change(session: Session, actor: Person, task: TaskRow, change: StateChange, at: datetime) -> None:
    """Move a task that the actor may see; refused when it no longer is in the state the actor saw."""
    step = _permitted_step(actor, change)
    reason = _limited(change.reason, LONGEST_TEXT, "理由")
    if step.needs_reason and not reason:
        raise InputError(f"{step.label}须说明理由，请填写后再提交。")
    moved = session.execute(
        update(TaskRow)
        .where(TaskRow.id == task.id, TaskRow.state == change.from_state.value)
        .values(state=change.to_state.value, updated_at=at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(task)
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        current = TaskState(task.state).label
        raise TransitionError(f"任务状态已经变更（现为“{current}”），本次操作未执行。请刷新页面后再办理。")
    event = EventRow(
        account_id=actor.id,
        what=EventKind.STATE_CHANGED.value,
        from_state=change.from_state.value,
        reason=reason or None,
        at=at,
    )
    _record(session, task, event)


def record_note(session: Session, author: Person, task: TaskRow, text: str, at: datetime) -> NoteRow:
    """A note on a task that its author may see."""
    note = NoteRow(
        task_id=task.id,
        author_id=author.id,
        text=_required(text, LONGEST_TEXT, "备注"),
        created_at=at,
    )
    session.add(note)
    task.updated_at = at
    event = EventRow(account_id=author.id, what=EventKind.NOTE_ADDED.value, from_state=task.state, at=at)
    _record(session, task, event)
    return note


def canonical_case_number(text: str) -> str:
    """The canonical form of a case number; text that is not exactly one stays as it was typed."""
    stripped = text.strip()
    found = find_case_numbers(stripped)
    return found[0].canonical if len(found) == 1 and found[0].raw == stripped else stripped


def _permitted_step(actor: Person, change: StateChange) -> Transition:
    steps = [
        step
        for step in TRANSITIONS
        if (step.from_state, step.to_state) == (change.from_state, change.to_state)
    ]
    if not steps:
        raise TransitionError(
            f"任务不能从“{change.from_state.label}”变为“{change.to_state.label}”，请按页面所列的操作办理。"
        )
    for step in steps:
        if step.role is actor.role:
            return step
    allowed = "受指派的律师" if steps[0].role is Role.LAWYER else "交办任务的法官"
    raise NotPermittedError(f"“{steps[0].label}”只能由{allowed}办理，{actor.role.label}不能代为办理。")


def _record(session: Session, task: TaskRow, event: EventRow) -> None:
    event.task_id = task.id
    event.to_state = task.state
    session.add(event)
    session.flush()


def _required(text: str, longest: int, what: str) -> str:
    stripped = _limited(text, longest, what)
    if not stripped:
        raise InputError(f"{what}不能为空，请填写。")
    return stripped


def _limited(text: str, longest: int, what: str) -> str:
    # PostgreSQL cannot store the zero character.
    stripped = text.replace("\0", "").strip()
    if len(stripped) > longest:
        raise InputError(f"{what}不能超过 {longest:,} 个字符（现有 {len(stripped):,} 个），请精简。")
    return stripped
