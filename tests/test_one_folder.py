"""One run over one folder: a document in every format, every kind of damage twice, found or named each."""

import csv
import gzip
import io
import json
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from archive_examples import zip_of
from ingest_examples import run
from openpyxl import Workbook
from page_examples import picture_of, scanned_pdf, text_pdf, typeset
from reportlab.lib.pdfencrypt import StandardEncryption
from word_examples import docx, p, t

from ingest.report import Report
from search.service import SearchRequest, SearchService
from search.store import EmbeddedStore

QUERY = "鹦鹉拍卖检疫"


def lines(number: int) -> list[str]:
    return [
        "石桥县人民法院",
        "执行裁定书",
        f"（2023）云0122执{number}号",
        "申请执行人：石桥某公司。",
        "被执行人：张某。",
        "本院在执行石桥某公司与张某买卖合同纠纷一案中，查封张某饲养的鹦鹉一只。",
        "本院认为，鹦鹉拍卖以前应当先行检疫，裁定如下：",
        f"鹦鹉经检疫后予以拍卖，由第{number}号执行组负责。",
        "二〇二三年五月六日",
    ]


def text(number: int) -> str:
    return "\n".join(lines(number)) + "\n"


def _word(number: int) -> bytes:
    return docx("".join(p(t(line)) for line in lines(number)))


def _sheets(number: int) -> list:
    styles = ["centre", "centre", "right", *["body"] * 5, "right"]
    return typeset(tuple(zip(styles, lines(number), strict=True)))


def _html(number: int) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines(number))
    return f"<!DOCTYPE html><html><head><meta charset='gbk'></head><body>{body}</body></html>".encode(
        "gb18030"
    )


def _csv(number: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["案号", "法院", "正文"], [lines(number)[2], "石桥县人民法院", text(number)]])
    return out.getvalue().encode("utf-8-sig")


def _excel(number: int) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["案号", "法院", "正文"])
    book.active.append([lines(number)[2], "石桥县人民法院", text(number)])
    book.save(out)
    return out.getvalue()


def _tar(number: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo("裁定.txt")
        data = text(number).encode()
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def _scan(number: int) -> bytes:
    return scanned_pdf([picture_of(sheet) for sheet in _sheets(number)])


def _picture(number: int) -> bytes:
    out = io.BytesIO()
    picture_of(_sheets(number)[0]).save(out, "PNG")
    return out.getvalue()


GOOD: dict[str, Callable[[int], bytes]] = {
    "文字.txt": lambda n: text(n).encode(),
    "国标.txt": lambda n: text(n).encode("gb18030"),
    "宽字.txt": lambda n: text(n).encode("utf-16"),
    "标记.md": lambda n: f"---\ntitle: 裁定\n---\n\n{text(n)}".encode(),
    "网页.html": _html,
    "文档.docx": _word,
    "版式.pdf": lambda n: text_pdf(_sheets(n)),
    "扫描.pdf": _scan,
    "照片.png": _picture,
    "记录.json": lambda n: json.dumps({"text": text(n)}).encode(),
    "记录.jsonl": lambda n: json.dumps({"id": "k", "text": text(n)}).encode(),
    "列表.csv": _csv,
    "列表.xlsx": _excel,
    "卷宗.zip": lambda n: zip_of({"裁定.txt": text(n).encode()}),
    "卷宗.tar.gz": _tar,
    "套叠.zip": lambda n: zip_of({"内.zip": zip_of({"裁定.docx": _word(n)})}),
}


def _locked_pdf(number: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    paper = Canvas(out, encrypt=StandardEncryption("a secret", ownerPassword="another"))
    paper.drawString(100, 700, "x")
    paper.save()
    return out.getvalue()


def _locked_zip(number: int) -> bytes:
    data = bytearray(zip_of({"裁定.txt": text(number).encode()}))
    data[6] |= 1  # the flag of encryption, in the local head and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("大.txt", "w") as member:
        for _ in range(300):
            member.write(bytes(2**20))
    return out.getvalue()


def _packed_bomb() -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as packed:
        for _ in range(300):
            packed.write(bytes(2**20))
    return out.getvalue()


# Of each kind of damage two files, each with a word that its line must hold.
BAD: dict[str, tuple[bytes, str]] = {
    "空.docx": (b"", "空"),
    "空.pdf": (b"", "空"),
    "断.docx": (_word(90)[:700], "损坏"),
    "断.xlsx": (_excel(91)[:900], "损坏"),
    "假.docx": (b"\x89PNG\r\n\x1a\n" + bytes(200), "图片"),
    "假.pdf": (b"MZ" + bytes(range(256)), "PDF"),
    "锁.pdf": (_locked_pdf(92), "密码"),
    "锁.zip": (_locked_zip(93), "密码"),
    "弹.zip": (_bomb(), "压缩"),
    "弹.gz": (_packed_bomb(), "压缩"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run over the folder, and the service that searches what came of it."""

    report: Report
    service: SearchService
    names: tuple[str, ...]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    place = tmp_path_factory.mktemp("一案")
    root = place / "资料"
    root.mkdir()
    for number, (name, make) in enumerate(GOOD.items(), start=1):
        (root / name).write_bytes(make(number))
    for name, (data, _) in BAD.items():
        (root / name).write_bytes(data)
    names = [*GOOD]
    if office := shutil.which("soffice"):
        names.append("旧文档.doc")
        (place / "旧文档.docx").write_bytes(_word(len(names)))
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "doc", "--outdir", str(root)]
        subprocess.run([*command, str(place / "旧文档.docx")], check=True, capture_output=True)
    report = run(place / "index", root, jobs=2)
    return Outcome(report, SearchService(EmbeddedStore.open(place / "index"), None), tuple(names))


def test_every_good_document_is_found_by_the_same_search(outcome: Outcome) -> None:
    hits = outcome.service.search(SearchRequest(QUERY, limit=100)).hits
    numbers = {hit.meta["case_number"] for hit in hits}
    assert numbers == {f"（2023）云0122执{n}号" for n in range(1, len(outcome.names) + 1)}
    assert {hit.meta["court"] for hit in hits} == {"石桥县人民法院"}
    found = {name for name in outcome.names if any(hit.document_id.startswith(name) for hit in hits)}
    assert found == set(outcome.names)


@pytest.mark.parametrize("name", BAD)
def test_every_bad_file_is_a_line_with_the_reason(name: str, outcome: Outcome) -> None:
    (reason,) = [p.reason for p in outcome.report.failures if p.where.startswith(name)]
    assert BAD[name][1] in reason
    assert re.search(r"请.{4,}", reason), reason


def test_a_wrong_extension_is_said(outcome: Outcome) -> None:
    (notice,) = outcome.report.notices
    assert notice.where == "假.docx"
    assert "扩展名是 .docx，内容却是图片" in notice.reason


def test_nothing_else_is_reported(outcome: Outcome) -> None:
    failed = {problem.where.split("/")[0] for problem in outcome.report.failures}
    assert failed == set(BAD)
    assert outcome.report.files == len(outcome.names) + len(BAD)


@pytest.mark.parametrize("name", ["扫描.pdf", "照片.png"])
def test_a_recognised_page_says_so_and_how_surely(name: str, outcome: Outcome) -> None:
    document = outcome.service.document(name)
    assert document is not None
    (page,) = document.meta["pages"]
    assert page["number"] == 1
    assert 0.9 < page["confidence"] <= 1.0
    (hit,) = (
        h for h in outcome.service.search(SearchRequest(QUERY, limit=100)).hits if h.document_id == name
    )
    assert hit.meta["confidence"] == page["confidence"]
