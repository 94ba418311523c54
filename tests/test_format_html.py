"""Saved pages give the document's text, whole and in its lines, and say what of the page is not in it."""

import json
import random
import re
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import html as html_format
from ingest.parse import parse
from ingest.source import Content, RawDocument
from legal.documents import JudicialDocument, PolicyText
from legal.errors import UnreadableFileError

RULING = [
    "石桥县人民法院",
    "执行裁定书",
    "（2023）岭0122执5号",
    "申请执行人：某公司，住所地云州市。",
    "被执行人：张某，男，1980年1月1日出生。",
    "本院在执行某公司与张某买卖合同纠纷一案中，查明被执行人名下有房屋一套。",
    "依照《中华人民共和国民事诉讼法》第二百五十五条，裁定如下：",
    "查封被执行人张某名下的房屋。",
    "审判员　　李某",
    "二〇二三年五月六日",
]


def paragraphs(ruling: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in ruling)


PARAGRAPHS = paragraphs(RULING)
LINKS = "".join(f"<li><a href='/x'>{name}</a></li>" for name in ("首页", "法院概况", "诉讼服务", "法院公告"))
MENU = f"<div class='nav'><ul>{LINKS}</ul></div>"
FOOTER = "<div class='footer'><p>版权所有：石桥县人民法院</p><p>岭ICP备12345678号</p></div>"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def read(source: str | bytes, name: str = "甲.html") -> RawDocument:
    data = source.encode() if isinstance(source, str) else source
    (document,) = html_format.read(Content(name, data=data))
    assert isinstance(document, RawDocument)
    return document


def lines(body: str) -> list[str]:
    return read(page(body)).text.split("\n")


WHOLE_PAGES = {
    "court site": f"{MENU}<div id='content'>{PARAGRAPHS}</div><p>【打印】 【关闭】</p>"
    f"<p>上一篇：<a href=1>李某借款合同纠纷执行裁定书</a></p><p>下一篇：没有了</p>{FOOTER}",
    "menus without a name": f"<ul>{LINKS}</ul><div>{PARAGRAPHS}</div><p>{LINKS}</p>",
    "page laid out with tables": f"<table><tr><td><a>首页</a> | <a>概况</a> | <a>公告</a></td></tr>"
    f"<tr><td><ul>{LINKS}</ul></td><td>{PARAGRAPHS}</td></tr></table>",
    "page in one form": f"<form><input type=hidden name=state>{MENU}{PARAGRAPHS}</form>",
    "line breaks": f"{MENU}<div>{'<br/>'.join('&nbsp;&nbsp;　' + line for line in RULING)}</div>{FOOTER}",
    "article with head and foot": f"<nav>{LINKS}</nav><article><header>{paragraphs(RULING[:3])}</header>"
    f"{paragraphs(RULING[3:8])}<footer>{paragraphs(RULING[8:])}</footer></article>",
    "signature in a footer": f"{paragraphs(RULING[:8])}<footer>{paragraphs(RULING[8:])}</footer>",
    "hidden until a script shows it": f"<p>加载</p><div style='display:none'>{PARAGRAPHS}</div>",
    "invisible until a script shows it": f"<div style='visibility: hidden; opacity: 0'>{PARAGRAPHS}</div>",
    "tags never closed": "<font size=3><b>" + "<p>".join(RULING) + "</table></span></div>",
    "a span for every word": "".join(f"<p><span>{line[:3]}</span><b>{line[3:]}</b></p>" for line in RULING),
    "source wrapped at will": "".join(f"<p>{line[:6]}\n     {line[6:]}\n</p>" for line in RULING),
    "nested thousands deep": "<div>" * 4_000 + PARAGRAPHS,
    "nested beyond what is parsed": "<div><span>" * 100_000 + PARAGRAPHS,
}


@pytest.mark.parametrize("body", WHOLE_PAGES.values(), ids=WHOLE_PAGES)
def test_the_text_of_a_page_is_the_document_and_nothing_else(body: str) -> None:
    found = [line for line in lines(body) if line != "加载"]
    assert found == RULING


@pytest.mark.parametrize("body", WHOLE_PAGES.values(), ids=WHOLE_PAGES)
def test_a_saved_ruling_is_parsed_as_one(body: str) -> None:
    document = parse(read(page(body, "<title>石桥县人民法院</title>")))
    assert isinstance(document, JudicialDocument)
    assert document.case_number == "（2023）岭0122执5号"
    assert document.court == "石桥县人民法院"
    assert document.cause_of_action == "买卖合同纠纷"
    assert [(p.role, p.name) for p in document.parties] == [("申请执行人", "某公司"), ("被执行人", "张某")]


LINES = {
    "inline elements": ("<p>查<b>封</b>、<span>冻</span>结<a>财产</a></p>", ["查封、冻结财产"]),
    "spaces at the beginning": ("<p>&nbsp;&nbsp;　　本院认为</p>", ["本院认为"]),
    "spaces inside": ("<p>审&nbsp;判&nbsp;员　李某</p>", ["审 判 员　李某"]),
    "entities": ("<p>&lt;甲&gt;&amp;&#x4e59;&ldquo;丙&rdquo;</p>", ["<甲>&乙“丙”"]),
    "marks without width": ("<p>张\u200b某\ufeff</p>", ["张某"]),
    "line break": ("<p>第一行<br>第二行</p>", ["第一行", "第二行"]),
    "preformatted": ("<pre>第一行\n  第二行</pre>", ["第一行", "第二行"]),
    "kept by a style": ("<div style='white-space:pre-wrap'>甲\n乙</div>", ["甲", "乙"]),
    "block shown in the line": ("<p>甲<div style='display:inline'>乙</div>丙", ["甲", "乙丙"]),
    "spans on source lines": ("<p><span>来源：甲</span>\n<span>编辑：乙</span></p>", ["来源：甲 编辑：乙"]),
    "headings": ("<h1>甲规定</h1><h3>第一章 总则</h3>", ["# 甲规定", "### 第一章 总则"]),
    "heading in two lines": ("<h1>最高人民法院<br>关于甲的规定</h1>", ["# 最高人民法院关于甲的规定"]),
    "article set as a heading": ("<h3>第一条 可以查封</h3>", ["第一条 可以查封"]),
    "numbered list": ("<ol start=3><li>查封；<li>冻结。</ol>", ["3. 查封；", "4. 冻结。"]),
    "list with numbers of its own": (
        "<ol><li>一、查封；<li>（二）冻结。</ol>",
        ["一、查封；", "（二）冻结。"],
    ),
    "table": ("<table><tr><td>甲<td>乙<tr><td>丙<td><p>丁</p></table>", ["甲\t乙", "丙\t丁"]),
    "empty cells": ("<table><tr><td>甲<td><td>乙<tr><td><td></table>", ["甲\t\t乙"]),
    "table in a table": (
        "<table><tr><td>左<td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></table>",
        ["左", "甲\t乙", "丙\t丁"],
    ),
    "text field": ("<textarea>甲\n乙</textarea>", ["甲", "乙"]),
    "list of linked names in the text": (
        "<p>下列人员：。</p><ul><li><a>张某</a><li><a>李某</a><li><a>王某</a></ul><p>特此公告。</p>",
        ["下列人员：。", "张某", "李某", "王某", "特此公告。"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), LINES.values(), ids=LINES)
def test_every_paragraph_row_and_break_is_a_line(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_the_parties_in_a_table_are_found() -> None:
    rows = [("申请执行人", "某公司"), ("被执行人：", "张某")]
    table = "".join(f"<tr><td><p>{role}</p></td><td> {name}</td></tr>" for role, name in rows)
    document = parse(
        read(page(f"<h1>石桥县人民法院执行公告</h1><p>（2023）岭0122执5号</p><table>{table}</table>"))
    )
    assert isinstance(document, JudicialDocument)
    assert [(p.role, p.name) for p in document.parties] == [("申请执行人", "某公司"), ("被执行人", "张某")]


def test_a_saved_norm_keeps_its_title_and_articles() -> None:
    articles = "<p>第一条　可以查封。</p><p>第二条　自2024年1月1日起施行。</p>"
    document = parse(
        read(page(f"<nav>{LINKS}</nav><h1>石桥县执行规定</h1><h2>第一章 总则</h2>{articles}{FOOTER}"))
    )
    assert isinstance(document, PolicyText)
    assert document.title == "石桥县执行规定"
    assert [section.label for section in document.sections] == ["第一条", "第二条"]


def test_what_is_left_out_is_named_and_counted() -> None:
    body = (
        f"{MENU}{PARAGRAPHS}<p hidden>隐藏</p><img src=a.png><iframe src=b></iframe>"
        f"<p>【打印】</p><p>【关闭】</p>{FOOTER}<script>var x</script><style>p{{}}</style>"
    )
    assert set(read(page(body)).left_out) == {
        "嵌入的网页 1 个",
        "图片 1 张",
        "导航和页脚 2 处",
        "打印、分享等按钮 2 处",
        "隐藏的内容 1 处",
    }


ENCODED = {
    "utf-8": ("<meta charset='utf-8'>", "utf-8"),
    "utf-8 with a mark": ("", "utf-8-sig"),
    "utf-16 with a mark": ("", "utf-16"),
    "gb18030 declared as gb2312": ("<meta http-equiv=x content='text/html; charset=gb2312'>", "gb18030"),
    "gbk": ("<META CHARSET=GBK>", "gbk"),
    "big5": ("<meta charset=big5>", "big5hkscs"),
    "declared in xml": ("<?xml version='1.0' encoding='GBK'?>", "gb18030"),
    "gb18030 undeclared": ("", "gb18030"),
    "utf-8 declared as gbk": ("<meta charset=gbk>", "utf-8"),
    "gb18030 declared as utf-8": ("<meta charset=utf-8>", "gb18030"),
    "gb18030 declared as latin": ("<meta charset=iso-8859-1>", "gb18030"),
    "declared as nonsense": ("<meta charset=nonsense>", "utf-8"),
}


@pytest.mark.parametrize(("declaration", "encoding"), ENCODED.values(), ids=ENCODED)
def test_a_page_is_read_in_every_encoding_whatever_it_says(declaration: str, encoding: str) -> None:
    text = "本院裁定查封" if encoding == "big5hkscs" else "本院镕裁定查封"
    assert read(f"{declaration}<html><body><p>{text}</p></body></html>".encode(encoding)).text == text


def test_a_few_broken_characters_do_not_cost_the_page() -> None:
    source = page("<p>" + "张某申请执行。" * 400 + "</p>", "<meta charset=gbk>").encode("gbk")
    document = read(source.replace(b"</p>", b"\xff\xff</p>"))
    assert document.text.startswith("张某申请执行。" * 400)
    assert "无法解码的字节 2 处" in document.left_out


@pytest.mark.parametrize("quoted", [True, False], ids=["in a string", "as an object"])
def test_a_judgment_that_a_script_holds_is_read_from_there(quoted: bool) -> None:
    value = json.dumps({"Title": "张某与某公司执行裁定书", "PubDate": "2023-05-07", "Html": PARAGRAPHS})
    script = f"<script>var a = 5; var jsonHtmlData = {json.dumps(value) if quoted else value};</script>"
    document = read(page(f"<div id=DivContent></div><p>文书全文</p>{script}"))
    assert document.text.split("\n") == RULING
    assert document.fields == {"title": "张某与某公司执行裁定书"}


TITLES = {
    "of a document": ("某公司与张某执行裁定书", "某公司与张某执行裁定书"),
    "with the site behind it": ("某公司与张某执行裁定书-石桥县人民法院", "某公司与张某执行裁定书"),
    "that the text has": ("执行裁定书", None),
    "of a site": ("中国文书网", None),
    "of a court": ("石桥县人民法院", None),
    "that would be taken for a cause": ("张某与李某民间借贷纠纷", None),
    "none": ("", None),
}


@pytest.mark.parametrize(("title", "expected"), TITLES.values(), ids=TITLES)
def test_a_title_is_taken_where_it_is_one_and_says_more_than_the_text(
    title: str, expected: str | None
) -> None:
    assert read(page(PARAGRAPHS, f"<title>{title}</title>")).fields.get("title") == expected


def mhtml(charset: str) -> bytes:
    message = MIMEMultipart("related")
    message["Snapshot-Content-Location"] = "x"
    message.attach(MIMEText(page(PARAGRAPHS), "html", charset))
    message.attach(MIMEImage(b"\x89PNG", "png"))
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_page_saved_in_one_file_with_its_pictures_is_read(charset: str) -> None:
    assert read(mhtml(charset), "甲.mht").text.split("\n") == RULING


WITHOUT_TEXT = {
    "script only": page("<div id=app></div><script>load()</script>"),
    "picture only": page("<img src=a.png>"),
    "nothing": "<html>",
}


@pytest.mark.parametrize("source", WITHOUT_TEXT.values(), ids=WITHOUT_TEXT)
def test_a_page_without_text_is_refused(source: str) -> None:
    with pytest.raises(UnreadableFileError, match="页面没有正文"):
        read(source)


NAMED_WRONGLY = {
    "doctype": page(PARAGRAPHS).encode(),
    "mark, comment and space": b"\xef\xbb\xbf \n<!-- x --><HTML lang=zh>" + PARAGRAPHS.encode(),
    "xml": b"<?xml version='1.0'?>\n<html xmlns='x'>" + PARAGRAPHS.encode(),
    "utf-16": page(PARAGRAPHS).encode("utf-16"),
    "utf-16 without a mark": page(PARAGRAPHS).encode("utf-16-be"),
    "mhtml": mhtml("utf-8"),
}


@pytest.mark.parametrize("data", NAMED_WRONGLY.values(), ids=NAMED_WRONGLY)
def test_a_page_is_known_by_its_bytes_under_another_name(data: bytes) -> None:
    assert html_format.recognises(Content("甲.doc", data=data))


def test_text_that_mentions_a_page_is_no_page() -> None:
    assert not html_format.recognises(Content("甲.txt", data="本院查明：<html>是网页。".encode()))


_PIECES = st.sampled_from(
    re.findall(
        "[^ ]+",
        "<p> </p> <table> <tr> <td> </table> <b> </b> <form> <nav> <ol> <li> </ol> <h1> </h1> <svg> <a> </a> "
        "<pre> <!-- < &#x <script> </script> 张某。 &nbsp; </html> <frameset> <template> <title> \0 \n",
    )
)


def text_or_refusal(data: bytes, name: str) -> str:
    try:
        return read(data, name).text
    except UnreadableFileError as error:
        return error.message


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_soup_of_tags_is_read_or_refused(soup: str) -> None:
    assert text_or_refusal(soup.encode() or b" ", "甲.html").strip()


@pytest.mark.parametrize("name", ["甲.html", "甲.mht"])
@pytest.mark.parametrize("seed", range(60))
def test_damaged_pages_are_read_or_refused(seed: int, name: str) -> None:
    chance = random.Random(seed)
    data = bytearray(mhtml("gbk") if name == "甲.mht" else page(MENU + PARAGRAPHS).encode())
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert text_or_refusal(bytes(data[: chance.randrange(1, len(data))]), name).strip()
