"""What somebody typed, taken apart: references that have one answer, words, and conditions on hits."""

import re
from dataclasses import dataclass
from typing import Literal

from legal.case_number import find_case_numbers
from legal.citation import Citation, find_citations
from legal.errors import QueryError
from search.query_tokens import Token, tokens_of
from search.query_values import FIELDS, FieldCondition, read_field

Sort = Literal["relevance", "newest", "authority"]
MAX_LENGTH = 5_000  # code points: a paragraph of facts, not a whole file
_SEARCHABLE = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ〇一-鿿㐀-䶿]")
_HALVES = re.compile("[\ud800-\udfff]")
_LIST = re.compile("[,，、|;；]")
_OR_MISSES = "OR（或者）的前后都应有词语或短语，例如：查封 OR 扣押。请补全，或去掉 OR。"


@dataclass(frozen=True, slots=True)
class Query:
    """A query: `text` as typed, the articles that it cites, the case numbers (canonical) that it names.

    `words` is what is searched for, without fields, exclusions and signs; it is empty where conditions alone
    were typed. Of every group of `required` a hit must contain one literally, of `excluded` none.
    """

    text: str
    citations: tuple[Citation, ...]
    case_numbers: tuple[str, ...]
    words: str
    required: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    fields: tuple[FieldCondition, ...] = ()

    @property
    def has_conditions(self) -> bool:
        """Whether a hit must meet anything beside being relevant."""
        return bool(self.required or self.excluded or self.fields)


def parse_query(text: str) -> Query:
    """The query in `text`. Raises QueryError for one that cannot be run; the message says what to do.

    >>> parse_query("查封 “续行查封” -车辆 年份:2019-2021").required
    (('续行查封',),)
    """
    plain = without_halves(text).strip()
    if not _SEARCHABLE.search(plain):
        raise QueryError("请输入要检索的词语、案情、法条（如“民事诉讼法第二百三十六条”）或案号。")
    if len(plain) > MAX_LENGTH:
        raise QueryError(f"检索内容有 {len(plain)} 字，超过 {MAX_LENGTH} 字。请保留与争议有关的部分。")
    tokens = tokens_of(plain)
    only_words = all(token.kind == "word" and not token.excluded for token in tokens)
    if only_words and "".join(plain.split()) == "".join(token.text for token in tokens):
        return _query(plain, plain)
    return _assembled(plain, tokens)


def without_halves(text: str) -> str:
    """The text with a space for each half of a character, which no index can hold."""
    return _HALVES.sub(" ", text)


def _assembled(text: str, tokens: list[Token]) -> Query:
    words: list[str] = []
    required: list[tuple[str, ...]] = []
    excluded: list[str] = []
    fields: list[FieldCondition] = []
    for group in _groups(tokens):
        first = group[0]
        if len(group) == 1 and first.field:
            if first.field in FIELDS:
                fields.append(read_field(first.field, first.text, first.excluded))
            else:
                excluded += [part.strip() for part in _LIST.split(first.text) if part.strip()]
        elif len(group) == 1 and first.excluded:
            excluded.append(first.text)
        else:
            texts = tuple(token.text for token in group)
            words += texts
            if (len(group) > 1 or first.kind == "phrase") and not any(map(_is_reference, texts)):
                required.append(texts)
    _refuse_contradiction(words, required, excluded)
    searched = " ".join(words)
    if not _SEARCHABLE.search(searched):
        searched = ""  # signs beside a condition are no words
    if not searched and not fields:
        raise QueryError("只有要排除的内容，没有要检索的内容。请再写要找的词语、法条、案号或字段。")
    return _query(text, searched, tuple(required), tuple(dict.fromkeys(excluded)), tuple(fields))


def _query(
    text: str,
    words: str,
    required: tuple[tuple[str, ...], ...] = (),
    excluded: tuple[str, ...] = (),
    fields: tuple[FieldCondition, ...] = (),
) -> Query:
    numbers = (number.canonical for number in find_case_numbers(words))
    return Query(
        text=text,
        citations=tuple(find_citations(words)),
        case_numbers=tuple(dict.fromkeys(numbers)),
        words=words,
        required=required,
        excluded=excluded,
        fields=fields,
    )


def _groups(tokens: list[Token]) -> list[list[Token]]:
    """The pieces, those between which OR stands together. Raises QueryError for an OR that joins nothing."""
    groups: list[list[Token]] = []
    joining = False
    for token in tokens:
        if token.kind == "or":
            if joining or not groups:
                raise QueryError(_OR_MISSES)
            joining = True
        elif joining:
            groups[-1].append(token)
            joining = False
        else:
            groups.append([token])
    if joining:
        raise QueryError(_OR_MISSES)
    return [group if len(group) == 1 else _alternatives(group) for group in groups]


def _alternatives(group: list[Token]) -> list[Token]:
    if any(token.field or token.excluded for token in group):
        raise QueryError("OR（或者）只能放在词语或短语之间，不能用于字段或排除的内容。请改写后再检索。")
    return [Token(token.kind, token.text.strip("()（）")) for token in group]


def _refuse_contradiction(words: list[str], required: list[tuple[str, ...]], excluded: list[str]) -> None:
    for phrase in excluded:
        if phrase in words or any(all(phrase in text for text in group) for group in required):
            raise QueryError(f"“{phrase}”既要检索又被排除，不会有任何结果。请去掉其中一处。")


def _is_reference(text: str) -> bool:
    """Whether a text is an article or a case number: those are found as such, however they are written."""
    cited = find_citations(text)
    if cited and cited[0].start == 0:
        return True
    return bool(find_case_numbers(text))
