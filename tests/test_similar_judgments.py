"""The test of similar cases built from judgments: what is hidden, what counts as an answer, known items."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest

from evaluation.similar_cases import (
    DOCUMENTS,
    KNOWN,
    PASSAGES,
    SIMILAR,
    DocumentBm25,
    ask_all,
    find_known,
    main,
    ndcg,
)
from evaluation.similar_judgments import (
    Judgment,
    charge_words,
    halved_documents,
    halved_facts,
    hidden,
    index_of,
    read_judgments,
    relevance,
)
from legal.errors import CollectionError
from search.segmenter import best_segmenter
from search.service import SearchService
from search.similar_case import case_of
from search.similar_cases import Weights

JUDGE = Path(__file__).parents[2] / "shared" / "corpora" / "judgments_criminal" / "judgments.jsonl"


@dataclass(frozen=True, slots=True)
class Crime:
    charge: str
    did: str
    article: str


THEFT = Crime("盗窃罪", "翻墙进入{place}，趁无人之机取走{thing}", "第二百六十四条")
FRAUD = Crime("诈骗罪", "虚构帮人办理入学手续的事实，在{place}骗得{thing}", "第二百六十六条")
DRIVING = Crime("危险驾驶罪", "醉酒后驾驶{thing}行至{place}，被执勤民警查获", "第一百三十三条之一")
DONE = [
    (THEFT, "罗大勇", "东湖路粮油店", "铜制香炉一只"),
    (THEFT, "孟小山", "望溪村祠堂", "银锁片两枚"),
    (THEFT, "秦建国", "北门修车铺", "发电机一台"),
    (FRAUD, "龚美玲", "南屏茶楼", "现金八万元"),
    (FRAUD, "邱志强", "江北饭店", "金项链一条"),
    (DRIVING, "戴立新", "滨河大道", "灰色越野车"),
    (DRIVING, "覃海波", "環城高架", "白色面包车"),
]
JUDGMENT = """石桥县人民法院
刑事判决书
（2023）岭0122刑初{number}号

公诉机关石桥县人民检察院。
被告人{who}，男，住石桥县。

石桥县人民检察院指控被告人{who}犯{charge}，向本院提起公诉。本院依法适用简易程序公开开庭审理了本案。

经审理查明：2023年{month}月5日晚，被告人{who}{did}。次日，被告人{who}主动到公安机关投案，如实供述了上述事实，并赔偿了损失。上述事实，有被告人{who}的供述、现场勘验笔录等证据证实。

本院认为，被告人{who}的行为已构成{charge}，应予惩处。被告人{who}主动投案并如实供述，依法可以从轻处罚。依照《中华人民共和国刑法》{article}、第六十七条第一款的规定，判决如下：
被告人{who}犯{charge}，判处拘役四个月，并处罚金人民币二千元。

审判员 贺文
二〇二三年十二月一日
"""


def written(folder: Path) -> Path:
    lines = []
    for number, (crime, who, place, thing) in enumerate(DONE, start=1):
        did = crime.did.format(place=place, thing=thing)
        text = JUDGMENT.format(
            number=number, who=who, month=number, did=did, charge=crime.charge, article=crime.article
        )
        lines.append(json.dumps({"id": f"{crime.charge}{who}", "text": text}, ensure_ascii=False))
    file = folder / "judgments.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    return file


@pytest.fixture(scope="module")
def judgments(tmp_path_factory: pytest.TempPathFactory) -> list[Judgment]:
    return read_judgments(written(tmp_path_factory.mktemp("judgments")))


def test_the_charge_is_read_from_the_order(judgments: list[Judgment]) -> None:
    assert [judgment.charges for judgment in judgments] == [(crime.charge,) for crime, *_ in DONE]


def test_a_file_without_criminal_judgments_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "无.txt").write_text(
        "石桥县人民法院\n民事裁定书\n（2023）岭0122民初1号\n\n准许撤诉。", "utf-8"
    )
    with pytest.raises(CollectionError, match="刑事判决书"):
        read_judgments(tmp_path / "无.txt")


def test_the_same_charge_and_the_same_articles_are_graded_and_the_judgment_itself_is_not(
    judgments: list[Judgment],
) -> None:
    grades = relevance(judgments)[judgments[0].id]
    # Both thefts apply the same two articles; fraud and driving share one of three, which is too little.
    assert grades == {judgments[1].id: 3, judgments[2].id: 3}


def test_charge_articles_and_order_are_not_in_what_is_asked(judgments: list[Judgment]) -> None:
    for judgment in judgments:
        case = hidden(case_of(judgment.document), charge_words(judgments))
        asked = f"{case.facts}{case.dispute}"
        assert (case.cause, case.articles, case.outcomes) == (None, (), ())
        assert "主动到公安机关投案" in asked
        for word in ("盗窃", "诈骗", "危险驾驶", "第六十七条", "判处拘役", "罚金"):
            assert word not in asked, word


@pytest.mark.parametrize(
    ("names", "value"),
    [
        pytest.param(["甲", "乙"], 1.0, id="best order"),
        pytest.param(["乙", "甲"], (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)), id="worse first"),
        pytest.param(["丙"], 0.0, id="nothing relevant"),
        pytest.param(["丙"] * 10 + ["甲"], 0.0, id="beyond ten"),
    ],
)
def test_ndcg_has_the_grade_as_gain(names: list[str], value: float) -> None:
    assert ndcg({"甲": 3, "乙": 1}, names) == pytest.approx(value)


def test_bm25_of_documents_prefers_the_rare_word_and_the_short_text() -> None:
    texts = {"长": "房屋 拍卖 香炉" + " 房屋" * 20, "短": "房屋 拍卖 香炉", "无": "房屋 拍卖"}
    assert DocumentBm25(best_segmenter(), texts).search("香炉") == ["短", "长", "无"]


def test_a_document_is_halved_without_its_tail(judgments: list[Judgment]) -> None:
    entries, firsts = halved_documents(judgments)
    assert [entry.document.id for entry in entries] == list(firsts) == [one.id for one in judgments]
    for entry, judgment in zip(entries, judgments, strict=True):
        first, second = firsts[judgment.id].text, entry.document.text
        assert judgment.document.text.startswith(first + second)
        assert second.rstrip().endswith("罚金人民币二千元。")


def test_facts_too_short_to_halve_are_left_out(judgments: list[Judgment]) -> None:
    assert halved_facts(judgments) == ([], {})


def test_the_command_measures_and_fails_where_too_few_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "queries.jsonl"
    code = main([str(written(tmp_path)), "--json", str(listed)])
    printed = capsys.readouterr().out
    queries = [json.loads(line) for line in listed.read_text("utf-8").splitlines()]
    assert len(queries) == len(DONE)
    assert all(set(query["ndcg"]) == {PASSAGES, DOCUMENTS, SIMILAR} for query in queries)
    found = next(line for line in printed.splitlines() if line.startswith("second halves of documents"))
    first = int(found.rpartition(": ")[2].split(" of ")[0])
    assert code == (0 if first >= KNOWN * len(DONE) else 1)


@pytest.mark.skipif(not JUDGE.is_file(), reason=f"the criminal judgments are not at {JUDGE}")
def test_words_alone_find_the_other_half_of_real_judgments() -> None:
    measured = [judgment for judgment in read_judgments(JUDGE) if not judgment.tuning]
    known = find_known(halved_documents(measured), None)
    assert len(known) == 129
    assert sum(item.rank == 1 for item in known) >= KNOWN * len(known)


@pytest.mark.skipif(not JUDGE.is_file(), reason=f"the criminal judgments are not at {JUDGE}")
def test_words_alone_find_more_of_the_like_of_real_judgments_than_bm25() -> None:
    judgments = read_judgments(JUDGE)[:60]
    store = index_of([judgment.entry for judgment in judgments], None)
    asked = ask_all(SearchService(store, None), store, judgments, Weights())
    means = {way: mean(query.ndcg[way] for query in asked) for way in (PASSAGES, DOCUMENTS, SIMILAR)}
    assert means[SIMILAR] > max(means[PASSAGES], means[DOCUMENTS])
