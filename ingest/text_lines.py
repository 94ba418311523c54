"""The lines of a text file of any size in UTF-8, UTF-16 or GB18030, read in constant memory."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from io import TextIOWrapper

from ingest.decoding import decode
from ingest.source import Content, Problem

MAX_LINE = 8_000_000  # characters of a line, which holds at most one document
PART_SIZE = 2**20  # bytes of a part of a large file, at least
_ENDS = ("\n", "\r")
_SAMPLE = 2**20
# What the error handler leaves of bytes that are no text; a NUL would look like UTF-16 in a part of a file.
_NO_TEXT = re.compile(r"[\x00\udc80-\udcff]")


def read_lines(content: Content) -> Iterator[tuple[int, str | Problem]]:
    """The numbered lines with their ends; a problem for one that is too long or damaged.

    Raises UnreadableFileError for what is no text.
    """
    encoding = _encoding_of(content)
    # The UTF-16 decoder cannot pass wrong bytes on.
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    number = content.first
    with TextIOWrapper(content.open(), encoding, errors=errors, newline="") as stream:
        while line := stream.readline(MAX_LINE):
            if len(line) == MAX_LINE and not line.endswith(_ENDS):
                while (rest := stream.readline(MAX_LINE)) and not rest.endswith(_ENDS):
                    pass
                yield number, _problem(content, number, f"超过 {MAX_LINE // 10_000} 万字，未收录。请拆分")
            elif _NO_TEXT.search(line):
                yield number, _problem(content, number, "有无法识别的字节，未收录。请核对原文件的编码")
            else:
                yield number, line
            number += 1


def _problem(content: Content, number: int, what: str) -> Problem:
    return Problem(f"{content.id} 第 {number} 行", f"这一行{what}。")


def _encoding_of(content: Content) -> str:
    """The encoding of the whole file, by the first stretch of it that is not plain ASCII."""
    sample = _sample(content)
    if b"\0" not in sample[:4096] and _is_utf8(sample):
        return "utf-8-sig"
    for encoding in ("gb18030", "utf-16-le", "utf-16-be", "utf-16"):
        decoder = getincrementaldecoder(encoding)()
        try:
            decoder.decode(sample)
            whole = sample[: len(sample) - len(decoder.getstate()[0])]  # without a character that was cut
            text = whole.decode(encoding)
        except UnicodeError:
            continue
        if text == decode(whole):
            return encoding
    decode(sample)  # raises for what is text in no encoding
    return "gb18030"


def _sample(content: Content) -> bytes:
    with content.open() as stream:
        while block := stream.read(_SAMPLE):
            if not block.isascii() or b"\0" in block:
                return block
    return b""


def _is_utf8(sample: bytes) -> bool:
    """Whether the bytes are UTF-8, but for few: a damaged file must not be taken for one in GB18030."""
    try:
        getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        text = sample.decode("utf-8", "replace")
        beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
        return text.count("\ufffd") * 20 <= beyond_ascii
    return True
