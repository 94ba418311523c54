"""What search asks of the parts that can be exchanged: the segmenter and the encoder."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Segmenter(Protocol):
    """Cuts Chinese text into words; the same one must be used for an index and for its queries."""

    @property
    def name(self) -> str:
        """Name and version of the library, and the hash of the user words: part of the index's manifest."""
        ...

    def words(self, text: str) -> list[str]:
        """The words of `text`, in order, long words also in their parts, without punctuation."""
        ...

    def joined_words(self, texts: Sequence[str]) -> list[str]:
        """Of each text its words with spaces between: what indexing takes, many at once for speed."""
        ...


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product tells how near they are in meaning."""

    @property
    def name(self) -> str:
        """Model and version: part of the index's manifest."""
        ...

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query; shape (dimension,), float32, length 1."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, in order; shape (len(texts), dimension), float32, length 1."""
        ...
