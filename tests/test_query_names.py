"""Slips of typing in names of laws, and words that look like slips and are none."""

import pytest

from search.query_names import Correction, LawNames

HELD = [
    *("民法典", "民事诉讼法", "刑法", "公司法", "劳动法", "劳动合同法", "食品安全法", "消费者权益保护法"),
    *("企业破产法", "行政复议法", "城乡规划法", "渔业法", "合伙企业法", "行政许可法", "噪声污染防治法"),
    *("保险法", "海商法", "仲裁法", "村民委员会组织法", "居民委员会组织法"),
]


@pytest.fixture(scope="module")
def names() -> LawNames:
    return LawNames(HELD)


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("民事诉讼发", "民事诉讼发", "民事诉讼法"),
        ("民事诉讼发第二百三十六条", "民事诉讼发", "民事诉讼法"),
        ("《民事诉讼发》236条", "民事诉讼发", "民事诉讼法"),
        ("民法点", "民法点", "民法典"),
        ("民法点577条", "民法点", "民法典"),
        ("民法点的违约金", "民法点", "民法典"),
        ("适用:民法点577条", "民法点", "民法典"),
        ("劳动和同法", "劳动和同法", "劳动合同法"),
        ("违反劳动和同法怎么办", "劳动和同法", "劳动合同法"),
        ("劳动同法", "劳动同法", "劳动合同法"),
        ("民事诉讼讼法", "民事诉讼讼法", "民事诉讼法"),
        ("民诉事讼法", "民诉事讼法", "民事诉讼法"),
        ("食品安权法", "食品安权法", "食品安全法"),
        ("消费者全益保护法", "消费者全益保护法", "消费者权益保护法"),
        ("企业坡产法", "企业坡产法", "企业破产法"),
        ("噪音污染防治法", "噪音污染防治法", "噪声污染防治法"),
        ("民诉发解释 517条", "民诉发解释", "民诉法解释"),
        ("执行异议复义规定", "执行异议复义规定", "执行异议复议规定"),
        ("公司发", "公司发", "公司法"),
        ("刑发234条", "刑发", "刑法"),
    ],
)
def test_a_slip_is_taken_for_the_name_that_was_meant(
    names: LawNames, text: str, typed: str, meant: str
) -> None:
    corrected, corrections = names.corrected(text)
    assert corrections == (Correction(typed, meant),)
    assert corrected == text.replace(typed, meant)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("民事诉讼法", id="right"),
        pytest.param("民诉法", id="a short name"),
        pytest.param("继承法", id="a law that is not here and was never mistyped"),
        pytest.param("刑事诉讼法", id="one character from a law that is here, and another law"),
        pytest.param("城市规划法", id="an earlier law"),
        pytest.param("物业法", id="no law, one character from 渔业法"),
        pytest.param("行政法", id="a field of law"),
        pytest.param("民商法", id="two fields of law"),
        pytest.param("数据安全法", id="another law of the same form"),
        pytest.param("社民委员会组织法", id="as near to one law as to another"),
        pytest.param("公司发工资", id="a verb"),
        pytest.param("公司发不出工资", id="a verb and what it denies"),
        pytest.param("合同发生纠纷", id="发生"),
        pytest.param("民事诉讼发生后", id="发生 behind the beginning of a name"),
        pytest.param("公司违法", id="违法"),
        pytest.param("劳动合法", id="合法"),
        pytest.param("合伙企业的法定代表人", id="法定"),
        pytest.param("行政许可受法律保护", id="法律"),
        pytest.param("民法点评", id="点评"),
        pytest.param("“民法点”", id="in quotes"),
        pytest.param("刑发", id="too short without an article"),
        pytest.param("民法点" + "债" * 200, id="in a paragraph"),
    ],
)
def test_what_is_no_slip_stays_as_it_is(names: LawNames, text: str) -> None:
    assert names.corrected(text) == (text, ())


def test_several_slips_are_set_right_in_their_order(names: LawNames) -> None:
    corrected, corrections = names.corrected("劳动和同法82条和民法点577条")
    assert corrected == "劳动合同法82条和民法典577条"
    assert [c.meant for c in corrections] == ["劳动合同法", "民法典"]
