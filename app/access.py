"""Who is looking at a page, and which pages their role has. Asked anew on every run of a page."""

from dataclasses import dataclass

import streamlit as st

from app.services import services
from tasks.model import Person, Role

COOKIE = "lvzhi_session"
SIGN_IN = "/sign-in"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: the last part of its address, which is also its file's name, and its title."""

    path: str
    title: str


HOME = "home"
PATHS = ("precedents", "similar", "policies", "tasks", "text", "comparison")
_TITLES = {
    "precedents": "类案检索",
    "similar": "类案比对",
    "policies": "法规政策",
    "text": "文书/法条",
    "comparison": "版本对照",
}
_TASKS_TITLES = {
    Role.LAWYER: "我的执行任务",
    Role.JUDGE: "我交办的任务",
    Role.ADMINISTRATOR: "全部执行任务",
}
_ORDER = {
    Role.LAWYER: ("precedents", "similar", "policies", "tasks", "text"),
    Role.JUDGE: ("policies", "precedents", "similar", "tasks", "text"),
    Role.RESEARCHER: ("precedents", "similar", "policies", "text"),
    Role.ADMINISTRATOR: ("tasks", "policies", "precedents", "similar", "text"),
}


def pages_of(role: Role) -> tuple[PageEntry, ...]:
    """The pages of a role in the order of its menu; the first is where it arrives."""
    return tuple(PageEntry(path, _title(path, role)) for path in _ORDER[role])


def pages_without(role: Role) -> tuple[PageEntry, ...]:
    """Pages that are not in the menu of a role: reached by links alone, or they say so themselves."""
    return tuple(PageEntry(path, _title(path, role)) for path in PATHS if path not in _ORDER[role])


def session_token() -> str:
    """The token of the browser's session, empty where there is none."""
    return st.context.cookies.get(COOKIE, "")


def signed_in() -> Person:
    """Who is signed in. Nobody: the page ends here with a way to the sign-in form."""
    token = session_token()
    person = services().accounts.person_of(token) if token else None
    if person is None:
        st.warning("您尚未登录，或者登录已失效。")
        st.html(f'<p><a href="{SIGN_IN}" class="lz-button">前往登录</a></p>')
        st.stop()
    return person


def tasks_title(role: Role) -> str:
    """What the page of tasks is called for a role."""
    return _TASKS_TITLES.get(role, "执行任务")


def _title(path: str, role: Role) -> str:
    return _TITLES.get(path) or tasks_title(role)
