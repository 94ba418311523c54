"""The page of similar cases, run by Streamlit's own test runner."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from portal_world import LAW_FILE, Pages, World, served_here, text
from streamlit.testing.v1 import AppTest

from app.similar_cards import similar_address

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with served_here(tmp_path_factory.mktemp("portal")) as made:
        yield made


@pytest.fixture
def page(world: World, monkeypatch: pytest.MonkeyPatch) -> Open:
    return partial(Pages(world, monkeypatch), "similar")


def test_nobody_sees_anything_but_the_way_to_sign_in(page: Open) -> None:
    assert text(page(who="", id="租赁.txt")) == "前往登录"


def test_without_a_case_the_page_says_what_it_does(page: Open) -> None:
    test = page()
    assert test.header[0].value == "类案比对"
    assert "类案检索报告" in test.caption[0].value
    assert text(test) == ""


def chosen(test: AppTest, way: str) -> AppTest:
    test.radio[0].set_value(way)
    return test.run()


def test_a_pasted_text_has_its_like_and_stays_while_weights_change(page: Open) -> None:
    test = chosen(page(), "粘贴文字")
    test.text_area[0].set_value("案外人主张租赁合同签订于查封之前，请求带租拍卖该房屋。")
    test.button[0].click().run()
    assert "待决案件：粘贴文字" in [caption.value for caption in test.caption]
    assert "排序依据：" in text(test)
    next(slider for slider in test.slider if slider.label == "基本事实").set_value(100)
    assert "排序依据：" in text(test.run())


def test_a_pasted_norm_is_refused_with_the_reason(page: Open) -> None:
    test = chosen(page(), "粘贴文字")
    test.text_area[0].set_value("# 甲办法\n\n2021年6月18日 通过\n\n<!-- INFO END -->\n\n第一条 本办法施行。")
    test.button[0].click().run()
    assert "这是一份法规政策" in test.warning[0].value


def test_every_aspect_has_a_slider(page: Open) -> None:
    assert [slider.label for slider in page(id="租赁.txt").slider] == [
        "基本事实", "争议焦点", "特定情节", "法律适用", "案由", "裁判结果",
    ]  # fmt: skip


def test_a_document_of_the_index_has_its_like_with_reasons_and_a_report(page: Open) -> None:
    test = page(id="租赁.txt")
    shown = text(test)
    assert "本库 3 份裁判文书" in shown
    assert "1. " in shown
    assert "排序依据：" in shown
    assert "云01执复12号" not in shown  # the case itself
    assert [button.label for button in test.get("download_button")] == [
        "下载类案检索报告（Word）",
        "下载类案检索报告（PDF）",
    ]


def test_a_weight_that_is_changed_changes_the_ranking_and_is_shown(page: Open) -> None:
    test = page(id="租赁.txt")
    assert "案由 30%" in text(test)
    for slider in test.slider:
        slider.set_value(100 if slider.label == "案由" else 0)
    assert "实际权重：案由 100%" in text(test.run())


def test_weights_that_are_all_nothing_are_one_clear_warning(page: Open) -> None:
    test = page(id="租赁.txt")
    for slider in test.slider:
        slider.set_value(0)
    assert "至少有一项大于 0" in test.run().warning[0].value
    assert text(test) == ""


def test_a_case_is_found_by_its_number(page: Open) -> None:
    test = chosen(page(), "本库文书")
    test.text_input[0].set_value("（2024）云01执复12号")
    test.button[0].click().run()
    assert test.query_params["id"] == "租赁.txt"
    assert "排序依据：" in text(test)


@pytest.mark.parametrize(
    ("document_id", "said"),
    [
        pytest.param("没有.txt", "本库没有编号", id="not here"),
        pytest.param(LAW_FILE, "法规没有类案", id="a norm"),
    ],
)
def test_what_has_no_like_is_one_clear_warning(page: Open, document_id: str, said: str) -> None:
    assert said in page(id=document_id).warning[0].value


def test_a_number_that_is_not_here_is_one_clear_warning(page: Open) -> None:
    test = chosen(page(), "本库文书")
    test.text_input[0].set_value("（2024）云01执复99号")
    test.button[0].click().run()
    assert "本库没有这个案号" in test.warning[0].value


def test_a_hit_leads_here_by_its_address() -> None:
    assert similar_address("租赁.txt") == "/similar?id=%E7%A7%9F%E8%B5%81.txt"
