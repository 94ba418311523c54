"""The measures that a court takes, renews or lifts (查封, 冻结 …), each once with what is said of it."""

import re
from dataclasses import replace
from itertools import islice

from ingest.judgments.enforcement_parts import Parts
from ingest.judgments.measure_details import ordered_on, rank_of
from ingest.judgments.measure_drafts import Draft, measure, merged
from ingest.judgments.measure_property import (
    Span,
    after_verb,
    before_verb,
    clause_start,
    is_thing,
    lifted_thing,
    listed,
    pointed_at,
    points,
    settled_thing,
    told_before,
)
from ingest.judgments.measure_terms import with_days, with_general, with_periods, with_said_of_all
from ingest.judgments.measure_words import (
    CHAIN,
    MOST_NAMED,
    MOVES,
    Tense,
    Verb,
    is_asked_before,
    is_bare_first,
    is_by_other,
    is_compared,
    is_done,
    is_left_open,
    is_noun,
    is_rank_only,
    is_threat,
    is_unreal,
    verbs_of,
)
from ingest.judgments.personal_measures import personal_drafts
from legal.enforcement import Measure

# Letters of the verbs and of 期限: most sentences have none and need no more looking at.
_MAYBE = re.compile("[封扣冻划提卖抵限失拘罚搜边]")
# To a court, that is: money moved elsewhere (划至其妻账户) is no measure.
_MOVED = re.compile(r"[^，。；]{0,16}?(?:院|案款|执行款|专户)")
_SETTLEMENTS = ("抵偿", "抵债", "以物抵债")
_SALES = ("拍卖", "变卖", "以物抵债")
_ITEM = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、．.项]|[（(]?[0-9一二三四五六七八九十]{1,3}[）).、．]|[甲乙丙丁]、)"
)
_FOLLOWING = re.compile("[下以如][列下]")
_DONE_BEFORE = re.compile(r"号[^，。；]{0,24}裁定|(?:本院|法院)(?:已|依法|于|$)|已(?:经|被)?$")
_LIFT = re.compile(r"(?:解除|撤销(?=[^，。；]{0,30}对))(?P<np>[^，。；]{0,110})$")
_LIFTED = re.compile(r"(?:措施|手续)?(?:均|已经?|依法|现|予以|应予|被|自动)*解除(?!条件)")
_REGISTERED = re.compile(r"手续|(?:预告|延长|公示)?登记(?!在|于|有)")
# An auction that was held, and 采取查封措施: what follows is not the thing.
_EVENT = re.compile(r"(?:虽|曾|均|已|又|后|再次|两次)*(?:流拍(?!价)|成交(?!价|确认|裁定|[以之]?后|公告))")
_FORM = re.compile(
    r"手续|(?:预告|延长|公示)?登记(?!在|于|有)|措施|公告|期|程序|阶段|[、和及](?:限制|列入|纳入|失信|拘留|罚款)"
)
_COURT = re.compile(r"本院|我院|[一-鿿]{2,20}?(?:人民)?法院")


def find_measures(parts: Parts) -> tuple[Measure, ...]:
    """The measures of a document in the order of the text.

    A measure that is asked for, refused, quoted from a law or only announced is none. What the document
    orders itself has the day of its signature as day of the order.
    """
    text = parts.plain.masked
    gathered: list[Draft] = []
    things: list[Span] = []
    for start, end in parts.plain.sentences(0, len(text)):
        if not _MAYBE.search(text, start, end) or parts.is_outside(start):
            continue
        if (said := with_said_of_all(gathered, parts, start, end)) is not None:
            gathered = said
            continue
        found = _in_sentence(parts, start, end, things) + personal_drafts(parts, start, end)
        if found:
            found = sorted(with_periods(found, text, end), key=lambda draft: draft.start)
            gathered += with_days(found, text, start)
    drafts = merged(with_general(gathered, parts), text)
    return tuple(measure(draft, parts.plain) for draft in drafts)


def _in_sentence(parts: Parts, start: int, end: int, things: list[Span]) -> list[Draft]:
    """The mentions in a sentence. `things` gathers every phrase named so far, for 该房屋 and the like."""
    text = parts.plain.masked
    found: list[Draft] = []
    item = _ITEM.match(text[start:end])
    start += item.end() if item else 0
    done_to = start
    for chain in islice(CHAIN.finditer(text, start, end), MOST_NAMED):
        if chain.start() < done_to:
            continue
        verbs = verbs_of(chain)
        lift = _LIFT.search(text, max(start, chain.start() - 120), chain.start())
        if verbs[0].kind in _SALES and lift:
            continue
        if verbs[-1].verb in MOVES and not _MOVED.match(text, chain.end(), end):
            continue
        if verbs[0].lifts and is_noun("", text[chain.end() : chain.end() + 8]):
            continue
        lifts = bool(lift or verbs[0].lifts or _LIFTED.match(text, chain.end()))
        if lifts:
            thing, real = _lifted(parts, start, chain, lift)
        else:
            thing, real = _taken(parts, start, end, chain, verbs)
        if thing and is_thing(text[slice(*thing)]):
            things.append(thing)
        elif thing and things and points(text[slice(*thing)], verbs[0].kind):
            thing = pointed_at(text, thing, things)
        elif thing is None and found and found[-1].kind == verbs[0].kind:
            thing = found[-1].thing
        elif thing is None and real and not found:
            thing = told_before(text, start)
        if real:
            drafts = [_draft(parts, start, verb, thing) for verb in verbs]
            if lifts:
                word = (lift.start(), lift.start() + 2) if lift else chain.span()
                drafts = [replace(d, action="解除", start=word[0], end=word[1]) for d in drafts]
            found += drafts
            done_to = max(done_to, thing[1] if thing and thing[0] >= chain.end() else 0)
    return found


def _taken(
    parts: Parts, start: int, end: int, chain: re.Match[str], verbs: list[Verb]
) -> tuple[Span | None, bool]:
    """What the verbs of a chain concern, and whether a court took or renewed the measure."""
    text, at, behind = parts.plain.masked, chain.start(), chain.end()
    after = text[behind : min(end, behind + 40)]
    clause = text[clause_start(text, start, at) : at]
    tense = tense_at(parts, at)
    if (
        (is_noun(clause, after, verbs[-1].kind) and not _EVENT.match(after))
        or is_rank_only(clause, chain.group())
        or is_bare_first(clause, chain.group())
        or is_compared(clause, after)
        or (tense != "order" and is_left_open(text[start:at], after))
        or (tense == "speech" and not is_done(text[start:at], tense, begins=False))
    ):
        return None, False
    thing, adverbs = _thing_taken(text, start, chain, verbs, after)
    if is_by_other(text[start:at]) or is_unreal(adverbs) or _is_condition(text, start, at, text[behind:end]):
        return thing, False
    if after.startswith("的"):
        if not _DONE_BEFORE.search(clause):
            return thing, False
        thing = _relative(text, behind + 1)
    begins = not text[start:at].strip("：，") or text[start:at].endswith("裁定：")
    return thing, is_done(text[start:at], tense, begins, verbs[0].kind)


def _thing_taken(
    text: str, start: int, chain: re.Match[str], verbs: list[Verb], after: str
) -> tuple[Span | None, str]:
    """The thing behind the verbs or before them, and the words of their clause that are not the thing."""
    at, behind = chain.start(), chain.end()
    settles = chain.group() in _SETTLEMENTS
    if not (
        settles
        or after.startswith("的")
        or _EVENT.match(after)
        or _FORM.match(after)
        or verbs[-1].verb in MOVES
    ) and (own := after_verb(text, behind)):
        if _FOLLOWING.match(text, own[0]) and text[own[1] : own[1] + 1] == "：":
            own = listed(text, own[1] + 1) or own
        return own, text[clause_start(text, start, at) : at]
    thing, adverbs = before_verb(text, start, at)
    return (settles and settled_thing(text, start, at)) or thing, adverbs


def _is_condition(text: str, start: int, at: int, rest: str) -> bool:
    """Whether the words before or behind the verb make of it a condition, or one more request."""
    clause = clause_start(text, start, at)
    before = text[clause_start(text, start, clause - 1) : clause] if clause > start else ""
    return is_threat(text[start:at], rest) or is_asked_before(text[clause : clause + 2], before)


def _relative(text: str, at: int) -> Span | None:
    """The noun that a clause with 的 leads to: 本院查封的|坐落于某路的房屋|是…."""
    span = after_verb(text, at)
    if span is None:
        return None
    cut = re.search(r"(?:与|是|系(?!统)|为|已|因|存在|进行|予以|现|的价值|被|不|经)", text[span[0] : span[1]])
    end = span[0] + cut.start() if cut else span[1]
    return (span[0], end) if end - span[0] >= 2 else None


def _lifted(
    parts: Parts, start: int, chain: re.Match[str], lift: re.Match[str] | None
) -> tuple[Span | None, bool]:
    """What a measure that is lifted concerns, and whether a court lifts or lifted it."""
    text = parts.plain.masked
    at = lift.start() if lift else chain.start()
    thing, adverbs = before_verb(text, start, at)
    if lift and (own := lifted_thing(text, lift.start("np"), lift.end("np"))):
        thing = own
    elif not (lift and thing) and not _LIFTED.match(text, chain.end()):
        thing = after_verb(text, chain.end()) or thing
    words = text[clause_start(text, start, at) : at] if lift else adverbs
    if is_unreal(adverbs if thing and thing[1] <= at else words) or _is_condition(text, start, at, ""):
        return thing, False
    return thing, is_done(text[start:at], tense_at(parts, at), begins=at == start)


def _draft(parts: Parts, start: int, verb: Verb, thing: Span | None) -> Draft:
    tense = tense_at(parts, verb.start)
    text = parts.plain.masked
    # 已冻结的存款 in an order is a measure of before.
    order = tense == "order" and not re.search(r"已(?:经|被)?$", text[verb.start - 3 : verb.start])
    return Draft(
        kind=verb.kind,
        action="续行" if verb.renews else "采取",
        start=verb.start,
        end=verb.end,
        thing=thing,
        ordered=parts.signed if order else ordered_on(text, start, verb.start, verb.kind in _SALES),
        rank=rank_of(verb.how + verb.verb, text[max(start, verb.start - 4) : verb.start], ""),
        ordering=order,
        by=_court(text, start, verb.start),
        registered=bool(_REGISTERED.match(text, verb.end)),
    )


def _court(text: str, start: int, at: int) -> str | None:
    """The court that the clause names last before the verb."""
    named = _COURT.findall(text, max(start, at - 60), at)
    return named[-1][-6:] if named else None


def tense_at(parts: Parts, at: int) -> Tense:
    """Whether an order, the account, the reasons or a party speaks at `at`."""
    label = parts.label(at)
    if label == "裁判主文":
        return "order"
    if parts.is_speech(at):
        return "speech"
    return "reasons" if label == "本院认为" else "account"
