"""How near two cases are, aspect by aspect: results, numbers, words, articles."""

from typing import Any

import pytest

from search.similar_case import same_case
from search.similar_outcome import outcomes_in
from search.similar_scores import article_score, blend, meaning_scores, spread, votes, word_scores


@pytest.mark.parametrize(
    ("order", "outcomes"),
    [
        pytest.param("驳回上诉，维持原判。", ("维持原裁判",), id="appeal dismissed"),
        pytest.param("撤销某法院民事判决，发回重审。", ("撤销原裁判", "发回重审"), id="sent back"),
        pytest.param("驳回原告张某的全部诉讼请求。", ("驳回诉讼请求",), id="all refused"),
        pytest.param(
            "一、被告于本判决生效后十日内向原告支付货款；二、驳回原告的其他诉讼请求。",
            ("驳回部分请求", "判令履行"),
            id="part granted",
        ),
        pytest.param("准许原告撤回起诉。", ("准许撤回",), id="withdrawn"),
        pytest.param("有期徒刑一年，缓刑二年（缓刑考验期限另计）。", ("有期徒刑", "缓刑"), id="suspended"),
        pytest.param("判处拘役二个月（刑期从执行之日起，折抵有期徒刑一日）。", ("拘役",), id="explained"),
        pytest.param("被告人无罪。", ("无罪",), id="acquitted"),
        pytest.param("本案由另一庭处理。", (), id="nothing known"),
    ],
)  # fmt: skip
def test_the_outcome_is_read_from_the_order(order: str, outcomes: tuple[str, ...]) -> None:
    assert outcomes_in(order) == outcomes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("（2023）云01执7号", "（2023）云01执7号之一", True, id="a further document"),
        pytest.param("（2023）云01执7号", "（2023）云01执70号", False, id="another number"),
        pytest.param(None, None, False, id="unknown"),
    ],
)
def test_numbers_of_one_case(one: str | None, other: str | None, same: bool) -> None:
    assert same_case(one, other) is same


def test_scores_have_the_values_that_one_computes_by_hand() -> None:
    # Of two texts each holds its own word: the shared word is in both, so its weight is the smaller.
    scores = word_scores(["房屋", "拍卖"], {"一": ["房屋", "拍卖"], "二": ["房屋"], "三": ["股权"]})
    assert scores["一"] == pytest.approx(1.0)
    assert 0 < scores["二"] < 1
    assert scores["三"] == 0.0
    rarity = {"甲": 1.0, "乙": 2.0}
    assert article_score({"甲": 1.0, "乙": 1.0}, ["甲"], rarity) == pytest.approx(1 / 5**0.5)
    assert article_score({"甲": 1.0}, [], rarity) == 0.0
    assert spread({"一": 2.0, "二": 4.0}, ["一", "二", "三"]) == {"一": 0.0, "二": 1.0, "三": 0.0}
    assert blend({"一": 1.0, "二": 0.0}, {"二": 0.9, "一": 0.5}, 1.0) == {"一": 0.5, "二": 0.5}
    assert blend({"一": 1.0, "二": 0.0}, {}, 1.0) == {"一": 1.0, "二": 0.0}
    assert votes({"一": 1.0, "二": 3.0}, {"一": ["甲"], "二": ["甲", "乙"]}) == {"甲": 1.0, "乙": 0.75}
    assert meaning_scores(_rows([[1, 0], [0, 1]]), {"一": _rows([[1, 0]]), "无": _rows([])}) == {"一": 0.5}


def _rows(values: list[list[int]]) -> Any:
    import numpy as np

    return np.array(values, dtype=np.float32).reshape(len(values), 2)
