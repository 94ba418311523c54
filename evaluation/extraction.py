"""How well ingest understands judicial documents: `python -m evaluation.extraction [FILE] [--json]`.

Without a file: precision and recall by kind over the documents labelled by hand, and every error. With a
file of the JuDGE data set (`fd` the judgment, `la` the numbers of the criminal-law articles that it applies):
how well the applied articles are told from those that are only cited or annexed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evaluation.extraction_items import Item, found_in, labelled_in, pairs
from evaluation.labelled_documents import LabelledDocument, absent_documents, read_labelled
from ingest.parse_judicial import parse_judicial
from legal.citation import article_label
from legal.documents import JudicialDocument
from legal.errors import CollectionError, LvzhiError


@dataclass(slots=True)
class Count:
    """Right, invented and missed items of one kind."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """None where nothing was found."""
        return self.right / (self.right + self.invented) if self.right + self.invented else None

    @property
    def recall(self) -> float | None:
        """None where nothing was to be found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass(slots=True)
class Figures:
    """Counts by kind, and the errors in words: document, kind, what was expected or found."""

    documents: int = 0
    counts: dict[str, Count] = field(default_factory=dict)
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, document: LabelledDocument) -> None:
        """Counts one document."""
        self.documents += 1
        expected, found = labelled_in(document), found_in(document.document)
        for kind in dict.fromkeys([*(i.kind for i in expected), *(i.kind for i in found)]):
            self._add_kind(
                document.name,
                kind,
                [item for item in expected if item.kind == kind],
                [item for item in found if item.kind == kind],
            )

    def _add_kind(self, name: str, kind: str, expected: list[Item], found: list[Item]) -> None:
        same, missed, invented = pairs(expected, found)
        count = self.counts.setdefault(kind, Count())
        count.right += len(same)
        count.missed += len(missed)
        count.invented += len(invented)
        self.errors += [(name, kind, f"漏 {item.shown}") for item in missed]
        self.errors += [(name, kind, f"误 {item.shown}") for item in invented]
        for wanted, got in same:
            for attribute, value in wanted.attributes.items():
                detail = self.counts.setdefault(f"{kind}.{attribute}", Count())
                given = got.attributes[attribute]
                if value == given:
                    detail.right += value is not None
                    continue
                detail.missed += value is not None
                detail.invented += given is not None
                self.errors.append(
                    (name, f"{kind}.{attribute}", f"{wanted.shown}：应为 {value}，得到 {given}")
                )


def over_labelled(documents: Iterable[LabelledDocument]) -> Figures:
    """The figures over labelled documents."""
    figures = Figures()
    for document in documents:
        figures.add(document)
    return figures


@dataclass(frozen=True, slots=True)
class AppliedFigures:
    """Over a file of criminal judgments: articles of 刑法 counted over all documents together.

    `reasoning`, `operative_part` and `findings` are shares of documents in which the section is found, the
    last one of those whose text announces findings.
    """

    precision: float
    recall: float
    documents: int
    reasoning: float
    operative_part: float
    findings: float | None


def over_judgments(path: Path) -> AppliedFigures:
    """The figures over a file of judgments. Raises CollectionError for a file of another form."""
    applied, sections, announced = Count(), Counter[str](), 0
    documents = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            text, wanted = record["fd"], {article_label(int(article)) for article in record["la"]}
        except (ValueError, KeyError, TypeError) as error:
            raise CollectionError(f"{path} 第 {number} 行缺少 fd（全文）或 la（法条序号）。") from error
        document = parse_judicial(text)
        found = _criminal_articles(document)
        applied.right += len(found & wanted)
        applied.invented += len(found - wanted)
        applied.missed += len(wanted - found)
        labels = {section.label for section in document.sections}
        sections.update(labels)
        announced += "查明" in labels or "审理查明" in text
        documents += 1
    if not documents:
        raise CollectionError(f"{path} 中没有文书。")
    return AppliedFigures(
        precision=applied.precision or 0.0,
        recall=applied.recall or 0.0,
        documents=documents,
        reasoning=sections["本院认为"] / documents,
        operative_part=sections["裁判主文"] / documents,
        findings=sections["查明"] / announced if announced else None,
    )


def _criminal_articles(document: JudicialDocument) -> set[str]:
    """Main articles of 刑法 that the document applies: 第二百八十七条之二 counts as 第二百八十七条."""
    named = (name.partition("#") for name in document.applied_articles)
    return {article.partition("之")[0] for law, _, article in named if law == "刑法"}


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args()
    try:
        if wishes.file:
            shown: dict[str, Any] = asdict(over_judgments(wishes.file))
        else:
            shown = _as_json(over_labelled(read_labelled()))
    except (LvzhiError, OSError) as error:
        sys.exit(f"错误：{error}")
    if wishes.json or wishes.file:
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(shown)


def _as_json(figures: Figures) -> dict[str, Any]:
    return {
        "documents": figures.documents,
        "not_here": absent_documents(),
        "kinds": {
            kind: {**asdict(count), "precision": count.precision, "recall": count.recall}
            for kind, count in figures.counts.items()
        },
        "errors": [" | ".join(error) for error in figures.errors],
    }


def _print(shown: dict[str, Any]) -> None:
    console = Console(highlight=False, markup=False)
    table = Table("kind", "right", "invented", "missed", "precision", "recall")
    for kind, count in shown["kinds"].items():
        shares = ("-" if count[name] is None else f"{count[name]:.3f}" for name in ("precision", "recall"))
        table.add_row(kind, *(str(count[name]) for name in ("right", "invented", "missed")), *shares)
    console.print(f"{shown['documents']} documents; not on this machine: {len(shown['not_here'])}", table)
    console.print("\n".join(shown["errors"]), soft_wrap=True)


if __name__ == "__main__":
    main()
