"""From a file to the texts in it: bytes, encoding, and one text for each document that the file holds.

A reader yields `RawDocument` for what it can read and `Problem` for what it cannot, and goes on.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any

from legal.errors import UnreadableFileError

MAX_TEXT = 32 * 2**20  # bytes of a file that is one document: the longest code is below 1 MiB
# Control characters, surrogates, private use and what no standard assigns in the planes that Chinese uses.
_ODD = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffe\uffff]")
_HALF = re.compile(r"[\ud800-\udfff]")
MAX_LINE = 16 * 2**20  # bytes of a line of JSON lines, which is one document


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A text with its id: the file's path, for records of a file with "/" and the record's id behind it.

    `fields` is what the format says beside the text, such as `title`, `cause` or `sections`.
    """

    id: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not taken in, or was and should be looked at: `where` names file and line."""

    where: str
    reason: str


def read_file(path: Path, document_id: str) -> Iterator[RawDocument | Problem]:
    """The documents in a file. Raises UnreadableFileError where it cannot be read as a whole."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(
            f"不支持的文件类型“{path.suffix or '无扩展名'}”。目前可读：{'、'.join(sorted(READERS))}。"
        )
    yield from reader(path, document_id)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal; read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def decode(content: bytes) -> str:
    """The text of `content` in UTF-8, UTF-16 or GB18030, without a byte order mark.

    Raises UnreadableFileError for what is text in none of them: the guess must be right or refused.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif b"\0" in content[:4096]:  # text has no zero bytes, except in UTF-16
        candidates = ["utf-16-le", "utf-16-be"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_text(text):
            return text
    raise UnreadableFileError("不是文本文件，或编码不是 UTF-8、UTF-16、GB18030。请另存为 UTF-8 文本后重试。")


def _reads_as_text(text: str) -> bool:
    """Whether nearly all characters are ones that documents use; bytes read in a wrong encoding are not."""
    sample = text[:20_000]
    return len(_ODD.findall(sample)) <= len(sample) // 100


def _read_text(path: Path, document_id: str) -> Iterator[RawDocument | Problem]:
    size = path.stat().st_size
    if size > MAX_TEXT:
        raise UnreadableFileError(
            f"文件有 {size / 2**20:.0f} MB，超过单个文书 {MAX_TEXT // 2**20} MB 的上限。请拆分后重试。"
        )
    text = decode(path.read_bytes())
    if not text.strip():
        raise UnreadableFileError("文件是空的。")
    yield RawDocument(document_id, text)


def _loads(content: bytes) -> Any:
    """The value of a JSON text; half a character (one escape of a pair) becomes U+FFFD for storing."""
    text = decode(content)
    value = json.loads(text)
    if "\\ud" in text.lower():
        value = json.loads(_HALF.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
    return value


def _read_json(path: Path, document_id: str) -> Iterator[RawDocument | Problem]:
    if path.stat().st_size > MAX_TEXT:
        raise UnreadableFileError(f"JSON 文件超过 {MAX_TEXT // 2**20} MB。请改为每行一条记录的 .jsonl。")
    try:
        content = _loads(path.read_bytes())
    except (ValueError, RecursionError) as error:  # the second for what is nested thousands deep
        raise UnreadableFileError(f"JSON 不完整或格式有误：{error}。") from error
    records = content if isinstance(content, list) else [content]
    for number, record in enumerate(records, start=1):
        record_id = document_id if len(records) == 1 else f"{document_id}/{_record_id(record, number)}"
        yield _from_record(record, record_id, f"{document_id} 第 {number} 条")


def _read_json_lines(path: Path, document_id: str) -> Iterator[RawDocument | Problem]:
    with path.open("rb") as file:
        for number, line in _lines(file):
            where = f"{document_id} 第 {number} 行"
            if line is None:
                yield Problem(where, f"这一行超过 {MAX_LINE // 2**20} MB，未收录。")
                continue
            if not line.strip():
                continue
            try:
                record = _loads(line)
            except (ValueError, RecursionError, UnreadableFileError) as error:
                reason = error.message if isinstance(error, UnreadableFileError) else str(error)
                yield Problem(where, f"不是完整的 JSON，未收录：{reason}")
                continue
            yield _from_record(record, f"{document_id}/{_record_id(record, number)}", where)


def _lines(file: BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines of a file, None for one that is too long: memory stays flat whatever it holds."""
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line


def _record_id(record: Any, number: int) -> str:
    if isinstance(record, dict):
        for name in ("id", "text_id", "doc_id"):
            if isinstance(record.get(name), str | int) and str(record[name]):
                return str(record[name])
    return str(number)


def _from_record(record: Any, record_id: str, where: str) -> RawDocument | Problem:
    """A record of a known shape: JuDGE, CJRC, guiding cases, or `text` with whatever describes it."""
    if not isinstance(record, dict):
        return Problem(where, "不是一条记录（应为 JSON 对象），未收录。")
    judgment, text = record.get("fd"), record.get("text", record.get("content"))
    if isinstance(judgment, str) and judgment.strip():
        return RawDocument(record_id, judgment)
    if isinstance(record.get("casename"), str) and isinstance(text, str) and text.strip():
        return RawDocument(record_id, text, {"facts_of": record["casename"]})
    if isinstance(record.get("gist"), list) and isinstance(record.get("reasoning"), list):
        return _guiding_case(record, record_id)
    if isinstance(text, str) and text.strip():
        title = record.get("title")
        return RawDocument(record_id, text, {"title": title} if isinstance(title, str) else {})
    return Problem(
        where, f"没有正文字段（text、content 或 fd），未收录；现有字段：{'、'.join(list(record)[:8])}。"
    )


_GUIDING_PARTS = (
    ("keywords", "关键词"),
    ("gist", "裁判要点"),
    ("relatedLaws", "相关法条"),
    ("facts", "基本案情"),
    ("result", "裁判结果"),
    ("reasoning", "裁判理由"),
)


def _guiding_case(record: dict[str, Any], record_id: str) -> RawDocument:
    """A guiding case, whose parts are lists of paragraphs, as one text in Markdown."""
    title = str(record.get("title", record_id))
    lines = [f"# {title}", "", str(record.get("issuedLine", "")), ""]
    for name, heading in _GUIDING_PARTS:
        paragraphs = [str(p) for p in record.get(name) or []]
        if paragraphs:
            lines += [
                f"## {heading}",
                "",
                *(["、".join(paragraphs)] if name == "keywords" else paragraphs),
                "",
            ]
    fields = {"title": title, "document_type": "指导性案例", "date": record.get("publishedAt")}
    return RawDocument(record_id, "\n".join(lines), fields)


READERS: Mapping[str, Callable[[Path, str], Iterator[RawDocument | Problem]]] = {
    ".md": _read_text,
    ".txt": _read_text,
    ".json": _read_json,
    ".jsonl": _read_json_lines,
}
