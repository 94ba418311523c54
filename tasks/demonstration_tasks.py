"""The demonstration's tasks: invented parties before invented courts, each with what happened so far."""

from dataclasses import dataclass

from tasks.model import Role, TaskKind, TaskState

_CITY = "云州市中级人民法院"
_DISTRICT = "云州市南岭区人民法院"

_ACCEPTED, _SUBMITTED = TaskState.ACCEPTED, TaskState.SUBMITTED
_RETURNED, _COMPLETED, _CANCELLED = TaskState.RETURNED, TaskState.COMPLETED, TaskState.CANCELLED


@dataclass(frozen=True, slots=True)
class Move:
    """The lawyer or the judge takes the task to another state."""

    days_ago: int
    role: Role
    to_state: TaskState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """The lawyer or the judge writes a note."""

    days_ago: int
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class DemonstrationTask:
    """A task and its story; days count from the day on which the demonstration is added."""

    case_number: str
    court: str
    title: str
    kind: TaskKind
    description: str
    assigned_days_ago: int
    due_in: int | None = None
    due_basis: str | None = None
    claim_amount_fen: int | None = None
    is_livelihood: bool = False
    story: tuple[Move | Remark, ...] = ()


_OF_LAWYER = (
    DemonstrationTask(
        case_number="（2025）岭0102执1234号",
        court=_DISTRICT,
        title="持令调查某建设公司工程款专户流水",
        kind=TaskKind.INVESTIGATION_ORDER,
        description=(
            "申请执行人赵某某等三十四名农民工与被执行人云州某建设工程有限公司追索劳动报酬纠纷一案，"
            "需持律师调查令向开户银行调取农民工工资专用账户近一年交易明细，核实工程款去向。"
            "调查令逾期自动失效，未使用的应当交回本院。"
        ),
        assigned_days_ago=6,
        due_in=4,
        due_basis="本案律师调查令载明的有效期限",
        claim_amount_fen=128_640_000,
        is_livelihood=True,
        story=(
            Move(5, Role.LAWYER, _ACCEPTED),
            Remark(
                3, Role.LAWYER, "已向开户银行提交调查令及执业证原件，银行要求核验令状后三个工作日内答复。"
            ),
            Remark(2, Role.JUDGE, "如银行拒绝协助，请当场记明理由并及时报告，由本院发出协助执行通知。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2025）岭0102执2087号",
        court=_DISTRICT,
        title="南岭区住宅一套续行查封申请",
        kind=TaskKind.SEIZURE_RENEWAL,
        description=(
            "诉讼保全阶段首封的南岭区某小区住宅一套，保全裁定载明的查封期限即将届满。"
            "请整理原保全裁定、协助执行通知书及送达回证，在届满七日前提出续行查封申请，并核对轮候查封情况。"
        ),
        assigned_days_ago=10,
        due_in=2,
        due_basis="《最高人民法院关于人民法院办理财产保全案件若干问题的规定》第十八条第一款",
        claim_amount_fen=356_000_000,
        story=(
            Move(9, Role.LAWYER, _ACCEPTED),
            Remark(8, Role.LAWYER, "不动产登记信息已查询：本案为首封，另有两家法院轮候查封。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2025）岭01执恢56号",
        court=_CITY,
        title="核查被执行人持有的有限公司股权及分红",
        kind=TaskKind.PROPERTY_CLUE,
        description=(
            "终结本次执行程序后，申请执行人提供线索，称被执行人孙某某通过他人代持云州某商贸有限公司股权并领取分红。"
            "请调取工商登记档案、历次股东会决议及利润分配凭证，形成核查意见。"
        ),
        assigned_days_ago=3,
        due_in=4,
        due_basis="《最高人民法院关于民事执行中财产调查若干问题的规定》第二条第一款",
        claim_amount_fen=1_860_000_000,
    ),
    DemonstrationTask(
        case_number="（2026）岭0102执315号",
        court=_DISTRICT,
        title="抚养费案件被执行人收入调查",
        kind=TaskKind.PROPERTY_INVESTIGATION,
        description=(
            "申请执行人钱某（未成年人）与被执行人钱某某抚养费纠纷一案，被执行人未报告工资及网络平台收入。"
            "请向用人单位和社会保险经办机构核实其劳动关系、缴费基数和收入发放方式。"
        ),
        assigned_days_ago=1,
        due_in=9,
        due_basis="交办法官指定",
        claim_amount_fen=4_320_000,
        is_livelihood=True,
    ),
    DemonstrationTask(
        case_number="（2024）岭01执789号",
        court=_CITY,
        title="拟定悬赏公告并核算悬赏金条件",
        kind=TaskKind.REWARD_NOTICE,
        description=(
            "被执行人云州某置业有限公司名下已无可供执行财产，申请执行人书面申请发布悬赏公告，并拟投保悬赏保险。"
            "请按规定写明悬赏金的计算方法、领取条件、发布平台，并附承诺书。"
        ),
        assigned_days_ago=15,
        due_in=6,
        due_basis="交办法官指定",
        claim_amount_fen=17_000_000_000,
        story=(
            Move(14, Role.LAWYER, _ACCEPTED),
            Remark(
                9,
                Role.LAWYER,
                "申请执行人确认悬赏金按实际执行到位金额的百分之五计算，并同意从其应得款项中支付。",
            ),
            Move(4, Role.LAWYER, _SUBMITTED, "悬赏公告草案、承诺书及保险方案已一并递交，请审核。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2025）岭0102执异41号",
        court=_DISTRICT,
        title="就超标的查封提出执行行为异议",
        kind=TaskKind.OBJECTION,
        description=(
            "被执行人认为查封的两处商铺价值明显超出债权数额及执行费用。请审查评估材料、首封与轮候情况、"
            "商铺能否分割处置，代为准备书面异议及证据目录。"
        ),
        assigned_days_ago=12,
        due_in=3,
        due_basis="交办法官指定",
        claim_amount_fen=245_000_000,
        story=(
            Move(11, Role.LAWYER, _ACCEPTED),
            Move(6, Role.LAWYER, _SUBMITTED),
            Move(
                2, Role.JUDGE, _RETURNED, "未附两处商铺的不动产登记查询结果，无法判断能否分割查封，请补充。"
            ),
            Remark(1, Role.LAWYER, "已预约不动产登记中心，明日调取查询结果后补交。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2025）岭0102执903号",
        court=_DISTRICT,
        title="分期履行的执行和解协议",
        kind=TaskKind.SETTLEMENT,
        description=(
            "被执行人周某某经营暂时困难，愿在十二个月内分期履行。请协助双方拟定和解协议，"
            "写明各期数额与日期、担保人及其范围、不履行时恢复执行的约定，并核对与迟延履行利息的关系。"
        ),
        assigned_days_ago=20,
        due_in=12,
        due_basis="双方约定的协商期限",
        claim_amount_fen=68_500_000,
        story=(
            Move(19, Role.LAWYER, _ACCEPTED),
            Remark(7, Role.LAWYER, "双方对分期数额已无争议，担保人资信材料尚待补齐。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2025）岭01执412号",
        court=_CITY,
        title="厂房评估报告异议与拍卖准备",
        kind=TaskKind.PRICE_AND_AUCTION,
        description=(
            "工业厂房及所附土地使用权的评估报告已送达。请核对面积、权属、租赁占用等基本信息，"
            "认为有误的，在收到报告后五日内提出书面异议，并整理拍卖公告须披露的瑕疵。"
        ),
        assigned_days_ago=4,
        due_in=1,
        due_basis="《最高人民法院关于人民法院确定财产处置参考价若干问题的规定》第二十二条第一款",
        claim_amount_fen=4_200_000_000,
        story=(
            Move(4, Role.LAWYER, _ACCEPTED),
            Remark(2, Role.LAWYER, "评估报告所载建筑面积与不动产权证相差 86 平方米，正在核对测绘成果。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2024）岭0102执3356号",
        court=_DISTRICT,
        title="分配方案的书面异议",
        kind=TaskKind.DISTRIBUTION,
        description=(
            "被执行人吴某某名下房屋拍卖款不足以清偿全部债务，财产分配方案已送达各债权人。"
            "请审查优先受偿权的范围及计息截止日，有异议的，自收到方案之日起十五日内提出。"
        ),
        assigned_days_ago=18,
        due_in=-2,
        due_basis="《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第五百零九条",
        claim_amount_fen=92_300_000,
        story=(
            Move(16, Role.LAWYER, _ACCEPTED),
            Move(5, Role.LAWYER, _SUBMITTED, "书面异议已于期限内递交，附收件回执。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2023）岭01执1120号",
        court=_CITY,
        title="终本案件财产状况复查",
        kind=TaskKind.PROVISIONAL_TERMINATION_REVIEW,
        description=(
            "本案裁定终结本次执行程序已满六个月。请会同申请执行人复查被执行人新增的不动产、车辆、"
            "对外投资和到期债权，发现可供执行财产的，提出恢复执行的意见。"
        ),
        assigned_days_ago=40,
        claim_amount_fen=780_000_000,
        story=(
            Move(38, Role.LAWYER, _ACCEPTED),
            Remark(25, Role.LAWYER, "查得被执行人对云州某物流公司享有到期运费债权约 46 万元。"),
            Move(20, Role.LAWYER, _SUBMITTED, "复查报告及到期债权凭证已提交。"),
            Move(17, Role.JUDGE, _COMPLETED, "线索属实，已另行启动到期债权执行。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2024）岭01执665号",
        court=_CITY,
        title="被执行企业移送破产审查的材料准备",
        kind=TaskKind.BANKRUPTCY_REFERRAL,
        description=(
            "被执行人云州某纺织有限公司不能清偿到期债务且资产不足以清偿全部债务，申请执行人之一同意移送。"
            "请整理同意书、债权清单、资产线索和职工债权情况，拟定移送破产审查的材料目录。"
        ),
        assigned_days_ago=30,
        due_in=20,
        due_basis="交办法官指定",
        claim_amount_fen=5_630_000_000,
        story=(
            Move(28, Role.LAWYER, _ACCEPTED),
            Move(10, Role.LAWYER, _SUBMITTED),
            Move(7, Role.JUDGE, _RETURNED, "职工债权部分缺少社会保险欠缴数据，请补充后重新提交。"),
            Move(5, Role.LAWYER, _ACCEPTED),
        ),
    ),
    DemonstrationTask(
        case_number="（2025）岭0102执777号",
        court=_DISTRICT,
        title="纳入失信被执行人名单的申请",
        kind=TaskKind.DISHONESTY_MEASURES,
        description="申请执行人拟申请将被执行人郑某某纳入失信被执行人名单并限制消费，请核实其有无履行能力的证据。",
        assigned_days_ago=14,
        claim_amount_fen=15_800_000,
        story=(
            Move(13, Role.LAWYER, _ACCEPTED),
            Move(8, Role.JUDGE, _CANCELLED, "被执行人已全部履行完毕，本案结案，无须继续办理。"),
        ),
    ),
)

_OF_SECOND_LAWYER = (
    DemonstrationTask(
        case_number="（2025）岭0102执1589号",
        court=_DISTRICT,
        title="交通事故赔偿款计息清单",
        kind=TaskKind.INTEREST_CALCULATION,
        description=(
            "申请执行人冯某某机动车交通事故责任纠纷一案，被执行人分三次履行部分款项。"
            "请按各期还款分段计算迟延履行期间的债务利息，列明每段起止日、本金、利率与所依据的条文。"
        ),
        assigned_days_ago=5,
        due_in=5,
        due_basis="交办法官指定",
        claim_amount_fen=31_250_000,
        is_livelihood=True,
        story=(Move(4, Role.LAWYER, _ACCEPTED),),
    ),
    DemonstrationTask(
        case_number="（2025）岭01执异18号",
        court=_CITY,
        title="追加未缴纳出资的股东为被执行人",
        kind=TaskKind.PARTY_ADDITION,
        description=(
            "被执行人云州某科技有限公司财产不足以清偿债务，登记股东的出资期限已届满而未缴纳。"
            "请调取公司章程、验资及年报资料，准备追加申请书和证据清单。"
        ),
        assigned_days_ago=2,
        due_in=14,
        due_basis="交办法官指定",
        claim_amount_fen=430_000_000,
    ),
    DemonstrationTask(
        case_number="（2024）岭0102执2710号",
        court=_DISTRICT,
        title="第三人到期货款债权的履行通知",
        kind=TaskKind.MATURED_CLAIM,
        description="请核实第三人云州某食品有限公司应付货款的合同、对账单与到期日，协助准备履行到期债务通知的材料。",
        assigned_days_ago=11,
        due_in=7,
        due_basis="交办法官指定",
        claim_amount_fen=57_600_000,
        story=(
            Move(10, Role.LAWYER, _ACCEPTED),
            Remark(6, Role.LAWYER, "对账单显示到期货款 41.2 万元，第三人对其中 3 万元质量扣款有争议。"),
            Move(3, Role.LAWYER, _SUBMITTED, "材料已齐，争议部分已单列说明。"),
        ),
    ),
    DemonstrationTask(
        case_number="（2023）岭0102执恢208号",
        court=_DISTRICT,
        title="恢复执行后案款发放核对",
        kind=TaskKind.FUNDS_RELEASE,
        description="恢复执行后扣划到账的款项已入本案专户，请与申请执行人核对金额、收款账户及清偿顺序。",
        assigned_days_ago=26,
        claim_amount_fen=22_400_000,
        story=(
            Move(25, Role.LAWYER, _ACCEPTED),
            Move(22, Role.LAWYER, _SUBMITTED),
            Move(21, Role.JUDGE, _COMPLETED),
        ),
    ),
)

TASKS: dict[str, tuple[DemonstrationTask, ...]] = {"lawyer": _OF_LAWYER, "lawyer2": _OF_SECOND_LAWYER}
