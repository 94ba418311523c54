"""ZIP archives: their members one by one, those of a cut-off archive as far as they reach."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import SEEK_CUR
from typing import BinaryIO

from ingest.archive_limits import (
    LINK,
    MAX_MEMBERS,
    PIECE,
    ArchiveLimitError,
    Meter,
    Names,
    decode_name,
    joined,
    too_large,
)
from ingest.formats import Archive
from ingest.source import Content, Problem
from legal.errors import UnreadableFileError

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError, OverflowError, IndexError),
)
_HEAD = struct.Struct("<4sHHHIIIIHH")  # what stands before each member
_LOCAL = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_SIZE_BEHIND = 0x8
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_ZIP64 = 0xFFFFFFFF
_PACKED = 2**16  # compressed bytes that are read at once
# Documents that are ZIP archives themselves: Word, Excel, OpenDocument, EPUB, OFD.
_OFFICE = (
    b"[Content_Types].xml",
    b"mimetype",
    b"_rels/",
    b"word/",
    b"xl/",
    b"ppt/",
    b"docProps/",
    b"OFD.xml",
)
_CUT = "压缩包不完整或已损坏，其后的文件未收录。请重新取得这个压缩包后再试。"
_NO_DIRECTORY = "压缩包的目录已损坏，文件是逐个找出的。请核对是否齐全，或重新取得这个压缩包。"
_DAMAGED = "压缩包中的这个文件已损坏，未收录。请重新取得压缩包后再试。"
_PASSWORD = "压缩包设有密码，这个文件未收录。请解压后导入文件夹。"  # noqa: S105
_METHOD = "压缩方式不支持，这个文件未收录。请解压后导入文件夹，或重新压缩为普通 ZIP。"


def recognises(content: Content) -> bool:
    head = content.head()
    if head.startswith(_LOCAL):
        return not head[30:].startswith(_OFFICE)
    return head.startswith((b"PK\x05\x06", b"PK\x07\x08"))


def members(content: Content) -> Iterator[Content | Problem]:
    with content.open() as stream:
        meter, names = Meter(content.size), Names(content.id)
        try:
            _check_number(stream, content.size)
            try:
                archive = zipfile.ZipFile(stream)
            except _BROKEN as error:
                yield from _without_directory(stream, content, meter, names, error)
                return
            if not archive.infolist():
                raise UnreadableFileError("压缩包里没有文件。")
            for entry in archive.infolist():
                meter.member()
                found = _member(archive, entry, meter, names)
                if found is not None:
                    yield found
        except ArchiveLimitError as error:
            yield Problem(content.id, error.reason)


def _check_number(stream: BinaryIO, size: int) -> None:
    """Raises ArchiveLimitError for a directory that would not fit in memory, before it is read."""
    if size < MAX_MEMBERS * 46:  # the least that an entry takes
        return
    entries, before = 0, b""
    while piece := stream.read(2**20):
        entries += (before + piece).count(_ENTRY)
        before = piece[-3:]
    if entries > MAX_MEMBERS:
        raise ArchiveLimitError(
            f"压缩包中超过 {MAX_MEMBERS} 个文件，未收录。请解压后导入文件夹，或分成几个压缩包。"
        )


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, meter: Meter, names: Names
) -> Content | Problem | None:
    flagged = entry.flag_bits & _UTF8
    name = entry.orig_filename if flagged else decode_name(entry.orig_filename.encode("cp437", "replace"))
    if name.endswith(("/", "\\")) and not entry.file_size:
        return None
    member = names.id_of(name)
    if not isinstance(member, str):
        return member
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Problem(member, LINK)
    if entry.flag_bits & _ENCRYPTED:
        return Problem(member, _PASSWORD)
    if entry.compress_type not in (_STORED, _DEFLATED):
        return Problem(member, _METHOD)
    try:
        with archive.open(entry) as stream:
            data = joined(meter.counted(iter(lambda: stream.read(PIECE), b"")))
    except _BROKEN:
        return Problem(member, _DAMAGED)
    return too_large(member) if data is None else Content(member, data=data)


def _without_directory(
    stream: BinaryIO, content: Content, meter: Meter, names: Names, cause: Exception
) -> Iterator[Content | Problem]:
    """The members of an archive whose end, where the directory stands, is missing or broken."""
    stream.seek(0)
    head = stream.read(_HEAD.size)
    if not head.startswith(_LOCAL):
        raise UnreadableFileError("ZIP 压缩包已损坏，无法读取。请重新取得后再试。") from cause
    while len(head) == _HEAD.size and head.startswith(_LOCAL):
        meter.member()
        try:
            found = _next_member(stream, head, meter, names)
        except _BROKEN:
            break
        if found is not None:
            yield found
        head = stream.read(_HEAD.size)
    yield Problem(content.id, _NO_DIRECTORY if head.startswith(_ENTRY) else _CUT)


def _next_member(stream: BinaryIO, head: bytes, meter: Meter, names: Names) -> Content | Problem | None:
    """The member behind a head; raises one of `_BROKEN` where it has no end that can be found."""
    _, _, flags, method, _, crc, packed, _, name_length, extra_length = _HEAD.unpack(head)
    raw = stream.read(name_length)
    start = stream.seek(extra_length, SEEK_CUR)
    if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED) or packed == _ZIP64:
        raise zipfile.BadZipFile
    if method == _DEFLATED:
        data = joined(meter.counted(_inflated(stream)))
    elif flags & _SIZE_BEHIND:
        raise zipfile.BadZipFile
    else:
        data = joined(meter.counted(_stored(stream, packed)))
    if flags & _SIZE_BEHIND:
        crc = _behind(stream)
    else:
        stream.seek(start + packed)
    name = raw.decode("utf-8", "replace") if flags & _UTF8 else decode_name(raw)
    member = None if name.endswith("/") else names.id_of(name)
    if not isinstance(member, str):
        return member
    if data is None:
        return too_large(member)
    return Content(member, data=data) if zlib.crc32(data) == crc else Problem(member, _DAMAGED)


def _stored(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        piece = stream.read(min(PIECE, length))
        if not piece:
            raise EOFError
        length -= len(piece)
        yield piece


def _inflated(stream: BinaryIO) -> Iterator[bytes]:
    """What the compressed bytes from here on hold; leaves the stream behind them."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    while not inflater.eof:
        packed = inflater.unconsumed_tail or stream.read(_PACKED)
        piece = inflater.decompress(packed, PIECE)
        if not packed and not piece:
            raise EOFError
        yield piece
    stream.seek(-len(inflater.unused_data), SEEK_CUR)


def _behind(stream: BinaryIO) -> int:
    """The checksum that stands behind a member, with its sizes; leaves the stream behind those."""
    block = stream.read(26)
    signed = block.startswith(b"PK\x07\x08")
    ends = (16, 24) if signed else (12, 20)
    end = next((end for end in ends if block[end : end + 2] == b"PK"), ends[0])
    stream.seek(end - len(block), SEEK_CUR)
    return int.from_bytes(block[4:8] if signed else block[:4], "little")


ARCHIVE = Archive("ZIP 压缩包", (".zip",), members, recognises)
