"""Norms are cut into articles under their chapters, and their title, dates and body are read."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse_policy import authority_level, is_policy, parse_policy
from legal.citation import article_label
from legal.documents import PolicyText, Section

RULES = """# 云州市中级人民法院财产线索核查规则

2021年6月18日 云州市中级人民法院审判委员会通过
2023年3月2日 修正

2023年5月1日 施行

<!-- INFO END -->

为统一核查做法，制定本规则。

## 第一章 总则

第一条 本规则适用于张某等人提出的线索。

第二条 线索应当具备下列内容：
（一）财产的种类；
（二）财产的所在地。
线索不完整的，一次告知补正。

## 第二章 核查

### 第一节 期限

第三条 收到线索后七日内核查。

第三条之一 情况紧急的，三日内核查。

### 第二节 结果

第四条　核查结果书面告知申请执行人。

## 附则

本规则由执行局解释。
"""


def _text(section: Section, document: PolicyText) -> str:
    return document.text[section.start : section.end]


def _sections(text: str, path: str = "甲.md") -> dict[str, str]:
    document = parse_policy(text, path)
    return {section.label: _text(section, document) for section in document.sections}


@pytest.fixture(scope="module")
def rules() -> PolicyText:
    return parse_policy(RULES, "policies/云州市中级人民法院财产线索核查规则(2021-06-18).md")


def test_title_body_and_dates_are_read_from_the_lines_above_the_mark(rules: PolicyText) -> None:
    assert rules.title == rules.law == "云州市中级人民法院财产线索核查规则"
    assert rules.issuing_body == "云州市中级人民法院"
    assert rules.authority_level == "规范性文件"
    assert rules.adopted == date(2023, 3, 2)
    assert rules.effective == date(2023, 5, 1)


def test_every_article_is_a_section_and_the_rest_keeps_its_heading(rules: PolicyText) -> None:
    assert [(section.label, section.is_article) for section in rules.sections] == [
        ("引言", False),
        ("第一条", True),
        ("第二条", True),
        ("第三条", True),
        ("第三条之一", True),
        ("第四条", True),
        ("附则", False),
    ]


def test_the_path_of_headings_stands_above_each_article(rules: PolicyText) -> None:
    headings = {section.label: section.heading for section in rules.sections}
    assert headings["引言"] == ""
    assert headings["第二条"] == "第一章 总则"
    assert headings["第三条之一"] == "第二章 核查 第一节 期限"
    assert headings["第四条"] == "第二章 核查 第二节 结果"
    assert headings["附则"] == "附则"


def test_paragraphs_and_items_stay_in_their_article(rules: PolicyText) -> None:
    (second,) = [section for section in rules.sections if section.label == "第二条"]
    assert _text(second, rules) == (
        "第二条 线索应当具备下列内容：\n（一）财产的种类；\n（二）财产的所在地。\n"
        "线索不完整的，一次告知补正。"
    )


def test_a_heading_ends_the_article_above_it(rules: PolicyText) -> None:
    (first,) = [section for section in rules.sections if section.label == "第三条之一"]
    assert _text(first, rules) == "第三条之一 情况紧急的，三日内核查。"


def test_text_before_the_first_article_is_the_preamble() -> None:
    assert (
        _sections("# 甲办法\n\n为保护张某，制定本办法。\n\n第一条 甲。")["引言"] == "为保护张某，制定本办法。"
    )


def test_an_article_named_inside_a_sentence_begins_no_section() -> None:
    found = _sections("# 甲办法\n第一条 甲。\n第二条规定的期限不变，第三条 也是。\n第二条 乙。")
    assert list(found) == ["第一条", "第二条"]
    assert "第二条规定的期限" in found["第一条"]


def test_an_article_whose_text_begins_on_the_next_line_is_one_section() -> None:
    assert _sections("# 甲办法\n第一条\n张某可以申请。\n第二条\n准许。") == {
        "第一条": "第一条\n张某可以申请。",
        "第二条": "第二条\n准许。",
    }


def test_labels_that_return_are_told_apart() -> None:
    found = _sections("# 甲办法\n第一条 甲。\n第二条 乙。\n## 附件\n第一条 丙。")
    assert list(found) == ["第一条", "第二条", "第一条~2"]
    assert found["第一条~2"] == "第一条 丙。"


def test_article_numbers_may_be_written_with_any_zero() -> None:
    assert list(_sections("# 甲办法\n第一百〇一条 甲。\n第一百零二条 乙。")) == [
        "第一百零一条",
        "第一百零二条",
    ]


def test_numbers_that_run_from_one_up_are_articles() -> None:
    document = parse_policy("# 甲意见\n总的要求。\n1. 甲。\n甲的续行。\n2．乙。\n3、丙。", "甲.md")
    assert [(section.label, section.is_article) for section in document.sections] == [
        ("引言", False),
        ("第一条", True),
        ("第二条", True),
        ("第三条", True),
    ]
    assert _text(document.sections[1], document) == "1. 甲。\n甲的续行。"


@pytest.mark.parametrize(
    "numbers",
    [(1, 2, 1, 2, 3), (1, 2, 4), (2, 3, 4), (1, 2)],
    ids=["begin again, as in amending decisions", "leave one out", "begin at two", "are two only"],
)
def test_numbers_that_do_not_run_from_one_up_are_no_articles(numbers: tuple[int, ...]) -> None:
    text = "# 甲决定\n" + "\n".join(f"{number}. 修改为张某。" for number in numbers)
    assert not any(section.is_article for section in parse_policy(text, "甲.md").sections)


def test_an_amount_at_the_head_of_a_line_is_no_number_of_an_article() -> None:
    text = "# 甲意见\n1. 甲。\n2. 乙。\n3.5万元以上的，从重。\n3. 丙。"
    assert [section.label for section in parse_policy(text, "甲.md").sections] == [
        "第一条",
        "第二条",
        "第三条",
    ]


def test_a_text_of_numbered_parts_has_them_as_sections() -> None:
    document = parse_policy("# 甲通知\n各法院：\n一、提高认识。\n要落实。\n二、加强监督。", "甲.md")
    assert [(section.label, section.is_article) for section in document.sections] == [
        ("引言", False),
        ("一", False),
        ("二", False),
    ]
    assert _text(document.sections[1], document) == "一、提高认识。\n要落实。"


def test_a_text_that_has_its_content_above_the_mark_only_is_not_lost() -> None:
    found = _sections("# 甲批复\n\n你院请示收悉，准许张某申请。\n\n<!-- INFO END -->\n")
    assert "准许张某申请" in "".join(found.values())


def test_front_matter_is_no_part_of_title_or_sections() -> None:
    document = parse_policy("---\ntitle: 乙\n---\n# 甲办法\n第一条 甲。", "丙.md")
    assert document.title == "甲办法"
    assert [_text(section, document) for section in document.sections] == ["第一条 甲。"]


def test_a_part_of_a_code_has_the_key_of_the_code() -> None:
    document = parse_policy("# 中华人民共和国民法典\n\n# 合同编\n\n第一条 甲。", "民法典/合同编.md")
    assert document.title == "中华人民共和国民法典 合同编"
    assert document.law == "民法典"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("甲规则.md", "甲规则"),
        ("a/b/甲规则(2021-06-18).md", "甲规则"),
        ("甲规则.2021.txt", "甲规则.2021"),
        ("民法典/通则.md", "通则"),
    ],
)
def test_the_file_name_is_the_title_of_a_text_that_has_none(path: str, title: str) -> None:
    assert parse_policy("第一条 张某。\n第二条 李某。", path).title == title


ADOPTION = {
    "passed and amended, the latest counts": ("2012年3月1日 通过\n2021年5月6日 修正", date(2021, 5, 6)),
    "published": ("2019年4月3日 江北省高级人民法院发布", date(2019, 4, 3)),
    "passed and in force on one line": ("2019年4月3日通过，自2020年1月1日起施行", date(2019, 4, 3)),
    "numerals": ("二〇一九年四月三日 通过", date(2019, 4, 3)),
    "in force alone, no name of file": ("2020年1月1日 施行", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("lines", "adopted"), ADOPTION.values(), ids=ADOPTION)
def test_the_date_of_the_last_adoption_is_read(lines: str, adopted: date | None) -> None:
    document = parse_policy(f"# 甲办法\n\n{lines}\n\n<!-- INFO END -->\n第一条 甲。", "甲.md")
    assert document.adopted == adopted


EFFECT = {
    "own line": ("2019年4月3日 通过\n2020年1月1日 施行", date(2020, 1, 1)),
    "with the adoption": ("2019年4月3日通过，自2020年1月1日起施行", date(2020, 1, 1)),
    "not named": ("2019年4月3日 通过", None),
}


@pytest.mark.parametrize(("lines", "effective"), EFFECT.values(), ids=EFFECT)
def test_the_date_of_effect_is_read(lines: str, effective: date | None) -> None:
    document = parse_policy(f"# 甲办法\n\n{lines}\n\n<!-- INFO END -->\n第一条 甲。", "甲.md")
    assert document.effective == effective


@pytest.mark.parametrize(
    ("path", "adopted"),
    [("甲(2021-06-18).md", date(2021, 6, 18)), ("甲(2021-02-30).md", None), ("甲.md", None)],
)
def test_the_file_name_dates_a_text_that_names_no_adoption(path: str, adopted: date | None) -> None:
    assert parse_policy("# 甲办法\n<!-- INFO END -->\n第一条 甲。", path).adopted == adopted


def test_a_date_among_the_articles_is_not_the_date_of_adoption() -> None:
    document = parse_policy("# 甲办法\n<!-- INFO END -->\n第一条 2019年4月3日发布的通知废止。", "甲.md")
    assert document.adopted is None


BODY = {
    "standing committee": (
        "甲法",
        "2019年4月3日 第十三届全国人民代表大会常务委员会第十次会议通过",
        "全国人民代表大会常务委员会",
    ),
    "congress": ("甲法", "2019年3月3日 第十三届全国人民代表大会第二次会议通过", "全国人民代表大会"),
    "state council": ("甲条例", "2019年4月3日 国务院令第7号公布", "国务院"),
    "supreme court in the title": ("最高人民法院关于甲的规定", "", "最高人民法院"),
    "supreme procuratorate in the title": ("最高人民检察院关于甲的规定", "", "最高人民检察院"),
    "supreme court in the line": ("甲规定", "2019年4月3日 最高人民法院审判委员会通过", "最高人民法院"),
    "provincial congress": (
        "江北省甲条例",
        "2019年4月3日 江北省第十三届人民代表大会常务委员会第二次会议通过",
        "江北省人民代表大会常务委员会",
    ),
    "ministry": ("甲办法", "2019年4月3日 司法部令第8号发布", "司法部"),
    "local court": ("甲指引", "2019年4月3日 云州市中级人民法院印发", "云州市中级人民法院"),
    "bar association": ("甲指引", "2019年4月3日 江北省律师协会理事会通过", "江北省律师协会"),
    "nobody": ("甲指引", "", None),
}


@pytest.mark.parametrize(("title", "line", "body"), BODY.values(), ids=BODY)
def test_the_issuing_body_is_read(title: str, line: str, body: str | None) -> None:
    document = parse_policy(f"# {title}\n\n{line}\n\n<!-- INFO END -->\n第一条 甲。", "甲.md")
    assert document.issuing_body == body


LEVELS = {
    "constitution": ("中华人民共和国宪法", "全国人民代表大会", "宪法/宪法.md", "宪法"),
    "law of the congress": ("甲法", "全国人民代表大会", "甲.md", "法律"),
    "law of its committee": ("甲法", "全国人民代表大会常务委员会", "甲.md", "法律"),
    "law by its title": ("中华人民共和国甲法", None, "甲.md", "法律"),
    "code by its title": ("中华人民共和国甲法典", None, "甲.md", "法律"),
    "part of a code by its title": ("中华人民共和国甲法典 合同编", None, "甲.md", "法律"),
    "regulation": ("甲条例", "国务院", "甲.md", "行政法规"),
    "regulation by its folder": ("甲条例", None, "laws/行政法规/甲.md", "行政法规"),
    "interpretation of the court": ("甲解释", "最高人民法院", "甲.md", "司法解释"),
    "interpretation of the procuratorate": ("甲规定", "最高人民检察院", "甲.md", "司法解释"),
    "interpretation by its folder": ("甲解释", None, "司法解释/甲.md", "司法解释"),
    "rule of a ministry by its folder": ("甲办法", "司法部", "部门规章/甲.md", "部门规章"),
    "local regulation": ("甲条例", "江北省人民代表大会常务委员会", "甲.md", "地方性法规"),
    "local regulation by its folder": ("甲条例", None, "地方性法规/江北省/甲.md", "地方性法规"),
    "paper of a local court": ("甲指引", "云州市中级人民法院", "policies/甲.md", "规范性文件"),
    "no sign at all": ("甲指引", None, "甲.md", "其他"),
    "a folder that only ends alike": ("甲办法", None, "非行政法规/甲.md", "其他"),
}


@pytest.mark.parametrize(("title", "body", "path", "level"), LEVELS.values(), ids=LEVELS)
def test_a_text_has_the_authority_of_its_body_or_its_folder(
    title: str, body: str | None, path: str, level: str
) -> None:
    assert authority_level(title, body, path) == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 甲\n第一条 张某。", True),
        ("# 甲\n<!-- INFO END -->\n一、张某。", True),
        ("# 甲\n依照第一条，张某。", False),
        ("", False),
    ],
    ids=["articles", "information mark", "an article named only", "empty"],
)
def test_a_norm_is_known_by_its_mark_or_its_articles(text: str, expected: bool) -> None:
    assert is_policy(text) is expected


_PIECES = st.sampled_from(
    [
        "## 第一章 总则",
        "### 第一节 期限",
        "为了张某。",
        "一、甲。",
        "1. 甲。",
        "2. 乙。",
        "3. 丙。",
        "",
        "（一）丁；",
        "　　续行。",
    ]
) | st.integers(1, 30).map(lambda number: f"{article_label(number)} 张某。")


@given(st.lists(_PIECES, max_size=25), st.booleans())
def test_sections_slice_back_do_not_overlap_and_lose_no_line(pieces: list[str], mark: bool) -> None:
    text = "# 甲办法\n" + ("<!-- INFO END -->\n" if mark else "") + "\n".join(pieces)
    document = parse_policy(text, "甲.md")
    for one, other in pairwise(document.sections):
        assert one.end <= other.start
    assert len({section.label for section in document.sections}) == len(document.sections)
    parts = [_text(section, document) for section in document.sections]
    assert all(part == part.strip() and part for part in parts)
    kept = "\n".join(parts).split("\n")
    written = [piece.strip() for piece in pieces if piece.strip() and not piece.startswith("#")]
    assert [line.strip() for line in kept if line.strip()] == written


@pytest.mark.parametrize(
    "number", ["一二三四五", "九" * 5000, "十之一二三四五"], ids=["10,000 up", "without end", "inserted"]
)
def test_a_number_that_no_article_bears_is_no_label(number: str) -> None:
    label = number.replace("之", "条之") if "之" in number else f"{number}条"
    text = f"# 甲法\n\n<!-- INFO END -->\n\n第一条 甲。\n\n第{label} 乙。\n"
    assert [section.label for section in parse_policy(text, "甲法.md").sections] == ["第一条"]
