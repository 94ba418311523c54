"""Word documents of older forms (.doc, .wps, .rtf), which LibreOffice turns into .docx."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from ingest.formats import Format, word
from ingest.source import Content, Item
from legal.errors import UnreadableFileError

TIMEOUT = 60  # seconds for one document: a long one takes five
_FREE = 0xFFFFFFFA  # sector numbers from here on mean the end of a chain or nothing
_MAX_CHAIN = 4096  # sectors; the lists of damaged files go in circles
_ENCRYPTED = 0x0100  # of the flags at 0x0A of the stream “WordDocument”
# Macros never run, links are never followed, and what asks for the network all the same meets a dead end.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def recognises(content: Content) -> bool:
    return _is_rtf(content) or _word_stream(content) is not None


def read(content: Content) -> Iterator[Item]:
    data = content.read()
    stream = _word_stream(content)
    flags = int.from_bytes((stream or b"")[0x0A:0x0C], "little")
    if flags & _ENCRYPTED or (stream is None and word.is_encrypted(content)):
        raise UnreadableFileError(word.LOCKED)
    if stream is None and not _is_rtf(content):
        raise UnreadableFileError(
            "不是 Word 97 至 2003 的文档，或文件已损坏。请在 Word 中打开，另存为 .docx 后重试。"
        )
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableFileError(
            "读取旧版 Word 文档需要 LibreOffice，本机没有。"
            "请安装 LibreOffice，或在 Word 中另存为 .docx 后重试。"
        )
    with TemporaryDirectory(prefix="lvzhi-word-") as folder:
        source = Path(folder, "source.doc" if stream is not None else "source.rtf")
        source.write_bytes(data)
        items = list(word.read(Content(content.id, path=_convert(program, source))))
    yield from items


def _is_rtf(content: Content) -> bool:
    return content.head(5) == b"{\\rtf"


def _word_stream(content: Content) -> bytes | None:
    """The beginning of the stream “WordDocument” of a compound file; None for all other files.

    It must lie at the root: a table with a document in it has one further down.
    """
    head = content.head(512)
    if head[:8] != word.OLE or len(head) < 512:
        return None
    with content.open() as file:
        sectors = _Sectors(file, head)
        entries = b"".join(sectors.chain(_number(head, 0x30)))
        waiting, seen = [_number(entries, 0x4C)], set()
        while waiting:
            at = waiting.pop() * 128
            if at in seen or at + 128 > len(entries):
                continue
            seen.add(at)
            if entries[at : at + 26] == "WordDocument\0".encode("utf-16-le"):
                is_small = _number(entries, at + 0x78) < 4096  # kept elsewhere, and of no use to anybody
                return b"" if is_small else sectors.read(_number(entries, at + 0x74))
            waiting += [_number(entries, at + 0x44), _number(entries, at + 0x48)]
    return None


class _Sectors:
    """The sectors of a compound file, and the chains in which they belong together."""

    def __init__(self, file: BinaryIO, head: bytes) -> None:
        self._file = file
        self._size = 4096 if head[0x1E] == 12 else 512
        self._table = head[0x4C:]  # the numbers of the sectors that hold the chains
        more = _number(head, 0x44)
        for _ in range(_MAX_CHAIN):  # a file above 7 MB has further ones
            if more >= _FREE:
                break
            sector = self.read(more)
            self._table += sector[:-4]
            more = _number(sector, self._size - 4)

    def read(self, number: int) -> bytes:
        self._file.seek((number + 1) * self._size)
        return self._file.read(self._size)

    def chain(self, number: int) -> Iterator[bytes]:
        for _ in range(_MAX_CHAIN):
            if number >= _FREE:
                return
            yield self.read(number)
            page, place = divmod(number * 4, self._size)
            number = _number(self.read(_number(self._table, page * 4)), place)


def _number(data: bytes, at: int) -> int:
    """Four bytes as a number; what lies behind the end of a damaged file ends all chains."""
    return int.from_bytes(data[at : at + 4], "little") if at + 4 <= len(data) else _FREE


def _convert(program: str, source: Path) -> Path:
    """Has LibreOffice write the document as .docx, with a profile of its own, and gives the path."""
    folder = source.parent
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user/registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
    ]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]
    process = subprocess.Popen(  # noqa: S603 - a program found on PATH and file names of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            f"LibreOffice 未能在 {TIMEOUT} 秒内转换此文件。请在 Word 中另存为 .docx 后重试。"
        ) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # the program starts others
        process.wait()
    converted = source.with_suffix(".docx")
    if not converted.is_file():
        raise UnreadableFileError(
            "LibreOffice 无法打开此文件，文件可能已损坏。请在 Word 中打开，另存为 .docx 后重试。"
        )
    return converted


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


FORMAT = Format("旧版 Word 文档", (".doc", ".wps", ".rtf"), read, recognises)
