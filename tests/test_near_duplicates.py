"""Documents that say nearly the same are joined and shown once; versions and series of cases are not."""

import re
from pathlib import Path

import pytest
from ingest_examples import norm, run

from ingest.source import Notice
from search.fingerprint import SIZE, fingerprint_of, resemblance
from search.service import SearchRequest, SearchService
from search.store import EmbeddedStore

FACTS = (
    "本院在执行某公司与张某买卖合同纠纷一案中，责令被执行人履行生效法律文书确定的义务，但被执行人至今未履行。"
    "经查，被执行人名下有位于石桥县东街的房屋一处，轮候查封在先，另有货车一辆下落不明，银行存款余额不足以清偿。"
    "申请执行人提出续行查封的申请，并提供了被执行人在某合作社持有股份的线索，本院依法向该社送达协助执行通知书。"
    "该社复函称股份已于二〇二二年十一月质押给案外人，质押登记手续齐全，变价须以优先债权受偿为前提。"
)


def ruling(number: int, facts: str = FACTS, kind: str = "执行裁定书") -> str:
    return (
        f"石桥县人民法院\n{kind}\n（2023）岭0122执{number}号\n\n申请执行人：某公司。\n被执行人：张某。\n\n{facts}\n"
        "本院认为，续行查封的申请符合法律规定，应予准许，裁定如下：\n续行查封张某名下房屋一处，期限三年。\n"
        "二〇二三年五月六日\n"
    )


def law(day: str, articles: int = 30, changed: str = "") -> str:
    texts = [f"当事人在第{n}种情形下申请执行，应当提交第{n}类材料并说明理由。" for n in range(articles)]
    return norm("某省执行规则", *texts[:-1], changed or texts[-1]).replace("2021年6月18日", day)


def _recognised(text: str) -> str:
    """As OCR gives it: other line breaks and spaces, and one character in a hundred wrong."""
    characters = [c for c in text if c != "\n"]
    characters[20::100] = "口" * len(characters[20::100])
    return "".join(f"{c}\n" if n % 28 == 27 else c for n, c in enumerate(characters))


def _index(tmp_path: Path, **files: str) -> tuple[EmbeddedStore, list[Notice]]:
    folder = tmp_path / "资料"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    report = run(tmp_path / "index", folder)
    assert report.failures == []
    return EmbeddedStore.open(tmp_path / "index"), report.joined


def _shown(store: EmbeddedStore, text: str) -> list[tuple[str, int]]:
    hits = SearchService(store, None).search(SearchRequest(text, limit=50)).hits
    return [(hit.document_id, hit.copies) for hit in hits]


JOINED = {
    "the same text": (ruling(5), ruling(5)),
    "other line breaks and spaces": (ruling(5), ruling(5).replace("，", "，\n")),
    "a scan with one wrong character in a hundred": (ruling(5), ruling(5)[:60] + _recognised(ruling(5)[60:])),
    "a heading put before it by a database": (ruling(5), f"裁判文书数据\n浏览次数 12\n{ruling(5)}"),
    "one version of a law": (law("2021年6月18日"), law("2021年6月18日").replace("说明理由", "说明 理由")),
}

APART = {
    "two cases of one series": (ruling(5), ruling(6)),
    "judgment and ruling of one case": (ruling(5), ruling(5, "原告请求给付货款。", "民事判决书")),
    "two versions of a law": (law("2021年6月18日"), law("2023年6月18日", changed="本规则自公布之日起施行。")),
    "the same words on two days": (law("2021年6月18日"), law("2023年6月18日")),
}


@pytest.mark.parametrize(("one", "other"), JOINED.values(), ids=JOINED)
def test_near_duplicates_are_joined_reported_and_shown_once(tmp_path: Path, one: str, other: str) -> None:
    store, joined = _index(tmp_path, 一=one, 二=other)
    assert [(notice.where, "一.txt" in notice.reason) for notice in joined] == [("二.txt", True)]
    shown = _shown(store, "查封房屋 提交材料")
    assert {copies for _, copies in shown} == {1}
    articles = len(re.findall(r"第.{1,4}条 ", one))
    assert len(shown) == max(1, articles)


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART)
def test_what_only_looks_alike_stays_apart(tmp_path: Path, one: str, other: str) -> None:
    store, joined = _index(tmp_path, 一=one, 二=other)
    assert joined == []
    shown = _shown(store, "续行查封 说明理由 给付货款")
    assert {document for document, _ in shown} == {"一.txt", "二.txt"}
    assert {copies for _, copies in shown} == {0}


def test_undated_versions_of_a_law_are_joined_only_where_they_are_equal(tmp_path: Path) -> None:
    one = law("").replace(" 通过", "")
    store, joined = _index(tmp_path, 一=one, 二=one.replace("第7类", "第七十类"), 三=one)
    assert [(notice.where, notice.reason[:9]) for notice in joined] == [("三.txt", "内容与 一.txt")]
    assert len(store.versions()["某省执行规则"]) == 3


def test_a_third_copy_joins_the_same_group_in_a_later_run(tmp_path: Path) -> None:
    _index(tmp_path, 一=ruling(5), 二=ruling(5))
    (tmp_path / "资料" / "三.txt").write_text(ruling(5) + "\n附：本院地址。\n", "utf-8")
    run(tmp_path / "index", tmp_path / "资料")
    service = SearchService(EmbeddedStore.open(tmp_path / "index"), None)
    (hit,) = service.search(SearchRequest("续行查封")).hits
    assert hit.copies == 2
    document = service.document(hit.document_id)
    assert document is not None
    others = {"一.txt", "二.txt", "三.txt"} - {hit.document_id}
    assert {copy.id for copy in service.copies(document)} == others


def test_a_copy_that_was_changed_is_shown_on_its_own(tmp_path: Path) -> None:
    _index(tmp_path, 一=ruling(5), 二=ruling(5))
    (tmp_path / "资料" / "一.txt").write_text(ruling(9, "被执行人已经履行完毕，本案执行终结。"), "utf-8")
    run(tmp_path / "index", tmp_path / "资料")
    shown = _shown(EmbeddedStore.open(tmp_path / "index"), "查封 履行")
    assert sorted(shown) == [("一.txt", 0), ("二.txt", 0)]


def test_resemblance_is_estimated_by_the_share_of_equal_numbers() -> None:
    one = fingerprint_of(ruling(5), "", 0.9).signature
    assert len(one) == 4 * SIZE
    assert resemblance(one, one) == 1.0
    assert resemblance(one, fingerprint_of(law("2021年6月18日"), "", 0.9).signature) < 0.1
    assert resemblance(one, fingerprint_of(ruling(5).replace("\n", " "), "", 0.9).signature) == 1.0


def test_texts_without_chinese_characters_resemble_nothing() -> None:
    assert resemblance(fingerprint_of("", "", 0.9).signature, fingerprint_of("abc", "", 0.9).signature) == 0.0
