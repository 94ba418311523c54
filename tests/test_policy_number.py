"""The document number of a norm is found in its head, in any writing, and made one."""

import pytest

from ingest.parse_policy import parse_policy
from ingest.policy_number import is_number, number_of

NUMBERS = {
    "interpretation": ("法释〔2020〕21号", "法释〔2020〕21号"),
    "square brackets": ("法释[2020]21号", "法释〔2020〕21号"),
    "full width": ("法释［２０２０］２１号", "法释〔2020〕21号"),
    "round brackets, in brackets": ("（法发（2019）35号）", "法发〔2019〕35号"),
    "with spaces": ("法 释〔 2020 〕 21 号".replace("法 释", "法释"), "法释〔2020〕21号"),
    "the court's own": ("法〔2019〕232号", "法〔2019〕232号"),
    "of the procuratorate": ("高检发释字〔2025〕1号", "高检发释字〔2025〕1号"),
    "of a ministry, alone on its line": ("劳社部发〔2008〕3号", "劳社部发〔2008〕3号"),
    "of a local court, alone on its line": ("云州中法发〔2021〕18号", "云州中法发〔2021〕18号"),
    "in a sentence": ("最高人民法院以法发〔1993〕15号通知印发", "法发〔1993〕15号"),
    "order of the State Council": (
        "2014年11月24日 中华人民共和国国务院令第656号公布",
        "国务院令第656号",
    ),
    "order in Chinese numerals": ("中华人民共和国主席令第七十三号公布", "主席令第73号"),
    "order of two": (
        "中华人民共和国国务院、中华人民共和国中央军事委员会令第288号公布",
        "国务院、中央军事委员会令第288号",
    ),
    "order with its number before": ("中央军事委员会第14号令发布", "中央军事委员会令第14号"),
    "order of a ministry": ("民政部令第14号发布", "民政部令第14号"),
    "order that amends": ("2024年7月10日 中华人民共和国国务院令第786号修订）", "国务院令第786号"),
    "announcement of a congress": (
        "2016年1月13日 云州市人民代表大会常务委员会公告第16号公布",
        "云州市人民代表大会常务委员会公告第16号",
    ),
    "a request of another court": ("你院《关于甲的请示》（沪高法〔2021〕215号）收悉。", None),
    "a session": ("2020年12月23日 最高人民法院审判委员会第1823次会议通过", None),
    "a case number": ("（2023）京0105执123号", None),
    "no number": ("2014年11月24日 国务院公布", None),
}


@pytest.mark.parametrize(("line", "number"), NUMBERS.values(), ids=NUMBERS)
def test_a_line_has_this_number(line: str, number: str | None) -> None:
    assert number_of([line]) == number


def test_the_last_number_counts() -> None:
    lines = ["2014年3月1日 国务院令第7号公布", "2021年3月1日 国务院令第9号修订"]
    assert number_of(lines) == "国务院令第9号"


def test_a_line_is_a_number_only_where_nothing_else_stands_on_it() -> None:
    assert is_number("法释〔2022〕12号")
    assert not is_number("依照法释〔2022〕12号办理")


TEXTS = {
    "above the mark": "# 甲规定\n法释〔2021〕11号\n<!-- INFO END -->\n第一条 甲。",
    "below the mark, under the title again": (
        "# 甲规定\n<!-- INFO END -->\n最高人民法院\n甲规定\n法释〔2021〕11号\n第一条 甲。"
    ),
    "without a mark": "# 甲规定\n法释〔2021〕11号\n第一条 甲。",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_number_stands_in_the_head_of_a_norm(text: str) -> None:
    assert parse_policy(text, "甲.md").document_number == "法释〔2021〕11号"


def test_a_number_among_the_articles_is_another_texts() -> None:
    text = "# 甲规定\n<!-- INFO END -->\n第一条 甲。\n（法释〔2015〕16号）\n第二条 乙。"
    assert parse_policy(text, "甲.md").document_number is None
