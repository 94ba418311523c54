"""The parts of a document of enforcement that its measures and outcome are read from."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from ingest.judgments.plain import Plain
from ingest.judgments.signature import judgment_date_of
from legal.documents import Section

_ORDER = re.compile(
    r"(?:裁定|决定|判决|命令|协助执行(?:下列|以下)?事项)(?:内容)?如下：?|请协助执行以下事项：?"
)
# What a fine or a detention begins with that has no such words: 本院决定：对张某….
_DECISION = re.compile(r"(?:本院|现|特|兹)决定(?:对你|：|(?=对|将|提前|解除))")
_TAIL = re.compile(
    r"(?:如|若)?不服本(?:裁定|判决|决定|通知)|(?:申请人|被申请人|当事人|案外人|异议人)[^。；\n]{0,24}不服本(?:裁定|判决|决定)|"
    r"如(?:认为本|对本)|本(?:裁定|判决|决定)书?(?:自)?(?:送达|作出|为终审|立即|一经|即日|自)[^。]{0,20}(?:生效|效力|执行|裁定|判决)|"
    r"审判长[：:]?[一-鿿]|(?:代理)?审判员[：:]?[一-鿿]|执行员[：:]?[一-鿿]"
)
_SPEECH = ("诉称", "辩称")
# Headings of published cases under which nothing is told.
_ABSTRACT = frozenset({"关键词", "裁判要点", "裁判要旨", "裁判摘要", "相关法条", "相关规定", "关联索引"})
# In these nothing is ordered that is a measure or an outcome, whatever words introduce their points.
_NO_ORDER = re.compile(r"调查令|悬赏|协议|公告|^执行通知书")


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the orders stand (None where they are not told), the date of the document, and its sections.

    All offsets are those of `Plain.text`.
    """

    plain: Plain
    order: tuple[int, int] | None
    signed: date | None
    document_type: str
    own_type: str
    starts: tuple[int, ...]
    labels: tuple[str, ...]

    def label(self, at: int) -> str:
        """The label of the section that holds `at`; 裁判主文 for all of the orders."""
        if self.order and self.order[0] <= at < self.order[1]:
            return "裁判主文"
        found = bisect_right(self.starts, at)
        label = self.labels[found - 1] if found else ""
        return "" if label == "裁判主文" else label

    def is_speech(self, at: int) -> bool:
        """Whether a party says what stands at `at`."""
        return self.label(at) in _SPEECH

    def is_outside(self, at: int) -> bool:
        """Whether `at` lies before the account of the case, behind the orders, or where law is summed up."""
        label = self.label(at)
        return label == "尾部" or label in _ABSTRACT or (label == "首部" and len(self.labels) > 2)


def parts_of(
    plain: Plain, sections: tuple[Section, ...], document_type: str | None, case_number: str | None
) -> Parts:
    """The parts of a document; `sections` have offsets of the source and may be empty."""
    starts = tuple(plain.forward(section.start) for section in sections)
    # Where sections are known, only the end part is signed: a date in a report is none of a signature.
    unsigned = len(plain.source) if sections else 0
    tail = next((section.start for section in sections if section.label == "尾部"), unsigned)
    own = re.search(r"[一-鿿]+(?=[0-9]+(?:-[0-9]+)?号)", case_number or "")
    own_type = own.group() if own else ""
    return Parts(
        plain=plain,
        order=_order(plain, sections, document_type or "", own_type),
        signed=judgment_date_of(plain.source, tail),
        document_type=document_type or "",
        own_type=own_type,
        starts=starts,
        labels=tuple(section.label for section in sections),
    )


def _order(
    plain: Plain, sections: tuple[Section, ...], document_type: str, own_type: str
) -> tuple[int, int] | None:
    """The orders themselves, from behind 裁定如下 to the remedy clause or the signatures."""
    text = plain.text
    if _NO_ORDER.search(document_type):
        return None
    begin = end = None
    for section in sections:
        if section.label == "裁判主文":
            begin, end = plain.forward(section.start), plain.forward(section.end)
    if begin is None:
        words = [match.end() for match in _ORDER.finditer(text)]
        if not words and "司惩" in own_type:
            words = [match.start() for match in _DECISION.finditer(text)]
        if not words:
            return None
        begin = words[-1]
    elif lead := _ORDER.match(text, begin):
        begin = lead.end()
    if end is None:
        tail = _TAIL.search(text, begin)
        end = tail.start() if tail else len(text)
    return begin, end
