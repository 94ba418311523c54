"""Field maps make documents of the records of public data sets, of tables, and of what a user describes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_examples import SHAPES

from ingest.field_maps import document_of, iso_date, own_id, read_field_maps, ready_made
from ingest.source import Problem, RawDocument, Record
from legal.errors import InputError


def _document(values: dict[str, Any], record_id: str = "甲.jsonl/1") -> RawDocument | Problem:
    return document_of(Record(record_id, "甲.jsonl 第 1 行", values), ready_made())


@pytest.mark.parametrize(("values", "text", "fields"), SHAPES.values(), ids=SHAPES)
def test_every_known_shape_of_a_record_is_read(
    values: dict[str, Any], text: str, fields: dict[str, str]
) -> None:
    document = _document(values)
    assert isinstance(document, RawDocument)
    assert document.text == text
    assert dict(document.fields) == fields


def test_a_guiding_case_becomes_one_text_with_headings() -> None:
    document = _document(
        {
            "id": "g1",
            "title": "张某申请执行案",
            "issuedLine": "（2024年1月2日发布）",
            "publishedAt": "2024-01-02",
            "keywords": ["执行", "搜查"],
            "gist": ["可以搜查。"],
            "facts": ["张某申请。", "法院搜查。"],
            "reasoning": ["应予支持。"],
        }
    )
    assert isinstance(document, RawDocument)
    assert document.text == (
        "# 张某申请执行案\n\n（2024年1月2日发布）\n\n## 关键词\n\n执行、搜查\n\n## 裁判要点\n\n可以搜查。\n\n"
        "## 基本案情\n\n张某申请。\n法院搜查。\n\n## 裁判理由\n\n应予支持。\n"
    )
    assert dict(document.fields) == {
        "title": "张某申请执行案",
        "kind": "precedent",
        "document_type": "指导性案例",
        "judgment_date": "2024-01-02",
    }


IDS = {
    "named by the map": ({"pid": 7, "qw": "张某"}, "甲.json/1", "甲.json/7"),
    "its own, with a stroke": ({"id": "a/b", "text": "张某"}, "甲.json/a/b", "甲.json/a/b"),
    "named instead of its own": (
        {"id": "a/b", "ridx": 3, "q": "张某", "crime": ["罪"]},
        "甲.json/a/b",
        "甲.json/3",
    ),
    "the number": ({"text": "张某"}, "甲.json/4", "甲.json/4"),
}


@pytest.mark.parametrize(("values", "given_id", "expected"), IDS.values(), ids=IDS)
def test_a_document_has_the_id_that_its_map_names(
    values: dict[str, Any], given_id: str, expected: str
) -> None:
    document = _document(values, given_id)
    assert isinstance(document, RawDocument)
    assert document.id == expected


def test_a_file_of_one_record_keeps_its_name_as_id() -> None:
    record = Record("候选/7.json", "候选/7.json", {"pid": 7, "qw": "张某"})
    document = document_of(record, ready_made())
    assert isinstance(document, RawDocument)
    assert document.id == "候选/7.json"


NO_TEXT = {
    "no text": {"title": "甲", "url": "乙"},
    "empty text": {"text": " \n"},
    "facts without a cause": {"fact": "张某", "meta": {"accusation": []}},
    "an object as text": {"text": {"a": "张某"}},
    "a truth value as text": {"text": True},
    "empty": {},
}


@pytest.mark.parametrize("values", NO_TEXT.values(), ids=NO_TEXT)
def test_a_record_that_no_map_knows_is_reported_with_its_fields(values: dict[str, Any]) -> None:
    problem = _document(values)
    assert isinstance(problem, Problem)
    assert problem.where == "甲.jsonl 第 1 行"
    assert f"现有字段：{'、'.join(values) or '无'}。" in problem.reason
    assert "--field-map" in problem.reason


DATES = {
    "iso": ("2018-11-26", "2018-11-26"),
    "with time": ("2018-11-26 00:00:00", "2018-11-26"),
    "slashes": ("2018/1/6", "2018-01-06"),
    "points": ("2018.11.26", "2018-11-26"),
    "chinese": ("2018年11月26日", "2018-11-26"),
    "chinese numerals": ("二〇一八年十一月二十六日", "2018-11-26"),
    "digits": ("20181126", "2018-11-26"),
    "number of digits": (20181126, "2018-11-26"),
    "milliseconds at midnight in China": (1545580800000, "2018-12-24"),
    "seconds": (1545580800, "2018-12-24"),
    "milliseconds as text": ("1545580800000", "2018-12-24"),
    "milliseconds as float": (1545580800000.0, "2018-12-24"),
    "before 1970": (-86400000 * 365 * 5, "1965-01-02"),
    "world time": ("2018-12-23T16:00:00.000Z", "2018-12-24"),
    "no such day": ("2018-02-30", None),
    "no such month": ("2018/13/01", None),
    "no date": ("未定", None),
    "year only": (2018, None),
    "far future": ("29181126", None),
    "endless": (10**39, None),
    "nothing": (None, None),
    "not a number": (float("nan"), None),
}


@pytest.mark.parametrize(("value", "expected"), DATES.values(), ids=DATES)
def test_a_date_is_read_from_whatever_it_is_written_as(value: Any, expected: str | None) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"id": 0}, "0"),
        ({"id": "", "doc_id": "d"}, "d"),
        ({"id": True}, None),
        ({"id": ["x"]}, None),
        ({}, None),
    ],
)
def test_the_own_id_is_text_or_a_number(values: dict[str, Any], expected: str | None) -> None:
    assert own_id(values) == expected


def _file(folder: Path, text: str) -> Path:
    path = folder / "映射.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_map_of_the_user_comes_before_the_ready_made(tmp_path: Path) -> None:
    own = read_field_maps(
        _file(
            tmp_path,
            '["台账"]\nwhen = ["摘要", ["甲", "乙"]]\ntext = ["判词", "摘要"]\n'
            'id = "编号"\ncourt = "信息.承办"\n'
            'fixed = { kind = "precedent", document_type = "台账" }\n',
        )
    )
    values = {"text": "别的", "摘要": "张某", "乙": "x", "编号": "T1", "信息": {"承办": "石桥县人民法院"}}
    document = document_of(Record("甲.csv/2", "甲.csv 第 2 行", values), (*own, *ready_made()))
    fields = {"kind": "precedent", "document_type": "台账", "court": "石桥县人民法院"}
    assert document == RawDocument("甲.csv/T1", "张某", fields)


WRONG = {
    "no toml": ("[台账]\n", "第 1 行起不是正确的 TOML.*名称和键含中文的要加引号"),
    "empty": ("# 无\n", "是空的"),
    "no table": ('text = "全文"\n', "text 不在任何映射里"),
    "unknown key": (
        '["台账"]\ntext = "全文"\ncourts = "法院"\n',
        r"\[台账\] 的 courts 不是可用的键。可用：when",
    ),
    "no text": ('["台账"]\ntitle = "标题"\n', r"\[台账\] 应有 text、parts、rows 三者之一"),
    "two texts": ('["台账"]\ntext = "全文"\nrows = true\n', "三者之一"),
    "field of another kind": ('["台账"]\ntext = 5\n', r"\[台账\] 的 text 应为字段名"),
    "empty list": ('["台账"]\ntext = "a"\ncourt = []\n', r"\[台账\] 的 court 应为字段名"),
    "when as text": ('["台账"]\ntext = "a"\nwhen = "b"\n', r"\[台账\] 的 when 应为字段名的列表"),
    "rows as text": ('["台账"]\nrows = "是"\n', r"\[台账\] 的 rows 应为 true 或 false"),
    "facts without cause": ('["台账"]\ntext = "a"\nfacts = true\n', "应同时有 cause_of_action 或 charges"),
    "part without field": ('["台账"]\nparts = [{ heading = "a" }]\n', r"\[台账\] 的 parts 应为"),
    "fixed of another kind": ('["台账"]\ntext = "a"\nfixed = "b"\n', r"\[台账\] 的 fixed 应为"),
    "unknown fixed": ('["台账"]\ntext = "a"\nfixed = { b = "c" }\n', r"fixed\.b 不是可用的键"),
    "unknown kind": (
        '["台账"]\ntext = "a"\nfixed = { kind = "c" }\n',
        r"fixed\.kind 应为 precedent 或 policy",
    ),
    "fixed date": ('["台账"]\ntext = "a"\nfixed = { adopted = "c" }\n', r"fixed\.adopted 应为日期"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_map_that_is_wrong_is_refused_with_file_map_and_key(
    text: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message) as refused:
        read_field_maps(_file(tmp_path, text))
    assert "映射.toml" in refused.value.message


def test_a_map_that_cannot_be_opened_or_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="打不开字段映射文件"):
        read_field_maps(tmp_path / "无.toml")
    path = tmp_path / "乱.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="不是正确的 TOML"):
        read_field_maps(path)


PATHS = sorted({path for m in ready_made() for paths in m.paths.values() for path in paths})
NAMES = sorted({step for path in [*PATHS, "meta.accusation", "content.法条"] for step in path.split(".")})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("2018-11-26"),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=6)
    ),
    max_leaves=15,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), JSON, max_size=8))
def test_any_record_gives_a_document_with_text_or_a_problem(values: dict[str, Any]) -> None:
    found = _document(values)
    if isinstance(found, RawDocument):
        assert found.text.strip()
        assert all(isinstance(value, str) for value in found.fields.values())
    else:
        assert found.reason
