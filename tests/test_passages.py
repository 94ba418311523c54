"""Documents become passages: one for an article, some for a long section, none across two."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse_judicial import parse_judicial
from ingest.parse_policy import parse_policy
from ingest.passages import TARGET, WINDOW, entry_of, split
from ingest.source import Page, RawDocument
from legal.documents import Document, Section
from search.passage import NUMBER_FIELDS, TEXT_FIELDS, Entry
from search.place import Origin

NORM = """# 云州市甲规则

2021年6月18日 云州市中级人民法院审判委员会通过

2021年7月1日 施行

<!-- INFO END -->

为保护张某，制定本规则。

## 第一章 总则

第一条 张某可以申请。

第一条 第二个第一条。
"""
RULING = """石桥县人民法院
执行裁定书
（2023）岭0122执5号

申请执行人：张某。

本院在执行张某与李某买卖合同纠纷一案中，查封房屋。
本院认为，依照《民事诉讼法》第二百五十五条，应予准许，裁定如下：
准许。
二〇二三年五月六日
"""


def _entry(document: Document, document_id: str, source: str, pages: tuple[Page, ...] = ()) -> Entry:
    raw = RawDocument(document_id, document.text, pages=pages, left_out=("页码 2 处",))
    return entry_of(document, raw, Origin(source, "资料", "a/b/", "0" * 64))


@pytest.fixture(scope="module")
def norm() -> Entry:
    return _entry(parse_policy(NORM, "规则/甲.md"), "规则/甲.md", "规则/甲.md")


@pytest.fixture(scope="module")
def ruling() -> Entry:
    return _entry(parse_judicial(RULING), "裁定.jsonl/1", "裁定.jsonl")


def test_the_id_of_a_passage_is_its_document_and_label(norm: Entry) -> None:
    assert [passage.id for passage in norm.passages] == [
        "规则/甲.md#引言",
        "规则/甲.md#第一条",
        "规则/甲.md#第一条~2",
    ]


def test_an_article_passage_says_what_it_is_and_where(norm: Entry) -> None:
    assert dict(norm.passages[1].meta) == {
        "kind": "policy",
        "law": "云州市甲规则",
        "issuing_body": "云州市中级人民法院",
        "authority_level": "规范性文件",
        "adopted": "2021-06-18",
        "effective": "2021-07-01",
        "document_id": "规则/甲.md",
        "title": "云州市甲规则",
        "year": 2021,
        "day": 20210618,
        "law_day": 20210701,
        "label": "第一条",
        "heading": "第一章 总则",
        "start": NORM.index("第一条 张某"),
        "end": NORM.index("第一条 张某") + len("第一条 张某可以申请。"),
        "article": "第一条",
    }


def test_a_preamble_is_no_article(norm: Entry) -> None:
    assert "article" not in norm.passages[0].meta


def test_a_judicial_passage_carries_the_case(ruling: Entry) -> None:
    meta = ruling.passages[0].meta
    assert meta["kind"] == "precedent"
    assert meta["case_number"] == "（2023）岭0122执5号"
    assert meta["court"] == "石桥县人民法院"
    assert meta["court_level"] == "基层人民法院"
    assert meta["document_type"] == "执行裁定书"
    assert meta["cause_of_action"] == "买卖合同纠纷"
    assert meta["judgment_date"] == "2023-05-06"
    assert (meta["year"], meta["day"]) == (2023, 20230506)


def test_the_document_is_kept_whole_with_its_source(ruling: Entry) -> None:
    document = ruling.document
    assert (document.id, document.source, document.folder) == ("裁定.jsonl/1", "裁定.jsonl", "资料")
    assert (document.place, document.sha256) == ("a/b/", "0" * 64)
    assert document.text == RULING
    assert document.meta["cited_articles"] == ["民事诉讼法#第二百五十五条"]
    assert document.meta["parties"] == [{"role": "申请执行人", "name": "张某"}]


def test_a_passage_says_on_which_page_it_begins_and_how_surely_its_pages_were_recognised() -> None:
    cut = RULING.index("本院认为") + 4
    pages = (Page(1, 0, cut, 0.97), Page(2, cut, len(RULING), 0.91))
    entry = _entry(parse_judicial(RULING), "裁定.pdf", "裁定.pdf", pages)
    on = {p.meta["label"]: (p.meta["page"], p.meta["confidence"]) for p in entry.passages}
    assert on["审理经过"] == (1, 0.97)
    assert on["本院认为"] == (1, 0.91)
    assert on["裁判主文"] == (2, 0.91)
    assert [page["number"] for page in entry.document.meta["pages"]] == [1, 2]


def test_what_a_reader_left_out_is_kept_with_the_document(ruling: Entry) -> None:
    assert ruling.document.meta["left_out"] == ["页码 2 处"]


def test_what_is_not_known_is_left_out() -> None:
    entry = _entry(parse_judicial("张某向李某借款。"), "甲", "甲")
    unknown = {"court", "court_level", "case_number", "cause_of_action", "judgment_date", "year", "day"}
    assert not unknown & set(entry.passages[0].meta)
    assert None not in entry.passages[0].meta.values()


def test_the_fields_of_the_index_have_the_types_that_it_takes(norm: Entry, ruling: Entry) -> None:
    for passage in (*norm.passages, *ruling.passages):
        assert all(isinstance(passage.meta[name], str) for name in TEXT_FIELDS if name in passage.meta)
        assert all(isinstance(passage.meta[name], int) for name in NUMBER_FIELDS if name in passage.meta)


def test_every_passage_slices_back_to_the_text(norm: Entry, ruling: Entry) -> None:
    for entry in (norm, ruling):
        for passage in entry.passages:
            assert entry.document.text[passage.meta["start"] : passage.meta["end"]] == passage.text


def _article_passages(article: str) -> list[str]:
    entry = _entry(parse_policy(f"# 甲\n{article}", "甲.md"), "甲.md", "甲.md")
    assert "".join(p.text for p in entry.passages) == article
    assert [p.id for p in entry.passages] == [
        f"甲.md#第一条{f'~{number}' if number > 1 else ''}" for number in range(1, len(entry.passages) + 1)
    ]
    assert {p.meta["article"] for p in entry.passages} == {"第一条"}
    return [p.text for p in entry.passages]


def test_an_article_that_an_encoder_reads_at_once_stays_one_passage() -> None:
    assert len(_article_passages("第一条 " + "张某可以申请。" * 91)) == 1


def test_a_longer_article_is_split_between_its_sentences_and_keeps_its_label() -> None:
    first, second = _article_passages("第一条 " + "张某可以申请。" * 120)
    assert first.endswith("。")
    assert second.startswith("张某")
    assert len(first) <= WINDOW


def test_a_longer_article_is_split_between_its_paragraphs_and_items_and_never_inside_an_item() -> None:
    head = "第一条 有下列情形之一的，不予受理：\n\n"
    items = [f"（{number}）{'甲方；乙方。' * 40}\n\n" for number in "一二三四"]  # 249 code points each
    last = "前款规定自公布之日起适用。" * 2
    assert _article_passages(head + "".join(items) + last) == [
        head + items[0] + items[1],
        items[2] + items[3] + last,
    ]


def test_the_points_below_an_item_stay_with_it() -> None:
    item = "（一）达到下列标准之一的：\n\n" + "".join(f"{n}.{'数量较大。' * 40}\n\n" for n in (1, 2, 3))
    other = "（二）" + "其他情形。" * 30
    assert _article_passages("第一条 从重：\n\n" + item + other) == ["第一条 从重：\n\n" + item, other]


def test_an_item_longer_than_an_encoder_reads_stays_whole() -> None:
    item = "（一）" + "甲方应当付款；" * 300
    assert _article_passages("第一条 从轻：\n" + item) == ["第一条 从轻：\n", item]


def test_a_long_section_becomes_numbered_passages_of_whole_sentences() -> None:
    sentence = "张某与李某签订合同，约定于月底付款。"
    entry = _entry(parse_judicial(sentence * 60), "甲", "甲")
    assert [passage.id for passage in entry.passages] == ["甲#首部", "甲#首部~2", "甲#首部~3"]
    assert all(passage.text.startswith("张某") and passage.text.endswith("。") for passage in entry.passages)
    assert all(len(passage.text) <= TARGET for passage in entry.passages)


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    text = "甲" * (TARGET - 20) + "，张某说：“不还。”李某不答" + "乙" * 40 + "。"
    spans = list(split(text, Section("首部", "", 0, len(text))))
    assert [text[start:end][-2:] for start, end in spans] == ["。”", "乙。"]


def test_a_sentence_without_an_end_is_cut() -> None:
    text = "甲" * (5 * TARGET + 7)
    spans = list(split(text, Section("首部", "", 0, len(text))))
    assert max(end - start for start, end in spans) <= 2 * TARGET
    assert spans[0] == (0, TARGET)


_RUNS = st.tuples(st.sampled_from("甲乙。；！\n”，"), st.integers(1, 400)).map(lambda run: run[0] * run[1])


@given(st.lists(_RUNS, min_size=1, max_size=12).map("".join), st.integers(0, 30), st.integers(0, 30))
def test_the_spans_of_a_section_cover_it_without_overlap(body: str, before: int, after: int) -> None:
    text = "前" * before + body + "后。" * after
    section = Section("查明", "", before, before + len(body))
    spans = list(split(text, section))
    assert spans[0][0] == section.start
    assert spans[-1][1] == section.end
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert all(0 < end - start <= 2 * TARGET for start, end in spans)
