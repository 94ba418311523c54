"""What is compared of a labelled document: items, from a person's labels and from what ingest understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evaluation.labelled_documents import FACTS, Label, LabelledDocument
from legal.documents import JudicialDocument

_SECTION_OVERLAP = 0.9  # of a section, share of the code points that both have
_PROPERTY_OVERLAP = 0.5
_BLANK = re.compile(r"\s")
_POINTER = re.compile("该|此|同一|[上前][述列]|涉案|案涉")  # 该房屋, 上述存款: a thing that was named before


@dataclass(frozen=True, slots=True)
class Item:
    """Something labelled or found; `attributes` of two that are the same are compared one by one.

    Two are the same where `kind` and `key` are equal; sections where their `span` is nearly the same,
    measures where they concern one thing: the same place in the text, or a `thing` in fewer or more words.
    """

    kind: str
    key: tuple[str | None, ...]
    shown: str
    span: tuple[int, int] | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    thing: str = ""


def labelled_in(document: LabelledDocument) -> list[Item]:
    """The items that a person found in the document."""
    text = document.document.text
    facts = [Item(name, (value,), value) for name in FACTS if (value := document.facts.get(name)) is not None]
    return facts + [_labelled(label, text) for label in document.labels]


def found_in(document: JudicialDocument) -> list[Item]:
    """The items that ingest found. Sections of published cases are headings, which are not compared."""
    return [
        *_facts(document),
        *_sections(document),
        *_people(document),
        *_references(document),
        *_measures(document),
    ]


def pairs(expected: list[Item], found: list[Item]) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """The items that are the same, those missed, and those invented; each counts once."""
    same, missed, left = [], [], list(found)
    for wanted in expected:
        fitting = [
            (_overlap(wanted, item), number) for number, item in enumerate(left) if _fits(wanted, item)
        ]
        if fitting:
            same.append((wanted, left.pop(max(fitting, key=lambda fit: (fit[0], -fit[1]))[1])))
        else:
            missed.append(wanted)
    return same, missed, left


def _labelled(label: Label, text: str) -> Item:
    values, words = label.values, _BLANK.sub("", text[label.start : label.end])
    span = (label.start, label.end)
    match label.kind:
        case "section":
            return Item("section", (values["label"],), f"{values['label']} {span}", span)
        case "party" | "officer":
            return Item(label.kind, (values["role"], words), f"{values['role']} {words}")
        case "representative":
            key = (values["role"], words, values["firm"], values["of"])
            return Item("representative", key, " ".join(part or "-" for part in key))
        case "applied":
            return Item("applied", (values["article"],), values["article"])
        case "cited_case":
            return Item("cited_case", (values["number"],), values["number"])
        case "basis":
            return Item(
                "basis",
                (values["number"], values["instrument"]),
                f"{values['number']} {values['instrument']}",
            )
        case "claimed" | "received":
            return Item(label.kind, (str(values["fen"]),), words)
        case "outcome":
            return Item("outcome", (values["outcome"],), f"{values['outcome']}（{words}）")
    return _measure(values | {"kind": values["measure"]}, text)


def _facts(document: JudicialDocument) -> Iterator[Item]:
    for name in FACTS:
        value = getattr(document, name)
        if value is not None:
            yield Item(name, (str(value),), str(value))


def _sections(document: JudicialDocument) -> Iterator[Item]:
    if document.text.lstrip().startswith("#"):
        return
    for section in document.sections:
        span = (section.start, section.end)
        yield Item("section", (section.label,), f"{section.label} {span}", span)


def _people(document: JudicialDocument) -> Iterator[Item]:
    for party in document.parties:
        yield Item("party", (party.role, party.name), f"{party.role} {party.name}")
    for acting in document.representatives:
        key = (acting.role, acting.name, acting.firm, acting.of)
        yield Item("representative", key, " ".join(part or "-" for part in key))
    for officer in document.officers:
        yield Item("officer", (officer.role, officer.name), f"{officer.role} {officer.name}")


def _references(document: JudicialDocument) -> Iterator[Item]:
    for article in document.applied_articles:
        yield Item("applied", (article,), article)
    for number in document.cited_cases:
        yield Item("cited_case", (number,), number)


def _measures(document: JudicialDocument) -> Iterator[Item]:
    enforcement, text = document.enforcement, document.text
    if enforcement is None:
        return
    for basis in enforcement.bases:
        yield Item("basis", (basis.number, basis.kind), f"{basis.number} {basis.kind}")
    for kind, amount in (("claimed", enforcement.claimed), ("received", enforcement.received)):
        if amount:
            yield Item(kind, (str(amount.fen),), text[amount.start : amount.end])
    for measure in enforcement.measures:
        held = measure.property
        yield _measure(
            {
                "kind": measure.kind,
                "action": measure.action,
                "property": (held.start, held.end) if held else None,
                "ordered": _day(measure.ordered),
                "begins": _day(measure.begins),
                "ends": _day(measure.ends),
                "months": measure.months,
                "rank": measure.rank,
            },
            text,
        )
    for outcome in enforcement.outcomes:
        yield Item("outcome", (outcome.kind,), f"{outcome.kind}（{text[outcome.start : outcome.end]}）")


def _measure(values: dict[str, Any], text: str) -> Item:
    span = tuple(values["property"]) if values["property"] else None
    held = _BLANK.sub("", text[span[0] : span[1]]) if span else ""
    shown = f"{values['action']}{values['kind']} {held or '-'}"
    attributes = {name: values[name] for name in ("ordered", "begins", "ends", "months", "rank")}
    return Item("measure", (values["kind"], values["action"]), shown, span, attributes, held)


def _fits(wanted: Item, item: Item) -> bool:
    if wanted.key != item.key:
        return False
    if wanted.kind == "section":
        return _overlap(wanted, item) >= _SECTION_OVERLAP
    return _overlap(wanted, item) >= _PROPERTY_OVERLAP or _same_thing(wanted.thing, item.thing)


def _same_thing(one: str, other: str) -> bool:
    """Whether the words may name one thing: one of them points back or is missing, or has fewer words."""
    if _POINTER.match(one) or _POINTER.match(other):
        return True
    shorter, longer = sorted((one, other), key=len)
    letters = iter(longer)
    return all(letter in letters for letter in shorter)


def _overlap(one: Item, other: Item) -> float:
    """Code points that both spans have, by those that either has; 0 without spans."""
    if one.span is None or other.span is None:
        return 0.0
    both = min(one.span[1], other.span[1]) - max(one.span[0], other.span[0])
    either = max(one.span[1], other.span[1]) - min(one.span[0], other.span[0])
    return max(0, both) / either


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
