"""From when a version of a norm applies, and when it was adopted, by head, last article and file name."""

from datetime import date

import pytest

from ingest.parse_policy import parse_policy, repealed_from

LAW = "全国人民代表大会常务委员会第九次会议"

# name: (lines of the head, text of the last article, day in the file's name, day of effect)
EFFECT: dict[str, tuple[str, str, str, date | None]] = {
    "a day in the last article": (
        f"2019年8月26日 {LAW}通过",
        "本法自2019年12月1日起施行。",
        "2019-08-26",
        date(2019, 12, 1),
    ),
    "the day of adoption itself": (
        f"2019年8月26日 {LAW}通过",
        "本法自2019年8月26日起施行。",
        "",
        date(2019, 8, 26),
    ),
    "in force from its publication, which the head names": (
        "2019年8月20日 国务院第九次会议通过\n2019年8月26日 国务院令第7号公布",
        "本条例自公布之日起施行。",
        "",
        date(2019, 8, 26),
    ),
    "in force from its publication, which the file names": (
        f"2019年8月26日 {LAW}通过",
        "本法自公布之日起施行。",
        "2019-08-27",
        date(2019, 8, 27),
    ),
    "in force from a publication that nothing names": (
        f"2019年8月26日 {LAW}通过",
        "本法自公布之日起施行。",
        "",
        None,
    ),
    "issued and in force": ("1986年10月11日 国务院发布", "本规定自发布之日起施行。", "", date(1986, 10, 11)),
    "in force from its adoption": (
        "2009年3月4日 江北省人民代表大会通过",
        "本规则自通过之日起施行。",
        "",
        date(2009, 3, 4),
    ),
    "amended by a decision: the clause is that of the original": (
        f"2005年8月26日 {LAW}通过\n2018年8月26日 {LAW}《关于修改〈甲法〉的决定》修正",
        "本法自2006年1月1日起施行。",
        "2018-08-26",
        None,
    ),
    "amended by a decision: its publication is not that of the clause": (
        f"2005年8月26日 {LAW}通过\n2018年8月26日 {LAW}《关于修改〈甲法〉的决定》修正",
        "本法自公布之日起施行。",
        "2018-08-26",
        None,
    ),
    "revised as a whole": (
        f"2005年8月26日 {LAW}通过\n2018年8月26日 {LAW}修订",
        "本法自2019年1月1日起施行。",
        "2018-08-26",
        date(2019, 1, 1),
    ),
    "revised as a whole, in force from its publication": (
        f"2005年8月26日 {LAW}通过\n2018年8月26日 {LAW}修订",
        "本法自公布之日起施行。",
        "2018-08-26",
        date(2018, 8, 26),
    ),
    "revised, then amended": (
        f"2018年8月26日 {LAW}修订\n2021年4月29日 {LAW}《关于修改〈乙法〉等八部法律的决定》修正",
        "本法自2019年1月1日起施行。",
        "2021-04-29",
        None,
    ),
    "the head is behind its file: amended since": (
        "2006年9月19日 国务院令第474号公布",
        "本条例自2006年12月1日起施行。",
        "2016-02-06",
        None,
    ),
    "the head is behind its file: in force from another publication": (
        "2006年9月19日 国务院令第474号公布",
        "本条例自公布之日起施行。",
        "2016-02-06",
        None,
    ),
    "the head names the day": (
        "2018年6月25日 最高人民法院审判委员会第1743次会议通过\n2023年12月5日 最高人民法院审判委员会"
        "第1908次会议通过\n2024年1月1日 施行",
        "本规定自2018年7月1日起施行。",
        "2023-12-18",
        date(2024, 1, 1),
    ),
    "the head names the effect of the amendment in its line": (
        "2021年4月7日 最高人民法院审判委员会第1835次会议修正，该修正自2021年4月15日施行",
        "本解释自公布之日起施行。",
        "",
        date(2021, 4, 15),
    ),
    "the head names a day before the last amendment": (
        f"2015年4月24日 {LAW}修订\n2021年4月29日 {LAW}修正\n2015年9月1日 施行",
        "本法自2015年9月1日起施行。",
        "2021-04-29",
        None,
    ),
    "the head says 生效": ("2019年3月25日 最高人民法院通过\n2019年10月1日 起生效", "", "", date(2019, 10, 1)),
    "published and in force at once": ("1988年4月12日 主席团公告第八号公布施行", "", "", date(1988, 4, 12)),
    "an interpretation amended long after is not in force from its first publication": (
        "2015年7月6日 最高人民法院审判委员会第1657次会议通过\n"
        "2020年12月23日 最高人民法院审判委员会第1823次会议通过",
        "本解释自发布之日起施行。",
        "2020-12-29",
        None,
    ),
    "Chinese numerals": (
        "一九九四年十二月六日 劳动部发布",
        "本规定自一九九五年一月一日起执行。",
        "",
        date(1995, 1, 1),
    ),
    "从 and 于": ("1986年4月28日 国务院发布", "本规定从1986年7月1日起施行。", "", date(1986, 7, 1)),
    "explained by, and in force": (
        "2015年2月13日 最高人民检察院发布",
        "本规定由最高人民检察院负责解释，自发布之日起施行。",
        "",
        date(2015, 2, 13),
    ),
    "without 起": ("2019年2月1日 公布", "本条例自2019年3月1日施行。", "", date(2019, 3, 1)),
    "its other name in brackets of titles": (
        "2018年5月1日 公布",
        "本《办法》自2018年6月4日起施行。",
        "",
        date(2018, 6, 4),
    ),
    "a part only": ("2020年11月26日 公布", "本安排第一条、第四条自2021年5月19日起施行。", "", None),
    "another text's day": (
        "2020年11月26日 公布",
        "《乙规定》自2021年5月19日起施行，本规定与其不一致的，适用本规定。",
        "",
        None,
    ),
    "words quoted from another text": (
        "2020年11月26日 公布",
        "将第十条修改为：“本解释自2021年5月19日起施行。”",
        "",
        None,
    ),
    "a decision that quotes another clause and has its own": (
        "2020年11月26日 公布",
        "将第十条修改为：“本解释自2021年5月19日起施行。”\n本决定自2021年1月1日起施行。",
        "",
        date(2021, 1, 1),
    ),
    "no clause": (f"2019年8月26日 {LAW}通过", "由执行局解释。", "2019-08-26", None),
}


def _norm(head: str, last: str, day: str, title: str = "甲法") -> tuple[str, str]:
    path = f"laws/{title}({day}).md" if day else f"laws/{title}.md"
    return f"# 中华人民共和国{title}\n\n{head}\n\n<!-- INFO END -->\n第一条 甲。\n第九条 {last}", path


@pytest.mark.parametrize(("head", "last", "day", "effective"), EFFECT.values(), ids=EFFECT)
def test_a_version_applies_from_this_day(head: str, last: str, day: str, effective: date | None) -> None:
    interpretation = "最高人民法院" in head
    title = (
        "最高人民法院关于甲的规定"
        if interpretation
        else "中华人民共和国甲条例"
        if "国务院" in head
        else "甲法"
    )
    text, path = _norm(head, last, day, title)
    if interpretation:
        text = text.replace("# 中华人民共和国", "# ")
    assert parse_policy(text, path).effective == effective


# name: (lines of the head, folder and day of the file, adoption)
ADOPTED = {
    "two bodies on one line": (
        "2021年12月13日 最高人民法院审判委员会第1856次会议、2022年2月9日最高人民检察院第十三届检察委员会"
        "第八十九次会议通过",
        "司法解释/甲(2022-04-06).md",
        date(2022, 2, 9),
    ),
    "acts run together": (
        "2014年5月30日 甲市人民代表大会常务委员会公告公布自2014年9月1日施行根据2018年9月7日甲市第十六届人民"
        "代表大会常务委员会第十一次会议《关于修改〈乙规定〉的决定》修正",
        "甲(2018-11-30).md",
        date(2018, 9, 7),
    ),
    "the file is a little later: publication": (
        "2017年6月28日 江北省人民代表大会常务委员会通过",
        "甲(2017-08-14).md",
        date(2017, 6, 28),
    ),
    "the file is years later: an amendment is missing": (
        "2006年9月19日 国务院令第474号公布",
        "行政法规/甲(2016-02-06).md",
        date(2016, 2, 6),
    ),
    "an interpretation is published months after": (
        "2018年1月25日 最高人民法院审判委员会第1732次会议通过",
        "司法解释/甲(2018-09-26).md",
        date(2018, 1, 25),
    ),
    "the text is newer than its file": (
        "2004年8月19日 甲市人民代表大会通过\n2018年11月22日 甲市人民代表大会修正",
        "甲(2010-12-23).md",
        date(2018, 11, 22),
    ),
    "a day of effect is no adoption": ("1993年3月31日 通过\n1999年12月20日 实施", "甲.md", date(1993, 3, 31)),
    "a day in a letter is no adoption": (
        "甲高级人民法院：你院2020年3月1日的请示收悉。经研究，批复如下。",
        "司法解释/甲(2020-05-06).md",
        date(2020, 5, 6),
    ),
}


@pytest.mark.parametrize(("head", "path", "adopted"), ADOPTED.values(), ids=ADOPTED)
def test_a_version_was_adopted_on_this_day(head: str, path: str, adopted: date) -> None:
    document = parse_policy(f"# 甲规定\n\n{head}\n\n<!-- INFO END -->\n第一条 甲。", path)
    assert document.adopted == adopted


def test_a_text_without_a_mark_has_its_dates_from_the_note_below_its_title() -> None:
    text = (
        "# 甲规定\n\n（2018年6月4日 某市中级人民法院审判委员会通过，自2018年9月1日起施行）\n\n"
        "第一条 甲。\n第二条 2020年1月1日公布的乙规定。"
    )
    document = parse_policy(text, "甲.md")
    assert (document.adopted, document.effective) == (date(2018, 6, 4), date(2018, 9, 1))


def test_a_paper_without_any_head_applies_from_the_day_that_it_names() -> None:
    document = parse_policy("# 甲指引\n第一条 甲。\n第二条 本指引自2023年5月1日起施行。", "甲.md")
    assert document.effective == date(2023, 5, 1)


def test_a_law_without_any_head_may_be_an_amended_one() -> None:
    document = parse_policy("# 中华人民共和国甲法\n第一条 甲。\n第二条 本法自2006年1月1日起施行。", "甲.md")
    assert document.effective is None


# name: (lines of the head, last article, from when what it repeals is over)
REPEALED_FROM = {
    "the day of the clause, whatever amended the norm": (
        "2006年9月19日 国务院令第474号公布\n2016年2月6日 《国务院关于修改部分行政法规的决定》修订",
        "本条例自2006年12月1日起施行。《乙条例》同时废止。",
        date(2006, 12, 1),
    ),
    "its publication": (
        "2006年9月19日 国务院令第474号公布",
        "本条例自公布之日起施行。《乙条例》同时废止。",
        date(2006, 9, 19),
    ),
    "its first act, where it was amended": (
        "2006年9月19日 国务院令第474号公布\n2016年2月6日 《国务院关于修改部分行政法规的决定》修订",
        "本条例自公布之日起施行。《乙条例》同时废止。",
        date(2006, 9, 19),
    ),
}


@pytest.mark.parametrize(("head", "last", "day"), REPEALED_FROM.values(), ids=REPEALED_FROM)
def test_what_a_norm_repeals_is_over_from_its_own_first_day(head: str, last: str, day: date) -> None:
    text, path = _norm(head, last, "", "甲条例")
    assert repealed_from(parse_policy(text, path)) == day
