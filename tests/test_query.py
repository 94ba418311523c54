"""What is read from a typed query: articles, case numbers, and what cannot be searched for."""

import pytest

from legal.errors import QueryError
from search.query import MAX_LENGTH, parse_query

INTERPRETATION = "最高人民法院关于适用民事诉讼法的解释"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("民事诉讼法第二百三十六条", [("民事诉讼法", "第二百三十六条")]),
        ("《中华人民共和国民事诉讼法》第236条第1款", [("民事诉讼法", "第二百三十六条")]),
        ("民诉法解释517条", [(INTERPRETATION, "第五百一十七条")]),
        ("民法典577条和585条怎么区分", [("民法典", "第五百七十七条")]),
        ("民法典第577条和第585条", [("民法典", "第五百七十七条"), ("民法典", "第五百八十五条")]),
        ("刑法第二百八十七条之二", [("刑法", "第二百八十七条之二")]),
        ("唯一住房能否执行", []),
    ],
)
def test_the_articles_that_a_query_cites_are_known_by_law_and_label(
    text: str, cited: list[tuple[str, str]]
) -> None:
    assert [(c.law, c.article) for c in parse_query(text).citations] == cited


@pytest.mark.parametrize(
    "text",
    [
        "（2023）云0102执异12号",
        "(2023)云0102执异12号",
        "〔2023〕云0102执异字第12号",
        "（２０２３）云０１０２执异１２号",
        "我想看（2023）云0102执异12号和(2023) 云0102 执异12号",
    ],
)
def test_a_case_number_is_known_in_its_one_form_however_it_is_written(text: str) -> None:
    assert parse_query(text).case_numbers == ("（2023）云0102执异12号",)


def test_a_query_without_references_is_only_text() -> None:
    query = parse_query("  案外人对查封房屋提出异议　\n")
    assert (query.text, query.citations, query.case_numbers) == ("案外人对查封房屋提出异议", (), ())


@pytest.mark.parametrize("text", ["", "  \n\t　", "？！……", "《》（）", "—— + % ~"])
def test_a_query_without_a_letter_or_character_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QueryError, match="请输入要检索的词语") as refused:
        parse_query(text)
    assert "民事诉讼法第二百三十六条" in refused.value.message


@pytest.mark.parametrize("text", ["债", "7", "ａ", "〇", "㐂", "？债！"])
def test_a_single_letter_digit_or_character_can_be_searched_for(text: str) -> None:
    assert parse_query(text).text == text


def test_a_query_may_be_as_long_as_a_paragraph_of_facts_and_no_longer() -> None:
    longest = "债" * MAX_LENGTH
    assert parse_query(f" {longest} ").text == longest
    with pytest.raises(QueryError, match=r"5001 字，超过 5000 字"):
        parse_query(longest + "务")
