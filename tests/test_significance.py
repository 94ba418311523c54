"""Confidence intervals: wide for few or scattered values, of nothing for equal ones, the same every time."""

import pytest

from evaluation.significance import difference, interval


def test_equal_values_leave_no_doubt() -> None:
    found = interval([0.5] * 40)
    assert (found.mean, found.low, found.high) == (0.5, 0.5, 0.5)


def test_the_mean_of_a_coin_lies_where_the_normal_approximation_says() -> None:
    # 100 values of 0 and 1, half each: the standard error is 0.05, so 95 % lie within 0.5 ± 1.96 · 0.05.
    found = interval([0.0, 1.0] * 50)
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.402, abs=0.012)
    assert found.high == pytest.approx(0.598, abs=0.012)


def test_fewer_values_are_less_sure() -> None:
    few, many = interval([0.0, 1.0] * 5), interval([0.0, 1.0] * 500)
    assert few.high - few.low > 5 * (many.high - many.low)


def test_a_difference_is_taken_query_by_query() -> None:
    # Scores differ widely between queries but by 0.1 within each: paired, there is no doubt.
    one, other = [0.2, 0.6, 1.0], [0.1, 0.5, 0.9]
    found = difference(one, other)
    assert (found.low, found.mean, found.high) == pytest.approx((0.1, 0.1, 0.1))


def test_runs_over_different_queries_have_no_difference() -> None:
    with pytest.raises(ValueError, match="zip"):
        difference([0.1], [0.1, 0.2])


def test_no_values_have_no_mean() -> None:
    with pytest.raises(ValueError, match="no values"):
        interval([])


def test_the_same_values_have_the_same_interval() -> None:
    assert interval([0.1, 0.7, 0.4]) == interval([0.1, 0.7, 0.4])
