"""The case that similar ones are asked for: out of a file, an upload or a text, or one clear error."""

import json
import sys
from pathlib import Path

import pytest

from app.similar_source import case_of_file, case_of_text, case_of_upload
from legal.errors import InputError, LvzhiError, UnreadableFileError

RULING = """云州市东湖区人民法院
执行裁定书
（2024）云0102执异9号

异议人（被执行人）：罗某，女，住云州市东湖区。
申请执行人：陈某，男，住云州市东湖区。

本院在执行陈某与罗某民间借贷纠纷一案中，罗某提出书面异议，本院立案审查。

经审查查明，房屋登记在罗某名下。

本院认为，唯一住房并非不得执行。依照《中华人民共和国民事诉讼法》第二百三十六条，裁定如下：

驳回罗某的异议请求。

二〇二四年三月五日
"""


def test_a_file_gives_its_case(tmp_path: Path) -> None:
    file = tmp_path / "裁定.txt"
    file.write_text(RULING, "utf-8")
    case = case_of_file(file)
    assert (case.case_number, case.cause) == ("（2024）云0102执异9号", "民间借贷纠纷")
    assert "房屋登记在罗某名下" in case.facts
    assert case.articles == ("民事诉讼法#第二百三十六条",)


def test_a_text_that_is_no_judicial_document_is_taken_as_facts(tmp_path: Path) -> None:
    file = tmp_path / "案情.txt"
    file.write_text("罗某仅有一套住房，法院准备拍卖，罗某不服。", "utf-8")
    case = case_of_file(file)
    assert case.facts.startswith("罗某仅有一套住房")
    assert (case.title, case.cause, case.articles, case.dispute) == ("案情", None, (), "")


NORM = "# 甲办法\n\n2021年6月18日 通过\n\n<!-- INFO END -->\n\n第一条 本办法施行。"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param("空.txt", b"", UnreadableFileError, id="empty"),
        pytest.param("图.docx", b"\x00\x01" * 50, UnreadableFileError, id="damaged"),
        pytest.param("办法.md", NORM.encode(), InputError, id="a norm"),
        pytest.param(
            "两份.jsonl",
            "\n".join(json.dumps({"id": n, "text": RULING}) for n in (1, 2)).encode(),
            InputError,
            id="two documents",
        ),
    ],
)
def test_a_file_that_is_no_case_is_one_clear_error(
    tmp_path: Path, name: str, content: bytes, error: type[LvzhiError]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        case_of_file(tmp_path / name)


def test_an_upload_is_read_in_another_process_and_its_name_is_no_path() -> None:
    case = case_of_upload("../../裁定.txt", RULING.encode())
    assert case.case_number == "（2024）云0102执异9号"
    with pytest.raises(UnreadableFileError):
        case_of_upload("坏.docx", b"PK\x03\x04 no archive")


def test_an_upload_is_read_whatever_the_main_module_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Streamlit puts the page that it shows in the place of the main module.
    page = tmp_path / "portal.py"
    page.write_text("raise SystemExit(1)", "utf-8")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(page))
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    assert case_of_upload("裁定.txt", RULING.encode()).case_number == "（2024）云0102执异9号"


def test_an_upload_that_is_a_norm_says_so() -> None:
    with pytest.raises(InputError, match="这是一份法规政策"):
        case_of_upload("办法.md", NORM.encode())


def test_a_pasted_text_is_read_as_a_file_would_be() -> None:
    assert case_of_text(RULING).case_number == "（2024）云0102执异9号"
    assert case_of_text("罗某仅有一套住房，法院准备拍卖。").facts == "罗某仅有一套住房，法院准备拍卖。"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("甲" * 120 + ".txt", id="longer than a file may be called"),
        pytest.param("裁\x00定.txt", id="a character that no name may have"),
    ],
)
def test_an_upload_may_be_called_anything(name: str) -> None:
    assert case_of_upload(name, RULING.encode()).case_number == "（2024）云0102执异9号"


@pytest.mark.parametrize("name", ["..", "temporary", "", "裁定.t/t", "裁定.一二"])
def test_an_upload_whose_name_tells_no_format_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFileError):
        case_of_upload(name, RULING.encode())


def test_mere_facts_are_called_as_their_file_without_unprintable_characters() -> None:
    assert case_of_upload("案\x07情.txt", "罗某仅有一套住房，法院准备拍卖。".encode()).title == "案情"


def test_an_upload_that_takes_too_long_is_given_up_and_nothing_of_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("app.similar_source._SECONDS", 0.01)
    with pytest.raises(UnreadableFileError, match="时间过长"):
        case_of_upload("裁定.txt", RULING.encode())
    assert list(tmp_path.iterdir()) == []
