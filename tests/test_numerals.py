"""Chinese numerals are read and written as statutes number their articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.numerals import parse_large_number, parse_number, to_chinese

BOTH_WAYS = [
    (1, "一"),
    (9, "九"),
    (10, "十"),
    (11, "十一"),
    (20, "二十"),
    (99, "九十九"),
    (100, "一百"),
    (101, "一百零一"),
    (110, "一百一十"),
    (111, "一百一十一"),
    (236, "二百三十六"),
    (500, "五百"),
    (577, "五百七十七"),
    (1000, "一千"),
    (1001, "一千零一"),
    (1010, "一千零一十"),
    (1100, "一千一百"),
    (1260, "一千二百六十"),
    (5005, "五千零五"),
    (9999, "九千九百九十九"),
]

READ_ONLY = {
    "ascii digits": ("236", 236),
    "full width digits": ("２３６", 236),
    "both widths mixed": ("２3６", 236),
    "leading zeros": ("007", 7),
    "zero itself": ("零", 0),
    "round zero between units": ("一百〇五", 105),
    "written zero between units": ("一百零五", 105),
    "circle for zero": ("一百○五", 105),
    "full width letter O for zero": ("二Ｏ二三", 2023),
    "letter O for zero": ("二O二三", 2023),
    "year digit by digit": ("二〇二三", 2023),
    "year with the written zero": ("二零二三", 2023),
    "two written as liang": ("两百", 200),
    "ten with its one": ("一十二", 12),
    "two digits without a unit": ("三六", 36),
}

LARGE = {
    "ten thousand": ("一万", 10_000),
    "ten thousands with thousands": ("三万五千", 35_000),
    "ten thousands with a gap": ("三万零五十", 30_050),
    "a gap written round": ("三万〇五", 30_005),
    "formal": ("壹佰贰拾叁万肆仟伍佰陆拾柒", 1_234_567),
    "formal that begins with ten": ("拾万", 100_000),
    "traditional": ("貳萬參仟", 23_000),
    "hundred million": ("一亿", 100_000_000),
    "hundred millions with ten thousands": ("一亿二千万", 120_000_000),
    "million millions": ("二万亿", 2_000_000_000_000),
    "below ten thousand": ("二百三十六", 236),
    "digits": ("２３６", 236),
}
NO_LARGE = {
    "spoken, read in two ways": "三万五",
    "unit alone": "万",
    "thousand before the unit without a digit": "千万",
    "units that grow": "五万三亿",
    "words": "若干万",
    "empty": "",
}

NONSENSE = {
    "empty": "",
    "blank": " ",
    "words": "若干",
    "number with a word": "十二条",
    "digits with a letter": "12a",
    "digits and numerals mixed": "2百",
    "units that grow": "十百",
    "the same unit twice": "二百三百",
    "two digits before a unit": "二三百",
    "a unit of hundreds without a digit": "百五",
    "two digits after the last unit": "二百三十六七",
    "beyond the units of statutes": "三万",
    "minus sign": "-3",
    "superscript digit": "²",
}


@pytest.mark.parametrize(("number", "numeral"), BOTH_WAYS, ids=[str(n) for n, _ in BOTH_WAYS])
def test_a_number_and_its_numeral_are_each_others_reading(number: int, numeral: str) -> None:
    assert to_chinese(number) == numeral
    assert parse_number(numeral) == number


@pytest.mark.parametrize(("text", "number"), READ_ONLY.values(), ids=READ_ONLY)
def test_every_writing_that_documents_use_is_read(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(("text", "number"), LARGE.values(), ids=LARGE)
def test_numbers_of_sums_are_read_plain_and_formal(text: str, number: int) -> None:
    assert parse_large_number(text) == number


@pytest.mark.parametrize("text", NO_LARGE.values(), ids=NO_LARGE)
def test_what_is_no_clear_number_of_a_sum_is_none(text: str) -> None:
    assert parse_large_number(text) is None


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_ten_thousands_and_units_add_up(high: int, low: int) -> None:
    gap = "" if low >= 1000 else "零"
    assert parse_large_number(f"{to_chinese(high)}万{gap}{to_chinese(low)}") == high * 10_000 + low


@given(st.integers(1, 9999))
def test_every_number_survives_the_round_trip(number: int) -> None:
    assert parse_number(to_chinese(number)) == number


@given(st.integers(1, 9999))
def test_full_width_digits_read_as_the_narrow_ones(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse_number(wide) == parse_number(str(number)) == number


@given(st.text(alphabet="〇零一二三四五六七八九十百千两0１", max_size=8))
def test_any_run_of_numerals_is_a_number_or_none_and_never_an_error(text: str) -> None:
    number = parse_number(text)
    assert number is None or number >= 0


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_that_no_article_bears_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_chinese(number)


@pytest.mark.parametrize("digits", ["9" * 5000, "九" * 5000, "0" * 31], ids=["digits", "numerals", "zeros"])
def test_a_run_of_digits_without_end_is_no_number(digits: str) -> None:
    assert parse_number(digits) is None
