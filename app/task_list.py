"""The page with the tasks that somebody may see: how many in each state, filters, cards, pages."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from app import task_cards
from app.access import tasks_title
from app.errors_shown import errors_shown
from app.paging import show_pages
from app.services import services
from app.task_address import PAGE_SIZE, TaskAddress
from tasks.model import Person, Role, TaskKind, TaskState

_ALL = "全部类型"  # None would be shown as a box without a choice


def show_list(actor: Person, at: TaskAddress) -> None:
    """The whole page, for the list that the address holds."""
    st.header(tasks_title(actor.role), anchor=False)
    if actor.role is Role.RESEARCHER:
        st.info("执行任务由法官交办、律师办理，研究人员账户没有执行任务。")
        return
    with errors_shown():
        tasks = services().tasks
        _states(at, tasks.counts(actor))
        _filters(at)
        page = tasks.list_tasks(actor, at.filter(), at.page, PAGE_SIZE)
        if page.total and not page.tasks:  # the address names a page beyond the last
            _go(replace(at, page=1))
            st.rerun()
        st.html(f'<p class="lz-summary">共 {page.total} 项，涉民生案件在前，其余按期限先后排列</p>')
        st.html(task_cards.cards(page, actor.role))
        show_pages(at.page, page.total, PAGE_SIZE, lambda number: _go(replace(at, page=number)))


def _states(at: TaskAddress, counts: Mapping[TaskState, int]) -> None:
    st.session_state["state"] = at.state
    st.pills(
        "任务状态",
        list(TaskState),
        key="state",
        format_func=lambda state: f"{state.label} {counts[state]}",
        label_visibility="collapsed",
        on_change=lambda: _go(replace(at, state=st.session_state["state"], page=1)),
    )


def _filters(at: TaskAddress) -> None:
    st.session_state["kind"] = at.kind or _ALL
    st.session_state["words"] = at.words
    with st.container(horizontal=True, key="task_filters"):
        st.text_input(
            "检索任务",
            key="words",
            placeholder="案号、法院、任务名称或说明中的词语",
            label_visibility="collapsed",
            on_change=lambda: _go(replace(at, words=st.session_state["words"].strip(), page=1)),
        )
        st.selectbox(
            "任务类型",
            [_ALL, *TaskKind],
            key="kind",
            format_func=lambda kind: kind if kind == _ALL else kind.label,
            label_visibility="collapsed",
            width=190,
            on_change=lambda: _go(replace(at, kind=_chosen_kind(), page=1)),
        )


def _chosen_kind() -> TaskKind | None:
    kind = st.session_state["kind"]
    return None if kind == _ALL else kind


def _go(to: TaskAddress) -> None:
    st.query_params.from_dict(to.fields())
