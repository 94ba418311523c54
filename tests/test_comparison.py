"""Two versions of a law side by side: which articles stand beside each other, and which words are marked."""

import pytest
from search_examples import policy

from app.comparison_page import Wanted, comparison_html
from legal.article_alignment import Change
from search.comparison import Comparison, Row, changed_spans, compare

LAW = "民事强制法"
WANTED = Wanted("旧", "新")


def compared(old: dict[str, str], new: dict[str, str]) -> Comparison:
    return compare(
        policy("旧", LAW, old, adopted="1991-04-09").document,
        policy("新", LAW, new, adopted="2023-09-01").document,
    )


def said(row: Row) -> tuple[str | None, str | None, Change]:
    return row.old and row.old.label, row.new and row.new.label, row.change


OLD = {
    "第一条": "为保护当事人的合法权益，制定本法。",
    "第二条": "法院可以查封被执行人的房屋，期限不超过二年。",
    "第三条": "被执行人应当按照通知报告财产情况。",
    "第四条": "拍卖公告应当张贴于法院的公告栏。",
}
NEW = {
    "第一条": "为保护当事人的合法权益，制定本法。",
    "第二条": "执行法官应当出示证件，并且说明来意。",
    "第三条": "法院可以查封被执行人的房屋，期限不超过三年。",
    "第四条": "被执行人应当按照通知报告财产情况。",
}


def test_each_article_stands_beside_the_one_that_continues_it() -> None:
    assert [said(row) for row in compared(OLD, NEW).rows] == [
        ("第一条", "第一条", Change.SAME),
        (None, "第二条", Change.ADDED),
        ("第二条", "第三条", Change.CHANGED),
        ("第三条", "第四条", Change.RENUMBERED),
        ("第四条", None, Change.DELETED),
    ]


def test_texts_stand_without_their_labels_and_the_words_that_changed_are_known() -> None:
    row = compared(OLD, NEW).rows[2]
    assert row.old
    assert row.new
    assert row.old.text == "法院可以查封被执行人的房屋，期限不超过二年。"
    assert [row.old.text[a:b] for a, b in row.old.changed] == ["二"]
    assert [row.new.text[a:b] for a, b in row.new.changed] == ["三"]


def test_what_is_the_same_added_or_deleted_has_nothing_marked() -> None:
    for row in compared(OLD, NEW).rows:
        if row.change is not Change.CHANGED:
            assert not any(side.changed for side in (row.old, row.new) if side)


def test_the_number_of_a_moved_article_is_marked_where_it_is_cited() -> None:
    old = {"第一条": "查封依照本法第二条办理，并且登记。", "第二条": "登记应当及时，不得收取费用。"}
    new = {
        "第一条": "查封依照本法第三条办理，并且登记。",
        "第二条": "执行法官应当出示证件，说明来意。",
        "第三条": "登记应当及时，不得收取费用。",
    }
    row = compared(old, new).rows[0]
    assert row.change is Change.RENUMBERED
    assert row.new
    assert [row.new.text[a:b] for a, b in row.new.changed] == ["三"]


def test_an_article_that_was_split_stands_beside_both_parts() -> None:
    first, second = "查封房屋应当向登记机构送达协助执行通知书。", "扣押车辆应当制作清单并交付保管人保管。"
    rows = compared({"第一条": f"{first}\n{second}"}, {"第一条": first, "第二条": second}).rows
    assert {said(row)[:2] for row in rows} == {("第一条", "第一条"), ("第一条", "第二条")}


def test_documents_without_articles_have_no_rows() -> None:
    assert compared({}, {}).rows == ()


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("二年", "二年", [], []),
        ("不超过二年。", "不超过三年。", ["二"], ["三"]),
        ("应当登记。", "应当及时登记。", [], ["及时"]),
        ("应当及时登记。", "应当登记。", ["及时"], []),
        ("甲乙丙丁", "戊己庚辛", ["甲乙丙丁"], ["戊己庚辛"]),
        ("动产扣押的期限", "存款冻产了期限", ["动产扣押的"], ["存款冻产了"]),
        ("", "新增", [], ["新增"]),
    ],
    ids=["same", "one character", "added", "removed", "all", "one character in common", "from nothing"],
)
def test_the_words_that_changed(old: str, new: str, gone: list[str], come: list[str]) -> None:
    before, after = changed_spans(old, new)
    assert [old[a:b] for a, b in before] == gone
    assert [new[a:b] for a, b in after] == come


def test_both_columns_are_shown_with_what_changed_marked_and_nothing_else_as_html() -> None:
    shown = comparison_html(
        compared({"第一条": "期限不超过<b>二</b>年。"}, {"第一条": "期限不超过<b>三</b>年。"}), WANTED
    )
    assert "<td><strong>第一条</strong> 期限不超过&lt;b&gt;<del>二</del>&lt;/b&gt;年。</td>" in shown
    assert "<td><strong>第一条</strong> 期限不超过&lt;b&gt;<ins>三</ins>&lt;/b&gt;年。</td>" in shown
    assert "1991年4月9日通过或修改" in shown.split("2023年9月1日通过或修改")[0]


def test_articles_that_did_not_change_in_substance_are_shown_on_request_only() -> None:
    both = compared(OLD, NEW)
    assert "制定本法" not in comparison_html(both, WANTED)
    assert "报告财产" not in comparison_html(both, WANTED), "only its number changed"
    whole = comparison_html(both, Wanted("旧", "新", whole=True))
    assert "制定本法" in whole
    assert "报告财产" in whole
    for shown in (comparison_html(both, WANTED), whole):
        assert "未变 1 条，仅改序号 1 条，有修改 1 条，删除 1 条，新增 1 条。" in shown


@pytest.mark.parametrize(
    ("articles", "message"),
    [({}, "没有可以逐条对照的条文"), (OLD, "条文内容没有变化")],
    ids=["no articles", "no change"],
)
def test_where_there_is_nothing_to_show_the_page_says_so(articles: dict[str, str], message: str) -> None:
    assert message in comparison_html(compared(articles, articles), WANTED)
