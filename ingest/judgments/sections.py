"""Cutting a judicial document into its parts by the words with which courts begin them.

The sure signs come first: 本院认为 and 裁定如下. What lies before them is cut by the sentences that begin
a part. Texts of research data come on one line, where a space stands for a line break.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.judgments import section_signs as signs
from ingest.judgments.findings import before_finding, findings, told, unmarked_finding
from ingest.judgments.sentences import Reading, Sentence
from ingest.judgments.signature import signature_start
from ingest.judgments.wrapped import unwrapped
from legal.documents import Section


def sections_of(text: str, document_type: str | None = None) -> tuple[Section, ...]:
    """The sections in the order of the text: they cover it, do not overlap, and each label stands once.

    `document_type` tells where the order begins in a form without 裁定如下 (限制消费令, 律师调查令).
    """
    reading = Reading(unwrapped(text))
    starts = _late(reading, document_type)
    first = min(starts.values(), default=len(text))
    starts |= _early(reading, first, document_type)
    return tuple(_cut(text, starts))


def _late(reading: Reading, document_type: str | None) -> dict[str, int]:
    """Where 本院认为, 裁判主文 and 尾部 begin."""
    reasoning, operative = _reasoning_and_operative(reading)
    if operative is None:
        operative = _order(reading, document_type, reasoning or 0)
    starts = {"本院认为": reasoning, "裁判主文": operative}
    found = {label: at for label, at in starts.items() if at is not None}
    agreement = bool(document_type and "协议" in document_type)
    tail = _tail(reading, max(found.values(), default=0), agreement)
    return found | ({"尾部": tail} if tail else {})


def _reasoning_and_operative(reading: Reading) -> tuple[int | None, int | None]:
    """The reasoning of this court, not of one that it quotes, and the first order behind it."""
    end = len(reading.text)
    orders = [match.start() for match in signs.OPERATIVE.finditer(reading.text)]
    opinions = list(reading.find(signs.REASONING, 0, orders[-1] if orders else end))
    opinions = list(_before_signature(reading, opinions, orders))
    # 本院认为 at the beginning of a sentence is the part; 关于其意见，本院认为 only where there is no other.
    chosen = [found for found in opinions if not found.lead] or opinions
    if not chosen:
        return None, orders[0] if orders else None
    last = chosen[-1].at
    operative = next((at for at in orders if at > last), None)
    if operative is None:
        bare = signs.BARE_OPERATIVE.search(reading.text, last)
        operative = bare.start() if bare and bare.start() - last < 8000 else None
    return _first_opinion(reading, chosen), operative


def _before_signature(reading: Reading, opinions: list[Sentence], orders: list[int]) -> Iterator[Sentence]:
    """Without opinions in what is annexed behind the signatures."""
    first = next((at for at in orders if opinions and at > opinions[0].at), None)
    signed = signature_start(reading.text, first) if first is not None else None
    return (opinion for opinion in opinions if signed is None or opinion.at < signed)


def _first_opinion(reading: Reading, opinions: list[Sentence]) -> int:
    """The first, unless findings follow on it: then it only weighed the evidence before them."""
    for opinion, following in pairwise(opinions):
        between = findings(reading, opinion.at, following.at)
        if not between or any(findings(reading, 0, opinion.at)):
            return opinion.start
    return opinions[-1].start if len(opinions) > 1 else opinions[0].start


def _order(reading: Reading, document_type: str | None, after: int) -> int | None:
    """Where the order begins in a form that has no 裁定如下: at a clause, not in the head."""
    form = next((form for form in signs.ORDERS if document_type and document_type.endswith(form)), None)
    if form is None or document_type is None:
        return None
    body = max(0, reading.text.find(document_type, 0, 300)) + len(document_type)
    for match in signs.ORDERS[form].finditer(reading.text, max(after, body)):
        if form == "调解书":
            return reading.begin(match.start())
        if form == "协议" or reading.text[match.start() - 1] in "，,。；;、：: \n":
            return match.start()
    return None


def _tail(reading: Reading, after: int, agreement: bool) -> int | None:
    """Where the remedy clause or the first signature begins behind `after`."""
    signed = signature_start(reading.text, after, agreement)
    remedy = None
    if after:
        end = signed if signed is not None else len(reading.text)
        found = (s for s in reading.find(signs.REMEDY, after, end) if _is_remedy(s))
        remedy = next((sentence.start for sentence in found if sentence.start > after), None)
    return next((at for at in (remedy, signed) if at), None)


def _is_remedy(sentence: Sentence) -> bool:
    if sentence.sign.startswith("本"):
        said = sentence.sign + sentence.rest.split("。")[0]
        return not sentence.lead and bool(signs.EFFECT.search(said))
    return len(sentence.lead) <= 24 and "可" in sentence.lead + sentence.sign + sentence.rest


def _early(reading: Reading, end: int, document_type: str | None) -> dict[str, int]:
    """Where 审理经过, 诉称, 辩称 and 查明 begin before `end`."""
    process = _process(reading, end)
    after = process.at if process else 0
    claim = next(_claims(reading, after, end), None)
    finding = _marked_finding(reading, process, claim, end)
    last = finding.start if finding and (claim is None or finding.start > claim.start) else end
    answer = next(_answers(reading, claim, after, last), None)
    said = answer or claim
    if finding is None:
        finding = unmarked_finding(reading, process, said, end, document_type)
        if finding and answer and answer.start >= finding.start:
            answer = None
    elif said:
        finding = before_finding(reading, said, finding)
    else:
        finding = told(reading, process, finding.start, document_type, marked=True) or finding
    found = {"审理经过": process, "诉称": claim, "辩称": answer, "查明": finding}
    return {label: sentence.start for label, sentence in found.items() if sentence}


def _marked_finding(
    reading: Reading, process: Sentence | None, claim: Sentence | None, end: int
) -> Sentence | None:
    """The first sentence with 查明, behind the claims if there is one."""
    found = findings(reading, process.at if process else 0, end)
    if process:
        found = [finding for finding in found if finding.start > process.start]
    behind = (finding for finding in found if claim is None or finding.start > claim.start)
    return next(behind, found[0] if found else None)


def _process(reading: Reading, end: int) -> Sentence | None:
    """The sentence that says how the case came; on many lines at the latest the first behind the parties."""
    line = _first_line(reading.text, end)
    for sentence in reading.find(signs.PROCESS, 0, min(end, 8000)):
        whole = reading.text[sentence.start : sentence.at] + sentence.sign + sentence.rest
        if signs.HEAD_LINE.match(whole) or signs.TITLE_END.search(
            whole[: len(whole) - len(sentence.rest) + 24]
        ):
            continue
        if line is not None and line.start < sentence.start:
            break
        return sentence if not signs.CHARGED.match(whole) or re.search("提起公诉|一案", whole) else None
    return line


def _first_line(text: str, end: int) -> Sentence | None:
    """The first line behind court, number and parties, in a text of many lines that begins so."""
    if "\n" not in text.strip():
        return None
    head = False
    for match in re.finditer(r"[^\n]+", text[:end]):
        line = match.group().strip()
        if not line:
            continue
        listed = signs.HEAD_LINE.match(line) or signs.ADDRESSEES.match(line)
        if not listed and (len(line) > 40 or "。" in line):
            start = match.start() + match.group().index(line)
            return Sentence(text, start, "", start, "") if head else None
        head = True
    return None


def _claims(reading: Reading, start: int, end: int) -> Iterator[Sentence]:
    for found in reading.find(signs.CLAIM, start, end):
        lead = found.lead
        if found.sign == "指控":
            said = re.search("(?:公诉机关|检察院|检察机关|公诉人)[^，,以]{0,8}$", lead)
            if said and "以" not in lead and not re.search("^并经|一案|提起公诉", found.rest[:200]):
                yield found
        elif found.sign[0] == "称" and (len(lead) > 40 or signs.NO_SPEAKER.search(lead)):
            continue
        elif lead and len(lead) <= 60 and not signs.NO_CLAIMANT.search(lead):
            yield found


def _answers(reading: Reading, claim: Sentence | None, start: int, end: int) -> Iterator[Sentence]:
    after = claim.at + 1 if claim else start
    confessions = reading.find(signs.CONFESSION, after, end) if claim else ()
    found = sorted((*reading.find(signs.ANSWER, after, end), *confessions), key=lambda sentence: sentence.at)
    for sentence in found:
        lead = sentence.lead
        if signs.NO_ANSWER.search(lead) or (claim and sentence.start <= claim.start) or len(lead) > 80:
            continue
        if sentence.sign[0] == "称":
            # 附带民事诉讼原告人诉称 behind the prosecution is a further claim.
            answered = claim and lead and not lead.endswith("诉") and not signs.NO_SPEAKER.search(lead)
            if claim and answered and _other(lead, claim):
                yield sentence
        elif not signs.PROVED.search(sentence.rest[:60]):
            yield sentence


def _other(lead: str, claim: Sentence) -> bool:
    """Whether another than the claimant speaks."""
    claimant = claim.lead
    return not (lead in claimant or claimant in lead or lead[:3] == claimant[:3])


def _cut(text: str, starts: dict[str, int]) -> Iterator[Section]:
    ordered = sorted((at, label) for label, at in starts.items())
    if not ordered or text[: ordered[0][0]].strip():
        ordered = [(0, "首部"), *ordered]
    ends = [at for at, _ in ordered[1:]] + [len(text)]
    for (start, label), end in zip(ordered, ends, strict=True):
        stretch = text[start:end]
        if stretch.strip():
            lead = len(stretch) - len(stretch.lstrip())
            yield Section(label, "", start + lead, start + len(stretch.rstrip()))
