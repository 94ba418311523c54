"""Bytes to text in UTF-8, UTF-16 or GB18030: the guess must be right or refused."""

import re

from ingest.source import MAX_TEXT, Content
from legal.errors import UnreadableFileError

# Control characters, surrogates, private use and what no standard assigns in the planes that Chinese uses.
_ODD = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffe\uffff]")


def text_of(content: Content) -> str:
    """The text of a file that is one document. Raises UnreadableFileError where there is none in it."""
    text = decode(content.read(MAX_TEXT))
    if not text.strip():
        raise UnreadableFileError("文件是空的，没有文字。请重新取得这份文件后再试。")
    return text


def decode(content: bytes) -> str:
    """The text of `content`, without a byte order mark. Raises UnreadableFileError for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif b"\0" in content[:4096]:  # text has no zero bytes, except in UTF-16
        candidates = ["utf-16-le", "utf-16-be"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_text(text):
            return text
    raise UnreadableFileError("不是文本文件，或编码不是 UTF-8、UTF-16、GB18030。请另存为 UTF-8 文本后重试。")


def _reads_as_text(text: str) -> bool:
    """Whether nearly all characters are ones that documents use; bytes read in a wrong encoding are not."""
    sample = text[:20_000]
    return len(_ODD.findall(sample)) <= len(sample) // 100
