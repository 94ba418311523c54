"""PDF files with a text layer: text, pages, tables, watermarks, rotation, and files that are damaged."""

import random
import re
from io import BytesIO
from pathlib import Path

import page_examples as examples
import pytest
from fpdf import FPDF
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.formats import format_of
from ingest.formats.pdf import FORMAT
from ingest.parse import parse
from ingest.source import Content, Problem, RawDocument
from legal.errors import UnreadableFileError


def read(data: bytes) -> RawDocument:
    """The one document of a PDF that has no problems."""
    items = list(FORMAT.read(Content("裁定.pdf", data=data)))
    assert len(items) == 1, items
    assert isinstance(items[0], RawDocument)
    return items[0]


@pytest.fixture(scope="module")
def ruling() -> bytes:
    return examples.text_pdf(examples.typeset(examples.RULING, header="石桥县人民法院文书"))


def test_a_ruling_reads_as_a_lawyer_would_copy_it(ruling: bytes) -> None:
    raw = read(ruling)
    assert raw.text == examples.RULING_TEXT
    assert raw.left_out == ("页码 2 处", "页眉“石桥县人民法院文书”2 处")


def test_pages_are_known_in_the_text(ruling: bytes) -> None:
    raw = read(ruling)
    assert [(page.number, page.confidence) for page in raw.pages] == [(1, None), (2, None)]
    first, second = raw.pages
    assert first.start == 0
    assert raw.text[second.start : second.end].endswith("书记员 陈某")
    assert "书记员" not in raw.text[first.start : first.end]


def test_a_sentence_that_runs_over_a_page_break_is_whole_and_cut_in_the_pages() -> None:
    raw = read(examples.text_pdf(examples.typeset(examples.RULING, bottom=270)))
    assert raw.text == examples.RULING_TEXT
    cut = raw.pages[0].end
    assert raw.pages[1].start == cut
    assert "\n" not in raw.text[cut - 5 : cut + 5]


def test_the_parse_of_a_ruling_finds_its_parts(ruling: bytes) -> None:
    document = parse(read(ruling))
    assert document.case_number == "（2023）云0122执异5号"
    assert document.court == "石桥县人民法院"
    assert [s.label for s in document.sections] == [
        "首部",
        "审理经过",
        "诉称",
        "查明",
        "本院认为",
        "裁判主文",
        "尾部",
    ]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_shown_turned_reads_the_same(rotation: int) -> None:
    paper, stream = examples.canvas()
    examples.show_turned(paper, (examples.WIDTH, examples.HEIGHT), rotation)
    examples.draw(paper, examples.typeset(examples.RULING[:8], numbered=False)[0])
    paper.save()
    assert read(stream.getvalue()).text == "\n".join(text for _, text in examples.RULING[:8])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_that_is_written_turned_reads_the_same(turn: int) -> None:
    paper, stream = examples.canvas()
    paper.setPageSize((examples.HEIGHT, examples.HEIGHT))
    paper.translate(examples.HEIGHT / 2, examples.HEIGHT / 2)
    paper.rotate(turn)
    paper.translate(-examples.HEIGHT / 2, -examples.HEIGHT / 2)
    examples.draw(paper, examples.typeset(examples.RULING[:8], numbered=False)[0])
    paper.save()
    assert read(stream.getvalue()).text == "\n".join(text for _, text in examples.RULING[:8])


def test_a_slanting_watermark_and_text_along_the_margin_are_left_out_and_counted() -> None:
    paper, stream = examples.canvas()
    paper.saveState()
    paper.setFont("STSong-Light", 60)
    paper.setFillGray(0.85)
    paper.translate(200, 300)
    paper.rotate(45)
    paper.drawString(0, 0, "仅供查阅")
    paper.restoreState()
    paper.saveState()
    paper.setFont("STSong-Light", 10)
    paper.translate(30, 300)
    paper.rotate(90)
    paper.drawString(0, 0, "装订线内不得书写")
    paper.restoreState()
    examples.draw(paper, examples.typeset(examples.RULING[:8], numbered=False)[0])
    paper.save()
    raw = read(stream.getvalue())
    assert raw.text == "\n".join(text for _, text in examples.RULING[:8])
    assert raw.left_out == ("斜排或竖排的文字（如水印） 2 处",)


def party_table(paper: Canvas) -> None:
    paper.grid([80, 200, 360], [500, 530, 575])
    paper.setFont("STSong-Light", 14)
    for x, y, text in (
        (85, 550, "申请执行人"),
        (205, 555, "石桥某建材有限责任公"),
        (205, 538, "司"),
        (85, 510, "被执行人"),
        (205, 510, "李某"),
    ):
        paper.drawString(x, y, text)


def test_the_parties_of_a_table_are_found() -> None:
    paper, stream = examples.canvas()
    examples.draw(paper, examples.typeset(examples.RULING[:3], numbered=False)[0])
    party_table(paper)
    after = (("body", "本院在执行石桥某建材有限责任公司与李某买卖合同纠纷一案中，依法查封房屋。"),)
    examples.draw(
        paper, [examples.Placed(p.text, p.x, p.y + 270) for p in examples.typeset(after, numbered=False)[0]]
    )
    paper.save()
    raw = read(stream.getvalue())
    assert "\n申请执行人 石桥某建材有限责任公司\n被执行人 李某\n" in raw.text
    assert [(p.role, p.name) for p in parse(raw).parties] == [
        ("申请执行人", "石桥某建材有限责任公司"),
        ("被执行人", "李某"),
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    paragraph = examples.RULING[9][1]
    lines = list(examples.wrap(paragraph, 200, 12, indent=0))
    half = len(lines) // 2
    placed = [examples.Placed("石桥县人民法院执行工作简报第一期合订本", 140, 90, 18)]
    placed += [examples.Placed(line, 80, 130 + 20 * at, 12) for at, line in enumerate(lines[:half])]
    placed += [examples.Placed(line, 310, 135 + 20 * at, 12) for at, line in enumerate(lines[half:])]
    assert read(examples.text_pdf([placed])).text == "石桥县人民法院执行工作简报第一期合订本\n" + paragraph


def test_spaces_that_stretch_a_line_are_no_spaces_of_the_text() -> None:
    paper, stream = examples.canvas()
    text = paper.beginText(80, 700)
    text.setFont("STSong-Light", 14)
    text.setCharSpace(4)
    text.textOut("本院依法查封被执行人名下房屋。")
    paper.drawText(text)
    paper.save()
    assert read(stream.getvalue()).text == "本院依法查封被执行人名下房屋。"


def test_rare_characters_radicals_and_ligatures_of_an_embedded_font_are_read() -> None:
    paper = FPDF(unit="pt", format="A4")
    paper.add_page()
    paper.add_font("chinese", fname=examples.font_file())
    paper.set_font("chinese", size=14)
    paper.text(80, 100, "被执行人：𠮷某，⽴案⼈⺠法院，oﬃce of ﬁnance")
    assert read(bytes(paper.output())).text == "被执行人：𠮷某，立案人民法院，office of finance"


def test_characters_printed_twice_to_look_bold_are_read_once() -> None:
    paper, stream = examples.canvas()
    examples.draw(paper, [examples.Placed("人人民民法院", 80 + shift, 100) for shift in (0, 0.4)])
    paper.save()
    assert read(stream.getvalue()).text == "人人民民法院"


def test_what_was_filled_in_a_form_is_part_of_the_text() -> None:
    paper, stream = examples.canvas()
    examples.draw(paper, [examples.Placed("联系电话：", 80, 100)])
    paper.acroForm.textfield(
        name="phone", value="0871-5550100", x=160, y=examples.HEIGHT - 106, borderWidth=0
    )
    paper.save()
    assert "0871-5550100" in read(stream.getvalue()).text


def test_pictures_beside_text_are_counted() -> None:
    paper, stream = examples.canvas()
    examples.draw(paper, examples.typeset(examples.RULING[:8], numbered=False)[0])
    paper.drawImage(ImageReader(Image.new("RGB", (200, 200), "grey")), 80, 100, 200, 200)
    paper.save()
    assert read(stream.getvalue()).left_out == ("插图（其中的文字未识别） 1 处",)


def test_a_text_layer_beneath_a_scan_is_used_as_it_is() -> None:
    paper, stream = examples.canvas()
    text = paper.beginText(80, 700)
    text.setTextRenderMode(3)  # invisible
    text.setFont("STSong-Light", 14)
    for line in examples.wrap(examples.RULING[6][1], 430):
        text.textLine(line.replace("　", "  "))
    paper.drawText(text)
    paper.drawImage(ImageReader(Image.new("RGB", (400, 600), "white")), 0, 0, examples.WIDTH, examples.HEIGHT)
    paper.save()
    raw = read(stream.getvalue())
    assert raw.text == examples.RULING[6][1]
    assert raw.pages[0].confidence is None


def encrypted(user: str) -> bytes:
    stream = BytesIO()
    examples.canvas()  # registers the font
    paper = Canvas(stream, encrypt=StandardEncryption(user, ownerPassword="owner", canCopy=0))
    examples.draw(paper, examples.typeset(examples.RULING[:8], numbered=False)[0])
    paper.save()
    return stream.getvalue()


def test_a_file_with_an_opening_password_says_so() -> None:
    with pytest.raises(UnreadableFileError, match="文件设有打开密码"):
        read(encrypted("secret"))


def test_a_file_that_is_only_protected_from_changes_reads() -> None:
    assert read(encrypted("")).text.startswith("石桥县人民法院\n执行裁定书")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "文件是空的", id="empty"),
        pytest.param(b"%PDF-1.7\n", "已损坏", id="only a head"),
        pytest.param(b"no PDF at all", "已损坏", id="something else"),
        pytest.param(
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF",
            "已损坏",
            id="no pages",
        ),
        pytest.param(examples.text_pdf([[]]), "没有可读的文字", id="an empty page"),
    ],
)
def test_a_file_without_text_says_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read(data)


def test_an_empty_file_on_disk_says_that_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    with pytest.raises(UnreadableFileError, match="0 字节"):
        list(FORMAT.read(Content("a.pdf", path=tmp_path / "a.pdf")))


def test_a_file_whose_end_is_missing_is_read_with_what_there_is(ruling: bytes) -> None:
    assert "石桥县人民法院" in read(ruling[: ruling.rindex(b"xref")]).text


def test_a_page_that_is_missing_is_named_and_the_others_are_read(ruling: bytes) -> None:
    broken = re.sub(rb"(/Kids \[ \d+ 0 R) \d+ 0 R", rb"\1 0 0 R", ruling)
    raw, problem = FORMAT.read(Content("裁定.pdf", data=broken))
    assert isinstance(raw, RawDocument)
    assert "\n石桥县人民法院\n" in raw.text
    assert problem == Problem("裁定.pdf 第 2 页", "这一页已损坏，没有读出。请核对原件。")


def test_damaged_bytes_give_text_or_a_clear_error_and_nothing_else(ruling: bytes) -> None:
    for seed in range(60):
        chance = random.Random(seed)
        data = bytearray(ruling)
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if seed % 3 == 0:
            del data[chance.randrange(len(data)) :]
        try:
            items = list(FORMAT.read(Content("a.pdf", data=bytes(data))))
        except UnreadableFileError:
            continue
        assert all(isinstance(item, RawDocument | Problem) for item in items)


def test_a_file_is_known_by_its_bytes_whatever_its_name(ruling: bytes) -> None:
    found, notice = format_of(Content("裁定.txt.bak", data=b"\n" + ruling))
    assert found is FORMAT
    assert notice is not None
