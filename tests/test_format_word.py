"""Word documents give the lines that a lawyer sees on the page, and say what is left out of them."""

import pytest
from word_examples import (
    COMMENT,
    DELETED_END,
    FOOTNOTE,
    HEADINGS,
    LINES,
    PARTS,
    PICTURE,
    RULING,
    archive,
    cell,
    control,
    deleted,
    docx,
    field,
    level,
    numbering,
    p,
    part,
    r,
    style,
    styles,
    t,
    table,
    text_box,
)

from ingest.formats import word
from ingest.parse import parse
from ingest.source import Content, RawDocument
from legal.documents import JudicialDocument, PolicyText
from legal.errors import UnreadableFileError

PAGES = field("NUMPAGES", t("9"))
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RUN_THROUGH = '<w:lvlRestart w:val="0"/>'


def read(data: bytes, name: str = "文书/甲.docx") -> RawDocument:
    (document,) = word.read(Content(name, data=data))
    assert isinstance(document, RawDocument)
    return document


def lines(body: str, **parts: str) -> list[str]:
    return read(docx(body, **parts)).text.split("\n")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        list(word.read(Content("甲.docx", data=data)))
    return refused.value.message


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in LINES], ids=[c[0] for c in LINES])
def test_the_lines_are_those_of_the_page(body: str, expected: str) -> None:
    document = read(docx(body, **PARTS))
    assert document.id == "文书/甲.docx"
    assert document.text == expected


@pytest.mark.parametrize(
    ("body", "left_out"),
    [
        (p("甲", *[PICTURE] * 3), "图片 3 幅"),
        (p("甲", "<m:oMathPara><m:oMath/><m:oMath/></m:oMathPara>"), "公式 2 处"),
        (p("甲", field("EQ \\f(1,2)")), "公式 1 处"),
        (p("甲", field("PAGE", t("1")), field(" NUMPAGES ", t("9"))), "页码 2 处"),
        (p("甲", r('<w:sym w:font="Webdings" w:char="F041"/>')), "无法识别的符号 1 个"),
        (p("甲", COMMENT), "批注 1 处"),
        (p("甲", r("<w:object/>")), "嵌入对象 1 个"),
        (p("甲") + '<w:altChunk r:id="r8"/>', "嵌入的文件 1 个"),
        (p("甲") + table(f"<w:trPr><w:del/></w:trPr>{cell('乙')}"), "修订中删除的表格行 1 处"),
        (p("甲", deleted("乙")) + p(deleted("丙"), mark=DELETED_END), "修订中删除的文字 2 处"),
        (p("甲", t("乙", "<w:vanish/>")), "隐藏文字 1 处"),
        (p("甲", control(t("点击输入"), "<w:showingPlcHdr/>")), "未填写的填写框 1 处"),
        (p(r(f"<w:ruby><w:rt>{t('jia')}</w:rt><w:rubyBase>{t('甲')}</w:rubyBase></w:ruby>")), "注音 1 处"),
        (p("甲", number=(7, 0)), "自动编号 1 处"),
    ],
)
def test_what_is_no_text_is_counted(body: str, left_out: str) -> None:
    document = read(docx(body))
    assert document.left_out == (left_out,)
    assert document.text == "甲"


def test_headers_and_footers_are_named_and_their_page_numbers_counted() -> None:
    document = read(
        docx(
            p("甲"),
            header1=part("hdr", p("某某律师事务所")),
            header2=part("hdr", p("某某律师事务所")),
            header3=part("hdr", p()),
            footer1=part("ftr", p(text_box(p("第 ", field("PAGE", t("1")), " 页 共 ", PAGES, " 页")))),
            footer2=part("ftr", p("地址：石桥县")),
        )
    )
    assert document.text == "甲"
    assert document.left_out == ("页码 2 处", "页脚“地址：石桥县”1 处", "页眉“某某律师事务所”2 处")


def test_a_note_stands_behind_its_row() -> None:
    body = table(cell("房屋", "一套") + cell(p("已查封", FOOTNOTE)), cell("车辆") + cell("未查封"))
    assert lines(body, **PARTS) == ["房屋", "一套", "已查封", "注：指现行有效的文本。", "车辆\t未查封"]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    result = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + t("7")
    assert lines(p("甲", begun, "乙") + p("丙", begun, result) + p("丁")) == ["甲乙", "丙", "丁"]


def test_the_strict_variant_is_read_alike() -> None:
    def strict(xml: str) -> str:
        return xml.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT)

    body = part("document", f"<w:body>{p('某规则', style='a3')}{p('甲', FOOTNOTE)}</w:body>")
    sheets = {"document": body, "styles": HEADINGS, **PARTS}
    document = read(archive({f"word/{name}.xml": strict(xml) for name, xml in sheets.items()}))
    assert document.text == "# 某规则\n甲\n注：指现行有效的文本。"


ARTICLES = level(0, "chineseCountingThousand", "第%1条") + level(1, "chineseCounting", "（%2）")


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (level(0, "decimal", "%1."), "1. 甲|2. 甲|3. 甲"),
        (level(0, "chineseCounting", "%1、"), "一、甲|二、甲|三、甲"),
        (level(0, "chineseCountingThousand", "第%1条"), "第一条 甲|第二条 甲|第三条 甲"),
        (level(0, "chineseCounting", "（%1）"), "（一）甲|（二）甲|（三）甲"),
        (level(0, "ideographTraditional", "%1、"), "甲、甲|乙、甲|丙、甲"),
        (level(0, "decimalFullWidth", "（%1）"), "（１）甲|（２）甲|（３）甲"),
        (level(0, "upperLetter", "%1."), "A. 甲|B. 甲|C. 甲"),
        (level(0, "lowerLetter", "%1)"), "a) 甲|b) 甲|c) 甲"),
        (level(0, "upperRoman", "%1."), "I. 甲|II. 甲|III. 甲"),
        (level(0, "lowerRoman", "%1."), "i. 甲|ii. 甲|iii. 甲"),
        (level(0, "decimalEnclosedCircle", "%1"), "① 甲|② 甲|③ 甲"),
        (level(0, "decimalZero", "%1"), "01 甲|02 甲|03 甲"),
        (level(0, "decimal", "%1", '<w:suff w:val="nothing"/>'), "1甲|2甲|3甲"),
        (level(0, "none", ""), "甲|甲|甲"),
        (level(0, "bullet", "\uf0b7", ""), "• 甲|• 甲|• 甲"),
    ],
)
def test_automatic_numbers_are_written_out(levels: str, expected: str) -> None:
    body = p("甲", number=(1, 0)) * 3
    assert "|".join(lines(body, numbering=numbering(levels))) == expected


@pytest.mark.parametrize(
    ("form", "start", "expected"),
    [
        ("chineseCountingThousand", 1260, "第一千二百六十条 甲"),
        ("chineseCountingThousand", 105, "第一百零五条 甲"),
        ("upperLetter", 28, "第BB条 甲"),
        ("upperRoman", 49, "第XLIX条 甲"),
        ("decimalEnclosedCircle", 21, "第21条 甲"),
        ("chineseCounting", 10_000, "第10000条 甲"),
    ],
)
def test_a_list_may_start_anywhere(form: str, start: int, expected: str) -> None:
    levels = level(0, form, "第%1条").replace('<w:start w:val="1"/>', f'<w:start w:val="{start}"/>')
    assert lines(p("甲", number=(1, 0)), numbering=numbering(levels)) == [expected]


def test_lower_levels_begin_again_and_show_the_higher() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = "".join(p("甲", number=(1, index)) for index in (0, 1, 1, 0, 1))
    assert lines(body, numbering=numbering(levels)) == ["一、甲", "1.1 甲", "1.2 甲", "二、甲", "2.1 甲"]


def test_a_level_may_run_through() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "chineseCounting", "第%2条", RUN_THROUGH)
    body = "".join(p("甲", number=(1, index)) for index in (0, 1, 0, 1))
    assert lines(body, numbering=numbering(levels)) == ["第一章 甲", "第一条 甲", "第二章 甲", "第二条 甲"]


def test_a_list_that_starts_again_does_so_once() -> None:
    again = (
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(p("甲", number=(number, 0)) for number in (1, 1, 9, 9))
    part_of_numbers = numbering(level(0, "decimal", "%1."), more=again)
    assert lines(body, numbering=part_of_numbers) == ["1. 甲", "2. 甲", "1. 甲", "2. 甲"]


def test_a_style_may_number_its_paragraphs() -> None:
    by_style = styles(
        style("tiao", "条", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        style("kuan", "款", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        style("tiao2", "条之二", based_on="tiao"),
        style("round", "圈", based_on="round"),
    )
    levels = ARTICLES.replace("<w:lvlText", '<w:pStyle w:val="tiao"/><w:lvlText', 1)
    levels = '<w:pStyle w:val="kuan"/><w:lvlText w:val="（'.join(levels.split('<w:lvlText w:val="（'))
    body = p("甲", style="tiao") + p("乙", style="kuan") + p("丙", style="tiao2") + p("丁", style="round")
    without = p("戊", style="tiao", number=(0, 0))
    found = lines(body + without, styles=by_style, numbering=numbering(levels))
    assert found == ["第一条 甲", "（一）乙", "第二条 丙", "丁", "戊"]


def test_a_number_that_cannot_be_written_is_left_out_and_counted() -> None:
    document = read(docx(p("甲", number=(1, 0)), numbering=numbering(level(0, "hebrew1", "%1."))))
    assert (document.text, document.left_out) == ("甲", ("自动编号 1 处",))


def test_headings_are_marked_but_articles_and_sentences_are_not() -> None:
    body = (
        p("云州市甲规则", style="a3")
        + p("第一章　总则", style="1")
        + p("第一条　张某可以申请。", style="2")
        + p("第二条", style="2")
        + p("附则", style="2")
        + p("本规则自公布之日起施行。", style="1")
    )
    assert lines(body, styles=HEADINGS) == [
        "# 云州市甲规则",
        "## 第一章　总则",
        "第一条　张某可以申请。",
        "第二条",
        "### 附则",
        "本规则自公布之日起施行。",
    ]


def test_a_ruling_with_styled_headings_is_parsed_as_one() -> None:
    by_number = numbering(level(0, "chineseCounting", "%1、"))
    document = parse(read(docx(RULING, styles=HEADINGS, numbering=by_number, **PARTS)))
    assert isinstance(document, JudicialDocument)
    assert document.title == "石桥县人民法院 执行裁定书 （2023）岭0122执5号"
    assert [(p.role, p.name) for p in document.parties] == [("申请执行人", "某公司"), ("被执行人", "李某")]
    assert document.cause_of_action == "买卖合同纠纷"
    assert document.cited_articles == ("民事诉讼法#第二百五十五条",)
    assert str(document.judgment_date) == "2023-05-06"
    assert [s.label for s in document.sections] == ["首部", "审理经过", "本院认为", "裁判主文", "尾部"]


def test_a_norm_with_automatic_numbers_is_parsed_into_its_articles() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(
        1, "chineseCountingThousand", "第%2条", RUN_THROUGH
    )
    body = p("云州市甲规则", style="a3")
    for name in ("总则", "附则"):
        body += p(name, style="1", number=(1, 0)) + p("张某可以申请。", number=(1, 1)) * 2
    document = parse(read(docx(body, styles=HEADINGS, numbering=numbering(levels))))
    assert isinstance(document, PolicyText)
    assert document.title == "云州市甲规则"
    assert [(s.label, s.heading) for s in document.sections] == [
        ("第一条", "第一章 总则"),
        ("第二条", "第一章 总则"),
        ("第三条", "第二章 附则"),
        ("第四条", "第二章 附则"),
    ]
