"""Archives for the tests: made as programs make them, and as attackers do."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

from ingest.formats import Archive
from ingest.source import Content, Problem

Files = Mapping[str, bytes]
FILES = {
    "裁定/甲.txt": "石桥县人民法院执行裁定书".encode(),
    "乙.txt": b"x" * 5000,
    "空.txt": b"",
}


def zip_of(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def streamed_zip_of(files: Files) -> bytes:
    """A ZIP archive as programs write it to a pipe: sizes and checksums stand behind the members."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            with archive.open(name, "w") as member:
                member.write(data)
    return out.getvalue()


def old_zip_of(name: bytes, data: bytes = b"x", flags: int = 0, method: int = 0) -> bytes:
    """A ZIP archive with one stored member whose head says what is given, as old programs write it."""
    sizes = (zlib.crc32(data), len(data), len(data))
    local = (
        struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, flags, method, 0, 0, *sizes, len(name), 0) + name + data
    )
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, flags, method, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, 0
    )
    directory = entry + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + end


def overlapping_zip(members: int, data: bytes) -> bytes:
    """Many entries for the same bytes: what comes out is as many times as large."""
    one = zip_of({"0": data})
    at = one.index(b"PK\x01\x02")
    local, entry = one[:at], one[at : one.index(b"PK\x05\x06")]
    directory = entry * members
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, members, members, len(directory), len(local), 0)
    return local + directory + end


def tar_of(
    files: Files, mode: str = "w", format_: int = tarfile.PAX_FORMAT, encoding: str = "utf-8"
) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=format_, encoding=encoding) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def tar_with(kind: bytes, link: str = "") -> bytes:
    """An archive with an unusual entry between two files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("甲.txt", "奇.txt", "乙.txt"):
            entry = tarfile.TarInfo(name)
            if name == "奇.txt":
                entry.type, entry.linkname = kind, link
                archive.addfile(entry)
            else:
                entry.size = 1
                archive.addfile(entry, io.BytesIO(b"x"))
    return out.getvalue()


def opened(archive: Archive, data: bytes, name: str = "甲") -> tuple[dict[str, bytes], list[Problem]]:
    """The members by their ids below the archive's, and the problems."""
    members: dict[str, bytes] = {}
    problems = []
    for item in archive.members(Content(name, data=data)):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            assert item.id.startswith(f"{name}/")
            assert item.id not in members
            members[item.id.removeprefix(f"{name}/")] = item.data or b""
    return members, problems
