"""Which version of a law applied on a day, and what became of each: by the day of effect, with the reason."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ingest.parse import parse
from ingest.source import RawDocument
from legal.documents import PolicyText
from legal.known_texts import KnownText, known_versions
from legal.law_names import law_key
from legal.versions import Ending, History, Version, history_of

LAWS = Path(__file__).parents[2] / "shared" / "corpora" / "laws"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _version(name: str, adopted: str = "", effective: str = "") -> Version:
    return Version(
        name, "甲法", _day(adopted) if adopted else None, _day(effective) if effective else None, None
    )


def _known(adopted: str, effective: str, ended: str = "", status: str | None = None) -> KnownText:
    return KnownText(
        law="甲法",
        title="甲法",
        adopted=_day(adopted),
        published=None,
        short_name=None,
        document_number="主席令第7号",
        effective=_day(effective),
        ended=_day(ended) if ended else None,
        status=status,
        note=None,
        source="记忆",
    )


OLD = _version("旧", "2017-09-01", "2018-01-01")
NEW = _version("新", "2023-09-01", "2024-01-01")
REPEAL = Ending("乙", "中华人民共和国乙法", "第九十条", date(2025, 6, 1))

# name: (history, document, day, what it is, from when, the reason)
STATUSES: dict[str, tuple[History, str, str, str, str | None, str]] = {
    "before its effect": (
        history_of([OLD]),
        "旧",
        "2017-12-31",
        "尚未施行",
        "2018-01-01",
        "自2018年1月1日起施行。",
    ),
    "on its day of effect": (
        history_of([OLD]),
        "旧",
        "2018-01-01",
        "现行有效",
        "2018-01-01",
        "自2018年1月1日起施行。未见其后修改或者废止的记载。",
    ),
    "when the next is adopted, but not in effect": (
        history_of([OLD, NEW]),
        "旧",
        "2023-12-31",
        "现行有效",
        "2018-01-01",
        "自2018年1月1日起施行。将自2024年1月1日起被新文本取代。",
    ),
    "when the next takes effect": (
        history_of([OLD, NEW]),
        "旧",
        "2024-01-01",
        "已被修改",
        "2024-01-01",
        "被2023年9月1日通过（公布）的文本取代，自2024年1月1日起不再适用。",
    ),
    "the next itself": (
        history_of([OLD, NEW]),
        "新",
        "2023-12-31",
        "尚未施行",
        "2024-01-01",
        "自2024年1月1日起施行。",
    ),
    "when the next, whose effect is unknown, is adopted": (
        history_of([OLD, _version("新", "2023-09-01")]),
        "旧",
        "2023-09-01",
        "已被修改",
        "2023-09-01",
        "被2023年9月1日通过（公布）的文本取代，自2023年9月1日起不再适用；新文本的施行日期不明，按通过（公布）日期计算。",
    ),
    "its own effect is unknown": (
        history_of([_version("旧", "2017-09-01")]),
        "旧",
        "2020-01-01",
        "现行有效",
        "2017-09-01",
        "施行日期不明，按通过（公布）日期2017年9月1日计算。未见其后修改或者废止的记载。",
    ),
    "before its adoption, its effect unknown": (
        history_of([_version("旧", "2017-09-01")]),
        "旧",
        "2017-08-31",
        "尚未施行",
        "2017-09-01",
        "2017年9月1日才通过（公布），施行日期不明。",
    ),
    "a repeal to come": (
        history_of([NEW], endings=[REPEAL]),
        "新",
        "2025-05-31",
        "现行有效",
        "2024-01-01",
        "自2024年1月1日起施行。将自2025年6月1日起废止。",
    ),
    "a repeal": (
        history_of([NEW], endings=[REPEAL]),
        "新",
        "2025-06-01",
        "已废止",
        "2025-06-01",
        "被《中华人民共和国乙法》（第九十条）废止，自2025年6月1日起失效。",
    ),
    "a repeal that came before the law was made again": (
        history_of([NEW], endings=[Ending("乙", "乙法", "第九十条", date(2020, 6, 1))]),
        "新",
        "2025-06-01",
        "现行有效",
        "2024-01-01",
        "自2024年1月1日起施行。未见其后修改或者废止的记载。",
    ),
    "replaced first, repealed later": (
        history_of([OLD, NEW], endings=[REPEAL]),
        "旧",
        "2026-01-01",
        "已被修改",
        "2024-01-01",
        "被2023年9月1日通过（公布）的文本取代，自2024年1月1日起不再适用。",
    ),
    "replaced by a version that is not here": (
        history_of([OLD], known=[_known("2023-09-01", "2024-01-01")]),
        "旧",
        "2024-01-01",
        "已被修改",
        "2024-01-01",
        "被2023年9月1日通过（公布）的文本（该版本未收录）取代，自2024年1月1日起不再适用。",
    ),
    "ended, as a curated source says": (
        history_of([OLD], known=[_known("2017-09-01", "2018-01-01", "2022-05-01", "已被修改")]),
        "旧",
        "2022-05-01",
        "已被修改",
        "2022-05-01",
        "自2022年5月1日起不再适用（依据人工核对的资料）。",
    ),
    "no date at all": (
        history_of([_version("旧")]),
        "旧",
        "2024-01-01",
        "效力不明",
        None,
        "文本没有写明通过日期和施行日期，无法判断是否现行有效。",
    ),
    "no date at all, and repealed": (
        history_of([_version("旧")], endings=[REPEAL]),
        "旧",
        "2026-01-01",
        "已废止",
        "2025-06-01",
        "被《中华人民共和国乙法》（第九十条）废止，自2025年6月1日起失效。",
    ),
    "no date beside a version that has one": (
        history_of([_version("旧"), NEW]),
        "旧",
        "2026-01-01",
        "效力不明",
        None,
        "文本没有写明通过日期和施行日期，无法判断是否现行有效。",
    ),
    "the same version under another date": (
        history_of([_version("甲", "2022-03-22", "2022-04-10"), _version("乙", "2022-04-01", "2022-04-10")]),
        "甲",
        "2023-01-01",
        "现行有效",
        "2022-04-10",
        "自2022年4月10日起施行。未见其后修改或者废止的记载。",
    ),
    "a part of a code beside another": (
        history_of([_version("物权编", "2020-05-28", "2021-01-01"), _version("婚姻编", "2020-05-28")]),
        "婚姻编",
        "2021-01-01",
        "现行有效",
        "2021-01-01",
        "自2021年1月1日起施行。未见其后修改或者废止的记载。",
    ),
}


@pytest.mark.parametrize(
    ("history", "document", "day", "standing", "since", "source"), STATUSES.values(), ids=STATUSES
)
def test_a_version_is_this_on_a_day_and_the_reason_is_said(
    history: History, document: str, day: str, standing: str, since: str | None, source: str
) -> None:
    status = history.status(document, _day(day))
    assert (status.standing, status.since, status.source) == (
        standing,
        _day(since) if since else None,
        source,
    )


def test_a_replaced_version_names_what_replaced_it_and_a_repealed_one_the_text() -> None:
    history = history_of([OLD, NEW], endings=[REPEAL])
    by = history.status("旧", date(2026, 1, 1)).by
    assert by == history.versions[1]
    assert history.status("新", date(2026, 1, 1)).by == REPEAL


def test_a_document_of_another_law_has_no_status() -> None:
    with pytest.raises(KeyError):
        history_of([OLD]).status("丙", date(2026, 1, 1))


def test_what_is_known_of_a_version_stands_before_what_its_document_says() -> None:
    (wording,) = history_of([_version("旧", "2017-09-10", "")], [_known("2017-09-01", "2018-01-01")]).versions
    assert (wording.documents, wording.adopted, wording.effective) == (
        ("旧",),
        _day("2017-09-01"),
        _day("2018-01-01"),
    )
    assert wording.document_number == "主席令第7号"


# name: (history, day, documents that applied, the reason)
APPLIED: dict[str, tuple[History, str, tuple[str, ...] | None, str]] = {
    "before the first": (
        history_of([OLD, NEW]),
        "2017-12-31",
        None,
        "2017年12月31日早于所知最早版本的施行日期，没有可以适用的版本。",
    ),
    "between adoption and effect": (
        history_of([OLD, NEW]),
        "2023-12-31",
        ("旧",),
        "自2018年1月1日起施行。",
    ),
    "from the day of effect": (history_of([OLD, NEW]), "2024-01-01", ("新",), "自2024年1月1日起施行。"),
    "by adoption": (
        history_of([OLD, _version("新", "2023-09-01")]),
        "2023-09-02",
        ("新",),
        "施行日期不明，按通过（公布）日期2023年9月1日计算。",
    ),
    "one that is not here": (
        history_of([OLD], [_known("2023-09-01", "2024-01-01")]),
        "2024-05-01",
        (),
        "自2024年1月1日起施行。",
    ),
    "after its repeal": (
        history_of([NEW], endings=[REPEAL]),
        "2025-06-01",
        None,
        "被《中华人民共和国乙法》（第九十条）废止，自2025年6月1日起失效。",
    ),
    "none, of texts without dates": (
        history_of([_version("旧")]),
        "2024-05-01",
        None,
        "2024年5月1日早于所知最早版本的施行日期，没有可以适用的版本。",
    ),
}


@pytest.mark.parametrize(("history", "day", "documents", "source"), APPLIED.values(), ids=APPLIED)
def test_the_version_that_applied_on_a_day_is_found_by_its_effect(
    history: History, day: str, documents: tuple[str, ...] | None, source: str
) -> None:
    applied = history.version_on(_day(day))
    assert (applied.version.documents if applied.version else None) == documents
    assert applied.source == source


@cache
def _history(law: str) -> History:
    """The history of a law from the files of the shared corpus that bear its name."""
    versions = []
    for file in sorted(LAWS.rglob(f"*{law}*.md")):
        if file.name.split("(")[0].removesuffix(".md") != law:
            continue
        name = file.relative_to(LAWS).as_posix()
        document = parse(RawDocument(name, file.read_text(encoding="utf-8")))
        assert isinstance(document, PolicyText)
        versions.append(
            Version(name, document.title, document.adopted, document.effective, document.document_number)
        )
    return history_of(versions, known_versions(law_key(law)))


CPL_INTERPRETATION = "最高人民法院关于适用《民事诉讼法》的解释"
CRIMINAL_INTERPRETATION = "最高人民法院关于适用《刑事诉讼法》的解释"
DISHONEST = "最高人民法院关于公布失信被执行人名单信息的若干规定"

# law: day → the day in the name of the file that applied; None where it is known and not held. The first and
# second day are those before and of the effect of the newer version, the third lies between its adoption and
# its effect, or else where another version applied.
AS_OF: dict[str, Mapping[str, str | None]] = {
    "民事诉讼法": {"2023-12-31": "2021-12-24", "2024-01-01": "2023-09-01", "2023-10-08": "2021-12-24"},
    "公司法": {"2024-06-30": "2018-10-26", "2024-07-01": "2023-12-29", "2024-01-15": "2018-10-26"},
    "行政复议法": {"2023-12-31": "2017-09-01", "2024-01-01": "2023-09-01", "2023-09-15": "2017-09-01"},
    "立法法": {"2023-03-14": "2015-03-15", "2023-03-15": "2023-03-13", "2020-06-01": "2015-03-15"},
    "监察法": {"2025-05-31": "2018-03-20", "2025-06-01": "2024-12-25", "2025-01-10": "2018-03-20"},
    "反洗钱法": {"2024-12-31": "2006-10-31", "2025-01-01": "2024-11-08", "2024-12-01": "2006-10-31"},
    "矿产资源法": {"2025-06-30": "2009-08-27", "2025-07-01": "2024-11-08", "2025-01-01": "2009-08-27"},
    "文物保护法": {"2025-02-28": "2017-11-04", "2025-03-01": "2024-11-08", "2024-12-01": "2017-11-04"},
    "统计法": {"2024-09-12": "2009-06-27", "2024-09-13": "2024-09-13", "2015-01-01": "2009-06-27"},
    "会计法": {"2024-06-30": "2017-11-04", "2024-07-01": "2024-06-28", "2024-06-29": "2017-11-04"},
    "保守国家秘密法": {"2024-04-30": "2010-04-29", "2024-05-01": "2024-02-27", "2024-03-15": "2010-04-29"},
    "突发事件应对法": {"2024-10-31": "2007-08-30", "2024-11-01": "2024-06-28", "2024-08-01": "2007-08-30"},
    "海洋环境保护法": {"2023-12-31": "2017-11-04", "2024-01-01": "2023-10-24", "2023-11-15": "2017-11-04"},
    "野生动物保护法": {"2023-04-30": "2018-10-26", "2023-05-01": "2022-12-30", "2023-02-01": "2018-10-26"},
    "畜牧法": {"2023-02-28": "2015-04-24", "2023-03-01": "2022-10-30", "2022-12-01": "2015-04-24"},
    "反垄断法": {"2022-07-31": "2007-08-30", "2022-08-01": "2022-06-24", "2022-07-01": "2007-08-30"},
    "职业教育法": {"2022-04-30": "1996-05-15", "2022-05-01": "2022-04-20", "2022-04-25": "1996-05-15"},
    "体育法": {"2022-12-31": "2016-11-07", "2023-01-01": "2022-06-24", "2022-08-01": "2016-11-07"},
    "妇女权益保障法": {"2022-12-31": "2018-10-26", "2023-01-01": "2022-10-30", "2022-11-15": "2018-10-26"},
    "慈善法": {"2024-09-04": "2016-03-16", "2024-09-05": "2023-12-29", "2024-03-01": "2016-03-16"},
    "反间谍法": {"2023-06-30": "2014-11-01", "2023-07-01": "2023-04-26", "2023-05-15": "2014-11-01"},
    "农产品质量安全法": {
        "2022-12-31": "2018-10-26",
        "2023-01-01": "2022-09-02",
        "2022-10-01": "2018-10-26",
    },
    "国防教育法": {"2024-09-20": "2018-04-27", "2024-09-21": "2024-09-13", "2024-09-15": "2018-04-27"},
    "军人抚恤优待条例": {
        "2024-09-30": "2019-03-02",
        "2024-10-01": "2024-08-05",
        "2024-09-01": "2019-03-02",
    },
    "专利法实施细则": {"2024-01-19": "2010-01-09", "2024-01-20": "2023-12-11", "2024-01-01": "2010-01-09"},
    "商用密码管理条例": {
        "2023-06-30": "1999-10-07",
        "2023-07-01": "2023-04-27",
        "2023-05-30": "1999-10-07",
    },
    "道路运输条例": {"2022-04-30": "2019-03-02", "2022-05-01": "2022-03-29", "2023-07-20": "2023-07-20"},
    CPL_INTERPRETATION: {"2022-04-09": "2020-12-29", "2022-04-10": "2022-04-01", "2022-04-01": "2020-12-29"},
    CRIMINAL_INTERPRETATION: {
        "2021-02-28": "2012-12-20",
        "2021-03-01": "2021-01-26",
        "2021-02-01": "2012-12-20",
    },
    DISHONEST: {"2017-04-30": "2013-07-16", "2017-05-01": None, "2013-10-01": "2013-07-16"},
}


@pytest.mark.skipif(not LAWS.exists(), reason="the shared corpora are not here")
@pytest.mark.parametrize("law", AS_OF)
def test_of_a_law_with_several_versions_this_one_applied_on_each_of_three_days(law: str) -> None:
    history = _history(law)
    for day, file in AS_OF[law].items():
        version = history.version_on(_day(day)).version
        assert version is not None, day
        assert [f"({file})" in name for name in version.documents[:1]] == ([True] if file else []), day


@pytest.mark.skipif(not LAWS.exists(), reason="the shared corpora are not here")
@pytest.mark.parametrize(
    ("day", "adopted"),
    [
        ("1991-04-09", "1991-04-09"),
        ("2008-03-31", "1991-04-09"),
        ("2008-04-01", "2007-10-28"),
        ("2012-12-31", "2007-10-28"),
        ("2013-01-01", "2012-08-31"),
        ("2017-06-30", "2012-08-31"),
        ("2017-07-01", "2017-06-27"),
        ("2021-12-31", "2017-06-27"),
        ("2022-01-01", "2021-12-24"),
    ],
)
def test_the_editions_of_the_civil_procedure_law_that_are_not_held_are_known(day: str, adopted: str) -> None:
    version = _history("民事诉讼法").version_on(_day(day)).version
    assert version is not None
    assert version.adopted == _day(adopted)


@pytest.mark.skipif(not LAWS.exists(), reason="the shared corpora are not here")
def test_one_text_under_two_dates_is_one_version() -> None:
    last = _history(CPL_INTERPRETATION).versions[-1]
    assert [name[-14:-4] for name in last.documents] == ["2022-04-01", "2022-04-02"]
