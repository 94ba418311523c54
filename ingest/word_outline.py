"""Automatic numbers and levels of headings in a Word document, from its styles and its lists."""

import re
from collections.abc import Iterator

from ingest.word_text import Element, W, is_on, symbol, value
from legal.numerals import to_chinese

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGNS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), _SIGNS, strict=True))
_ROWS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}


class Outline:
    """Says of each paragraph, in the order of the document, its number and its level."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = {value(s, "styleId"): s for s in _children(styles, "style")}
        defaults = (i for i, s in self._styles.items() if value(s, "default") == "1")
        self._default = next((i for i in defaults if value(self._styles[i], "type") == "paragraph"), "")
        self._lists = {value(n, "numId"): n for n in _children(numbering, "num")}
        abstracts = {value(a, "abstractNumId"): a for a in _children(numbering, "abstractNum")}
        self._levels = {i: {_index(o): o for o in _children(a, "lvl")} for i, a in abstracts.items()}
        self._links = {i: value(_child(a, "numStyleLink")) for i, a in abstracts.items()}
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()

    def level(self, paragraph: Element) -> int:
        """1 for a title, 2 to 6 for headings below it, 0 for text."""
        names = (value(style.find(W + "name")).lower() for style in self._chain(paragraph))
        if any(name in {"title", "标题"} for name in names):
            return 1
        depth = value(self._property(paragraph, "outlineLvl"), default="9")
        return min(int(depth) + 2, 6) if depth in set("012345678") else 0

    def label(self, paragraph: Element) -> str | None:
        """The number of a paragraph, which this call counts; None for one that cannot be written."""
        number_id = value(self._property(paragraph, "numPr/numId"), default="0")
        if number_id == "0":
            return ""
        key, levels, starts = self._list(number_id)
        index = self._index_of(paragraph, levels)
        if index not in levels:
            return None
        counts = self._counts.setdefault(key, {})
        if (number_id, index) not in self._used and index in starts:
            counts.pop(index, None)
        self._used.add((number_id, index))
        start = starts.get(index, _number(_child(levels[index], "start"), 1))
        counts[index] = counts.get(index, start - 1) + 1
        for deeper in [i for i in counts if i > index]:
            restart = _child(levels.get(deeper), "lvlRestart")
            if restart is None or index < _number(restart, 0):
                del counts[deeper]
        return _label(index, levels, counts)

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        """The style of a paragraph and those that it is based on."""
        style_id = value(_child(paragraph, "pPr/pStyle"), default=self._default)
        for _ in range(12):  # Word allows eleven; damaged files go in circles
            if style_id not in self._styles:
                return
            yield self._styles[style_id]
            style_id = value(self._styles[style_id].find(W + "basedOn"))

    def _property(self, paragraph: Element, path: str) -> Element | None:
        """A property of a paragraph: its own, else that of its style."""
        found = (_child(holder, "pPr/" + path) for holder in (paragraph, *self._chain(paragraph)))
        return next((element for element in found if element is not None), None)

    def _list(self, number_id: str) -> tuple[str, dict[int, Element], dict[int, int]]:
        """What counts together with a list, its levels, and the numbers at which it begins anew."""
        number = self._lists.get(number_id)
        key = source = value(_child(number, "abstractNumId"))
        style = self._styles.get(self._links.get(key, ""))  # a list may take its levels from a style's
        if style is not None:
            linked = self._lists.get(value(_child(style, "pPr/numPr/numId")))
            source = value(_child(linked, "abstractNumId"))
        levels = dict(self._levels.get(source, {}))
        starts: dict[int, int] = {}
        for override in _children(number, "lvlOverride"):
            levels |= {_index(override): level for level in _children(override, "lvl")}
            starts |= {_index(override): _number(start, 1) for start in _children(override, "startOverride")}
        return key, levels, starts

    def _index_of(self, paragraph: Element, levels: dict[int, Element]) -> int:
        """The level of a paragraph in its list: its own, else the one made for its style."""
        own = _child(paragraph, "pPr/numPr/ilvl")
        styles = {value(style, "styleId") for style in self._chain(paragraph)} if own is None else set()
        made = (index for index, level in levels.items() if value(level.find(W + "pStyle")) in styles)
        return next(made, _number(own if own is not None else self._property(paragraph, "numPr/ilvl"), 0))


def _child(element: Element | None, path: str) -> Element | None:
    return None if element is None else element.find(W + path.replace("/", "/" + W))


def _children(element: Element | None, name: str) -> list[Element]:
    return [] if element is None else element.findall(W + name)


def _number(element: Element | None, default: int) -> int:
    text = value(element)
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else default


def _index(element: Element) -> int:
    """Lists have nine levels."""
    text = value(element, "ilvl")
    return int(text) if text in set("012345678") else 0


def _label(index: int, levels: dict[int, Element], counts: dict[int, int]) -> str | None:
    """The number with its surroundings (“第%1条”), and what separates it from the text."""
    level = levels[index]
    pattern = value(_child(level, "lvlText"))[:40]
    if value(_child(level, "numFmt")) == "bullet":
        font = value(_child(level, "rPr/rFonts"), "ascii")
        parts = [symbol(font, ord(c)) or ("•" if "\ue000" <= c <= "\uf8ff" else c) for c in pattern]
    else:
        parts = re.split("%([1-9])", pattern)
        for at in range(1, len(parts), 2):
            other = levels.get(int(parts[at]) - 1)
            form = "" if is_on(_child(level, "isLgl")) else value(_child(other, "numFmt"))
            start = _number(_child(other, "start"), 1)
            number = _written(counts.get(int(parts[at]) - 1, start), form or "decimal")
            if number is None:
                return None
            parts[at] = number
    label = "".join(parts)
    separate = label and label[-1] not in "、）．。：" and value(_child(level, "suff")) != "nothing"
    return label + " " if separate else label


def _written(number: int, form: str) -> str | None:
    """A number as Word writes it; None in a form that is not known."""
    if form == "none":
        return ""
    if form == "decimal" or not 0 < number < 10_000:
        return str(number)
    form = form.removesuffix("Chinese")  # those circles differ in looks only
    if form in _ROWS:
        return _ROWS[form][number - 1] if number <= len(_ROWS[form]) else str(number)
    letter = chr(ord("A") + (number - 1) % 26) * ((number + 25) // 26)
    roman, rest = "", number
    for size, sign in _ROMAN:
        roman, rest = roman + sign * (rest // size), rest % size
    counting = ("chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting")
    return {
        "decimalZero": f"{number:02}",
        "decimalFullWidth": str(number).translate(_FULL_WIDTH),
        "upperLetter": letter,
        "lowerLetter": letter.lower(),
        "upperRoman": roman,
        "lowerRoman": roman.lower(),
        **dict.fromkeys(counting, to_chinese(number)),
    }.get(form)
