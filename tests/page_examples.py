"""Pages for tests: an invented ruling, typeset once and drawn either into a PDF or as pictures of pages."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 80.0, 80.0, 90.0, 90.0
SIZE, LEADING = 14.0, 25.0

RULING = (
    ("centre", "石桥县人民法院"),
    ("centre", "执行裁定书"),
    ("right", "（2023）云0122执异5号"),
    ("body", "申请执行人：石桥某建材有限公司，住所地石桥县东街12号。"),
    ("body", "法定代表人：张某，该公司经理。"),
    ("body", "被执行人：李某，男，1980年3月2日出生，汉族，住石桥县南巷6号。"),
    (
        "body",
        "本院在执行石桥某建材有限公司与李某买卖合同纠纷一案中，被执行人李某于2023年4月6日向本院提出书面异议，"
        "请求解除对其名下位于石桥县南巷6号房屋的查封。本院受理后，依法组成合议庭进行审查，现已审查终结。",
    ),
    (
        "body",
        "李某称，上述房屋系其本人及所扶养家属维持生活必需的居住房屋，法院的查封行为违反法律规定，应当予以解除。",
    ),
    (
        "body",
        "本院查明，石桥某建材有限公司与李某买卖合同纠纷一案，本院作出（2022）云0122民初31号民事判决，"
        "判令李某支付货款86500元及利息。判决生效后，李某未履行，石桥某建材有限公司向本院申请强制执行。"
        "本院于2023年3月15日作出裁定，查封李某名下位于石桥县南巷6号的房屋一套。",
    ),
    (
        "body",
        "本院认为，根据《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》第四条的规定，对被执行人"
        "及其所扶养家属生活所必需的居住房屋，人民法院可以查封，但不得拍卖、变卖或者抵债。本院查封该房屋并无不当，"
        "李某的异议请求不能成立。依照《中华人民共和国民事诉讼法》第二百三十六条之规定，裁定如下：",
    ),
    ("body", "驳回李某的异议请求。"),
    ("body", "如不服本裁定，可以自本裁定送达之日起十日内，向云州市中级人民法院申请复议。"),
    ("right", "审判长　王某某"),
    ("right", "审判员　赵某某"),
    ("right", "二〇二三年五月六日"),
    ("right", "书记员　陈某"),
)
RULING_TEXT = "\n".join(text.replace("\u3000", " ") for _, text in RULING)


@dataclass(frozen=True, slots=True)
class Placed:
    """A string with its left end and its base line, in points from the upper left corner of the page."""

    text: str
    x: float
    y: float
    size: float = SIZE


Sheet = list[Placed]


def width_of(text: str, size: float = SIZE) -> float:
    """Chinese characters are one em wide, others about half of one."""
    return sum(size if ord(character) > 0x2000 else size / 2 for character in text)


def wrap(text: str, width: float, size: float = SIZE, indent: int = 2) -> Iterator[str]:
    """The lines of a paragraph; a line never begins with a closing mark, nor ends inside a number."""
    line = "\u3000" * indent
    for at, character in enumerate(text):
        inside = character.isdigit() and text[at - 1].isdigit()
        if width_of(line + character, size) > width and character not in "，。、；：）》”" and not inside:
            yield line
            line = ""
        line += character
    yield line


def typeset(
    paragraphs: tuple[tuple[str, str], ...], numbered: bool = True, header: str = "", bottom: float = BOTTOM
) -> list[Sheet]:
    """The pages that the paragraphs fill, with page numbers such as “- 2 -” perhaps with a header."""
    width = WIDTH - LEFT - RIGHT
    sheets: list[Sheet] = [[]]
    y = TOP + SIZE
    for kind, text in paragraphs:
        for line in wrap(text, width) if kind == "body" else [text]:
            if y > HEIGHT - bottom:
                sheets.append([])
                y = TOP + SIZE
            start = line.lstrip("\u3000")
            x = LEFT + width_of(line[: len(line) - len(start)])
            if kind == "centre":
                x = (WIDTH - width_of(line)) / 2
            elif kind == "right":
                x = WIDTH - RIGHT - width_of(line) - SIZE
            sheets[-1].append(Placed(start, x, y))
            y += LEADING
    for number, sheet in enumerate(sheets, 1):
        if header:
            sheet.append(Placed(header, (WIDTH - width_of(header, 9)) / 2, 50, 9))
        if numbered:
            sheet.append(Placed(f"- {number} -", WIDTH / 2 - 10, HEIGHT - 45, 10))
    return sheets


def canvas() -> tuple[Canvas, BytesIO]:
    """An empty PDF and where its bytes go when it is saved."""
    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    return Canvas(stream, pagesize=A4), stream


def show_turned(paper: Canvas, size: tuple[float, float], rotate: int) -> None:
    """The open page gets a size and is shown turned; reportlab would turn the size as well."""
    paper.setPageSize(size if rotate % 180 == 0 else size[::-1])
    paper.setPageRotation(rotate)


def draw(paper: Canvas, sheet: Sheet) -> None:
    """The strings of a page with a text layer, on the page that is open."""
    for placed in sheet:
        paper.setFont("STSong-Light", placed.size)
        paper.drawString(placed.x, HEIGHT - placed.y, placed.text)


def text_pdf(sheets: list[Sheet]) -> bytes:
    """A PDF with a text layer."""
    paper, stream = canvas()
    for sheet in sheets:
        draw(paper, sheet)
        paper.showPage()
    paper.save()
    return stream.getvalue()


def scanned_pdf(pictures: list[Image.Image], rotate: int = 0) -> bytes:
    """A PDF whose pages are pictures, without a text layer."""
    from reportlab.lib.utils import ImageReader

    paper, stream = canvas()
    for picture in pictures:
        size = (HEIGHT, WIDTH) if picture.width > picture.height else (WIDTH, HEIGHT)
        show_turned(paper, size, rotate)
        paper.drawImage(ImageReader(picture), 0, 0, *size)
        paper.showPage()
    paper.save()
    return stream.getvalue()


@cache
def font_file() -> Path:
    """A Chinese font of this machine; skips the test where there is none."""
    command = shutil.which("fc-list")
    listed = (
        subprocess.run([command, ":lang=zh", "file"], capture_output=True, text=True, check=True).stdout
        if command
        else ""
    )
    files = sorted(line.split(":")[0].strip() for line in listed.splitlines())
    if not files:
        pytest.skip("no Chinese font on this machine to draw pictures of pages with")
    return Path(next((file for file in files if "Serif" in file and "Regular" in file), files[0]))


def font(size: float) -> ImageFont.FreeTypeFont:
    """The Chinese font at a size in pixels."""
    return ImageFont.truetype(font_file(), round(size))


def picture_of(sheet: Sheet, dpi: int = 200) -> Image.Image:
    """A page as a clean scan would give it."""
    scale = dpi / 72
    picture = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    pen = ImageDraw.Draw(picture)
    for placed in sheet:
        at = (placed.x * scale, placed.y * scale)
        pen.text(at, placed.text, "black", font(placed.size * scale), anchor="ls")
    return picture


def with_seal(picture: Image.Image, x: float, y: float, dpi: int = 200) -> Image.Image:
    """The page with a round red seal around a point: a ring, letters along it, and a star."""
    scale = dpi / 72
    radius = 60 * scale
    side = round(2 * radius)
    seal = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    pen = ImageDraw.Draw(seal)
    red = (214, 30, 35, 225)
    pen.ellipse((4, 4, side - 4, side - 4), outline=red, width=round(3 * scale))
    for index, character in enumerate("石桥县人民法院"):
        letter = Image.new("RGBA", seal.size, (255, 255, 255, 0))
        ImageDraw.Draw(letter).text((radius, 14 * scale), character, red, font(15 * scale), anchor="mm")
        seal.alpha_composite(letter.rotate(105 - 35 * index, center=(radius, radius)))
    pen.text((radius, radius), "★", red, font(40 * scale), anchor="mm")
    stamped = picture.convert("RGBA")
    stamped.alpha_composite(seal, (round(x * scale - radius), round(y * scale - radius)))
    return stamped.convert("RGB")
