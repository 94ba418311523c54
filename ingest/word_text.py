"""From the XML of a Word document to its lines: what the printed page shows, with all changes accepted."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Element = Any  # lxml's elements; lxml is imported only where something is parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_VML = "{urn:schemas-microsoft-com:vml}"

_EDGE = " \t　\xa0"
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {
    f"{_DRAWING}picture}}pic": "图片",
    f"{_VML}imagedata": "图片",
    f"{_DRAWING}chart}}chart": "图表",
    f"{_DRAWING}diagram}}relIds": "图表",
    f"{MATH}oMath": "公式",
    f"{W}object": "嵌入对象",
    f"{W}altChunk": "嵌入的文件",
    f"{W}commentReference": "批注",
    f"{W}rt": "注音",
    f"{W}pgNum": "页码",
}
_NO_TEXT = {W + "pPr", W + "rPr", W + "moveFrom"}
_PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"}
_NUMBER_FIELDS = {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"}
# EQ \o\ac(○,5): how Word writes a character in a circle that has no code point of its own.
_CIRCLED = re.compile(r"EQ\s+\\o\s*(?:\\a[lcr])?\s*\(\s*[○〇]\s*[,，;]\s*(\w{1,2})\s*\)", re.IGNORECASE)
# An article or a sentence in the style of a heading is text for all who read the law.
_NO_HEADING = re.compile(r"第[〇零一二三四五六七八九十百千0-9]+条(?:[ 　\t之]|$)|.*[。；：，]$")
_PRIVATE = re.compile("[\uf000-\uf0ff]")  # where Word keeps the codes of fonts of symbols
_CIRCLES, _DISCS = "①②③④⑤⑥⑦⑧⑨⑩", "❶❷❸❹❺❻❼❽❾❿"
# Fonts whose characters are pictures, by the last byte of the code.
_SYMBOLS = {
    "wingdings": dict(zip(range(0x81, 0x8B), _CIRCLES, strict=True))
    | dict(zip(range(0x8C, 0x96), _DISCS, strict=True))
    | dict(zip(b"lnoqruv\xa8\xd8\xe0\xfb\xfc\xfd\xfe", "●■□❑❒◆❖☐➢→✗✓☒☑", strict=True)),
    "wingdings 2": dict(zip(range(0x6A, 0x74), _CIRCLES, strict=True))
    | dict(zip(range(0x75, 0x7F), _DISCS, strict=True))
    | dict(zip(b"OPQRST\xa3", "✗✓☒☑☒☒☐", strict=True)),
    "symbol": {ord(same): same for same in "0123456789()+,./:;<=>?[]{}%&!_|"}
    | dict(zip(b"\xa3\xa5\xae\xb0\xb1\xb3\xb4\xb7\xb8\xb9\xbb\xd6", "≤∞→°±≥×•÷≠≈√", strict=True)),
}


def symbol(font: str, code: int) -> str | None:
    """The character that a font of symbols shows for a code; None where it is not known."""
    return _SYMBOLS.get(font.lower(), {}).get(code & 0xFF)


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """An attribute of an element that may be absent."""
    return default if element is None else str(element.get(W + name, default))


def is_on(element: Element | None) -> bool:
    """Whether a property that is switched on by being there is on."""
    return element is not None and value(element) not in {"0", "false", "off"}


@dataclass(slots=True)
class _Field:
    """A field: its code, and whether its result has begun."""

    code: str = ""
    in_result: bool = False

    @property
    def kind(self) -> str:
        return (self.code.split() or [""])[0].upper()

    @property
    def is_page(self) -> bool:
        return self.kind in _PAGE_FIELDS


class WordText:
    """One walk through the parts of a document; `left_out` counts what it meets that is not text.

    `label` gives the automatic number of a paragraph with what separates it from the text, None where it has
    one that cannot be written. `level` is that of a heading, 0 for text. `notes` are by tag and id.
    """

    def __init__(
        self,
        label: Callable[[Element], str | None],
        level: Callable[[Element], int],
        notes: dict[tuple[str, str], Element],
    ) -> None:
        self.left_out: Counter[str] = Counter()
        self._label, self._level, self._notes = label, level, notes
        self._fields: list[_Field] = []
        self._asides: list[str] = []  # notes and text boxes, kept until the paragraph or row ends
        self._begun = False

    def lines(self, container: Element, *, top: bool = True) -> list[str]:
        """The lines of a body or header, and of a cell, box or note in it, which have no headings."""
        lines: list[str] = []
        carried = ""
        for block in self._find(container, {W + "p", W + "tbl"}):
            if block.tag == W + "tbl":
                for row in self._find(block, {W + "tr"}):
                    lines += self._row(row) + (self._take_asides() if top else [])
                continue
            text = carried + self._paragraph(block)
            ends = (block.find(f"{W}pPr/{W}rPr/{W}{change}") for change in ("del", "moveFrom"))
            joined = any(end is not None for end in ends)
            carried = text if joined else ""
            if not joined:
                lines += self._numbered(block, text, top) + (self._take_asides() if top else [])
        return lines + _split(carried) + (self._take_asides() if top else [])

    def _find(self, container: Element, tags: set[str]) -> Iterator[Element]:
        """What stands in a container directly, or in wrappers such as content controls."""
        for child in container:
            if child.tag in tags:
                yield child
            elif child.tag in _LEFT_OUT:
                self.left_out[_LEFT_OUT[child.tag]] += 1
            elif child.tag == _MC + "AlternateContent":
                yield from self._find(_alternative(child), tags)
            elif child.tag not in _NO_TEXT and not self._is_prompt(child):
                yield from self._find(child, tags)

    def _take_asides(self) -> list[str]:
        asides, self._asides = self._asides, []
        return asides

    def _numbered(self, paragraph: Element, text: str, top: bool) -> list[str]:
        """The lines of a paragraph with its number and, for a heading, its mark."""
        label = self._label(paragraph)
        self.left_out["自动编号"] += label is None
        lines = _split((label or "") + text.strip(_EDGE + "\n"))
        level = self._level(paragraph) if top and lines else 0
        if level and not _NO_HEADING.match("".join(lines)):
            lines = [f"{'#' * (level if self._begun else 1)} {line}" for line in lines]
        self._begun = self._begun or bool(lines)
        return lines

    def _row(self, row: Element) -> list[str]:
        """A line of cells with tabs between; a cell of several lines keeps them, and the next begins one."""
        if row.find(f"{W}trPr/{W}del") is not None:
            self.left_out["修订中删除的表格行"] += 1
            return []
        text = joint = ""
        for cell in self._find(row, {W + "tc"}):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            hidden = merge is not None and value(merge, default="continue") == "continue"
            lines = [] if hidden else self.lines(cell, top=False)
            text += joint + "\n".join(lines)
            joint = "\n" if len(lines) > 1 else "\t"
        self._begun = self._begun or bool(text.strip())
        return [line.rstrip(_EDGE) for line in text.split("\n") if line.strip(_EDGE)]

    def _paragraph(self, paragraph: Element) -> str:
        out: list[str] = []
        self._inline(paragraph, out)
        # A field that a damaged file never ends must not swallow the paragraphs that follow.
        self._fields = [field for field in self._fields if field.in_result and not field.is_page]
        return "".join(out)

    def _inline(self, element: Element, out: list[str]) -> None:
        """What is inside a paragraph, at any depth."""
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, out)
            elif tag in _LEFT_OUT:
                self.left_out[_LEFT_OUT[tag]] += 1
            elif tag == _MC + "AlternateContent":
                self._inline(_alternative(child), out)
            elif tag == W + "del":
                self.left_out["修订中删除的文字"] += bool("".join(child.itertext()).strip())
            elif tag == W + "fldSimple":
                self._fields.append(_Field(value(child, "instr"), in_result=True))
                self._code_ended()
                self._inline(child, out)
                self._fields.pop()
            elif tag == W + "txbxContent":
                self._aside(child)
            elif tag == _VML + "textpath":
                self._asides += _split(child.get("string", ""))
            elif tag not in _NO_TEXT and not self._is_prompt(child):
                self._inline(child, out)

    def _run(self, run: Element, out: list[str]) -> None:
        """The text of a run; hidden text is counted, though fields go on through it."""
        properties = run.find(W + "rPr")
        font, hidden, text = "", False, out
        if properties is not None:
            font = value(properties.find(W + "rFonts"), "ascii").lower()
            hidden = is_on(properties.find(W + "vanish"))
            text = [] if hidden else out
        for child in run:
            name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            if name == "t":
                self._write(self._from_font(font, (child.text or "").replace("\n", " ")), text)
            elif name in _CHARACTERS:
                self._write(_CHARACTERS[name], text)
            elif name == "br":
                self._write("" if value(child, "type") in {"page", "column"} else "\n", text)
            elif name == "sym":
                code = value(child, "char")
                shown = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else ""
                self._write(self._from_font(value(child, "font"), shown), text)
            elif name == "fldChar":
                self._field_mark(child, text)
            elif name == "instrText" and self._fields and not self._fields[-1].in_result:
                self._fields[-1].code = (self._fields[-1].code + (child.text or ""))[:500]
            elif name in {"footnoteReference", "endnoteReference"}:
                # A note stands behind its paragraph, for inside it would break the sentence.
                note = self._notes.pop((child.tag.removesuffix("Reference"), value(child, "id")), None)
                self._aside([] if note is None else note, "注：")
            elif name not in {"rPr", "instrText", "delText"}:
                self._inline([child], text)
        if hidden and "".join(text).strip():
            self.left_out["隐藏文字"] += 1

    def _write(self, text: str, out: list[str]) -> None:
        in_code = any(not field.in_result for field in self._fields[:-1])
        if not in_code and not any(field.in_result and field.is_page for field in self._fields):
            out.append(text)

    def _from_font(self, font: str, text: str) -> str:
        """Text as it is drawn: the codes of a font of symbols become characters."""
        draws = font.lower() in _SYMBOLS
        if not draws and not _PRIVATE.search(text):
            return text
        out = []
        for character in text:
            drawn = (draws and " " < character < "\u0100") or _PRIVATE.match(character)
            shown = symbol(font, ord(character)) if drawn else character
            self.left_out["无法识别的符号"] += shown is None
            out.append(shown or "")
        return "".join(out)

    def _field_mark(self, mark: Element, out: list[str]) -> None:
        kind = value(mark, "fldCharType")
        if kind == "begin":
            box = mark.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                states = (box.find(W + name) for name in ("checked", "default"))
                ticked = is_on(next((state for state in states if state is not None), None))
                self._write("☑" if ticked else "☐", out)
            self._fields.append(_Field())
        elif kind == "separate" and self._fields and not self._fields[-1].in_result:
            self._fields[-1].in_result = True
            self._code_ended()
        elif kind == "end" and self._fields:
            if not self._fields[-1].in_result:
                self._code_ended()
            field = self._fields.pop()
            if not field.in_result:
                self._write(self._without_result(field), out)

    def _code_ended(self) -> None:
        self.left_out["页码"] += self._fields[-1].is_page

    def _without_result(self, field: _Field) -> str:
        """What Word shows for a field that keeps no result in the file."""
        circled = _CIRCLED.fullmatch(field.code.strip())
        if circled:
            number = int(circled[1]) if circled[1].isdecimal() else 0
            return _CIRCLES[number - 1] if 0 < number <= 10 else f"（{circled[1]}）"
        self.left_out["公式"] += field.kind == "EQ"
        self.left_out["自动编号"] += field.kind in _NUMBER_FIELDS
        return ""

    def _aside(self, container: Element, mark: str = "") -> None:
        fields, self._fields = self._fields, []
        lines = self.lines(container, top=False)
        if lines:
            self._asides += [mark + lines[0], *lines[1:]]
        self._fields = fields

    def _is_prompt(self, element: Element) -> bool:
        """Whether a content control shows nothing but the prompt to fill it in."""
        if element.tag != W + "sdt" or not is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
            return False
        self.left_out["未填写的填写框"] += 1
        return True


def _split(text: str) -> list[str]:
    return [line.strip(_EDGE) for line in text.split("\n") if line.strip(_EDGE)]


def _alternative(element: Element) -> Element:
    """The one of several writings of the same thing that the newest programs show."""
    choices = (element.find(_MC + name) for name in ("Choice", "Fallback"))
    return next((choice for choice in choices if choice is not None), ())
