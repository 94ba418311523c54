"""What an archive may hold: limits that are checked on the bytes that come out, and names made harmless."""

import re
from collections.abc import Iterable, Iterator

from ingest.source import MAX_FILE, Problem

MAX_DEPTH = 3  # archives in archives that are opened
MAX_MEMBERS = 200_000  # a directory of so many takes 160 MB of memory
MAX_BYTES = 20 * 2**30  # bytes that come out of one archive
# Texts shrink to a quarter, one form filled in sixty thousand times to 1/82 in ZIP and 1/261 in XZ; the zeros
# of which bombs are made to 1/1000 and less.
MAX_RATIO = 500
_RATIO_FROM = 100 * 2**20  # bytes from which the ratio counts: a small archive of blank forms is no bomb
PIECE = 2**20  # bytes that are read at once
LINK = "链接，未收录。"
_MAX_NAME = 1000

_HIDDEN = re.compile(r"\.|~\$|__MACOSX$|(?:thumbs\.db|desktop\.ini|\$recycle\.bin)$", re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class ArchiveLimitError(Exception):
    """An archive goes beyond a limit; `reason` says which, for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Meter:
    """Counts what comes out of one archive. Raises ArchiveLimitError where that becomes too much."""

    def __init__(self, size: int) -> None:
        self._size = max(1, size)
        self._bytes = 0
        self._members = 0

    def member(self) -> None:
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise ArchiveLimitError(
                f"压缩包中超过 {MAX_MEMBERS} 个文件，其余未收录。请解压后导入文件夹，或分成几个压缩包。"
            )

    def count(self, length: int) -> None:
        self._bytes += length
        if self._bytes > MAX_BYTES:
            raise ArchiveLimitError(
                f"解压后超过 {MAX_BYTES // 2**30} GB，其余未收录。请解压后导入文件夹，或分成几个压缩包。"
            )
        if self._bytes > max(_RATIO_FROM, MAX_RATIO * self._size):
            raise ArchiveLimitError(
                f"解压后是压缩包的 {MAX_RATIO} 倍以上，像是恶意压缩的文件，其余未收录。请核对来源。"
            )

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.count(len(piece))
            yield piece


class Names:
    """The ids of the members of one archive: below its id, and each once."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._given: dict[str, int] = {}  # ids, and how often each was wanted

    def id_of(self, name: str) -> str | Problem | None:
        """The id for a member of this name; None for hidden files, which are passed over."""
        parts = [
            part for part in re.split(r"[/\\]", _ODD.sub("_", name)) if part.strip() not in ("", ".", "..")
        ]
        if parts and re.fullmatch("[A-Za-z]:", parts[0]):
            parts = parts[1:]
        if any(_HIDDEN.match(part) for part in parts):
            return None
        path = "/".join(part.strip() for part in parts) or "未命名"
        if len(path) > _MAX_NAME:
            return Problem(f"{self._archive}/{path[:60]}…", "文件名过长，未收录。请改名后重试。")
        return self._once(f"{self._archive}/{path}")

    def _once(self, wanted: str) -> str:
        stem, dot, suffix = wanted.rpartition(".")
        if not dot or "/" in suffix:
            stem, suffix = wanted, ""
        found = wanted
        while found in self._given:
            self._given[wanted] += 1
            found = f"{stem}~{self._given[wanted]}{dot if suffix else ''}{suffix}"
        self._given[found] = 1
        return found


def decode_name(name: bytes) -> str:
    """A name that carries no word about its encoding: UTF-8, or what Windows in China writes.

    目录 in GBK is Ŀ¼ in UTF-8: where all characters would be letters of the West, it is Chinese.
    """
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")
    if text.isascii() or any(character >= "\u0800" for character in text):
        return text
    try:
        return name.decode("gb18030")
    except UnicodeDecodeError:
        return text


def joined(pieces: Iterable[bytes]) -> bytes | None:
    """All bytes of a member, or None where they are more than one file may have; those are read over."""
    kept: list[bytes] = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_FILE:
            kept = []
        else:
            kept.append(piece)
    return None if length > MAX_FILE else b"".join(kept)


def too_large(member: str) -> Problem:
    return Problem(member, f"文件超过 {MAX_FILE // 2**20} MB 的上限，未收录。请拆分后重试。")
