"""The report on similar cases as a PDF.

The font is STSong-Light, one of the Chinese fonts that every PDF reader brings or replaces (Adobe-GB1): no
font file has to be shipped, none is embedded.
"""

from functools import cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.similar_report import Blank, Block, Grid, Heading, Paragraph, Report
from app.wording import moment_text

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

_FONT = "STSong-Light"
_MILLIMETRE = 72 / 25.4
_MARGINS = (37, 35, 28, 26)  # millimetres: above, below, left, right (GB/T 9704)
_WIDTH = (210 - 28 - 26) * _MILLIMETRE
_RULE = 0.5  # points
_GREY = "#f0f2f4"
_BELOW = 45 * _MILLIMETRE  # what a heading must have below it on its page
# Code points of a cell as wide as the page from which a row may be torn between two pages: it may fill one.
_LONG = 1100
_LINE = 30  # code points that a new line takes, more or less


def pdf_bytes(report: Report) -> bytes:
    """The report as the bytes of a PDF file."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph as Line
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    content = BytesIO()
    above, below, left, right = (margin * _MILLIMETRE for margin in _MARGINS)
    document = SimpleDocTemplate(
        content,
        pagesize=A4,
        topMargin=above,
        bottomMargin=below,
        leftMargin=left - 6,  # a frame keeps 6 points inside
        rightMargin=right - 6,
        title=report.title,
        author="律执",
        lang="zh-CN",
    )
    parts: list[Flowable] = [Line(report.title, _styles()["title"])]
    for block in report.blocks:
        parts += _flowables(block)
    foot = f"{report.title}　{moment_text(report.made)}"
    document.build(parts, onFirstPage=_numbered(foot), onLaterPages=_numbered(foot))
    return content.getvalue()


def _flowables(block: Block) -> "list[Flowable]":
    from reportlab.platypus import CondPageBreak, KeepTogether, Spacer
    from reportlab.platypus import Paragraph as Line

    styles = _styles()
    if isinstance(block, Heading):
        return [CondPageBreak(_BELOW), Line(escape(block.text), styles[f"head{block.level}"])]
    if isinstance(block, Paragraph):
        return [Line(escape(block.text), styles["text"])]
    if isinstance(block, Blank):
        return [_blank(block), Spacer(1, 6)]
    grid = _grid(block)
    return [KeepTogether([grid]) if block.whole else grid, Spacer(1, 8)]


def _blank(block: Blank) -> "Flowable":
    """A label with a line to write on, or with lines below it."""
    from reportlab.platypus import KeepTogether, Table
    from reportlab.platypus import Paragraph as Line

    label = Line(escape(block.label) + "：", _styles()["label"])
    ruled = ("LINEBELOW", (-1, 0), (-1, -1), _RULE, "black")
    if block.lines == 1:
        own = min(0.75 * _WIDTH, (len(block.label) + 2) * 12)
        flush = ("LEFTPADDING", (0, 0), (-1, -1), 0)
        return Table([[label, ""]], [own, _WIDTH - own], style=[ruled, flush])
    rows = Table([[""]] * block.lines, [_WIDTH], [22] * block.lines, style=[ruled])
    return KeepTogether([label, rows])


def _grid(grid: Grid) -> "Flowable":
    from reportlab.platypus import LongTable
    from reportlab.platypus import Paragraph as Line

    cell = _styles()["cell"]
    rows: list[list[Any]] = [
        [Line(escape(text).replace("\n", "<br/>"), cell) for text in row] for row in grid.rows
    ]
    shaded = (0, 0), ((-1, 0) if grid.headed else (0, -1))
    return LongTable(
        rows,
        [width * _WIDTH for width in grid.widths],
        repeatRows=1 if grid.headed else 0,
        splitInRow=int(
            any(
                len(text) + _LINE * text.count("\n") > _LONG * width
                for row in grid.rows
                for width, text in zip(grid.widths, row, strict=True)
            )
        ),
        style=[
            ("GRID", (0, 0), (-1, -1), _RULE, "black"),
            ("BACKGROUND", *shaded, _GREY),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ],
    )


def _numbered(foot: str) -> Any:
    """Draws the foot of a page with its number."""

    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(105 * _MILLIMETRE, 20 * _MILLIMETRE, f"{foot}　第 {document.page} 页")

    return draw


@cache
def _styles() -> "dict[str, ParagraphStyle]":
    from reportlab.lib.styles import ParagraphStyle

    def style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
        return ParagraphStyle(name, fontName=_FONT, fontSize=size, leading=leading, wordWrap="CJK", **more)

    return {
        "title": style("title", 22, 32, alignment=1, spaceAfter=14),
        "head1": style("head1", 15, 24, spaceBefore=10, spaceAfter=6),
        "head2": style("head2", 12.5, 20, spaceBefore=8, spaceAfter=4),
        "text": style("text", 12, 20, firstLineIndent=24, spaceAfter=6),
        "label": style("label", 12, 18),
        "cell": style("cell", 10.5, 15),
    }
