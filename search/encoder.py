"""Encoders: the one that this project builds, and any other by the name of its model."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from legal.errors import EncoderError
from search.protocols import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MANIFEST = "encoder.json"
REBUILD = "请运行 lvzhi encoder build 重新生成。"


@dataclass(frozen=True, slots=True)
class EncoderManifest:
    """What a built encoder is: `name`, with the model and its version, goes into the manifest of an index."""

    name: str
    dimension: int
    window: int  # tokens that it reads, the two special ones included
    query_prompt: str
    passage_prompt: str
    source_sha256: str
    adapter_sha256: str | None
    model: str
    model_sha256: str


class OnnxEncoder:
    """An encoder folder of `lvzhi encoder build`, run by ONNX Runtime on the CPU; opened at the first use.

    Each text runs alone and without padding, several texts on as many threads: so a text has the same
    vector whatever it is encoded with, although int8 scales its activations by what runs together.
    """

    def __init__(self, folder: Path) -> None:
        """Reads the manifest only. Raises EncoderError where there is none, or one that cannot be read."""
        self._folder = folder
        self._manifest = read_encoder_manifest(folder)

    def to_dict(self) -> dict[str, Any]:
        """The form in which Haystack writes down the pipeline that this encoder is in."""
        return {"type": "search.encoder.OnnxEncoder", "init_parameters": {"folder": str(self._folder)}}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The encoder that `to_dict` wrote down."""
        return cls(Path(data["init_parameters"]["folder"]))

    @property
    def name(self) -> str:
        return self._manifest.name

    @property
    def dimension(self) -> int:
        return self._manifest.dimension

    def encode_query(self, text: str) -> Vectors:
        return self._encode(self._tokenizer.encode(self._manifest.query_prompt + text).ids)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        tokens = self._tokens([self._manifest.passage_prompt + text for text in texts])
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        longest_first = sorted(range(len(texts)), key=lambda row: -len(tokens[row]))  # none is left for last
        for row, vector in zip(
            longest_first, self._pool.map(self._encode, [tokens[row] for row in longest_first]), strict=True
        ):
            vectors[row] = vector
        return vectors

    def _encode(self, tokens: Sequence[int]) -> Vectors:
        vector: Vectors = self._session.run(None, {"input_ids": np.array([tokens], dtype=np.int64)})[0][0]
        return vector

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        file = self._folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # `tokenizers` raises Exception itself
            raise EncoderError(f"无法打开向量模型的词表 {file}：{error}。{REBUILD}") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._manifest.window)
        return tokenizer

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="encoder")

    @cached_property
    def _session(self) -> "InferenceSession":
        file = self._folder / self._manifest.model
        if not file.is_file() or file_hash(file) != self._manifest.model_sha256:
            raise EncoderError(f"向量模型 {file} 缺失或已损坏。{REBUILD}")
        return open_session(file)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def open_session(model: Path) -> "InferenceSession":
    """The model ready to run, one thread a text. Raises EncoderError where the file is damaged or gone."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        # The fused operator adds and normalises five times slower than the two plain ones (20 % of a text).
        return InferenceSession(
            model,
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )
    except Exception as error:  # ONNX Runtime's own errors have no common class
        raise EncoderError(f"无法打开向量模型 {model}：{error}。{REBUILD}") from error


def write_encoder_manifest(folder: Path, manifest: EncoderManifest) -> None:
    """Writes the manifest, which makes the folder an encoder."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_encoder_manifest(folder: Path) -> EncoderManifest:
    """The manifest of an encoder folder. Raises EncoderError where there is none or it is not whole."""
    try:
        return EncoderManifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise EncoderError(f"{folder} 中没有向量模型。{REBUILD}") from error
    except (ValueError, TypeError, OSError) as error:
        raise EncoderError(f"向量模型的清单 {folder / MANIFEST} 已损坏。{REBUILD}") from error
