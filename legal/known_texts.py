"""Curated facts on norms: numbers, dates of effect and what became of them, also of texts that are not held.

`known_texts.tsv` holds one row for each version. 执行文本表 in its source is the table of the texts of
enforcement; 法规库记载 the day that a public database gives; 文本末条 that which the last
article of the text names; 记忆 is not checked against a source. A law that begins with * stands for all norms
of that body amended together on that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from legal.law_names import law_key

IN_FORCE, AMENDED, REPEALED = "现行有效", "已被修改", "已废止"
_TABLE = Path(__file__).with_name("known_texts.tsv")
_TOGETHER = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownText:
    """What is known of one version of a norm; None where it is not.

    `law` is a key of `law_names.law_key`, `title` the name as the table has it. `published` is given where
    sources date the text by it and it is not the day of adoption. `ended` is the day from which it no longer
    applies, `status` what it is: 现行有效, 已被修改, 已废止, 草案, 纲要.
    """

    law: str
    title: str
    adopted: date | None
    published: date | None
    short_name: str | None
    document_number: str | None
    effective: date | None
    ended: date | None
    status: str | None
    note: str | None
    source: str


def known_texts() -> tuple[KnownText, ...]:
    """All versions of the table, without those of norms amended together."""
    return tuple(text for texts in _by_law().values() for text in texts)


def known_versions(law: str) -> tuple[KnownText, ...]:
    """The versions of a law (a key of `law_names.law_key`) that are known, as the table has them."""
    return _by_law().get(law, ())


def known_text(law: str, days: Iterable[date | None]) -> KnownText | None:
    """The version of a law that was adopted or published on one of `days`."""
    wanted = {day for day in days if day}
    return next((text for text in known_versions(law) if wanted & {text.adopted, text.published}), None)


def amended_together(body: str | None, days: Iterable[date | None]) -> date | None:
    """From when what `body` amended on one of `days` in a single decision applies; None where none is known.

    The decisions of 国务院 on several regulations, and that of 最高人民法院 of 23 December 2020.
    """
    wanted = {day for day in days if day}
    found = (text for text in _together().get(body or "", ()) if wanted & {text.adopted, text.published})
    return next((text.effective for text in found), None)


@cache
def _by_law() -> Mapping[str, tuple[KnownText, ...]]:
    return _grouped(text for text in _rows() if not text.title.startswith(_TOGETHER))


@cache
def _together() -> Mapping[str, tuple[KnownText, ...]]:
    return _grouped(text for text in _rows() if text.title.startswith(_TOGETHER))


def _grouped(texts: Iterable[KnownText]) -> Mapping[str, tuple[KnownText, ...]]:
    found: dict[str, tuple[KnownText, ...]] = {}
    for text in texts:
        name = text.law.removeprefix(_TOGETHER)
        found[name] = (*found.get(name, ()), text)
    return MappingProxyType(found)


@cache
def _rows() -> tuple[KnownText, ...]:
    head, *lines = _TABLE.read_text(encoding="utf-8").splitlines()
    names = head.split("\t")
    return tuple(_row(dict(zip(names, line.split("\t"), strict=True))) for line in lines)


def _row(row: Mapping[str, str]) -> KnownText:
    return KnownText(
        law=law_key(row["law"]),
        title=row["law"],
        adopted=_day(row["adopted"]),
        published=_day(row["published"]),
        short_name=row["short_name"] or None,
        document_number=row["document_number"] or None,
        effective=_day(row["effective"]),
        ended=_day(row["ended"]),
        status=row["status"] or None,
        note=row["note"] or None,
        source=row["source"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
