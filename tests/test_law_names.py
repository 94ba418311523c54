"""All writings of a law's name meet under one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.law_names import SHORT_NAMES, law_key

EQUAL = {
    "with and without the name of the state": ("中华人民共和国民事诉讼法", "民事诉讼法"),
    "with title brackets": ("《民事诉讼法》", "民事诉讼法"),
    "short name": ("民诉法", "中华人民共和国民事诉讼法"),
    "short name in title brackets": ("《民诉法》", "民事诉讼法"),
    "spaces": ("民法典 ", "民法典"),
    "ideographic space inside": ("民法　典", "民法典"),
    "zero width space": ("民法典​", "民法典"),
    "brackets of both widths": ("执行规定（试行）", "执行规定(试行)"),
    "nested brackets, single": (
        "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释",
        "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释",
    ),
    "nested brackets, less-than signs": (
        "最高人民法院关于适用<中华人民共和国民事诉讼法>的解释",
        "最高人民法院关于适用民事诉讼法的解释",
    ),
    "short name of an interpretation": (
        "民诉法解释",
        "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释",
    ),
    "two short names of one interpretation": ("民诉解释", "民事诉讼法解释"),
    "short name of the enforcement provisions": (
        "执行规定",
        "最高人民法院关于人民法院执行工作若干问题的规定(试行)",
    ),
    "short name with 、 in the full one": (
        "查扣冻规定",
        "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定",
    ),
}

DIFFERENT = {
    "civil and criminal procedure": ("民诉法", "刑诉法"),
    "a law and its interpretation": ("民诉法", "民诉法解释"),
    "a law and its implementing rules": ("专利法", "专利法实施细则"),
    "the same subject, another body": ("江北省律师条例", "澜海省律师条例"),
}


@pytest.mark.parametrize(("one", "other"), EQUAL.values(), ids=EQUAL)
def test_two_writings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert law_key(one) == law_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_two_laws_have_two_keys(one: str, other: str) -> None:
    assert law_key(one) != law_key(other)


def test_a_key_is_the_plain_name() -> None:
    assert law_key("《中华人民共和国民事诉讼法》") == "民事诉讼法"


@pytest.mark.parametrize("short", SHORT_NAMES, ids=SHORT_NAMES)
def test_a_short_name_and_its_full_name_have_one_key(short: str) -> None:
    assert law_key(short) == law_key(SHORT_NAMES[short])
    assert law_key(short) != short


_PIECES = ["中华人民共和国", "民事", "民诉法", "诉讼法", "解释", "《", "》", "〈", "〉", " ", "（", "(试行)"]


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_a_key_is_its_own_key(name: str) -> None:
    assert law_key(law_key(name)) == law_key(name)
