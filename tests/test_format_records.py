"""Files of JSON give their records with line and number, whole or in parts, or are refused with a reason."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest import text_lines
from ingest.formats import json_lines, json_list
from ingest.source import Content, Item, Problem, Record
from legal.errors import UnreadableFileError

FORMATS = {".json": json_list, ".jsonl": json_lines}


def _content(content: bytes | str, name: str = "甲.jsonl") -> Content:
    return Content(name, data=content.encode() if isinstance(content, str) else content)


def _lines(content: bytes | str) -> list[Item]:
    return list(json_lines.read(_content(content)))


def _list(content: bytes | str) -> list[Item]:
    return list(json_list.read(_content(content, "甲.json")))


def _in_parts(reader: ModuleType, content: Content) -> list[Item]:
    found: list[Item] = []
    for part in reader.split(content):
        found += [part] if isinstance(part, Problem) else reader.read(part)
    return found


def _items_or_refusal(read: Callable[[Content], Iterable[Item]], content: Content) -> list[Item]:
    try:
        return list(read(content))
    except UnreadableFileError as error:
        return [Problem(content.id, error.message)]


def _ids(items: list[Item]) -> list[str]:
    return [item.id for item in items if isinstance(item, Record)]


def _sorted(items: list[Item]) -> list[str]:
    return sorted(map(repr, items))


def test_a_line_is_a_record_with_its_place() -> None:
    assert _lines('{"text": "张某"}\n') == [Record("甲.jsonl/1", "甲.jsonl 第 1 行", {"text": "张某"})]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_records_are_the_same_in_every_encoding(encoding: str, suffix: str) -> None:
    text = '{"text": "石桥县人民法院执行裁定书，张某与某公司一案"}\n{"text": "裁定如下：准许。"}\n'
    found = list(FORMATS[suffix].read(_content(text.encode(encoding), f"甲{suffix}")))
    assert [item.values["text"] for item in found if isinstance(item, Record)] == [
        "石桥县人民法院执行裁定书，张某与某公司一案",
        "裁定如下：准许。",
    ]


BINARY = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8,
    "zip": b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)) * 8,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + bytes(range(256)) * 4,
    "zero bytes": b"\x00" * 1000,
}


@pytest.mark.parametrize("reader", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("content", BINARY.values(), ids=BINARY)
def test_a_binary_file_is_refused_whatever_its_name(content: bytes, reader: ModuleType) -> None:
    with pytest.raises(UnreadableFileError, match="不是文本文件"):
        list(reader.read(_content(content)))


def test_a_damaged_character_costs_its_line_only() -> None:
    line = '{"text": "石桥县人民法院执行裁定书"}\n'.encode()
    found = _lines(line * 3 + line.replace("桥".encode(), b"\xe6\xa1") + line)
    assert _ids(found) == ["甲.jsonl/1", "甲.jsonl/2", "甲.jsonl/3", "甲.jsonl/5"]
    (problem,) = [item for item in found if isinstance(item, Problem)]
    assert problem.where == "甲.jsonl 第 4 行"
    assert "无法识别的字节" in problem.reason


def test_a_broken_line_of_json_is_reported_and_the_next_one_read() -> None:
    first, problem, last = _lines('{"text": "张某"}\n{"text": "李\n\n{"text": "王某"}\n')
    assert isinstance(problem, Problem)
    assert problem.where == "甲.jsonl 第 2 行"
    assert _ids([first, last]) == ["甲.jsonl/1", "甲.jsonl/4"]


def test_a_last_line_that_was_cut_off_is_reported() -> None:
    first, problem = _lines('{"text": "张某"}\n{"text": "李某", "ti')
    assert isinstance(first, Record)
    assert isinstance(problem, Problem)
    assert "不是完整的 JSON" in problem.reason


@pytest.mark.parametrize("length", [63, 64, 65, 128, 129, 500])
def test_a_line_beyond_the_limit_is_reported_and_the_next_one_read(
    length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_lines, "MAX_LINE", 64)
    line = json.dumps({"text": "a" * (length - len('{"text": ""}'))})
    first, second, last = _lines(f'{{"text": "one"}}\n{line}\n{{"text": "three"}}')
    assert _ids([first, last]) == ["甲.jsonl/1", "甲.jsonl/3"]
    if length > 63:
        assert isinstance(second, Problem)
        assert second.where == "甲.jsonl 第 2 行"
    else:
        assert isinstance(second, Record)


def test_windows_line_ends_and_blank_lines_are_no_records() -> None:
    found = _lines('{"text": "张某"}\r\n\r\n{"text": "李某"}\r\n')
    assert _ids(found) == ["甲.jsonl/1", "甲.jsonl/3"]


IDS = {
    "id": ({"id": "k7", "text": "张某"}, "甲.jsonl/k7"),
    "text_id": ({"text_id": 12, "fd": "张某"}, "甲.jsonl/12"),
    "doc_id": ({"doc_id": "d", "content": "张某"}, "甲.jsonl/d"),
    "none": ({"text": "张某"}, "甲.jsonl/1"),
    "empty": ({"id": "", "text": "张某"}, "甲.jsonl/1"),
    "of another kind": ({"id": ["x"], "text": "张某"}, "甲.jsonl/1"),
    "nought": ({"id": 0, "text": "张某"}, "甲.jsonl/0"),
}


@pytest.mark.parametrize(("record", "expected"), IDS.values(), ids=IDS)
def test_a_record_has_its_own_id_or_its_number(record: dict[str, Any], expected: str) -> None:
    assert _ids(_lines(json.dumps(record))) == [expected]


@pytest.mark.parametrize("value", ["5", "null", '["张某"]', '"张某"', "true"])
def test_what_is_no_record_is_reported_with_its_line(value: str) -> None:
    first, problem, last = _lines(f'{{"text": "张某"}}\n{value}\n{{"text": "李某"}}')
    assert problem == Problem("甲.jsonl 第 2 行", "不是一条记录（应为 JSON 对象），未收录。")
    assert _ids([first, last]) == ["甲.jsonl/1", "甲.jsonl/3"]


ENDLESS = {"brackets": "[" * 200_000, "digits": '{"text": ' + "9" * 6_000 + "}"}


@pytest.mark.parametrize("content", ENDLESS.values(), ids=ENDLESS)
def test_endless_nesting_or_digits_refuse_a_file_and_cost_a_line(content: str) -> None:
    with pytest.raises(UnreadableFileError):
        _list(content)
    problem, record = _lines(f'{content}\n{{"text": "张某"}}\n')
    assert isinstance(problem, Problem)
    assert isinstance(record, Record)


def test_half_a_character_is_replaced_and_a_whole_one_kept() -> None:
    (record,) = _lines(r'{"id": "k\ud83d", "text": "张某\ud842\udfb7\udfb7"}')
    assert record == Record("甲.jsonl/k�", "甲.jsonl 第 1 行", {"id": "k�", "text": "张某𠮷�"})


@pytest.mark.parametrize("text", ['{"id": "k", "text": "张某"}', '[{"id": "k", "text": "张某"}]\n'])
def test_a_file_of_one_record_has_the_id_of_the_file(text: str) -> None:
    assert _list(text) == [Record("甲.json", "甲.json", {"id": "k", "text": "张某"})]


def test_a_list_in_json_is_read_record_by_record() -> None:
    assert _list('[{"id": "k", "text": "张某"}, 5, {"text": "李某"}]') == [
        Record("甲.json/k", "甲.json 第 1 条", {"id": "k", "text": "张某"}),
        Problem("甲.json 第 2 条", "不是一条记录（应为 JSON 对象），未收录。"),
        Record("甲.json/3", "甲.json 第 3 条", {"text": "李某"}),
    ]


WRAPPED = {
    "squad": ({"version": "v2", "data": [{"a": 1}, {"a": 2}]}, ["甲.json/1", "甲.json/2"]),
    "navicat": ({"RECORDS": [{"id": "x"}, {"id": "y"}]}, ["甲.json/x", "甲.json/y"]),
    "by key": ({"7": {"uid": "a"}, "8": {"uid": "b"}}, ["甲.json/7", "甲.json/8"]),
    "a document with a list": ({"text": "张某", "items": [{"a": 1}, {"a": 2}]}, ["甲.json"]),
    "a document of objects": ({"content": {"a": 1}, "labels": {"b": 1}}, ["甲.json"]),
    "a list of text": ({"data": ["张某", "李某"]}, ["甲.json"]),
}


@pytest.mark.parametrize(("value", "ids"), WRAPPED.values(), ids=WRAPPED)
def test_an_object_that_holds_the_records_is_opened(value: Any, ids: list[str]) -> None:
    assert _ids(_list(json.dumps(value))) == ids


LINES = {
    "two lines": '{"text": "张某"}\n{"text": "李某"}\n',
    "a blank line before": '\n{"text": "张某"}\n{"text": "李某"}\n',
    "one broken": '{"text": "张某"}\n{"text": \n{"text": "李某"}',
}


@pytest.mark.parametrize("text", LINES.values(), ids=LINES)
def test_lines_of_records_under_the_name_json_are_read_as_lines(text: str) -> None:
    assert _sorted(_list(text)) == _sorted(list(json_lines.read(_content(text, "甲.json"))))


def test_an_object_over_several_lines_is_one_record() -> None:
    text = json.dumps({"text": "张某", "meta": {"a": [1]}}, indent=2, ensure_ascii=False)
    assert _ids(_list(text)) == ["甲.json"]


@pytest.mark.parametrize("content", ['{"text": "张', "", "张某"], ids=["cut off", "empty", "no JSON"])
def test_a_json_file_that_is_broken_is_refused(content: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"空|JSON"):
        _list(content)


def test_a_file_without_records_is_reported() -> None:
    assert _list("[]") == [Problem("甲.json", "里面没有记录，未收录。")]
    assert _lines("\n \n") == _lines("") == [Problem("甲.jsonl", "里面没有记录，未收录。")]


def test_a_json_file_beyond_the_limit_is_refused_but_not_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_list, "MAX_TEXT", 40)
    records = [{"text": "a" * 30}, {"text": "b" * 30}]
    with pytest.raises(UnreadableFileError, match=r"每行一条记录的 \.jsonl"):
        _list(json.dumps(records))
    assert _ids(_list("\n".join(map(json.dumps, records)))) == ["甲.json/1", "甲.json/2"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_large_file_is_cut_into_parts_of_whole_lines(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"甲{suffix}"
    lines = [json.dumps({"text": f"{n}张某" * 2000}, ensure_ascii=False) for n in range(150)]
    path.write_text("\n".join([*lines[:70], "", "{", *lines[70:]]), "utf-8")
    reader, content = FORMATS[suffix], Content(path.name, path=path)
    parts = list(reader.split(content))
    assert [part.size // 2**20 for part in parts if isinstance(part, Content)] == [1, 1, 0]
    assert _in_parts(reader, content) == list(reader.read(content))


def test_a_file_that_is_one_document_is_not_cut(tmp_path: Path) -> None:
    content = _content('{"text": "张某"}', "甲.json")
    assert list(json_list.split(content)) == [content]


LINE = st.sampled_from(
    [
        *('{"text": "张某"}', '{"id": "k/7", "fd": "李某"}', "", "  ", "{", '{"a": ', "5", "[1]", "张某"),
        *('{"text": "' + "a" * 70 + '"}', '{"x": "\\ud83d"}', '{"t": "\udce6"}', '{"t": "\x00"}'),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=st.lists(LINE, max_size=9),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    suffix=st.sampled_from([*FORMATS]),
)
@example(lines=['{"text": "张某"}', '{"t": "' + "a" * 70], end="\n", suffix=".json")
def test_parts_joined_equal_the_whole(
    lines: list[str], end: str, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_lines, "MAX_LINE", 64)
    monkeypatch.setattr(json_lines, "PART_SIZE", 20)
    content = _content(end.join(lines).encode("utf-8", "surrogateescape"), f"甲{suffix}")
    whole = _items_or_refusal(FORMATS[suffix].read, content)
    parts = _items_or_refusal(lambda content: _in_parts(FORMATS[suffix], content), content)
    assert _sorted(parts) == _sorted(whole)


@settings(deadline=None)
@given(content=st.binary(max_size=300), suffix=st.sampled_from([*FORMATS]))
def test_any_bytes_give_records_and_problems_or_are_refused(content: bytes, suffix: str) -> None:
    found = _items_or_refusal(FORMATS[suffix].read, _content(content, f"甲{suffix}"))
    assert all(isinstance(item, Record) or item.reason.endswith("。") for item in found)
