"""Tables as text give a record a row, whole or in parts; what is amiss is reported with its place."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import text_lines
from ingest.formats import csv_list
from ingest.source import Content, Item, Problem, Record
from legal.errors import UnreadableFileError

ROWS = '案号,法院,全文\n（2023）岭0122执5号,石桥县人民法院,"张某,某公司\n准许。"\n（2023）岭0122执6号,,李某\n'
VALUES = [
    {"案号": "（2023）岭0122执5号", "法院": "石桥县人民法院", "全文": "张某,某公司\n准许。"},
    {"案号": "（2023）岭0122执6号", "法院": "", "全文": "李某"},
]


def _csv(content: bytes | str, name: str = "甲.csv") -> list[Item]:
    data = content.encode() if isinstance(content, str) else content
    return list(csv_list.read(Content(name, data=data)))


def _values(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [dict(item.values) for item in items if isinstance(item, Record)]


def _problems(items: Iterable[Item]) -> list[str]:
    return [f"{item.where}：{item.reason}" for item in items if isinstance(item, Problem)]


def _items_or_refusal(read: Callable[[Content], Iterable[Item]], content: Content) -> list[str]:
    try:
        return sorted(map(repr, read(content)))
    except UnreadableFileError as error:
        return [error.message]


def test_a_row_is_a_record_with_the_line_on_which_it_begins() -> None:
    assert _csv(ROWS) == [
        Record("甲.csv/2", "甲.csv 第 2 行", VALUES[0]),
        Record("甲.csv/4", "甲.csv 第 4 行", VALUES[1]),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_a_table_is_the_same_in_every_encoding(encoding: str) -> None:
    assert _values(_csv(ROWS.encode(encoding))) == VALUES


SHAPES = {
    "semicolons": ROWS.replace(",", ";").replace("张某;", "张某,"),
    "tabs": ROWS.replace(",", "\t").replace("张某\t", "张某,"),
    "declared": "sep=,\n" + ROWS,
    "a title above": "2023年执行案件清单,,\n\n" + ROWS,
    "windows": ROWS.replace("\n", "\r\n").replace("公司\r\n", "公司\n"),
    "empty rows": ROWS.replace("\n（", "\n,,\n\n（") + "\n \n",
    "columns without a name at the end": ROWS.replace("全文\n", "全文,,\n"),
    "spaces": ROWS.replace("号,", "号 , ").replace(',"', ', "').replace("全文", " 全文 "),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_table_is_read_however_it_is_written(text: str) -> None:
    found = _csv(text)
    assert not _problems(found)
    assert _values(found) == VALUES


AMISS = {
    "too many cells": ("案号,法院\n1,2,3\n4,5\n", "第 2 行：这一行有 3 格，表头有 2 列"),
    "too few cells": ("案号,法院\n4,5\n1\n", "第 3 行：这一行有 1 格，表头有 2 列"),
    "a quote that never ends": ('案号,法院\n4,5\n"1,2\n6,7\n', "第 3 行：从这一行到第 4 行，引号没有成对"),
    "a quote in a quoted cell": (
        '案号,法院\n1,"他说"好"。"\n4,5\n',
        "第 2 行：从这一行到第 2 行，引号没有成对",
    ),
}


@pytest.mark.parametrize(("text", "problem"), AMISS.values(), ids=AMISS)
def test_a_row_that_is_amiss_is_reported_and_the_others_are_read(text: str, problem: str) -> None:
    found = _csv(text)
    (reason,) = _problems(found)
    assert reason.startswith(f"甲.csv {problem}")
    assert _values(found) == [{"案号": "4", "法院": "5"}]


def test_a_table_of_nothing_but_a_header_is_reported() -> None:
    assert _csv("案号,法院\n") == [Problem("甲.csv", "只有表头，没有可读的行。")]


def test_a_damaged_character_costs_its_row_only() -> None:
    text = "案号,全文\n" + "".join(f"{n},石桥县人民法院执行裁定书\n" for n in range(4))
    found = _csv(text.encode().replace("\n2,石".encode(), b"\n2,\xe7\x9f"))
    assert [values["案号"] for values in _values(found)] == ["0", "1", "3"]
    assert _problems(found)[0].startswith("甲.csv 第 4 行：这一行有无法识别的字节")


def test_columns_without_a_name_or_with_the_same_one_lose_nothing() -> None:
    (values,) = _values(_csv("案号,,备注,备注\n1,2,3,4\n"))
    assert values == {"案号": "1", "第2列": "2", "备注（第3列）": "3", "备注（第4列）": "4"}


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"], ids=["nothing", "blank", "mark"])
def test_an_empty_table_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="表是空的"):
        _csv(content)


def test_a_cell_may_be_longer_than_csv_allows_by_itself() -> None:
    (values,) = _values(_csv(f"案号,全文\n1,{'张' * 200_000}\n"))
    assert len(values["全文"]) == 200_000


def _in_parts(content: Content) -> list[Item]:
    found: list[Item] = []
    for part in csv_list.split(content):
        found += [part] if isinstance(part, Problem) else csv_list.read(part)
    return found


CELLS = st.sampled_from(
    ["", "张某", '"张,某"', '"张\n某"', '"', "案号", "全文", "sep=;", "\udce6", "a" * 160, '""']
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, max_size=4), max_size=9),
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_parts_joined_equal_the_whole(
    rows: list[list[str]], delimiter: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_lines, "MAX_LINE", 150)
    monkeypatch.setattr(csv_list, "MAX_LINE", 700)  # three lines
    monkeypatch.setattr(csv_list, "PART_SIZE", 20)
    text = end.join(delimiter.join(row) for row in rows).encode("utf-8", "surrogateescape")
    whole = _items_or_refusal(csv_list.read, Content("甲.csv", data=text))
    parts = _items_or_refusal(_in_parts, Content("甲.csv", data=text))
    assert parts == whole


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_and_problems_or_are_refused(content: bytes) -> None:
    assert _items_or_refusal(csv_list.read, Content("甲.csv", data=content))
