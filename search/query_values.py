"""The fields of the search box and what may stand in them; what needs the index is in `query_filters`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from legal.citation import find_citations
from legal.court import LEVELS
from legal.documents import AUTHORITY_LEVELS
from legal.errors import QueryError
from legal.law_names import law_key
from legal.versions import Standing

FieldName = Literal["法院", "案由", "年份", "文书", "时效", "效力", "层级", "适用"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A field: the name that it is shown by, and how it is written."""

    name: FieldName
    example: str


@dataclass(frozen=True, slots=True)
class Years:
    """A closed range of years; None leaves an end open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class FieldCondition:
    """That a field has one of `values` (`years` for 年份), or with `excluded` none of them.

    Values of 时效, 效力 and 层级 are those of the index; those of 适用 are ids law#article, or law# for any
    article of it; those of 法院, 案由 and 文书 are as typed.
    """

    name: FieldName
    values: tuple[str, ...] = ()
    years: tuple[Years, ...] = ()
    excluded: bool = False


_EXAMPLES: Mapping[FieldName, tuple[str, str]] = {
    "法院": ("法院 审理法院 受理法院", "法院:高级人民法院"),
    "案由": ("案由 罪名", "案由:民间借贷纠纷"),
    "年份": ("年份 年度 年", "年份:2019-2021"),
    "文书": ("文书 文书类型 文书种类", "文书:裁定书"),
    "时效": ("时效 时效性", "时效:现行有效"),
    "效力": ("效力 效力层级 效力级别", "效力:司法解释"),
    "层级": ("层级 法院层级 法院级别 审级", "层级:中级"),
    "适用": ("适用 适用法条 适用法律", "适用:民法典577条"),
}
FIELDS = {
    written: Kind(name, example) for name, (names, example) in _EXAMPLES.items() for written in names.split()
}
EXCLUDING = ("不含", "不包含", "不包括", "排除")  # 不含:车辆 is -车辆
PLAIN = ("案号", "法条", "关键词", "全文")  # what they hold is found as well without them

_STANDINGS = {
    "有效": Standing.IN_FORCE,
    "现行": Standing.IN_FORCE,
    "未生效": Standing.NOT_YET,
    "未施行": Standing.NOT_YET,
    "被修改": Standing.AMENDED,
    "已修改": Standing.AMENDED,
    "修改": Standing.AMENDED,
    "废止": Standing.REPEALED,
    "失效": Standing.REPEALED,
    "已失效": Standing.REPEALED,
} | {standing.value: standing for standing in Standing}
_LEVELS = {level: level for level in LEVELS} | {
    short: level
    for level in LEVELS
    for short in (level[:2], f"{level[:2]}法院", f"{level[0]}院", f"{level[0]}级")
}
_SEPARATOR = re.compile("[,，、|;；]")
_SPAN = re.compile(r"[-–—~至到]+")
_YEAR = re.compile(r"([12][0-9]{3})年?")
_SINCE = re.compile(r"([12][0-9]{3})年?(?:以来|以后|之后|起)")
_UNTIL = re.compile(r"([12][0-9]{3})年?(?:以前|之前|为止|止)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_ARTICLE_ALONE = re.compile("第?[0-9一二三四五六七八九十百千零〇]+条?")


def names_in_words() -> str:
    """The names of all fields, for a message."""
    return "、".join((*_EXAMPLES, "不含"))


def read_field(written: str, value: str, excluded: bool = False) -> FieldCondition:
    """The condition of a field as it was typed. Raises QueryError for what cannot stand in it."""
    name = FIELDS[written].name
    if not _parts(value):
        raise QueryError(f"“{written}:”后面没有内容。请写成 {FIELDS[written].example}，或去掉这个字段。")
    if name == "年份":
        return FieldCondition(name, years=tuple(map(_years, _parts(value))), excluded=excluded)
    if name == "适用":
        return FieldCondition(name, _articles(value), excluded=excluded)
    values = [_value(name, part) for part in _parts(value)]
    return FieldCondition(name, tuple(dict.fromkeys(values)), excluded=excluded)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(value) if part.strip()]


def _value(name: FieldName, part: str) -> str:
    if name == "时效":
        return _known(name, part, _STANDINGS)
    if name == "层级":
        return _known(name, part, _LEVELS)
    if name == "效力":
        return _known(name, part, {level: level for level in AUTHORITY_LEVELS})
    return part


def _known(name: FieldName, part: str, values: Mapping[str, str]) -> str:
    if part in values:
        return str(values[part])
    choice = "、".join(dict.fromkeys(map(str, values.values())))
    raise QueryError(f"“{name}:{part}”无法识别。{name}可以是：{choice}。")


def _years(part: str) -> Years:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", part)).translate(_DIGITS)
    if match := _YEAR.fullmatch(plain):
        return Years(int(match[1]), int(match[1]))
    if match := _SINCE.fullmatch(plain):
        return Years(int(match[1]), None)
    if match := _UNTIL.fullmatch(plain):
        return Years(None, int(match[1]))
    ends = [_YEAR.fullmatch(end) for end in _SPAN.split(plain)]
    texts = _SPAN.split(plain)
    if len(texts) != 2 or not any(ends) or any(t and not e for t, e in zip(texts, ends, strict=True)):
        raise QueryError(
            f"“年份:{part}”无法识别。请写成 年份:2020、年份:2019-2021、年份:2019-（2019年以后）的形式。"
        )
    first, last = (int(end[1]) if end else None for end in ends)
    if first and last and first > last:
        raise QueryError(f"年份范围 {first}-{last} 的起始年份晚于终止年份。请写成 年份:{last}-{first}。")
    return Years(first, last)


def _articles(value: str) -> tuple[str, ...]:
    cited = [f"{citation.law}#{citation.article}" for citation in find_citations(value)]
    if cited:
        return tuple(dict.fromkeys(cited))
    law = law_key(value)
    if not law or _ARTICLE_ALONE.fullmatch(law):
        raise QueryError(f"“适用:{value}”没有写明法律。请写明法律名称和条文，例如：适用:民法典577条。")
    return (f"{law}#",)
