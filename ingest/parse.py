"""Which kind of document a text is, and its parsing as that."""

import re
from dataclasses import replace

from ingest.described import described_case, described_norm
from ingest.outline import lines_of
from ingest.parse_judicial import is_judicial, parse_judicial, parse_typical_case
from ingest.parse_policy import INFO_END, is_policy, parse_policy
from ingest.source import RawDocument
from legal.dates import find_dates
from legal.documents import Document
from legal.errors import UnreadableFileError

_CASE_HEADING = re.compile(
    r"^[ \t　\ufeff]*#{1,6}[ \t　]+"
    r"(?:基本案情|简要案情|案情回顾|裁判要[点旨]|裁判结果|裁判理由|法院裁判|处理结果|典型意义)\s*$",
    re.MULTILINE,
)


def parse(raw: RawDocument) -> Document:
    """The document that a text holds. Raises UnreadableFileError for a text that is none that we know."""
    fields = raw.fields
    if "facts_of" in fields:
        cause = str(fields["facts_of"])
        facts = parse_judicial(raw.text, title=cause)
        # Numbers, courts and dates that facts name are those of other documents.
        facts = replace(facts, document_type=None, case_number=None, court=None, judgment_date=None)
        return replace(facts, cause_of_action=cause)
    if _CASE_HEADING.search(raw.text):
        published = find_dates(str(fields.get("judgment_date", "")))
        return parse_typical_case(
            raw.text,
            raw.id,
            document_type=str(fields.get("document_type", "典型案例")),
            published=published[0][0] if published else None,
        )
    if _kind(raw) == "precedent":
        return described_case(parse_judicial(raw.text, title=fields.get("title")), fields)
    if not any(line.text and line.level == 0 for line in lines_of(raw.text, 0)):
        raise UnreadableFileError("只有标题，没有正文。")
    return described_norm(parse_policy(raw.text, raw.id, fields.get("title")), fields, raw.id)


def _kind(raw: RawDocument) -> str:
    """What the source says, else what the text looks like. Raises UnreadableFileError for neither.

    A norm may name courts and forms of documents in its head, and a ruling may quote articles at its end.
    """
    if raw.fields.get("kind") in ("policy", "precedent"):
        return str(raw.fields["kind"])
    if INFO_END not in raw.text and (is_judicial(raw.text) or "case_number" in raw.fields):
        return "precedent"
    if is_policy(raw.text) or "issuing_body" in raw.fields or raw.id.lower().endswith(".md"):
        return "policy"
    raise UnreadableFileError("看不出是裁判文书（没有法院名称和案号）还是法规政策（没有条文编号），未收录。")
