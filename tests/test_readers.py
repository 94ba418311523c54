"""Files of every encoding and shape are read, or refused with a reason; nothing is guessed wrongly."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import readers
from ingest.readers import Problem, RawDocument, decode, read_file, sha256_of
from legal.errors import UnreadableFileError

TEXT = "石桥县人民法院\n执行裁定书\n（2023）岭0122执5号\n张某与某公司买卖合同纠纷一案，裁定如下：准许。\n"

ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": TEXT.encode("utf-8-sig"),
    "utf-16 little endian with mark": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16 big endian with mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16 little endian": TEXT.encode("utf-16-le"),
    "utf-16 big endian": TEXT.encode("utf-16-be"),
    "gb18030": TEXT.encode("gb18030"),
    "gbk": TEXT.encode("gbk"),
    "gb2312": TEXT.encode("gb2312"),
}

BINARY = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8,
    "zip": b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)) * 8,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + bytes(range(256)) * 4,
    "zero bytes": b"\x00" * 1000,
    "control characters": bytes(range(1, 9)) * 100,
}


def _file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _items_or_refusal(path: Path) -> list[RawDocument | Problem] | UnreadableFileError:
    try:
        return list(read_file(path, path.name))
    except UnreadableFileError as error:
        return error


def _records(folder: Path, *records: Any) -> list[RawDocument | Problem]:
    text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return list(read_file(_file(folder, "甲.jsonl", text), "甲.jsonl"))


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_a_text_is_the_same_in_every_encoding(content: bytes, tmp_path: Path) -> None:
    assert list(read_file(_file(tmp_path, "甲.txt", content), "甲.txt")) == [RawDocument("甲.txt", TEXT)]


@pytest.mark.parametrize("suffix", [".md", ".txt", ".json", ".jsonl"])
@pytest.mark.parametrize("content", BINARY.values(), ids=BINARY)
def test_a_binary_file_is_refused_whatever_its_name(content: bytes, suffix: str, tmp_path: Path) -> None:
    found = _items_or_refusal(_file(tmp_path, f"甲{suffix}", content))
    if isinstance(found, UnreadableFileError):
        found = [Problem("甲", found.message)]
    assert found
    assert all(isinstance(item, Problem) and item.reason for item in found)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", "　\n".encode()])
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_an_empty_file_is_refused_as_empty(content: bytes, suffix: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="空"):
        list(read_file(_file(tmp_path, f"甲{suffix}", content), "甲"))


@pytest.mark.parametrize("name", ["甲.pdf", "甲.docx", "甲", "甲.md.bak"])
def test_a_file_of_an_unknown_kind_is_refused_by_its_suffix(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="不支持的文件类型"):
        list(read_file(_file(tmp_path, name, TEXT), name))


def test_the_suffix_may_be_in_capital_letters(tmp_path: Path) -> None:
    (document,) = read_file(_file(tmp_path, "甲.TXT", TEXT), "甲.TXT")
    assert isinstance(document, RawDocument)


def test_a_few_odd_characters_do_not_make_a_text_binary() -> None:
    text = "张某" * 500 + "\x0c"
    assert decode(text.encode()) == text


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_TEXT", 50)
    for name in ("甲.txt", "甲.json"):
        with pytest.raises(UnreadableFileError, match="超过"):
            list(read_file(_file(tmp_path, name, TEXT), name))


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    try:
        text = decode(content)
    except UnreadableFileError as error:
        text = error.message
    assert isinstance(text, str)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(
                        ["id", "text", "content", "fd", "casename", "gist", "reasoning", "facts", "title"]
                    ),
                    inner,
                    max_size=5,
                )
            ),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode()),
    ),
    suffix=st.sampled_from([".md", ".txt", ".json", ".jsonl"]),
)
def test_any_file_gives_documents_and_problems_or_is_refused(
    content: bytes, suffix: str, tmp_path: Path
) -> None:
    found = _items_or_refusal(_file(tmp_path, f"甲{suffix}", content))
    if not isinstance(found, UnreadableFileError):
        assert all(isinstance(item, RawDocument | Problem) for item in found)
        assert all(item.text.strip() for item in found if isinstance(item, RawDocument))


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = TEXT.encode() * 1000
    assert sha256_of(_file(tmp_path, "甲.txt", content)) == hashlib.sha256(content).hexdigest()


def test_a_broken_line_of_json_is_reported_and_the_next_one_read(tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.jsonl", '{"text": "张某"}\n{"text": "李\n\n{"text": "王某"}\n')
    first, problem, last = read_file(path, "甲.jsonl")
    assert first == RawDocument("甲.jsonl/1", "张某")
    assert isinstance(problem, Problem)
    assert problem.where == "甲.jsonl 第 2 行"
    assert last == RawDocument("甲.jsonl/4", "王某")


def test_a_last_line_that_was_cut_off_is_reported(tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.jsonl", '{"text": "张某"}\n{"text": "李某", "ti')
    first, problem = read_file(path, "甲.jsonl")
    assert isinstance(first, RawDocument)
    assert isinstance(problem, Problem)
    assert "不是完整的 JSON" in problem.reason


def test_a_line_beyond_the_limit_is_reported_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "MAX_LINE", 64)
    long = json.dumps({"text": "a" * 500})
    path = _file(tmp_path, "甲.jsonl", f'{{"text": "one"}}\n{long}\n{{"text": "three"}}\n')
    first, problem, last = read_file(path, "甲.jsonl")
    assert first == RawDocument("甲.jsonl/1", "one")
    assert isinstance(problem, Problem)
    assert problem.where == "甲.jsonl 第 2 行"
    assert last == RawDocument("甲.jsonl/3", "three")


@pytest.mark.parametrize("length", [63, 64, 65, 128, 129])
def test_the_line_after_a_line_of_any_length_is_not_lost(
    length: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "MAX_LINE", 64)
    line = json.dumps({"text": "a" * (length - len('{"text": ""}'))})
    assert len(line) == length
    path = _file(tmp_path, "甲.jsonl", f'{line}\n{{"text": "two"}}')
    assert list(read_file(path, "甲.jsonl"))[-1] == RawDocument("甲.jsonl/2", "two")


def test_windows_line_ends_and_blank_lines_are_no_records(tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.jsonl", '{"text": "张某"}\r\n\r\n{"text": "李某"}\r\n')
    assert [item.id for item in read_file(path, "甲.jsonl") if isinstance(item, RawDocument)] == [
        "甲.jsonl/1",
        "甲.jsonl/3",
    ]


def test_a_mark_at_the_head_of_a_file_of_lines_is_no_error(tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.jsonl", '{"text": "张某"}\n'.encode("utf-8-sig"))
    assert list(read_file(path, "甲.jsonl")) == [RawDocument("甲.jsonl/1", "张某")]


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
def test_a_record_has_its_own_id_or_its_number(record: dict[str, Any], expected: str, tmp_path: Path) -> None:
    (document,) = _records(tmp_path, record)
    assert isinstance(document, RawDocument)
    assert document.id == expected


SHAPES = {
    "text": ({"text": "张某"}, "张某", {}),
    "content": ({"content": "张某"}, "张某", {}),
    "text with a title": ({"text": "张某", "title": "甲"}, "张某", {"title": "甲"}),
    "title of another kind": ({"text": "张某", "title": 5}, "张某", {}),
    "judgment": ({"fd": "张某犯盗窃罪", "text": "别的"}, "张某犯盗窃罪", {}),
    "facts": ({"casename": "离婚纠纷", "text": "张某"}, "张某", {"facts_of": "离婚纠纷"}),
}


@pytest.mark.parametrize(("record", "text", "fields"), SHAPES.values(), ids=SHAPES)
def test_every_known_shape_of_a_record_is_read(
    record: dict[str, Any], text: str, fields: dict[str, str], tmp_path: Path
) -> None:
    (document,) = _records(tmp_path, record)
    assert document == RawDocument("甲.jsonl/1", text, fields)


NO_RECORD = {
    "a number": 5,
    "null": None,
    "a list": ["张某"],
    "no text": {"title": "甲"},
    "empty text": {"text": " \n"},
    "text of another kind": {"text": ["张某"]},
    "empty object": {},
    "empty judgment": {"fd": ""},
}


@pytest.mark.parametrize("record", NO_RECORD.values(), ids=NO_RECORD)
def test_what_is_no_record_is_reported_with_its_line(record: Any, tmp_path: Path) -> None:
    first, problem, last = _records(tmp_path, {"text": "张某"}, record, {"text": "李某"})
    assert isinstance(first, RawDocument)
    assert isinstance(last, RawDocument)
    assert isinstance(problem, Problem)
    assert problem.where == "甲.jsonl 第 2 行"


def test_a_guiding_case_becomes_one_text_with_headings(tmp_path: Path) -> None:
    record = {
        "id": "g1",
        "title": "张某申请执行案",
        "issuedLine": "（2024年1月2日发布）",
        "publishedAt": "2024-01-02",
        "keywords": ["执行", "搜查"],
        "gist": ["可以搜查。"],
        "facts": ["张某申请。", "法院搜查。"],
        "reasoning": ["应予支持。"],
    }
    (document,) = _records(tmp_path, record)
    assert isinstance(document, RawDocument)
    assert [line for line in document.text.split("\n") if line] == [
        "# 张某申请执行案",
        "（2024年1月2日发布）",
        "## 关键词",
        "执行、搜查",
        "## 裁判要点",
        "可以搜查。",
        "## 基本案情",
        "张某申请。",
        "法院搜查。",
        "## 裁判理由",
        "应予支持。",
    ]
    assert dict(document.fields) == {
        "title": "张某申请执行案",
        "document_type": "指导性案例",
        "date": "2024-01-02",
    }


def test_a_file_of_one_record_is_one_document_with_the_id_of_the_file(tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.json", '{"id": "k", "text": "张某"}')
    assert list(read_file(path, "甲.json")) == [RawDocument("甲.json", "张某")]


def test_a_list_in_json_is_read_record_by_record(tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.json", '[{"id": "k", "text": "张某"}, 5, {"text": "李某"}]')
    first, problem, last = read_file(path, "甲.json")
    assert first == RawDocument("甲.json/k", "张某")
    assert isinstance(problem, Problem)
    assert problem.where == "甲.json 第 2 条"
    assert last == RawDocument("甲.json/3", "李某")


@pytest.mark.parametrize("content", ['{"text": "张', "", "张某"], ids=["cut off", "empty", "no JSON"])
def test_a_json_file_that_is_broken_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        list(read_file(_file(tmp_path, "甲.json", content), "甲.json"))


ENDLESS = {"brackets": "[" * 200_000, "digits": '{"text": ' + "9" * 6_000 + "}"}


@pytest.mark.parametrize("content", ENDLESS.values(), ids=ENDLESS)
def test_endless_nesting_or_digits_in_json_refuse_the_file(content: str, tmp_path: Path) -> None:
    assert isinstance(_items_or_refusal(_file(tmp_path, "甲.json", content)), UnreadableFileError)


@pytest.mark.parametrize("content", ENDLESS.values(), ids=ENDLESS)
def test_endless_nesting_or_digits_in_a_line_cost_that_line_only(content: str, tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.jsonl", f'{content}\n{{"text": "张某"}}\n')
    problem, document = read_file(path, "甲.jsonl")
    assert isinstance(problem, Problem)
    assert document == RawDocument("甲.jsonl/2", "张某")


def test_half_a_character_is_replaced_and_a_whole_one_kept(tmp_path: Path) -> None:
    path = _file(tmp_path, "甲.jsonl", r'{"id": "k\ud83d", "text": "张某\ud842\udfb7\udfb7"}')
    assert list(read_file(path, "甲.jsonl")) == [RawDocument("甲.jsonl/k�", "张某𠮷�")]
