"""Any model of sentence-transformers by its name: for comparison, and for who prefers another model."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from legal.errors import EncoderError
from search.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEncoder:
    """A model of a hub or a folder, loaded at the first use; needs the extra `models` (torch)."""

    def __init__(self, model: str, query_prompt: str, passage_prompt: str) -> None:
        self._name, self._query_prompt, self._passage_prompt = model, query_prompt, passage_prompt

    def to_dict(self) -> dict[str, Any]:
        """The form in which Haystack writes down the pipeline that this encoder is in."""
        parameters = {
            "model": self._name,
            "query_prompt": self._query_prompt,
            "passage_prompt": self._passage_prompt,
        }
        return {"type": "search.named_encoder.SentenceTransformerEncoder", "init_parameters": parameters}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The encoder that `to_dict` wrote down."""
        return cls(**data["init_parameters"])

    @property
    def name(self) -> str:
        """The model and its prompts: with other prompts the vectors are others."""
        return f"{self._name} “{self._query_prompt}” “{self._passage_prompt}”"

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def encode_query(self, text: str) -> Vectors:
        vector: Vectors = self._encode([self._query_prompt + text])[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._passage_prompt + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        found = self._model.encode(texts, prompt="", normalize_embeddings=True, show_progress_bar=False)
        vectors: Vectors = np.asarray(found, dtype=np.float32).reshape(len(texts), self.dimension)
        return vectors

    @cached_property
    def _model(self) -> "SentenceTransformer":
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                f"没有名为“{self._name}”的内置向量模型；要用其他模型，请先安装：pip install 'lvzhi[models]'。"
                "内置的可选：e5、none，或 lvzhi encoder build 生成的目录。"
            ) from error
        try:
            return SentenceTransformer(self._name)
        except (OSError, ValueError, RuntimeError) as error:
            raise EncoderError(
                f"无法打开向量模型“{self._name}”：可以是 e5、none、模型目录或模型网站上的名称。"
                f"请检查名称和网络（{type(error).__name__}）。"
            ) from error
