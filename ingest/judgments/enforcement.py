"""What a document of enforcement says: its basis, the sums, the measures and the outcome."""

import re

from ingest.judgments.basis import find_bases
from ingest.judgments.claims import find_sums
from ingest.judgments.enforcement_parts import parts_of
from ingest.judgments.measures import find_measures
from ingest.judgments.outcomes import find_outcomes
from ingest.judgments.plain import plain
from legal.documents import Section
from legal.enforcement import Enforcement

_TYPES = re.compile(r"执行|限制消费|悬赏|搜查令|失信|拘留决定|罚款决定|限制出境|结案通知")
_NUMBERS = re.compile(r"执|财保|行审|司惩")
_PEOPLE = re.compile(r"被执行人|申请执行人|执行裁定|执行异议|执行复议")


def enforcement_of(
    text: str, sections: tuple[Section, ...], document_type: str | None, case_number: str | None
) -> Enforcement | None:
    """What `text` says of enforcement; None for a document that is not about it.

    About enforcement are documents with a number or type of enforcement (执异, 财保; 限制消费令), fines and
    detention by a court (司惩), suits of objection to it (执行异议之诉), and reports without a number that
    speak of the parties of enforcement.
    Offsets are code points of `text`; sums are in fen.
    """
    if not _is_about(text, document_type, case_number):
        return None
    parts = parts_of(plain(text), sections, document_type, case_number)
    measures = find_measures(parts)
    claimed, received = find_sums(parts)
    return Enforcement(
        bases=find_bases(parts),
        claimed=claimed,
        received=received,
        measures=measures,
        outcomes=find_outcomes(parts, measures),
    )


def _is_about(text: str, document_type: str | None, case_number: str | None) -> bool:
    if _TYPES.search(document_type or "") or _NUMBERS.search(case_number or ""):
        return True
    if case_number:
        return "执行异议之诉" in text[:3000]
    return len(_PEOPLE.findall(text)) > 1
