"""A case as the search for similar ones sees it: its facts, its dispute, and what the court made of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from legal.documents import JudicialDocument, Section
from search.passage import StoredDocument
from search.similar_outcome import outcomes_in

Role = Literal["facts", "dispute", "order"]

_FACTS = re.compile("查明|案情|案件事实|案例简介")
_DISPUTE = re.compile("诉称|辩称|争议|焦点|本院认为|裁判理由|裁判要[点旨]|法院认为")
_ORDER = re.compile("裁判主文|裁判结果|处理结果|判决结果")
_NEITHER = re.compile("首部|尾部|关键词|相关法条|典型意义")
_CHARGED = re.compile("检察院|公诉机关|公诉人|指控")
_CHARGED_WITHIN = 60  # code points in which a charge names who brings it


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What can be compared of a case; what is unknown is None or empty.

    `id` and `group` are those of the index, None for a document that was given from outside. `articles` are
    the ids law#article that the court applies, `outcomes` what it decides, `related` the canonical numbers of
    the cases that the text names.
    """

    id: str | None = None
    group: str | None = None
    title: str = ""
    court: str | None = None
    case_number: str | None = None
    cause: str | None = None
    day: date | None = None
    facts: str = ""
    dispute: str = ""
    articles: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    text: str = ""


def case_of(document: JudicialDocument) -> Case:
    """The case of a document that is not taken from the index."""
    said = document.enforcement.outcomes if document.enforcement else ()
    text, sections = document.text, document.sections
    return Case(
        title=document.title,
        court=document.court,
        case_number=document.case_number,
        cause=document.cause_of_action,
        day=document.judgment_date,
        facts=_facts(text, sections),
        dispute=part_of(text, sections, "dispute"),
        articles=document.applied_articles,
        outcomes=_outcomes([outcome.kind for outcome in said], part_of(text, sections, "order")),
        related=document.cited_cases,
        text=text,
    )


def stored_case(document: StoredDocument) -> Case:
    """The case of a document of the index."""
    meta = document.meta
    said: Mapping[str, Any] = meta.get("enforcement") or {}
    text, sections = document.text, document.sections
    return Case(
        id=document.id,
        group=meta.get("group"),
        title=document.title,
        court=meta.get("court"),
        case_number=meta.get("case_number"),
        cause=meta.get("cause_of_action"),
        day=date.fromisoformat(meta["judgment_date"]) if "judgment_date" in meta else None,
        facts=_facts(text, sections),
        dispute=part_of(text, sections, "dispute"),
        articles=tuple(meta.get("applied_articles", ())),
        outcomes=_outcomes(
            [outcome["kind"] for outcome in said.get("outcomes", ())], part_of(text, sections, "order")
        ),
        related=tuple(meta.get("cited_cases", ())),
        text=text,
    )


def roles_of(text: str, sections: tuple[Section, ...]) -> dict[str, Role]:
    """What each section of a document is for, by its label; a section for none of these is left out.

    What the prosecution charges are facts, what a party claims is dispute. Where no section tells the facts,
    they are all that is neither dispute nor order nor head.
    """
    roles: dict[str, Role] = {}
    rest = []
    for section in sections:
        label = section.label
        if _ORDER.search(label):
            roles[label] = "order"
        elif _FACTS.search(label) or _is_charge(section, text):
            roles[label] = "facts"
        elif _DISPUTE.search(label):
            roles[label] = "dispute"
        elif not _NEITHER.search(label):
            rest.append(label)
    if "facts" not in roles.values():
        roles |= dict.fromkeys(rest, "facts")
    return roles


def part_of(text: str, sections: tuple[Section, ...], role: Role) -> str:
    """The text of all sections with a role."""
    roles = roles_of(text, sections)
    return "\n".join(text[s.start : s.end] for s in sections if roles.get(s.label) == role)


def same_case(one: str | None, other: str | None) -> bool:
    """Whether two numbers are of one case, whose further documents are numbered 之一, 之二."""
    return bool(one and other) and str(one).partition("号")[0] == str(other).partition("号")[0]


def _is_charge(section: Section, text: str) -> bool:
    begun = text[section.start : min(section.end, section.start + _CHARGED_WITHIN)]
    return section.label == "诉称" and bool(_CHARGED.search(begun))


def _facts(text: str, sections: tuple[Section, ...]) -> str:
    """The facts; of a text in which no part is known the whole of it."""
    known = roles_of(text, sections).values()
    return part_of(text, sections, "facts") if known else text


def _outcomes(said: list[str], order: str) -> tuple[str, ...]:
    """What the reading of enforcement found, else what the order says."""
    return tuple(dict.fromkeys(said)) or outcomes_in(order)
