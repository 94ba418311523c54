"""Dates are found in every writing of documents; days that do not exist are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.dates import find_dates, from_number, to_number
from legal.numerals import to_chinese

WRITINGS = {
    "digits": ("张某于2023年5月16日到案。", date(2023, 5, 16)),
    "digits with leading zeros": ("2023年05月06日", date(2023, 5, 6)),
    "digits with spaces": ("2023 年 5 月 16 日", date(2023, 5, 16)),
    "full width digits": ("２０２３年５月１６日", date(2023, 5, 16)),
    "numerals with round zero": ("二〇二三年五月十六日", date(2023, 5, 16)),
    "numerals with written zero": ("二零二三年五月十六日", date(2023, 5, 16)),
    "numerals with circle": ("二○二三年五月十六日", date(2023, 5, 16)),
    "numerals with full width letter O": ("二Ｏ二三年五月十六日", date(2023, 5, 16)),
    "numerals with letter O": ("二O二三年五月十六日", date(2023, 5, 16)),
    "numerals with digit nought": ("二0二三年五月十六日", date(2023, 5, 16)),
    "numerals with a large circle": ("二◯二三年五月十六日", date(2023, 5, 16)),
    "numerals with spaces in the year": ("二 〇 二 三年五月十六日", date(2023, 5, 16)),
    "first month as yuanyue": ("2011年元月5日", date(2011, 1, 5)),
    "first month as yuanyue, in numerals": ("二〇一一年元月五日", date(2011, 1, 5)),
    "last century": ("一九九八年十二月三十一日", date(1998, 12, 31)),
    "tenth month and tenth day": ("二〇一〇年十月十日", date(2010, 10, 10)),
    "twentieth": ("二〇一〇年十一月二十日", date(2010, 11, 20)),
    "numeral year with arabic day": ("二〇二三年5月16日", date(2023, 5, 16)),
    "iso": ("自2023-05-16起算", date(2023, 5, 16)),
    "leap day": ("2024年2月29日", date(2024, 2, 29)),
}

NO_DATE = {
    "30 February": "二〇二三年二月三十日",
    "29 February of a common year": "2023年2月29日",
    "31 April": "2023年4月31日",
    "13th month": "2023年13月1日",
    "month nought": "2023年0月1日",
    "day nought": "2023年5月0日",
    "iso 31 April": "2023-04-31",
    "year and month alone": "2023年5月",
    "month and day alone": "5月16日",
    "new year's day": "2011年元旦",
    "a term of years": "有期徒刑三年六个月",
    "a case number": "（2023）岭0102执12号",
}


@pytest.mark.parametrize(("text", "day"), WRITINGS.values(), ids=WRITINGS)
def test_a_date_is_found_in_every_writing(text: str, day: date) -> None:
    assert [found for found, _ in find_dates(text)] == [day]


@pytest.mark.parametrize("text", NO_DATE.values(), ids=NO_DATE)
def test_what_is_no_day_of_the_calendar_is_not_found(text: str) -> None:
    assert find_dates(text) == []


def test_dates_come_in_the_order_of_the_text_with_their_places() -> None:
    text = "查封自2022年3月1日起至二〇二五年二月二十八日止，2021-07-09立案。"
    assert find_dates(text) == [
        (date(2022, 3, 1), text.index("2022年")),
        (date(2025, 2, 28), text.index("二〇二五")),
        (date(2021, 7, 9), text.index("2021-")),
    ]


def test_an_impossible_day_does_not_hide_the_date_after_it() -> None:
    assert find_dates("2023年2月30日，更正为2023年3月2日")[0][0] == date(2023, 3, 2)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_from_all_three_writings(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    formal = f"{year}年{to_chinese(day.month)}月{to_chinese(day.day)}日"
    for text in (formal, f"{day.year}年{day.month}月{day.day}日", day.isoformat()):
        assert find_dates(f"于{text}作出") == [(day, 1)]


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)], ids=str)
def test_a_day_kept_as_a_number_is_read_again(day: date) -> None:
    assert from_number(to_number(day)) == day


@pytest.mark.parametrize("number", [20240000, 20240100, 20230229, 0, -20240101, 10**40], ids=str)
def test_a_number_of_a_day_that_does_not_exist_is_none(number: int) -> None:
    assert from_number(number) is None


def test_days_kept_as_numbers_have_the_order_of_the_days() -> None:
    assert to_number(date(2023, 12, 31)) == 20231231 < to_number(date(2024, 1, 1)) == 20240101
