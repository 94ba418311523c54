"""Regular expressions so large that they are compiled only when a text is first read with them."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property


class LargePattern:
    """A regular expression that is compiled on first use; `source` gives its text, or is the text."""

    def __init__(self, source: str | Callable[[], str]) -> None:
        self._source = source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source if isinstance(self._source, str) else self._source())

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As that of `re.Pattern`, like the others here."""
        return self._compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that is the whole stretch."""
        return self._compiled.fullmatch(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match."""
        return self._compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches."""
        return self._compiled.finditer(text, start, end)
