"""The lines of a page as its reader sees them: an element walk without menus, controls and hidden parts."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form header hgroup hr legend li main menu nav ol p pre "
        "section summary table tbody td textarea tfoot th thead tr ul h1 h2 h3 h4 h5 h6",
    )
)

_EDGE = " \t\r\n\x0b\x0c\xa0　"
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\xad]")
_SPACES = re.compile(r"[ \t\r\n\x0c]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d"
# Source lines are wrapped at will; between two Chinese characters this is no space.
_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千]+条")
_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|[0-9]{1,3})[）)、.．]|[①-⑳]|第[^\s]{1,6}[条款项章节]")
_SEPARATORS = re.compile(r"[\s|｜·>»›/\-—、]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)

_FURNITURE_TAGS = frozenset({"nav", "menu", "header", "footer", "aside", "dialog", "form"})
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar"})
_FURNITURE_NAMES = frozenset(
    re.findall(
        r"\w+",
        "nav navbar navigation menu topbar header footer foot sidebar breadcrumb breadcrumbs "
        "crumb crumbs share toolbar copyright pagination",
    )
)
_DOCUMENT_NAMES = frozenset({"article", "content", "doc", "detail", "text", "news", "post", "main", "title"})
# What only a document has: a menu or a footer that holds it was marked up by mistake.
_DOCUMENT_SIGN = re.compile(
    r"[（(〔\[][12][0-9]{3}[）)〕\]][^\s，。]{1,16}号|(?:判决|裁定|决定|调解|通知)书|限制消费令|"
    r"审\s*判\s*[长员]|书\s*记\s*员|执\s*行\s*员|第[一二三四五六七八九十百千]+条|[〇○零一二]{4}年|。[^。]*。"
)
_SITE_SIGN = re.compile("版权所有|ICP备|公网安备|技术支持|网站标识码")


@dataclass(slots=True)
class Line:
    """A line, the level of the heading that it is, and how much of it leads elsewhere."""

    text: str
    level: int = 0
    links: int = 0
    linked: int = 0

    def marked(self) -> str:
        """The line, as a heading where it is one; articles and sentences that are set as one stay text."""
        is_heading = self.level and len(self.text) <= 80 and not _ARTICLE.match(self.text)
        return f"{'#' * self.level} {self.text}" if is_heading and self.text[-1] not in "。；" else self.text

    def is_menu(self) -> bool:
        """Whether nothing but links stands in the line."""
        return self.linked > 0 and 10 * self.linked >= 9 * len(_SEPARATORS.sub("", self.text))


class Reading:
    """One walk over the elements of a page: its `lines`, what was `left_out`, and how much was `hidden`."""

    def __init__(self, body: Any, title: str, *, with_hidden: bool = False) -> None:
        self.left_out: Counter[str] = Counter()
        self.hidden = 0
        self._lines = _Lines()
        self._title = _squeezed(title)
        self._total = len(_squeezed(body.text()))
        self._with_hidden = with_hidden
        self._to_examine = 20 * self._total  # menus in menus must not cost the square of their number
        self._in_article = 0
        self._blocks: list[bool] = []  # of each open element, whether it ends lines
        _walk(body, self._enter, self._leave)
        self._lines.end()
        self.lines = self._lines.done

    def _enter(self, node: Any) -> bool:
        tag = node.tag
        if tag == "-text":
            self._lines.add(node.text_content or "")
        elif tag == "br":
            self._lines.break_line()
        elif tag == "img":
            self.left_out["图片 {} 张"] += 1
        if tag in ("br", "img") or tag.startswith(("-", "!")):
            return False
        attributes = node.attributes
        style = attributes.get("style") or ""
        if ("hidden" in attributes or _display(style) == "none") and not self._with_hidden:
            text = _squeezed(node.text())
            self.hidden += len(text)
            self.left_out["隐藏的内容 {} 处"] += bool(text)
            return False
        if _named_as_furniture(tag, attributes) and self._is_furniture(node, tag):
            self._lines.end()
            self.left_out["导航和页脚 {} 处"] += 1
            return False
        self._blocks.append(_is_block(tag, style))
        if self._blocks[-1]:
            self._lines.end()
        self._in_article += tag in ("article", "main")
        keeps_lines = tag in ("pre", "textarea") or bool(_KEEPS_LINES.search(style))
        self._lines.open(tag, attributes, keeps_lines=keeps_lines)
        return True

    def _leave(self, node: Any) -> None:
        tag = node.tag
        if self._blocks.pop():
            self._lines.end()
        self._in_article -= tag in ("article", "main")
        self._lines.close(tag)

    def _is_furniture(self, node: Any, tag: str) -> bool:
        """Whether an element with the name of furniture is some: in doubt it is not."""
        text = _squeezed(node.text())
        self._to_examine -= len(text)
        if self._to_examine < 0 or not text or self._holds_title(node):
            return False
        if tag == "form":
            has_field = node.css_first("input:not([type=hidden]), textarea") is not None
            return has_field and len(text) < 100 and not _DOCUMENT_SIGN.search(text)
        linked = sum(len(_squeezed(link.text())) for link in node.css("a"))
        if 10 * linked >= 6 * len(text):
            return True
        if self._in_article or _DOCUMENT_SIGN.search(text):
            return False
        return 3 * len(text) <= self._total or bool(_SITE_SIGN.search(text))

    def _holds_title(self, node: Any) -> bool:
        headings = [_squeezed(heading.text()) for heading in node.css("h1, h2")]
        return any(len(text) > 3 and self._title.startswith(text) for text in headings)


def _named_as_furniture(tag: str, attributes: Mapping[str, Any]) -> bool:
    if tag in _FURNITURE_TAGS or attributes.get("role") in _FURNITURE_ROLES:
        return True
    if "class" not in attributes and "id" not in attributes:
        return False
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    names = set(re.split(r"[\s_-]+", named))
    return not names.isdisjoint(_FURNITURE_NAMES) and names.isdisjoint(_DOCUMENT_NAMES)


def _display(style: str) -> str:
    match = _DISPLAY.search(style) if style else None
    return match[1].lower() if match else ""


def _is_block(tag: str, style: str) -> bool:
    display = _display(style)
    return (tag in BLOCKS and not display.startswith("inline")) or display == "block"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _walk(root: Any, enter: Callable[[Any], bool], leave: Callable[[Any], None]) -> None:
    """Calls `enter` on every node, and `leave` behind the children of those that it returned True for."""
    node, depth = root, 0
    while True:
        entered = enter(node)
        child = node.first_child if entered else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        if entered:
            leave(node)
        while depth and node.next is None:
            node, depth = node.parent, depth - 1
            leave(node)
        if not depth:
            return
        node = node.next


class _Lines:
    """Takes the text of a page in its order; paragraphs, table rows and line breaks end lines."""

    def __init__(self) -> None:
        self.done: list[Line] = []
        self._parts: list[str] = []
        self._level = self._links = self._linked = self._in_link = 0
        self._rows: list[list[int]] = []  # of each open row, where its cells begin in `done`
        self._lists: list[int | None] = []  # the last number of each open list; None for one without numbers
        self._number = ""
        self._keeping: list[str] = []  # open elements whose line ends count

    def add(self, text: str) -> None:
        """Text as it stands in the source."""
        if not self._keeping:
            self._put(_SPACES.sub(" ", _WRAP.sub("", text)))
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self._put(first)
        for line in others:
            self.end()
            self._put(line)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        if self._in_link:
            self._linked += len(_SEPARATORS.sub("", text))

    def break_line(self) -> None:
        """A line break; a heading that is set in two lines remains one."""
        if not self._level:
            self.end()

    def end(self) -> None:
        """Ends the line, if there is something in it."""
        text = _UNSEEN.sub("", re.sub(" {2,}", " ", "".join(self._parts))).replace("\xa0", " ").strip(_EDGE)
        if text:
            number = "" if _NUMBER.match(text) else self._number
            self.done.append(Line(number + text, self._level, self._links, self._linked))
            self._number = ""
        self._parts = []
        self._links = self._linked = 0

    def open(self, tag: str, attributes: Mapping[str, Any], *, keeps_lines: bool) -> None:
        """An element begins; the line before a block has been ended."""
        if keeps_lines or self._keeping[-1:] == [tag]:
            self._keeping.append(tag)
        if tag == "a":
            self._in_link += 1
            self._links += 1
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(len(self.done))
        elif tag in ("ol", "ul"):
            self._lists.append(_number_before(attributes) if tag == "ol" else None)
        elif tag == "li" and self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1
            self._number = f"{self._lists[-1]}. "
        elif tag in _HEADINGS:
            self._level = _HEADINGS[tag]

    def close(self, tag: str) -> None:
        """An element ends; the line in a block has been ended."""
        if self._keeping[-1:] == [tag]:
            self._keeping.pop()
        if tag == "a":
            self._in_link -= 1
        elif tag == "tr":
            self._end_row(self._rows.pop())
        elif tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._number = ""
        elif tag in _HEADINGS:
            self._level = 0

    def _end_row(self, begins: list[int]) -> None:
        """Makes a row one line; a row with a cell of several lines serves the layout of the page."""
        spans = list(pairwise([*begins, len(self.done)]))
        if len(spans) < 2 or any(end - begin > 1 for begin, end in spans) or begins[0] == len(self.done):
            return
        cells = self.done[begins[0] :]
        text = "\t".join(self.done[begin].text if end > begin else "" for begin, end in spans).rstrip("\t")
        row = Line(text, 0, sum(cell.links for cell in cells), sum(cell.linked for cell in cells))
        self.done[begins[0] :] = [row] if len(cells) > 1 else cells


def _number_before(attributes: Mapping[str, Any]) -> int | None:
    """One less than the first number of a list; None where its items have none, or letters."""
    if (attributes.get("type") or "1") != "1" or "list-style" in (attributes.get("style") or ""):
        return None
    start = attributes.get("start") or "1"
    return int(start) - 1 if start.isdecimal() and len(start) < 9 else 0
