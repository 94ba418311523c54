"""Older Word documents are read like new ones; damaged files of both kinds give one clear line."""

import random
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from word_examples import (
    HEADINGS,
    PARTS,
    PICTURE,
    RULING,
    archive,
    deleted,
    docx,
    inserted,
    level,
    numbering,
    p,
    part,
    t,
)

from ingest.formats import format_of, old_word, word
from ingest.source import Content, Item, Problem, RawDocument
from legal.errors import UnreadableFileError

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
with_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
CHANGED = p("查封", deleted("三套"), inserted(t("两套")), "房屋。", PICTURE)
SOURCE = docx(
    RULING + CHANGED, styles=HEADINGS, numbering=numbering(level(0, "chineseCounting", "%1、")), **PARTS
)
LINES = """# 石桥县人民法院
## 执行裁定书
### （2023）岭0122执5号
申请执行人	某公司
被执行人	李某
本院在执行某公司与李某买卖合同纠纷一案中，查封房屋一套。
注：指现行有效的文本。
本院认为，依照《民事诉讼法》第二百五十五条，裁定如下：
一、准许。
二〇二三年五月六日
查封两套房屋。"""

Make = Callable[[str, bytes], bytes]


@pytest.fixture(scope="module")
def to_doc(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Has LibreOffice write a .doc from a file with a name."""

    def make(name: str, data: bytes) -> bytes:
        folder = tmp_path_factory.mktemp("doc")
        source = folder / name
        source.write_bytes(data)
        command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        if name.endswith(".html"):
            command.append("--infilter=HTML (StarWriter)")
        command += ["--convert-to", "doc:MS Word 97", "--outdir", folder, source]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return source.with_suffix(".doc").read_bytes()

    return make


def read(name: str, data: bytes) -> list[Item]:
    content = Content(name, data=data)
    return list(format_of(content)[0].read(content))  # type: ignore[union-attr]


def text_of(name: str, data: bytes) -> str:
    (document,) = read(name, data)
    assert isinstance(document, RawDocument)
    return document.text


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read(name, data)
    return refused.value.message


@with_office
@pytest.mark.parametrize("name", ["甲.doc", "甲.wps", "甲.docx"])
def test_an_old_document_has_the_lines_of_the_new_one_that_it_was_made_from(to_doc: Make, name: str) -> None:
    data = to_doc("a.docx", SOURCE)
    (document,) = read(name, data)
    assert isinstance(document, RawDocument)
    assert document.id == name
    assert document.text == LINES == text_of("甲.docx", SOURCE)
    assert "修订中删除的文字 1 处" in document.left_out
    given, notice = format_of(Content(name, data=data))
    assert given is old_word.FORMAT
    assert (notice is None) == (name != "甲.docx")


@with_office
@pytest.mark.parametrize("name", ["甲.rtf", "甲.doc"])
def test_rich_text_is_read_whatever_its_name(name: str) -> None:
    lines = ["石桥县人民法院", "执行裁定书", "申请执行人：某公司。"]
    coded = "\\par ".join("".join(f"\\u{ord(c)}?" for c in line) for line in lines)
    assert text_of(name, f"{{\\rtf1\\ansi\\deff0 {coded}}}".encode()).split("\n") == lines


@with_office
def test_a_picture_on_the_web_is_not_fetched(to_doc: Make) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    asked.append(line.recv(100))

        threading.Thread(target=answer, daemon=True).start()
        page = f'<meta charset=utf-8><p>准许。<img src="http://127.0.0.1:{server.getsockname()[1]}/a.png">'
        data = to_doc("a.html", page.encode())
        assert asked  # the file holds the address, and LibreOffice would ask there
        asked.clear()
        assert text_of("甲.doc", data) == "准许。"
        server.shutdown(socket.SHUT_RDWR)
    assert asked == []


@with_office
def test_a_document_that_takes_too_long_is_given_up(to_doc: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    data = to_doc("a.docx", SOURCE)
    monkeypatch.setattr(old_word, "TIMEOUT", 0.01)
    assert "未能在 0.01 秒内转换" in refusal("甲.doc", data)


@with_office
def test_a_damaged_old_document_gives_its_text_or_a_refusal(to_doc: Make) -> None:
    data = to_doc("a.docx", SOURCE)
    for length in (600, len(data) // 2, len(data) - 700):
        with suppress(UnreadableFileError):
            assert "执行裁定书" in text_of("甲.doc", data[:length])


def test_without_libreoffice_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = (
        "读取旧版 Word 文档需要 LibreOffice，本机没有。请安装 LibreOffice，或在 Word 中另存为 .docx 后重试。"
    )
    assert refusal("甲.doc", compound("WordDocument")) == message


def compound(*names: str, below: str = "", flags: int = 0) -> bytes:
    """A compound file with streams at its root, and one in a storage: a document put into a table, say."""

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        coded = name.encode("utf-16-le")
        links = b"\xff" * 4 + right.to_bytes(4, "little") + child.to_bytes(4, "little")
        head = coded.ljust(64, b"\0") + (len(coded) + 2).to_bytes(2, "little") + bytes([kind, 1]) + links
        return head.ljust(0x74, b"\0") + (2).to_bytes(4, "little") + (4096).to_bytes(8, "little")

    none = 0xFFFFFFFF
    storages = ["MBD0001"] if below else []
    at_root = [*names, *storages]
    entries = [entry("Root Entry", 5, none, 1)]
    for number, name in enumerate(at_root, 1):
        last = number == len(at_root)
        child = len(at_root) + 1 if name in storages else none
        entries.append(entry(name, 2 if child == none else 1, none if last else number + 1, child))
    entries += [entry(below, 2, none, none)] if below else []
    directory = b"".join(entries).ljust(512, b"\0")
    stream = (b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little")).ljust(4096, b"\0")
    ends = [0xFFFFFFFD, none - 1, *range(3, 10), none - 1]
    table = b"".join(number.to_bytes(4, "little") for number in ends).ljust(512, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff09000600")
    head = head.ljust(0x2C, b"\0") + (1).to_bytes(4, "little") + (1).to_bytes(4, "little")
    head = head.ljust(0x44, b"\0") + b"\xfe\xff\xff\xff" + bytes(4) + bytes(4)
    return head.ljust(512, b"\xff") + table + directory + stream


@pytest.mark.parametrize(
    ("data", "is_word"),
    [
        (compound("1Table", "WordDocument"), True),
        (compound("WordDocument", below="Workbook"), True),
        (compound("Workbook"), False),
        (compound("Workbook", below="WordDocument"), False),
        (compound("Workbook")[:700], False),
        (b"{\\rtf1 }", True),
        (b"WordDocument", False),
        (b"", False),
    ],
)
def test_an_old_document_is_known_by_the_stream_at_its_root(data: bytes, is_word: bool) -> None:
    assert old_word.recognises(Content("甲", data=data)) == is_word


LOCKED = "文件设有打开密码，无法读取。请取得密码，另存为无密码的文件后重试。"
DAMAGED = "文件不完整或已损坏，无法打开。请重新取得，或在 Word 中打开并修复、另存为 .docx 后重试。"
EMPTY = "文件是空的（0 字节）。请重新取得这份文件后再试。"
ENTITIES = "文件内含 Word 文档不应有的实体定义（DTD），可能是恶意文件，未读取。"
BOMB = "文件解压后超过 32 MB 的上限，可能是压缩炸弹，未读取。请核对来源或拆分。"
LAUGHS = '<!DOCTYPE a [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


def with_doctype(doctype: str) -> bytes:
    head, _, rest = part("document", f"<w:body>{p('甲').replace('甲', '&b;')}</w:body>").partition("?>")
    return archive({"word/document.xml": f"{head}?>{doctype}{rest}"})


IDS = ["empty", "no doc", "half", "lock", "old lock", "lock 97", "laughs", "outside", "text", "tags", "deep"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("甲.docx", b"", EMPTY),
        ("甲.doc", b"", EMPTY),
        ("甲.docx", SOURCE[: len(SOURCE) // 2], DAMAGED),
        ("甲.docx", compound("EncryptedPackage", "EncryptionInfo"), LOCKED),
        ("甲.doc", compound("EncryptedPackage", "EncryptionInfo"), LOCKED),
        ("甲.doc", compound("WordDocument", flags=0x0100), LOCKED),
        ("甲.docx", with_doctype(LAUGHS), ENTITIES),
        ("甲.docx", with_doctype(OUTSIDE), ENTITIES),
        ("甲.docx", docx(p("甲" * (11 * 2**20))), BOMB),
        ("甲.docx", docx("<w:p/>" * 2_100_000), BOMB),
        ("甲.docx", docx("<w:sdt>" * 5000 + p("甲") + "</w:sdt>" * 5000), DAMAGED),
    ],
    ids=IDS,
)
def test_a_file_that_cannot_be_read_says_why(name: str, data: bytes, message: str) -> None:
    assert refusal(name, data) == message


def test_a_file_without_text_says_what_it_has() -> None:
    assert "图片 2 幅" in refusal("甲.docx", docx(p(PICTURE, PICTURE)))


def test_an_archive_without_a_document_is_no_word_document() -> None:
    with pytest.raises(UnreadableFileError, match=r"没有 word/document\.xml"):
        list(word.read(Content("甲.docx", data=archive({"a.txt": "甲"}))))


def test_damaged_notes_are_named_and_the_body_is_read() -> None:
    document, problem = read("甲.docx", docx(p("甲"), footnotes="<w:footnotes>"))
    assert isinstance(document, RawDocument)
    assert document.text == "甲"
    assert problem == Problem(
        "甲.docx word/footnotes.xml", "脚注部分损坏或过大，未读取；正文已读。请核对原件。"
    )


def test_bytes_changed_at_random_give_items_or_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(SOURCE)
    with ZipFile(tmp_path / "a.docx") as source:
        members = {name: source.read(name) for name in source.namelist()}
    chance, outcomes = random.Random(5), set()
    for turn in range(400):
        if turn % 2:  # in the archive itself, else in one of its parts
            data = changed(SOURCE, chance)
        else:
            with ZipFile(tmp_path / "b.docx", "w") as target:
                victim = chance.choice(list(members))
                for name, part_of_it in members.items():
                    target.writestr(name, changed(part_of_it, chance) if name == victim else part_of_it)
            data = (tmp_path / "b.docx").read_bytes()
        word.recognises(Content("甲.docx", data=data))
        try:
            outcomes |= {type(item) for item in word.read(Content("甲.docx", data=data))}
        except UnreadableFileError as refused:
            outcomes.add(refused.message)
    assert {RawDocument, Problem, DAMAGED} <= outcomes


def changed(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)
