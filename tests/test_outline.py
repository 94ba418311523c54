"""Lines, headings and labels of a text, each with its place in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.outline import lines_of, unique_labels
from legal.documents import Section


def _texts(source: str, start: int = 0) -> list[tuple[str, int]]:
    return [(line.text, line.level) for line in lines_of(source, start) if line.text]


def test_headings_have_their_level_and_lose_their_marks() -> None:
    assert _texts("# 甲办法\n\n## 第一章 总则\n第一条 张某。\n###### 附则") == [
        ("甲办法", 1),
        ("第一章 总则", 2),
        ("第一条 张某。", 0),
        ("附则", 6),
    ]


def test_a_number_sign_without_a_space_is_no_heading() -> None:
    assert _texts("#甲办法") == [("#甲办法", 0)]


@pytest.mark.parametrize(
    "edge", [" ", "\t", "　　", "﻿", "\xa0"], ids=["space", "tab", "ideographic", "bom", "nbsp"]
)
def test_white_space_of_any_kind_is_not_part_of_a_line(edge: str) -> None:
    (line,) = lines_of(f"{edge}第一条 张某。{edge}", 0)
    assert (line.text, line.start) == ("第一条 张某。", len(edge))


def test_windows_line_ends_give_the_same_lines() -> None:
    assert _texts("# 甲\r\n\r\n第一条 乙。\r\n") == _texts("# 甲\n\n第一条 乙。\n")


def test_front_matter_is_left_out() -> None:
    assert _texts("---\ntitle: 甲\ndate: 2023-05-16\n---\n# 甲办法\n正文") == [("甲办法", 1), ("正文", 0)]


def test_a_rule_that_is_never_closed_is_no_front_matter() -> None:
    assert _texts("---\n# 甲办法\n正文") == [("---", 0), ("甲办法", 1), ("正文", 0)]


def test_rules_further_down_are_no_front_matter() -> None:
    assert ("张某", 0) in _texts("# 甲\n---\n张某\n---\n李某")


def test_comments_on_a_line_of_their_own_are_left_out() -> None:
    assert _texts("# 甲\n<!-- 校对 -->\n正文<!-- 留 -->\n") == [("甲", 1), ("正文<!-- 留 -->", 0)]


def test_lines_before_the_start_are_left_out() -> None:
    source = "题头\n第一条 张某。"
    assert _texts(source, source.index("第一条")) == [("第一条 张某。", 0)]


@given(st.text(alphabet="甲乙#- \t\n\r　﻿<!>条第一", max_size=80))
def test_every_line_slices_back_to_the_source_and_follows_the_one_before(source: str) -> None:
    end = 0
    for line in lines_of(source, 0):
        assert source[line.start : line.end] == line.text
        assert line.start >= end
        end = line.end


def test_a_label_that_came_before_gets_a_number() -> None:
    sections = [Section(label, "", 0, 1) for label in ("第一条", "第二条", "第一条", "第一条")]
    labels = [section.label for section in unique_labels(sections)]
    assert labels == ["第一条", "第二条", "第一条~2", "第一条~3"]
