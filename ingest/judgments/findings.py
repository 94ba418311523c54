"""Where the facts begin that the court found, and what it tells of the enforcement itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.judgments import section_signs as signs
from ingest.judgments.sentences import Reading, Sentence

_TELL = ("执行裁定书", "限制消费令")  # forms in which the court tells what it did, without saying 查明


def findings(reading: Reading, start: int, end: int) -> list[Sentence]:
    """The sentences that begin the facts which this court found."""
    return [s for s in _own_findings(reading, start, end) if not signs.NO_FINDING.match(s.rest)]


def _own_findings(reading: Reading, start: int, end: int) -> Iterator[Sentence]:
    for sentence in reading.find(signs.FINDING, start, end):
        if signs.FINDER.search("".join(sentence.lead.split())):
            yield sentence
        elif within := signs.WITHIN.search(reading.text, sentence.start, sentence.at):
            yield replace(sentence, start=within.start("clause"), lead=within["clause"])


def before_finding(reading: Reading, said: Sentence, finding: Sentence) -> Sentence:
    """The facts as the court below found them, or the evidence that is heard, if they come first."""
    below = reading.find(signs.FINDING, said.at, finding.start)
    first = next((s for s in below if signs.COURT_BELOW.search(s.lead)), finding)
    words = [match.end() for match in signs.LAST_WORD.finditer(reading.text, said.at, first.start)]
    heard = reading.find(signs.HEARD, words[-1] if words else said.at, first.start)
    return next((s for s in heard if not s.lead and "公诉" not in s.sign), first)


def unmarked_finding(
    reading: Reading, process: Sentence | None, said: Sentence | None, end: int, document_type: str | None
) -> Sentence | None:
    """Findings without 查明: 执行中，本院查询, or the evidence that proves what was charged."""
    latest = said or process
    after = latest.at if latest else 0
    marked = [
        s
        for s in reading.find(signs.LATER_FINDING, process.at if process else 0, end)
        if not s.lead and (process is None or s.start > process.start)
    ]
    behind = [s for s in marked if s.start > after]
    found = next(iter(behind or marked), None)
    if not said:
        before = found.start if found else end
        if account := told(reading, process, before, document_type, marked=found is not None):
            return account
    evidence = (s for s in reading.find(signs.EVIDENCE, after, end) if not s.lead)
    proved = (s for s in evidence if signs.EVIDENCE_SAYS.search(s.rest) and "公诉机关" not in s.rest[:12])
    return found or next(proved, None)


def told(
    reading: Reading, process: Sentence | None, end: int, document_type: str | None, *, marked: bool
) -> Sentence | None:
    """What the court did and met with: the first sentence behind the procedure.

    Unless a later sentence is `marked` as findings, a new line is taken for it whatever it says, and a new
    line of an order restricting consumption always.
    """
    if process is None or document_type not in _TELL:
        return None
    text = reading.text
    for match in re.finditer(r"[^。\n]+", text[process.start : end]):
        said = match.group().strip()
        start = process.start + match.start() + (match.group().index(said) if said else 0)
        new_line = "\n" in text[process.start : start]
        if not said or start == process.start or said.startswith(("依照", "根据", "依据", "注：", "注:")):
            continue
        plain = not signs.PROCEDURAL.search(said)
        if new_line if document_type == "限制消费令" else plain or (new_line and not marked):
            return Sentence(text, start, "", start, "")
    return None
