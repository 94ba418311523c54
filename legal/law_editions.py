"""The editions of laws, each with its days of effect and adoption, and the words that mean a former one."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from legal.known_texts import known_texts

_FORMER = re.compile(r"(?:修正|修订|修改)(?:之|以)?前的?《?(?:中华人民共和国)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Edition:
    """A wording of a law: the day on which it took effect, by which it is called here, and its adoption."""

    effective: date
    adopted: date


@cache
def known_editions() -> Mapping[str, tuple[Edition, ...]]:
    """The editions of laws by key of `law_names.law_key`, oldest first: held ones and those only known of."""
    found: dict[str, set[Edition]] = defaultdict(set)
    for text in known_texts():
        if text.effective and text.adopted:
            found[text.law].add(Edition(text.effective, text.adopted))
    return {law: tuple(sorted(held, key=lambda edition: edition.effective)) for law, held in found.items()}


def means_former(text: str, start: int) -> bool:
    """Whether the citation that begins at `start` is of the law before its last amendment (修改前的…)."""
    return _FORMER.search(text, max(0, start - 20), start) is not None
