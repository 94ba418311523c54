"""Pages that are pictures: recognised however they lie, beneath seals, in PDF files and in picture files."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from io import BytesIO

import numpy as np
import page_examples as examples
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from ingest.formats import pdf, picture
from ingest.pages.layout import RunningText, running_text
from ingest.pages.pdf_page import picture_of
from ingest.pages.recognition import recognised
from ingest.parse import parse
from ingest.source import Content, Problem, RawDocument
from legal.errors import UnreadableFileError


def accuracy(text: str, expected: str) -> float:
    """The share of the expected characters that stand in the text in order, white space aside."""
    got, wanted = "".join(text.split()), "".join(expected.split())
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def read(reader: object, name: str, data: bytes) -> list[RawDocument | Problem]:
    return list(reader.FORMAT.read(Content(name, data=data)))  # type: ignore[attr-defined]


def bytes_of(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


SHORT = (*examples.RULING[:6], ("body", "裁定如下：驳回李某的异议请求。"))
SHORT_TEXT = "\n".join(text for _, text in SHORT)


@pytest.fixture(scope="module")
def pages() -> list[Image.Image]:
    return [examples.picture_of(sheet) for sheet in examples.typeset(examples.RULING)]


@pytest.fixture(scope="module")
def short() -> Image.Image:
    return examples.picture_of(examples.typeset(SHORT, numbered=False)[0])


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Iterator[None]:
        raise AssertionError("a request was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_a_scanned_ruling_gives_the_same_document_as_its_text(pages: list[Image.Image]) -> None:
    [scanned] = read(pdf, "裁定.pdf", examples.scanned_pdf(pages))
    [typed] = read(pdf, "裁定.pdf", examples.text_pdf(examples.typeset(examples.RULING)))
    assert isinstance(scanned, RawDocument)
    assert isinstance(typed, RawDocument)
    assert accuracy(scanned.text, examples.RULING_TEXT) >= 0.97
    assert [page.number for page in scanned.pages] == [1, 2]
    assert all(page.confidence is not None and page.confidence > 0.9 for page in scanned.pages)
    found, expected = parse(scanned), parse(typed)
    assert found.case_number == expected.case_number == "（2023）云0122执异5号"
    assert found.court == expected.court == "石桥县人民法院"
    assert [s.label for s in found.sections] == [s.label for s in expected.sections]
    assert [p.name for p in found.parties] == ["石桥某建材有限公司", "李某"]


@pytest.mark.parametrize("angle", [90, 180, 270, 4])
def test_a_page_is_turned_upright(short: Image.Image, angle: float) -> None:
    turned = short.rotate(angle, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    got = running_text([recognised(np.asarray(turned), 1)])
    assert accuracy(got.text, SHORT_TEXT) >= 0.97
    assert got.text.startswith("石桥县人民法院\n执行裁定书\n")


def test_a_page_that_is_shown_turned_is_recognised_as_it_is_shown(short: Image.Image) -> None:
    [raw] = read(pdf, "a.pdf", examples.scanned_pdf([short.rotate(90, expand=True)], rotate=90))
    assert isinstance(raw, RawDocument)
    assert accuracy(raw.text, SHORT_TEXT) >= 0.97


def stamped() -> RunningText:
    sheet = examples.typeset(examples.RULING[-4:], numbered=False)[0]
    date = sheet[2]
    seal = examples.with_seal(examples.picture_of(sheet), date.x + 40, date.y - 10)
    return running_text([recognised(np.asarray(seal), 1)])


def test_a_seal_is_left_out_and_the_date_beneath_it_is_read() -> None:
    got = stamped()
    assert got.text.replace(" ", "") == "审判长王某某\n审判员赵某某\n二〇二三年五月六日\n书记员陈某"
    assert got.left_out == ("印章 1 处",)


def test_a_watermark_across_the_page_is_left_out_and_counted(short: Image.Image) -> None:
    mark = Image.new("RGBA", short.size, (255, 255, 255, 0))
    font = examples.font(150)
    ImageDraw.Draw(mark).text((short.width / 2, 1500), "仅供查阅", (190, 190, 190, 255), font, anchor="mm")
    mark = mark.rotate(35, center=(short.width / 2, 1500))
    marked = short.convert("RGBA")
    marked.alpha_composite(mark)
    got = running_text([recognised(np.asarray(marked.convert("RGB")), 1)])
    assert accuracy(got.text, SHORT_TEXT) >= 0.97
    assert "查阅" not in got.text
    assert any(name.startswith("斜排或竖排的文字（如水印）") for name in got.left_out)


def test_rows_of_a_drawn_table_are_lines() -> None:
    image = Image.new("RGB", (1654, 800), "white")
    pen = ImageDraw.Draw(image)
    for x in (200, 500, 880):
        pen.line((x, 200, x, 460), "black", 3)
    for y in (200, 350, 460):
        pen.line((200, y, 880, y), "black", 3)
    cells = {(230, 275): "申请执行人", (530, 240): "石桥某建材有限责", (530, 310): "任公司"}
    for at, text in {**cells, (230, 405): "被执行人", (530, 405): "李某某"}.items():
        pen.text(at, text, "black", examples.font(40), anchor="lm")
    got = running_text([recognised(np.asarray(image), 1)])
    assert got.text == "申请执行人 石桥某建材有限责任公司\n被执行人 李某某"


def test_a_document_of_typed_and_scanned_pages_is_read_page_by_page(short: Image.Image) -> None:
    from reportlab.lib.utils import ImageReader

    paper, stream = examples.canvas()
    examples.draw(paper, examples.typeset(SHORT, numbered=False)[0])
    paper.showPage()
    paper.drawImage(ImageReader(short), 0, 0, examples.WIDTH, examples.HEIGHT)
    paper.save()
    [raw] = read(pdf, "a.pdf", stream.getvalue())
    assert isinstance(raw, RawDocument)
    typed, scanned = raw.pages
    assert typed.confidence is None
    assert scanned.confidence is not None
    assert raw.text[typed.start : typed.end] == SHORT_TEXT
    assert accuracy(raw.text[scanned.start : scanned.end], SHORT_TEXT) >= 0.97


@pytest.mark.parametrize("layer", ["\ue001" * 80, "由扫描程序创建"])
def test_a_scan_with_a_useless_text_layer_is_recognised(layer: str) -> None:
    from reportlab.lib.utils import ImageReader

    paper, stream = examples.canvas()
    line = examples.picture_of([examples.Placed("石桥县人民法院执行裁定书", 90, 140)])
    paper.drawImage(ImageReader(line), 0, 0, examples.WIDTH, examples.HEIGHT)
    text = paper.beginText(90, 60)
    text.setTextRenderMode(3)  # invisible
    text.setFont("STSong-Light", 6)
    text.textLine(layer)
    paper.drawText(text)
    paper.save()
    [raw] = read(pdf, "a.pdf", stream.getvalue())
    assert isinstance(raw, RawDocument)
    assert raw.text == "石桥县人民法院执行裁定书"


def test_a_page_of_enormous_size_is_drawn_small() -> None:
    paper, stream = examples.canvas()
    paper.setPageSize((14_400, 10_000))
    paper.rect(1000, 1000, 50, 50)
    paper.save()
    with pdfium.PdfDocument(stream.getvalue()) as document:
        assert picture_of(document[0]).shape == (2362, 3400, 3)


def test_each_page_of_a_tiff_is_a_page(short: Image.Image) -> None:
    second = examples.picture_of(examples.typeset(examples.RULING[-4:], numbered=False)[0])
    grey = [
        image.convert("L").point(lambda value: 255 * (value > 128)).convert("1") for image in (short, second)
    ]
    data = bytes_of(grey[0], "TIFF", save_all=True, append_images=grey[1:], compression="group4")
    [raw] = read(picture, "a.tif", data)
    assert isinstance(raw, RawDocument)
    assert [page.number for page in raw.pages] == [1, 2]
    assert accuracy(raw.text, SHORT_TEXT + "审判长王某某审判员赵某某二〇二三年五月六日书记员陈某") >= 0.95


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("BMP", "RGB")]
)
def test_pictures_of_all_kinds_are_read(kind: str, mode: str) -> None:
    line = examples.picture_of([examples.Placed("石桥县人民法院执行裁定书", 20, 40)]).crop((0, 0, 700, 200))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(line.convert("L")).astype(np.uint16) * 257)
    else:
        image = line.convert(mode)
    [raw] = read(picture, "a.bin", bytes_of(image, kind))
    assert isinstance(raw, RawDocument)
    assert raw.text == "石桥县人民法院执行裁定书"


def test_a_photograph_is_turned_as_the_camera_was_held() -> None:
    line = examples.picture_of([examples.Placed("石桥县人民法院执行裁定书", 20, 40)]).crop((0, 0, 700, 200))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    [raw] = read(picture, "a.jpg", bytes_of(line.rotate(180), "JPEG", exif=exif))
    assert isinstance(raw, RawDocument)
    assert raw.text == "石桥县人民法院执行裁定书"


def blank(colour: str = "white") -> Image.Image:
    return Image.new("RGB", (800, 1100), colour)


def noise() -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (1100, 800, 3), np.uint8))


@pytest.mark.parametrize(
    ("reader", "data", "message"),
    [
        pytest.param(pdf, lambda: examples.scanned_pdf([blank(), noise()]), "分辨率 300 dpi", id="scan"),
        pytest.param(picture, lambda: bytes_of(blank(), "PNG"), "分辨率 300 dpi", id="empty page"),
        pytest.param(picture, lambda: b"", "文件是空的", id="empty file"),
        pytest.param(picture, lambda: b"\x89PNG\r\n\x1a\nxx", "图片已损坏", id="only a head"),
        pytest.param(picture, lambda: bytes_of(noise(), "JPEG")[:5000], "图片已损坏", id="truncated"),
        pytest.param(picture, lambda: bytes_of(Image.new("1", (20_000, 10_000)), "PNG"), "像素", id="huge"),
    ],
)  # fmt: skip
def test_a_picture_without_readable_text_says_what_to_do(reader: object, data: object, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read(reader, "a", data())  # type: ignore[operator]


def test_a_page_on_which_nothing_is_recognised_is_named(short: Image.Image) -> None:
    raw, problem = read(pdf, "卷宗.pdf", examples.scanned_pdf([short, noise()]))
    assert isinstance(raw, RawDocument)
    assert isinstance(problem, Problem)
    assert problem.where == "卷宗.pdf 第 2 页"
    assert "300 dpi" in problem.reason


def test_damaged_pictures_give_text_or_a_clear_error_and_nothing_else() -> None:
    data = bytes_of(Image.new("RGB", (60, 40), "white"), "TIFF")
    chance = np.random.default_rng(3)
    for _ in range(200):
        broken = bytearray(data[: chance.integers(8, len(data))] if chance.random() < 0.3 else data)
        for _ in range(10):
            broken[chance.integers(min(len(broken), 400))] = chance.integers(256)
        try:
            read(picture, "a.tif", bytes(broken))
        except UnreadableFileError:
            continue


def test_recognising_says_nothing_and_leaves_the_log_as_it_is() -> None:
    script = (
        "import logging, numpy as np\n"
        "before = logging.root.level, list(logging.root.handlers), logging.root.manager.disable\n"
        "from ingest.pages.recognition import recognised\n"
        "page = np.full((200, 400, 3), 255, np.uint8); page[80:120, 100:110] = 0\n"
        "recognised(page, 1)\n"
        "assert before == (logging.root.level, list(logging.root.handlers), logging.root.manager.disable)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""
