"""Norms that bear on a case, cases that apply an article, and articles that stand together."""

import json
from html import escape
from io import StringIO
from pathlib import Path

import pytest
from ingest_examples import run
from rich.console import Console
from search_examples import LAND, case, land_law, policy, put

from app.markup import address
from app.reading_related import related_html, use_html
from app.related_command import named, print_json, print_related
from legal.errors import InputError
from search.passage import Entry
from search.related_articles import association
from search.related_norms import RelatedNorms
from search.service import SearchRequest, SearchService
from search.store import EmbeddedStore

INTERPRETED = "最高人民法院关于审理界石案件的解释"
GENERAL = "最高人民法院关于审理案件程序的规定"


def _ruling(number: str, day: str, articles: tuple[str, ...], cited: str = "") -> Entry:
    named = "、".join("《{}》{}".format(*article.split("#")) for article in articles)
    return case(
        f"{number}.txt",
        f"石桥县人民法院（{day[:4]}）岭0122行初{number}",
        {
            "诉称": f"原告称，被告违反{cited}。" if cited else "原告称，界石被移动。",
            "本院认为": f"本院认为，依照{named}的规定，处罚合法。",
        },
        day=day,
        applied=articles,
    )


def _norms() -> list[Entry]:
    return [
        *land_law(),
        policy(
            "田亩法修正案.md", f"{LAND}修正案", {"第一条": "田亩法第三条改为第四条。"}, adopted="2020-04-01"
        ),
        policy(
            "旧解释.md",
            INTERPRETED,
            {"第一条": "《田亩法》第三条所称移动，包括掩埋。", "第二条": "适用《诉讼法》第一条。"},
            level="司法解释",
            adopted="2012-03-01",
        ),
        policy(
            "新解释.md",
            INTERPRETED,
            {"第一条": "《田亩法》第四条所称移动，包括掩埋和毁坏。"},
            level="司法解释",
            adopted="2021-03-01",
        ),
        policy(
            "程序规定.md",
            GENERAL,
            {"第一条": "办理案件，依照《诉讼法》第一条、《诉讼法》第二条。"},
            level="司法解释",
            adopted="2022-03-01",
        ),
        policy(
            "办法.md",
            "云州市界石办法",
            {"第一条": "违反《田亩法》第四条的，依法处理。"},
            level="地方性法规",
            adopted="2022-06-01",
        ),
        policy(
            "江州解释(2001).md",
            "江州市界石解答",
            {"第一条": "《田亩法》第四条的界石，含木桩。"},
            level="司法解释",
            adopted="2021-01-01",
        ),
        policy(
            "江州解释(2023).md",
            "江州市界石解答",
            {"第一条": "界石含木桩。"},
            level="司法解释",
            adopted="2023-01-01",
        ),
    ]


BOUNDARY = ("田亩法#第四条", "界石法#第九条", "诉讼法#第一条")
FOREST = ("山林法#第二条", "诉讼法#第一条")
RULINGS = [
    # By the law of 2010 the fourth article was the third.
    _ruling("1号", "2015-06-01", ("田亩法#第三条", "界石法#第九条", "诉讼法#第一条")),
    *(_ruling(f"{n}号", f"2021-06-{n:02}", BOUNDARY) for n in range(2, 7)),
    _ruling("6号之一", "2021-08-01", BOUNDARY),
    *(_ruling(f"{n}号", f"2021-07-{n:02}", FOREST) for n in range(10, 22)),
    _ruling("30号", "2022-06-01", FOREST, cited="《田亩法》第四条"),
    _ruling("31号", "2022-07-01", ("田亩法#第三条", "诉讼法#第一条")),
]


@pytest.fixture(scope="module")
def service() -> SearchService:
    store = EmbeddedStore.in_memory()
    put(store, *_norms(), *RULINGS)
    return SearchService(store, None)


def _of(service: SearchService, number: str) -> RelatedNorms:
    document = service.document(f"{number}.txt")
    assert document is not None
    return service.related_norms(document)


# ---- the norms that bear on a case


def test_an_applied_article_is_told_by_its_number_then_and_now(service: SearchService) -> None:
    first, second, _ = _of(service, "1号").applied
    assert (first.law, first.cited, first.now) == ("田亩法", "第三条", "第四条")
    assert first.led is not None
    assert first.led.said.startswith("引用的是2010年5月1日施行的版本第三条，现为第四条")
    assert (second.law, second.cited, second.now) == ("界石法", "第九条", "第九条")


def test_the_norms_about_what_a_case_applies_are_named_with_the_articles_that_they_cite(
    service: SearchService,
) -> None:
    for number in ("1号", "2号"):  # by either number of the article
        norms = {norm.document_id: norm for norm in _of(service, number).norms}
        assert norms["新解释.md"].articles == ("田亩法#第四条",)
        assert norms["程序规定.md"].articles == ("诉讼法#第一条",)
        assert [passage.id for passage in norms["办法.md"].passages] == ["办法.md#第一条"]


def test_what_is_about_the_rarer_article_comes_first_and_higher_authority_before_lower(
    service: SearchService,
) -> None:
    """Every ruling applies 诉讼法 1; 田亩法 4 is what this case is about."""
    order = [norm.document_id for norm in _of(service, "2号").norms]
    assert order == ["新解释.md", "程序规定.md", "办法.md", "江州解释(2001).md"]


def test_a_norm_about_more_of_the_articles_comes_first() -> None:
    store = EmbeddedStore.in_memory()
    both = {"第一条": "适用《田亩法》第四条。", "第二条": "适用《界石法》第九条。"}
    put(
        store,
        policy(
            "甲.md", "甲解释", {"第一条": "适用《界石法》第九条。"}, level="司法解释", adopted="2022-05-01"
        ),
        policy("乙.md", "乙解释", both, level="司法解释", adopted="2021-05-01"),
        _ruling("1号", "2021-06-01", BOUNDARY),
    )
    assert [norm.title for norm in _of(SearchService(store, None), "1号").norms] == ["乙解释", "甲解释"]


def test_of_a_norm_only_the_version_that_applies_is_named(service: SearchService) -> None:
    named = [norm.document_id for norm in _of(service, "2号").norms]
    assert "旧解释.md" not in named


def test_a_superseded_norm_stands_last_and_says_so(service: SearchService) -> None:
    last = _of(service, "2号").norms[-1]
    assert (last.document_id, last.standing) == ("江州解释(2001).md", "已被修改")


def test_neither_the_law_itself_nor_what_amended_it_is_a_norm_about_it(service: SearchService) -> None:
    titles = {norm.title for norm in _of(service, "2号").norms}
    assert titles & {LAND, f"{LAND}修正案"} == set()


def test_a_norm_has_no_related_norms(service: SearchService) -> None:
    document = service.document("新解释.md")
    assert document is not None
    assert service.related_norms(document) == RelatedNorms((), ())


def test_the_reader_is_told_why_a_norm_is_shown(service: SearchService) -> None:
    document = service.document("1号.txt")
    assert document is not None
    shown = related_html(document, service.related_norms(document))
    assert "适用的法条（3）" in shown
    assert "《田亩法》第三条</a>（现为第四条）" in shown
    assert "相关规定（4）" in shown
    assert "第一条引用了本案适用的《田亩法》第四条" in shown
    assert '江州市界石解答</a><span class="lz-tag lz-old">已被修改</span>' in shown


# ---- the cases that apply an article


def test_the_cases_that_apply_an_article_are_named_by_whatever_number_newest_first(
    service: SearchService,
) -> None:
    applied = service.article_use("田亩法", "第四条").applied
    numbers = [case.number for case in applied.cases]
    assert numbers == [f"（{y}）岭0122行初{n}" for y, n in (
        (2021, "6号之一"), (2021, "5号"), (2021, "4号"), (2021, "3号"), (2021, "2号"), (2015, "1号"),
    )]  # fmt: skip
    assert [(place.article, place.passage.id) for place in applied.cases[-1].places] == [
        ("第三条", "1号.txt#本院认为")
    ]


def test_documents_of_one_case_stand_together(service: SearchService) -> None:
    applied = service.article_use("田亩法", "第四条").applied
    assert [place.passage.meta["document_id"] for place in applied.cases[0].places] == [
        "6号之一.txt",
        "6号.txt",
    ]
    assert (len(applied.cases), applied.documents, applied.whole) == (6, 7, True)


def test_a_case_that_only_mentions_an_article_does_not_apply_it(service: SearchService) -> None:
    mentioned = service.article_use("田亩法", "第四条").mentioned
    assert mentioned.total == 1
    assert [place.passage.id for place in mentioned.named] == ["30号.txt#诉称"]


def test_the_link_to_all_cases_finds_them(service: SearchService) -> None:
    shown = use_html("田亩法", "第四条", service.article_use("田亩法", "第四条"))
    assert escape(address("precedents", {"q": "适用:田亩法第四条"})) in shown
    found = service.search(SearchRequest("适用:田亩法第四条", {"kind": ["precedent"]}, limit=20))
    assert {hit.document_id for hit in found.hits} == {
        place.passage.meta["document_id"]
        for case in service.article_use("田亩法", "第四条").applied.cases
        for place in case.places
    }


def test_what_nobody_applies_has_no_list(service: SearchService) -> None:
    assert use_html("田亩法", "第一条", service.article_use("田亩法", "第一条")) == ""


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("田亩法4条", ("田亩法", "第四条")),
        ("(2015)岭0122行初1号", "1号.txt"),
        ("1号.txt", "1号.txt"),
    ],
    ids=["citation", "case number", "document"],
)
def test_the_command_takes_what_a_lawyer_writes(
    service: SearchService, reference: str, found: str | tuple[str, str]
) -> None:
    thing = named(service, reference)
    assert (thing if isinstance(thing, tuple) else thing.id) == found


@pytest.mark.parametrize("reference", ["（2015）岭0122行初99号", "界石"], ids=["no such case", "mere words"])
def test_what_names_neither_case_nor_article_is_refused(service: SearchService, reference: str) -> None:
    with pytest.raises(InputError, match="请写完整案号"):
        named(service, reference)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("田亩法4条", "《界石法》第九条  7 份，为随机情形的 3.0 倍"),
        ("1号.txt", "第一条引用了本案适用的《田亩法》第四条"),
        ("新解释.md", "没有找到相关规定"),
    ],
    ids=["article", "case", "norm"],
)
def test_the_command_prints_what_the_page_shows(service: SearchService, reference: str, said: str) -> None:
    out = Console(file=StringIO(), width=200)
    print_related(out, service, named(service, reference))
    assert said in out.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("reference", "keys"),
    [
        ("1号.txt", {"applied", "norms"}),
        (
            "田亩法4条",
            {"law", "article", "applied_by", "mentioned_by", "applied_together", "cited_together"},
        ),
    ],
    ids=["case", "article"],
)
def test_the_command_gives_the_json_of_the_api(
    service: SearchService, reference: str, keys: set[str]
) -> None:
    out = Console(file=StringIO(), width=200)
    print_json(out, service, named(service, reference))
    assert json.loads(out.file.getvalue()).keys() == keys  # type: ignore[attr-defined]


# ---- articles that stand together


def test_articles_applied_together_are_counted_by_judgment_and_the_commonest_is_left_out(
    service: SearchService,
) -> None:
    """诉讼法 1 stands beside 田亩法 4 in every judgment, but it stands beside everything."""
    (found,) = service.article_use("田亩法", "第四条").by_courts
    assert (found.law, found.article, found.count) == ("界石法", "第九条", 7)


def test_articles_are_together_by_whatever_number_they_bore(service: SearchService) -> None:
    (found,) = service.article_use("界石法", "第九条").by_courts
    assert (found.law, found.article, found.count) == ("田亩法", "第四条", 7)


def test_articles_that_meet_once_are_not_named(service: SearchService) -> None:
    """In ruling 31 of 2022 the third article of 田亩法 is another one."""
    assert service.article_use("田亩法", "第三条").by_courts == ()


def test_articles_that_norms_cite_together_are_counted_by_norm_with_all_its_versions_as_one() -> None:
    store = EmbeddedStore.in_memory()
    pair, alone = "依照《田亩法》第四条、《界石法》第九条。", "依照《诉讼法》第{}条。"
    put(
        store,
        policy("甲(2020).md", "甲办法", {"第一条": pair}, adopted="2020-05-01"),
        policy("甲(2021).md", "甲办法", {"第一条": pair}, adopted="2021-05-01"),
        policy("乙.md", "乙办法", {"第一条": pair, "第二条": pair}, adopted="2021-06-01"),
        policy(
            "丙.md",
            "丙办法",
            {f"第{n}条": alone.format(n) for n in "一二三四五六七八九"},
            adopted="2021-06-01",
        ),
    )
    (found,) = SearchService(store, None).article_use("田亩法", "第四条").in_norms
    assert (found.law, found.article, found.count) == ("界石法", "第九条", 2)


def test_copies_of_a_judgment_count_once(tmp_path: Path) -> None:
    text = (
        "云州市东湖区人民法院\n执行裁定书\n（2023）云0102执异{}号\n\n异议人：罗某，女。\n\n本院认为，依照"
        "《中华人民共和国田亩法》第四条、《中华人民共和国界石法》第九条，裁定如下：\n\n驳回请求。\n\n二〇二三年八月二十五日\n"
    )
    for name, number in (("甲", 77), ("甲的副本", 77), ("乙", 99)):
        (tmp_path / f"{name}.txt").write_text(text.format(number), encoding="utf-8")
    run(tmp_path / "index", *sorted(tmp_path.glob("*.txt")))
    use = SearchService(EmbeddedStore.open(tmp_path / "index"), None).article_use("田亩法", "第四条")
    assert (use.applied.documents, len(use.applied.cases)) == (2, 2)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param((6, 6, 6, 20), 24.43, id="always together"),
        pytest.param((5, 10, 10, 20), 0.0, id="as chance would have it"),
        pytest.param((1, 10, 10, 20), 0.0, id="less than by chance"),
        pytest.param((6, 6, 20, 20), 0.0, id="beside everything"),
    ],
)
def test_association_is_the_log_likelihood_ratio(counts: tuple[int, int, int, int], expected: float) -> None:
    assert association(*counts) == pytest.approx(expected, abs=0.01)


def test_the_reader_sees_cases_and_articles_beside_with_their_counts(service: SearchService) -> None:
    shown = use_html("田亩法", "第四条", service.article_use("田亩法", "第四条"))
    assert "适用本条的裁判（6 件）" in shown
    assert "（2015年6月1日，引用时为第三条）" in shown
    assert "提及本条的其他裁判（1）" in shown
    assert "《界石法》第九条</a>（7 份裁判）" in shown
