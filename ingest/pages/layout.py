"""From the pages of a document to its running text: paragraphs without line breaks, and each page's place."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from ingest.pages.edges import begins_note, without_edges, without_notes
from ingest.pages.lines import lines_of, without_margins
from ingest.pages.pieces import Line, Sheet
from ingest.pages.text import ems, join
from ingest.source import Page

# How articles, numbered points and labelled entries (法定代表人：) begin.
_OPENS = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]+[条章节编]|[一二三四五六七八九十]{1,3}[、．]"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|[一-鿿]{2,10}(?:[（(][^（）()]{1,12}[）)])?："
)
_FIRST_TOKEN = re.compile(r"[A-Za-z0-9.,:/@_%×*\-]*[，。、；：？！）》”’]*|[（(《“‘]+[A-Za-z0-9]*.")


@dataclass(frozen=True, slots=True)
class RunningText:
    """The text of a document, its pages in it, and what was left out."""

    text: str
    pages: tuple[Page, ...]
    left_out: tuple[str, ...]


def running_text(sheets: Iterable[Sheet]) -> RunningText:
    """The text of the pages, which must come in order."""
    kept: list[Sheet] = []
    lined = []
    for sheet in map(without_margins, sheets):  # of thousands of pages only the lines are kept
        lined.append(lines_of(sheet))
        kept.append(replace(sheet, fragments=(), rules=sheet.rules[:1]))
    inner, left_out = without_edges(kept, lined)
    margins = _Margins(kept, inner)
    size = _usual_size(inner)
    writer = _Writer()
    for lines in inner:
        text, notes = without_notes(lines, size)
        for line in text:
            writer.add(line, *margins.of(line))
        writer.notes += notes
    writer.end()
    counts: Counter[str] = Counter()
    for sheet in kept:
        counts.update(sheet.left_out)
    left_out += [f"{name} {count} 处" for name, count in counts.items() if count]
    return RunningText("".join(writer.parts), tuple(_pages(kept, writer.spans)), tuple(left_out))


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    reached, half = 0, sum(sizes.values()) / 2
    for size in sorted(sizes):
        reached += sizes[size]
        if reached >= half:
            return size
    return 0.0


class _Margins:
    """Between which edges the lines of each page's columns run: the page's own where it has full lines."""

    def __init__(self, sheets: Sequence[Sheet], pages: Sequence[Sequence[Line]]) -> None:
        self._own: dict[tuple[int, int], tuple[float, float]] = {}
        self._shape = {sheet.number: (round(sheet.width, -1), round(sheet.height, -1)) for sheet in sheets}
        by_shape = defaultdict(list)
        for lines in pages:
            columns = defaultdict(list)
            for line in lines:
                columns[line.page, line.column].append(line)
            for key, column in columns.items():
                self._own[key] = _edges_of(column)
                if len(column) >= 5:
                    by_shape[self._shape[key[0]], key[1]].append(self._own[key])
        self._usual = {
            key: (median(left for left, _ in edges), median(right for _, right in edges))
            for key, edges in by_shape.items()
        }

    def of(self, line: Line) -> tuple[float, float]:
        """The left and the right edge of the column that a line is in."""
        own = self._own[line.page, line.column]
        width = self._shape[line.page][0]
        if not line.column and own[1] - own[0] < 0.5 * width:  # a title or a signature alone
            own = min(own[0], 0.14 * width), max(own[1], 0.86 * width)
        usual = self._usual.get((self._shape[line.page], line.column), own)
        full = own[1] - own[0] >= 0.97 * (usual[1] - usual[0])
        return own if full else usual


def _edges_of(lines: Sequence[Line]) -> tuple[float, float]:
    """The outermost edges that more than one line in ten shares."""
    em = median(line.size for line in lines)
    needed = max(2, len(lines) // 10)
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((at for at in lefts if sum(abs(at - x) < 0.7 * em for x in lefts) >= needed), lefts[0])
    right = next((at for at in rights if sum(abs(at - x) < 1.2 * em for x in rights) >= needed), rights[0])
    return left, right


@dataclass(slots=True)
class _Writer:
    """The text so far, and where each page begins and ends in it."""

    parts: list[str] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    notes: list[Line] = field(default_factory=list)
    length: int = 0
    _previous: Line | None = None
    _room: float = 0.0
    _displaced: bool = False

    def add(self, line: Line, left: float, right: float) -> None:
        """A line of text and the edges of its column: it goes on with the paragraph or begins one."""
        em = line.size or 1.0
        indent, room = (line.left - left) / em, (right - line.right) / em
        wide = (right - left) / em
        displaced = line.alone or indent > 0.3 * wide or _is_centred(indent, room)
        previous = self._previous
        if previous is None or displaced or self._displaced or self._begins(previous, line, indent):
            self._flush()
            self._write(line, "\n")
        else:
            self._write(line, "")
        self._previous, self._room, self._displaced = line, room, displaced

    def end(self) -> None:
        """The last notes."""
        self._flush()

    def _begins(self, previous: Line, line: Line, indent: float) -> bool:
        """Whether a line begins a paragraph, by the line before and its own indent."""
        same_place = previous.page == line.page and previous.column == line.column
        if abs(previous.size - line.size) > 0.2 * max(previous.size, line.size):
            return True
        ended = previous.text[-1] in "。；：！？”…"
        # Numbers are not divided, and not every program stretches lines to the margin.
        token = _FIRST_TOKEN.match(line.text)
        if self._room > (2.0 if ended else 4.0) + ems(token.group() if token else ""):
            return True
        if ended and _OPENS.match(line.text):
            return True
        if indent < 1.2:
            return False
        # A block that is indented as a whole goes on at its own edge.
        level = same_place and abs(previous.left - line.left) < 0.5 * line.size
        return not level or ended

    def _flush(self) -> None:
        """The notes that were waiting for the end of a paragraph, each on a line of its own."""
        notes, self.notes = self.notes, []
        for index, note in enumerate(notes):
            self._write(note, "\n" if not index or begins_note(note.text) else "")
        if notes:
            self._previous = None

    def _write(self, line: Line, separator: str) -> None:
        before = self.parts[-1][-1:] if self.parts else ""
        glue = (separator if before else "") or join(before, line.text)[len(before) : -len(line.text)]
        # Notes follow the paragraph that ends on a later page, and count as that page's.
        page = max(line.page, max(self.spans, default=0))
        self.parts += [glue, line.text] if glue else [line.text]
        start = self.length + len(glue)
        self.length = start + len(line.text)
        self.spans[page] = (self.spans.get(page, (start, 0))[0], self.length)


def _is_centred(indent: float, room: float) -> bool:
    return indent > 2.5 and room > 2.5 and abs(indent - room) < 2.0


def _pages(sheets: Sequence[Sheet], spans: dict[int, tuple[int, int]]) -> Iterable[Page]:
    """The pages with their code points; a page without text is empty at the end of the one before."""
    at = 0
    for sheet in sheets:
        start, end = spans.get(sheet.number, (at, at))
        yield Page(sheet.number, start, end, sheet.confidence)
        at = end
