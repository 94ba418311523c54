"""JSON lines: one record a line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ingest.field_maps import own_id
from ingest.formats import Format
from ingest.source import Content, Item, Problem, Record
from ingest.text_lines import PART_SIZE, read_lines

_HALF = re.compile(r"[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


def read(content: Content) -> Iterator[Item]:
    empty = True
    for number, line in read_lines(content):
        if isinstance(line, Problem):
            yield line
        elif line.strip():
            yield _record(content.id, number, line)
        else:
            continue
        empty = False
    if empty:
        yield Problem(content.id, "里面没有记录，未收录。")


def split(content: Content) -> Iterator[Content | Problem]:
    """Parts of whole lines. A line that cannot be read leaves an empty one for the numbers' sake."""
    lines: list[bytes] = []
    size, number, empty = 0, content.first, True
    for number, line in read_lines(content):
        if isinstance(line, Problem):
            empty = False
            yield line
            line = "\r\n"
        if not lines and not line.strip():
            continue  # no part needs to begin so
        lines.append(line.encode())
        size += len(lines[-1])
        empty = False
        # One line alone could be the one object of a .json file.
        if size >= PART_SIZE and len(lines) > 1:
            yield Content(content.id, data=b"".join(lines), first=number + 1 - len(lines))
            lines, size = [], 0
    if lines:
        yield Content(content.id, data=b"".join(lines), first=number + 1 - len(lines))
    if empty:
        yield content  # its reader says so


def loads(text: str) -> Any:
    """The value of a JSON text; half a character (one escape of a pair) becomes U+FFFD for storing.

    Raises ValueError, or RecursionError for what is nested thousands deep.
    """
    value = json.loads(text)
    if _HALF_ESCAPED.search(text):
        value = json.loads(_HALF.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
    return value


def fault(error: ValueError | RecursionError) -> str:
    """What `loads` stumbled on."""
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.pos + 1} 个字符处有误"
    return "嵌套过深，或数字过长"


def _record(file: str, number: int, line: str) -> Record | Problem:
    where = f"{file} 第 {number} 行"
    try:
        value = loads(line)
    except (ValueError, RecursionError) as error:
        return Problem(where, f"不是完整的 JSON，未收录：{fault(error)}。")
    if not isinstance(value, dict):
        return Problem(where, "不是一条记录（应为 JSON 对象），未收录。")
    return Record(f"{file}/{own_id(value) or number}", where, value)


FORMAT = Format("JSON Lines", (".jsonl", ".ndjson"), read, split=split)
