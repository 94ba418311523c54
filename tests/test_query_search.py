"""Searching in the query language: phrases, exclusions, OR, fields and corrections do what they say."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from search_examples import TinyEncoder, case, policy, put

from app.query_understood import also_searched, corrected, demanded
from app.services import Services
from app.settings import Settings
from legal.errors import QueryError
from search.encoding import encode_missing
from search.keyword_index import MOST_WORDS
from search.passage import Entry
from search.service import SearchRequest, SearchResult, SearchService
from search.store import EmbeddedStore
from search.synonyms import Synonyms

LAW_2019 = policy(
    "强制法2019.txt", "中华人民共和国民事强制法", {"第一条": "法院可以查封房屋。"}, adopted="2019-06-01"
)
LAW_2021 = policy(
    "强制法2021.txt",
    "中华人民共和国民事强制法",
    {
        "第一条": "法院可以查封被执行人的房屋。",
        "第二条": "法院可以扣押车辆；查封期限届满前可以续行查封。",
        "第三条": "续行办理登记的，应当查封登记簿。",
        "第四条": "失信被执行人不得乘坐飞机。",
        "第五条": "（ＡＢＣ）级信用，应当按Ａ级处理：查封从简。",
    },
    adopted="2021-06-01",
)
ENTRIES = (
    LAW_2019,
    LAW_2021,
    policy(
        "甲市条例.txt",
        "甲市查封条例",
        {"第一条": "查封房屋应当公告。"},
        level="地方性法规",
        adopted="2023-03-01",
    ),
    case(
        "一案.txt",
        "甲市乙区人民法院（2023）云0102执异12号",
        {
            "查明": "法院查封张某某的房屋。",
            "本院认为": "案外人在查封之前占有房屋，车辆不论，适用民事强制法第一条。",
        },
        day="2023-05-06",
        applied=("民事强制法#第一条",),
    ),
    case(
        "二案.txt",
        "丙省高级人民法院（2020）云执复3号",
        {"本院认为": "依照民事强制法第二条，查封房屋并无不当。"},
        day="2020-05-06",
        cause="执行复议",
        applied=("民事强制法#第二条",),
    ),
    case(
        "三案.txt",
        "甲市中级人民法院（2019）云01执监5号",
        {"本院认为": "查封车辆并无不当。"},
        day="2019-05-06",
        cause="买卖合同纠纷",
    ),
)


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    put(store, *ENTRIES)
    return store


@pytest.fixture(scope="module")
def encoded() -> SearchService:
    store, encoder = EmbeddedStore.in_memory(), TinyEncoder()
    put(store, *ENTRIES)
    list(encode_missing(store, encoder))
    return SearchService(store, encoder)


@pytest.fixture(scope="module")
def service(store: EmbeddedStore) -> SearchService:
    return SearchService(store, None)


def search(service: SearchService, text: str, **asked: Any) -> SearchResult:
    return service.search(SearchRequest(text, **{"limit": 100, **asked}))


def ids(service: SearchService, text: str, **asked: Any) -> set[str]:
    return {hit.id for hit in search(service, text, **asked).hits}


def documents(service: SearchService, text: str) -> set[str]:
    return {hit.document_id for hit in search(service, text).hits}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“续行查封”", {"强制法2021.txt#第二条"}, id="not both words apart"),
        pytest.param("“续行查封” 房屋 公告", {"强制法2021.txt#第二条"}, id="other words only rank"),
        pytest.param("“查封期限届满前”", {"强制法2021.txt#第二条"}, id="longer than a word"),
        pytest.param("“车辆；查封期限”", {"强制法2021.txt#第二条"}, id="with punctuation"),
        pytest.param("“(abc)级”", {"强制法2021.txt#第五条"}, id="half width for full width"),
        pytest.param("“ａ级处理:查封”", {"强制法2021.txt#第五条"}, id="full width for half width"),
        pytest.param("“续行 查封”", {"强制法2021.txt#第二条"}, id="spaces do not count"),
        pytest.param("“查封期限” “续行查封”", {"强制法2021.txt#第二条"}, id="two phrases"),
        pytest.param("“续行查封” “公告”", set(), id="two phrases that never meet"),
        pytest.param("“查封续行”", set(), id="words in another order"),
        pytest.param("“甲市查封条例”", set(), id="only in a title"),
        pytest.param("续行查封 OR 公告", {"强制法2021.txt#第二条", "甲市条例.txt#第一条"}, id="either"),
        pytest.param(
            "“续行查封” OR 飞机", {"强制法2021.txt#第二条", "强制法2021.txt#第四条"}, id="phrase or word"
        ),
        pytest.param(
            "查封 公告 OR 车辆 -可以",
            {"甲市条例.txt#第一条", "三案.txt#本院认为", "一案.txt#本院认为"},
            id="and not",
        ),
    ],
)
def test_a_hit_has_what_is_demanded_literally(
    service: SearchService, encoded: SearchService, text: str, expected: set[str]
) -> None:
    assert ids(service, text) == expected
    assert ids(encoded, text) == expected


def test_a_phrase_is_found_where_a_line_ends_inside_it() -> None:
    store = EmbeddedStore.in_memory()
    put(store, policy("扫描.txt", "某规定", {"第一条": "法院可以续行查\n封被执行人的房屋。"}))
    assert ids(SearchService(store, None), "“续行查封”") == {"扫描.txt#第一条"}


SEIZING = {
    *("强制法2019.txt#第一条", "强制法2021.txt#第一条", "强制法2021.txt#第二条", "强制法2021.txt#第三条"),
    *("强制法2021.txt#第五条", "甲市条例.txt#第一条", "一案.txt", "二案.txt", "三案.txt"),
}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        pytest.param(
            "查封 -房屋",
            {
                *("强制法2019.txt#第一条", "强制法2021.txt#第一条", "甲市条例.txt#第一条"),
                *("一案.txt", "二案.txt"),
            },
            id="a word",
        ),
        pytest.param("查封 -甲市查封条例", {"甲市条例.txt#第一条"}, id="in a title"),
        pytest.param("查封 -人民法院", set(), id="a court is no part of what it says"),
        pytest.param("查封 -“查封期限届满”", {"强制法2021.txt#第二条"}, id="a phrase"),
        pytest.param(
            "查封 不含:公告、并无不当", {"甲市条例.txt#第一条", "二案.txt", "三案.txt"}, id="several"
        ),
        pytest.param("查封 NOT ａ级", {"强制法2021.txt#第五条"}, id="of the other width"),
    ],
)
def test_what_is_excluded_is_gone_and_nothing_else(
    service: SearchService, encoded: SearchService, text: str, gone: set[str]
) -> None:
    for one in (service, encoded):
        found = {
            hit.id if hit.meta["kind"] == "policy" else hit.document_id for hit in search(one, text).hits
        }
        assert found & SEIZING == SEIZING - gone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("查封 法院:甲市", {"一案.txt", "三案.txt"}),
        ("查封 法院:甲市中院", {"三案.txt"}),
        ("查封 法院:丙高院", {"二案.txt"}),
        ("查封 法院:乙区法院", {"一案.txt"}),
        ("查封 法院:甲市乙区人民法院 法院:丙省高级人民法院", {"一案.txt", "二案.txt"}),
        ("查封 -法院:甲市 层级:高级、中级、基层", {"二案.txt"}),
        ("查封 案由:执行异议", {"一案.txt"}),
        ("查封 案由:合同纠纷", {"三案.txt"}),
        ("查封 文书:裁定书", {"一案.txt", "二案.txt", "三案.txt"}),
        ("查封 年份:2020", {"二案.txt"}),
        ("查封 年份:2019-2020", {"强制法2019.txt", "二案.txt", "三案.txt"}),
        ("查封 年份:2023-", {"甲市条例.txt", "一案.txt"}),
        ("查封 年份:-2019", {"强制法2019.txt", "三案.txt"}),
        ("查封 年份:2019,2021", {"强制法2019.txt", "三案.txt", "强制法2021.txt"}),
        ("查封 -年份:2019-2021", {"甲市条例.txt", "一案.txt"}),
        ("查封 时效:现行有效", {"强制法2021.txt", "甲市条例.txt"}),
        ("查封 时效:已被修改", {"强制法2019.txt"}),
        ("查封 时效:已废止", set()),
        ("查封 时效:现行有效 效力:法律", {"强制法2021.txt"}),
        ("查封 效力:地方性法规", {"甲市条例.txt"}),
        ("查封 层级:中级", {"三案.txt"}),
        ("查封 适用:民事强制法第一条", {"一案.txt"}),
        ("查封 适用:民事强制法", {"一案.txt", "二案.txt"}),
        ("查封 适用:民事强制法第九条", set()),
        ("查封 “房屋” 年份:2019-2023 -公告 文书:裁定书", {"一案.txt", "二案.txt"}),
    ],
)
def test_fields_say_where_a_hit_comes_from(
    service: SearchService, encoded: SearchService, text: str, expected: set[str]
) -> None:
    assert documents(service, text) == expected
    assert documents(encoded, text) == expected


def test_an_article_is_applied_under_the_number_that_it_bore_on_the_day_of_the_ruling() -> None:
    def ruling(number: int, year: int, article: str) -> Entry:
        text = f"依照《中华人民共和国民事诉讼法》{article}，裁定驳回。"
        head = f"甲市乙区人民法院（{year}）云0102执异{number}号"
        applied = (f"民事诉讼法#{article}",)
        return case(f"{year}-{number}", head, {"本院认为": text}, day=f"{year}-08-01", applied=applied)

    store = EmbeddedStore.in_memory()
    numbers = [(2019, "第二百二十五条"), (2022, "第二百三十二条"), (2024, "第二百三十六条")]
    put(store, *(ruling(n, year, article) for year, _ in numbers for n, (_, article) in enumerate(numbers)))
    service = SearchService(store, None)
    expected = {"2019-0", "2022-1", "2024-2"}
    assert documents(service, "适用:民诉法236条") == expected
    assert documents(service, "驳回 -适用:民诉法236条") == documents(service, "驳回") - expected


def test_the_day_asked_decides_what_is_in_force(service: SearchService) -> None:
    found = search(service, "查封 时效:现行有效", on=date(2020, 1, 1)).hits
    assert {hit.document_id for hit in found} == {"强制法2019.txt"}


@pytest.mark.parametrize(
    "text",
    [
        "“查封”",
        "查封 -房屋",
        "查封 OR 公告 -车辆",
        "查封 年份:2019-2021",
        "民事强制法第一条 “查封”",
        "法院:甲市",
        "时效:现行有效 “查封” -公告",
    ],
)
@pytest.mark.parametrize("choices", [{}, {"kind": ["precedent"]}])
def test_counts_and_facets_are_exact_under_all_of_it(
    encoded: SearchService, text: str, choices: dict[str, list[str | int]]
) -> None:
    first, whole = search(encoded, text, choices=choices, limit=1), search(encoded, text, choices=choices)
    assert first.total == len(whole.hits)
    for field, counts in whole.facets.items():
        assert dict(counts) == Counter(hit.meta[field] for hit in whole.hits if field in hit.meta)
        assert first.facets[field] == counts


def test_more_is_looked_at_until_the_page_is_full() -> None:
    store = EmbeddedStore.in_memory()
    many = {f"第{n}条": "查封车辆，查封车辆，查封车辆。" for n in range(1, 400)}
    put(
        store,
        policy("多.txt", "车辆规定", many),
        policy("少.txt", "房屋规定", {"第一条": "先登记，后查封。"}),
    )
    for one in (SearchService(store, None), SearchService(store, _vectors(store))):
        assert ids(one, "查封 -车辆") == {"少.txt#第一条"}
        assert ids(one, "查封车辆 “登记，后查封”") == {"少.txt#第一条"}


def _vectors(store: EmbeddedStore) -> TinyEncoder:
    encoder = TinyEncoder()
    list(encode_missing(store, encoder))
    return encoder


def test_a_cited_article_comes_first_only_if_it_meets_the_conditions(service: SearchService) -> None:
    assert search(service, "民事强制法第一条 “被执行人”").hits[0].id == "强制法2021.txt#第一条"
    assert search(service, "民事强制法第一条 时效:已被修改").hits[0].id == "强制法2019.txt#第一条"
    assert "强制法2021.txt#第一条" not in ids(service, "民事强制法第一条 “续行查封”")


def test_conditions_alone_list_the_newest_first(service: SearchService) -> None:
    result = search(service, "文书:裁定书 -年份:2019")
    assert [hit.document_id for hit in result.hits] == ["一案.txt", "二案.txt"]
    assert {hit.explanation[0] for hit in result.hits} == {"符合检索条件，没有检索词可比较相关度"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("查封 法院:火星", "本库没有法院含“火星”的内容。可以检索的如："),
        ("查封 案由:盗窃罪", "本库没有案由含“盗窃罪”的内容"),
        ("查封 文书:调解书", "可以检索的如：裁定书"),
    ],
)
def test_a_court_cause_or_form_that_is_not_here_is_said_with_what_is(
    service: SearchService, text: str, said: str
) -> None:
    with pytest.raises(QueryError) as refused:
        search(service, text)
    assert said in refused.value.message


def test_a_field_that_no_document_has_is_said() -> None:
    store = EmbeddedStore.in_memory()
    put(store, LAW_2021)
    with pytest.raises(QueryError, match="本库没有注明法院的文书"):
        search(SearchService(store, None), "查封 法院:甲市")


def test_a_slip_in_the_name_of_a_law_opens_its_article_and_is_told(service: SearchService) -> None:
    result = search(service, "民事强治法第二条")
    assert result.hits[0].id == "强制法2021.txt#第二条"
    assert [(c.typed, c.meant) for c in result.corrections] == [("民事强治法", "民事强制法")]
    assert corrected(result) == ("已将“民事强治法”按“民事强制法”检索。如需按原文检索，请给原文加上引号。")
    assert search(service, "民事强制法第二条").corrections == ()
    assert search(service, "“民事强治法” 第二条").corrections == ()


def test_a_law_that_comes_into_the_index_is_no_slip_any_more() -> None:
    store = EmbeddedStore.in_memory()
    put(store, LAW_2021)
    service = SearchService(store, None)
    assert search(service, "民事强治法").corrections
    put(store, policy("治.txt", "民事强治法", {"第一条": "治理。"}))
    assert not search(service, "民事强治法").corrections


def test_a_short_name_in_a_field_reaches_the_law_by_its_full_name(service: SearchService) -> None:
    result = search(service, "查封 适用:民诉法236条")
    assert result.query.fields[0].values == ("民事诉讼法#第二百三十六条",)


def test_lay_words_reach_legal_ones_and_are_told(service: SearchService) -> None:
    result = search(service, "老赖")
    assert result.hits[0].id == "强制法2021.txt#第四条"
    assert "老赖 → 失信被执行人、被执行人" in also_searched(result)
    assert [result.hits[0].snippet.text[a:b] for a, b in result.hits[0].snippet.marks] == ["失信被执行人"]


def test_added_words_count_less_than_typed_ones() -> None:
    store = EmbeddedStore.in_memory()
    put(
        store,
        policy("甲.txt", "甲规定", {"第一条": "老赖应当悔改。", "第二条": "失信之人应当悔改。"}),
    )
    service = SearchService(store, None, Synonyms({"老赖": ("失信",)}))
    assert [hit.meta["label"] for hit in search(service, "老赖").hits] == ["第一条", "第二条"]
    turned = SearchService(store, None, Synonyms({"失信": ("老赖",)}))
    assert [hit.meta["label"] for hit in search(turned, "失信").hits] == ["第二条", "第一条"]


def test_a_paragraph_of_facts_finds_the_article_by_its_telling_words(service: SearchService) -> None:
    store = EmbeddedStore.in_memory()
    other = {f"第{n}条": "当事人签订合同，约定价款，按期支付，双方发生争议。" for n in range(2, 300)}
    put(store, policy("甲.txt", "甲规定", {"第一条": "轮候冻结的存款不得划拨。", **other}))
    facts = (
        "当事人签订合同，约定价款，按期支付，双方发生争议。此后一方向法院提出申请，法院作出裁定并通知银行，"
        "银行告知该存款此前已经冻结，本次属于轮候冻结，另一方认为轮候冻结的存款不得划拨，请求纠正。"
    ) + "，".join(
        f"{n}日双方在第{n}号会议室会面并由第{n}人记录天气情况{chr(0x4E00 + 7 * n)}" for n in range(1, 60)
    )
    assert 1000 < len(facts) < 2500
    assert search(SearchService(store, None), facts).hits[0].id == "甲.txt#第一条"


def test_of_more_words_than_tell_the_commonest_are_not_searched_for() -> None:
    store = EmbeddedStore.in_memory()
    rare = [f"abc{n}xyz" for n in range(MOST_WORDS)]
    common = {f"第{n}条": "当事人。" for n in range(2, 9)}
    put(store, policy("甲.txt", "甲规定", {"第一条": " ".join(rare), **common}))
    service = SearchService(store, None)
    assert len(ids(service, " ".join(["当事人", *rare[1:]]))) == 8
    assert ids(service, " ".join(["当事人", *rare])) == {"甲.txt#第一条"}


def test_the_settings_name_a_file_of_synonyms(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text("甩锅 = 失信被执行人\n", encoding="utf-8")
    put(EmbeddedStore.open_or_create(tmp_path / "index"), LAW_2021)
    for synonyms, count in ((file, 1), (None, 0)):
        services = Services(Settings(index=tmp_path / "index", synonyms=synonyms))
        assert len(search(services.search, "甩锅").added) == count


def test_the_conditions_are_said_in_words(service: SearchService) -> None:
    query = search(
        service, "查封 OR 公告 “房屋” -飞机 年份:2019-2021,2023- 适用:民事强制法第一条 -层级:最高"
    ).query
    assert demanded(query) == (
        "检索条件：含“查封”或“公告”；含“房屋”；不含“飞机”；年份：2019年至2021年或2023年以后；"
        "适用：民事强制法第一条；层级不是最高人民法院。"
    )
    assert demanded(search(service, "查封房屋").query) == ""


def test_only_the_words_searched_for_are_marked_in_a_text(service: SearchService) -> None:
    assert service.marks("查封车辆，2020年", "查封 -车辆 年份:2020") == ((0, 2),)
    assert service.marks("查封“车辆", "查封 “车辆") == ((0, 2), (3, 5))
