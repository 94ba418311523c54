"""Who may assign, see and list which tasks; and what people can do who are no longer who they were."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from task_world import DONE, EVERYTHING, OFF, READS, START, STRANGERS, WRITES, A, C, R, S, World, open_world

from legal.errors import InputError, NotPermittedError
from tasks.accounts import Operator
from tasks.model import (
    NewTask,
    Person,
    Role,
    Task,
    TaskFilter,
    TaskKind,
)
from tasks.service import TaskService


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path / "tasks.db")
    yield opened
    opened.engine.dispose()


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
