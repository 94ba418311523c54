"""Where every citation of a law in the judicial interpretations leads: `python -m evaluation.crosswalk`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ingest.parse_policy import parse_policy
from legal.citation_context import citations_in
from legal.crosswalk import Resolution, citing, read_crosswalk
from legal.crosswalk_steps import Evidence
from legal.documents import PolicyText
from legal.law_names import law_key

INTERPRETATIONS = "司法解释"


@dataclass(frozen=True, slots=True)
class Led:
    """One citation: the citing text, whether a later version of that is held too, and where it leads.

    `start` and `end` are code points of the text at `path`. `resolution` is None where the text has no date.
    """

    path: str
    superseded: bool
    article: str
    start: int
    end: int
    resolution: Resolution | None

    @property
    def reason(self) -> str | None:
        """Why it leads to no article in force, in Chinese; None where it leads to one."""
        if self.resolution is None:
            return "引用它的文本没有日期"
        if self.resolution.obstacle:
            return str(self.resolution.obstacle)
        return self.resolution.said if self.resolution.article is None else None

    @property
    def outcome(self) -> str:
        """What became of the article in one word, or the obstacle that the citation meets, in Chinese."""
        found = self.resolution
        if found is None or found.obstacle:
            return self.reason or ""
        return str(found.change) if found.change else "内容未比对"

    @property
    def edition(self) -> str:
        """The day of effect of the edition meant; 不明 where that is not known."""
        meant = self.resolution and self.resolution.edition
        return meant.isoformat() if meant else "不明"


def follow(corpus: Path, law: str) -> list[Led]:
    """Every citation of `law` (a key of `law_key`) in the interpretations of the law corpus at `corpus`."""
    texts = {
        path: parse_policy(path.read_text(encoding="utf-8"), path.relative_to(corpus).as_posix())
        for path in sorted((corpus / INTERPRETATIONS).glob("*.md"))
    }
    latest: dict[str, Path] = {}
    for path, text in sorted(texts.items(), key=lambda item: (_day(item[1]), item[0])):
        latest[text.law] = path
    return [
        found
        for path, text in texts.items()
        for found in _followed(text, path.relative_to(corpus).as_posix(), law, latest[text.law] != path)
    ]


def _day(text: PolicyText) -> str:
    day = text.effective or text.adopted
    return day.isoformat() if day else ""


def _followed(text: PolicyText, path: str, law: str, superseded: bool) -> Iterator[Led]:
    day = text.effective or text.adopted
    for citation in citations_in(text.text, text.law, text.sections):
        if citation.law != law:
            continue
        resolution = None
        if day:
            meant = citing(text.text, citation, day, text.adopted)
            resolution = read_crosswalk().resolve(law, citation.article, meant)
        yield Led(path, superseded, citation.article, citation.start, citation.end, resolution)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpora/laws"))
    parser.add_argument("--law", default="民事诉讼法")
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args()
    if not (wishes.corpus / INTERPRETATIONS).is_dir():
        sys.exit(f"错误：{wishes.corpus} 不是法律语料目录（其中没有 {INTERPRETATIONS}）。")
    shown = as_json(follow(wishes.corpus, law_key(wishes.law)))
    if wishes.json:
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(shown)


def as_json(led: list[Led]) -> dict[str, Any]:
    """Counts by edition meant and outcome, of all texts and of those in their latest version."""
    current = [found for found in led if not found.superseded]
    return {
        "citations": len(led),
        "texts": len({found.path for found in led}),
        "resolved": sum(found.reason is None for found in led),
        "editions": _counts(led),
        "current": {
            "citations": len(current),
            "texts": len({found.path for found in current}),
            "resolved": sum(found.reason is None for found in current),
            "editions": _counts(current),
        },
        "evidence": dict(Counter(_weakest(found) for found in led if found.reason is None)),
        "unresolved": [
            {"text": found.path, "start": found.start, "cited": found.article, "reason": found.reason}
            for found in led
            if found.reason is not None
        ],
    }


def _counts(led: Iterable[Led]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for found in sorted(led, key=lambda found: (found.edition, found.outcome)):
        counts.setdefault(found.edition, Counter())[found.outcome] += 1
    return {edition: dict(outcomes) for edition, outcomes in counts.items()}


def _weakest(found: Led) -> str:
    """The kind of evidence on which a way rests that has the least."""
    evidence = found.resolution.evidence if found.resolution else ()
    return max(evidence, key=list(Evidence).index).value if evidence else "none needed"


def _print(shown: dict[str, Any]) -> None:
    console = Console(highlight=False, markup=False)
    for title, part in (("all texts", shown), ("texts in their latest version", shown["current"])):
        console.print(f"{title}: {part['resolved']} of {part['citations']} citations, {part['texts']} texts")
        table = Table("edition in effect from", "outcome", "citations")
        for edition, outcomes in part["editions"].items():
            for outcome, count in outcomes.items():
                table.add_row(edition, outcome, str(count))
        console.print(table)
    console.print("evidence:", ", ".join(f"{kind} {count}" for kind, count in shown["evidence"].items()))
    for found in shown["unresolved"]:
        console.print(f"{found['text']} {found['start']} {found['cited']}: {found['reason']}", soft_wrap=True)


if __name__ == "__main__":
    main()
