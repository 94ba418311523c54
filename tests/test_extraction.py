"""The comparison of what ingest understands with labels made by hand, and the labels themselves."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluation.extraction import Count, over_judgments, over_labelled
from evaluation.extraction_items import Item, pairs
from evaluation.labelled_documents import LABELLED, PROJECT, LabelledDocument, absent_documents, read_labelled
from legal.enforcement import ACTIONS, MEASURES, OUTCOMES
from legal.errors import CollectionError

SECTIONS = {"首部", "审理经过", "诉称", "辩称", "查明", "本院认为", "裁判主文", "尾部"}
NOTICE = "石桥县人民法院\n执行通知书\n（2024）岭0122执8号\n\n被执行人：张某，男。\n\n二〇二四年三月一日\n"
JUDGMENTS = Path("../shared/corpora/judgments_criminal/judgments.jsonl")


def _labelled(folder: Path, labels: list[dict[str, Any]], facts: dict[str, str | None]) -> Path:
    text = folder / "通知.txt"
    text.write_text(NOTICE, encoding="utf-8")
    record = {
        "document": str(text),
        "sha256": hashlib.sha256(NOTICE.encode()).hexdigest(),
        "facts": facts,
        "labels": labels,
    }
    (folder / "通知.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return folder


def _label(quote: str, **values: Any) -> dict[str, Any]:
    return {"start": NOTICE.index(quote), "end": NOTICE.index(quote) + len(quote), **values}


def test_what_is_right_missed_and_invented_is_counted_by_kind(tmp_path: Path) -> None:
    labels = [
        _label("张某", kind="party", role="被执行人"),
        _label("石桥县", kind="party", role="申请执行人"),
    ]
    facts = {"court": "石桥县人民法院", "case_number": "（2024）岭0122执9号"}
    figures = over_labelled(read_labelled(_labelled(tmp_path, labels, facts)))
    assert figures.documents == 1
    assert figures.counts["party"] == Count(right=1, invented=0, missed=1)
    assert figures.counts["court"] == Count(right=1)
    assert figures.counts["case_number"] == Count(right=0, invented=1, missed=1)
    assert ("通知", "case_number", "漏 （2024）岭0122执9号") in figures.errors
    assert ("通知", "case_number", "误 （2024）岭0122执8号") in figures.errors


def test_a_document_that_changed_after_labelling_is_refused(tmp_path: Path) -> None:
    folder = _labelled(tmp_path, [], {})
    (folder / "通知.txt").write_text(NOTICE + "附：清单\n", encoding="utf-8")
    with pytest.raises(CollectionError, match="标注之后被改动"):
        list(read_labelled(folder))


def test_a_document_that_is_not_on_this_machine_is_named_and_left_out(tmp_path: Path) -> None:
    folder = _labelled(tmp_path, [], {})
    (folder / "通知.txt").unlink()
    assert list(read_labelled(folder)) == []
    assert absent_documents(folder) == [str(folder / "通知.txt")]


def _seizure(span: tuple[int, int] | None, thing: str | None = None) -> Item:
    named = str(span) if thing is None else thing
    return Item("measure", ("查封", "采取"), "查封", span, {"months": None}, named if span else "")


PAIRS = {
    "equal": ([_seizure((10, 20))], [_seizure((10, 20))], (1, 0, 0)),
    "half of the thing": ([_seizure((10, 20))], [_seizure((10, 15))], (1, 0, 0)),
    "less than half of the thing": ([_seizure((10, 20))], [_seizure((10, 14))], (0, 1, 1)),
    "another thing": ([_seizure((10, 20))], [_seizure((30, 40))], (0, 1, 1)),
    "only one names the thing": ([_seizure((10, 20))], [_seizure(None)], (1, 0, 0)),
    "the same thing in more words elsewhere": (
        [_seizure((10, 15), "江北路房屋")],
        [_seizure((90, 104), "坐落于石桥县江北路的住宅房屋")],
        (1, 0, 0),
    ),
    "a pointer to a thing named before": (
        [_seizure((10, 12), "该房")],
        [_seizure((90, 95), "江北路房屋")],
        (1, 0, 0),
    ),
    "each counts once": ([_seizure((10, 20))], [_seizure((10, 20)), _seizure((10, 20))], (1, 0, 1)),
    "the better fit is taken": (
        [_seizure((10, 20)), _seizure((12, 22))],
        [_seizure((12, 22)), _seizure((10, 20))],
        (2, 0, 0),
    ),
    "a section that is 89 of 100 long": (
        [Item("section", ("查明",), "查明", (0, 100))],
        [Item("section", ("查明",), "查明", (0, 89))],
        (0, 1, 1),
    ),
    "a section that is 90 of 100 long": (
        [Item("section", ("查明",), "查明", (0, 100))],
        [Item("section", ("查明",), "查明", (0, 90))],
        (1, 0, 0),
    ),
}


@pytest.mark.parametrize(("expected", "found", "counts"), PAIRS.values(), ids=PAIRS)
def test_items_are_the_same(expected: list[Item], found: list[Item], counts: tuple[int, int, int]) -> None:
    assert tuple(map(len, pairs(expected, found))) == counts


def test_applied_criminal_articles_are_measured_over_all_documents_together(tmp_path: Path) -> None:
    head = "石桥县人民法院 刑事判决书 （2024）岭0122刑初{n}号 公诉机关石桥县人民检察院。 被告人张某，男。 "
    tail = " 审判员 李某 二〇二四年三月一日"
    reason = (
        "经审理查明，张某盗窃。 本院认为，其行为构成盗窃罪。"
        "依照《中华人民共和国刑法》{a}之规定，判决如下： 一、有罪。"
    )
    first = head.format(n=1) + reason.format(a="第二百六十四条、第五十二条") + tail
    second = head.format(n=2) + reason.format(a="第二百八十七条之二") + tail
    records = [{"fd": first, "la": [264, 67]}, {"fd": second, "la": [287]}]
    path = tmp_path / "判决.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    figures = over_judgments(path)
    assert (figures.documents, figures.precision, figures.recall) == (2, 2 / 3, 2 / 3)
    assert (figures.reasoning, figures.operative_part, figures.findings) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("content", ['{"fd": "文"}', "不是 JSON", '{"fd": "文", "la": ["甲"]}', ""])
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError):
        over_judgments(path)


@pytest.mark.skipif(not JUDGMENTS.exists(), reason="../shared is absent")
def test_the_articles_that_criminal_judgments_apply_are_told_from_those_cited_or_annexed() -> None:
    figures = over_judgments(JUDGMENTS)
    assert figures.precision >= 0.97
    assert figures.recall >= 0.97
    assert figures.reasoning >= 0.98
    assert figures.operative_part >= 0.98
    assert figures.findings == 1.0


def _records() -> dict[str, dict[str, Any]]:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(LABELLED.glob("*.json"))
    }


@cache
def _documents() -> dict[str, LabelledDocument]:
    return {document.name: document for document in read_labelled()}


def test_sixty_documents_are_labelled_and_thirty_of_them_are_of_enforcement() -> None:
    records = _records().values()
    enforcing = [r for r in records if any(label["kind"] in {"outcome", "measure"} for label in r["labels"])]
    assert len(records) >= 60
    assert len(enforcing) >= 30


@pytest.mark.parametrize("name", _records())
def test_the_labels_use_the_agreed_words_and_stand_in_the_text(name: str) -> None:
    record = _records()[name]
    held = (PROJECT / record["document"]).exists()
    if not held:
        pytest.skip("the document is in ../shared, which is absent")
    document = _documents()[name]
    text, end = document.document.text, 0
    for label in document.labels:
        words = text[label.start : label.end]
        assert words.strip() == words != "", label
        if label.kind == "section":
            assert label.values["label"] in SECTIONS
            assert label.start >= end
            assert not text[end : label.start].strip()
            end = label.end
        if label.kind == "measure":
            assert label.values["measure"] in MEASURES
            assert label.values["action"] in ACTIONS
            assert label.values["rank"] in {None, "首封", "轮候"}
        if label.kind == "outcome":
            assert label.values["outcome"] in OUTCOMES
    assert end in {0, len(text.rstrip())}
