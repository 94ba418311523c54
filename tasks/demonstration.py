"""Invented people and tasks to try the portal with; accounts that exist already are left alone."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tasks.accounts import NewAccount, insert_account
from tasks.changes import record_assignment, record_change, record_note
from tasks.demonstration_tasks import TASKS, DemonstrationTask, Remark
from tasks.model import Clock, NewTask, Person, Role, StateChange, TaskState, now
from tasks.storage import AccountRow, writing

_LAW_FIRM = "某某律师事务所"
_COURT = "云州市中级人民法院"
_PEOPLE = (
    ("lawyer", "张律师", Role.LAWYER, _LAW_FIRM),
    ("lawyer2", "李律师", Role.LAWYER, _LAW_FIRM),
    ("judge", "王法官", Role.JUDGE, _COURT),
    ("researcher", "陈研究员", Role.RESEARCHER, None),
    ("admin", "系统管理员", Role.ADMINISTRATOR, None),
)


@dataclass(frozen=True, slots=True)
class DemonstrationSignIn:
    """How to sign in as somebody of the demonstration. The password cannot be read again later."""

    sign_in_name: str
    display_name: str
    role_label: str
    password: str = field(repr=False)


def add_demonstration(database: Engine, clock: Clock = now) -> list[DemonstrationSignIn]:
    """Create the demonstration's missing accounts and give the sign-ins of those just created.

    An account that exists is left as it is, whoever it belongs to, and gets no tasks.
    """
    hasher = PasswordHasher()
    created: dict[str, Person] = {}
    sign_ins = []
    with writing(database) as session:
        existing = set(session.scalars(select(AccountRow.sign_in_name)))
        for name, display_name, role, organisation in _PEOPLE:
            if name in existing:
                continue
            password = _readable_password()
            new = NewAccount(name, display_name, role, password, organisation)
            created[name] = insert_account(session, new, hasher.hash(password), clock())
            sign_ins.append(DemonstrationSignIn(name, display_name, role.label, password))
        for lawyer_name, tasks in TASKS.items():
            if lawyer_name in created and "judge" in created:
                for task in tasks:
                    _play(session, task, (created[lawyer_name], created["judge"]), clock())
    return sign_ins


def _play(session: Session, task: DemonstrationTask, people: tuple[Person, Person], today: datetime) -> None:
    """Let the task's story happen in the days up to today, by the same rules as any other task."""
    lawyer, judge = people
    new = NewTask(
        case_number=task.case_number,
        court=task.court,
        title=task.title,
        kind=task.kind,
        assigned_to_id=lawyer.id,
        description=task.description,
        due_date=None if task.due_in is None else today.date() + timedelta(days=task.due_in),
        due_basis=task.due_basis,
        claim_amount_fen=task.claim_amount_fen,
        is_livelihood=task.is_livelihood,
    )
    row = record_assignment(session, judge, new, today - timedelta(days=task.assigned_days_ago))
    for step in task.story:
        actor = judge if step.role is Role.JUDGE else lawyer
        at = today - timedelta(days=step.days_ago)
        if isinstance(step, Remark):
            record_note(session, actor, row, step.text, at)
        else:
            change = StateChange(TaskState(row.state), step.to_state, step.reason)
            record_change(session, actor, row, change, at)


def _readable_password() -> str:
    """Four words of two syllables, about fifty bits: easy to type from a screen."""
    words = ("".join(_syllable() + _syllable()) for _ in range(4))
    return "-".join(words)


def _syllable() -> str:
    return secrets.choice("bdfghjkmnprstvwz") + secrets.choice("aeiou")
