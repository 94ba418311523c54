"""The registry of formats: every module of this package describes one, as `FORMAT` or `ARCHIVE`.

Adding a format is adding a file here. What a file is, its bytes decide where they can, else its name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ingest.source import Content, Item, Problem
from legal.errors import UnreadableFileError

Recognises = Callable[[Content], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """Files that hold documents or records.

    `name` is for messages (“PDF”, “Word 文档”). `read` yields what it can read and `Problem` for what it
    cannot, and goes on; it raises UnreadableFileError for a file that it cannot read at all. `recognises`
    tells by the bytes whether a file is of this format; without it a name is believed. `split` cuts a file
    of many records into parts of the same format that can be read apart, in constant memory. `native` says
    that damaged bytes may bring the reading process down, since a library not written in Python reads them.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Content], Iterator[Item]]
    recognises: Recognises | None = None
    split: Callable[[Content], Iterator[Content | Problem]] | None = None
    native: bool = False


@dataclass(frozen=True, slots=True)
class Archive:
    """Files that hold files; `members` yields each with its bytes, and `Problem` for those it cannot."""

    name: str
    suffixes: tuple[str, ...]
    members: Callable[[Content], Iterator[Content | Problem]]
    recognises: Recognises | None = None


@cache
def formats() -> tuple[Format | Archive, ...]:
    """All formats, in the order of their modules' names."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return tuple(getattr(module, "FORMAT", None) or module.ARCHIVE for module in modules)


def format_of(content: Content) -> tuple[Format | Archive, str | None]:
    """The format of a file, and a notice where its name says another. Raises UnreadableFileError for none."""
    named = next((f for f in formats() if content.id.lower().endswith(f.suffixes)), None)
    if named is not None and (named.recognises is None or named.recognises(content)):
        return named, None
    found = next((f for f in formats() if f.recognises is not None and f.recognises(content)), None)
    if found is None:
        if named is not None:
            return named, None  # its reader says what is wrong with it
        raise UnreadableFileError(
            f"不支持的文件类型“{content.suffix or '无扩展名'}”。可读：{_names()}。请另存为其中之一后重试。"
        )
    given = f"扩展名是 {content.suffix}" if content.suffix else "没有扩展名"
    return found, f"{given}，内容却是{found.name}，已按{found.name}读取。请核对文件名。"


def _names() -> str:
    return "、".join(f.name for f in formats() if isinstance(f, Format)) + "，以及压缩包"
