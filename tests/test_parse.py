"""Each text is parsed as the kind of document that it is, and one that is none is refused."""

from datetime import date

import pytest

from ingest.parse import parse
from ingest.source import RawDocument
from legal.documents import JudicialDocument, PolicyText
from legal.errors import UnreadableFileError

NORM = "# 云州市甲规则\n\n2021年6月18日 通过\n\n<!-- INFO END -->\n\n第一条 张某可以申请。\n"
RULING = (
    "石桥县人民法院\n执行裁定书\n（2023）岭0122执5号\n\n申请执行人：张某。\n"
    "本院认为，应予准许。裁定如下：\n准许。\n"
)
CASE = "# 张某申请执行案\n\n## 基本案情\n\n张某申请。\n\n## 裁判要旨\n\n第一条 不是条文。\n"


def _kind(text: str, document_id: str = "甲.txt") -> type:
    return type(parse(RawDocument(document_id, text)))


KINDS = {
    "norm": (NORM, PolicyText),
    "norm without a mark": ("甲规则\n第一条 张某。\n第二条 李某。", PolicyText),
    "ruling": (RULING, JudicialDocument),
    "ruling that quotes an article on a line of its own": (
        RULING + "附：\n第二百三十六条 当事人可以提出异议。\n",
        JudicialDocument,
    ),
    "norm that names a court and a form of document in its head": (
        "# 执行文书规则\n\n石桥县人民法院 通过\n\n执行裁定书适用。\n\n<!-- INFO END -->\n\n第一条 甲。",
        PolicyText,
    ),
    "typical case": (CASE, JudicialDocument),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS)
def test_a_text_is_parsed_as_its_kind(text: str, kind: type) -> None:
    assert _kind(text) is kind


def test_markdown_without_articles_is_a_policy_text() -> None:
    assert _kind("# 甲通知\n\n请各法院落实。", "甲.md") is PolicyText


@pytest.mark.parametrize("document_id", ["甲.txt", "甲.jsonl/1"], ids=["plain text", "record"])
def test_a_text_without_any_sign_is_refused_with_a_reason(document_id: str) -> None:
    with pytest.raises(UnreadableFileError, match="看不出"):
        parse(RawDocument(document_id, "今天天气晴。"))


@pytest.mark.parametrize(
    "text", ["# 甲办法\n", "# 甲办法\n\n## 第一章\n", "---\na: 1\n---\n# 甲\n<!-- 注 -->\n"]
)
def test_a_norm_of_nothing_but_title_lines_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="只有标题"):
        parse(RawDocument("甲.md", text))


def test_a_text_of_facts_has_the_cause_as_its_title_and_no_number() -> None:
    document = parse(
        RawDocument("事实.jsonl/7", "经审理查明：张某向李某借款。", {"facts_of": "民间借贷纠纷"})
    )
    assert isinstance(document, JudicialDocument)
    assert (document.title, document.cause_of_action) == ("民间借贷纠纷", "民间借贷纠纷")
    assert document.case_number is None
    assert "".join(document.text[s.start : s.end] for s in document.sections) == document.text


def test_what_facts_say_of_another_case_is_not_their_own() -> None:
    text = "经审理查明：（2010）岭0122民初5号民事判决书由石桥县人民法院作出。二〇一一年三月五日张某还款。"
    document = parse(RawDocument("事实.jsonl/7", text, {"facts_of": "民间借贷纠纷"}))
    assert isinstance(document, JudicialDocument)
    assert (document.case_number, document.court, document.document_type) == (None, None, None)
    assert document.judgment_date is None


def test_facts_of_a_crime_have_its_charge() -> None:
    document = parse(
        RawDocument("事实.jsonl/8", "张某因离婚纠纷一案败诉，窃得现金。", {"facts_of": "盗窃罪"})
    )
    assert isinstance(document, JudicialDocument)
    assert document.cause_of_action == "盗窃罪"


def test_a_typical_case_takes_its_form_and_date_from_the_record() -> None:
    fields = {"document_type": "指导性案例", "judgment_date": "2024-01-02"}
    document = parse(RawDocument("指导.json", CASE, fields))
    assert isinstance(document, JudicialDocument)
    assert document.document_type == "指导性案例"
    assert document.judgment_date == date(2024, 1, 2)
    assert [section.label for section in document.sections] == ["基本案情", "裁判要旨"]
    assert not any(section.is_article for section in document.sections)


def test_a_typical_case_without_a_date_has_none() -> None:
    document = parse(RawDocument("案例/甲.md", CASE))
    assert isinstance(document, JudicialDocument)
    assert (document.document_type, document.judgment_date) == ("典型案例", None)


def test_a_record_with_a_date_that_is_none_is_still_taken_in() -> None:
    document = parse(RawDocument("指导.json", CASE, {"judgment_date": "2024年春"}))
    assert isinstance(document, JudicialDocument)
    assert document.judgment_date is None


def test_a_record_names_its_judgment_by_its_title() -> None:
    document = parse(RawDocument("甲.jsonl/1", RULING, {"title": "张某执行案"}))
    assert document.title == "张某执行案"
