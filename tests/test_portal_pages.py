"""Each page as a role sees it, run by Streamlit's own test runner on a small index and database."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from portal_world import GUIDE_FILE, LAW, LAW_FILE, OLD_LAW_FILE, Pages, World, html, served_here, text
from streamlit.testing.v1 import AppTest

from app.services import services
from tasks.model import TaskState


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with served_here(tmp_path_factory.mktemp("portal")) as made:
        yield made


@pytest.fixture
def page(world: World, monkeypatch: pytest.MonkeyPatch) -> Pages:
    return Pages(world, monkeypatch)


def titles(test: AppTest) -> list[str]:
    return [unescape(found) for found in re.findall(r"<h3><a[^>]*>([^<]*)</a>", html(test))]


def targets(test: AppTest) -> list[dict[str, list[str]]]:
    """What the titles of the hits link to."""
    return [
        parse_qs(urlsplit(unescape(href)).query) for href in re.findall(r'<h3><a href="([^"]*)"', html(test))
    ]


@pytest.mark.parametrize("name", ["home", "precedents", "policies", "tasks", "text", "comparison"])
def test_a_page_shows_nobody_anything_but_the_way_to_sign_in(page: Pages, name: str) -> None:
    test = page(name, who="", q="查封", task="1", id=LAW_FILE)
    assert [warning.value for warning in test.warning] == ["您尚未登录，或者登录已失效。"]
    assert text(test) == "前往登录"
    assert not test.header


def test_an_empty_search_offers_examples(page: Pages) -> None:
    test = page("policies")
    assert test.header[0].value == "法规政策"
    assert 'href="/policies?q=' in html(test)


def test_a_citation_puts_the_article_in_force_first_and_marks_the_older_version(page: Pages) -> None:
    test = page("policies", q="民事诉讼法第二百三十六条")
    assert titles(test)[:2] == [f"{LAW} 第二百三十六条"] * 2
    assert [target["id"] for target in targets(test)[:2]] == [[LAW_FILE], [OLD_LAW_FILE]]
    first, second = html(test).split("<article")[1:3]
    assert '<span class="lz-tag lz-old">' not in first
    assert '<span class="lz-tag lz-old">已被修改</span>' in second
    assert "逐条对照" in second
    assert "与检索的法条或案号完全一致" in first
    assert "2023年9月1日通过或修改" in first


def test_words_are_marked_in_the_hits_and_nothing_in_them_is_html(page: Pages) -> None:
    test = page("policies", q="不存在的法")
    assert "&lt;b&gt;" in html(test)
    assert "<b>" not in html(test)
    assert "<mark>" in html(test)
    assert "排序说明关键词第 1 位；" in text(test)


def test_a_search_shows_filters_with_counts_and_a_filter_narrows_it(page: Pages) -> None:
    test = page("precedents", q="执行")
    assert text(test).count("排序说明关键词第") == 3
    kinds = next(group for group in test.button_group if group.label == "文书类型")
    assert kinds.options == ["执行裁定书 · 2", "律师调查令 · 1"]
    kinds.set_value(["律师调查令"]).run()
    assert test.query_params["document_type"] in ("律师调查令", ["律师调查令"])
    assert len(titles(test)) == 1


def test_an_address_holds_the_filters_and_the_order(page: Pages) -> None:
    test = page("precedents", q="执行", year=["2024", "no year"], sort="newest", court_level="基层人民法院")
    assert [target["id"] for target in targets(test)] == [["调查令.txt"]]
    assert test.selectbox[0].value == "newest"


def test_an_order_is_named_as_it_is(page: Pages) -> None:
    words, conditions = page("precedents", q="执行"), page("precedents", q="年份:2023-2024")
    assert (words.selectbox[0].options[0], words.selectbox[0].value) == ("按相关度", "relevance")
    assert conditions.selectbox[0].options == ["按日期从新到旧", "按法院层级"]
    assert conditions.selectbox[0].value == "newest"
    files = [target["id"] for target in targets(conditions)]
    assert files == [["调查令.txt"], ["租赁.txt"], ["唯一住房.txt"]]
    assert "相关度" not in text(conditions).replace("没有检索词可比较相关度", "")


def test_what_conditions_alone_find_can_still_be_put_in_another_order(page: Pages) -> None:
    test = page("precedents", q="年份:2023-2024")
    test.selectbox[0].set_value("authority").run()
    assert test.selectbox[0].value == "authority"
    assert targets(test)[0]["id"] == ["租赁.txt"]


def test_as_of_a_day_the_version_in_force_then_comes_first(page: Pages) -> None:
    test = page("policies", q="民事诉讼法第二百三十六条", on="2023-01-01")
    assert [target["id"] for target in targets(test)[:2]] == [[OLD_LAW_FILE], [LAW_FILE]]
    assert '<span class="lz-tag lz-old">尚未施行</span>' in html(test).split("<article")[2]
    assert "效力以2023年1月1日为准" in text(test)


def test_the_day_is_chosen_on_the_page_of_policies_and_kept_in_the_address(page: Pages) -> None:
    test = page("policies", q="民事诉讼法第二百三十六条")
    test.date_input[0].set_value(date(2023, 1, 1)).run()
    assert test.query_params["on"] in ("2023-01-01", ["2023-01-01"])
    assert [target["id"] for target in targets(test)[:2]] == [[OLD_LAW_FILE], [LAW_FILE]]
    test.date_input[0].set_value(None).run()
    assert "on" not in test.query_params
    assert not page("precedents", q="执行", on="2023-01-01").date_input


@pytest.mark.parametrize("on", ["yesterday", "2023-02-30", "0001-01-01", "9999-01-01"])
def test_a_day_in_the_address_that_is_none_is_passed_over(page: Pages, on: str) -> None:
    test = page("policies", q="民事诉讼法第二百三十六条", on=on)
    assert [target["id"] for target in targets(test)[:2]] == [[LAW_FILE], [OLD_LAW_FILE]]


def test_results_are_searched_for_other_words(page: Pages) -> None:
    test = page("precedents", q="执行")
    next(field for field in test.text_input if field.label == "结果中还须包含的词语").set_value(
        "租赁收入"
    ).run()
    assert test.query_params["within"] in ("租赁收入", ["租赁收入"])
    assert [target["id"] for target in targets(test)] == [["调查令.txt"]]


def test_two_versions_are_compared_article_by_article(page: Pages) -> None:
    test = page("comparison", one=LAW_FILE, other=OLD_LAW_FILE)
    assert test.header[0].value == f"{LAW}：版本对照"
    shown = html(test)
    assert "2021年12月24日通过或修改" in text(test).split("2023年9月1日通过或修改")[0]
    assert "未变 2 条，删除 1 条，新增 1 条。显示全部条文" in text(test)
    assert re.findall("第二百三十.条", text(test)) == ["第二百三十六条"] * 2
    assert "可以委托当地法院代为办理。（删除）" in text(test)
    assert "（新增）第二百三十六条" in text(test)
    assert "<b>" not in shown


def test_all_articles_are_shown_on_request(page: Pages) -> None:
    test = page("comparison", one=LAW_FILE, other=OLD_LAW_FILE, all="1")
    assert len(re.findall("<strong>第二百三十.条", html(test))) == 6
    assert "只看有变化的条文" in text(test)


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (LAW_FILE, GUIDE_FILE, "只能对照同一法规的两个版本"),
        (LAW_FILE, "nothing.txt", "要对照的文本不在本库中"),
        (LAW_FILE, LAW_FILE, "要对照的文本不在本库中"),
        ("", "", "要对照的文本不在本库中"),
        ("唯一住房.txt", "租赁.txt", "只能对照同一法规的两个版本"),
    ],
    ids=["two laws", "not held", "one text", "nothing", "rulings"],
)
def test_what_cannot_be_compared_is_answered_in_words(
    page: Pages, one: str, other: str, message: str
) -> None:
    assert message in page("comparison", one=one, other=other).warning[0].value


def test_a_text_links_its_other_versions_side_by_side(page: Pages) -> None:
    shown = html(page("text", id=OLD_LAW_FILE))
    notice = shown.split('<p class="lz-notice">')[1].split("</p>")[0]
    hrefs = [urlsplit(unescape(href)) for href in re.findall(r'href="([^"]*)"', notice)]
    assert [href.path for href in hrefs] == ["/text", "/comparison"]
    assert parse_qs(hrefs[1].query) == {"one": [OLD_LAW_FILE], "other": [LAW_FILE]}
    assert "与当前文本逐条对照" in text(page("text", id=LAW_FILE))


def test_another_text_drops_the_filters_of_the_last(page: Pages) -> None:
    test = page("precedents", q="执行", year="2023")
    test.text_input[0].set_value("租赁")
    test.button[0].click().run()
    assert "year" not in test.query_params
    assert len(titles(test)) == 2


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"q": "，。"}, "请输入要检索的词语"), ({"q": "字" * 5_001}, "超过 5000 字")],
    ids=["nothing to search for", "too long"],
)
def test_a_text_that_cannot_be_searched_for_is_answered_in_words(
    page: Pages, fields: dict[str, str], message: str
) -> None:
    assert message in page("policies", **fields).warning[0].value


def test_what_no_page_expected_is_answered_in_words() -> None:
    def broken() -> None:
        from app.server import _show_error

        _show_error(ValueError("details for the log"))

    test = AppTest.from_function(broken).run()
    assert "请刷新页面后重试" in test.error[0].value
    assert "details" not in test.error[0].value


def test_no_hit_and_senseless_addresses_are_answered_in_words(page: Pages) -> None:
    assert "没有找到符合条件的内容" in text(page("policies", q="zzzz"))
    assert titles(page("policies", q="查封", page="9999", sort="?", year="x"))
    assert titles(page("tasks", page="9999", kind="?"))


def test_without_an_index_the_page_says_what_to_do(
    page: Pages, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(services(), "_search", None)
    monkeypatch.setattr(services().settings, "index", tmp_path / "none")
    assert "没有索引" in page("policies", q="查封").error[0].value


def test_a_document_is_shown_with_its_particulars_headings_and_the_passage(page: Pages) -> None:
    test = page("text", id=LAW_FILE, passage=f"{LAW_FILE}#第二百三十六条", q="书面异议")
    shown = html(test)
    assert test.header[0].value == LAW
    assert "全国人民代表大会常务委员会" in shown
    assert "第十九章 一般规定</h5>" in shown
    found = re.search(r'<p id="lz-hit-passage" class="lz-found">(.*?)</p>', shown)
    assert found
    assert "<strong>第二百三十六条</strong>" in found[1]
    assert "<mark>书面异议</mark>" in found[1]
    assert "现行有效。自2024年1月1日起施行" in text(test)
    assert "2021年12月24日通过或修改，2022年1月1日施行，已被修改" in text(test)
    assert "1991年4月9日通过或修改，1991年4月9日施行，已被修改（本库未收录）" in text(test)


def test_a_hit_says_court_and_number_once(page: Pages) -> None:
    """The title of a ruling has them."""
    card = re.search(r'<article class="lz-hit">.*?</article>', html(page("precedents", q="唯一住房")))
    assert card
    heading = card[0].partition("</p>")[0]
    assert heading.count("云州市东湖区人民法院") == 1
    assert heading.count("（2023）云0102执异77号") == 1


def test_an_older_version_says_so_and_links_the_newer(page: Pages) -> None:
    test = page("text", id=OLD_LAW_FILE)
    assert "已被修改：被2023年9月1日通过（公布）的文本取代，自2024年1月1日起不再适用" in text(test)
    assert '<a href="/text?id=' in html(test)


def test_a_cited_article_is_linked_and_its_link_opens_the_article(page: Pages) -> None:
    test = page("text", id=GUIDE_FILE)
    hrefs = [unescape(href) for href in re.findall(r'<a href="(/text\?law=[^"]*)"', html(test))]
    fields = {name: values[0] for name, values in parse_qs(urlsplit(hrefs[0]).query).items()}
    assert fields == {"law": "民事诉讼法", "article": "第二百三十六条", "day": "2024-06-21"}
    article = page("text", **fields)
    assert article.header[0].value == LAW
    assert "可以向负责执行的法院提出书面异议" in text(article)


def test_a_citation_of_an_earlier_version_opens_the_article_in_force_and_says_so(page: Pages) -> None:
    test = page("text", law="民事诉讼法", article="第二百三十二条", day="2023-08-25")
    assert "引用的是2022年1月1日施行的版本第二百三十二条，现为第二百三十六条（2024年1月1日施行）" in text(
        test
    )
    found = re.search(r'<p id="lz-hit-passage" class="lz-found">(.*?)</p>', html(test))
    assert found
    assert "<strong>第二百三十六条</strong>" in found[1]


def test_an_article_names_who_cites_it_by_the_number_that_it_bore(page: Pages) -> None:
    shown = text(page("text", law="民事诉讼法", article="第二百三十六条"))
    assert "引用本条的法规（1）云州市中级人民法院执行异议办理指引 第一条" in shown
    # The ruling of August 2023 cites the 236 of the version before, which is another article.
    assert "适用本条的裁判" not in shown
    assert "提及本条的其他裁判" not in shown


def test_a_ruling_is_shown_with_what_was_understood_of_it(page: Pages) -> None:
    shown = text(page("text", id="唯一住房.txt"))
    assert "程序执行异议" in shown
    assert "处理结果驳回异议" in shown
    assert "适用的法条（1）《民事诉讼法》第二百三十六条" in shown


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"law": "某某不存在法", "article": "第九条"}, "本库尚未收录《某某不存在法》第九条"),
        ({"law": "民诉法", "article": "第九百条"}, "其中没有第九百条"),
        ({"id": "nothing.txt"}, "本库没有这份文书"),
        ({"law": "<b>x</b>法", "article": "<i>"}, "本库尚未收录"),
    ],
    ids=["law not held", "article not held", "document not held", "markup"],
)
def test_what_is_not_held_is_said(page: Pages, fields: dict[str, str], message: str) -> None:
    test = page("text", **fields)
    assert message in text(test)
    assert "<i>" not in html(test)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("民诉法第236条", {"law": "民事诉讼法", "article": "第二百三十六条"}),
        ("(2023)云0102执异77号", {"id": "唯一住房.txt"}),
    ],
    ids=["citation", "case number"],
)
def test_a_typed_reference_opens_what_it_names(page: Pages, typed: str, fields: dict[str, str]) -> None:
    test = page("text")
    test.text_input[0].set_value(typed)
    test.button[0].click().run()
    assert test.query_params == fields or test.query_params == {k: [v] for k, v in fields.items()}
    assert test.header[0].value != "文书/法条"


def test_a_reference_to_nothing_is_answered_in_words(page: Pages) -> None:
    test = page("text")
    test.text_input[0].set_value("随便什么")
    test.button[0].click().run()
    assert "没有识别出法条" in test.warning[0].value


def test_a_lawyer_sees_own_tasks_with_due_dates_and_marks(page: Pages, world: World) -> None:
    test = page("tasks")
    assert world.new.title in titles(test)
    assert world.others.title not in text(test)
    assert "涉民生" in text(test)
    assert "已逾期 2 天（调查令载明的有效期限）" in text(test)


def test_a_task_can_be_taken_on_and_noted_and_both_are_in_its_history(page: Pages, world: World) -> None:
    test = page("tasks", task=str(world.second.id))
    assert "1,286,400.50 元" in text(test)
    assert 'href="/policies?q=%E5%BE%8B' in html(test)
    next(button for button in test.button if button.label == "接收任务").click().run()
    assert "任务现为“办理中”" in test.success[0].value
    assert [button.label for button in test.button] == ["提交审核", "添加备注"]
    next(area for area in test.text_area if area.label == "添加备注").set_value("已联系<b>银行</b>")
    next(button for button in test.button if button.label == "添加备注").click().run()
    again = page("tasks", task=str(world.second.id))
    assert "已联系<b>银行</b>" in text(again)
    assert "<b>" not in html(again)
    assert "将状态由“待接收”变更为“办理中”" in text(again)


def test_a_judge_must_give_the_reason_that_a_step_needs(page: Pages, world: World) -> None:
    test = page("tasks", "judge", task=str(world.new.id))
    next(button for button in test.button if button.label == "撤销任务").click().run()
    assert "须说明理由" in test.warning[0].value
    assert world.tasks.get(world.people["judge"], world.new.id).state is TaskState.ASSIGNED


@pytest.mark.parametrize("task", ["2", "999", "0", "-1", "x", "99999999999999999999"])
def test_anothers_task_and_one_that_is_not_there_show_the_refusal_and_nothing_else(
    page: Pages, world: World, task: str
) -> None:
    assert world.others.id == 2
    test = page("tasks", task=task)
    assert [warning.value for warning in test.warning] == ["没有这项任务，或者您无权查看。"]
    assert text(test) == "返回任务列表"
    assert not test.header
    assert not test.button


def test_an_administrator_reads_all_tasks_and_changes_none(page: Pages, world: World) -> None:
    assert {world.new.title, world.others.title} <= set(titles(page("tasks", "admin")))
    test = page("tasks", "admin", task=str(world.others.id))
    assert test.header[0].value == world.others.title
    assert not test.button


def test_a_researcher_is_told_that_there_are_no_tasks(page: Pages) -> None:
    test = page("tasks", "researcher")
    assert "没有执行任务" in test.info[0].value
    assert html(test) == ""


def test_the_list_of_tasks_is_narrowed_by_its_address(page: Pages, world: World) -> None:
    assert "没有符合条件的任务" in text(page("tasks", state="completed"))
    assert titles(page("tasks", words="工程款", kind="investigation_order")) == [world.new.title]
    assert titles(page("tasks", "judge", state="nonsense", page="x"))
