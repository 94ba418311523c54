"""What the words around measures say of several of them: their periods, rank and day."""

import re
from dataclasses import replace

from ingest.judgments.enforcement_parts import Parts
from ingest.judgments.measure_details import class_of, general_periods, period_of, rank_of
from ingest.judgments.measure_drafts import Draft
from ingest.judgments.measure_property import clause_start

# What is done at once has neither period nor rank.
_AT_ONCE = ("拍卖", "变卖", "以物抵债", "划拨", "罚款", "搜查")
_TERM = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、．.]|（?[0-9一二三四五六七八九十]{1,3}[）.、．])?(?:上述|以上|该|前述|本次|前款)*"
    r"(?P<kinds>(?:(?:续行|轮候|继续|预)*(?:查封|冻结|扣押)[、和及或]?)*)(?:财产)?(?:的)?"
    r"(?:(?:期限|期间|时间)(?=[均为是自从分一二三0-9壹贰叁至到截])|"
    r"(?=(?:期限|期间|期)?(?:将|应|均)*于[0-9〇○零一二三四五六七八九十年月日]{8,14}(?:届满|到期|期满|失效|止)(?:[。；\n]|$)))"
)
_RANK_SAID = re.compile(
    r"(?:本次|该|此次|上述|前述|以上)?(?:查封|冻结|扣押)(?:均|都)?(?:为|系|是|属于?)(?:首|轮候)"
)
# A clause that goes on with the one before it: 并将其纳入失信名单, 首先查封其房屋.
_GOES_ON = re.compile("并|且|同时")
_BARE = re.compile(r"(?:依法|另|又|还|再|分别|一并)*")
_BRACKETS = re.compile(r"（[^（）]{0,80}）")


def with_said_of_all(drafts: list[Draft], parts: Parts, start: int, end: int) -> list[Draft] | None:
    """The drafts, those before a sentence that only tells their period or rank (查封期限三年), with it.

    None where the sentence tells something else.
    """
    text = parts.plain.masked
    if term := _TERM.match(text, start):
        return _with_term(drafts, parts, term["kinds"], text[term.start("kinds") : end])
    if drafts and _RANK_SAID.match(text, start):
        rank = drafts[-1].rank or rank_of("", "", text[start:end])
        return [*drafts[:-1], replace(drafts[-1], rank=rank)]
    return None


def with_periods(drafts: list[Draft], text: str, end: int) -> list[Draft]:
    """The drafts of one sentence with the period and rank said between each and the next one."""
    out = []
    for draft in drafts:
        if draft.action == "解除" or draft.kind in _AT_ONCE:
            out.append(draft)
            continue
        following = [
            other.start
            for other in drafts
            if other.start > draft.end + 4 and (other.thing != draft.thing or other.by != draft.by)
        ]
        words = text[draft.end : min([*following, end])]
        period = period_of(words)
        out.append(
            replace(
                draft,
                begins=period.begins,
                ends=period.ends,
                months=period.months,
                rank=draft.rank or rank_of("", "", words),
            )
        )
    return out


def with_days(drafts: list[Draft], text: str, start: int) -> list[Draft]:
    """The drafts of one sentence; one that goes on with what a court did has the day of the one before it."""
    out: list[Draft] = []
    for draft in drafts:
        clause = clause_start(text, start, draft.start)
        goes_on = _GOES_ON.match(text, clause) or _BARE.fullmatch(text, clause, draft.start)
        between = _BRACKETS.sub("", text[out[-1].end : clause]) if out else ""
        if draft.ordered is None and goes_on and between.count("，") == 1 and draft.by in (None, out[-1].by):
            draft = replace(draft, ordered=out[-1].ordered)
        out.append(draft)
    return out


def _with_term(drafts: list[Draft], parts: Parts, kinds: str, words: str) -> list[Draft]:
    """The drafts, those before a sentence such as 查封期限三年，自…起至…止 with that period."""
    period = period_of(words, from_verb=False)
    order = bool(drafts) and drafts[-1].ordering
    return [
        replace(draft, begins=period.begins, ends=period.ends, months=period.months)
        if draft.action != "解除"
        and draft.ordering == order
        and draft.kind in ("查封", "扣押", "冻结")
        and (not kinds or draft.kind in kinds)
        and (draft.begins, draft.ends, draft.months) == (None, None, None)
        else draft
        for draft in drafts
    ]


def with_general(drafts: list[Draft], parts: Parts) -> list[Draft]:
    """The drafts with the period that the orders give for their class of things (查封不动产的期限为三年)."""
    text = parts.plain.masked
    periods = general_periods(text[slice(*parts.order)]) if parts.order else {}
    return [
        replace(draft, months=periods.get(class_of(text[slice(*draft.thing)]) or ""))
        if periods
        and draft.thing
        and draft.ordering
        and draft.action != "解除"
        and draft.kind in ("查封", "扣押", "冻结")
        and not (draft.months or draft.ends)
        else draft
        for draft in drafts
    ]
