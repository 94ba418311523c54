"""TAR archives, plain or compressed, and single compressed files."""

import tarfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from ingest.archive_limits import LINK, PIECE, ArchiveLimitError, Meter, Names, decode_name, joined, too_large
from ingest.formats import Archive
from ingest.source import Content, Problem
from legal.errors import UnreadableFileError

_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst")
_COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
_GZIP, _BZIP2, _XZ, _ZSTD = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"
_BROKEN = (
    *(tarfile.TarError, EOFError, OSError, zlib.error),
    *(ValueError, OverflowError, IndexError, MemoryError),
)
_BLOCK = 512
# Bytes of one member's head: the library searches a hostile one in the square of its length.
_MAX_HEAD = 32 * _BLOCK
_CUT = "压缩包不完整或已损坏，其后的文件未收录。请重新取得这个压缩包后再试。"
_UNREADABLE = "压缩包不完整或已损坏，无法读取。请重新取得后再试。"


def recognises(content: Content) -> bool:
    head = content.head()
    return head.startswith((_GZIP, _BZIP2, _XZ, _ZSTD)) or head[257:262] == b"ustar"


def members(content: Content) -> Iterator[Content | Problem]:
    with content.open() as raw:
        source = _Source(raw, content, Meter(content.size))
        try:
            if _is_tar(source.first) or content.id.lower().endswith(_TAR):
                yield from _members(source, content)
            else:
                yield _single(source, content)
        except ArchiveLimitError as error:
            yield Problem(content.id, error.reason)


class _Source:
    """The decompressed bytes, counted; `head_left` is what the library may still read for one head."""

    def __init__(self, raw: BinaryIO, content: Content, meter: Meter) -> None:
        self.meter = meter
        self.head_left: int | None = None
        self.last = b""
        try:
            self._stream = _decompressed(raw, content.head())
            self.first = self._stream.read(_BLOCK)
        except _broken() as error:
            raise UnreadableFileError(_UNREADABLE) from error
        self._returned = self.first

    def read(self, length: int) -> bytes:
        if self._returned:
            self.last, self._returned = self._returned, b""
        else:
            self.last = self._stream.read(length)
        self.meter.count(len(self.last))
        if self.head_left is not None:
            self.head_left -= len(self.last)
            if self.head_left < 0:
                raise tarfile.ReadError("a head that is too long")
        return self.last


def _decompressed(raw: BinaryIO, head: bytes) -> Any:
    import bz2
    import gzip
    import lzma

    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=raw)
    if head.startswith(_BZIP2):
        return bz2.BZ2File(raw)
    if head.startswith(_XZ):
        return lzma.LZMAFile(raw)
    if head.startswith(_ZSTD):
        import pyarrow

        return pyarrow.CompressedInputStream(pyarrow.PythonFile(raw, mode="r"), "zstd")
    return raw


def _broken() -> tuple[type[Exception], ...]:
    from lzma import LZMAError

    return (*_BROKEN, LZMAError)


def _is_tar(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def _single(source: _Source, content: Content) -> Content | Problem:
    name = content.id.rsplit("/", 1)[-1]
    suffix = next((suffix for suffix in (".tgz", *_COMPRESSED) if name.lower().endswith(suffix)), "")
    member = f"{content.id}/{name[: len(name) - len(suffix)] or name}"
    try:
        data = joined(iter(lambda: source.read(PIECE), b""))
    except _broken() as error:
        raise UnreadableFileError(_UNREADABLE) from error
    return too_large(member) if data is None else Content(member, data=data)


def _members(source: Any, content: Content) -> Iterator[Content | Problem]:
    names = Names(content.id)
    try:
        source.head_left = _MAX_HEAD
        archive: Any = tarfile.open(  # noqa: SIM115 - it holds nothing that must be closed
            fileobj=source, mode="r|", bufsize=_BLOCK, encoding="utf-8", errors="surrogateescape"
        )
        entry = archive.next()
    except _broken() as error:
        raise UnreadableFileError(_UNREADABLE) from error
    if entry is None:
        raise UnreadableFileError("压缩包里没有文件。")
    while entry is not None:
        source.meter.member()
        source.head_left = None
        try:
            found = _member(archive, entry, names)
            archive.members = []  # it would keep all of them
            source.head_left = _MAX_HEAD + (0 if entry.isreg() else max(0, entry.size))
            entry = archive.next()
        except _broken():
            yield Problem(content.id, _CUT)
            return
        if found is not None:
            yield found
    if source.last.strip(b"\0") or not source.last:  # the library takes a broken head for the end
        yield Problem(content.id, _CUT)


def _member(archive: Any, entry: tarfile.TarInfo, names: Names) -> Content | Problem | None:
    data: bytes | None = b""
    stream = archive.extractfile(entry) if entry.isreg() and not entry.issparse() else None
    if stream is not None:
        data = joined(iter(lambda: stream.read(PIECE), b""))
    if entry.isdir():
        return None
    member = names.id_of(decode_name(entry.name.encode("utf-8", "surrogateescape")))
    if not isinstance(member, str):
        return member
    if stream is None:
        return Problem(member, LINK if entry.issym() or entry.islnk() else "不是普通文件，未收录。")
    return too_large(member) if data is None else Content(member, data=data)


ARCHIVE = Archive("压缩包", (*_TAR, *_COMPRESSED), members, recognises)
