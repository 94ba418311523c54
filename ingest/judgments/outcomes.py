"""What a document of enforcement decides (终结本次执行程序, 驳回异议 …), with the words that decide it."""

import re

from ingest.judgments.enforcement_parts import Parts
from ingest.judgments.measure_property import Span
from legal.enforcement import Measure, Outcome

_X = r"[^，。；\n]"
_ASKED = r"(?:异议请求|异议申请|异议(?!人|之诉|请求|申请)|排除执行的(?:异议)?请求|案外人的请求|全部请求)"
_DECIDES = (
    ("驳回异议", re.compile(rf"驳回{_X}{{0,60}}?{_ASKED}")),
    ("驳回复议", re.compile(rf"驳回{_X}{{0,60}}?复议(?:申请(?!人)|请求)")),
    (
        "准许撤回",
        re.compile(
            rf"(?:准许|准予|同意){_X}{{0,60}}?撤回{_X}{{0,40}}?(?:(?:异议|复议|执行|申诉)?(?:申请(?!执行)|请求)|异议(?!人)|复议|申诉)|(?:准许|准予){_X}{{0,60}}?撤回{_X}{{0,12}}"
        ),
    ),
    ("终结本次执行程序", re.compile(rf"终结{_X}{{0,120}}?本次执行(?:程序)?|本次执行程序(?:予以)?终结")),
    (
        "终结执行",
        re.compile(
            rf"终结(?!{_X}{{0,120}}?本次执行){_X}{{0,160}}?的?(?:强制)?执行(?!异议|通知|裁定|人|案|程序)|(?:本案|案件)(?:的)?(?:执行)?(?:予以)?终结执行|终结本案|执行终结"
        ),
    ),
    (
        "中止执行",
        re.compile(rf"(?<!不予)(?<!不)中止(?!的原因){_X}{{0,160}}?执行(?!的原因|依据|人|案件|裁定)"),
    ),
    ("恢复执行", re.compile(rf"恢复(?:对)?{_X}{{0,120}}?执行(?!通知|人|案件|裁定|条件)")),
    (
        "不予执行",
        re.compile(
            rf"(?<!申请)(?:不予执行|不准予(?:强制)?执行|不予强制执行|不准予{_X}{{0,40}}?执行){_X}{{0,60}}"
        ),
    ),
    ("移送破产", re.compile(rf"移送{_X}{{0,60}}?破产(?:审查|清算)?")),
    ("追加被执行人", re.compile(rf"(?:变更、)?追加{_X}{{1,160}}?被执行人")),
    (
        "变更当事人",
        re.compile(
            rf"变更(?:、追加)?{_X}{{1,160}}?(?:为|作为){_X}{{0,60}}?(?:申请执行人|被执行人)|变更(?:本案)?(?:申请执行人|被执行人)(?:由{_X}{{1,60}})?为{_X}{{2,60}}"
        ),
    ),
    (
        "发回重新审查",
        re.compile(
            rf"发回{_X}{{0,60}}?(?:重新)?(?:审查|作出|处理)|(?:指令|由){_X}{{2,40}}?(?:重新审查|重新作出|另行审查|立案审查|审查处理)"
        ),
    ),
    (
        "执行完毕",
        re.compile(rf"(?:本案|案件|{_X}{{0,80}}案)?(?:已|以)?(?:全部)?(?:执行完毕)(?:{_X}{{0,6}}结案)?"),
    ),
    (
        "驳回申请",
        re.compile(
            rf"驳回(?!{_X}{{0,60}}?(?:异议|复议)){_X}{{0,100}}?(?:申请(?!人|执行人)|(?<!诉讼)请求|申诉(?!人|请求|申请))|不予追加{_X}{{2,60}}?被执行人|不予变更{_X}{{2,60}}?人"
        ),
    ),
    (
        "解除措施",
        re.compile(
            rf"解除{_X}{{0,160}}?(?:查封|扣押|冻结|限制(?:高)?消费|措施|限制出境|拘留|失信)|(?:将|把){_X}{{1,40}}失信{_X}{{0,8}}(?:删除|移出|屏蔽)|删除{_X}{{0,40}}失信{_X}{{0,8}}"
        ),
    ),
)
_RULING = r"(?:裁定|裁决|决定|通知书?|执行行为|行为|查封|扣押|冻结|拍卖|变卖|公告|措施|令|扣划)"
_UNDONE = re.compile(rf"(?:撤销|变更){_X}{{0,120}}{_RULING}")
_LIFTED_OR_STAYED = re.compile(
    rf"(?:异议|请求){_X}{{0,20}}成立|不得执行{_X}{{0,60}}|停止{_X}{{0,60}}?(?:执行|拍卖|查封)|解除{_X}{{0,160}}?(?:查封|扣押|冻结|措施)|中止{_X}{{0,160}}?执行(?!人)"
)
_REVERSED = re.compile(rf"(?:撤销|变更){_X}{{0,120}}?(?:裁定|决定|通知书)|复议{_X}{{0,16}}成立")
# A ruling on an objection, which a higher court sets aside: that is no act of enforcement.
_REVIEWED = re.compile(r"执[异复监][字0-9]|(?:异议|复议)裁定|重新审查")
_POINTS = re.compile(
    r"(?:(?<=^)|(?<=[\n。；：]))(?:第?[一二三四五六七八九十]{1,3}[、．.]|（?[0-9]{1,2}[）.、．])?"
)
# A point that begins so only reminds or gives leave.
_REMARK = re.compile(
    r"(?:申请执行人|被执行人|当事人|案外人|异议人|本院|如|若|受移送|移送期间|中止执行的|待|发现|再次|利害关系人|自|本裁定|符合|期间|该|法院)"
    rf"{_X}{{0,80}}?(?:可以|可|应当?|将|享有|负有|有权|恢复执行|情形消失|消失后|不受)"
)
_TAKEN = frozenset({"查封", "扣押", "冻结", "划拨", "提取", "拍卖", "变卖", "以物抵债"})
_HIGHER = ("执复", "执监", "执协")
_AGREED = re.compile(r"达成(?:如下|以下)?(?:执行)?和解(?:协议)?|达成(?:如下|以下)?(?:一致|协议)")
_AGREEMENT = re.compile(r"(?:执行)?和解协议")
_NOTICE = (
    (
        "恢复执行",
        re.compile(
            r"(?:本院)?(?:决定|裁定|予以)(?:于[^，。；]{4,14})?(?:对[^，。；]{0,60})?(?:予以)?恢复(?:对[^，。；]{0,60})?(?:强制)?执行"
        ),
    ),
    (
        "执行完毕",
        re.compile(
            r"(?:已(?:经)?(?:全部)?执行完毕|以执行完毕(?:方式)?|按执行完毕|全部(?:履行|执行)完毕)(?:[^，。；]{0,6}结案)?"
        ),
    ),
    (
        "解除措施",
        re.compile(
            r"(?:本院)?(?:决定|现|依法)[^，。；]{0,16}?解除[^，。；]{0,80}?(?:限制(?:高)?消费(?:措施|令)?|查封|冻结|扣押|拘留|限制出境)"
        ),
    ),
)
_REPORTED = re.compile(r"(?:裁定|决定)(?:书)?(?:：|，(?=驳回|撤销|终结|准许|维持|不予))")
_RESULT = re.compile(r"裁判结果|处理结果|执行结果|审查结果")


def find_outcomes(parts: Parts, measures: tuple[Measure, ...]) -> tuple[Outcome, ...]:
    """What the document decides, each kind once; `measures` are those that were read from it."""
    text = parts.plain.masked
    if "协议" in parts.document_type:
        return _one("执行和解", _AGREED.search(text) or _AGREEMENT.search(text), parts)
    if parts.order is None:
        return _of_notice(parts) if "通知" in parts.document_type else _of_report(parts)
    found = _decided(parts, *parts.order)
    if not any(kind in parts.own_type for kind in _HIGHER):
        found += _taken(parts, parts.order, measures)
    return tuple(sorted(found, key=lambda outcome: outcome.start))


def _decided(parts: Parts, start: int, end: int) -> list[Outcome]:
    """What the orders between `start` and `end` decide."""
    text = parts.plain.masked
    found: dict[str, Outcome] = {}
    for first, last in parts.plain.sentences(start, end):
        point = _POINTS.match(text, first)
        first = point.end() if point else first
        if _REMARK.match(text, first, last):
            continue
        for kind, pattern in _DECIDES:
            match = pattern.search(text, first, last)
            if match and kind not in found and not _is_quoted(text, first, match):
                found[kind] = _outcome(kind, match.start(), match.end(), parts)
        for kind, match in _undone(parts, first, last):
            found.setdefault(kind, _outcome(kind, match.start(), match.end(), parts))
    return list(found.values())


def _is_quoted(text: str, first: int, match: re.Match[str]) -> bool:
    """Whether the words are themselves what is refused or set aside: 驳回张某要求中止执行的请求."""
    lead = text[first : match.start()]
    return bool(
        re.search(
            r"驳回|撤销|维持|不予|不准许|申请|请求|要求|以后|后，|之前|如|期间|将(?:依法|依职权|及时|随时|予以)*$|符合(?:$|[^，。；]*的，)",
            lead,
        )
    )


def _undone(parts: Parts, first: int, last: int) -> list[tuple[str, re.Match[str]]]:
    """异议成立 and 复议成立, which the type of the case tells apart."""
    text, own = parts.plain.masked, parts.own_type
    if "执复" in own or (not own and "复议" in text[:400]):
        found = []
        match = _REVERSED.search(text, first, last)
        if match and not _is_quoted(text, first, match):
            found.append(("复议成立", match))
        act = _UNDONE.search(text, first, last)
        if act and not _is_quoted(text, first, act) and not _REVIEWED.search(text, act.start(), last):
            found.append(("异议成立", act))
        return found
    if "执异" in own or "执监" in own:
        match = _UNDONE.search(text, first, last) or _LIFTED_OR_STAYED.search(text, first, last)
        if match and not _is_quoted(text, first, match) and not _about_parties(match.group()):
            if "执监" in own and re.search(r"执(?:复|异)[0-9]", match.group()):
                return []
            return [("异议成立", match)]
    return []


def _about_parties(words: str) -> bool:
    return bool(re.search(r"申请执行人|被执行人为|为被执行人", words)) and not re.search(r"撤销|解除", words)


def _taken(parts: Parts, order: Span, measures: tuple[Measure, ...]) -> list[Outcome]:
    """采取措施 where the orders take or renew a seizure, a deduction or a sale."""
    start, end = parts.plain.place(order[0], max(order[1], order[0] + 1))
    for taken in measures:
        if (
            start <= taken.start < end
            and taken.action != "解除"
            and taken.kind in _TAKEN
            and taken.ordered == parts.signed
        ):
            last = taken.property.end if taken.property and taken.property.start >= taken.end else taken.end
            return [Outcome("采取措施", taken.start, last)]
    return []


def _of_notice(parts: Parts) -> tuple[Outcome, ...]:
    found: list[Outcome] = []
    for kind, pattern in _NOTICE:
        found += _one(kind, pattern.search(parts.plain.masked), parts)
    return tuple(found)


def _of_report(parts: Parts) -> tuple[Outcome, ...]:
    """What the rulings decide that a report names under 裁判结果 (…执行裁定：驳回…的复议请求)."""
    text = parts.plain.masked
    found: list[Outcome] = []
    for number, label in enumerate(parts.labels):
        if _RESULT.search(label):
            start = parts.starts[number]
            end = parts.starts[number + 1] if number + 1 < len(parts.starts) else len(text)
            said = list(_REPORTED.finditer(text, start, end))
            if said:
                found += _decided(parts, said[-1].end(), end)
    return tuple(found)


def _outcome(kind: str, start: int, end: int, parts: Parts) -> Outcome:
    return Outcome(kind, *parts.plain.place(start, end))


def _one(kind: str, match: re.Match[str] | None, parts: Parts) -> tuple[Outcome, ...]:
    return (_outcome(kind, match.start(), match.end(), parts),) if match else ()
