"""The report on similar cases: what courts ask for, alike in Word and PDF, blanks for what a person says."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from ingest_examples import run
from search_examples import case, put
from typer.testing import CliRunner

from app.cli import app
from app.similar_command import weights_of
from app.similar_report import Blank, Grid, Paragraph, Report, excerpt, report_of
from app.similar_report_pdf import pdf_bytes
from app.similar_report_word import word_bytes
from app.similar_source import case_of_id
from app.similar_wording import articles_text, precedence_text, recent_text
from legal.errors import InputError
from search.service import SearchService
from search.similar_cases import SimilarRequest, SimilarResult
from search.store import EmbeddedStore
from tasks.model import SHANGHAI

MADE = datetime(2025, 3, 4, 9, 30, tzinfo=SHANGHAI)
FACTS = "经审查查明，案涉房屋是被执行人名下唯一住房，法院裁定拍卖"
RULING = """云州市东湖区人民法院
执行裁定书
（2024）云0102执异{number}号

异议人（被执行人）：罗某，女，住云州市东湖区。
申请执行人：陈某，男，住云州市东湖区。

本院在执行陈某与罗某民间借贷纠纷一案中，罗某提出书面异议，本院立案审查。

罗某称，{claim}，请求停止拍卖。

经审查查明，{facts}。

本院认为，{reason}。依照《中华人民共和国民事诉讼法》第二百三十六条，裁定如下：

驳回罗某的异议请求。

二〇二四年三月五日
"""


def ruling(number: int, facts: str = "房屋登记在罗某名下", reason: str = "唯一住房并非不得执行") -> str:
    return RULING.format(number=number, claim="该房屋是唯一住房", facts=facts, reason=reason)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("similar")
    corpus = folder / "裁判文书"
    corpus.mkdir()
    (corpus / "一.txt").write_text(ruling(1), "utf-8")
    (corpus / "二.txt").write_text(ruling(2, "房屋已出租给第三人", "租赁权不能对抗申请执行人"), "utf-8")
    (corpus / "三.txt").write_text(ruling(3, "房屋面积较大", "保留必需居住条件即可执行 <b>"), "utf-8")
    (corpus / "办法.md").write_text(
        "# 甲办法\n\n2021年6月18日 通过\n\n<!-- INFO END -->\n\n第一条 本办法施行。", "utf-8"
    )
    assert run(folder / "index", corpus).failures == []
    return folder / "index"


@pytest.fixture(scope="module")
def asked(index: Path) -> tuple[SimilarRequest, SimilarResult]:
    service = SearchService(EmbeddedStore.open(index), None)
    request = SimilarRequest(case_of_id(service, "一.txt"), choices={"year": [2024]})
    return request, service.similar(request)


@pytest.fixture(scope="module")
def report(asked: tuple[SimilarRequest, SimilarResult]) -> Report:
    return report_of(*asked, MADE)


def said(report: Report) -> str:
    """All that a report says, a row of a table on a line."""
    lines = []
    for block in report.blocks:
        if isinstance(block, Grid):
            lines += [" | ".join(row) for row in block.rows]
        else:
            lines.append(block.label if isinstance(block, Blank) else block.text)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("检索主体 | （由检索人填写", id="who, left to the person"),
        pytest.param("检索问题 | 与“云州市东湖区人民法院 执行裁定书 （2024）云0102执异1号”在", id="question"),
        pytest.param("检索时间 | 2025年3月4日 09:30", id="when"),
        pytest.param("检索平台 | 律执", id="where"),
        pytest.param("裁判文书 3 份", id="index version with its number of judgments"),
        pytest.param("（裁判文书）；限于年份：2024", id="scope"),
        pytest.param("检索方法 | 关键词检索", id="how"),
        pytest.param("案号 | （2024）云0102执异1号", id="the pending case"),
        pytest.param("1 | 云州市东湖区人民法院\n（2024）云0102执异", id="court and number of a found case"),
        pytest.param("顺位 | 第四顺位：本院的裁判", id="rank by the opinion of 2020"),
        pytest.param("裁判要点 | 租赁权不能对抗申请执行人。（摘自裁判理由原文）", id="gist"),
        pytest.param(
            "相同之处 | 案由相同（民间借贷纠纷）；共同适用《民事诉讼法》第二百三十六条", id="how it bears"
        ),
        pytest.param("合计 |  |  | ", id="why it ranks there"),
        pytest.param("裁判结果 | 驳回异议", id="outcome"),
        pytest.param("来源 | 裁判文书/二.txt", id="source"),
    ],
)
def test_the_report_holds_what_courts_ask_for(report: Report, line: str) -> None:
    assert line in said(report)


def test_what_only_a_person_can_say_is_left_blank(report: Report) -> None:
    blanks = [block.label for block in report.blocks if isinstance(block, Blank)]
    for asked_for in ("争议焦点", "是否参照", "是否生效", "结果运用", "签名", "日期"):
        assert any(asked_for in label for label in blanks), asked_for


def test_the_parts_of_the_score_add_up(report: Report) -> None:
    grids = [b for b in report.blocks if isinstance(b, Grid) and b.rows[0][0] == "排序依据"]
    assert len(grids) == 2
    for grid in grids:
        assert sum(float(row[3]) for row in grid.rows[1:-1]) == pytest.approx(
            float(grid.rows[-1][3]), abs=0.003
        )


def test_nothing_stands_in_the_report_as_the_gist_that_the_judgment_does_not_say(
    asked: tuple[SimilarRequest, SimilarResult],
) -> None:
    for found in asked[1].found:
        assert found.gist
        for part in found.gist.split("……"):
            assert part in found.document.text


def test_word_and_pdf_say_the_same(report: Report) -> None:
    document = docx.Document(BytesIO(word_bytes(report)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    word = "".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    pdf = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf_bytes(report)))
    squeezed = re.sub(r"\s", "", pdf)
    for block in report.blocks:
        texts = [text for row in block.rows for text in row] if isinstance(block, Grid) else []
        texts += [block.text] if isinstance(block, Paragraph) else []
        for text in texts:
            assert text in word
            for piece in re.findall(r"[一-鿿]{2,12}", text):
                assert piece in squeezed, piece
    assert "保留必需居住条件即可执行<b>" in squeezed


def test_a_cell_longer_than_a_page_goes_over_several() -> None:
    long = Report(
        "长", MADE, (Grid((0.2, 0.8), (("裁判要点", "保留必需的居住条件。" * 400),), headed=False),)
    )
    assert len(pypdfium2.PdfDocument(pdf_bytes(long))) > 1


def test_control_characters_in_a_case_do_not_break_the_reports(
    asked: tuple[SimilarRequest, SimilarResult],
) -> None:
    request, result = asked
    odd = replace(result, case=replace(result.case, title="异\x01议", dispute="能否\x07拍卖\x13\uffff"))
    made = report_of(request, odd, MADE)
    assert word_bytes(made).startswith(b"PK")
    assert pdf_bytes(made).startswith(b"%PDF")


@pytest.mark.parametrize(
    "text", [pytest.param("四" * 1_500, id="a long text"), pytest.param("四\n" * 200, id="many lines")]
)
def test_a_narrow_cell_longer_than_a_page_goes_over_several(text: str) -> None:
    rows = (("序号", "案由", "裁判要点"), ("一", "二", text))
    assert len(pypdfium2.PdfDocument(pdf_bytes(Report("长", MADE, (Grid((0.7, 0.14, 0.16), rows),))))) > 1


def test_a_report_on_nothing_found_says_so(tmp_path: Path) -> None:
    store = EmbeddedStore.in_memory()
    put(store, case("甲", "云州市人民法院（2023）云01执异1号", {"查明": FACTS}, day="2023-05-06"))
    service = SearchService(store, None)
    request = SimilarRequest(case_of_id(service, "甲"))
    report = report_of(request, service.similar(request), MADE)
    assert "没有检索到可以比对的案件" in said(report)
    assert pdf_bytes(report).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("meta", "court", "said"),
    [
        pytest.param({"document_type": "指导性案例"}, None, "第一顺位", id="guiding case"),
        pytest.param({"court": "最高人民法院"}, None, "第二顺位", id="supreme court"),
        pytest.param(
            {"court": "云岭省高级人民法院"}, "云岭省石桥县人民法院", "第三顺位", id="own high court"
        ),
        pytest.param(
            {"court": "云岭省高级人民法院"}, "石桥县人民法院", "待核实", id="province not in the name"
        ),
        pytest.param({"court": "石桥县人民法院"}, "石桥县人民法院", "第四顺位", id="own court"),
        pytest.param({"court": "石桥县人民法院"}, None, "待核实", id="pending court unknown"),
        pytest.param({}, "石桥县人民法院", "待核实", id="court unknown"),
    ],
)
def test_the_rank_of_a_case_is_told_as_far_as_names_can(
    asked: tuple[SimilarRequest, SimilarResult], meta: dict[str, str], court: str | None, said: str
) -> None:
    from dataclasses import replace

    found = asked[1].found[0]
    shown = replace(found, document=replace(found.document, meta=meta))
    assert precedence_text(shown, court).startswith(said)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        pytest.param(date(2022, 3, 4), "近三年内", id="to the day"),
        pytest.param(date(2022, 3, 3), "超过三年", id="a day earlier"),
        pytest.param(None, "日期未载明", id="unknown"),
    ],
)
def test_recent_is_within_three_years(day: date | None, said: str) -> None:
    assert recent_text(day, date(2025, 3, 4)) == said


def test_three_years_end_on_the_same_day_of_the_month() -> None:
    assert recent_text(date(2023, 3, 28), date(2026, 3, 31)) == "超过三年"
    assert recent_text(date(2023, 3, 31), date(2026, 3, 31)) == "近三年内"


def test_three_years_before_the_last_of_february_are_counted() -> None:
    assert recent_text(date(2021, 2, 28), date(2024, 2, 29)) == "近三年内"


def test_articles_of_one_law_stand_together() -> None:
    ids = ["刑法#第二百六十四条", "甲法#第一条", "刑法#第六十七条"]
    assert articles_text(ids) == "《刑法》第二百六十四条、第六十七条；《甲法》第一条"


def test_an_excerpt_ends_with_a_sentence() -> None:
    assert excerpt("甲" * 200 + "。" + "乙" * 200) == "甲" * 200 + "。……"
    assert excerpt(" 短\n文 ") == "短 文"


def test_a_document_that_is_not_here_and_a_norm_are_refused(index: Path) -> None:
    service = SearchService(EmbeddedStore.open(index), None)
    with pytest.raises(InputError, match="没有编号"):
        case_of_id(service, "没有.txt")
    with pytest.raises(InputError, match="法规没有类案"):
        case_of_id(service, "办法.md")


@pytest.mark.parametrize("written", ["facts", "facts=很多", "判决=1", "facts=-1"])
def test_weights_that_make_no_sense_are_refused(written: str) -> None:
    with pytest.raises(InputError):
        weights_of(written)


def test_weights_that_are_not_written_stay_as_they_are() -> None:
    weights = weights_of("facts=0.5，cause=0")
    assert (weights.facts, weights.cause, weights.articles) == (0.5, 0.0, weights_of("").articles)


def test_the_command_lists_the_cases_and_writes_both_reports(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LVZHI_INDEX", str(index))
    monkeypatch.setenv("LVZHI_ENCODER", "none")
    (tmp_path / "裁定.txt").write_text(ruling(1), "utf-8")
    target = tmp_path / "报告"
    done = CliRunner().invoke(app, ["similar", str(tmp_path / "裁定.txt"), "--report", str(target), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)["found"]
    assert {hit["id"] for hit in found} == {"二.txt", "三.txt"}
    assert [file.suffix for file in sorted(target.iterdir())] == [".docx", ".pdf"]
    by_id = CliRunner().invoke(app, ["similar", "二.txt", "--id", "--weights", "facts=1"])
    assert "排序" not in by_id.stdout
    assert "1. 云州市东湖区人民法院" in by_id.stdout
    assert "要点：" in by_id.stdout
