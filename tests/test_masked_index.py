"""An index made with --mask holds no name, number or address of a person, wherever it is looked for."""

import json
from pathlib import Path

import pytest
from ingest_examples import documents, run

from legal.errors import IndexMismatchError
from search.manifest import read_manifest
from search.store import EmbeddedStore

PERSONAL = ("张三丰", "李四光", "11010519491231002X", "13912345678", "6222021234567890123", "桃园路五号")


def ruling(number: int, respondent: str = "李四光") -> str:
    return (
        f"石桥县人民法院\n执行裁定书\n（2023）岭0122执{number}号\n\n"
        "申请执行人：张三丰，男，1949年12月31日出生，汉族，公民身份号码11010519491231002X，"
        "住石桥县城关镇桃园路五号，联系电话13912345678。\n"
        f"被执行人：{respondent}，女，汉族。\n\n"
        f"本院在执行张三丰与{respondent}买卖合同纠纷一案中，冻结{respondent}账户6222021234567890123。\n"
        "本院认为，应予准许，裁定如下：\n准许。\n审判员　王某某\n二〇二三年五月六日\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "张三丰诉李四光案卷"
    root.mkdir()
    (root / "张三丰诉李四光买卖合同纠纷.txt").write_text(ruling(1), "utf-8")
    records = [{"id": "张三丰诉李四光", "title": "张三丰诉李四光案", "text": ruling(2)}, {"没有": "张三丰"}]
    (root / "裁定.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), "utf-8")
    return root


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_nothing_personal_is_in_documents_passages_or_the_bytes_of_the_index(
    folder: Path, index: Path
) -> None:
    report = run(index, folder, masked=True)
    assert report.documents.total() == 2
    store = EmbeddedStore.open(index)
    held = [json.dumps(vars_of(d), ensure_ascii=False) for d in store.keywords.documents()]
    held += [json.dumps([p.id, p.text, dict(p.meta)], ensure_ascii=False) for p in store.passages()]
    held += [(index / "manifest.json").read_text("utf-8")]
    for value in PERSONAL:
        assert not [text for text in held if value in text], value
        assert not [f.name for f in (index / "keywords").iterdir() if value.encode() in f.read_bytes()], value


def vars_of(document: object) -> dict[str, object]:
    return {name: str(getattr(document, name)) for name in document.__slots__}  # type: ignore[attr-defined]


def test_the_marks_are_found_and_the_case_is_still_understood(folder: Path, index: Path) -> None:
    run(index, folder, masked=True)
    store = EmbeddedStore.open(index)
    found = {p.meta["case_number"] for _, p in store.keyword_search("张某 李某 买卖合同纠纷", limit=20)}
    assert found == {"（2023）岭0122执1号", "（2023）岭0122执2号"}
    (document,) = store.keywords.documents(store.keywords.term("case_number", "（2023）岭0122执1号"))
    assert document.meta["parties"] == [
        {"role": "申请执行人", "name": "张某"},
        {"role": "被执行人", "name": "李某"},
    ]


def test_a_second_run_knows_the_files_again_by_their_hashes(folder: Path, index: Path) -> None:
    run(index, folder, masked=True)
    before = documents(index)
    report = run(index, folder, masked=True)
    assert (report.unchanged, report.documents.total()) == (2, 0)
    assert documents(index) == before


def test_files_whose_names_are_one_after_masking_are_both_kept(tmp_path: Path, index: Path) -> None:
    for number, name in enumerate(("李四光", "李明珠"), start=1):
        (tmp_path / f"{name}.txt").write_text(ruling(number, name), "utf-8")
    report = run(index, tmp_path / "李四光.txt", tmp_path / "李明珠.txt", masked=True)
    assert report.failures == []
    assert len(documents(index)) == 2


def test_a_masked_index_stays_masked_whatever_the_next_run_says(folder: Path, index: Path) -> None:
    run(index, folder, masked=True)
    (folder / "新.txt").write_text(ruling(3), "utf-8")
    run(index, folder)
    assert not [p for p in EmbeddedStore.open(index).passages() if "张三丰" in p.text]
    manifest = read_manifest(index)
    assert manifest is not None
    assert manifest.masked


def test_an_index_with_documents_as_they_were_cannot_become_masked(folder: Path, index: Path) -> None:
    run(index, folder)
    with pytest.raises(IndexMismatchError, match="另建脱敏索引"):
        run(index, folder, masked=True)


def test_an_empty_index_can_become_masked(folder: Path, index: Path) -> None:
    EmbeddedStore.open_or_create(index)
    assert run(index, folder, masked=True).documents.total() == 2
