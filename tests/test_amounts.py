"""Amounts in yuan are read in every writing, to the fen; what is no sum of yuan is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.amounts import Amount, find_amounts

# Text, the words of the amount, fen, and whether the text calls it inexact.
WRITINGS = {
    "separators": ("偿还1,234.56元", "1,234.56元", 123_456, False),
    "full width digits": ("罚金１０００元", "１０００元", 100_000, False),
    "full width separator": ("退赔3，000元。", "3，000元", 300_000, False),
    "full width point": ("1．5万元", "1．5万元", 1_500_000, False),
    "groups apart": ("本金10 000元", "10 000元", 1_000_000, False),
    "no separators": ("86000元", "86000元", 8_600_000, False),
    "hundred millions of fen": ("160647776.07元", "160647776.07元", 16_064_777_607, False),
    "one place": ("3500.5元", "3500.5元", 350_050, False),
    "nothing": ("到位0元", "0元", 0, False),
    "space before the unit": ("12.5 万元", "12.5 万元", 12_500_000, False),
    "ten thousands": ("12万元", "12万元", 12_000_000, False),
    "ten thousands to the yuan": ("悬赏8.8676万元", "8.8676万元", 8_867_600, False),
    "ten thousands with separators": ("1,234万元", "1,234万元", 1_234_000_000, False),
    "hundred millions": ("1.2亿元", "1.2亿元", 12_000_000_000, False),
    "two units with spaces": ("1 亿 7000 万元", "1 亿 7000 万元", 17_000_000_000, False),
    "two units": ("1万2000元", "1万2000元", 1_200_000, False),
    "ten thousands and thousands": ("3万5千元", "3万5千元", 3_500_000, False),
    "three units": ("5万3千8百元", "5万3千8百元", 5_380_000, False),
    "thousands": ("3千元", "3千元", 300_000, False),
    "millions": ("5百万元", "5百万元", 500_000_000, False),
    "numerals": ("三万五千元", "三万五千元", 3_500_000, False),
    "numerals with the currency before": ("人民币二十万元整", "二十万元", 20_000_000, False),
    "numerals above hundred millions": ("一亿二千三百万元", "一亿二千三百万元", 12_300_000_000, False),
    "numerals with a point": ("一点五万元", "一点五万元", 1_500_000, False),
    "ten": ("处十万元罚款", "十万元", 10_000_000, False),
    "formal": ("人民币叁仟元整", "叁仟元", 300_000, False),
    "formal with jiao": ("壹万贰仟叁佰元伍角", "壹万贰仟叁佰元伍角", 1_230_050, False),
    "formal with jiao and fen": (
        "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分",
        "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分",
        123_456_789,
        False,
    ),
    "formal with the older sign": ("伍佰圆整", "伍佰圆", 50_000, False),
    "digits with jiao and fen": ("12元5角6分", "12元5角6分", 1_256, False),
    "sign of the currency": ("￥1,234.56。", "￥1,234.56", 123_456, False),
    "sign of the currency with the unit": ("¥500元", "500元", 50_000, False),
    "colloquial": ("2元钱", "2元", 200, False),
    "a rate by month": ("每月500元/月", "500元", 50_000, False),
    "a rate of interest behind it": ("借款10000元月利率2%", "10000元", 1_000_000, False),
    "a rate in fen behind it": ("3000元5分利", "3000元", 300_000, False),
    "a date before it": ("2020年5月3日2万元", "2万元", 2_000_000, False),
    "a first payment": ("5000元首付款", "5000元", 500_000, False),
    "more, before the unit": ("200余万元", "200余万元", 200_000_000, True),
    "more, behind the unit": ("5万余元", "5万余元", 5_000_000, True),
    "more, in numerals": ("二百余万元", "二百余万元", 200_000_000, True),
    "many": ("30多万元", "30多万元", 30_000_000, True),
    "about": ("约3万元", "3万元", 3_000_000, True),
    "or so": ("20万元左右", "20万元", 20_000_000, True),
    "parts of a fen are rounded": ("1234.567元", "1234.567元", 123_457, True),
    "the end of a range": ("2000-3000元", "3000元", 300_000, False),
}

NO_AMOUNT = {
    "new year's day": "2011年元旦",
    "first month": "2011年元月5日",
    "first month behind a slip": "201元月",
    "an ordinal": "第3元",
    "a flat": "3单元502室",
    "a flat in numerals": "二单元",
    "a place": "广州市三元里",
    "a word": "二元结构",
    "dollars": "100万美元",
    "Hong Kong dollars": "500港元",
    "a currency before it": "港币100万元",
    "dollars before it": "USD 500元",
    "no number": "数万元、几千元、上万元",
    "some hundred thousands": "数十万元",
    "read in two ways": "三万五元",
    "below a fen": "每日0.0003元",
    "months": "12个月",
    "a number too long to be a sum": "123456789012345678元",
    "a name": "张元1",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "words", "fen", "about"), WRITINGS.values(), ids=WRITINGS)
def test_an_amount_is_read_to_the_fen_in_every_writing(text: str, words: str, fen: int, about: bool) -> None:
    start = text.index(words)
    assert find_amounts(text) == [Amount(fen, start, start + len(words), about)]


@pytest.mark.parametrize("text", NO_AMOUNT.values(), ids=NO_AMOUNT)
def test_what_is_no_sum_of_yuan_is_not_found(text: str) -> None:
    assert find_amounts(text) == []


def test_amounts_come_in_the_order_of_the_text() -> None:
    text = "处二万元以上二十万元以下罚款，另付1,500.5元。"
    assert [(a.fen, text[a.start : a.end]) for a in find_amounts(text)] == [
        (2_000_000, "二万元"),
        (20_000_000, "二十万元"),
        (150_050, "1,500.5元"),
    ]


def test_amounts_without_anything_between_them_are_told_apart() -> None:
    text = "￥500 3元5角2万元1 000元"
    assert [(a.fen, text[a.start : a.end]) for a in find_amounts(text)] == [
        (50_000, "￥500"),
        (350, "3元5角"),
        (2_000_000, "2万元"),
        (100_000, "1 000元"),
    ]


def test_an_amount_is_read_where_many_figures_stand_before_it() -> None:
    text = "一、" + "9、" * 300 + "\u30008 元"
    assert [(a.fen, text[a.start : a.end]) for a in find_amounts(text)] == [(800, "8 元")]


@given(st.integers(0, 10**13))
def test_every_sum_of_fen_is_read_with_and_without_separators(fen: int) -> None:
    for figures in (f"{fen // 100}.{fen % 100:02}", f"{fen // 100:,}.{fen % 100:02}"):
        assert [a.fen for a in find_amounts(f"支付{figures}元。")] == [fen]


@given(st.text(alphabet="0１2 ,，.．一二十百千万亿壹元角分余¥月第", max_size=30))
def test_any_run_of_signs_gives_amounts_that_stand_in_it_and_never_an_error(text: str) -> None:
    for amount in find_amounts(text):
        assert amount.fen >= 0
        assert 0 <= amount.start < amount.end <= len(text)
