"""Courts are found in text and ranked by their names."""

import pytest

from legal.court import LEVELS, court_level, find_court

FOUND = {
    "head line": ("云州市望溪区人民法院\n执行裁定书\n", "云州市望溪区人民法院"),
    "supreme": ("最高人民法院\n民事裁定书", "最高人民法院"),
    "high": ("江北省高级人民法院\n执行裁定书", "江北省高级人民法院"),
    "intermediate": ("云州市中级人民法院 执行裁定书", "云州市中级人民法院"),
    "maritime": ("澜港海事法院\n民事判决书", "澜港海事法院"),
    "intellectual property": ("云州知识产权法院\n民事判决书", "云州知识产权法院"),
    "financial": ("澜港金融法院\n执行裁定书", "澜港金融法院"),
    "internet": ("云州互联网法院\n民事判决书", "云州互联网法院"),
    "railway": ("白鹿铁路运输法院\n刑事判决书", "白鹿铁路运输法院"),
    "railway, intermediate": ("白鹿铁路运输中级法院\n执行裁定书", "白鹿铁路运输中级法院"),
    "indented head": ("　　石桥县人民法院\n执行裁定书", "石桥县人民法院"),
    "head after a title line": ("裁定书全文\n石桥县人民法院\n执行裁定书", "石桥县人民法院"),
    "head before a court in the text": ("向云州市中级人民法院复议。\n石桥县人民法院\n", "石桥县人民法院"),
    "after a preposition": ("张某向石桥县人民法院申请执行。", "石桥县人民法院"),
    "after you": ("本案由石桥县人民法院执行。", "石桥县人民法院"),
}

LEVEL = {
    "最高人民法院": "最高人民法院",
    "江北省高级人民法院": "高级人民法院",
    "云州市中级人民法院": "中级人民法院",
    "澜港海事法院": "中级人民法院",
    "云州知识产权法院": "中级人民法院",
    "澜港金融法院": "中级人民法院",
    "白鹿铁路运输中级法院": "中级人民法院",
    "石桥县人民法院": "基层人民法院",
    "云州市望溪区人民法院": "基层人民法院",
    "云州互联网法院": "基层人民法院",
    "白鹿铁路运输法院": "基层人民法院",
}


@pytest.mark.parametrize(("text", "court"), FOUND.values(), ids=FOUND)
def test_the_court_of_a_text_is_found(text: str, court: str) -> None:
    assert find_court(text) == court


@pytest.mark.parametrize("text", ["", "张某与李某买卖合同纠纷", "石桥县人民检察院", "法院"])
def test_a_text_without_a_court_has_none(text: str) -> None:
    assert find_court(text) is None


@pytest.mark.parametrize(("name", "level"), LEVEL.items(), ids=LEVEL)
def test_a_court_has_the_level_that_its_name_says(name: str, level: str) -> None:
    assert court_level(name) == level


@pytest.mark.parametrize("name", [None, "", "石桥县人民检察院", "云州仲裁委员会"])
def test_what_is_no_court_has_no_level(name: str | None) -> None:
    assert court_level(name) is None


def test_the_levels_are_listed_from_the_highest_down() -> None:
    assert LEVELS[0] == "最高人民法院"
    assert set(LEVEL.values()) == set(LEVELS)
