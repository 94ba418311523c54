"""JSON files: one record, a list of records, or, as research data often comes, one record a line."""

from collections.abc import Iterator
from typing import Any

from ingest.decoding import decode
from ingest.field_maps import known_fields, own_id
from ingest.formats import Format, json_lines
from ingest.formats.json_lines import fault, loads
from ingest.source import MAX_TEXT, Content, Item, Problem, Record
from ingest.text_lines import read_lines
from legal.errors import UnreadableFileError

# Where exports of databases and data sets keep their list of records.
_LISTS = ("data", "records", "RECORDS", "rows", "items", "list")


def read(content: Content) -> Iterator[Item]:
    if _holds_lines(content):
        yield from json_lines.read(content)
        return
    if content.size > MAX_TEXT:
        raise UnreadableFileError(f"JSON 文件超过 {MAX_TEXT // 2**20} MB。请改为每行一条记录的 .jsonl。")
    try:
        value = loads(decode(content.read(MAX_TEXT)))
    except (ValueError, RecursionError) as error:  # the second for what is nested thousands deep
        raise UnreadableFileError(f"JSON 不完整或格式有误：{fault(error)}。请重新取得。") from error
    records = _records(value)
    if not records:
        yield Problem(content.id, "里面没有记录，未收录。")
    for number, (key, record) in enumerate(records, start=1):
        where = f"{content.id} 第 {number} 条" if len(records) > 1 else content.id
        if not isinstance(record, dict):
            yield Problem(where, "不是一条记录（应为 JSON 对象），未收录。")
        elif len(records) == 1:
            yield Record(content.id, where, record)
        else:
            yield Record(f"{content.id}/{own_id(record) or key}", where, record)


def split(content: Content) -> Iterator[Content | Problem]:
    if _holds_lines(content):
        yield from json_lines.split(content)
    else:
        yield content


def _holds_lines(content: Content) -> bool:
    """Whether each line is a record: the first is one from brace to brace, and there is another line."""
    if content.first > 1:
        return True
    begun = False
    for number, line in read_lines(content):
        text = "" if isinstance(line, Problem) else line.strip()
        if not begun and text and (text[0], text[-1]) != ("{", "}"):
            return False
        begun = begun or bool(text)
        if begun and number > 1:
            return True
    return False


def _records(value: Any) -> list[tuple[str, Any]]:
    """The records in a JSON value, each with its key or its number."""
    if isinstance(value, dict):
        inner = next((value[name] for name in _LISTS if _is_list_of_records(value.get(name))), None)
        if known_fields() & value.keys():  # a document that has a list of something beside its text
            inner = None
        if inner is None:
            alike = len(value) > 1 and _is_list_of_records(list(value.values()))
            if alike and set.intersection(*map(set, value.values())):
                return list(value.items())
            inner = [value]
        value = inner
    records = value if isinstance(value, list) else [value]
    return [(str(number), record) for number, record in enumerate(records, start=1)]


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


FORMAT = Format("JSON", (".json",), read, split=split)
