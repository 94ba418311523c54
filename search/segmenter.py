"""Words for the keyword index: jieba's dictionary and algorithm, in its Rust build or in pure Python.

The two differ on about one article in 4,000 and one fact section in 12, so an index says which one made it
and is searched with no other. Character pairs stand beside the words, so that a word that is in no
dictionary is found too.
"""

import hashlib
import importlib.util
import logging
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from operator import add
from pathlib import Path

import numpy as np
import numpy.typing as npt

from legal.errors import IndexMismatchError
from search.protocols import Segmenter

_LATIN = re.compile(r"[0-9a-z]+")
_PUNCTUATION = re.compile(r"[^\w+#&.%\-]+")  # and space; what is left can be part of a word: 3.5%
_RUN = re.compile(r"[0-9a-z]+|[〇一-鿿㐀-䶿]+")
# Whatever Unicode may have another form for, but for punctuation that no word can hold. Most articles have
# nothing of the kind, and looking is cheap.
_UNUSUAL = re.compile(r"[^\x00-\x7f\u3000-\u3017一-鿿！（），／：；？“”‘’…—·〇]")
# A line may end inside a word: pairs go on over it.
_LINE_END = re.compile(r"(?<=[〇一-鿿㐀-䶿])\n(?=[〇一-鿿㐀-䶿])")
_LEXICON = Path(__file__).with_name("lexicon.txt")
# A frequency at which jieba keeps a user word whole against its parts.
_FREQUENCY = 20_000


@lru_cache(maxsize=1024)  # words and pairs of a document are made one after the other
def normalise(text: str) -> str:
    """`text` in the form that is indexed: full-width letters and digits made narrow, in lower case."""
    return (unicodedata.normalize("NFKC", text) if _UNUSUAL.search(text) else text).lower()


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Chinese characters of `text`, in order; other runs and lone characters whole.

    >>> bigrams("续封 2023")
    ['续封', '2023']
    """
    found: list[str] = []
    for run in _RUN.findall(_LINE_END.sub("", normalise(text))):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found.extend(map(add, run, run[1:]))
    return found


def joined_bigrams(texts: Sequence[str]) -> list[str]:
    """Of each text its `bigrams` with spaces between, in no particular order: what indexing takes.

    The pairs of all texts are put together in a few operations on arrays of code points.
    """
    lines = [_LINE_END.sub("", normalise(text)) for text in texts]
    points = np.frombuffer("\n".join(lines).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    han = _is_han(points)
    paired = han[:-1] & han[1:]
    first = np.flatnonzero(paired)
    pairs = np.full((len(first), 3), ord(" "), dtype="<u4")
    pairs[:, 0], pairs[:, 1] = points[first], points[first + 1]
    written = pairs.tobytes().decode("utf-32-le")
    alone = han.copy()
    alone[:-1] &= ~paired
    alone[1:] &= ~paired
    ends = np.cumsum([len(line) + 1 for line in lines])
    cuts = (3 * np.searchsorted(first, ends)).tolist()
    found = [written[begin:end] for begin, end in zip([0, *cuts], cuts, strict=False)]
    for at in np.flatnonzero(alone):
        found[int(np.searchsorted(ends, at, "right"))] += f"{chr(points[at])} "
    for number, line in enumerate(lines):
        if latin := _LATIN.findall(line):
            found[number] += " ".join(latin)
    return found


def _is_han(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Whether each code point is one that `_RUN` takes for Chinese."""
    han: npt.NDArray[np.bool_] = (points >= 0x4E00) & (points <= 0x9FFF)
    han |= ((points >= 0x3400) & (points <= 0x4DBF)) | (points == 0x3007)
    return han


class _Jieba:
    """What both builds share. Cannot be pickled: each process makes its own."""

    name: str

    def words(self, text: str) -> list[str]:
        return [word for word in self._cut(normalise(text)) if word[0].isalnum()]

    def joined_words(self, texts: Sequence[str]) -> list[str]:
        lines = (_PUNCTUATION.sub(" ", normalise(text)) for text in texts)
        return " ".join(self._cut("\n".join(lines))).split("\n")

    def _cut(self, text: str) -> list[str]:
        raise NotImplementedError


class RustJieba(_Jieba):
    """jieba in its Rust build."""

    def __init__(self) -> None:
        import rjieba

        self._jieba = rjieba.Jieba()
        for word in lexicon():
            self._jieba.add_word(word, _FREQUENCY, None)
        self.name = _name("rjieba")

    def _cut(self, text: str) -> list[str]:
        words: list[str] = self._jieba.cut_for_search(text)
        return words


class PureJieba(_Jieba):
    """jieba in pure Python, some twenty times slower, for machines that the Rust build has no wheel for."""

    def __init__(self) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        for word in lexicon():
            self._jieba.add_word(word, _FREQUENCY)
        self.name = _name("jieba")

    def _cut(self, text: str) -> list[str]:
        return list(self._jieba.cut_for_search(text))


def best_segmenter() -> Segmenter:
    """The Rust build where it is installed, else pure Python."""
    return RustJieba() if importlib.util.find_spec("rjieba") else PureJieba()


def segmenter_named(name: str) -> Segmenter:
    """The segmenter that a manifest names. Raises IndexMismatchError where this machine has no such one."""
    library = name.split(" ")[0]
    if library in {"rjieba", "jieba"} and importlib.util.find_spec(library):
        segmenter: Segmenter = RustJieba() if library == "rjieba" else PureJieba()
        if segmenter.name == name:
            return segmenter
    raise IndexMismatchError(
        f"索引是用分词器“{name}”建立的，本机没有同样的分词器或词表。请删除该索引目录后重新运行 lvzhi ingest。"
    )


@cache
def lexicon() -> tuple[str, ...]:
    """The user words of enforcement law that come with Lvzhi."""
    return tuple(_LEXICON.read_text(encoding="utf-8").split())


def _name(library: str) -> str:
    digest = hashlib.sha256("\n".join(lexicon()).encode()).hexdigest()[:8]
    return f"{library} {version(library)} words {digest}"
