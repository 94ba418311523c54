"""Which article of a new version continues which of the old one: invented laws."""

import pytest

from legal.article_alignment import Change, Pair, align
from legal.citation import article_label

SAME, RENUMBERED, CHANGED, DELETED, ADDED = Change

SEIZURE = "人民法院查封财产时，应当通知被执行人到场，拒不到场的，不影响执行。"
AUCTION = "拍卖应当先期公告，拍卖动产的，应当在拍卖七日前公告。"
SEARCH = "被执行人隐匿财产的，由院长签发搜查令，对其住所进行搜查。"
SETTLEMENT = "当事人达成和解协议的，执行员应当将协议内容记入笔录，由双方签名。"
COSTS = "执行费用由被执行人负担，申请执行人不预交。"
REWARD = "申请执行人可以申请发布悬赏公告，公告应当写明悬赏金额和领取条件。"


def law(*texts: str) -> dict[str, str]:
    """An invented law with these articles, numbered from 1."""
    return {
        article_label(number): f"{article_label(number)} {text}" for number, text in enumerate(texts, start=1)
    }


def changes(old: dict[str, str], new: dict[str, str]) -> list[tuple[int | None, int | None, Change]]:
    """The pairs with the articles' places instead of their labels."""
    places = {article_label(number): number for number in range(1, 40)}
    return [
        (places[pair.old] if pair.old else None, places[pair.new] if pair.new else None, pair.change)
        for pair in align(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([], [COSTS], [(None, 1, ADDED)], id="a law out of nothing"),
        pytest.param([COSTS], [], [(1, None, DELETED)], id="a law emptied"),
        pytest.param([SEIZURE, AUCTION], [SEIZURE, AUCTION], [(1, 1, SAME), (2, 2, SAME)], id="unchanged"),
        pytest.param(
            [SEIZURE, AUCTION],
            [SEIZURE, REWARD, AUCTION],
            [(1, 1, SAME), (None, 2, ADDED), (2, 3, RENUMBERED)],
            id="one inserted",
        ),
        pytest.param(
            [SEIZURE, AUCTION],
            [REWARD, SEIZURE, AUCTION],
            [(None, 1, ADDED), (1, 2, RENUMBERED), (2, 3, RENUMBERED)],
            id="one inserted at the head",
        ),
        pytest.param(
            [SEIZURE, COSTS, AUCTION],
            [SEIZURE, AUCTION],
            [(1, 1, SAME), (2, None, DELETED), (3, 2, RENUMBERED)],
            id="one deleted",
        ),
        pytest.param(
            [SEIZURE, COSTS, AUCTION],
            [SEIZURE, REWARD, AUCTION],
            [(1, 1, SAME), (None, 2, ADDED), (2, None, DELETED), (3, 3, SAME)],
            id="one replaced by a rule on something else under its number",
        ),
        pytest.param(
            [SEIZURE, AUCTION],
            [SEIZURE, AUCTION.replace("七日", "十五日")],
            [(1, 1, SAME), (2, 2, CHANGED)],
            id="a period changed",
        ),
        pytest.param(
            [SEIZURE, AUCTION],
            [REWARD, SEIZURE.replace("被执行人", "被执行人或者他的成年家属"), AUCTION],
            [(None, 1, ADDED), (1, 2, CHANGED), (2, 3, RENUMBERED)],
            id="changed and renumbered",
        ),
        pytest.param(
            [SEIZURE, AUCTION, SEARCH, SETTLEMENT],
            [SETTLEMENT, SEIZURE, AUCTION, SEARCH],
            [(1, 2, RENUMBERED), (2, 3, RENUMBERED), (3, 4, RENUMBERED), (4, 1, RENUMBERED)],
            id="the last one moved to the head",
        ),
        pytest.param(
            [SEIZURE, AUCTION, SEARCH],
            [AUCTION, SEARCH, SEIZURE.replace("应当通知", "可以通知")],
            [(1, 3, CHANGED), (2, 1, RENUMBERED), (3, 2, RENUMBERED)],
            id="moved and changed",
        ),
        pytest.param(
            [SEIZURE, AUCTION, COSTS],
            [SEIZURE + "\n" + AUCTION, COSTS],
            [(1, 1, CHANGED), (2, 1, CHANGED), (3, 2, RENUMBERED)],
            id="two merged",
        ),
        pytest.param(
            [SEIZURE + "\n" + AUCTION, COSTS],
            [SEIZURE, AUCTION, COSTS],
            [(1, 1, CHANGED), (1, 2, CHANGED), (2, 3, RENUMBERED)],
            id="one split in two",
        ),
        pytest.param(
            [SEIZURE + "\n" + AUCTION, COSTS],
            [
                SEIZURE,
                AUCTION + "拍卖不动产的，应当在拍卖十五日前公告，公告同时送达已知的优先购买权人。",
                COSTS,
            ],
            [(1, 1, CHANGED), (1, 2, CHANGED), (2, 3, RENUMBERED)],
            id="a paragraph became an article of its own and grew",
        ),
        pytest.param(
            [SEIZURE, "违反本法第一条规定的，予以罚款。"],
            [COSTS, SEIZURE, "违反本法第二条规定的，予以罚款。"],
            [(None, 1, ADDED), (1, 2, RENUMBERED), (2, 3, RENUMBERED)],
            id="a reference renumbered along",
        ),
        pytest.param(
            ["依照第二条、第三条的规定办理。", SEIZURE, AUCTION],
            ["依照第三条、第四条的规定办理。", REWARD, SEIZURE, AUCTION],
            [(1, 1, RENUMBERED), (None, 2, ADDED), (2, 3, RENUMBERED), (3, 4, RENUMBERED)],
            id="references renumbered along in an article that kept its number",
        ),
        pytest.param(
            ["依照第二条的规定办理。", SEIZURE, AUCTION],
            ["依照第三条的规定办理。", SEIZURE, AUCTION],
            [(1, 1, CHANGED), (2, 2, SAME), (3, 3, SAME)],
            id="a reference that now means another article",
        ),
        pytest.param(
            [SEIZURE, "依照《刑法》第三百一十三条追究刑事责任。"],
            [SEIZURE, "依照《刑法》第三百一十四条追究刑事责任。"],
            [(1, 1, SAME), (2, 2, CHANGED)],
            id="a reference to another law changed",
        ),
        pytest.param(
            ["拍卖，应当先期公告（七日前）。", COSTS],
            ["拍卖应当先期公告(七日前)。", "  " + COSTS + "\n"],
            [(1, 1, SAME), (2, 2, SAME)],
            id="only punctuation, width and spaces differ",
        ),
        pytest.param(
            ["（删除）", SEIZURE, "（删除）"],
            ["（删除）", SEIZURE, "（删除）"],
            [(1, 1, SAME), (2, 2, SAME), (3, 3, SAME)],
            id="the same words in several articles",
        ),
    ],
)
def test_what_became_of_each_article(
    old: list[str], new: list[str], expected: list[tuple[int | None, int | None, Change]]
) -> None:
    assert changes(law(*old), law(*new)) == expected


def test_an_inserted_article_may_bear_a_number_with_zhi() -> None:
    old = {"第一条": SEIZURE, "第二条": AUCTION}
    new = {"第一条": SEIZURE, "第一条之一": REWARD, "第二条": AUCTION}
    assert align(old, new) == [
        Pair("第一条", "第一条", SAME, 1.0),
        Pair(None, "第一条之一", ADDED, 0.0),
        Pair("第二条", "第二条", SAME, 1.0),
    ]


def test_only_equal_texts_are_wholly_similar() -> None:
    longer = AUCTION + AUCTION  # has the same pairs of characters, but for the seam
    (pair,) = align({"第一条": AUCTION}, {"第一条": longer})
    assert pair.change is CHANGED
    assert 0.9 < pair.similarity < 1.0


def test_the_most_similar_part_of_a_split_article_comes_first() -> None:
    small, great = "执行员应当出示证件。", SEIZURE + SEARCH
    pairs = align({"第一条": f"{small}\n{great}"}, {"第一条": small, "第二条": great})
    assert pairs[0].new == "第二条"


def test_with_the_versions_exchanged_what_was_added_is_deleted() -> None:
    old, new = law(SEIZURE, AUCTION, SEARCH), law(REWARD, SEIZURE, SEARCH)
    there = {(one.old, one.new) for one in align(old, new)}
    back = {(one.new, one.old) for one in align(new, old)}
    assert there == back


def test_every_article_of_both_versions_is_in_a_pair() -> None:
    old = law(*(f"{text}本条适用于第{number}类案件。" for number, text in enumerate([SEIZURE, COSTS] * 40)))
    new = law(*(f"{text}本条适用于第{number}类案件。" for number, text in enumerate([COSTS, REWARD] * 45)))
    pairs = align(old, new)
    assert {pair.old for pair in pairs if pair.old} == set(old)
    assert {pair.new for pair in pairs if pair.new} == set(new)


def test_a_reference_to_a_number_without_end_is_read_as_it_stands() -> None:
    text = f"第一条 依照本法第{'9' * 5000}条处罚。"
    assert [pair.change for pair in align({"第一条": text}, {"第一条": text})] == [Change.SAME]


def test_only_the_label_at_the_head_of_an_article_is_left_out() -> None:
    (pair,) = align({"第一条": "依照本法第二条移动界石的，处罚款。"}, {"第一条": "移动界石的，处罚款。"})
    assert pair.change is Change.CHANGED
