"""Plain text, and text with page breaks, as programs make it from paged documents."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.decoding import text_of
from ingest.formats import Format
from ingest.source import Content, Item, Page, RawDocument
from legal.errors import UnreadableFileError

_NUMERAL = "[0-9０-９〇零一二三四五六七八九十百]{1,5}"
_PAGE_NUMBER = re.compile(
    rf"\s*(?:[-—–－·]+\s*[0-9]{{1,4}}\s*[-—–－·]+|第\s*{_NUMERAL}\s*页(?:[\s,，/／]*共\s*{_NUMERAL}\s*页)?|"
    rf"[0-9]{{1,4}}\s*[/／]\s*[0-9]{{1,4}}|page\s+[0-9]{{1,4}}(?:\s+of\s+[0-9]{{1,4}})?)\s*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\s*([0-9]{1,4})\s*")
_SENTENCE_END = re.compile(r"[。！？；：:.!?;…”’」』》）)\]】]\s*$")
# What begins a paragraph: an indentation, a number, a party, a signature, a date.
_BEGINNING = re.compile(
    r"\s|#|[（(]?[0-9一二三四五六七八九十]{1,4}[）)、.．]|第[〇零一二三四五六七八九十百千]+[条款章节编]|[（(〔][12][0-9]{3}|"
    r"(?:申请|被申请|被?执行|被?上诉|异议|利害关系)[^。]{0,4}人|原告|被告|第三人|审\s*判|书\s*记|本院|[〇○零一二]{4}年"
)
_FULL_LINE = 20  # characters that a line of running text has at least; titles and signatures are shorter


def read(content: Content) -> Iterator[Item]:
    text = text_of(content)
    if "\f" not in text:
        yield RawDocument(content.id, text)
        return
    text, pages, numbers = _joined(text.split("\f"))
    if not text.strip():
        raise UnreadableFileError("文件中只有页码，没有文字。请重新取得这份文件后再试。")
    yield RawDocument(content.id, text, pages=pages, left_out=(f"页码 {numbers} 处",) if numbers else ())


def _joined(pages: list[str]) -> tuple[str, tuple[Page, ...], int]:
    """The text without page breaks and page numbers, the pages in it, and how many numbers there were."""
    shift = _shift(pages)
    parts: list[str] = []
    spans: list[Page] = []
    at = numbers = 0
    for number, page in enumerate(pages, start=1):
        body, found = _without_numbers(page, None if shift is None else number + shift)
        numbers += found
        if not body:
            continue
        if parts:
            parts.append(_between(parts[-1], body))
            at += len(parts[-1])
        parts.append(body)
        spans.append(Page(number, at, at + len(body)))
        at += len(body)
    return "".join(parts), tuple(spans), numbers


def _shift(pages: list[str]) -> int | None:
    """What bare numbers at the edges of pages differ by from the pages' own; None if not twice the same."""
    shifts: Counter[int] = Counter()
    for number, page in enumerate(pages, start=1):
        lines = [line for line in page.split("\n") if line.strip()]
        edges = {match[1] for line in (*lines[:1], *lines[-1:]) if (match := _BARE_NUMBER.fullmatch(line))}
        shifts.update({int(edge) - number for edge in edges})
    common = shifts.most_common(1)
    return common[0][0] if common and common[0][1] >= 2 else None


def _without_numbers(page: str, bare: int | None) -> tuple[str, int]:
    """A page without empty lines at its edges and without the page number in its first and last line."""
    lines = page.replace("\r\n", "\n").split("\n")
    found = 0
    for edge in (0, -1):
        while lines and not lines[edge].strip():
            del lines[edge]
        if lines and _is_number(lines[edge], bare):
            del lines[edge]
            found += 1
        while lines and not lines[edge].strip():
            del lines[edge]
    return "\n".join(lines), found


def _is_number(line: str, bare: int | None) -> bool:
    match = _BARE_NUMBER.fullmatch(line)
    return _PAGE_NUMBER.fullmatch(line) is not None or (match is not None and int(match[1]) == bare)


def _between(before: str, behind: str) -> str:
    """What stands at a page break: nothing in a sentence that goes on; in doubt a new paragraph begins."""
    last = before.rsplit("\n", 1)[-1].rstrip()
    if _SENTENCE_END.search(last) or _BEGINNING.match(behind):
        return "\n"
    if not last.endswith(("，", "、")) and len(last) < _FULL_LINE:
        return "\n"
    return " " if last[-1].isascii() and behind[0].isascii() else ""


FORMAT = Format("文本", (".txt",), read)
