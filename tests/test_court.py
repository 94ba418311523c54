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
    "after bufu": ("申请人不服石桥县人民法院作出的裁定", "石桥县人民法院"),
    "after bei": ("曾被石桥县人民法院判处", "石桥县人民法院"),
    "military": ("白鹿军事法院\n刑事判决书", "白鹿军事法院"),
    "corps": ("新疆生产建设兵团第六师中级人民法院\n裁定", "新疆生产建设兵团第六师中级人民法院"),
    "corps, reclamation area": ("五家渠垦区人民法院 执行裁定书", "五家渠垦区人民法院"),
    "corps, branch of the high court": (
        "新疆维吾尔自治区高级人民法院生产建设兵团分院\n民事裁定书",
        "新疆维吾尔自治区高级人民法院生产建设兵团分院",
    ),
    "autonomous prefecture": ("青原彝族自治州中级人民法院 裁定", "青原彝族自治州中级人民法院"),
    "league": ("青原盟中级人民法院\n裁定", "青原盟中级人民法院"),
    "banner": ("青原左旗人民法院\n裁定", "青原左旗人民法院"),
    "development zone": ("云州经济技术开发区人民法院\n裁定", "云州经济技术开发区人民法院"),
    "development zone after a preposition": (
        "经云州经济技术开发区人民法院审理",
        "云州经济技术开发区人民法院",
    ),
    "place that begins like a preposition": ("云州市向阳区人民法院\n裁定", "云州市向阳区人民法院"),
    "city with and in its name": ("呼和浩特市中级人民法院 裁定", "呼和浩特市中级人民法院"),
    "forest area": ("白鹿林区基层法院\n裁定", "白鹿林区基层法院"),
    "land reclamation": ("白鹿农垦法院\n裁定", "白鹿农垦法院"),
    "circuit of the supreme court": ("最高人民法院第一巡回法庭", "最高人民法院"),
    "division of the supreme court": ("最高人民法院知识产权法庭", "最高人民法院"),
    "with the name of the state": ("中华人民共和国最高人民法院\n民事判决书", "最高人民法院"),
    "tribunal outside of the seat": ("石桥县人民法院城关人民法庭", "石桥县人民法院"),
    "letters apart, as scanned": ("云 州 市 中 级 人 民 法 院\n执 行 裁 定 书", "云州市中级人民法院"),
    "letters apart, another court in the text": (
        "云 州 市 中 级 人 民 法 院\n执 行 裁 定 书\n复议申请人不服石桥县人民法院裁定",
        "云州市中级人民法院",
    ),
    "letters far apart, below the name of the state": (
        "中 华 人 民 共 和 国\n　石　桥　县　人　民　法　院\n执行裁定书\n不服青禾县人民法院的裁定",
        "石桥县人民法院",
    ),
    "two courts": ("甲河县人民法院和乙河县人民法院", "甲河县人民法院"),
    "behind a court without a name": ("有管辖权的人民法院。石桥县人民法院", "石桥县人民法院"),
    "short name of a high court": ("福建高院作出裁定", "福建省高级人民法院"),
    "short name in an autonomous region": ("广西高院作出裁定", "广西壮族自治区高级人民法院"),
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
    "中华人民共和国最高人民法院": "最高人民法院",
    "最高人民法院第二巡回法庭": "最高人民法院",
    "最高法": "最高人民法院",
    "中国人民解放军军事法院": "高级人民法院",
    "新疆维吾尔自治区高级人民法院生产建设兵团分院": "高级人民法院",
    "福建高院": "高级人民法院",
    "中国人民解放军东部战区军事法院": "中级人民法院",
    "新疆生产建设兵团第六师中级人民法院": "中级人民法院",
    "青原彝族自治州中级人民法院": "中级人民法院",
    "丹东中院": "中级人民法院",
    "五家渠垦区人民法院": "基层人民法院",
    "青原左旗人民法院": "基层人民法院",
    "云州经济技术开发区人民法院": "基层人民法院",
    "白鹿农垦法院": "基层人民法院",
    "石桥县人民法院城关人民法庭": "基层人民法院",
}


@pytest.mark.parametrize(("text", "court"), FOUND.values(), ids=FOUND)
def test_the_court_of_a_text_is_found(text: str, court: str) -> None:
    assert find_court(text) == court


@pytest.mark.parametrize(
    "text",
    [
        "",
        "张某与李某买卖合同纠纷",
        "石桥县人民检察院",
        "法院",
        "云州仲裁委员会",
        "下级人民法院",
        "有管辖权的人民法院",
        "丹东中院作出裁定",
    ],
)
def test_a_text_without_a_court_has_none(text: str) -> None:
    assert find_court(text) is None


@pytest.mark.parametrize(("name", "level"), LEVEL.items(), ids=LEVEL)
def test_a_court_has_the_level_that_its_name_says(name: str, level: str) -> None:
    assert court_level(name) == level


@pytest.mark.parametrize("name", [None, "", "石桥县人民检察院", "云州仲裁委员会", "白鹿军事法院"])
def test_what_is_no_court_or_does_not_tell_has_no_level(name: str | None) -> None:
    assert court_level(name) is None


def test_the_levels_are_listed_from_the_highest_down() -> None:
    assert LEVELS[0] == "最高人民法院"
    assert set(LEVEL.values()) == set(LEVELS)
