"""`lvzhi inspect`: what is understood of a file, for people and for programs."""

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from app.inspect_command import inspect_file, print_coloured, print_json
from app.understood import Understood, marks_of, understand
from ingest.source import RawDocument
from legal.errors import InputError

RULING = """石桥县人民法院
执行裁定书
（2023）岭0122执69号之一

申请执行人：张某，男，住石桥县。
委托诉讼代理人：李某，云州某律师事务所律师。
被执行人：某某建材有限公司，住所地石桥县。

本院依据已经发生法律效力的（2022）岭0122民初300号民事判决书，于2023年3月1日立案执行张某与某某建材有限公司买卖合同纠纷一案，申请执行标的为120000元。
执行中，本院于2023年4月10日查封某某建材有限公司名下车牌号为岭A00X00的货车一辆，期限二年。
本院认为，依照《中华人民共和国民事诉讼法》第二百五十一条、第二百五十二条第一款的规定，裁定如下：
拍卖某某建材有限公司名下车牌号为岭A00X00的货车一辆。
本裁定立即执行。

审判员　王某
二〇二三年九月一日
书记员　赵某
"""
NORM = """# 云州市某某规定

2024年5月10日 云州市人民政府公布

<!-- INFO END -->

第一条 依照《中华人民共和国民事诉讼法》第二百五十五条制定本规定。

第二条 违反前条的，依照本规定第三条处理。

第三条 本规定自2024年7月1日起施行。《云州市某某暂行办法》同时废止。
"""


def _shown(path: Path, *, as_json: bool = False) -> tuple[str, list[tuple[str, str]]]:
    """What is printed to a terminal, and what is said of what was not understood."""
    out = Console(file=StringIO(), force_terminal=not as_json, width=160, color_system="standard")
    said: list[tuple[str, str]] = []
    show = print_json if as_json else print_coloured
    inspect_file(path, lambda understood: show(out, understood), lambda *words: said.append(words))
    assert isinstance(out.file, StringIO)
    return out.file.getvalue(), said


def _json(folder: Path, text: str) -> dict[str, Any]:
    path = folder / "文书.txt"
    path.write_text(text, encoding="utf-8")
    shown, said = _shown(path, as_json=True)
    assert said == []
    loaded: dict[str, Any] = json.loads(shown)
    return loaded


def test_programs_get_everything_with_its_place_in_the_text(tmp_path: Path) -> None:
    found = _json(tmp_path, RULING)
    text = found["text"]
    assert text == RULING
    assert (found["kind"], found["case_number"]) == ("precedent", "（2023）岭0122执69号之一")
    assert (found["procedure"], found["court_level"]) == ("执行实施", "基层人民法院")
    for person in (*found["parties"], *found["representatives"], *found["officers"]):
        assert text[person["start"] : person["end"]] == person["name"]
    assert [party["role"] for party in found["parties"]] == ["申请执行人", "被执行人"]
    assert found["representatives"][0]["firm"] == "云州某律师事务所"
    cited = [(c["article"], c["paragraph"], text[c["start"] : c["end"]]) for c in found["citations"]]
    assert cited == [
        ("第二百五十一条", None, "《中华人民共和国民事诉讼法》第二百五十一条"),
        ("第二百五十二条", 1, "第二百五十二条第一款"),
    ]
    assert [number["number"] for number in found["case_numbers"]] == [
        "（2023）岭0122执69号之一",
        "（2022）岭0122民初300号",
    ]
    assert [amount["fen"] for amount in found["amounts"]] == [12_000_000]
    assert found["dates"][-1] == {"date": "2023-09-01", "start": text.index("二〇二三年九月一日")}
    assert found["enforcement"]["bases"][0]["number"] == "（2022）岭0122民初300号"
    assert [(m["kind"], m["ordered"], m["months"]) for m in found["enforcement"]["measures"]] == [
        ("查封", "2023-04-10", 24),
        ("拍卖", "2023-09-01", None),
    ]


def test_a_norm_shows_its_day_of_effect_what_it_refers_to_and_what_it_ends(tmp_path: Path) -> None:
    found = _json(tmp_path, NORM)
    assert (found["kind"], found["adopted"], found["effective"]) == ("policy", "2024-05-10", "2024-07-01")
    assert [repeal["law"] for repeal in found["repeals"]] == ["云州市某某暂行办法"]
    assert [(citation["law"], citation["article"]) for citation in found["citations"]] == [
        ("民事诉讼法", "第二百五十五条"),
        ("云州市某某规定", "第一条"),
        ("云州市某某规定", "第三条"),
    ]


def test_people_see_the_text_by_sections_in_colours_and_what_each_colour_means(tmp_path: Path) -> None:
    path = tmp_path / "裁定.txt"
    path.write_text(RULING, encoding="utf-8")
    shown, said = _shown(path)
    assert said == []
    assert "\x1b[1;32m张某\x1b[0m" in shown  # a party in its colour
    for words in (
        "审理经过",
        "裁判主文",
        "云州某律师事务所",
        "2023年4月10日作出",
        "判决书 （2022）岭0122民初300号",
    ):
        assert words in shown


def test_every_document_of_an_archive_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "卷.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("裁定.txt", RULING)
        archive.writestr("规定.md", NORM)
    shown, said = _shown(path, as_json=True)
    assert [json.loads(line)["id"] for line in shown.splitlines()] == ["卷.zip/裁定.txt", "卷.zip/规定.md"]
    assert said == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.txt", "", "文件是空的"),
        ("随笔.txt", "今天天气很好。", "看不出是裁判文书"),
        ("程序.exe", "MZ\x00\x00", ""),
    ],
    ids=["empty", "no legal document", "no document"],
)
def test_what_is_not_understood_is_said(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    shown, said = _shown(tmp_path / name, as_json=True)
    assert shown == ""
    ((where, why),) = said
    assert where == name
    assert reason in why


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="路径不存在"):
        _shown(tmp_path / "无.txt")


def test_marks_stand_in_order_and_each_says_what_it_is() -> None:
    understood: Understood = understand(RawDocument("裁定.txt", RULING))
    marks = marks_of(understood)
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)
    notes = {(mark.kind, RULING[mark.start : mark.end]): mark.note for mark in marks}
    assert notes["代理人", "李某"] == "张某的委托诉讼代理人 李某（云州某律师事务所）"
    assert notes["法条", "第二百五十二条第一款"] == (
        "《民事诉讼法》第二百五十二条第1款：引用的是2022年1月1日施行的版本第二百五十二条，"
        "现为第二百五十六条（2024年1月1日施行），仅序号改变"
    )
    assert notes["金额", "120000元"] == "120,000.00 元"
