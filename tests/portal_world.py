"""A small invented world for the tests of the portal: norms, rulings, people and tasks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from account_world import QUICK
from streamlit.testing.v1 import AppTest

import app.access
from app.services import services
from ingest.pipeline import Options, ingest
from ingest.sources import find_files
from search.store import EmbeddedStore
from tasks.accounts import Accounts, NewAccount, Operator
from tasks.model import NewTask, Person, Role, Task, TaskKind, now
from tasks.service import TaskService
from tasks.storage import migrate, open_database

PAGES = Path(__file__).parents[1] / "portal_pages"
PASSWORD = "a long password"
LAW = "中华人民共和国民事诉讼法"
OLD_LAW_FILE, LAW_FILE, GUIDE_FILE = "民事诉讼法(2021-12-24).md", "民事诉讼法(2023-09-01).md", "异议指引.md"

_LAW_TEXT = """# 中华人民共和国民事诉讼法

{day} 全国人民代表大会常务委员会通过

<!-- INFO END -->

## 第三编 执行程序

### 第十九章 一般规定

第二百三十五条 生效判决由第一审人民法院或者财产所在地的同级法院负责执行。

第二百三十六条 {article}

第二百三十七条 法院收到申请书满六个月仍未执行的，申请人可以请求上级法院督促。
"""
_FILES = {
    OLD_LAW_FILE: _LAW_TEXT.format(
        day="2021年12月24日", article="被执行财产在外地的，可以委托当地法院代为办理。"
    ),
    LAW_FILE: _LAW_TEXT.format(
        day="2023年9月1日", article="当事人认为执行行为违法的，可以向负责执行的法院提出书面异议。"
    ),
    GUIDE_FILE: """# 云州市中级人民法院执行异议办理指引

2024年6月21日 云州市中级人民法院发布

<!-- INFO END -->

第一条 办理书面异议，依照《中华人民共和国民事诉讼法》第二百三十六条的规定审查。

第二条 涉及 <b>不存在的法</b> 时，参照《某某不存在法》第九条办理。

第三条 查封期限届满前七日，应当提示申请执行人办理续行查封。
""",
    "唯一住房.txt": """云州市东湖区人民法院
执行裁定书
（2023）云0102执异77号

异议人（被执行人）：罗某，女，住云州市东湖区。
申请执行人：陈某，男，住云州市东湖区。

本院在执行陈某与罗某民间借贷纠纷一案中，罗某对拍卖其房屋的行为不服，提出书面异议。

罗某称，该房屋是唯一住房，请求停止拍卖。

本院认为，唯一住房并非不得执行，依照《中华人民共和国民事诉讼法》第二百三十六条，裁定如下：

驳回罗某的异议请求。

二〇二三年八月二十五日
""",
    "租赁.txt": """云州市中级人民法院
执行裁定书
（2024）云01执复12号

复议申请人（案外人）：周某，男，住云州市西山区。
申请执行人：吴某，男，住云州市西山区。

本院受理周某不服房屋租赁合同纠纷一案执行异议裁定的复议申请，现已审查终结。

本院认为，周某的租赁合同签订于查封之后，其租赁权不能对抗申请执行人，裁定如下：

驳回周某的复议申请。

二〇二四年三月五日
""",
    "调查令.txt": """云州市东湖区人民法院
律师调查令
（2024）云0102执300号

申请执行人：赵某，男，住云州市东湖区。

本院在执行赵某劳动报酬纠纷一案中，准许其代理律师持令调查被执行人的租赁收入。

二〇二四年五月六日
""",
}


@dataclass(frozen=True, slots=True)
class World:
    """Where things are, who is in it, and the two lawyers' tasks; `new` is waiting for the first of them."""

    index: Path
    data: Path
    people: dict[str, Person]
    new: Task
    others: Task
    second: Task
    accounts: Accounts = field(repr=False)
    tasks: TaskService = field(repr=False)


def build_world(folder: Path) -> World:
    """Index, database, people and tasks below `folder`."""
    data = folder / "data"
    data.mkdir()
    engine = open_database(f"sqlite:///{data / 'lvzhi.db'}")
    migrate(engine)
    accounts, tasks = Accounts(engine, hasher=QUICK), TaskService(engine)
    people = {
        name: accounts.create(Operator(), NewAccount(name, shown, role, PASSWORD, firm))
        for name, shown, role, firm in (
            ("lawyer", "张律师", Role.LAWYER, "某某律师事务所"),
            ("lawyer2", "李律师", Role.LAWYER, None),
            ("judge", "王法官", Role.JUDGE, "云州市东湖区人民法院"),
            ("researcher", "陈研究员", Role.RESEARCHER, None),
            ("admin", "管理员甲", Role.ADMINISTRATOR, None),
        )
    }
    titles = (("lawyer", "调查工程款流水"), ("lawyer2", "他人承办的任务"), ("lawyer", "续封房屋"))
    made = [tasks.assign(people["judge"], _task(people[name], title)) for name, title in titles]
    return World(_index(folder), data, people, *made, accounts, tasks)


def _index(folder: Path) -> Path:
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in _FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    report = ingest(EmbeddedStore.open_or_create(folder / "index"), find_files([corpus]), Options())
    if report.failures:
        raise ValueError(report.failures)
    return folder / "index"


def _task(lawyer: Person, title: str) -> NewTask:
    return NewTask(
        case_number="（2025）云0102执1234号",
        court="云州市东湖区人民法院",
        title=title,
        kind=TaskKind.INVESTIGATION_ORDER,
        assigned_to_id=lawyer.id,
        description="持令调取账户明细。",
        due_date=now().date() - timedelta(days=2),
        due_basis="调查令载明的有效期限",
        claim_amount_fen=128_640_050,
        is_livelihood=True,
    )


@contextmanager
def served_here(folder: Path) -> Iterator[World]:
    """A world below `folder`, with the services of this process working in it."""
    made = build_world(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LVZHI_INDEX", str(made.index))
        environment.setenv("LVZHI_DATA", str(made.data))
        environment.setenv("LVZHI_ENCODER", "none")
        services.cache_clear()
        yield made
    services.cache_clear()


class Pages:
    """Opens a page by its name and address for somebody; nobody where the name is empty."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._world = world
        self._monkeypatch = monkeypatch

    def __call__(self, name: str, who: str = "lawyer", **fields: str | list[str]) -> AppTest:
        token = self._world.accounts.sign_in(who, PASSWORD).token if who else ""
        self._monkeypatch.setattr(app.access, "session_token", lambda: token)
        test = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=60)
        for field_name, value in fields.items():
            test.query_params[field_name] = value
        return test.run()


def html(test: AppTest) -> str:
    """What a page shows as HTML of its own."""
    assert not test.exception
    return "".join(block.body for block in test.html)


def text(test: AppTest) -> str:
    """The same without tags."""
    return unescape(re.sub(r"<[^>]+>", "", html(test)))
