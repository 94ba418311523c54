"""From the text of a judicial document, or of a published case, to what it says: the parts put together."""

import re
from collections.abc import Iterator
from datetime import date

from ingest.judgments.applied import (
    applied_articles,
    applied_in_report,
    article_ids,
    citations_of,
    cited_cases,
)
from ingest.judgments.enforcement import enforcement_of
from ingest.judgments.head import (
    HEAD,
    cause_of,
    court_of,
    document_type_of,
    has_own_head,
    is_headed,
    own_number,
    title_of,
)
from ingest.judgments.narrated import named_people, reported_parties, titled_parties
from ingest.judgments.people import People, listed_people
from ingest.judgments.sections import sections_of
from ingest.judgments.signature import judgment_date_of, officers_of
from ingest.outline import Line, lines_of, unique_labels
from legal.causes import cause_in, official_cause
from legal.court import COURT
from legal.documents import JudicialDocument, Section

_CAUSE_WITHIN = 800  # code points
_NAMED_IN = 3000  # code points in which a notice or a report names those whom it concerns
_FACTS = re.compile("案情|案件事实|案例简介")
_RESULT = re.compile("裁判结果|处理结果|法院裁判|判决结果")
_DECIDED = re.compile(
    rf"(?P<court>{COURT.pattern})(?:赔偿委员会)?(?:于[^。；，]{{0,20}}[年月日][^。；，]{{0,6}}作出|作出|经审理|一审|二审|判决|裁定)"
)

is_judicial = is_headed


def parse_judicial(text: str, title: str | None = None) -> JudicialDocument:
    """The judicial document that `text` holds. `title` names it where the source does so outside the text."""
    document_type = document_type_of(text)
    sections = sections_of(text, document_type)
    spans = {section.label: (section.start, section.end) for section in sections}
    head_end = spans["首部"][1] if "首部" in spans else 0
    tail_start = spans["尾部"][0] if "尾部" in spans else len(text)
    number = own_number(text, head_end or HEAD)
    case_number = number.canonical if number else None
    court = court_of(text, document_type)
    headed = has_own_head(text)  # mere facts are not, and what they call 原告 or 执行 is not followed
    people = _people(text, head_end, spans) if headed else People()
    citations = citations_of(text)
    return JudicialDocument(
        title=title or title_of(text, court, document_type, case_number),
        document_type=document_type,
        case_number=case_number,
        procedure=number.procedure if number else None,
        court=court,
        cause_of_action=cause_of(text, title, tuple(party.name for party in people.parties)),
        judgment_date=judgment_date_of(text, tail_start),
        parties=people.parties,
        representatives=people.representatives,
        officers=officers_of(text, tail_start),
        cited_articles=article_ids(citations),
        applied_articles=applied_articles(text, sections, citations),
        cited_cases=cited_cases(text, case_number),
        enforcement=enforcement_of(text, sections, document_type, case_number) if headed else None,
        sections=sections,
        text=text,
    )


def parse_typical_case(
    text: str, path: str, document_type: str = "典型案例", published: date | None = None
) -> JudicialDocument:
    """A published typical case in Markdown: its headings (基本案情, 裁判要旨 …) are its sections.

    Its parties are those whom the title names; its court is the one that decided last.
    """
    heading = next((line for line in lines_of(text, 0) if line.level == 1), None)
    title = heading.text if heading else path.rsplit("/", 1)[-1]
    sections = tuple(unique_labels(_headed_sections(text)))
    parties = titled_parties(text, heading.start, heading.end) if heading else ()
    citations = citations_of(text)
    return JudicialDocument(
        title=title,
        document_type=document_type,
        court=_deciding_court(text, sections),
        cause_of_action=_cause_reported(text, title, sections, tuple(party.name for party in parties)),
        judgment_date=published,
        parties=reported_parties(text, parties),
        cited_articles=article_ids(citations),
        applied_articles=applied_in_report(text, sections, citations),
        cited_cases=cited_cases(text, None),
        enforcement=enforcement_of(text, sections, document_type, None),
        sections=sections,
        text=text,
    )


def _people(text: str, head_end: int, spans: dict[str, tuple[int, int]]) -> People:
    """Those of the list at the head; without one, those whom the sentences before the reasoning name."""
    listed = listed_people(text, head_end)
    if listed.parties:
        return listed
    before = min(
        (start for label, (start, _) in spans.items() if label in ("本院认为", "尾部")), default=len(text)
    )
    named = named_people(text, min(before, _NAMED_IN))
    return People(named.parties, listed.representatives or named.representatives)


def _headed_sections(text: str) -> Iterator[Section]:
    label, start, end = "引言", None, 0
    for line in (*lines_of(text, 0), Line("", 1, len(text), len(text))):
        if line.level and start is not None:
            yield Section(label, "", start, end)
            start = None
        if line.level:
            label = line.text
        elif line.text:
            start, end = (line.start if start is None else start), line.end


def _cause_reported(
    text: str, title: str, sections: tuple[Section, ...], names: tuple[str, ...]
) -> str | None:
    """The cause that the title names, else the official one with which the report of the facts begins."""
    facts = next((section for section in sections if _FACTS.search(section.label)), None)
    if (named := cause_in(title, names)) or facts is None:
        return named
    begun = cause_in(text[facts.start : min(facts.end, facts.start + _CAUSE_WITHIN)])
    return official_cause(begun) if begun else None


def _deciding_court(text: str, sections: tuple[Section, ...]) -> str | None:
    """The court of the last decision that the report of the result names."""
    result = next((section for section in sections if _RESULT.search(section.label)), None)
    if result is None:
        return None
    courts = [match["court"] for match in _DECIDED.finditer(text, result.start, result.end)]
    return courts[-1] if courts else None
