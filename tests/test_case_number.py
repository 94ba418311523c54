"""All writings of a case number have one canonical form, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.case_number import CaseNumber, find_case_numbers
from legal.numerals import to_chinese

CANONICAL = {
    "full width brackets": ("（2023）岭0102执12号", "（2023）岭0102执12号"),
    "half width brackets": ("(2023)岭0102执12号", "（2023）岭0102执12号"),
    "tortoise shell brackets": ("〔2023〕岭0102执12号", "（2023）岭0102执12号"),
    "square brackets": ("[2023]岭0102执12号", "（2023）岭0102执12号"),
    "full width square brackets": ("［2023］岭0102执12号", "（2023）岭0102执12号"),
    "brackets of two kinds": ("（2023)岭0102执12号", "（2023）岭0102执12号"),
    "spaces after the year": ("（2023） 岭0102执12号", "（2023）岭0102执12号"),
    "spaces inside the brackets": ("（ 2023 ）岭0102执12号", "（2023）岭0102执12号"),
    "spaces everywhere": ("( 2023 ) 岭 0102 执 异 12 号", "（2023）岭0102执异12号"),
    "ideographic space": ("（2023）岭0102执　12号", "（2023）岭0102执12号"),
    "full width digits": ("（２０２３）岭０１０２执１２号", "（2023）岭0102执12号"),
    "full width number alone": ("（2023）岭0102执１２号", "（2023）岭0102执12号"),
    "suffix in numerals": ("（2023）岭0102执异12号之一", "（2023）岭0102执异12号之一"),
    "suffix in digits": ("（2023）岭0102执异12号之1", "（2023）岭0102执异12号之一"),
    "suffix in full width digits": ("（2023）岭0102执12号之２", "（2023）岭0102执12号之二"),
    "suffix above ten": ("（2023）岭0102执12号之十二", "（2023）岭0102执12号之十二"),
    "older form with zi and di": ("(2007)澜民三初字第32号", "（2007）澜民三初32号"),
    "older form with spaces": ("（2007）澜民三初字 第 32 号", "（2007）澜民三初32号"),
    "di alone": ("（2007）澜民三初第32号", "（2007）澜民三初32号"),
    "number with a sub-number": ("(2007)澜民三初字第32-1号", "（2007）澜民三初32-1号"),
    "sub-number with a full width hyphen": ("（2007）澜执字第32－1号", "（2007）澜执32-1号"),
    "high court without digits": ("（2024）江执监18号", "（2024）江执监18号"),
    "intermediate court with two digits": ("（2020）岭01执复57号", "（2020）岭01执复57号"),
    "supreme court": ("（2020）最高法民再15号", "（2020）最高法民再15号"),
    "supreme court, intellectual property": ("（2020）最高法知民终9号", "（2020）最高法知民终9号"),
    "supreme court, older form": ("（2015）最高法执申字第22号", "（2015）最高法执申22号"),
    "enforcement resumed": ("（2025）岭0102执恢41号", "（2025）岭0102执恢41号"),
    "preservation in enforcement": ("（2022）原0725执保6号", "（2022）原0725执保6号"),
    "criminal with civil claim": ("（2019）原0725刑初88号", "（2019）原0725刑初88号"),
    "long kind of case": ("（2021）澜02民特监7号", "（2021）澜02民特监7号"),
    "last century": ("（1998）原经终字第5号", "（1998）原经终5号"),
    "bankruptcy with seven digits": ("（2023）江05破1234567号", "（2023）江05破1234567号"),
}

NO_CASE_NUMBER = {
    "number of an interpretation": "法释〔2020〕21号",
    "number of a court notice": "法发〔2019〕34号",
    "number of a government text": "江政办发〔2021〕5号",
    "year of a law": "（2023年修正）第12条",
    "year alone": "（2023）岭",
    "no brackets": "2023岭0102执12号",
    "no kind of case": "（2023）岭0102 12号",
    "no number": "（2023）岭0102执字号",
    "not a year": "（3023）岭0102执12号",
    "a contract": "合同编号（2023）0102号",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "canonical"), CANONICAL.values(), ids=CANONICAL)
def test_every_writing_of_a_case_number_has_its_canonical_form(text: str, canonical: str) -> None:
    assert [number.canonical for number in find_case_numbers(text)] == [canonical]


@pytest.mark.parametrize("text", NO_CASE_NUMBER.values(), ids=NO_CASE_NUMBER)
def test_what_is_no_case_number_is_not_found(text: str) -> None:
    assert find_case_numbers(text) == []


def test_case_number_with_half_width_brackets_has_the_same_canonical_form() -> None:
    full, half = find_case_numbers("（2023）岭0102执12号，即(2023)岭0102执12号")
    assert full.canonical == half.canonical
    assert full.raw != half.raw


@pytest.mark.parametrize("text", [text for text, _ in CANONICAL.values()], ids=CANONICAL)
def test_a_canonical_form_is_its_own_canonical_form(text: str) -> None:
    (number,) = find_case_numbers(text)
    assert [again.canonical for again in find_case_numbers(number.canonical)] == [number.canonical]


def test_the_parts_of_a_case_number_are_kept_apart() -> None:
    text = "依据(2007)澜0203民三初字第32-1号之2"
    assert find_case_numbers(text) == [
        CaseNumber(
            year=2007,
            court_code="澜0203",
            case_type="民三初",
            number="32-1",
            suffix="之二",
            raw="(2007)澜0203民三初字第32-1号之2",
            start=2,
        )
    ]


def test_several_case_numbers_of_a_text_come_in_order_with_their_places() -> None:
    text = (
        "不服（2023）岭0102执异77号裁定、（2022）岭0102执1086号之三通知，"
        "见法释〔2020〕21号，现（2023）岭01执复65号"
    )
    found = find_case_numbers(text)
    assert [number.canonical for number in found] == [
        "（2023）岭0102执异77号",
        "（2022）岭0102执1086号之三",
        "（2023）岭01执复65号",
    ]
    assert all(text.startswith(number.raw, number.start) for number in found)


def test_two_numbers_joined_by_a_comma_do_not_run_into_one() -> None:
    found = find_case_numbers("（2023）岭0102执12号、（2023）岭0102执13号")
    assert [number.number for number in found] == ["12", "13"]


@given(
    st.integers(1950, 2049),
    st.sampled_from("岭澜原江"),
    st.sampled_from(["", "01", "0102"]),
    st.sampled_from(["执", "执异", "执复", "民初", "民终", "刑初", "行审"]),
    st.integers(1, 9_999_999),
    st.integers(0, 30),
)
def test_any_new_form_number_is_canonical_as_it_stands(
    year: int, court: str, digits: str, kind: str, number: int, suffix: int
) -> None:
    tail = f"之{to_chinese(suffix)}" if suffix else ""
    text = f"（{year}）{court}{digits}{kind}{number}号{tail}"
    assert [found.canonical for found in find_case_numbers(f"本院{text}")] == [text]
