"""What a source says of a document beside its text, such as the columns of a table, put in its place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.parse_policy import authority_level
from ingest.policy_dates import file_day
from legal.case_number import find_case_numbers
from legal.court import find_court
from legal.dates import find_dates
from legal.documents import JudicialDocument, PolicyText
from legal.known_texts import amended_together, known_text


def described_case(document: JudicialDocument, fields: Mapping[str, Any]) -> JudicialDocument:
    """The document with what `fields` says of it, where that can be understood."""
    numbers = find_case_numbers(_text(fields, "case_number") or "")
    return replace(
        document,
        case_number=numbers[0].canonical if numbers else document.case_number,
        court=find_court(_text(fields, "court") or "") or document.court,
        cause_of_action=_text(fields, "cause_of_action") or document.cause_of_action,
        document_type=_text(fields, "document_type") or document.document_type,
        judgment_date=_day(fields, "judgment_date") or document.judgment_date,
    )


def described_norm(document: PolicyText, fields: Mapping[str, Any], path: str) -> PolicyText:
    """The norm with what `fields` says of it; who issued it decides on its level.

    What the curated table knows of this version comes first, then the fields, then the text. Where all of
    these leave the day of effect unknown, the decision that amended several norms at once may tell it.
    """
    body = _text(fields, "issuing_body") or document.issuing_body
    level = authority_level(document.title, body, path) if _text(fields, "issuing_body") else None
    adopted = _day(fields, "adopted") or document.adopted
    effective = _day(fields, "effective") or document.effective
    known = known_text(document.law, (adopted, file_day(path)))
    effective = (known.effective if known else None) or effective
    return replace(
        document,
        issuing_body=body,
        authority_level=level or document.authority_level,
        document_number=(known.document_number if known else None) or document.document_number,
        adopted=(known.adopted if known else None) or adopted,
        effective=effective or amended_together(_amending(document), (adopted, file_day(path))),
    )


def _amending(document: PolicyText) -> str | None:
    """The body whose decisions amend such a norm."""
    if document.authority_level == "行政法规":
        return "国务院"
    return "最高人民法院" if document.title.startswith("最高人民法院") else None


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _day(fields: Mapping[str, Any], name: str) -> date | None:
    found = find_dates(_text(fields, name) or "")
    return found[0][0] if found else None
