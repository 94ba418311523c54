"""Similar cases: what is compared of a document, what is left out, and why a case stands where it does."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from search_examples import TinyEncoder, case, policy, put

from ingest.parse_judicial import parse_judicial
from legal.errors import InputError
from search.encoding import encode_missing
from search.index_records import rows_of
from search.passage import Entry
from search.service import SearchService
from search.similar_case import Case, case_of, part_of, stored_case
from search.similar_cases import SimilarRequest, SimilarResult, Weights
from search.store import EmbeddedStore

COURT = "云州市东湖区人民法院"
HOME = "案涉房屋是被执行人唯一住房，异议人请求停止拍卖"
LEASE = "案外人主张租赁合同签订于查封之前，请求带租拍卖"
SHARES = "股东没有缴纳出资，申请执行人请求追加其为被执行人"


def ruling(name: str, number: int, facts: str, **more: Any) -> Entry:
    """A ruling on an objection with its facts, reasoning and order; `applied` names articles of 甲法."""
    applied: Sequence[str] = more.get("applied", ())
    cited = "、".join(f"《甲法》{article}" for article in applied)
    parts = {
        "查明": f"经审查查明，{facts}。",
        "本院认为": f"本院认为，{more.get('reason', '异议理由不能成立')}。"
        + (f"依照{cited}，" if cited else ""),
        "裁判主文": f"裁定如下：{more.get('order', '驳回异议请求')}。",
    }
    return case(
        name,
        f"{COURT}（2023）云0102执异{number}号",
        parts,
        day="2023-05-06",
        cause=more.get("cause", "执行异议"),
        applied=tuple(f"甲法#{article}" for article in applied),
    )


def service_of(*entries: Entry, encoder: TinyEncoder | None = None) -> SearchService:
    store = EmbeddedStore.in_memory()
    put(store, *entries)
    if encoder is not None:
        for _ in encode_missing(store, encoder):
            pass
    return SearchService(store, encoder)


def similar(service: SearchService, name: str, weights: Weights | None = None, **more: Any) -> SimilarResult:
    document = service.document(name)
    assert document is not None
    return service.similar(SimilarRequest(stored_case(document), weights or Weights(), **more))


def names(result: SimilarResult) -> list[str]:
    return [found.document.id for found in result.found]


HOME_RULING = ruling("住房", 90, HOME)
WORLD = (
    ruling("甲", 1, HOME, applied=("第一条", "第二条"), cause="民间借贷纠纷"),
    ruling("乙", 2, HOME.replace("停止", "暂缓"), applied=("第三条",), cause="买卖合同纠纷"),
    ruling("丙", 3, SHARES, applied=("第一条", "第二条"), cause="买卖合同纠纷"),
    ruling("丁", 4, LEASE, applied=("第九条",), cause="民间借贷纠纷"),
)


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        pytest.param(Weights(facts=1, dispute=0, articles=0, cause=0), "乙", id="facts"),
        pytest.param(Weights(facts=0, dispute=0, articles=1, cause=0), "丙", id="articles"),
        pytest.param(Weights(facts=0, dispute=0, articles=0, cause=1), "丁", id="cause"),
    ],
)
def test_the_weights_decide_what_comes_first(weights: Weights, first: str) -> None:
    assert names(similar(service_of(*WORLD), "甲", weights))[0] == first


def test_a_case_says_in_what_it_is_similar() -> None:
    found = {hit.document.id: hit for hit in similar(service_of(*WORLD), "甲").found}
    assert found["丙"].articles == {"甲法#第一条": "甲法#第一条", "甲法#第二条": "甲法#第二条"}
    assert found["乙"].articles == {}
    assert [found[name].same_cause for name in "乙丙丁"] == [False, False, True]
    assert found["乙"].aspects.facts == 1.0
    assert found["丙"].aspects.articles == pytest.approx(1.0)
    assert found["丁"].aspects.cause == 1.0


def test_the_score_is_the_sum_of_the_aspects_by_their_weights() -> None:
    result = similar(service_of(*WORLD), "甲", Weights(facts=3, dispute=0, articles=1, cause=0))
    assert result.weights == {"facts": 0.75, "dispute": 0.0, "articles": 0.25, "cause": 0.0}
    for found in result.found:
        assert found.score == pytest.approx(0.75 * found.aspects.facts + 0.25 * found.aspects.articles)


def test_an_aspect_of_which_the_case_says_nothing_takes_no_part() -> None:
    result = service_of(*WORLD).similar(SimilarRequest(Case(facts=HOME, text=HOME)))
    assert set(result.weights) == {"facts", "articles", "cause"}
    assert sum(result.weights.values()) == pytest.approx(1.0)


def test_a_document_in_the_place_of_another_changes_how_many_cases_are_held() -> None:
    store = EmbeddedStore.in_memory()
    put(store, *WORLD)
    service = SearchService(store, None)
    assert similar(service, "甲").held == 4
    passages = store.keywords.count()
    norm = policy("甲法.md", "中华人民共和国甲法", {f"第{n}条": "查封财产。" for n in "一二三"})
    with store.writing() as writer:
        writer.delete("document_id", "丁")
        writer.delete("id", "丁")
        writer.add(rows_of(norm, store.segmenter))
        writer.commit()
    assert store.keywords.count() == passages
    assert similar(service, "甲").held == 3


@pytest.mark.parametrize(
    "weights", [{"facts": -0.1}, {"facts": float("nan")}, dict.fromkeys(Weights.__slots__, 0.0)], ids=str
)
def test_weights_that_are_none_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(InputError, match="权重"):
        Weights(**weights)


def test_a_case_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="案件事实"):
        service_of(*WORLD).similar(SimilarRequest(Case(facts=" ", text=" ")))


def test_neither_the_case_nor_its_further_documents_nor_its_copies_are_found() -> None:
    own = ruling("本案", 7, HOME)
    second = case("之二", f"{COURT}（2023）云0102执异7号之二", {"查明": HOME}, day="2023-06-01")
    found = names(similar(service_of(own, second, *WORLD), "本案"))
    assert set(found) == {"甲", "乙", "丙", "丁"}


def test_a_document_from_outside_is_known_by_its_number() -> None:
    given = Case(case_number="（2023）云0102执异1号", facts=HOME, text=HOME)
    assert "甲" not in names(service_of(*WORLD).similar(SimilarRequest(given)))


def test_a_text_without_a_number_that_is_part_of_a_document_does_not_find_it() -> None:
    given = Case(facts=HOME, text="\n".join(HOME))
    assert "甲" not in names(service_of(*WORLD).similar(SimilarRequest(given)))


def test_documents_that_say_the_same_are_found_once() -> None:
    one, other = (
        replace(entry, document=replace(entry.document, meta={**entry.document.meta, "group": "g"}))
        for entry in (ruling("一", 11, LEASE), ruling("二", 12, LEASE))
    )
    store = EmbeddedStore.in_memory()
    from search.index_records import rows_of

    with store.writing() as writer:
        for entry in (one, other, *WORLD):
            grouped = entry in (one, other)
            rows = rows_of(entry, store.segmenter)
            writer.add(
                [row | {"group": "g"} if grouped and row["record"] == "document" else row for row in rows]
            )
        writer.commit()
    result = similar(SearchService(store, None), "丁")
    assert len({"一", "二"} & set(names(result))) == 1
    assert next(hit.copies for hit in result.found if hit.document.id in "一二") == 1


def test_choices_narrow_where_it_is_searched() -> None:
    result = similar(service_of(*WORLD), "甲", choices={"cause_of_action": ["买卖合同纠纷"]})
    assert set(names(result)) == {"乙", "丙"}


def test_norms_are_no_cases() -> None:
    norm = policy("规则", "甲规则", {"第一条": HOME})
    assert set(names(similar(service_of(norm, *WORLD), "甲"))) == {"乙", "丙", "丁"}


def test_a_cause_and_articles_that_are_not_named_are_inferred_from_the_nearest_and_said() -> None:
    world = [
        ruling(f"借{n}", 20 + n, f"{HOME}，第{n}次拍卖", cause="民间借贷纠纷", applied=("第一条",))
        for n in range(3)
    ]
    result = service_of(*world).similar(SimilarRequest(Case(facts=HOME + "请求中止", text=HOME + "请求中止")))
    assert result.inferred.causes == {"民间借贷纠纷": pytest.approx(1.0)}
    assert result.inferred.articles == {"甲法#第一条": pytest.approx(1.0)}
    assert all(found.same_cause is None for found in result.found)


def test_nothing_is_inferred_for_a_case_that_names_both() -> None:
    inferred = similar(service_of(*WORLD), "甲").inferred
    assert (inferred.causes, inferred.articles) == ({}, {})


def test_a_case_that_names_the_other_is_a_related_one() -> None:
    appeal = case(
        "复议", "云州市中级人民法院（2023）云01执复9号",
        {"查明": f"{COURT}（2023）云0102执异1号裁定认定，{HOME}。"}, day="2023-08-01",
    )  # fmt: skip
    numbered = replace(
        appeal,
        document=replace(
            appeal.document, meta={**appeal.document.meta, "cited_cases": ["（2023）云0102执异1号"]}
        ),
    )
    found = {hit.document.id: hit.related for hit in similar(service_of(numbered, *WORLD), "甲").found}
    assert found == {"复议": True, "乙": False, "丙": False, "丁": False}


def burglary(name: str, number: int, defendant: str, things: str) -> Entry:
    return ruling(name, number, f"被告人{defendant}翻墙入户，取走{things}后逃离", cause="盗窃罪")


OTHERS = [burglary(f"案{n}", 50 + n, "张某", f"现金{n + 1}千元") for n in range(14)]


def test_a_case_that_names_the_same_people_comes_first_and_says_so() -> None:
    world = [*OTHERS, burglary("同案", 80, "罗大勇", "铜制香炉、银锁片"), HOME_RULING]
    asked = Case(
        cause="执行异议",
        facts="被告人罗大勇翻墙进入祠堂，取走铜制香炉、银锁片，后请求停止拍卖唯一住房",
        text="无",
    )
    first, *others = service_of(*world).similar(SimilarRequest(asked)).found
    assert (first.document.id, first.related, first.people) == ("同案", True, ("罗大勇",))
    assert not any(found.related or found.people for found in others)


@pytest.mark.parametrize(
    "defendant",
    [
        pytest.param("罗某", id="a name that is blotted out"),
        pytest.param("所建厂房", id="no surname"),
        pytest.param("石某某", id="a surname and 某"),
    ],
)
def test_who_is_not_named_makes_no_case_a_related_one(defendant: str) -> None:
    world = [*OTHERS, burglary("同案", 80, defendant, "铜制香炉、银锁片")]
    asked = Case(facts=f"被告人{defendant}取走铜制香炉、银锁片", text="无")
    found = service_of(*world).similar(SimilarRequest(asked)).found
    assert found[0].document.id == "同案"
    assert not any(hit.related for hit in found)


def test_particulars_count_only_where_a_case_stands_out_by_them() -> None:
    thing = burglary("同物", 80, "张某", "铜制香炉、银锁片、青花瓷瓶")
    asked = Case(facts="被告人张某取走铜制香炉、银锁片、青花瓷瓶", text="无")
    result = service_of(*OTHERS, thing).similar(SimilarRequest(asked))
    standing = {hit.document.id: hit.aspects.particulars for hit in result.found}
    assert standing.pop("同物") > 0
    assert set(standing.values()) == {0.0}
    assert "particulars" in result.weights
    few = service_of(*OTHERS[:3], thing).similar(SimilarRequest(asked))
    assert "particulars" not in few.weights


def test_meaning_finds_what_other_words_say() -> None:
    plain = ruling("老赖", 31, "本案应当惩戒老赖")
    legal = ruling("失信", 32, "应予纳入失信被执行人名单予以惩戒")
    service = service_of(plain, legal, *WORLD, encoder=TinyEncoder())
    result = similar(service, "老赖", Weights(facts=1, dispute=0, articles=0, cause=0))
    assert names(result)[0] == "失信"
    assert result.encoded_share == 1.0


def test_where_the_encoder_fails_words_find_alone_and_the_result_says_so() -> None:
    class Broken(TinyEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Any:
            raise RuntimeError("out of memory")

    store = EmbeddedStore.in_memory()
    put(store, *WORLD)
    result = similar(SearchService(store, Broken()), "甲", Weights(facts=1, dispute=0, articles=0, cause=0))
    assert names(result)[0] == "乙"
    assert result.encoded_share is None
    assert "语义检索暂时不可用" in result.notices[0]


def test_the_gist_is_in_the_words_of_the_reasoning() -> None:
    reason = "该房屋并非维持生活所必需，可以拍卖。案件受理费另行处理。唯一住房不得拍卖的主张不予支持"
    service = service_of(ruling("判", 41, HOME, reason=reason), *WORLD)
    gist = next(hit.gist for hit in similar(service, "甲").found if hit.document.id == "判")
    assert gist == "该房屋并非维持生活所必需，可以拍卖。……唯一住房不得拍卖的主张不予支持。"


def test_a_statement_of_facts_is_cut_by_who_speaks() -> None:
    charged = parse_judicial(
        "石桥县人民法院\n刑事判决书\n（2023）岭0122刑初7号\n\n公诉机关石桥县人民检察院。\n被告人周某，男。\n\n"
        "石桥县人民检察院指控：被告人周某翻墙入户，取走现金。\n\n"
        "本院认为，被告人周某的行为已构成盗窃罪。依照《中华人民共和国刑法》第二百六十四条，判决如下：\n"
        "被告人周某犯盗窃罪，判处有期徒刑一年，并处罚金。\n二〇二三年五月六日\n"
    )
    read = case_of(charged)
    assert "翻墙入户" in read.facts
    assert "翻墙入户" not in read.dispute
    assert "构成盗窃罪" in read.dispute
    assert (read.cause, read.articles) == ("盗窃罪", ("刑法#第二百六十四条",))
    assert read.outcomes == ("有期徒刑", "罚金")
    assert "判处有期徒刑" in part_of(charged.text, charged.sections, "order")
