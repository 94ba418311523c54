"""Measures against persons: 限制消费, 失信, 限制出境, 拘留, 罚款, 搜查."""

import re
from itertools import islice

from ingest.judgments.enforcement_parts import Parts
from ingest.judgments.measure_details import ordered_on
from ingest.judgments.measure_drafts import Draft
from ingest.judgments.measure_property import before_verb
from ingest.judgments.measure_words import MOST_NAMED, Tense, is_done, is_threat, is_unreal

_LISTED = r"失信(?:被执行人)?(?:名单)?(?:信息)?(?:库)?"
# Every alternative begins with letters: the search skips quickly to the few places where they stand.
_WORDS = re.compile(
    r"限制(?:高)?消费|限高|限制[^，。；：限]{0,12}出境|"
    r"限制(?P<who>[^，。；：限]{1,24}?)(?=以其|以本人|的?高?消费|及其法定代表人)|"
    rf"纳入(?:了)?(?:全国)?(?:法院)?{_LISTED}|列入(?:了)?(?:全国)?(?:法院)?{_LISTED}|录入(?:了)?(?:全国)?(?:法院)?{_LISTED}|"
    r"公布(?:其|了)?失信(?:被执行人)?信息|列为失信被执行人|公布为失信被执行人|"
    r"失信(?:被执行人)?名单(?=中?(?:予以)?(?:删除|移出|屏蔽|撤销))|"
    r"失信(?:被执行人)?(?:名单)?(?:信息|惩戒)(?=措施|予以|已|的?(?:屏蔽|删除|撤销))|"
    r"边控|司法拘留|拘留|罚款|搜查"
)
_KINDS = (
    ("失信", "失信"),
    ("出境", "限制出境"),
    ("边控", "限制出境"),
    ("拘留", "拘留"),
    ("罚款", "罚款"),
    ("搜查", "搜查"),
)
# Documents that are themselves the measure.
_OWN_FORMS = ("限制消费", "罚款", "拘留", "搜查", "失信", "限制出境")
_OTHER_DETENTION = ("刑事", "行政")
# What must stand by the bare noun so that it is a deed.
_DEED = re.compile(
    r"(?:对(?!违反)|将|把|发出|发布|作出|采取|下达|签发|送达|实施|予以|处以?|处(?:司法)?|已经?|被|向|决定|进行|依法|并|限制措施：|采取了|下发|制作)[^，。；]*$|(?:纳入|列入|发出|送达|采取)[^。；]{0,40}，(?:并)?$"
)
_LIFT = re.compile(r"(?:解除|撤销|删除|屏蔽|移出|退出|撤下|取消)[^，。；]{0,40}$")
_LIFTED = re.compile(r"[^，。；：]{0,14}?(?:予以|已|依法)*(?:解除|删除|屏蔽|撤销|移出)")
_NOUN_AFTER = re.compile(
    r"令?的(?:规定|行为|情形|限制|线索|期间|决定|申请|若干)|(?:期间|有关|制度|及有关|(?:等)?的?规定)|人(?!员|民币)|决定书(?=[（\n]|$)"
)
_AMOUNT_OR_DAYS = re.compile(r"(?:人民币)?[0-9.,一二三四五六七八九十]+(?:元|万元|日|天)")


def personal_drafts(parts: Parts, start: int, end: int) -> list[Draft]:
    """The mentions of measures against persons in one sentence."""
    text, found = parts.plain.masked, []
    for match in islice(_WORDS.finditer(text, start, end), MOST_NAMED):
        kind = next((kind for word, kind in _KINDS if word in match.group()), "限制消费")
        action = _action(text, start, match, end, kind)
        if kind == "拘留" and text[match.start() - 2 : match.start()] in _OTHER_DETENTION:
            continue
        if action and _is_real(parts, start, match, action):
            order = parts.label(match.start()) == "裁判主文" or parts.document_type.startswith(kind)
            found.append(
                Draft(
                    kind=kind,
                    action=action,
                    start=match.start(),
                    end=match.start() + 2 if match["who"] else match.end(),
                    ordered=parts.signed if order else ordered_on(text, start, match.start()),
                    ordering=order,
                )
            )
    return found


def _action(text: str, start: int, match: re.Match[str], end: int, kind: str) -> str | None:
    """采取 or 解除; None where the words only name the measure."""
    after = text[match.end() : min(end, match.end() + 30)]
    before = text[max(start, match.start() - 60) : match.start()]
    if _LIFT.search(before) or _LIFTED.match(after):
        return "解除"
    if _NOUN_AFTER.match(after):
        return None
    if match["who"] or kind in ("失信", "限制出境"):
        return "采取"
    if _DEED.search(before) or _AMOUNT_OR_DAYS.match(after) or before == "":
        return "采取"
    return None


def _is_real(parts: Parts, start: int, match: re.Match[str], action: str) -> bool:
    text, at = parts.plain.masked, match.start()
    if action == "解除" and (lift := _LIFT.search(text, max(start, at - 60), at)):
        at = lift.start()
    _, adverbs = before_verb(text, start, at)
    if is_unreal(adverbs) or is_threat(text[start:at]):
        return False
    if parts.is_speech(at):
        return False
    own = parts.document_type.startswith(_OWN_FORMS)
    tense: Tense = "order" if parts.label(at) == "裁判主文" else "account"
    if parts.label(at) == "本院认为" and not own:
        tense = "reasons"
    return is_done(text[start:at], tense, begins=own)
