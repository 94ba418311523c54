"""Archives that are not opened: 7-Zip and RAR."""

from collections.abc import Iterator

from ingest.formats import Archive
from ingest.source import Content, Problem
from legal.errors import UnreadableFileError

_SIGNATURES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")


def recognises(content: Content) -> bool:
    return content.head().startswith(_SIGNATURES)


def members(content: Content) -> Iterator[Content | Problem]:
    raise UnreadableFileError("不能打开 7z、RAR 压缩包。请解压后导入文件夹，或重新压缩为 ZIP。")


ARCHIVE = Archive("7z 或 RAR 压缩包", (".7z", ".rar"), members, recognises)
