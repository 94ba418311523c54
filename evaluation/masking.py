"""How much of the personal data in invented documents is masked, and how much is masked that is none.

`python -m evaluation.masking` prints a table for the part of the documents that the rules were made with and
one for the part that was held out. In the documents ⟦person:张三丰⟧ marks what must be masked.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.masking.mask import find_personal_data, mask
from ingest.source import RawDocument

DOCUMENTS = Path(__file__).with_name("masking_documents.jsonl")
_MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")
_BLANK = re.compile(r"\s")

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A text with the stretches that must be masked, each with its kind."""

    id: str
    sort: str
    part: str
    text: str
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Figures:
    """What was found, missed and masked without need, by kind; and values that can be read afterwards."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)


def load(path: Path = DOCUMENTS) -> Iterator[MarkedDocument]:
    """The documents of the file, with their marks taken out of the text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        pieces, spans, at, length = [], [], 0, 0
        for mark in _MARK.finditer(record["text"]):
            before = record["text"][at : mark.start()]
            start = length + len(before)
            length = start + len(mark[2])
            spans.append((start, length, mark[1]))
            pieces += [before, mark[2]]
            at = mark.end()
        text = "".join([*pieces, record["text"][at:]])
        yield MarkedDocument(record["id"], record["sort"], record["part"], text, tuple(spans))


def measure(documents: list[MarkedDocument]) -> Figures:
    """The figures over `documents`: a stretch is found when all of its characters are masked as its kind."""
    figures = Figures()
    for document in documents:
        raw = RawDocument(document.id, document.text)
        got = [(found.start, found.end, found.kind) for found in find_personal_data(raw)]
        for start, end, kind in document.spans:
            hit = any(a <= start and end <= b and kind == k for a, b, k in got)
            (figures.found if hit else figures.missed)[kind] += 1
        for start, end, kind in got:
            if not any(start < b and a < end for a, b, _ in document.spans):
                figures.false[kind] += 1
        output = _BLANK.sub("", mask(raw).document.text)
        values = {(kind, _BLANK.sub("", document.text[a:b])) for a, b, kind in document.spans}
        figures.left.update(kind for kind, value in values if value in output)
    return figures


def main() -> None:
    """Print the tables."""
    documents = list(load())
    for part, name in (("dev", "开发"), ("held_out", "留出")):
        chosen = [document for document in documents if document.part == part]
        figures = measure(chosen)
        print(f"{name}：{len(chosen)} 份")  # noqa: T201
        print("| 种类 | 应隐 | 已隐 | 召回率 | 误隐 | 隐后仍可见的值 |\n|---|---|---|---|---|---|")  # noqa: T201
        for kind in sorted(figures.found | figures.missed | figures.false):
            total = figures.found[kind] + figures.missed[kind]
            recall = f"{figures.found[kind] / total:.1%}" if total else "–"
            row = (kind, total, figures.found[kind], recall, figures.false[kind], figures.left[kind])
            print("|" + "|".join(f" {cell} " for cell in row) + "|")  # noqa: T201
        print()  # noqa: T201


if __name__ == "__main__":
    main()
