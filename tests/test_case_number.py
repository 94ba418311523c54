"""All writings of a case number have one canonical form, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal.case_number import CaseNumber, find_case_numbers
from legal.court import LEVELS
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
    "spaces before and in the suffix": ("（ 2023 ）岭 0102 执 12 号 之 四", "（2023）岭0102执12号之四"),
    "之 without a numeral behind a space": ("（2023）岭0102执12号 之后", "（2023）岭0102执12号"),
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
    "black lenticular brackets": ("【2023】岭0102执12号", "（2023）岭0102执12号"),
    "leading zeros": ("（2020）岭0391民初00505号", "（2020）岭0391民初505号"),
    "leading zeros of an older number": ("（2009）澜法民初字第0012号", "（2009）澜法民初12号"),
    "line break behind the year": ("（2023）\n岭0102执12号", "（2023）岭0102执12号"),
    "line break in the kind of case": ("（2023）岭0102执\n异12号", "（2023）岭0102执异12号"),
    "line break before the number": ("（2023）岭0102执异\n 12 号", "（2023）岭0102执异12号"),
    "line break in the supreme court": ("（2021）最\n高法民申12号", "（2021）最高法民申12号"),
    "suffix as a hyphen behind the number": ("（2023）岭0102执12号-1", "（2023）岭0102执12号之一"),
    "suffix as a full width hyphen": ("（2023）岭0102执12号－2民事裁定", "（2023）岭0102执12号之二"),
    "suffix with a space": ("（2023）岭0102执12号之 三", "（2023）岭0102执12号之三"),
    "hyphen that may be a range or a sub-number": ("（2021）岭01执1-3号", "（2021）岭01执1-3号"),
    "older enforcement": ("（2012）澜执字第15号", "（2012）澜执15号"),
    "older enforcement in full": ("（2011）澜执行字第15号", "（2011）澜执行15号"),
    "older objection": ("（2013）澜中执异字第5号", "（2013）澜中执异5号"),
    "older reconsideration": ("（2014）江执复字第9号", "（2014）江执复9号"),
    "older court with a long abbreviation": ("（2009）深宝法民一初字第33号", "（2009）深宝法民一初33号"),
    "older number of the supreme court": ("（2014）执申字第5号", "（2014）执申5号"),
    "older retrial of the supreme court": ("（2012）民提字第208号", "（2012）民提208号"),
    "bracket in the kind of case": ("（2010）沪一中民四(商)终字第5号", "（2010）沪一中民四（商）终5号"),
    "bracket that names the division": ("(2011)浦民三（知）初字第46号", "（2011）浦民三（知）初46号"),
    "production and construction corps": ("（2020）兵0103执12号", "（2020）兵0103执12号"),
    "corps, high court": ("（2021）兵民终6号", "（2021）兵民终6号"),
    "intellectual property court": ("（2019）京73行初1号", "（2019）京73行初1号"),
    "financial court": ("（2021）沪74民终88号", "（2021）沪74民终88号"),
    "railway court": ("（2021）京7101民初5号", "（2021）京7101民初5号"),
    "military court": ("（2020）军0101刑初2号", "（2020）军0101刑初2号"),
    "supreme court, commercial court": ("（2019）最高法商初1号", "（2019）最高法商初1号"),
    "supreme court, compensation": ("（2021）最高法委赔监3号", "（2021）最高法委赔监3号"),
    "review of the death penalty": ("（2016）粤刑核11820143号", "（2016）粤刑核11820143号"),
    "preservation of evidence": ("（2020）粤73证保1号", "（2020）粤73证保1号"),
    "judicial relief": ("（2022）岭0102司救执4号", "（2022）岭0102司救执4号"),
    "within a sentence without spaces": ("依据本院（2023）岭0102民初7号民事判决", "（2023）岭0102民初7号"),
    "followed by a building": ("（2023）岭0102执12号，3号楼归张某", "（2023）岭0102执12号"),
}

# Lists and ranges: the numbers that are written out, each with the words it stands in.
LISTS = {
    "list with the sign at each": ("（2021）岭01执1号、2号", ["（2021）岭01执1号", "2号"], ["1", "2"]),
    "list with the sign at the end": (
        "（2021）岭01执1、2、3号裁定",
        ["（2021）岭01执1", "2", "3"],
        ["1", "2", "3"],
    ),
    "range from one to another": ("（2021）岭01执1号至5号", ["（2021）岭01执1号", "5号"], ["1", "5"]),
    "range with a hyphen": ("（2021）岭01执1号-5号案", ["（2021）岭01执1号", "5号"], ["1", "5"]),
    "and": ("（2021）岭01执12号和13号案件", ["（2021）岭01执12号", "13号"], ["12", "13"]),
    "list of an older form": ("（2012）澜执字第3号、第4号", ["（2012）澜执字第3号", "4号"], ["3", "4"]),
    "houses are no cases": ("（2021）岭01执12号、2号楼", ["（2021）岭01执12号"], ["12"]),
}
# Kind of case as written, then procedure.
PROCEDURE = {
    "民初": "一审",
    "民一初字": "一审",
    "民三初字": "一审",
    "法民一初字": "一审",
    "刑初": "一审",
    "行初": "一审",
    "知民初": "一审",
    "行赔初": "一审",
    "民撤": "一审",
    "民终": "二审",
    "刑终": "二审",
    "知行终": "二审",
    "民辖终": "二审",
    "民再": "再审",
    "民申": "再审",
    "民监": "再审",
    "刑再": "再审",
    "行抗": "再审",
    "民提字": "再审",
    "执": "执行实施",
    "执字": "执行实施",
    "执行字": "执行实施",
    "法执字": "执行实施",
    "执恢": "执行恢复",
    "执异": "执行异议",
    "执异字": "执行异议",
    "执外异字": "执行异议",
    "执复": "执行复议",
    "执复字": "执行复议",
    "执监": "执行监督",
    "执申字": "执行监督",
    "执保": "执行保全",
    "执协": "执行协调",
    "执他": "其他执行",
    "财保": "保全",
    "民保": "保全",
    "行保": "保全",
    "民保令": "特别程序",
    "民特": "特别程序",
    "民督": "特别程序",
    "破": "特别程序",
    "破申": "特别程序",
    "清申": "特别程序",
    "刑医": "特别程序",
    "委赔": "国家赔偿",
    "法委赔字": "国家赔偿",
    "法赔": "国家赔偿",
    "刑更": "其他",
    "刑执字": "其他",
    "行审": "其他",
    "司救执": "其他",
    "民辖": "其他",
}
LEVEL = {
    "（2020）最高法民再15号": "最高人民法院",
    "（2020）最高法知民终9号": "最高人民法院",
    "（2024）江执监18号": "高级人民法院",
    "（2021）兵民终6号": "高级人民法院",
    "（2020）岭01执复57号": "中级人民法院",
    "（2019）京73行初1号": "中级人民法院",
    "（2023）岭0102执12号": "基层人民法院",
    "（2021）京7101民初5号": "基层人民法院",
    "（2020）兵0103执12号": "基层人民法院",
    "(2007)丹民三初字第32号": None,
    "（2014）江执复字第9号": None,
    "（2014）执申字第5号": None,
    "（2016）深宝民初12号": None,
    "（2011）荣4民初字第1929号": None,
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
    "an expert report": "（2018）005号鉴定书",
    "an expert report of the police": "粤公（刑）鉴（DNA）字（2018）005号",
    "an expert report with its office": "（2016）精鉴字第216号",
    "an indictment": "沪长检诉刑诉［2018］643号",
    "a procurator's number of its own": "（2019）京检民监字第1号",
    "an award": "（2019）京仲裁字第123号",
    "an award without the word": "（2019）深国仲裁1234号",
    "labour arbitration": "（2020）岭劳人仲案字第12号",
    "a notarial certificate": "（2020）沪东证经字第12号",
    "a notarial certificate for enforcement": "（2016）京某内证执字第97号",
    "number of the State Council's office": "国办发〔2019〕3号",
    "administrative reconsideration": "（2019）江政复字第12号",
    "an appraisal": "（2019）京房估字第12号",
    "a loan": "（2015）江银行借字第3号",
    "number without a kind of case": "（2015）第21号",
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


@pytest.mark.parametrize(("text", "raw", "numbers"), LISTS.values(), ids=LISTS)
def test_of_a_list_every_number_that_is_written_out_is_found(
    text: str, raw: list[str], numbers: list[str]
) -> None:
    found = find_case_numbers(text)
    assert [number.number for number in found] == numbers
    assert [text[number.start : number.end] for number in found] == raw == [number.raw for number in found]
    assert len({(number.year, number.court_code, number.case_type) for number in found}) == 1


@pytest.mark.parametrize(("kind", "procedure"), PROCEDURE.items(), ids=PROCEDURE)
def test_the_kind_of_case_tells_the_procedure(kind: str, procedure: str) -> None:
    written = f"（2012）岭{kind}第8号" if kind.endswith("字") else f"（2022）岭01{kind}8号"
    assert [number.procedure for number in find_case_numbers(written)] == [procedure]


@pytest.mark.parametrize(("text", "level"), LEVEL.items(), ids=LEVEL)
def test_the_code_of_the_court_tells_its_level_and_an_old_one_does_not(text: str, level: str | None) -> None:
    (number,) = find_case_numbers(text)
    assert number.court_level == level
    assert level is None or level in LEVELS


def test_older_numbers_without_a_court_have_no_court_code() -> None:
    (number,) = find_case_numbers("（2014）执监字第8号")
    assert (number.court_code, number.case_type, number.procedure) == ("", "执监", "执行监督")


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
