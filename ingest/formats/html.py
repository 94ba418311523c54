"""Saved web pages: HTML and XHTML, and MHTML with a page and its pictures in one file."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.decoding import decode
from ingest.formats import Format
from ingest.html_text import BLOCKS, Line, Reading
from ingest.source import MAX_TEXT, Content, Item, RawDocument
from legal.court import COURT
from legal.errors import UnreadableFileError

_BEGINS = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.I | re.S)
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]+)", re.I
)
_ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_ENCODINGS |= dict.fromkeys(["gb2312", "gbk", "x-gbk", "gb18030"], "gb18030")
_SELF_CLOSED = re.compile(r"<(script|style|title|textarea|iframe)\b([^<>]*)/>", re.I)
_VARIABLE = re.compile(r"""\b\w{1,40}\s*=\s*(?="?\s*\{\s*\\?")""")
_NO_TITLE = re.compile(
    r"首页|网站|官网|网$|平台|数据库|详情|文书全文|无标题|未命名|正文$|内容页|untitled|document$", re.I
)

_MAX_DEPTH = 5000  # open elements; a parser walks up through them at nearly every tag
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_CLOSED_BY_OTHERS = frozenset(
    re.findall(
        r"\w+",
        "area base br col embed hr img input link meta source track wbr param html head body p li "
        "dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt",
    )
)
_FLATTENED = re.compile(
    r"</?(?!(?:p|br|script|style|title|textarea|iframe)[\s/>])([a-z][^\s/<>]*)[^<>]*>", re.I
)
# Formatting elements that are left open are opened again in every paragraph: a small page would fill memory.
_FORMATTING = re.compile(r"(</?)(?:font|big|small|strong|strike|code|nobr|em|tt|b|i|s|u)(?=[\s/>])", re.I)
_UNSEEN = ["script", "style", "noscript", "template", "svg", "canvas", "audio", "video", "iframe"]
_UNSEEN += ["button", "select", "datalist"]
_SENTENCE = re.compile("[。；]")
_BUTTON = re.compile(
    r"(?=.{2,60}$)(?:打印|关闭|分享|收藏|返回|首页|列表|顶部|上一页|下一页|本页|页面|窗口|网页|文章|到|至|微信|"
    r"微博|朋友圈|扫一扫|扫码|纠错|举报|复制|链接|字体|字号|大|中|小|[【】\[\]（）：:|｜/\s])+|"
    r"[上下]一[篇条则个](?:[：:].*|\s*)|(?:当前位置|您?(?:现在|当前)?所?在的?位置)[：:].*|"
    r"(?:相关|推荐|热门|延伸)(?:阅读|链接|文章|新闻|推荐)[：:]?"
)


@dataclass(frozen=True, slots=True)
class _Page:
    """The text of a page, a line for each paragraph; the name in its head; what is not in the text."""

    text: str
    title: str
    left_out: tuple[str, ...]


def read(content: Content) -> Iterator[Item]:
    data = content.read(MAX_TEXT)
    charset = None
    if _is_mhtml(content):
        data, charset = _page_in_mhtml(data)
    html, odd = _decoded(data, charset)
    if html.lstrip().startswith("<?xml"):
        html = _SELF_CLOSED.sub(r"<\1\2></\1>", html)
    page = _page(html)
    embedded = _embedded(html)
    if embedded is not None and len(embedded.text) > len(page.text):
        frame = (f"页面框架中的文字 {len(page.text)} 字",) if page.text else ()
        page = _Page(embedded.text, embedded.title or page.title, embedded.left_out + frame)
    if not page.text:
        raise UnreadableFileError("页面没有正文；可能内容由脚本载入，请在浏览器中另存为“网页，全部”或 PDF。")
    title = _title(page)
    left_out = page.left_out + ((f"无法解码的字节 {odd} 处",) if odd else ())
    yield RawDocument(content.id, page.text, {"title": title} if title else {}, left_out=left_out)


def recognises(content: Content) -> bool:
    head = content.head()
    if _is_mhtml(content):
        return True
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    if encoding != "utf-16" and b"\0" in head[:2]:
        encoding = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    return _BEGINS.match(head.decode(encoding, "replace")) is not None


def _is_mhtml(content: Content) -> bool:
    head = content.head().lower()
    if b"snapshot-content-location:" in head:
        return True
    named = content.suffix in (".mht", ".mhtml")
    return named and re.match(rb"\s*[\w-]+:", head) is not None and b"content-type:" in head


def _page_in_mhtml(data: bytes) -> tuple[bytes, str | None]:
    """The bytes of the first page among the parts, and the encoding that its head names."""
    from email.parser import BytesParser

    try:
        for part in BytesParser().parsebytes(data).walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload:
                    return payload, part.get_content_charset()
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFileError("MHTML 文件已损坏，无法读取。请重新保存这个网页后重试。") from error
    raise UnreadableFileError("MHTML 文件中没有网页正文。请重新保存这个网页后重试。")


def _decoded(data: bytes, charset: str | None) -> tuple[str, int]:
    """The source of a page, and how many of its characters are broken.

    What is UTF-8 is no other encoding, whatever the page says. A page that says the truth may have a few
    broken characters; a declaration that does not fit is not believed.
    """
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\0" not in data[:4096]:
        declared = _CHARSET.search(data[:8192])
        name = charset or ((declared[1] or declared[2]).decode("ascii", "replace") if declared else "")
        encoding = _ENCODINGS.get(name.lower())
        if encoding is not None and not _is_utf8(data):
            text = data.decode(encoding, "replace")
            odd = text.count("\ufffd")
            if odd <= 1 + len(text) // 1000:
                return text, odd
    return decode(data), 0


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _embedded(html: str) -> _Page | None:
    """The judgment that a script of 裁判文书网 holds: JSON, or a string with JSON, with Title and Html."""
    if '"Html' not in html and '\\"Html' not in html:
        return None
    for match in _VARIABLE.finditer(html):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(html, match.end())
            if isinstance(value, str):
                value = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get("Html"), str):
            page = _page(value["Html"])
            title = value.get("Title")
            return _Page(page.text, title if isinstance(title, str) else "", page.left_out)
    return None


def _page(html: str) -> _Page:
    """The text of a page. What may be part of the document is kept."""
    from selectolax.lexbor import LexborHTMLParser

    is_deep = _is_too_deep(html)
    if is_deep:
        html = _FLATTENED.sub(lambda tag: "<br>" if tag[1].lower() in BLOCKS else "", html)
    tree = LexborHTMLParser(_FORMATTING.sub(r"\1span", html))
    frames = len(tree.css("iframe"))
    tree.strip_tags(_UNSEEN)
    head = tree.css_first("title")
    title = " ".join(head.text().split()) if head is not None else ""
    if tree.body is None:
        return _Page("", title, ())
    reading = Reading(tree.body, title)
    if reading.hidden > sum(len(line.text) for line in reading.lines):
        reading = Reading(tree.body, title, with_hidden=True)  # saved before its script showed it
    lines = [line for line in reading.lines if not _BUTTON.fullmatch(line.text)]
    counts = reading.left_out
    counts["打印、分享等按钮 {} 处"] = len(reading.lines) - len(lines)
    counts["嵌入的网页 {} 个"] = frames
    lines, menus = _without_menus(lines)
    counts["导航和页脚 {} 处"] += menus
    left_out = tuple(name.format(count) for name, count in counts.items() if count)
    if is_deep:
        left_out += ("网页的标记嵌套过深，导航、页脚未与正文区分",)
    return _Page("\n".join(line.marked() for line in lines), title, left_out)


def _is_too_deep(html: str) -> bool:
    """Whether elements may lie in each other so deep that parsing costs the square of their number."""
    if html.count("<") < _MAX_DEPTH:
        return False
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _CLOSED_BY_OTHERS:
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > _MAX_DEPTH:
                return True
    return False


def _without_menus(lines: list[Line]) -> tuple[list[Line], int]:
    """The lines without the menus before the first sentence and behind the last, and how many those were."""
    sentences = [
        at
        for at, line in enumerate(lines)
        if _SENTENCE.search(line.text) and 2 * line.linked < len(line.text)
    ]
    if not sentences:
        return lines, 0
    first, last = sentences[0], sentences[-1] + 1
    head, before = _without_rows_of_links(lines[:first])
    tail, behind = _without_rows_of_links(lines[last:])
    return head + lines[first:last] + tail, before + behind


def _without_rows_of_links(lines: list[Line]) -> tuple[list[Line], int]:
    """A row is three lines of nothing but links or more, or a line with three links."""
    kept: list[Line] = []
    menus = at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].is_menu():
            end += 1
        if end - at >= 3 or any(line.links >= 3 for line in lines[at:end]):
            menus += 1
        else:
            kept += lines[at:end]
        kept += lines[end : end + 1]
        at = end + 1
    return kept, menus


def _title(page: _Page) -> str | None:
    """The title of the document, where the text does not begin with it and the page's name is one.

    A title that ends like a cause of action would be taken for one, with the parties' names in it.
    """
    title = re.split(r"\s+[-–—|]\s+|[-_|]{1,2}(?=[^-_|]{2,24}$)", page.title.strip())[0].strip(" -_|·")
    if not 4 <= len(title) <= 120 or not re.search(r"[一-鿿]{4}", title) or title.endswith("纠纷"):
        return None
    if _NO_TITLE.search(title) or COURT.fullmatch(title):
        return None
    head = re.sub(r"[\s#]", "", page.text[:600])
    return None if re.sub(r"\s", "", title) in head else title


FORMAT = Format("网页", (".html", ".htm", ".xhtml", ".mht", ".mhtml"), read, recognises, native=True)
