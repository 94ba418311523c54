"""The notions of enforcement tasks: labels, kinds, and which steps are permitted."""

import pytest

from tasks.model import TRANSITIONS, EventKind, Role, TaskKind, TaskState, now, transitions_from

LAWYER_STEPS = {
    (TaskState.ASSIGNED, TaskState.ACCEPTED),
    (TaskState.ACCEPTED, TaskState.SUBMITTED),
    (TaskState.RETURNED, TaskState.ACCEPTED),
    (TaskState.RETURNED, TaskState.SUBMITTED),
}
JUDGE_STEPS = {
    (TaskState.SUBMITTED, TaskState.COMPLETED),
    (TaskState.SUBMITTED, TaskState.RETURNED),
    (TaskState.ASSIGNED, TaskState.CANCELLED),
    (TaskState.ACCEPTED, TaskState.CANCELLED),
    (TaskState.SUBMITTED, TaskState.CANCELLED),
    (TaskState.RETURNED, TaskState.CANCELLED),
}


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        (Role.LAWYER, LAWYER_STEPS),
        (Role.JUDGE, JUDGE_STEPS),
        (Role.RESEARCHER, set()),
        (Role.ADMINISTRATOR, set()),
    ],
    ids=lambda value: value.value if isinstance(value, Role) else "",
)
def test_each_role_has_exactly_its_own_steps(role: Role, steps: set[tuple[TaskState, TaskState]]) -> None:
    offered = [
        (step.from_state, step.to_state) for state in TaskState for step in transitions_from(state, role)
    ]
    assert set(offered) == steps
    assert len(offered) == len(steps)


def test_the_table_holds_no_step_that_nobody_is_offered() -> None:
    assert len(TRANSITIONS) == len(LAWYER_STEPS) + len(JUDGE_STEPS)


@pytest.mark.parametrize("state", [TaskState.COMPLETED, TaskState.CANCELLED])
def test_nothing_leads_out_of_a_closed_state(state: TaskState) -> None:
    assert not state.is_open
    assert [step for step in TRANSITIONS if step.from_state is state] == []


def test_every_open_state_can_be_left() -> None:
    assert {step.from_state for step in TRANSITIONS} == {state for state in TaskState if state.is_open}


@pytest.mark.parametrize(
    ("member", "label"),
    [
        (Role.LAWYER, "律师"),
        (Role.JUDGE, "法官"),
        (Role.RESEARCHER, "研究人员"),
        (Role.ADMINISTRATOR, "管理员"),
        (TaskState.ASSIGNED, "待接收"),
        (TaskState.ACCEPTED, "办理中"),
        (TaskState.SUBMITTED, "待审核"),
        (TaskState.RETURNED, "退回补充"),
        (TaskState.COMPLETED, "已办结"),
        (TaskState.CANCELLED, "已撤销"),
        (TaskKind.INVESTIGATION_ORDER, "律师调查令"),
        (TaskKind.BANKRUPTCY_REFERRAL, "执行转破产"),
        (EventKind.ASSIGNED, "交办任务"),
    ],
)
def test_a_label_is_what_people_in_court_say(
    member: Role | TaskState | TaskKind | EventKind, label: str
) -> None:
    assert member.label == label


def test_every_member_has_a_label_of_its_own() -> None:
    for members in (list(Role), list(TaskState), list(TaskKind), list(EventKind)):
        assert len({member.label for member in members}) == len(members)


@pytest.mark.parametrize("kind", list(TaskKind))
def test_every_kind_of_task_says_what_to_search_for(kind: TaskKind) -> None:
    assert len(kind.search_hint.split()) >= 2


def test_now_is_told_in_the_time_of_shanghai() -> None:
    assert now().utcoffset() is not None
    assert str(now().tzinfo) == "Asia/Shanghai"
