"""From the text of a norm to its title, dates, chapters and articles, with offsets into the text."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice, pairwise

from ingest.outline import Line, lines_of, unique_labels
from ingest.policy_dates import adopted_on, effective_on, read_head, stated_effect
from ingest.policy_number import is_number, number_of
from ingest.repeals import find_repeals, joint_name
from legal.citation import article_label
from legal.dates import DATE
from legal.documents import PolicyText, Section
from legal.law_names import law_key
from legal.numerals import parse_number

Marker = Callable[[Line], str | None]  # the label of the section that a line begins, if it begins one

INFO_END = "<!-- INFO END -->"
_NUMERAL = "[〇零一二三四五六七八九十百千]"
_ARTICLE = re.compile(rf"第({_NUMERAL}+)条(?:之({_NUMERAL}+))?(?=[ 　\t]|$)")
_NUMBERED = re.compile(r"([0-9]{1,3})\s?[.．、](?![0-9])")
_PART = re.compile(rf"({_NUMERAL}+)、")
_ADOPTION = re.compile("通过|修正|修订|批准|公布|发布|印发|制定")
# A line of history: （2018年6月4日…通过，自2018年9月1日起施行） or 2018年8月28日 公布, and no sentence.
_NOTE = re.compile(
    rf"[（(]?\s*(?:根据\s*)?{DATE.pattern}[^。：]*(?:通过|修正|修订|批准|公布|发布|印发|施行|实施)[^。：]*$"
)
_HEAD_LINES = 12
_HEAD_SIZE = 600  # code points
_BODY = re.compile(
    r"(?:全国人民代表大会(?:常务委员会)?|国务院|最高人民法院|最高人民检察院|中央军事委员会|"
    r"[一-鿿]{2,12}?(?:省|市|自治区|自治州|特别行政区)(?:第[一二三四五六七八九十]+届)?人民代表大会(?:常务委员会)?|"
    r"[一-鿿]{2,16}?(?:人民法院|律师协会))"
)
_MINISTRY = re.compile(r"[一-鿿]{2,12}?(?:部|总局|委员会|局)(?![一-鿿]*(?:分|条例))")


def is_policy(text: str) -> bool:
    """Whether `text` has the form of a norm: an information mark, or articles at the beginning of lines."""
    return INFO_END in text or any(_ARTICLE.match(line.text) for line in lines_of(text, 0))


def parse_policy(text: str, path: str, named: str | None = None) -> PolicyText:
    """The norm that `text` holds. Where the text has no title, its source may have `named` it, or its `path`.

    `path` also serves for the level and, by the day in the file's name, for the dates.
    """
    mark = text.find(INFO_END)
    title, law, title_end = _title(text, path, named)
    body_start = mark + len(INFO_END) if mark >= 0 else title_end
    preamble = _preamble(text, mark, title_end)
    issuing_body = _issuing_body(preamble, title)
    level = authority_level(title, issuing_body, path)
    head = read_head(preamble)
    sections = tuple(unique_labels(_sections(text, body_start)))
    return PolicyText(
        title=title,
        law=law,
        issuing_body=issuing_body,
        authority_level=level,
        document_number=number_of([*preamble.splitlines(), *_numbers_below(text, mark, body_start)]),
        adopted=adopted_on(head, path, level),
        effective=effective_on(text, head, path, level),
        repeals=find_repeals(text, sections, title),
        sections=sections,
        text=text,
    )


def repealed_from(document: PolicyText) -> date | None:
    """From when what a norm repeals no longer applies: the day that its last article names.

    自公布之日起 was the day of the norm as first made, whatever amended it since.
    """
    text = document.text
    head = read_head(_preamble(text, text.find(INFO_END), _title(text, "", document.title)[2]))
    return stated_effect(text, head, document.effective) or document.adopted


def _preamble(text: str, mark: int, title_end: int) -> str:
    """The lines above the body of a norm that tell its history and its number."""
    return text[title_end:mark] if mark >= 0 else _notes(text, title_end)


def _notes(text: str, start: int) -> str:
    """Of a text without the mark, the lines below the title that tell only history or number."""
    found = []
    for line in islice((line for line in lines_of(text, start) if line.text), _HEAD_LINES):
        if _ARTICLE.match(line.text) or line.level > 1:
            break
        if _NOTE.match(line.text) or is_number(line.text):
            found.append(line.text)
    return "\n".join(found)


def _numbers_below(text: str, mark: int, start: int) -> Iterator[str]:
    """The lines between the mark and the first article that hold only a number."""
    if mark < 0:
        return
    for line in islice(
        (line for line in lines_of(text[: start + _HEAD_SIZE], start) if line.text), _HEAD_LINES
    ):
        if _ARTICLE.match(line.text):
            return
        if is_number(line.text):
            yield line.text


def _title(text: str, path: str, named: str | None) -> tuple[str, str, int]:
    """Title, law key, and where the title lines end. A second heading names a part (民法典 / 合同编)."""
    names, end = [], 0
    for line in lines_of(text, 0):
        if line.level != 1:
            if line.text:
                break
            continue
        names.append(line.text)
        end = line.end
    if not names:
        name = named or re.sub(r"(?:\([0-9-]+\))?\.[^.]+$", "", path.rsplit("/", 1)[-1])
        return name, law_key(joint_name(name)), 0
    return " ".join(names), law_key(joint_name(names[0])), end


def authority_level(title: str, issuing_body: str | None, path: str) -> str:
    """One of `AUTHORITY_LEVELS`, by the body that issued the text, then by the folder that it lies in."""
    body = issuing_body or ""
    if re.match(r"(?:中华人民共和国)?宪法", title):
        return "宪法"
    if "最高人民法院" in body or "最高人民检察院" in body:
        return "司法解释"
    if body.startswith("全国人民代表大会"):
        return "法律"
    if body == "国务院":
        return "行政法规"
    if "人民代表大会" in body:
        return "地方性法规"
    folders = {
        "行政法规": "行政法规",
        "司法解释": "司法解释",
        "部门规章": "部门规章",
        "地方性法规": "地方性法规",
    }
    level = next((level for folder, level in folders.items() if f"/{folder}/" in f"/{path}"), None)
    if level:
        return level
    if re.match(r"中华人民共和国.*法(?:典)?(?: |$)", title):
        return "法律"
    return "规范性文件" if body else "其他"


def _issuing_body(preamble: str, title: str) -> str | None:
    """The body named first in the last adopting line, or at the head of the title; None without either."""
    named = _BODY.match(title)
    if named and named.group() in {"最高人民法院", "最高人民检察院"}:
        return named.group()
    for line in reversed(preamble.splitlines()):
        rest = re.sub("^[日经]", "", DATE.sub("", line, count=1).strip(" 　《"))
        match = _BODY.search(rest) or _MINISTRY.match(rest)
        if match and _ADOPTION.search(line):
            body = match.group()
            session = re.search(r"第[一二三四五六七八九十]+届", rest)
            if "全国人民代表大会" in rest and session:
                return "全国人民代表大会常务委员会" if "常务委员会" in rest else "全国人民代表大会"
            return re.sub(r"第[一二三四五六七八九十]+届", "", body)
    return named.group() if named else None


def _sections(text: str, start: int) -> Iterator[Section]:
    lines = [line for line in lines_of(text, start) if line.text]
    if not any(line.level == 0 for line in lines):  # some files hold nothing but the lines above the mark
        lines = [line for line in lines_of(text, 0) if line.text]
    for marker in (_article_marker, _numbered_marker(lines)):
        if marker and any(marker(line) for line in lines):
            yield from _cut(lines, marker, is_article=True)
            return
    yield from _cut(lines, _part_marker, is_article=False)


def _article_marker(line: Line) -> str | None:
    match = None if line.level else _ARTICLE.match(line.text)
    if match is None:
        return None
    number, sub = parse_number(match[1]), parse_number(match[2] or "")
    return article_label(number, sub) if number and max(number, sub or 0) < 10_000 else None


def _numbered_marker(lines: list[Line]) -> Marker | None:
    """The marker for texts that number their articles `16.`; None where the numbers do not run from 1 up.

    Decisions that amend several texts begin again at 1 for each; those numbers are no articles.
    """
    numbers = {}
    for line in lines:
        match = None if line.level else _NUMBERED.match(line.text)
        if match:
            numbers[line.start] = int(match[1])
    found = list(numbers.values())
    if len(found) < 3 or found[0] != 1 or any(b != a + 1 for a, b in pairwise(found)):
        return None

    def marker(line: Line) -> str | None:
        return article_label(numbers[line.start]) if line.start in numbers else None

    return marker


def _part_marker(line: Line) -> str | None:
    match = None if line.level else _PART.match(line.text)
    return match[1] if match else None


def _cut(lines: list[Line], marker: Marker, *, is_article: bool) -> Iterator[Section]:
    """Sections from marked line to marked line; a heading ends a section and opens an unmarked one."""
    path: dict[int, str] = {}
    label, begin, end, marked = None, 0, 0, False
    for line in [*lines, None]:
        new_label = marker(line) if line else None
        if (line is None or line.level or new_label) and label is not None:
            yield Section(label, _heading(path), begin, end, is_article and marked)
            label = None
        if line is None:
            return
        if line.level:
            path = {level: name for level, name in path.items() if level < line.level} | {
                line.level: line.text
            }
            continue
        if label is None:
            label, begin, marked = new_label or _unmarked_label(path), line.start, bool(new_label)
        end = line.end


def _heading(path: dict[int, str]) -> str:
    return " ".join(path[level] for level in sorted(path))


def _unmarked_label(path: dict[int, str]) -> str:
    return path[max(path)] if path else "引言"
