"""Why a hit stands where it does, in the words that a lawyer reads."""

from datetime import date
from typing import Any

import pytest

from legal.versions import Standing, Status
from search.explanation import explain
from search.priors import priors_of

DAY = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ({"keyword_rank": 3, "vector_rank": 1}, "关键词第 3 位，语义第 1 位"),
        ({"keyword_rank": 3}, "关键词第 3 位"),
        ({"vector_rank": 12}, "语义第 12 位"),
        ({}, "与检索的法条或案号完全一致，排在最前"),
        (
            {"keyword_rank": 3, "vector_rank": 1, "reasons": ["司法解释", "已被修改，降低排序"]},
            "关键词第 3 位，语义第 1 位；司法解释；已被修改，降低排序",
        ),
        ({"reasons": ["现行有效"]}, "与检索的法条或案号完全一致，排在最前；现行有效"),
    ],
    ids=["both", "keywords", "meaning", "named", "with reasons", "named, with standing"],
)
def test_a_hit_is_explained_by_who_found_it_and_what_moved_it(meta: dict[str, Any], words: str) -> None:
    assert "；".join(explain(meta)) == words


LOCAL = {"authority_level": "地方性法规", "issuing_body": "云州市人民代表大会常务委员会"}


@pytest.mark.parametrize(
    ("meta", "query", "standing", "replaced", "words"),
    [
        ({"authority_level": "法律"}, "查封", Standing.IN_FORCE, False, ["法律", "现行有效"]),
        (
            {"authority_level": "部门规章"},
            "查封",
            Standing.IN_FORCE,
            False,
            ["部门规章，降低排序", "现行有效"],
        ),
        ({"authority_level": "法律"}, "查封", Standing.AMENDED, True, ["法律", "已被修改，降低排序"]),
        ({"authority_level": "法律"}, "查封", Standing.REPEALED, True, ["法律", "已废止，降低排序"]),
        ({"authority_level": "法律"}, "查封", Standing.REPEALED, False, ["法律", "已废止，降低排序"]),
        ({"authority_level": "法律"}, "查封", Standing.NOT_YET, False, ["法律", "尚未施行，降低排序"]),
        ({"authority_level": "法律"}, "查封", Standing.UNKNOWN, False, ["法律", "效力不明"]),
        (
            {"authority_level": "法律"},
            "查封",
            Standing.AMENDED,
            False,
            ["法律", "已被修改，本库没有取代它的文本，不降低排序"],
        ),
        (LOCAL, "查封", None, False, ["地方性法规，检索内容没有提到当地，降低排序"]),
        (LOCAL, "云州市的查封", None, False, ["地方性法规，检索内容提到“云州”，不降低排序"]),
        ({"kind": "precedent", "document_type": "指导性案例"}, "查封", None, False, ["指导性案例，优先"]),
        (
            {"kind": "precedent", "document_type": "裁定书", "court_level": "最高人民法院"},
            "查封",
            None,
            False,
            ["最高人民法院的文书，较下级法院优先"],
        ),
        (
            {"kind": "precedent", "document_type": "裁定书", "court_level": "基层人民法院"},
            "查封",
            None,
            False,
            ["裁判文书，不作调整"],
        ),
        ({}, "查封", None, False, []),
    ],
)
def test_a_prior_says_what_it_did(
    meta: dict[str, str], query: str, standing: Standing | None, replaced: bool, words: list[str]
) -> None:
    status = Status(standing, DAY, None, "") if standing else None
    assert [prior.words for prior in priors_of(meta, query, status, replaced)] == words


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("replaced", [True, False])
def test_only_what_is_lowered_says_so(standing: Standing, replaced: bool) -> None:
    for prior in priors_of(
        {"authority_level": "规范性文件"}, "查封", Status(standing, DAY, None, ""), replaced
    ):
        assert prior.words.endswith("，降低排序") == (prior.factor < 1) or "不降低" in prior.words
