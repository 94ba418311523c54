"""The sums of a case of enforcement: what is claimed, and what has been received."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.judgments.enforcement_parts import Parts
from legal.amounts import Amount, find_amounts
from legal.enforcement import Sum

# Each pattern ends where the sum begins.
_CLAIMED = (
    re.compile(
        r"(?:申请|本案)?(?:强制)?执行(?:的)?标的(?:额|金额|总额|款|数额)?(?:合计|共计|总计|暂计)?(?:为|共|是|：|合计|共计)?(?:人民币)?$"
    ),
    re.compile(
        r"(?:申请(?:强制)?执行(?:的)?(?:金额|款项?|数额|债权|总额)|债权总额|案件标的|标的)(?:合计|共计|总计|额)?(?:为|共|：|计)?(?:人民币)?$"
    ),
    re.compile(
        r"(?:请求|要求|申请(?:执行|强制执行|法院)|强制执行)[^。；]{0,60}?(?:给付|支付|偿还|返还|赔偿|履行|归还|清偿|执行|退赔)[^，。；0-9]{0,24}$"
    ),
    re.compile(
        r"(?:判令|判决|确定|确认|约定|裁决|责令|调解书|应当?|须|负有|认定)[^。；]{0,80}?"
        r"(?:给付|支付|偿还|返还|赔偿|归还|清偿|退赔|补付|欠付|应付|拖欠|尚欠|所欠|欠)[^，。；0-9]{0,24}$"
    ),
    re.compile(
        r"未(?:能|依法|自动|如期|全部|自觉|主动|完全)*(?:履行|按(?:照)?[^，。；]{0,20}(?:判决|调解|裁决|文书)书?)[^。；]{0,40}?(?:给付|支付|偿还|返还|赔偿|归还|清偿|退赔)[^，。；0-9]{0,24}$"
    ),
    re.compile(
        r"债权(?:数额|金额|本金)?(?:经|已|被)[^，。；]{0,20}?(?:确定|确认|认定)为(?:人民币)?$|"
        r"(?:确定|确认)[^，。；]{0,16}(?:的|为)?[^，。；0-9]{0,12}(?:款|金|费|本金)[^，。；0-9]{0,6}$"
    ),
)
# What is still owed stands for the claim where nothing else does.
_OWED = re.compile(
    r"(?:尚?未(?:清偿|履行|偿还)|尚欠)(?:的)?(?:债权|债务|本金|借款|货款|工资|金额|款项?|标的额?)*(?:合计|共计|为|共)?(?:人民币)?$"
)
_NOT_SAID = re.compile("称|认为|主张|到期债务|另案")
_GOT = re.compile(r"(?:到位|扣划|划拨|发还|受偿)[^，。；]{0,12}$")
# The points of a notice of enforcement: 一、向申请执行人…支付….
_POINT = re.compile(
    r"^(?:[一二三四五六七八九十甲乙丙丁]{1,2}、|[0-9]{1,2}[.．、]|（[0-9一二三四五六七八九十]{1,2}）)?(?:立即|一次性)?"
    r"(?:向[^，。；]{2,40}?)?(?:支付|给付|偿还|返还|赔偿|履行|归还|退赔)[^，。；0-9]{0,24}$"
)
_BATCH = re.compile(
    r"到期债务|同批|另外|另案|[0-9一二三四五六七八九十百]{1,4}(?:余)?件(?:执行)?案件?(?:在|，|全)|全市法院"
)
_TOTAL = re.compile(
    r"(?<!未)(?<!未能)(?<!尚未)(?:已(?:经)?(?:实际)?执行到位|(?<!未)执行到位|已(?:经)?到位|实际到位|到位)(?:案款|执行款|款项?|金额|标的额?|资金)?(?:合计|共计|总计|累计|为|共|：|人民币)*$"
)
# 将存款5000元|予以划拨; 上述5000元|本院已扣划.
_TAKEN_BEHIND = re.compile(
    r"，?(?:予以|均|全部|已经?|被|由|本院|依法|直接|于[^，。；]{4,14}?)*(?:扣划|划拨|划扣|提取)"
)
_PAID = (
    re.compile(
        r"(?:累计|共计|合计|总共|共)(?:已)?(?:扣划|划拨|受偿|清偿|履行|支付|偿还|发还|发放|给付|执行)[^，。；0-9]{0,20}$"
    ),
    re.compile(
        r"(?:(?:实际|已|并)?(?:发放|发还|拨付)|已(?:支付|交付|给付))(?:给|至|了)?申请(?:执行)?人[^，。；0-9]{0,20}$"
    ),
    re.compile(
        r"(?:已|实际|全部|自动|主动|自愿|先后|陆续|当场|日)[^，。；]{0,30}?(?:履行|受偿|清偿|偿还|给付|支付|归还|交纳|缴纳|领取|收到|收取|交来|还款|付清)(?:了|完毕)?(?!义务)[^，。；0-9]{0,16}$|"
        r"(?:履行|清偿|偿还|给付|支付|归还|领取|收到)了[^，。；0-9]{0,16}$"
    ),
    re.compile(r"(?:扣划|划拨|划扣|提取|执行(?:回|到|得))(?:了|到|至)?[^，。；0-9]{0,40}$"),
)
_REMAINING = re.compile(
    r"未|尚欠|剩余|余款|应|尚有|需|请求|要求|拟|将|可|判决|确定|判令|约定|申请执行人应|预|保证|不足"
)
# What these say of payments lies ahead.
_NOT_A_REPORT = re.compile(r"协议|执行通知|悬赏")
_RANGE = re.compile(r"(?:以下|以上|以内|至[0-9]|的部分|（含|的[0-9]|乘)")


# 将15万元|全部付清, 两次合计10万元|，扣除费用后已发放申请执行人.
_TAKES = re.compile(r"(?:已|并|按约|依约|如数|当日|即)?(?:将|把)(?:上述|全部|剩余)?[^，。；]{0,14}$")
_PAID_BEHIND = re.compile(
    r"(?:已|均|全部|一次性|如数|全额|当场)*(?:付清|履行完毕|支付完毕|给付完毕|清偿完毕|缴纳完毕|交付完毕|交至本院|汇至本院|缴至本院|"
    r"(?:支付|交付|给付)(?:给|了)?申请执行人)"
)
_UNPAID = re.compile(r"未|应|需|请求|要求|拟|可以|同意|承诺|约定|保证")
_UNTAKEN = re.compile(rf"{_UNPAID.pattern}|将(?=对|于|会|依法)|剩余|余款|尚欠|尚有")
_ADDED = re.compile(
    r"(?:[两三四五六七八九0-9]{1,2}[次笔项]|以上|上述)(?:款项|金额)?(?:合计|共计|总计)(?:人民币)?$"
)
_HANDED_OUT = re.compile(
    r"[，（]?[^，。；]{0,14}?(?:全部|均|已|并)*(?:发放|发还|支付|交付|拨付)(?:给|至|了)*申请"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """An amount with the words of its sentence before it, and those behind it."""

    amount: Amount
    lead: str
    after: str


def find_sums(parts: Parts) -> tuple[Sum | None, Sum | None]:
    """The amount under enforcement as first stated (申请执行标的, 应给付), and the amount received so far.

    Received is the total where one is given (已执行到位), else a payment that stands alone. Both are in fen.
    """
    said = [words for words in _said(parts) if not _RANGE.match(words.after)]
    return _sum(parts, _claimed(parts, said)), _sum(parts, _received(parts, said))


def _claimed(parts: Parts, said: list[_Said]) -> Amount | None:
    review = any(kind in parts.own_type for kind in ("执异", "执复", "执监"))
    patterns = (*_CLAIMED, _POINT) if "通知" in parts.document_type else _CLAIMED
    for words in said:
        at = words.amount.start
        if _BATCH.search(words.lead) or _GOT.search(words.lead) or (review and _is_order(parts, at)):
            continue
        # What an objector asks for is not the claim; what he says that the judgment fixed may be.
        asked = 3 if review and parts.is_speech(at) else 0
        if any(pattern.search(words.lead) for pattern in patterns[asked:]):
            return words.amount
    owed = (words for words in said if _OWED.search(words.lead) and not _NOT_SAID.search(words.lead))
    return next((words.amount for words in owed if not parts.is_speech(words.amount.start)), None)


def _received(parts: Parts, said: list[_Said]) -> Amount | None:
    done = [w for w in said if not (parts.is_speech(w.amount.start) or _is_order(parts, w.amount.start))]
    total = next((words.amount for words in done if _TOTAL.search(words.lead)), None)
    if total or _NOT_A_REPORT.search(parts.document_type):
        return total
    paid = []
    for words in done:
        clause = words.lead[max(words.lead.rfind("，"), words.lead.rfind("：")) + 1 :]
        if _is_paid_behind(clause, words.after):
            paid.append((0, words.amount))
            continue
        if _TAKEN_BEHIND.match(words.after) and not _UNTAKEN.search(clause):
            paid.append((len(_PAID), words.amount))
            continue
        rank = next((i for i, pattern in enumerate(_PAID) if pattern.search(clause)), None)
        if rank is not None and not _REMAINING.search(clause):
            paid.append((rank, words.amount))
    sums = sorted((entry for entry in paid if entry[0] < 2), key=lambda entry: entry[0])
    if sums:
        return sums[0][1]
    return paid[0][1] if len({amount.fen for _, amount in paid}) == 1 else None


def _is_paid_behind(clause: str, after: str) -> bool:
    """Whether the verb behind an amount tells that it was paid: 已将15万元|全部付清."""
    if _ADDED.search(clause):
        return bool(_HANDED_OUT.match(after))
    return bool(_TAKES.search(clause) and _PAID_BEHIND.match(after)) and not _UNPAID.search(clause)


def _is_order(parts: Parts, at: int) -> bool:
    return parts.label(at) == "裁判主文"


def _said(parts: Parts) -> Iterable[_Said]:
    """The amounts of the document but for its head and tail."""
    text = parts.plain.masked
    for amount in find_amounts(text):
        if not parts.is_outside(amount.start):
            low = max(0, amount.start - 160)
            begin = max(low, *(text.rfind(mark, low, amount.start) + 1 for mark in "。；\n"))
            yield _Said(amount, text[begin : amount.start], text[amount.end : amount.end + 24])


def _sum(parts: Parts, amount: Amount | None) -> Sum | None:
    return Sum(amount.fen, *parts.plain.place(amount.start, amount.end)) if amount else None
