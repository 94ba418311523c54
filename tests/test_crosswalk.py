"""Where a citation of a renumbered law leads, what is said of it, and which numbers an article had."""

from datetime import date

import pytest

from legal.article_alignment import Change, align
from legal.citation import article_label, find_citations
from legal.crosswalk import Citing, Number, Obstacle, Resolution, citing, read_crosswalk
from legal.crosswalk_steps import COLUMNS, DATA, Evidence, Move, Step, lines_of_steps, step_of, steps_of
from legal.law_editions import Edition, known_editions

PROCEDURE = "民事诉讼法"
FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = (edition.effective for edition in known_editions()[PROCEDURE])


def lead(article: int, day: str, on: str | None = None) -> Resolution:
    """Where a citation of the procedure law in a text governed by `day` leads."""
    asked = date.fromisoformat(on) if on else None
    return read_crosswalk().resolve(PROCEDURE, article_label(article), Citing(date.fromisoformat(day)), asked)


@pytest.mark.parametrize(
    ("cited", "day", "edition", "now"),
    [
        pytest.param(236, "2024-05-06", SIXTH, 236, id="the edition in force"),
        pytest.param(236, "2024-01-01", SIXTH, 236, id="on its first day"),
        pytest.param(232, "2023-12-31", FIFTH, 236, id="adopted but not yet in effect"),
        pytest.param(232, "2022-04-10", FIFTH, 236, id="objection to an act 2021"),
        pytest.param(234, "2022-06-01", FIFTH, 238, id="third party's objection 2021"),
        pytest.param(246, "2022-06-01", FIFTH, 250, id="period for applying 2021"),
        pytest.param(260, "2022-06-01", FIFTH, 264, id="interest for delay 2021"),
        pytest.param(193, "2022-06-01", FIFTH, 193, id="last one before the articles added in 2023"),
        pytest.param(194, "2022-06-01", FIFTH, 198, id="first one behind them"),
        pytest.param(225, "2021-12-31", FOURTH, 236, id="objection to an act 2017"),
        pytest.param(227, "2018-03-01", FOURTH, 238, id="third party's objection 2017"),
        pytest.param(15, "2018-03-01", FOURTH, 15, id="before online litigation was added"),
        pytest.param(16, "2018-03-01", FOURTH, 17, id="behind online litigation"),
        pytest.param(39, "2018-03-01", FOURTH, 40, id="before trial by one judge was added"),
        pytest.param(40, "2018-03-01", FOURTH, 43, id="behind trial by one judge"),
        pytest.param(162, "2018-03-01", FOURTH, 165, id="small claims"),
        pytest.param(163, "2018-03-01", FOURTH, 170, id="behind what was added on small claims"),
        pytest.param(284, "2018-03-01", FOURTH, 306, id="the last article 2017"),
        pytest.param(225, "2014-01-01", THIRD, 236, id="objection to an act 2012"),
        pytest.param(253, "2017-06-30", THIRD, 264, id="interest for delay 2012"),
        pytest.param(202, "2008-04-01", SECOND, 236, id="objection to an act 2007"),
        pytest.param(204, "2012-12-31", SECOND, 238, id="third party's objection 2007"),
        pytest.param(215, "2010-01-01", SECOND, 250, id="period for applying 2007"),
        pytest.param(229, "2010-01-01", SECOND, 264, id="interest for delay 2007"),
        pytest.param(38, "2010-01-01", SECOND, 130, id="objection to jurisdiction moved behind the suit"),
        pytest.param(182, "2010-01-01", SECOND, 212, id="retrial of a settlement moved forward"),
        pytest.param(25, "2010-01-01", SECOND, 35, id="agreed jurisdiction moved back"),
        pytest.param(242, "2010-01-01", SECOND, 35, id="agreed jurisdiction in foreign cases joined it"),
        pytest.param(232, "2007-12-31", FIRST, 264, id="interest for delay 1991"),
        pytest.param(208, "2008-03-31", FIRST, 238, id="third party's objection 1991"),
        pytest.param(108, "1993-08-07", FIRST, 122, id="conditions of a suit 1991"),
    ],
)
def test_a_citation_means_the_edition_in_effect_on_the_day_that_governs_its_text(
    cited: int, day: str, edition: date, now: int
) -> None:
    found = lead(cited, day)
    assert (found.edition, found.article, found.obstacle) == (edition, article_label(now), None)
    assert found.target == SIXTH


@pytest.mark.parametrize(
    ("words", "day", "edition", "now"),
    [
        ("《民事诉讼法》（2017年修正）第二百二十五条", "2024-05-06", FOURTH, [236]),
        ("《中华人民共和国民事诉讼法》(2012修正)第二百二十五条", "2024-05-06", THIRD, [236]),
        ("《民事诉讼法》（2021年12月24日修正）第二百二十五条", "2024-05-06", FIFTH, [229]),
        ("2017年修正的《民事诉讼法》第二百二十五条", "2024-05-06", FOURTH, [236]),
        ("《民事诉讼法》（2017年修正）第二百二十五条、第二百二十七条", "2024-05-06", FOURTH, [236, 238]),
        ("《民事诉讼法》（2022年版）第二百二十五条", "2024-05-06", FIFTH, [229]),
        ("依照修改前的民事诉讼法第二百二十五条", "2022-01-10", FOURTH, [236]),
        ("依照修订前的《中华人民共和国民事诉讼法》第二百二十五条", "2022-01-10", FOURTH, [236]),
        ("依照修改后的民事诉讼法第二百二十五条", "2022-01-10", FIFTH, [229]),
        ("（2017）京01执1号裁定、民事诉讼法第二百二十五条", "2022-05-06", FIFTH, [229]),
    ],
)
def test_an_edition_that_the_citation_names_wins_over_the_day(
    words: str, day: str, edition: date, now: list[int]
) -> None:
    citations = find_citations(words)
    found = [
        read_crosswalk().resolve(one.law, one.article, citing(words, one, date.fromisoformat(day)))
        for one in citations
    ]
    assert [one.article for one in found] == [article_label(number) for number in now]
    assert {one.edition for one in found} == {edition}


def test_a_text_cannot_mean_an_edition_that_was_adopted_after_it() -> None:
    takes_effect_with_the_new_law = Citing(date(2022, 1, 1), written=date(2021, 11, 15))
    found = read_crosswalk().resolve(PROCEDURE, "第二百二十七条", takes_effect_with_the_new_law)
    assert (found.edition, found.article) == (FOURTH, "第二百三十八条")
    written_for_it = Citing(date(2024, 1, 1), written=date(2023, 12, 5))
    assert read_crosswalk().resolve(PROCEDURE, "第二百七十七条", written_for_it).edition == SIXTH


@pytest.mark.parametrize(
    ("cited", "day", "on", "then"),
    [
        (225, "2018-03-01", "2022-06-01", 232),
        (225, "2014-01-01", "2018-06-01", 225),
        (202, "2010-01-01", "2018-06-01", 225),
        (232, "2022-04-10", "2023-12-31", 232),
    ],
)
def test_the_article_is_told_for_another_day_too(cited: int, day: str, on: str, then: int) -> None:
    assert lead(cited, day, on=on).article == article_label(then)


@pytest.mark.parametrize(
    ("found", "meant", "now"),
    [
        (
            lead(232, "2022-04-10"),
            "引用的是2022年1月1日施行的版本第二百三十二条",
            "，现为第二百三十六条（2024年1月1日施行），仅序号改变",
        ),
        (
            lead(290, "2022-04-10"),
            "引用的是2022年1月1日施行的版本第二百九十条",
            "，现为第三百零四条（2024年1月1日施行），条文有修改",
        ),
        (
            lead(47, "2022-04-10"),
            "引用的是2022年1月1日施行的版本第四十七条",
            "，在2024年1月1日施行的版本中序号未变，条文有修改",
        ),
        (
            lead(19, "2022-04-10"),
            "引用的是2022年1月1日施行的版本第十九条",
            "，在2024年1月1日施行的版本中序号未变，内容未变",
        ),
        (lead(236, "2024-04-10"), "引用的即2024年1月1日施行的版本第二百三十六条", ""),
        (
            lead(225, "2018-03-01"),
            "引用的是2017年7月1日施行的版本第二百二十五条",
            "，现为第二百三十六条（2024年1月1日施行），条文有无修改未能逐版比对",
        ),
        (
            lead(55, "2014-03-01", on="2018-01-01"),
            "引用的是2013年1月1日施行的版本第五十五条",
            "，在2017年7月1日施行的版本中序号未变，条文有修改",
        ),
        (
            lead(225, "2018-03-01", on="2022-06-01"),
            "引用的是2017年7月1日施行的版本第二百二十五条",
            "，对应第二百三十二条（2022年1月1日施行），条文有无修改未能逐版比对",
        ),
        (
            lead(250, "2010-01-01"),
            "引用的是2008年4月1日施行的版本第二百五十条",
            "，该条已被2013年1月1日施行的版本删除",
        ),
        (
            lead(94, "2010-01-01"),
            "引用的是2008年4月1日施行的版本第九十四条",
            "，现为第一百零六条（2024年1月1日施行），条文有无修改未能逐版比对；部分内容见第一百零五条",
        ),
        (
            lead(310, "2024-04-10"),
            "引用的是2024年1月1日施行的版本第三百一十条",
            "，当时的版本没有这一条",
        ),
        (lead(16, "1985-01-01"), "引用的第十六条无法对应到现行版本", "：早于已知的第一个版本"),
    ],
)
def test_a_lawyer_is_told_what_happened(found: Resolution, meant: str, now: str) -> None:
    assert found.said == meant + now


@pytest.mark.parametrize(
    ("found", "obstacle"),
    [
        (lead(16, "1991-04-08"), Obstacle.BEFORE_FIRST),
        (lead(307, "2024-04-10"), Obstacle.NO_SUCH_ARTICLE),
        (lead(292, "2022-04-10"), Obstacle.NO_SUCH_ARTICLE),
        (lead(285, "2018-03-01"), Obstacle.NO_SUCH_ARTICLE),
        (lead(285, "2014-03-01"), Obstacle.NO_SUCH_ARTICLE),
        (lead(269, "2010-03-01"), Obstacle.NO_SUCH_ARTICLE),
        (lead(232, "2022-04-10", on="2021-01-01"), Obstacle.LATER),
        (
            read_crosswalk().resolve("公司法", "第二十条", Citing(date(2007, 1, 1))),
            Obstacle.NOT_HELD,
        ),
        (read_crosswalk().resolve("仲裁法", "第二十条", Citing(date(2007, 1, 1))), Obstacle.NO_EDITIONS),
    ],
)
def test_what_stands_in_the_way_is_told(found: Resolution, obstacle: Obstacle) -> None:
    assert (found.article, found.change, found.obstacle) == (None, None, obstacle)
    assert str(obstacle) in found.said


def test_a_deleted_article_is_an_answer_and_no_obstacle() -> None:
    found = lead(250, "2010-01-01")
    assert (found.article, found.change, found.obstacle) == (None, Change.DELETED, None)


def test_the_evidence_of_every_step_is_kept() -> None:
    assert lead(225, "2014-01-01").evidence == (Evidence.KNOWN, Evidence.BETWEEN, Evidence.COMPARED)
    assert lead(227, "2018-01-01").evidence == (Evidence.DERIVED, Evidence.COMPARED)
    assert lead(236, "2024-04-10").evidence == ()


def test_an_article_has_the_numbers_under_which_texts_of_each_time_cite_it() -> None:
    assert read_crosswalk().earlier(PROCEDURE, "第二百三十六条") == [
        Number("第二百三十六条", SIXTH, None),
        Number("第二百三十二条", FIFTH, SIXTH),
        Number("第二百二十五条", THIRD, FIFTH),
        Number("第二百零二条", SECOND, THIRD),  # new in 2007
    ]


def test_a_merged_article_had_several_numbers_at_once() -> None:
    numbers = read_crosswalk().earlier(PROCEDURE, "第三十五条")
    assert Number("第二十五条", FIRST, THIRD) in numbers
    assert Number("第二百四十二条", SECOND, THIRD) in numbers
    assert Number("第二百四十四条", FIRST, SECOND) in numbers


def test_an_article_that_never_moved_has_one_number_for_all_time() -> None:
    assert read_crosswalk().earlier(PROCEDURE, "第一条") == [Number("第一条", FIRST, None)]


def test_an_added_article_has_no_earlier_number() -> None:
    assert read_crosswalk().earlier(PROCEDURE, "第三百零一条") == [Number("第三百零一条", SIXTH, None)]
    assert read_crosswalk().earlier("仲裁法", "第一条") == []


def test_the_numbers_lead_back_to_the_article() -> None:
    for number in range(1, 307):
        article = article_label(number)
        for found in read_crosswalk().earlier(PROCEDURE, article):
            led = read_crosswalk().resolve(PROCEDURE, found.article, Citing(found.since))
            assert article in (led.article, *led.also)


# An invented law with three editions, of which the first and the last are held.
ORDER = "执行条例"
OLD = {
    "第一条": "执行员应当出示证件。",
    "第二条": "查封财产应当造具清单，由在场人签名。",
    "第三条": "执行费用由被执行人负担。",
}
NEW = {
    "第一条": "执行员应当出示证件。",
    "第二条": "执行应当及时，并保障当事人的合法权益。",
    "第三条": "查封财产应当造具清单，由在场人签名。",
}
SPRING, SUMMER, AUTUMN = date(2001, 3, 1), date(2005, 6, 1), date(2009, 9, 1)
HELD = step_of(ORDER, SPRING, AUTUMN, align(OLD, NEW))


def test_steps_found_on_demand_are_added_to_those_of_the_data() -> None:
    crosswalk = read_crosswalk().adding([HELD])
    assert crosswalk.resolve(ORDER, "第二条", Citing(date(2003, 1, 1))).article == "第三条"
    assert crosswalk.resolve(ORDER, "第三条", Citing(date(2003, 1, 1))).change is Change.DELETED
    assert crosswalk.resolve(PROCEDURE, "第二百三十二条", Citing(FIFTH)).article == "第二百三十六条"
    assert read_crosswalk().resolve(ORDER, "第二条", Citing(SPRING)).obstacle is Obstacle.NO_EDITIONS


def test_a_step_of_the_data_stands_where_another_one_is_added() -> None:
    wrong = Step(PROCEDURE, FIFTH, SIXTH, (Move("第一条", "第九条", Change.CHANGED, Evidence.COMPARED),))
    crosswalk = read_crosswalk().adding([wrong])
    assert crosswalk.resolve(PROCEDURE, "第二百三十二条", Citing(FIFTH)).article == "第二百三十六条"


def test_a_citation_of_an_edition_that_is_known_and_not_held_is_not_taken_for_one_that_is() -> None:
    between = {ORDER: (Edition(SUMMER, date(2005, 5, 1)),)}
    crosswalk = read_crosswalk().adding([HELD], between)
    assert crosswalk.resolve(ORDER, "第二条", Citing(date(2003, 1, 1))).article == "第三条"
    unheld = crosswalk.resolve(ORDER, "第二条", Citing(date(2006, 1, 1)))
    assert (unheld.edition, unheld.obstacle) == (SUMMER, Obstacle.NOT_HELD)
    assert crosswalk.earlier(ORDER, "第三条") == [
        Number("第三条", AUTUMN, None),
        Number("第二条", SPRING, SUMMER),
    ]


def test_the_data_are_read_as_they_are_written() -> None:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert list(lines_of_steps(steps_of(lines))) == lines


def test_every_article_of_every_edition_of_the_procedure_law_has_a_way() -> None:
    last = {FIRST: 270, SECOND: 268, THIRD: 284, FOURTH: 284, FIFTH: 291, SIXTH: 306}
    for edition, articles in last.items():
        for number in range(1, articles + 1):
            found = read_crosswalk().resolve(PROCEDURE, article_label(number), Citing(edition))
            assert found.obstacle is None, found.said


def test_no_article_of_a_later_edition_comes_from_nowhere() -> None:
    for step in steps_of(DATA.read_text(encoding="utf-8").splitlines()):
        reached = [move.new for move in step.moves if move.new]
        assert step.rest or set(reached) == {article_label(at) for at in range(1, len(set(reached)) + 1)}
