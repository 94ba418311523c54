"""From a record to a document: field maps say which field of a record is what (see field_maps.toml)."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ingest.source import Problem, RawDocument, Record
from legal.dates import find_dates
from legal.errors import InputError

_READY_MADE = Path(__file__).with_name("field_maps.toml")
_DATES = ("judgment_date", "adopted", "effective")
_FIELDS = ("title", "document_type", "case_number", "court", "cause_of_action", "issuing_body", *_DATES)
_PATHS = ("text", "id", "charges", "lead", *_FIELDS)
_KEYS = ("when", "parts", "rows", "facts", "fixed", *_PATHS)
_KINDS = ("precedent", "policy")
_OWN_IDS = ("id", "text_id", "doc_id")
_CHINA = timezone(timedelta(hours=8))
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text in Markdown: its heading, its field, and what stands between items of a list."""

    heading: str
    field: str
    join: str = "\n"


@dataclass(frozen=True, slots=True)
class FieldMap:
    """How to know a kind of record and what its fields are. `paths` has the fields for text, id, title …

    All fields are paths with dots; of several for one thing, the first that holds something is taken.
    """

    name: str
    when: tuple[tuple[str, ...], ...] = ()
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    rows: bool = False
    facts: bool = False
    fixed: Mapping[str, str] = field(default_factory=dict)


def document_of(record: Record, maps: Sequence[FieldMap]) -> RawDocument | Problem:
    """The document that the first map that knows the record makes of it."""
    for field_map in maps:
        values = record.values
        if not all(any(_holds(values, path) for path in paths) for paths in field_map.when):
            continue
        fields = _fields(values, field_map)
        text = _text(values, field_map, fields.get("title", ""))
        if text.strip() and not (field_map.facts and not fields.get("facts_of")):
            return RawDocument(_id(record, field_map), text, fields)
    names = "、".join(str(name) for name in list(record.values)[:12]) or "无"
    return Problem(
        record.where,
        f"没有能当作正文的字段（如 text、content、fd、全文），未收录；现有字段：{names}。"
        "请用 --field-map 文件说明哪个字段是正文。",
    )


def own_id(values: Mapping[str, Any]) -> str | None:
    """The id that a record of any kind has by a field of that name."""
    return next((found for name in _OWN_IDS if (found := _scalar(values.get(name)).strip())), None)


@cache
def ready_made() -> tuple[FieldMap, ...]:
    """The maps that come with Lvzhi."""
    return read_field_maps(_READY_MADE)


@cache
def known_fields() -> frozenset[str]:
    """The names of fields that the ready-made maps know, by which the header of a table is found."""
    paths = {path for field_map in ready_made() for paths in field_map.paths.values() for path in paths}
    keys = {path for field_map in ready_made() for paths in field_map.when for path in paths}
    return frozenset(name for name in paths | keys if "." not in name)


def read_field_maps(path: Path) -> tuple[FieldMap, ...]:
    """The maps in a TOML file. Raises InputError that names the file, the map and the key."""
    try:
        tables = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"打不开字段映射文件 {path}。请核对路径和权限。") from error
    except (ValueError, RecursionError) as error:  # also for what is not UTF-8
        line = re.search(r"at line (\d+)", str(error))
        where = f"第 {line[1]} 行起" if line else ""
        raise InputError(
            f"字段映射文件 {path} {where}不是正确的 TOML，或编码不是 UTF-8。"
            '名称和键含中文的要加引号，如 ["我的案例"]。请改正后重试。'
        ) from error
    if not tables:
        raise InputError(f'字段映射文件 {path} 是空的。请至少写一个映射，如 ["我的案例"] 和 text = "全文"。')
    try:
        return tuple(_field_map(name, table) for name, table in tables.items())
    except ValueError as error:
        raise InputError(f"字段映射文件 {path} 有误：{error}") from error


def plain_number(value: float) -> str:
    """A number without exponent and ".0", and with no more digits than it has: 6.2e18 is a bank card."""
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def iso_date(value: Any) -> str | None:
    """A date as ISO text: from text, 20181126, or seconds or milliseconds since 1970; None for no date."""
    text = _scalar(value).strip()
    try:
        if re.fullmatch(r"-?\d{9,10}|-?\d{12,13}", text):
            seconds = int(text) / (1000 if len(text.lstrip("-")) > 10 else 1)
            day = (datetime(1970, 1, 1, tzinfo=_CHINA) + timedelta(hours=8, seconds=seconds)).date()
        elif match := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?", text):
            day = date(*map(int, match.groups()))
        elif re.fullmatch(r"\d{8}|\d{4}-\d\d-\d\dT.*", text):
            moment = datetime.fromisoformat(text)
            day = (moment.astimezone(_CHINA) if moment.tzinfo else moment).date()
        else:
            day = next(iter(find_dates(text)))[0]
    except (ValueError, OverflowError, StopIteration):
        return None
    return day.isoformat() if day.year in _YEARS else None


def _field_map(name: str, table: Any) -> FieldMap:
    """The map in a table of TOML. Raises ValueError with what is wrong."""
    if not isinstance(table, dict):
        raise ValueError(f'{name} 不在任何映射里。每个映射以方括号里的名称开头，如 ["我的案例"]。')
    for key in table:
        if key not in _KEYS:
            raise ValueError(f"[{name}] 的 {key} 不是可用的键。可用：{'、'.join(_KEYS)}。")
    for key in ("rows", "facts"):
        if not isinstance(table.get(key, False), bool):
            raise ValueError(f"[{name}] 的 {key} 应为 true 或 false。")
    if sum(bool(table.get(key)) for key in ("text", "parts", "rows")) != 1:
        raise ValueError(f"[{name}] 应有 text、parts、rows 三者之一，说明正文从哪里来。")
    if table.get("facts") and not ("cause_of_action" in table or "charges" in table):
        raise ValueError(f"[{name}] 有 facts，应同时有 cause_of_action 或 charges，说明案由在哪个字段。")
    when = table.get("when", [])
    if not isinstance(when, list):
        raise ValueError(f'[{name}] 的 when 应为字段名的列表，如 ["案号", "全文"]。')
    return FieldMap(
        name=name,
        when=tuple(_names(name, "when", item) for item in when),
        paths={key: _names(name, key, table[key]) for key in _PATHS if key in table},
        parts=_parts(name, table.get("parts", [])),
        rows=table.get("rows", False),
        facts=table.get("facts", False),
        fixed=_fixed(name, table.get("fixed", {})),
    )


def _names(name: str, key: str, value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(item, str) and item for item in names):
        raise ValueError(f"[{name}] 的 {key} 应为字段名（加引号的文字）或字段名的列表。")
    return tuple(names)


def _parts(name: str, value: Any) -> tuple[Part, ...]:
    allowed = {"heading", "field", "join"}
    parts = value if isinstance(value, list) else [value]
    for part in parts:
        texts = isinstance(part, dict) and all(isinstance(text, str) for text in part.values())
        if not texts or not {"heading", "field"} <= part.keys() <= allowed:
            raise ValueError(f'[{name}] 的 parts 应为 {{ heading = "标题", field = "字段" }} 的列表。')
    return tuple(Part(**part) for part in parts)


def _fixed(name: str, value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError(f'[{name}] 的 fixed 应为 {{ kind = "precedent" }} 这样的文字。')
    for key, text in value.items():
        if key not in ("kind", *_FIELDS):
            raise ValueError(f"[{name}] 的 fixed.{key} 不是可用的键。可用：{'、'.join(('kind', *_FIELDS))}。")
        if key == "kind" and text not in _KINDS:
            raise ValueError(f"[{name}] 的 fixed.kind 应为 {' 或 '.join(_KINDS)}。")
        if key in _DATES and iso_date(text) is None:
            raise ValueError(f"[{name}] 的 fixed.{key} 应为日期，如 2018-11-26。")
    return value


def _fields(values: Mapping[str, Any], field_map: FieldMap) -> dict[str, str]:
    """What the record says beside its text, by the names that `ingest.parse` knows."""
    fields = dict(field_map.fixed)
    for name in _FIELDS:
        found = "、".join(dict.fromkeys(item.strip() for item in _first(values, field_map, name)))
        if name in _DATES:
            found = iso_date(found) or ""
        if found:
            fields[name] = found
    charges = "、".join(_charge(item) for item in _first(values, field_map, "charges"))
    if charges:
        fields["cause_of_action"] = charges
    return {"facts_of": fields.get("cause_of_action", "")} if field_map.facts else fields


def _charge(name: str) -> str:
    """A charge in full: [生产、销售]假药 is 生产、销售假药罪."""
    bare = re.sub(r"[\[\]\s]", "", name)
    return bare if bare.endswith("罪") else f"{bare}罪"


def _text(values: Mapping[str, Any], field_map: FieldMap, title: str) -> str:
    if field_map.rows:
        cells = ((name, "、".join(_items(value)).strip()) for name, value in values.items())
        return "\n".join(f"{name}：{cell}" for name, cell in cells if cell)
    if not field_map.parts:
        return "\n".join(_first(values, field_map, "text"))
    lines = [f"# {title}", ""] if title else []
    lines += [line for item in _first(values, field_map, "lead") for line in (item, "")]
    found = [(part, _items(_value(values, part.field))) for part in field_map.parts]
    for part, items in found:
        if items:
            lines += [f"## {part.heading}", "", part.join.join(items), ""]
    return "\n".join(lines) if any(items for _, items in found) else ""


def _id(record: Record, field_map: FieldMap) -> str:
    """The record's id, its own part replaced by what the map names; a file of one record keeps its name."""
    found = "、".join(_first(record.values, field_map, "id"))
    if not found or record.where == record.id:
        return record.id
    own = own_id(record.values)
    file = record.id.removesuffix(f"/{own}") if own else record.id.rpartition("/")[0]
    return f"{file}/{found}"


def _first(values: Mapping[str, Any], field_map: FieldMap, key: str) -> list[str]:
    """What the first of the fields for `key` holds that holds something."""
    found = (_items(_value(values, path)) for path in field_map.paths.get(key, ()))
    return next((items for items in found if items), [])


def _holds(values: Mapping[str, Any], path: str) -> bool:
    return bool(_items(_value(values, path)))


def _value(values: Mapping[str, Any], path: str) -> Any:
    """What a field holds: by its whole name, else by its path, in lists that of every item."""
    if path in values or "." not in path:
        return values.get(path)
    found: Any = values
    for step in path.split("."):
        if isinstance(found, list):
            found = [item.get(step) for item in found if isinstance(item, Mapping)]
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _items(value: Any) -> list[str]:
    """The texts and numbers in a value: itself, or the items of a list, also of one in a list."""

    def flat() -> Iterator[Any]:
        for item in value if isinstance(value, list) else [value]:
            yield from item if isinstance(item, list) else [item]

    return [text for item in flat() if (text := _scalar(item)).strip()]


def _scalar(value: Any) -> str:
    """Text as it is, and a number as written; nothing for other values."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e40:
        return ""
    return plain_number(value) if isinstance(value, float) else str(value)
