"""The report on similar cases as a Word document."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.similar_report import Blank, Block, Grid, Heading, Paragraph, Report
from app.wording import moment_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

# The fonts of official documents (GB/T 9704); Word takes another face where they are missing.
_TEXT, _HEAD, _LATIN = "仿宋", "黑体", "Times New Roman"
_TITLE_SIZE, _SIZE, _CELL_SIZE = 22, 12, 10.5  # points
_MARGINS = (37, 35, 28, 26)  # millimetres: above, below, left, right
_WIDTH = 210 - 28 - 26
_LINE = 36  # letters


def word_bytes(report: Report) -> bytes:
    """The report as the bytes of a .docx file."""
    import docx

    document = docx.Document()
    _page(document)
    _run(document.add_paragraph(), report.title, (_HEAD, _TITLE_SIZE, True)).alignment = 1
    for block in report.blocks:
        _add(document, block)
    document.core_properties.title = report.title
    document.core_properties.author = "律执"
    document.core_properties.created = report.made.replace(tzinfo=None)
    _footer(document, f"{report.title}　{moment_text(report.made)}　第 ")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _page(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, _MARGINS)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _TEXT)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.line_spacing = 1.4


def _add(document: "Document", block: Block) -> None:
    if isinstance(block, Heading):
        paragraph = document.add_heading(level=block.level)
        paragraph.paragraph_format.keep_with_next = True
        _run(paragraph, block.text, (_HEAD, 15 if block.level == 1 else 12.5, True))
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph(block.text)
        paragraph.paragraph_format.first_line_indent = _points(2 * _SIZE)
    elif isinstance(block, Blank):
        rest = "＿" * max(8, _LINE - len(block.label) - 1)
        document.add_paragraph(f"{block.label}：{rest if block.lines == 1 else ''}")
        for _ in range(block.lines if block.lines > 1 else 0):
            document.add_paragraph("＿" * _LINE)
    else:
        _grid(document, block)


def _grid(document: "Document", grid: Grid) -> None:
    from docx.shared import Mm

    table: Table = document.add_table(rows=0, cols=len(grid.widths), style="Table Grid")
    table.autofit = False
    for width, own in zip(grid.widths, table.columns, strict=True):
        own.width = Mm(_WIDTH * width)
    for number, row in enumerate(grid.rows):
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = Mm(_WIDTH * grid.widths[column])
            bold = (number == 0) if grid.headed else (column == 0)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = 0
            paragraph.paragraph_format.line_spacing = 1.2
            _run(paragraph, text, (_TEXT, _CELL_SIZE, bold))
    if grid.headed:
        _mark(table.rows[0], "w:tblHeader")
    for whole in table.rows:
        _mark(whole, "w:cantSplit")
    gap = document.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = 0, 0.7


def _mark(row: Any, name: str) -> None:
    """Says of a row that it stands again on the next page (w:tblHeader) or stays whole (w:cantSplit)."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _run(paragraph: Any, text: str, face: tuple[str, float, bool]) -> Any:
    """Adds text in a font (name, points, bold), black; returns the paragraph."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    name, size, bold = face
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = _LATIN, _points(size), bold
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)
    return paragraph


def _footer(document: "Document", text: str) -> None:
    """A line with the number of the page, which Word fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = _run(document.sections[0].footer.paragraphs[0], text, (_TEXT, 9, False))
    paragraph.alignment = 1
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    _run(paragraph, " 页", (_TEXT, 9, False))


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)
