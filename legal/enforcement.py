"""What a document of enforcement says: the basis, the sums, the measures taken, and how it ended."""

from dataclasses import dataclass
from datetime import date

MEASURES = (
    "查封",
    "扣押",
    "冻结",
    "划拨",
    "提取",
    "拍卖",
    "变卖",
    "以物抵债",
    "限制消费",
    "失信",
    "限制出境",
    "拘留",
    "罚款",
    "搜查",
)
ACTIONS = ("采取", "续行", "解除")
OUTCOMES = (
    "执行完毕",
    "终结本次执行程序",
    "终结执行",
    "执行和解",
    "中止执行",
    "恢复执行",
    "不予执行",
    "驳回异议",
    "异议成立",
    "驳回复议",
    "复议成立",
    "发回重新审查",
    "驳回申请",
    "移送破产",
    "追加被执行人",
    "变更当事人",
    "准许撤回",
    "解除措施",
    "采取措施",
)


@dataclass(frozen=True, slots=True)
class Basis:
    """An instrument that is enforced (执行依据): `number` is canonical where it is a case number."""

    number: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money in fen with its place in the text."""

    fen: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Property:
    """The thing that a measure concerns, in the words of the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of enforcement: one of `MEASURES`, and which of `ACTIONS` the court took.

    `ordered` is the day of the order, `begins` and `ends` are days that the text writes, `months` the length
    that it writes; none is computed from another. `rank` is 首封 or 轮候. `start` and `end` are those of the
    verb.
    """

    kind: str
    action: str
    property: Property | None
    ordered: date | None
    begins: date | None
    ends: date | None
    months: int | None
    rank: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the document decides: one of `OUTCOMES`, with the words that decide it."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Enforcement:
    """What a document of enforcement says; an empty tuple or None where it does not."""

    bases: tuple[Basis, ...] = ()
    claimed: Sum | None = None
    received: Sum | None = None
    measures: tuple[Measure, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
