"""Word documents, made from their XML as Word, WPS and LibreOffice write it, and the lines that they show."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def part(root: str, inside: str) -> str:
    """A part of a document: its root element with what is inside."""
    return f"{_HEAD}<w:{root} {_XMLNS}>{inside}</w:{root}>"


def docx(body: str, **parts: str) -> bytes:
    """A document with a body and other parts (styles, numbering, footnotes, header1 …), all given as XML."""
    sheets = {"document": part("document", f"<w:body>{body}<w:sectPr/></w:body>"), **parts}
    kinds = {name: name.rstrip("0123456789") for name in sheets}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.'
        f'{"document.main" if name == "document" else kinds[name]}+xml"/>'
        for name in sheets
    )
    related = "".join(
        f'<Relationship Id="r{name}" Type="{NAMESPACES["r"]}/{kinds[name]}" Target="{name}.xml"/>'
        for name in parts
    )
    main = f'<Relationship Id="r1" Type="{NAMESPACES["r"]}/officeDocument" Target="word/document.xml"/>'
    relations = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return archive(
        {
            "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{rels}"/>{types}</Types>',
            "_rels/.rels": f"{relations}{main}</Relationships>",
            "word/_rels/document.xml.rels": f"{relations}{related}</Relationships>",
            **{f"word/{name}.xml": xml for name, xml in sheets.items()},
        }
    )


def archive(members: dict[str, str]) -> bytes:
    """A zip file with these texts in it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, text in members.items():
            target.writestr(name, text)
    return out.getvalue()


def t(text: str, properties: str = "") -> str:
    """A run of text."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def r(inside: str) -> str:
    """A run of something else than text."""
    return f"<w:r>{inside}</w:r>"


def p(*content: str, style: str = "", number: tuple[int, int] | None = None, mark: str = "") -> str:
    """A paragraph of text and XML. `number` is its list and level, `mark` what its end has."""
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        inside += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    inside += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    runs = "".join(c if c.startswith("<") else t(c) for c in content)
    return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{runs}</w:p>"


def cell(*content: str, properties: str = "") -> str:
    inside = "".join(c if c.startswith(("<w:p>", "<w:tbl>")) else p(c) for c in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def field(code: str, result: str | None = None) -> str:
    """A field as Word writes it, in runs of its own; without a result it has no separator."""
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def inserted(content: str, by: str = "ins") -> str:
    return f'<w:{by} w:id="1" w:author="张某" w:date="2023-05-06T08:00:00Z">{content}</w:{by}>'


def deleted(text: str) -> str:
    return inserted(f"<w:r><w:delText>{text}</w:delText></w:r>", "del")


def text_box(*content: str) -> str:
    """A text box, which newer programs find in Choice and older ones in Fallback."""
    box = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


PICTURE = (
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></w:r>"
)
FOOTNOTE, ENDNOTE = r('<w:footnoteReference w:id="2"/>'), r('<w:endnoteReference w:id="2"/>')
COMMENT = r('<w:commentReference w:id="1"/>')
TICKED = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
DELETED_END = inserted("", "del")


def notes(kind: str, *content: str) -> str:
    """The part of footnotes or endnotes: the lines that separate them, and one note with the id 2."""
    return part(
        f"{kind}s",
        f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:id="2">{"".join(content)}</w:{kind}>',
    )


def level(index: int, form: str, text: str, more: str = "") -> str:
    """A level of a list. `more` stands where the schema has `lvlRestart`, `pStyle`, `isLgl` and `suff`."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*lists: str, more: str = "") -> str:
    """A part with lists numbered from 1, each by its levels; `more` holds lists that share one's levels."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
        for number, levels in enumerate(lists, 1)
    )
    concrete = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(1, len(lists) + 1)
    )
    return part("numbering", abstract + concrete + more)


def styles(*content: str) -> str:
    return part("styles", "".join(content))


def style(style_id: str, name: str, more: str = "", based_on: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{more}</w:pPr></w:style>"
    )


HEADINGS = styles(
    style("a3", "Title"),
    *(style(str(n), f"heading {n}", f'<w:outlineLvl w:val="{n - 1}"/>') for n in (1, 2, 3)),
)

# A name, the body, and the lines; the other parts are in PARTS.
LINES = [
    ("runs cut anywhere", p("申请执", "行人：", "某公司。"), "申请执行人：某公司。"),
    (
        "a party table",
        p("石桥县人民法院")
        + table(cell("申请执行人") + cell("某公司"), cell("被执行人") + cell("张某"))
        + p("本院查明。"),
        "石桥县人民法院\n申请执行人\t某公司\n被执行人\t张某\n本院查明。",
    ),
    (
        "cells merged across and down",
        table(
            cell("财产", properties='<w:vMerge w:val="restart"/>')
            + cell("房屋及车辆", properties='<w:gridSpan w:val="2"/>'),
            cell("", properties="<w:vMerge/>") + cell("房屋") + cell("一套"),
        ),
        "财产\t房屋及车辆\n\t房屋\t一套",
    ),
    (
        "a cell of several paragraphs",
        table(cell("甲方（盖章）：", "日期：") + cell("乙方（盖章）：", "日期：")),
        "甲方（盖章）：\n日期：\n乙方（盖章）：\n日期：",
    ),
    (
        "a table in a table",
        table(
            cell("清单") + cell(table(cell("房屋") + cell("一套"), cell("车辆") + cell("一辆")), "以上查封。")
        ),
        "清单\t房屋\t一套\n车辆\t一辆\n以上查封。",
    ),
    (
        "a text box in a sentence",
        p("本院依法", text_box(p("云州市"), p("石桥县人民法院")), "裁定如下："),
        "本院依法裁定如下：\n云州市\n石桥县人民法院",
    ),
    ("tracked changes", p("查封", deleted("三套"), inserted(t("两套")), "房屋。"), "查封两套房屋。"),
    (
        "moved text",
        p("一、", inserted(t("查封。"), "moveFrom"), "扣押。") + p("二、", inserted(t("查封。"), "moveTo")),
        "一、扣押。\n二、查封。",
    ),
    (
        "a deleted end of a paragraph",
        p("张某与", mark=DELETED_END) + p(deleted("李某"), mark=DELETED_END) + p("王某。"),
        "张某与王某。",
    ),
    (
        "a footnote and an endnote in a sentence",
        p("依照民法典", FOOTNOTE, "第五百条", ENDNOTE, "，裁定如下：") + p("准许。"),
        "依照民法典第五百条，裁定如下：\n注：指现行有效的文本。\n注：见附件。\n准许。",
    ),
    (
        "a hyperlink and content controls",
        p("见", f'<w:hyperlink w:anchor="b">{t("判决书")}</w:hyperlink>', control(t("全文")))
        + control(p("附件一")),
        "见判决书全文\n附件一",
    ),
    (
        "fields",
        p("至", field("DATE \\@ yyyy", t("2023年")), "止，共", field("PAGE", t("7")), "页，见")
        + p(field('HYPERLINK "a"', t("本院") + field("REF b", t("附件"))))
        + p(f'<w:fldSimple w:instr=" MERGEFIELD c ">{t("张某")}</w:fldSimple>'),
        "至2023年止，共页，见\n本院附件\n张某",
    ),
    ("a table of contents", p(field("TOC \\o", t("第一章\t") + field("PAGEREF _1 \\h", t("3")))), "第一章"),
    (
        "characters in circles",
        p("第", field("eq \\o\\ac(○,5)"), "项、第", field("eq \\o\\ac(○,12)"), "项"),
        "第⑤项、第（12）项",
    ),
    (
        "tabs and breaks",
        p("审判长", r("<w:tab/>"), "张某", r("<w:br/>"), "审判员", r('<w:br w:type="page"/>'), "李某"),
        "审判长\t张某\n审判员李某",
    ),
    (
        "symbols",
        p(r('<w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="MS Gothic" w:char="2611"/>'))
        + p(
            t("\uf0a8不同意第", '<w:rFonts w:ascii="Wingdings"/>'),
            t("1\xb32", '<w:rFonts w:ascii="Symbol"/>'),
        ),
        "☑☑\n☐不同意第1≥2",
    ),
    ("a hyphen that keeps words together", p("A", r("<w:noBreakHyphen/>"), "1"), "A-1"),
    (
        "a box to tick",
        p(field("FORMCHECKBOX").replace("/>", f">{TICKED}</w:fldChar>", 1), "同意"),
        "☑同意",
    ),
    (
        "hidden text",
        p("准许", t("（草稿）", "<w:vanish/>"), t("撤回。", '<w:vanish w:val="0"/>')),
        "准许撤回。",
    ),
]
PARTS = {
    "footnotes": notes("footnote", p("<w:r><w:footnoteRef/></w:r>", "指现行有效的文本。")),
    "endnotes": notes("endnote", p("见附件。")),
}
# A ruling whose author gave its title, and one of its sentences, the styles of headings.
RULING = (
    p("石桥县人民法院", style="a3")
    + p("执行裁定书", style="1")
    + p("（2023）岭0122执5号", style="2")
    + table(cell("申请执行人") + cell("某公司"), cell("被执行人") + cell("李某"))
    + p("本院在执行某公司与李某买卖合同纠纷一案中，查封房屋", FOOTNOTE, "一套。")
    + p("本院认为，依照《民事诉讼法》第二百五十五条，裁定如下：", style="1")
    + p("准许。", number=(1, 0))
    + p("二〇二三年五月六日")
)
