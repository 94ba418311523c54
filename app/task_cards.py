"""Enforcement tasks as HTML: cards of a list, the particulars of one, its notes and its history."""

from collections.abc import Sequence
from datetime import date
from html import escape

from app.markup import address, facts, link
from app.wording import date_text, moment_text, yuan_text
from tasks.model import Event, EventKind, Note, Page, Role, Task, now

_SOON_DAYS = 7


def cards(page: Page, role: Role) -> str:
    """The tasks of one page of a list."""
    if not page.tasks:
        return '<p class="lz-empty">没有符合条件的任务。</p>'
    today = now().date()
    return '<div class="lz-hits">' + "".join(_card(task, role, today) for task in page.tasks) + "</div>"


def particulars(task: Task) -> str:
    """Everything about a task except what happened to it."""
    rows = [
        ("案号", escape(task.case_number)),
        ("执行法院", escape(task.court)),
        ("任务类型", escape(task.kind.label)),
        ("当前状态", _state(task)),
        ("办理期限", _due(task, now().date()) or "未设期限"),
        ("期限依据", escape(task.due_basis or "未注明")),
        ("执行标的", yuan_text(task.claim_amount_fen) if task.claim_amount_fen is not None else "未注明"),
        ("承办律师", escape(_who(task.assigned_to.display_name, task.assigned_to.organisation))),
        ("交办法官", escape(_who(task.assigned_by.display_name, task.assigned_by.organisation))),
        ("交办时间", moment_text(task.created_at)),
        ("最近更新", moment_text(task.updated_at)),
    ]
    related = link("查找相关法规", address("policies", {"q": task.kind.search_hint}))
    cases = link("查找类案", address("precedents", {"q": task.kind.search_hint}))
    return (
        f'<p class="lz-tags">{_livelihood(task)}</p>{facts(rows)}'
        f'<p class="lz-plain">{escape(task.description)}</p><p class="lz-links">{related}{cases}</p>'
    )


def notes_html(notes: Sequence[Note]) -> str:
    """The notes on a task, the oldest first."""
    if not notes:
        return '<p class="lz-empty">尚无备注。</p>'
    items = "".join(
        f'<li><p class="lz-meta"><span>{escape(note.author.display_name)}（{note.author.role.label}）</span>'
        f'<span>{moment_text(note.created_at)}</span></p><p class="lz-plain">{escape(note.text)}</p></li>'
        for note in notes
    )
    return f'<ul class="lz-notes">{items}</ul>'


def history_html(events: Sequence[Event]) -> str:
    """The audit trail of a task, the newest first."""
    items = "".join(
        f"<li><span>{moment_text(event.at)}</span> {escape(event.who.display_name)}（{event.who.role.label}）"
        f"{_what(event)}</li>"
        for event in reversed(events)
    )
    return f'<ul class="lz-history">{items}</ul>'


def _card(task: Task, role: Role, today: date) -> str:
    other = task.assigned_to if role is not Role.LAWYER else task.assigned_by
    parts = [task.case_number, task.court, task.kind.label, f"{other.role.label} {other.display_name}"]
    due = _due(task, today)
    basis = f"（{escape(task.due_basis)}）" if due and task.due_basis else ""
    return (
        f'<article class="lz-hit"><h3>{link(task.title, address("tasks", {"task": task.id}))}'
        f"{_state(task)}{_livelihood(task)}</h3>"
        f'<p class="lz-meta">{"".join(f"<span>{escape(part)}</span>" for part in parts)}</p>'
        f'<p class="lz-due">{f"期限：{due}{basis}" if due else "未设期限"}</p></article>'
    )


def _state(task: Task) -> str:
    return f'<span class="lz-tag lz-state-{task.state.value}">{task.state.label}</span>'


def _livelihood(task: Task) -> str:
    return '<span class="lz-tag lz-livelihood">涉民生</span>' if task.is_livelihood else ""


def _due(task: Task, today: date) -> str:
    """The due date, red once it has passed and while there is something to do; empty where there is none."""
    if task.due_date is None:
        return ""
    text = date_text(task.due_date)
    left = (task.due_date - today).days
    if not task.state.is_open or left > _SOON_DAYS:
        return text
    if left < 0:
        return f'<span class="lz-overdue">{text} 已逾期 {-left} 天</span>'
    return f'<span class="lz-soon">{text} {f"还有 {left} 天" if left else "今日到期"}</span>'


def _who(name: str, organisation: str | None) -> str:
    return f"{name}（{organisation}）" if organisation else name


def _what(event: Event) -> str:
    """What happened, in words."""
    if event.what is EventKind.STATE_CHANGED and event.from_state:
        reason = f'<br><span class="lz-reason">说明：{escape(event.reason)}</span>' if event.reason else ""
        return f"将状态由“{event.from_state.label}”变更为“{event.to_state.label}”{reason}"
    return event.what.label
