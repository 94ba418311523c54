"""The page of one task: its particulars, what the actor may do next, notes and history."""

import streamlit as st

from app import task_cards
from app.errors_shown import errors_shown
from app.services import services
from tasks.model import Person, Role, StateChange, Task, Transition, transitions_from


def show_task(actor: Person, task_id: int) -> None:
    """The whole page; for a task that is not the actor's, nothing but the refusal."""
    st.html('<p class="lz-back"><a href="/tasks">返回任务列表</a></p>')
    with errors_shown():
        tasks = services().tasks
        task = tasks.get(actor, task_id)
        notes, events = tasks.notes(actor, task_id), tasks.events(actor, task_id)
        st.header(task.title, anchor=False)
        done = st.session_state.pop("done", "")
        if done:
            st.success(done)
        st.html(task_cards.particulars(task))
        _steps(actor, task)
        st.subheader("备注", anchor=False)
        st.html(task_cards.notes_html(notes))
        if actor.role is not Role.ADMINISTRATOR:
            _note_form(actor, task, len(notes))
        st.subheader("办理记录", anchor=False)
        st.html(task_cards.history_html(events))


def _steps(actor: Person, task: Task) -> None:
    """What may be done next, each a button; an error stands under the form, and what was written stays."""
    steps = transitions_from(task.state, actor.role)
    if not steps:
        return
    st.subheader("办理", anchor=False)
    required = "、".join(f"“{step.label}”" for step in steps if step.needs_reason)
    with st.form(f"steps_{task.id}_{task.state.value}", enter_to_submit=False):
        reason = st.text_area(f"说明（{required}须填写）" if required else "说明（可不填）", height=80)
        with st.container(horizontal=True):
            pressed = [
                step
                for place, step in enumerate(steps)
                if st.form_submit_button(step.label, type="secondary" if place else "primary")
            ]
    for step in pressed:
        with errors_shown():
            _take(actor, task, step, reason)


def _take(actor: Person, task: Task, step: Transition, reason: str) -> None:
    services().tasks.change_state(actor, task.id, StateChange(step.from_state, step.to_state, reason))
    st.session_state["done"] = f"已办理“{step.label}”，任务现为“{step.to_state.label}”。"
    st.rerun()


def _note_form(actor: Person, task: Task, written: int) -> None:
    """A form for another note; its name counts the notes, so that it is empty once one has been added."""
    with st.form(f"note_{task.id}_{written}", enter_to_submit=False):
        text = st.text_area("添加备注", height=100, placeholder="办理情况、联系记录或需要说明的事项")
        pressed = st.form_submit_button("添加备注")
    if pressed:
        with errors_shown():
            services().tasks.add_note(actor, task.id, text)
            st.session_state["done"] = "备注已添加。"
            st.rerun()
