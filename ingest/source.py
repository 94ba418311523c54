"""What readers take and what they give: the bytes of one file, and the texts, records and problems in it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from legal.errors import UnreadableFileError

MAX_TEXT = 32 * 2**20  # bytes of text in one document: the longest code is below 1 MiB
MAX_FILE = 512 * 2**20  # bytes of a file that is one document with pictures in it


@dataclass(frozen=True, slots=True)
class Content:
    """A file on disk or in an archive, or a part of one that holds many records.

    `id` is the path below the folder that was ingested, for what lies in an archive with the archive's path
    before it. Exactly one of `path` and `data` is given. `first` is the number of the first record in a part.
    """

    id: str
    path: Path | None = None
    data: bytes | None = None
    first: int = 1

    @property
    def suffix(self) -> str:
        """The extension of the name in lower case, with its dot; empty where there is none."""
        return PurePosixPath(self.id).suffix.lower()

    @property
    def size(self) -> int:
        """The number of bytes."""
        return self.path.stat().st_size if self.path is not None else len(self.data or b"")

    def open(self) -> BinaryIO:
        """A stream over the bytes from the beginning; whoever opens it closes it."""
        return self.path.open("rb") if self.path is not None else BytesIO(self.data or b"")

    def head(self, length: int = 4096) -> bytes:
        """The first bytes, which tell what kind of file it is."""
        with self.open() as stream:
            return stream.read(length)

    def read(self, limit: int = MAX_FILE) -> bytes:
        """All bytes. Raises UnreadableFileError for an empty file and for more than `limit` bytes."""
        with self.open() as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise UnreadableFileError(
                f"文件有 {self.size / 2**20:.0f} MB，超过单个文书 {limit // 2**20} MB 的上限。请拆分后重试。"
            )
        if not content:
            raise UnreadableFileError("文件是空的（0 字节）。请重新取得这份文件后再试。")
        return content

    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal; read in pieces."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paged document: its number from 1 and its code points in the document's text.

    `confidence` is None for text that the file holds, and from 0 to 1 for text recognised from a picture:
    the mean over the page's lines, each weighing as many as its characters.
    """

    number: int
    start: int
    end: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A text with its id: the file's, for records of a file with "/" and the record's id behind it.

    `fields` is what the format says beside the text; `ingest.parse` knows `title`, `kind` (policy or
    precedent), `document_type`, `case_number`, `court`, `cause_of_action`, `judgment_date`, `issuing_body`,
    `adopted` and `effective` (dates as text), and `facts_of`, the cause of a text that is only facts.
    `left_out` says in Chinese what of the file is not in the text, and how often (“页码 12 处”).
    """

    id: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a table or of JSON, before it is known which of its fields is what."""

    id: str
    where: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not taken in: `where` names file and line, `reason` says why and what to do."""

    where: str
    reason: str


def unopened(where: str, error: OSError) -> Problem:
    """That the system does not let a file be read."""
    return Problem(where, f"无法打开：{error.strerror or error}。请检查权限和磁盘。")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was taken in and should be looked at."""

    where: str
    reason: str


Item = RawDocument | Record | Problem | Notice
