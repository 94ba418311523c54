"""Other models: converted from a folder they give the vectors of sentence-transformers, or are refused."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from encoder_examples import CONFIG, PIECES, random_tensors
from safetensors.numpy import load_file, save_file

from legal.errors import EncoderError
from search.encoder import OnnxEncoder
from search.encoder_build import build
from search.encoder_vocabulary import chinese_tokenizer
from search.named_encoder import SentenceTransformerEncoder
from search.named_model import named_model
from search.protocols import Vectors

TEXTS = ["查封", "法院可以查封房屋，可以拍卖车辆。", "被执行人名下没有财产怎么办" * 20]
PROMPTS = {"query": "query: ", "passage": "passage: "}
KINDS = [("bert", "mean"), ("xlm-roberta", "cls")]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Folders that sentence-transformers saved, by kind and pooling, each made once."""
    reason = "saving a model needs the extra `models`"
    torch = pytest.importorskip("torch", reason=reason)
    transformers = pytest.importorskip("transformers", reason=reason)
    sentence_transformers = pytest.importorskip("sentence_transformers", reason=reason)
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules", reason=reason)
    root = tmp_path_factory.mktemp("models")

    def save(kind: str, pooling: str) -> Path:
        folder = root / f"tiny-{kind}-{pooling}"
        if folder.exists():
            return folder
        config = CONFIG | {"model_type": kind, "vocab_size": len(PIECES)}
        classes = {
            "bert": (transformers.BertConfig, transformers.BertModel),
            "xlm-roberta": (transformers.XLMRobertaConfig, transformers.XLMRobertaModel),
        }
        configured, modelled = classes[kind]
        model = modelled(configured(**config), add_pooling_layer=False)
        model.load_state_dict({name: torch.from_numpy(t) for name, t in random_tensors(4, config).items()})
        model.save_pretrained(root / "plain" / folder.name)
        transformers.PreTrainedTokenizerFast(
            tokenizer_object=chinese_tokenizer(PIECES),
            bos_token="<s>",
            cls_token="<s>",
            eos_token="</s>",
            sep_token="</s>",
            pad_token="<pad>",
            unk_token="<unk>",
        ).save_pretrained(root / "plain" / folder.name)
        parts = [
            modules.Transformer(str(root / "plain" / folder.name), max_seq_length=100),
            modules.Pooling(CONFIG["hidden_size"], pooling),
            modules.Normalize(),
        ]
        whole = sentence_transformers.SentenceTransformer(modules=parts, prompts=PROMPTS, device="cpu")
        whole.save(str(folder))
        return folder

    return save


@pytest.fixture
def folder(saved: Callable[[str, str], Path], tmp_path: Path) -> Path:
    """A copy of the BERT, to be changed."""
    return Path(shutil.copytree(saved("bert", "mean"), tmp_path / "tiny"))


def converted(
    folder: Path, target: Path, prompts: tuple[str | None, str | None] = (None, None)
) -> OnnxEncoder:
    return build(target, named_model(str(folder), prompts), None, "float32")


def by_sentence_transformers(folder: Path, texts: list[str], **options: Any) -> Vectors:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    found = model.encode(texts, normalize_embeddings=True, show_progress_bar=False, **options)
    return np.asarray(found, dtype=np.float32)


def write(file: Path, **changes: Any) -> None:
    """Changes fields of a JSON file; a field that becomes None is taken out."""
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    content = {name: value for name, value in (content | changes).items() if value is not None}
    file.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(("kind", "pooling"), KINDS)
def test_a_converted_model_gives_the_vectors_of_sentence_transformers(
    saved: Callable[[str, str], Path], tmp_path: Path, kind: str, pooling: str
) -> None:
    folder = saved(kind, pooling)
    encoder = converted(folder, tmp_path / "encoder")
    passages = by_sentence_transformers(folder, TEXTS, prompt_name="passage")
    queries = by_sentence_transformers(folder, TEXTS, prompt_name="query")
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), passages, atol=1e-4)
    np.testing.assert_allclose([encoder.encode_query(text) for text in TEXTS], queries, atol=1e-4)
    assert np.abs(passages - queries).max() > 0.01


def test_the_encoder_is_named_after_the_folder(folder: Path, tmp_path: Path) -> None:
    assert converted(folder, tmp_path / "encoder").name.startswith("tiny untrained float32 ")


POOLINGS: list[dict[str, Any]] = [
    {"pooling_mode": "cls"},
    {"pooling_mode": None, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False},
]


@pytest.mark.parametrize("settings", POOLINGS, ids=["as it is written today", "as it was written before"])
def test_both_ways_of_writing_the_pooling_are_read(
    folder: Path, tmp_path: Path, settings: dict[str, Any]
) -> None:
    write(folder / "1_Pooling" / "config.json", word_embedding_dimension=32, **settings)
    assert named_model(str(folder)).pooling == "cls"
    encoder = converted(folder, tmp_path / "encoder")
    expected = by_sentence_transformers(folder, TEXTS, prompt_name="passage")
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), expected, atol=1e-4)


OWN: dict[str, tuple[dict[str, str] | None, tuple[str | None, str | None], tuple[str, str]]] = {
    "its own": (PROMPTS, (None, None), ("query: ", "passage: ")),
    "of documents": ({"query": "问：", "document": "文："}, (None, None), ("问：", "文：")),
    "an empty one of documents": ({"document": "", "passage": "文："}, (None, None), ("", "文：")),
    "none": (None, (None, None), ("", "")),
    "of queries alone": ({"query": "问："}, (None, None), ("问：", "")),
    "both given": (PROMPTS, ("问：", "文："), ("问：", "文：")),
    "one given": (PROMPTS, (None, "文："), ("query: ", "文：")),
    "empty ones given": (PROMPTS, ("", ""), ("", "")),
}


@pytest.mark.parametrize(("own", "given", "expected"), OWN.values(), ids=OWN)
def test_prompts_are_the_models_own_unless_they_are_given(
    folder: Path, own: dict[str, str] | None, given: tuple[str | None, str | None], expected: tuple[str, str]
) -> None:
    write(folder / "config_sentence_transformers.json", prompts=own)
    model = named_model(str(folder), given)
    assert (model.query_prompt, model.passage_prompt) == expected


# File, setting, window. The model has 128 positions; XLM-RoBERTa leaves two of them out.
WINDOWS: dict[str, tuple[str, int | None, int | None, int]] = {
    "all positions": ("bert", None, None, 128),
    "all positions of RoBERTa": ("xlm-roberta", None, None, 126),
    "as it is written today": ("bert", None, 100, 100),
    "as it was written before": ("bert", 64, 100, 64),
    "more than there are positions": ("bert", 512, 512, 128),
    "no bound in the tokenizer": ("bert", None, 10**30, 128),
}


@pytest.mark.parametrize(("kind", "before", "today", "window"), WINDOWS.values(), ids=WINDOWS)
def test_the_window_is_the_models_own_but_no_longer_than_its_positions(
    saved: Callable[[str, str], Path],
    tmp_path: Path,
    kind: str,
    before: int | None,
    today: int | None,
    window: int,
) -> None:
    folder = Path(shutil.copytree(saved(kind, "mean"), tmp_path / "tiny"))
    write(folder / "sentence_bert_config.json", max_seq_length=before)
    write(folder / "tokenizer_config.json", model_max_length=today)
    assert named_model(str(folder)).window == window


def test_a_folder_without_the_files_of_sentence_transformers_is_pooled_by_mean(
    folder: Path, tmp_path: Path
) -> None:
    shutil.rmtree(folder / "1_Pooling")
    for name in ("modules.json", "config_sentence_transformers.json", "sentence_bert_config.json"):
        (folder / name).unlink()
    encoder = converted(folder, tmp_path / "encoder")
    expected = by_sentence_transformers(folder, TEXTS)
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), expected, atol=1e-4)
    np.testing.assert_allclose(encoder.encode_query(TEXTS[0]), expected[0], atol=1e-4)


def test_weights_saved_with_the_name_of_their_class_or_in_half_precision_are_read(folder: Path) -> None:
    expected = named_model(str(folder)).tensors
    stored = load_file(folder / "model.safetensors")
    half = {f"bert.{name}": values.astype(np.float16) for name, values in stored.items()}
    save_file(half | {"bert.embeddings.position_ids": np.arange(128)}, folder / "model.safetensors")
    found = named_model(str(folder)).tensors
    assert found.keys() == expected.keys()
    for name, values in found.items():
        assert values.dtype == np.float32
        np.testing.assert_array_equal(values, expected[name].astype(np.float16))


def with_a_dense_layer(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    dense = {"idx": 3, "name": "3", "path": "3_Dense", "type": "sentence_transformers.models.Dense"}
    (folder / "modules.json").write_text(json.dumps([*modules, dense]), encoding="utf-8")


REFUSED: dict[str, Callable[[Path], None]] = {
    "another kind": lambda folder: write(folder / "config.json", model_type="distilbert"),
    "no kind": lambda folder: write(folder / "config.json", model_type=None),
    "relative positions": lambda folder: write(
        folder / "config.json", position_embedding_type="relative_key_query"
    ),
    "another activation": lambda folder: write(folder / "config.json", hidden_act="relu"),
    "a dense layer": with_a_dense_layer,
    "pooled by maximum": lambda folder: write(folder / "1_Pooling" / "config.json", pooling_mode="max"),
    "pooled by maximum, as written before": lambda folder: write(
        folder / "1_Pooling" / "config.json", pooling_mode=None, pooling_mode_max_tokens=True
    ),
    "pooled twice": lambda folder: write(
        folder / "1_Pooling" / "config.json",
        pooling_mode=None,
        pooling_mode_cls_token=True,
        pooling_mode_mean_tokens=True,
    ),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_a_model_that_the_graph_cannot_be_is_refused(folder: Path, change: Callable[[Path], None]) -> None:
    named_model(str(folder))
    change(folder)
    with pytest.raises(EncoderError, match=f"{folder}（.*不是可以转换的结构.*LVZHI_ENCODER"):
        named_model(str(folder))


NEEDED = ["config.json", "model.safetensors", "tokenizer.json"]


@pytest.mark.parametrize("name", NEEDED)
def test_a_folder_that_lacks_a_file_is_told_by_name(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(EncoderError, match=f"模型 {folder} .*无法读取"):
        named_model(str(folder))


@pytest.mark.parametrize("name", NEEDED)
def test_a_damaged_file_is_told_by_the_name_of_its_folder(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:50])
    with pytest.raises(EncoderError, match=f"模型 {folder} .*无法读取"):
        named_model(str(folder))


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """As HF_HUB_OFFLINE=1 leaves it; the variable itself is read only when the library is first imported."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


ABSENT = ["lvzhi-tests/no-such-model", "没有这个目录", "/没有/这个/目录"]


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", ABSENT)
def test_a_name_that_is_no_folder_and_cannot_be_fetched_is_told(name: str) -> None:
    with pytest.raises(EncoderError, match=f"无法取得模型 {name}：.*--from"):
        named_model(name)


def test_sentence_transformers_runs_a_model_with_its_prompts(folder: Path, tmp_path: Path) -> None:
    write(folder / "config_sentence_transformers.json", default_prompt_name="passage")
    encoder = SentenceTransformerEncoder(str(folder), "问：", "")
    expected = converted(folder, tmp_path / "encoder", ("问：", ""))
    assert encoder.dimension == 32
    passages = encoder.encode_passages(TEXTS)
    assert (passages.shape, passages.dtype) == ((3, 32), np.float32)
    np.testing.assert_allclose(passages, expected.encode_passages(TEXTS), atol=1e-4)
    for text in TEXTS:
        query = encoder.encode_query(text)
        assert query.shape == (32,)
        np.testing.assert_allclose(query, expected.encode_query(text), atol=1e-4)
    none = encoder.encode_passages([])
    assert (none.shape, none.dtype) == ((0, 32), np.float32)


def test_a_named_encoder_tells_its_prompts_and_can_be_written_down() -> None:
    encoder = SentenceTransformerEncoder("some/model", "问：", "")
    assert encoder.name == "some/model “问：” “”"
    assert encoder.name != SentenceTransformerEncoder("some/model", "", "问：").name
    written = json.loads(json.dumps(encoder.to_dict()))
    assert written["type"] == "search.named_encoder.SentenceTransformerEncoder"
    assert SentenceTransformerEncoder.from_dict(written).name == encoder.name


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", ABSENT)
def test_a_name_that_sentence_transformers_cannot_open_is_told_at_the_first_text(name: str) -> None:
    pytest.importorskip("sentence_transformers", reason="opening a model needs the extra `models`")
    encoder = SentenceTransformerEncoder(name, "", "")
    with pytest.raises(EncoderError, match=f"无法打开向量模型“{name}”"):
        encoder.encode_query("查封")


def test_a_named_encoder_without_the_extra_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as where it is not installed
    with pytest.raises(EncoderError, match=r"“E5”.*pip install 'lvzhi\[models\]'.*e5、none"):
        SentenceTransformerEncoder("E5", "", "").encode_query("查封")
