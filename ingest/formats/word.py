"""Word documents (.docx): the body in order, automatic numbers written out, notes behind their paragraphs."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from ingest.formats import Format
from ingest.source import Content, Item, Problem, RawDocument
from ingest.word_outline import Outline
from ingest.word_text import MATH, Element, W, WordText, value
from legal.errors import UnreadableFileError

MAX_XML = 32 * 2**20  # bytes of all parts read of one document, unpacked: a code of 1,000 articles has 2 MiB
_TAG = 16  # bytes that a tag counts for at least: many short ones fill the memory like a long text
_MAX_DIRECTORY = 4 * 2**20  # bytes of the list of files
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIN = re.compile(r"word/document\d*\.xml")
_PART = re.compile(r"word/([a-z]+)\d*\.xml")
_HEADERS = {"header": "页眉", "footer": "页脚"}
_PARTS = {"styles": "样式", "numbering": "自动编号", "footnotes": "脚注", "endnotes": "尾注"} | _HEADERS
_ZIP_ERRORS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_STRICT = (  # that variant of the format differs in the names of its namespaces only
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.strip("{}").encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATH.strip("{}").encode()),
)
_UNITS = {"图片": "幅", "图表": "幅", "嵌入对象": "个", "嵌入的文件": "个", "无法识别的符号": "个"}
LOCKED = "文件设有打开密码，无法读取。请取得密码，另存为无密码的文件后重试。"
_DAMAGED = "文件不完整或已损坏，无法打开。请重新取得，或在 Word 中打开并修复、另存为 .docx 后重试。"


def recognises(content: Content) -> bool:
    if content.head(4) != b"PK\x03\x04":
        return False
    try:
        with content.open() as stream, _open(stream) as archive:
            return any(map(_MAIN.fullmatch, archive.namelist()))
    except _ZIP_ERRORS:
        return False


def is_encrypted(content: Content) -> bool:
    """Whether the file is an Office document that only a password opens."""
    return content.head(8) == OLE and "EncryptedPackage".encode("utf-16-le") in content.read()


def read(content: Content) -> Iterator[Item]:
    if content.head(1) == b"":
        raise UnreadableFileError("文件是空的（0 字节）。请重新取得这份文件后再试。")
    if is_encrypted(content):
        raise UnreadableFileError(LOCKED)
    try:
        with content.open() as stream, _open(stream) as archive:
            items = _items(content.id, _Package(archive))
    except RecursionError as error:
        raise UnreadableFileError("文件内部嵌套过深，不像正常的 Word 文档，未读取。") from error
    except _ZIP_ERRORS as error:
        raise UnreadableFileError(_DAMAGED) from error
    yield from items


def _open(stream: BinaryIO) -> ZipFile:
    """The archive, unless its list of files alone would fill the memory."""
    stream.seek(max(0, stream.seek(0, 2) - 2**16))
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _MAX_DIRECTORY:
        raise BadZipFile("directory too large")
    return ZipFile(stream)


class _Package:
    """The parts of a document, unpacked up to a limit and parsed without any outside reference."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._left = MAX_XML
        self.names = archive.namelist()

    def xml(self, name: str) -> Element:
        """A part's root. Raises UnreadableFileError for what is too large or not plain XML."""
        from lxml import etree

        with self._archive.open(name) as part:
            data = part.read(max(self._left, 0) + 1)
        self._left -= max(len(data), _TAG * data.count(b"<"))
        if self._left < 0:
            size = f"{MAX_XML // 2**20} MB"
            raise UnreadableFileError(
                f"文件解压后超过 {size} 的上限，可能是压缩炸弹，未读取。请核对来源或拆分。"
            )
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableFileError(_DAMAGED) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFileError("文件内含 Word 文档不应有的实体定义（DTD），可能是恶意文件，未读取。")
        return root


def _items(document_id: str, package: _Package) -> list[Item]:
    main = next(filter(_MAIN.fullmatch, package.names), None)
    if main is None:
        raise UnreadableFileError("压缩包里没有 word/document.xml，不是 Word 文档。请核对后重试。")
    document, parts = package.xml(main), dict[str, Element]()
    problems: list[Item] = []
    for name in sorted(set(package.names)):
        match = _PART.fullmatch(name)
        what = _PARTS.get(match[1]) if match else None
        if what:
            try:
                parts[name] = package.xml(name)
            except (UnreadableFileError, *_ZIP_ERRORS):
                reason = f"{what}部分损坏或过大，未读取；正文已读。请核对原件。"
                problems.append(Problem(f"{document_id} {name}", reason))
    outline = Outline(parts.get("word/styles.xml"), parts.get("word/numbering.xml"))
    notes = [note for name in ("footnotes", "endnotes") for note in parts.get(f"word/{name}.xml", ())]
    walk = WordText(outline.label, outline.level, {(note.tag, value(note, "id")): note for note in notes})
    text = "\n".join(walk.lines(document))
    left_out = _left_out(walk, parts)
    if not text:
        others = "、".join(left_out) or "无"
        raise UnreadableFileError(f"文件里没有正文文字（其他内容：{others}）。扫描件请先做文字识别后重试。")
    return [RawDocument(document_id, text, left_out=left_out), *problems]


def _left_out(walk: WordText, parts: dict[str, Element]) -> tuple[str, ...]:
    """What is not in the text: all that the walk counted, then headers and footers by their texts."""
    headers: Counter[str] = Counter()
    for name, part in parts.items():
        what = _PARTS[_PART.fullmatch(name)[1]]  # type: ignore[index]
        text = "　".join(walk.lines(part)) if what in _HEADERS.values() else ""
        if text.strip("第页共,，/-—–·• \t　"):  # what is left of “第 1 页 共 3 页” is no text
            headers[f"{what}“{text[:40]}{'…' if len(text) > 40 else ''}”"] += 1
    counted = (f"{what} {count} {_UNITS.get(what, '处')}" for what, count in walk.left_out.items() if count)
    return (*counted, *(f"{what}{count} 处" for what, count in headers.items()))


FORMAT = Format("Word 文档", (".docx", ".docm", ".dotx"), read, recognises, native=True)
