"""An article is taken apart into its 款 and 项, each with its place; 目 belong to their 项."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.article_parts import Paragraph, parts_of

Shape = list[tuple[str, list[tuple[int, str]]]]


def _shape(text: str) -> Shape:
    """Of each 款 its first four characters, and its 项 with number and end."""
    return [
        (
            text[paragraph.start : paragraph.start + 4],
            [(item.number, text[item.start : item.end][-3:]) for item in paragraph.items],
        )
        for paragraph in parts_of(text, 0, len(text))
    ]


# name: (text of the article, its 款 with 项 and 目)
ARTICLES: dict[str, tuple[str, Shape]] = {
    "one paragraph": ("第一条 甲应当履行。", [("甲应当履", [])]),
    "two paragraphs": ("第二条 甲应当履行。\n乙可以申请。", [("甲应当履", []), ("乙可以申", [])]),
    "three, with empty lines between": (
        "第三条 甲应当履行。\n\n乙可以申请。\n\n　　丙不得转让。",
        [("甲应当履", []), ("乙可以申", []), ("丙不得转", [])],
    ),
    "items on lines": (
        "第四条 有下列情形之一的：\n（一）甲的；\n（二）乙的。",
        [("有下列情", [(1, "甲的；"), (2, "乙的。")])],
    ),
    "a paragraph behind items": (
        "第五条 有下列情形之一的：\n（一）甲的；\n（二）乙的。\n前款情形，另行裁定。",
        [("有下列情", [(1, "甲的；"), (2, "乙的。")]), ("前款情形", [])],
    ),
    "items in the second paragraph": (
        "第六条 法院应当审查。\n有下列情形之一的，驳回：\n（一）甲的；\n（二）乙的。",
        [("法院应当", []), ("有下列情", [(1, "甲的；"), (2, "乙的。")])],
    ),
    "items in two paragraphs": (
        "第七条 下列财产：\n（一）甲；\n（二）乙。\n下列权利：\n（一）丙；\n（二）丁。",
        [
            ("下列财产", [(1, "甲；"), (2, "乙。")]),
            ("下列权利", [(1, "丙；"), (2, "丁。")]),
        ],
    ),
    "subitems": (
        "第八条 提交材料：\n（一）证明：\n1.身份证；\n2.户口簿；\n（二）申请书。",
        [("提交材料", [(1, "簿；"), (2, "请书。")])],
    ),
    "subitems in full width": (
        "第九条 提交材料：\n（一）证明：\n１．身份证；\n２．户口簿。",
        [("提交材料", [(1, "口簿。")])],
    ),
    "subitems in brackets and circles": (
        "第十条 提交：\n（一）甲：\n(1)乙；\n(2)丙；\n（二）丁：\n①戊；\n②己。",
        [("提交：\n", [(1, "丙；"), (2, "②己。")])],
    ),
    "half width brackets": (
        "第十一条 下列情形：\n(一)甲的；\n(二)乙的。",
        [("下列情形", [(1, "甲的；"), (2, "乙的。")])],
    ),
    "items beyond ten": (
        "第十二条 下列行为：\n（九）甲；\n（十）乙；\n（十一）丙。",
        [("下列行为", [(9, "甲；"), (10, "乙；"), (11, "丙。")])],
    ),
    "an inserted article": ("第十三条之一 甲应当履行。\n乙可以申请。", [("甲应当履", []), ("乙可以申", [])]),
    "the text begins on the next line": ("第十四条\n甲应当履行。", [("甲应当履", [])]),
    "an ideographic space behind the number": ("第十五条　甲应当履行。", [("甲应当履", [])]),
    "numbered with digits": ("16. 甲应当履行。\n乙可以申请。", [("甲应当履", []), ("乙可以申", [])]),
    "items inside the line": (
        "第十七条 有下列情形之一的：（一）甲的；（二）乙的；（三）丙的。",
        [("有下列情", [(1, "甲的；"), (2, "乙的；"), (3, "丙的。")])],
    ),
    "an item that is only named": ("第十八条 适用前款第（一）项、第（二）项。", [("适用前款", [])]),
    "an item that names another": (
        "第十九条 下列情形：\n（一）符合第（二）项的；\n（二）乙的。",
        [("下列情形", [(1, "项的；"), (2, "乙的。")])],
    ),
    "an amount at the head of a line is a paragraph": (
        "第二十条 按照下列标准：\n3.5万元以下的，不收。",
        [("按照下列", []), ("3.5万", [])],
    ),
    "an item of several lines": (
        "第二十一条 下列情形：\n（一）甲的：\n1.乙；\n2.丙。\n（二）丁的。\n法院应当说明。",
        [("下列情形", [(1, "丙。"), (2, "丁的。")]), ("法院应当", [])],
    ),
    "a label with a hundred and a zero": ("第一百零八条 甲应当履行。", [("甲应当履", [])]),
    "no label": ("甲应当履行。\n乙可以申请。", [("甲应当履", []), ("乙可以申", [])]),
    "nothing but the label": ("第二十三条", []),
}


@pytest.mark.parametrize(("text", "shape"), ARTICLES.values(), ids=ARTICLES)
def test_an_article_has_these_parts(text: str, shape: Shape) -> None:
    found = _shape(text)
    assert [(head, [(n, end.strip()[-2:]) for n, end in items]) for head, items in found] == [
        (head, [(n, end.strip()[-2:]) for n, end in items]) for head, items in shape
    ]


def test_paragraphs_are_numbered_from_one_and_hold_their_items() -> None:
    text = ARTICLES["a paragraph behind items"][0]
    first, second = parts_of(text, 0, len(text))
    assert (first.number, second.number) == (1, 2)
    assert text[first.start : first.end] == "有下列情形之一的：\n（一）甲的；\n（二）乙的。"
    assert text[second.start : second.end] == "前款情形，另行裁定。"
    assert text[first.items[1].start : first.items[1].end] == "（二）乙的。"


def test_only_the_stretch_that_was_asked_for_is_read() -> None:
    text = "第一条 甲。\n第二条 乙。\n丙。\n第三条 丁。"
    start = text.index("第二条")
    paragraphs = parts_of(text, start, text.index("\n第三条"))
    assert [text[p.start : p.end] for p in paragraphs] == ["乙。", "丙。"]


_LINES = st.sampled_from(
    ["甲应当履行。", "（一）甲；", "（二）乙。", "1.丙；", "", "　　丁。", "（三）戊：（四）己。"]
)


def _spans(paragraph: Paragraph) -> list[tuple[int, int]]:
    inner = [(item.start, item.end) for item in paragraph.items]
    return [(paragraph.start, paragraph.end), *inner]


@given(st.lists(_LINES, max_size=12))
def test_parts_lie_in_order_and_inside_the_article(lines: list[str]) -> None:
    text = "前文\n第九条 " + "\n".join(lines) + "\n第十条 后文"
    start, end = text.index("第九条"), text.index("\n第十条")
    before = start
    for paragraph in parts_of(text, start, end):
        assert before <= paragraph.start < paragraph.end <= end
        before = paragraph.end
        inside = paragraph.start
        for item in paragraph.items:
            assert inside <= item.start < item.end <= paragraph.end
            inside = item.end
        assert all(text[a:b] == text[a:b].strip() for a, b in _spans(paragraph))
