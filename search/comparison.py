"""Two versions of one law side by side: which article became which, and what changed in its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from legal.article_alignment import Change, Pair, align
from legal.errors import InputError
from legal.versions import History
from search.passage import StoredDocument

Span = tuple[int, int]
_STRAY = 2  # characters below which what two texts share between changes is chance


@dataclass(frozen=True, slots=True)
class Side:
    """An article in one version: label, text without it, and the code points of the text that changed."""

    label: str
    text: str
    changed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the old version and the one that continues it; None on the side that has none."""

    old: Side | None
    new: Side | None
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a law, and their articles in the order of the old one, added ones where they stand."""

    old: StoredDocument
    new: StoredDocument
    rows: tuple[Row, ...]


def compare_versions(
    one: StoredDocument | None, other: StoredDocument | None, history: Callable[[str], History]
) -> Comparison:
    """The comparison of two versions of a law, whatever their order; `history` gives that of a law.

    Raises InputError where a document is missing or the two are no versions of one law, or parts of one.
    """
    if one is None or other is None or one.id == other.id:
        raise InputError("要对照的文本不在本库中，可能已被移除。请从法规页面的历次版本中重新选择。")
    law = one.meta.get("law")
    wordings = history(str(law)).versions if law is not None and law == other.meta.get("law") else ()
    places = [place for place, v in enumerate(wordings) for d in (one, other) if d.id in v.documents]
    if len(set(places)) < 2:
        raise InputError("只能对照同一法规的两个版本。请从法规页面的历次版本中选择。")
    earlier, later = (one, other) if one.id in wordings[min(places)].documents else (other, one)
    return compare(earlier, later)


def compare(old: StoredDocument, new: StoredDocument) -> Comparison:
    """The comparison of two documents article by article; no rows where neither has articles.

    An article that was split or merged is in several rows. In added and deleted ones nothing is marked.
    """
    articles = _articles(old), _articles(new)
    return Comparison(old, new, tuple(_row(articles, pair) for pair in align(*articles)))


def changed_spans(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where two texts differ, as spans of either; what they share for a character only counts as changed."""
    equal = [
        block
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        if block.size >= _STRAY or not block.size  # the empty one at the end
    ]
    return (
        _between([(block.a, block.a + block.size) for block in equal]),
        _between([(block.b, block.b + block.size) for block in equal]),
    )


def _articles(document: StoredDocument) -> dict[str, str]:
    return {s.label: document.text[s.start : s.end].strip() for s in document.sections if s.is_article}


def _row(articles: tuple[dict[str, str], dict[str, str]], pair: Pair) -> Row:
    old, new = (
        Side(label, texts[label].removeprefix(label).strip()) if label is not None else None
        for texts, label in zip(articles, (pair.old, pair.new), strict=True)
    )
    if old is None or new is None or old.text == new.text:
        return Row(old, new, pair.change)
    before, after = changed_spans(old.text, new.text)
    return Row(replace(old, changed=before), replace(new, changed=after), pair.change)


def _between(kept: Sequence[Span]) -> tuple[Span, ...]:
    """What lies between spans that follow each other, from the beginning of the text."""
    at, found = 0, []
    for start, end in kept:
        if start > at:
            found.append((at, start))
        at = end
    return tuple(found)
