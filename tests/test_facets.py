"""Counts of facets, with expectations counted by hand."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from search.facets import tally_of, with_siblings
from search.findings import Finding
from search.passage import Passage


def one(passage_id: str, meta: Mapping[str, Any]) -> Finding:
    return Finding.of(Passage(passage_id, "", meta))


def found(*years: int | None) -> list[Finding]:
    """One passage of one document for each year."""
    return [one(f"{n}", {} if year is None else {"year": year}) for n, year in enumerate(years)]


def test_values_are_counted_most_first_and_equals_in_order_of_value() -> None:
    tally = tally_of(found(2022, 2023, None, 2021, 2023))
    assert tally.total == 5
    assert tally.counts("year") == ((2023, 2), (2021, 1), (2022, 1))


def test_what_has_no_value_counts_for_none() -> None:
    tally = tally_of(found(None, None))
    assert (tally.total, tally.counts("year"), tally.counts("court")) == (2, (), ())


def test_a_case_and_an_article_count_once_however_many_passages_were_found() -> None:
    ruling = {"kind": "precedent", "document_id": "一案", "year": 2020}
    law = {"kind": "policy", "document_id": "一法", "year": 2021}
    tally = tally_of(
        [
            one("一案#查明", ruling),
            one("一案#本院认为", ruling),
            one("一法#第一条", law),
            one("一法#第一条~2", law),
            one("一法#第二条", law),
        ]
    )
    assert (tally.total, tally.counts("year")) == (3, ((2021, 2), (2020, 1)))


def test_of_documents_that_say_the_same_each_value_counts_once() -> None:
    first = {"kind": "precedent", "group": "同", "document_id": "一案", "court": "甲法院", "year": 2020}
    second = first | {"document_id": "二案", "court": "乙法院"}
    tally = tally_of([one("一案#查明", first), one("二案#查明", second)])
    assert tally.total == 1
    assert tally.counts("court") == (("乙法院", 1), ("甲法院", 1))
    assert tally.counts("year") == ((2020, 1),)


def test_two_tallies_are_added() -> None:
    both = tally_of(found(2020, 2021)).plus(tally_of(found(2021), whole=False))
    assert (both.total, both.values["year"], both.whole) == (3, Counter({2020: 1, 2021: 2}), False)


def test_a_chosen_value_counts_what_is_shown_and_its_siblings_what_there_is_without_the_choice() -> None:
    assert with_siblings([2023], ((2023, 9),), ((2021, 5), (2023, 4), (2022, 1))) == (
        (2023, 9),
        (2021, 5),
        (2022, 1),
    )


def test_a_chosen_value_that_nothing_has_stays_with_no_hit() -> None:
    assert with_siblings([1999], (), ((2021, 5),)) == ((2021, 5), (1999, 0))
