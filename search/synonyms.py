"""Lay words and the legal words that they reach: `synonyms.txt`, and what users add in a file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from legal.errors import InputError
from legal.law_names import SHORT_NAMES, law_key

_BUILT_IN = Path(__file__).with_name("synonyms.txt")
_SEPARATOR = re.compile("[=＝]")
_SHORTEST_NAME = 3  # 消法 stands in 取消法定 as well
_MOST = 12  # words that are added to one query

Table = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Added:
    """Legal words (or the full name of a law) that are searched for beside the words typed."""

    typed: str
    legal: tuple[str, ...]


class Synonyms:
    """Finds lay words in a query. The longest one counts where several begin at one place."""

    def __init__(self, table: Table) -> None:
        names = {
            short: (law_key(full),) for short, full in SHORT_NAMES.items() if len(short) >= _SHORTEST_NAME
        }
        self._table = {**names, **table}
        longest_first = sorted(self._table, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def added(self, text: str) -> tuple[Added, ...]:
        """What is added to `text`, in its order; not what stands in it already."""
        found: dict[str, tuple[str, ...]] = {}
        count = 0
        for match in self._pattern.finditer(text):
            legal = tuple(word for word in self._table[match[0]] if word not in text)
            if legal and match[0] not in found and count + len(legal) <= _MOST:
                found[match[0]] = legal
                count += len(legal)
        return tuple(Added(typed, legal) for typed, legal in found.items())


def read_synonyms(more: Path | None = None) -> Synonyms:
    """The synonyms that come with Lvzhi and those of a file that is laid out in the same way.

    Raises InputError where the file is not there or a line of it is not `lay = legal legal …`.
    """
    if more is None:
        return _built_in()
    table = {lay: list(legal) for lay, legal in _table(_BUILT_IN).items()}
    for lay, legal in _table(more).items():
        table[lay] = list(dict.fromkeys([*table.get(lay, ()), *legal]))
    return Synonyms({lay: tuple(legal) for lay, legal in table.items()})


@cache
def _built_in() -> Synonyms:
    return Synonyms(_table(_BUILT_IN))


def _table(file: Path) -> Table:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"近义词文件 {file} 无法读取。请检查 LVZHI_SYNONYMS 设置，文件应为 UTF-8 编码的文本。"
        ) from error
    table: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.partition("#")[0].strip()
        if plain:
            lay, legal = _entry(plain, f"近义词文件 {file} 第 {number} 行")
            table[lay] = tuple(dict.fromkeys((*table.get(lay, ()), *legal)))
    return table


def _entry(line: str, place: str) -> tuple[str, Sequence[str]]:
    parts = _SEPARATOR.split(line)
    lay = parts[0].strip()
    legal = parts[1].split() if len(parts) == 2 else []
    if len(lay) < 2 or not legal:
        raise InputError(
            f"{place}无法识别：{line}。每行应为“俗称 = 法律用语 法律用语”，俗称至少两个字，"
            "例如：老赖 = 失信被执行人"
        )
    return lay, legal
