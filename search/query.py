"""What somebody typed, taken apart: references that have one answer, and words to search for."""

import re
from dataclasses import dataclass
from typing import Literal

from legal.case_number import find_case_numbers
from legal.citation import Citation, find_citations
from legal.errors import QueryError

Sort = Literal["relevance", "newest", "authority"]
MAX_LENGTH = 5_000  # code points: a paragraph of facts, not a whole file
_SEARCHABLE = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ〇一-鿿㐀-䶿]")


@dataclass(frozen=True, slots=True)
class Query:
    """A query: `text` as typed, the articles that it cites, the case numbers (canonical) that it names."""

    text: str
    citations: tuple[Citation, ...]
    case_numbers: tuple[str, ...]


def parse_query(text: str) -> Query:
    """The query in `text`. Raises QueryError where there is nothing to search for, or far too much."""
    plain = text.strip()
    if not _SEARCHABLE.search(plain):
        raise QueryError("请输入要检索的词语、案情、法条（如“民事诉讼法第二百三十六条”）或案号。")
    if len(plain) > MAX_LENGTH:
        raise QueryError(f"检索内容有 {len(plain)} 字，超过 {MAX_LENGTH} 字。请保留与争议有关的部分。")
    return Query(
        text=plain,
        citations=tuple(find_citations(plain)),
        case_numbers=tuple(dict.fromkeys(number.canonical for number in find_case_numbers(plain))),
    )
