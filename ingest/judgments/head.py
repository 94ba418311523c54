"""The head of a judicial document: its court, type, own case number, cause and title."""

import re

from ingest.outline import lines_of
from legal.case_number import CaseNumber, find_case_numbers
from legal.causes import cause_in
from legal.court import COURT, find_court

HEAD = 600  # code points in which court, type and number stand
_TYPE = re.compile(
    r"(?:刑事附带民事|刑事|民事|行政|执行|国家赔偿|赔偿委员会)?(?:判决书|裁定书|调解书)|"
    r"(?:刑事|民事|行政|执行|国家赔偿|赔偿委员会|(?:提前)?(?:解除)?(?:司法)?拘留|罚款|(?:纳入)?失信(?:被执行人名单)?|限制出境|回避|复议)?决定书|"
    r"(?:刑事|民事|行政|协助(?:执行|公示|(?:查询|查封|冻结|扣划|划拨|扣留|提取|解除冻结|续行冻结)[一-鿿]{0,6})|执行|结案|履行(?:到期)?债务|"
    r"(?:案件)?受理案件|受理案件|应诉|举证|参与分配)?通知书|"
    r"(?:解除)?限制消费令|律师调查令|调查令|支付令|(?:悬赏|执行|拍卖|变卖|查封|腾退|迁出|送达)公告|执行和解协议|和解协议|公告|搜查令|报告财产令"
)
_TYPE_LINE = re.compile(rf"[^，,。；;：:]*?(?:{_TYPE.pattern})书?")
_SPACE = re.compile(r"[ \t　]")
# A number behind which this stands is that of the instrument or case that the sentence is about.
_OF_ANOTHER = re.compile(
    r"\s*(?:民事|刑事|行政|执行|仲裁)?(?:判决|裁定|调解|决定|通知|一案|案件|案(?!外)|号|支付令|裁决|公证|起诉)|\s*[〕\]］]"
)
_QUOTED_TITLE = re.compile("《[^《》]{1,80}》")
_CAUSE_WITHIN = 4000


def is_headed(text: str) -> bool:
    """Whether `text` begins as a document of a court does: a court and a type, or a case number."""
    head = text[:HEAD]
    return bool(find_case_numbers(head)) or (
        COURT.search(head) is not None and document_type_of(head) is not None
    )


def has_own_head(text: str) -> bool:
    """Whether a number of its own or a line with its type heads the text, which mere facts do not have."""
    if own_number(text, HEAD) is not None:
        return True
    lines = (_SPACE.sub("", line) for line in text[:200].split("\n")[:4])
    return any(len(line) <= 40 and _TYPE_LINE.fullmatch(line) for line in lines)


def document_type_of(text: str) -> str | None:
    """The type with its field (民事判决书, 执行裁定书, 限制消费令), or None."""
    match = _TYPE.search(_SPACE.sub("", text[:200]))
    return match.group() if match else None


def own_number(text: str, end: int) -> CaseNumber | None:
    """The document's own case number: the first before `end` that does not name another instrument."""
    head = text[: min(max(end, 1), HEAD)]
    for number in find_case_numbers(head):
        if not _OF_ANOTHER.match(text, number.start + len(number.raw)):
            return number
    return None


def court_of(text: str, document_type: str | None) -> str | None:
    """The court of the document: the first that its head names; an agreement names it in its sentences."""
    return find_court(text[:HEAD]) or (
        find_court(text[:3000]) if document_type and document_type.endswith("协议") else None
    )


def cause_of(text: str, title: str | None, names: tuple[str, ...]) -> str | None:
    """The cause of action or charge, by its official name where there is one."""
    body = _QUOTED_TITLE.sub("", text[:_CAUSE_WITHIN])  # 《…买卖合同纠纷案件…的解释》 is no cause
    return (cause_in(title, names) if title else None) or cause_in(body, names)


def title_of(text: str, court: str | None, document_type: str | None, number: str | None) -> str:
    """Court, type and number; else the first line, where the document has neither court nor number."""
    named = [part for part in (court, document_type, number) if part]
    first = next((line.text for line in lines_of(text[:HEAD], 0) if line.text), "")
    return " ".join(named) if len(named) >= 2 else first[:60]
