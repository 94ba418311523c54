"""HTML from text that nobody has checked: everything is escaped here, and spans of it are wrapped."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

Span = tuple[int, int]
# With . and :, for addresses in a text become links, too.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


@dataclass(frozen=True, slots=True)
class Layer:
    """Spans of a text, in order and without overlap, and the opening and closing tags for each."""

    spans: Sequence[Span]
    opening: Callable[[int], str]  # by the number of the span
    closing: str


def plain_markdown(text: str) -> str:
    """Markdown that shows a text as it is written, without links or anything else."""
    return _MARKDOWN.sub(r"\\\1", text)


def wrapped(text: str, span: Span, layers: Sequence[Layer]) -> str:
    """The HTML of a stretch of `text`; the first layer is the outermost, and later ones are cut by it."""
    start, end = span
    if not layers:
        return escape(text[start:end])
    layer, inner = layers[0], layers[1:]
    html, at = [], start
    first = max(0, bisect_right(layer.spans, (start, start)) - 1)
    for number in range(first, len(layer.spans)):
        begin, stop = max(layer.spans[number][0], at), min(layer.spans[number][1], end)
        if begin >= end:
            break
        if stop <= begin:
            continue
        html += [wrapped(text, (at, begin), inner), layer.opening(number)]
        html += [wrapped(text, (begin, stop), inner), layer.closing]
        at = stop
    html.append(wrapped(text, (at, end), inner))
    return "".join(html)


def marks_layer(spans: Sequence[Span]) -> Layer:
    """Words of the query."""
    return Layer(spans, lambda _: "<mark>", "</mark>")


def address(path: str, fields: Mapping[str, str | int | Sequence[str | int] | None]) -> str:
    """An address of this site; empty fields are left out."""
    query = urlencode({name: value for name, value in fields.items() if value}, doseq=True)
    return f"/{path}?{query}" if query else f"/{path}"


def link(label: str, target: str) -> str:
    """A link with a plain label."""
    return f'<a href="{escape(target)}">{escape(label)}</a>'


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """A list of names and values; the values are HTML, made by the functions of this module."""
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows)
    return f'<dl class="lz-facts">{items}</dl>'
