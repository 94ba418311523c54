"""The portal says where a text was recognised from a scan, what was left out, and what says the same."""

from pathlib import Path

import pytest
from ingest_examples import ruling, run

from app.reading_head import copies_html, particulars, recognised
from app.search_cards import cards
from search.passage import StoredDocument
from search.service import SearchRequest, SearchService
from search.store import EmbeddedStore


def _document(**meta: object) -> StoredDocument:
    return StoredDocument("扫描.pdf", "precedent", "裁定", "正文", (), meta, "扫描.pdf", "资料", "a/b/", "0")


def test_a_recognised_document_names_each_page_and_how_surely_it_was_read() -> None:
    pages = [
        {"number": 1, "start": 0, "end": 1, "confidence": 0.974},
        {"number": 2, "start": 1, "end": 2, "confidence": None},
        {"number": 3, "start": 2, "end": 2, "confidence": 0.88},
    ]
    html = recognised(_document(pages=pages))
    assert "第 1 页 97%，第 3 页 88%" in html
    assert "核对原件" in html


@pytest.mark.parametrize("meta", [{}, {"pages": [{"number": 1, "start": 0, "end": 2, "confidence": None}]}])
def test_a_document_with_a_text_of_its_own_has_no_such_warning(meta: dict[str, object]) -> None:
    assert recognised(_document(**meta)) == ""


def test_what_was_left_out_of_a_text_is_said() -> None:
    assert "页码 12 处，页眉“某律师事务所”12 处" in particulars(
        _document(left_out=["页码 12 处", "页眉“某律师事务所”12 处"])
    )


def test_documents_that_say_the_same_are_counted_on_the_card_and_listed_above_the_text(
    tmp_path: Path,
) -> None:
    for name in ("甲.txt", "乙<b>.txt", "丙.txt"):
        (tmp_path / name).write_text(ruling(1), "utf-8")
    run(tmp_path / "index", *(tmp_path / name for name in ("甲.txt", "乙<b>.txt", "丙.txt")))
    service = SearchService(EmbeddedStore.open(tmp_path / "index"), None)
    result = service.search(SearchRequest("查封房屋"))
    assert "另有 2 份相同文书" in cards(result)
    document = service.document("甲.txt")
    assert document is not None
    listed = copies_html(service.copies(document))
    assert "内容相同的文书（2）" in listed
    assert "丙.txt" in listed
    assert "乙&lt;b&gt;.txt" in listed
    assert copies_html([]) == ""
