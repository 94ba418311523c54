"""PDF: the text that the file holds, and recognised text for pages that are pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.formats import Format
from ingest.pages.layout import running_text
from ingest.pages.pdf_page import picture_of, text_of
from ingest.pages.pieces import Sheet
from ingest.pages.recognition import doubts, recognised
from ingest.source import Content, Item, Notice, Problem, RawDocument
from legal.errors import UnreadableFileError

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_LOCKED = "文件设有打开密码，无法读取。请取得密码，另存为无密码的文件后重试。"
_BROKEN = "PDF 文件已损坏或不完整，无法读取。请重新取得这份文件后再试。"
_NOTHING = "各页都没有可读的文字，也看不清图像中的文字。请重新扫描，分辨率 300 dpi 以上。"


def read(content: Content) -> Iterator[Item]:
    """The text of the document, and a Problem for each page that could not be read or hardly could."""
    if not content.size:
        raise UnreadableFileError("文件是空的（0 字节）。请重新取得这份文件后再试。")
    sheets: list[Sheet] = []
    problems: list[Problem | Notice] = []
    document = _opened(content)
    try:
        for index in range(len(document)):
            where = f"{content.id} 第 {index + 1} 页"
            try:
                sheet = _sheet(document, index)
            except UnreadableFileError as error:
                problems.append(Problem(where, error.message))
                continue
            sheets.append(sheet)
            problems += doubts(sheet, where)
    finally:
        document.close()
    text = running_text(sheets)
    if not text.text:
        raise UnreadableFileError(_NOTHING if sheets else _BROKEN)
    yield RawDocument(content.id, text.text, pages=text.pages, left_out=text.left_out)
    yield from problems


def recognises(content: Content) -> bool:
    """Whether the file begins as PDF does; some programs put a few bytes before."""
    return b"%PDF-" in content.head(1024)


def _opened(content: Content) -> pdfium.PdfDocument:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        document = pdfium.PdfDocument(content.path or content.read())
        document.init_forms()
    except pdfium.PdfiumError as error:
        protected = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise UnreadableFileError(_LOCKED if protected else _BROKEN) from error
    return document


def _sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """One page; its picture is in memory only as long as it is being recognised."""
    import pypdfium2 as pdfium

    try:
        page = _page(document, index)
        try:
            return text_of(page, index + 1) or recognised(picture_of(page), index + 1)
        finally:
            page.close()
    except (pdfium.PdfiumError, AssertionError, ValueError, OverflowError) as error:
        raise UnreadableFileError("这一页已损坏，没有读出。请核对原件。") from error


def _page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """A page with what was filled in its forms and written on it as part of it."""
    import pypdfium2.raw as raw

    page = document[index]
    if not raw.FPDFPage_GetAnnotCount(page):
        return page
    page.flatten()
    page.close()
    return document[index]


FORMAT = Format("PDF", (".pdf",), read, recognises, native=True)
