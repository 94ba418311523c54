"""What an enforcement task is: its people, kinds, states, and who may take it from one state to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment as people in this portal read it."""
    return datetime.now(SHANGHAI)


class Role(StrEnum):
    """What somebody is in the portal; the value is what the database keeps."""

    LAWYER = "lawyer"
    JUDGE = "judge"
    RESEARCHER = "researcher"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.LAWYER: "律师",
    Role.JUDGE: "法官",
    Role.RESEARCHER: "研究人员",
    Role.ADMINISTRATOR: "管理员",
}


class TaskState(StrEnum):
    """Where a task stands; the value is what the database keeps."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self not in (TaskState.COMPLETED, TaskState.CANCELLED)


_STATE_LABELS = {
    TaskState.ASSIGNED: "待接收",
    TaskState.ACCEPTED: "办理中",
    TaskState.SUBMITTED: "待审核",
    TaskState.RETURNED: "退回补充",
    TaskState.COMPLETED: "已办结",
    TaskState.CANCELLED: "已撤销",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step; `label` is the verb on its button."""

    from_state: TaskState
    to_state: TaskState
    role: Role
    label: str
    needs_reason: bool = False


# The lawyer is the one the task is assigned to, the judge the one who assigned it: what somebody may not
# see, they may not move. An administrator stands in no row, so that nobody acts in the lawyer's place.
TRANSITIONS = (
    Transition(TaskState.ASSIGNED, TaskState.ACCEPTED, Role.LAWYER, "接收任务"),
    Transition(TaskState.ACCEPTED, TaskState.SUBMITTED, Role.LAWYER, "提交审核"),
    Transition(TaskState.RETURNED, TaskState.ACCEPTED, Role.LAWYER, "继续办理"),
    Transition(TaskState.RETURNED, TaskState.SUBMITTED, Role.LAWYER, "重新提交"),
    Transition(TaskState.SUBMITTED, TaskState.COMPLETED, Role.JUDGE, "审核办结"),
    Transition(TaskState.SUBMITTED, TaskState.RETURNED, Role.JUDGE, "退回补充", needs_reason=True),
    Transition(TaskState.ASSIGNED, TaskState.CANCELLED, Role.JUDGE, "撤销任务", needs_reason=True),
    Transition(TaskState.ACCEPTED, TaskState.CANCELLED, Role.JUDGE, "撤销任务", needs_reason=True),
    Transition(TaskState.SUBMITTED, TaskState.CANCELLED, Role.JUDGE, "撤销任务", needs_reason=True),
    Transition(TaskState.RETURNED, TaskState.CANCELLED, Role.JUDGE, "撤销任务", needs_reason=True),
)


def transitions_from(state: TaskState, role: Role) -> tuple[Transition, ...]:
    """What somebody of `role` may do with a task of theirs in `state`, in the order to offer it."""
    return tuple(step for step in TRANSITIONS if step.from_state is state and step.role is role)


class TaskKind(StrEnum):
    """What a lawyer is asked to do in an enforcement case."""

    APPLICATION = "application"
    INVESTIGATION_ORDER = "investigation_order"
    PROPERTY_INVESTIGATION = "property_investigation"
    PROPERTY_CLUE = "property_clue"
    REWARD_NOTICE = "reward_notice"
    PRESERVATION = "preservation"
    SEIZURE_RENEWAL = "seizure_renewal"
    PRICE_AND_AUCTION = "price_and_auction"
    MATURED_CLAIM = "matured_claim"
    DISTRIBUTION = "distribution"
    FUNDS_RELEASE = "funds_release"
    INTEREST_CALCULATION = "interest_calculation"
    SETTLEMENT = "settlement"
    OBJECTION = "objection"
    RECONSIDERATION = "reconsideration"
    THIRD_PARTY_OBJECTION = "third_party_objection"
    PARTY_ADDITION = "party_addition"
    DISHONESTY_MEASURES = "dishonesty_measures"
    EVASION = "evasion"
    PROVISIONAL_TERMINATION_REVIEW = "provisional_termination_review"
    RESUMPTION = "resumption"
    BANKRUPTCY_REFERRAL = "bankruptcy_referral"
    SUPERVISION = "supervision"

    @property
    def label(self) -> str:
        return _KINDS[self][0]

    @property
    def search_hint(self) -> str:
        """Query words that find the policies and provisions for this kind of task."""
        return _KINDS[self][1]


_KINDS = {
    TaskKind.APPLICATION: ("申请强制执行", "申请强制执行 申请执行期间 执行立案 执行依据"),
    TaskKind.INVESTIGATION_ORDER: ("律师调查令", "律师调查令 申请 签发 持令调查 协助调查义务"),
    TaskKind.PROPERTY_INVESTIGATION: ("财产调查", "被执行人 财产调查 财产报告 网络查询 审计"),
    TaskKind.PROPERTY_CLUE: ("财产线索核查", "申请执行人 提供财产线索 调查核实"),
    TaskKind.REWARD_NOTICE: ("悬赏公告", "悬赏公告 悬赏金 查找可供执行的财产 悬赏保险"),
    TaskKind.PRESERVATION: ("财产保全", "财产保全 申请 担保 保全裁定 解除保全"),
    TaskKind.SEIZURE_RENEWAL: ("续行查封", "续行查封、扣押、冻结 保全期限届满 续行期限"),
    TaskKind.PRICE_AND_AUCTION: ("拍卖辅助", "网络司法拍卖 财产处置参考价 评估 起拍价 拍卖公告"),
    TaskKind.MATURED_CLAIM: ("到期债权执行", "到期债权 第三人 履行通知 异议"),
    TaskKind.DISTRIBUTION: ("参与分配", "参与分配 财产分配方案 异议 清偿顺序"),
    TaskKind.FUNDS_RELEASE: ("案款发放", "执行案款 发放 一案一账号 执行款物管理"),
    TaskKind.INTEREST_CALCULATION: ("计息清单", "迟延履行期间的债务利息 加倍部分 计算方法 清偿顺序"),
    TaskKind.SETTLEMENT: ("执行和解", "执行和解协议 不履行和解协议 恢复执行 执行担保"),
    TaskKind.OBJECTION: ("执行异议", "执行行为异议 书面异议 审查 撤销或者改正"),
    TaskKind.RECONSIDERATION: ("执行复议", "执行复议 十日内 向上一级人民法院申请复议"),
    TaskKind.THIRD_PARTY_OBJECTION: ("案外人异议", "案外人异议 执行标的 排除执行 执行异议之诉"),
    TaskKind.PARTY_ADDITION: ("变更追加当事人", "变更、追加被执行人 股东 未缴纳出资 抽逃出资"),
    TaskKind.DISHONESTY_MEASURES: ("失信与限制消费", "失信被执行人名单 限制消费 纳入 纠正 信用惩戒"),
    TaskKind.EVASION: ("反规避执行", "规避执行 转移财产 拒不执行判决、裁定罪 撤销权"),
    TaskKind.PROVISIONAL_TERMINATION_REVIEW: ("终本案件复查", "终结本次执行程序 发现可供执行财产 定期查询"),
    TaskKind.RESUMPTION: ("恢复执行", "恢复执行 再次申请执行 申请执行时效"),
    TaskKind.BANKRUPTCY_REFERRAL: ("执行转破产", "执行案件移送破产审查 企业法人 不能清偿到期债务"),
    TaskKind.SUPERVISION: ("执行监督", "执行监督 逾期未执行 向上一级人民法院申请执行 一案双查"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, as they stood when they were read."""

    id: int
    sign_in_name: str
    display_name: str
    role: Role
    organisation: str | None = None
    """The law firm or the court."""


@dataclass(frozen=True, slots=True)
class NewTask:
    """What a judge says when assigning a task; money is in fen."""

    case_number: str
    court: str
    title: str
    kind: TaskKind
    assigned_to_id: int
    description: str = ""
    due_date: date | None = None
    due_basis: str | None = None
    """The article or the order that the date rests on."""
    claim_amount_fen: int | None = None
    is_livelihood: bool = False
    """涉民生: filed, enforced and paid first."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stood when it was read; money is in fen."""

    id: int
    case_number: str
    court: str
    title: str
    description: str
    kind: TaskKind
    state: TaskState
    assigned_to: Person
    assigned_by: Person
    due_date: date | None
    due_basis: str | None
    claim_amount_fen: int | None
    is_livelihood: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StateChange:
    """A wish to move a task: `from_state` is the one its maker saw, so that a stale page changes nothing."""

    from_state: TaskState
    to_state: TaskState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the lawyer or the judge wrote on a task."""

    id: int
    author: Person
    text: str
    created_at: datetime


class EventKind(StrEnum):
    """What happened to a task."""

    ASSIGNED = "assigned"
    STATE_CHANGED = "state_changed"
    NOTE_ADDED = "note_added"

    @property
    def label(self) -> str:
        return _EVENT_LABELS[self]


_EVENT_LABELS = {
    EventKind.ASSIGNED: "交办任务",
    EventKind.STATE_CHANGED: "变更状态",
    EventKind.NOTE_ADDED: "添加备注",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a task's audit trail; the states are equal where the event moved nothing."""

    id: int
    who: Person
    what: EventKind
    from_state: TaskState | None
    to_state: TaskState
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks are wanted; an empty field asks for nothing. `due_before` leaves its own day out."""

    states: frozenset[TaskState] = field(default_factory=frozenset)
    kind: TaskKind | None = None
    text: str = ""
    due_before: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of tasks, numbered from 1, and how many there are on all pages."""

    tasks: tuple[Task, ...]
    total: int
    number: int
    size: int
