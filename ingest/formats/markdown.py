"""Markdown, with what its front matter says about the document."""

import re
from collections.abc import Iterator, Mapping

from ingest.decoding import text_of
from ingest.formats import Format
from ingest.outline import FRONT_MATTER
from ingest.source import Content, Item, RawDocument
from legal.dates import find_dates

_SHORT_DATE = re.compile("([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_MAX_FRONT_MATTER = 2**16  # characters
_MAX_DEPTH = 20
_NAMES = {
    "title": ("title", "标题", "名称"),
    "kind": ("kind",),
    "document_type": ("document_type", "文书类型", "文书种类"),
    "case_number": ("case_number", "案号"),
    "court": ("court", "法院", "审理法院", "执行法院"),
    "cause_of_action": ("cause_of_action", "cause", "案由"),
    "judgment_date": ("judgment_date", "date", "日期", "裁判日期"),
    "issuing_body": ("issuing_body", "发布机关", "发文机关", "制定机关"),
    "adopted": ("adopted", "通过日期", "公布日期", "发布日期"),
    "effective": ("effective", "施行日期", "生效日期", "实施日期"),
}
_DATES = {"judgment_date", "adopted", "effective"}


def read(content: Content) -> Iterator[Item]:
    text = text_of(content)
    # A file that opens with a line across the page has no front matter, however far down another one is.
    matter = FRONT_MATTER.match(text[:_MAX_FRONT_MATTER])
    values = _values(matter[1]) if matter else {}
    left_out = () if values is not None else ("前言区（front matter）格式有误，未读取",)
    yield RawDocument(content.id, text, _fields(values or {}), left_out=left_out)


def _values(matter: str) -> Mapping[str, object] | None:
    """The names and values of a front matter, all values as they are written; None where it is none."""
    import yaml

    try:
        if not _is_plain(yaml.parse(matter, yaml.BaseLoader)):
            return None
        values = yaml.load(matter, yaml.BaseLoader)  # noqa: S506 - the one that builds nothing but text
    except (yaml.YAMLError, ValueError):
        return None
    return values if isinstance(values, dict) else ({} if not values else None)


def _is_plain(events: Iterator[object]) -> bool:
    """Whether nothing nests deep, which is slow, or is used again, which makes few lines grow without end."""
    import yaml

    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            return False
    return True


def _fields(values: Mapping[str, object]) -> dict[str, str]:
    fields = {}
    for field, names in _NAMES.items():
        written = next((values[name] for name in names if values.get(name)), None)
        value = written.strip() if isinstance(written, str) else ""
        if field in _DATES:
            dates = find_dates(_SHORT_DATE.sub(r"\1年\2月\3日", value))
            value = dates[0][0].isoformat() if dates else ""
        if value and (field != "kind" or value in ("policy", "precedent")):
            fields[field] = value
    return fields


FORMAT = Format("Markdown", (".md", ".markdown"), read)
