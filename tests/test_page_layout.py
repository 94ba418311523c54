"""Pieces of text on pages become running text: order, paragraphs, edges of pages, tables, spans."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages.layout import RunningText, running_text
from ingest.pages.pieces import Fragment, Rule, Sheet
from ingest.pages.text import clean, ems, join

# A page of 60 by 80 em whose text runs from 10 to 50.
LEFT, RIGHT, HEIGHT = 10.0, 50.0, 80.0
FULL = "本院依照规定对被执行人名下的财产进行查询并且已经依法采取查封冻结措施现查明以下各项事实"[:40]
INDENTED = FULL[:38]


def piece(text: str, x: float, y: float, size: float = 1.0) -> Fragment:
    return Fragment(text, x, y, x + ems(text) * size, y + size, size)


def sheet(*fragments: Fragment, number: int = 1, rules: tuple[Rule, ...] = ()) -> Sheet:
    return Sheet(number, 60, HEIGHT, fragments, rules)


def column(lines: list[str], x: float = LEFT, y: float = 12) -> list[Fragment]:
    """Lines beneath each other; ideographic spaces at the start are an indent."""
    return [
        piece(line.lstrip("　"), x + len(line) - len(line.lstrip("　")), y + 2 * at)
        for at, line in enumerate(lines)
    ]


def text_of(*fragments: Fragment) -> str:
    return running_text([sheet(*fragments)]).text


BODY = [f"　　{INDENTED}", FULL, FULL]


def test_lines_of_a_paragraph_are_joined_without_a_break_or_a_space() -> None:
    assert text_of(*column([*BODY, "查封房屋。"])) == INDENTED + FULL + FULL + "查封房屋。"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([*BODY, f"　　{INDENTED}"], [INDENTED + FULL + FULL, INDENTED], id="first-line indent"),
        pytest.param([*BODY, "查封。", FULL], [INDENTED + FULL + FULL + "查封。", FULL], id="short line"),
        pytest.param(
            [*BODY, "一、基本案情", FULL],
            [INDENTED + FULL + FULL + "一、基本案情", FULL],
            id="short line without a full stop",
        ),
        pytest.param(
            [FULL, FULL[:-1] + "。", "第二条" + FULL[:37]],
            [FULL + FULL[:-1] + "。", "第二条" + FULL[:37]],
            id="an article after a full line",
        ),
        pytest.param(
            [*BODY, FULL[:37], "（2023）云0122执5号案件"],
            [INDENTED + FULL + FULL + FULL[:37] + "（2023）云0122执5号案件"],
            id="a case number that did not fit",
        ),
        pytest.param(
            [*BODY, "　" * 31 + "石桥县人民法院", "　" * 29 + "二〇二三年五月六日"],
            [INDENTED + FULL + FULL, "石桥县人民法院", "二〇二三年五月六日"],
            id="signature at the right",
        ),
        pytest.param(
            ["　" * 14 + "石桥县人民法院", "　" * 15 + "执行裁定书", *BODY],
            ["石桥县人民法院", "执行裁定书", INDENTED + FULL + FULL],
            id="centred lines",
        ),
    ],
)  # fmt: skip
def test_a_paragraph_begins_where_the_author_began_it(lines: list[str], expected: list[str]) -> None:
    assert text_of(*column(lines)).split("\n") == expected


def test_two_latin_words_at_a_line_end_get_a_space_and_a_divided_number_none() -> None:
    assert join("the execution", "of judgments") == "the execution of judgments"
    assert join("本院于20", "23年") == "本院于2023年"
    assert join("适用WTO", "规则") == "适用WTO规则"


def test_two_columns_are_read_one_after_the_other_below_a_title_across_both() -> None:
    half = FULL[:18]
    left = column([half] * 7 + ["左栏完。"], 10)
    right = column(["右" + half[1:]] * 7, 32)
    assert text_of(piece("石桥县人民法院关于规范执行工作的若干意见", 20, 9), *left, *right).split("\n") == [
        "石桥县人民法院关于规范执行工作的若干意见",
        half * 7 + "左栏完。",
        ("右" + half[1:]) * 7,
    ]


def test_a_sentence_runs_from_the_foot_of_one_column_to_the_head_of_the_next() -> None:
    half = FULL[:18]
    got = text_of(*column([half] * 8, 10), *column([half] * 8, 32))
    assert got == half * 16


def pages(count: int, header: str = "", footer: str = "- {} -") -> list[Sheet]:
    """Pages of full lines, so that one sentence runs through all of them."""
    sheets = []
    for number in range(1, count + 1):
        fragments = column([FULL] * 20)
        if header:
            fragments.append(piece(header, 12, 4))
        fragments.append(piece(footer.format(number, count), 28, 76))
        sheets.append(sheet(*fragments, number=number))
    return sheets


@pytest.mark.parametrize(
    "footer",
    [
        "- {} -",
        "— {} —",
        "{}",
        "第{}页",
        "第{}页 共{}页",
        "第 {} 页，共 {} 页",
        "{}/{}",
        "·{}·",
        "Page {} of {}",
    ],
)
def test_a_page_number_inside_a_sentence_does_not_break_it(footer: str) -> None:
    got = running_text(pages(3, footer=footer))
    assert got.text == FULL * 60
    assert got.left_out == ("页码 3 处",)


def test_running_headers_are_left_out_and_counted() -> None:
    got = running_text(pages(4, header="云州某律师事务所 第12卷"))
    assert got.text == FULL * 80
    assert got.left_out == ("页码 4 处", "页眉“云州某律师事务所 第12卷”4 处")


def test_a_header_that_was_recognised_a_little_differently_is_left_out_too() -> None:
    sheets = pages(5, header="云州某律师事务所业务档案")
    odd = [replace(f, text=f.text.replace("业务", "业努")) for f in sheets[2].fragments]
    got = running_text([*sheets[:2], replace(sheets[2], fragments=tuple(odd)), *sheets[3:]])
    assert got.text == FULL * 100


def test_the_first_line_of_a_page_is_no_header_because_it_is_at_the_top() -> None:
    first = sheet(piece("石桥县人民法院", 26, 4), *column(BODY), number=1)
    second = sheet(piece("本院认为，应予准许。", 12, 4), *column([FULL] * 3), number=2)
    got = running_text([first, second])
    assert "石桥县人民法院" in got.text
    assert "本院认为，应予准许。" in got.text
    assert got.left_out == ()


def test_a_number_in_the_middle_of_a_page_is_no_page_number() -> None:
    assert "86500" in text_of(*column([*BODY, "86500"], y=30))


@pytest.mark.parametrize("mark", ["①", "[1]", "〔1〕", "1 "])
def test_footnotes_follow_the_paragraph_that_runs_over_the_page_break(mark: str) -> None:
    note = piece(f"{mark}参见最高人民法院相关规定。", LEFT, 70, 0.8)
    first = sheet(*column([FULL] * 20), note, number=1)
    second = sheet(*column([FULL, FULL, "至此为止。", f"　　{INDENTED}"]), number=2)
    got = running_text([first, second])
    assert got.text.split("\n") == [
        FULL * 22 + "至此为止。",
        f"{mark}参见最高人民法院相关规定。",
        INDENTED,
    ]


def test_characters_beneath_each_other_in_the_margin_are_left_out_and_counted() -> None:
    margin = [piece(letter, 4, 14 + 6 * at) for at, letter in enumerate("装订线")]
    got = running_text([sheet(*column([FULL] * 10), *margin)])
    assert got.text == FULL * 10
    assert got.left_out == ("斜排或竖排的文字（如水印） 1 处",)


def test_a_raised_note_mark_stands_in_its_line() -> None:
    got = text_of(
        piece("依照该条规定", 10, 20), Fragment("①", 16, 19.8, 16.6, 20.4, 0.6), piece("处理。", 16.7, 20)
    )
    assert got == "依照该条规定①处理。"


def grid(xs: list[float], ys: list[float]) -> tuple[Rule, ...]:
    """The drawn lines of a table."""
    across = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return (*across, *(Rule(x, ys[0], x, ys[-1]) for x in xs))


def test_rows_of_a_table_are_lines_and_a_wrapped_cell_stays_whole() -> None:
    fragments = [
        piece("申请执行人", 11, 21),
        piece("石桥某建材有限责", 21, 20.5),
        piece("任公司", 21, 22),
        piece("被执行人", 11, 25),
        piece("李某", 21, 25),
    ]
    table = sheet(*column([*BODY, "如下表。"]), *fragments, rules=grid([10, 20, 30], [20, 24, 28]))
    assert running_text([table]).text.split("\n") == [
        INDENTED + FULL + FULL + "如下表。",
        "申请执行人 石桥某建材有限责任公司",
        "被执行人 李某",
    ]


def test_rows_of_a_table_without_drawn_lines_are_lines() -> None:
    rows = [(piece("申请执行人", 10, y), piece(name, 30, y)) for y, name in ((20, "某公司"), (22, "张某"))]
    assert text_of(*[cell for row in rows for cell in row]) == "申请执行人 某公司\n申请执行人 张某"


def test_a_frame_around_the_page_is_no_table() -> None:
    framed = sheet(*column(BODY), rules=grid([5, 55], [5, 75]))
    assert running_text([framed]).text == INDENTED + FULL + FULL


def test_a_spaced_out_title_is_closed_up_and_a_name_beside_it_is_not() -> None:
    letters = [piece(letter, 10 + 3 * at, 20) for at, letter in enumerate("审判长")]
    assert text_of(*letters, piece("王某某", 23, 20)) == "审判长 王某某"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("⽴案⼈⺠法院", "立案人民法院", id="radicals"),
        pytest.param("\uf92c州\uf9e4", "郎州理", id="compatibility ideographs"),
        pytest.param("（２０２３）云，：", "（２０２３）云，：", id="full-width forms stay"),
        pytest.param("执\u200b行\ufeff\x0c裁定", "执行裁定", id="invisible characters"),
    ],
)
def test_stand_ins_of_fonts_become_ordinary_characters(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


def spans_fit(got: RunningText) -> None:
    at = 0
    for page in got.pages:
        assert at <= page.start <= page.end <= len(got.text)
        at = page.end


def test_a_page_without_text_has_an_empty_span_and_the_others_hold_their_own_text() -> None:
    got = running_text([*pages(1), sheet(number=2), replace(pages(1)[0], number=3)])
    assert [got.text[page.start : page.end] for page in got.pages] == [FULL * 20, "", FULL * 20]
    spans_fit(got)


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.text("执行裁定ab1。①（）", min_size=1, max_size=30),
                st.floats(0, 50),
                st.floats(0, 79),
                st.floats(0.3, 5),
            ),
            max_size=12,
        ),
        max_size=4,
    )
)
def test_whatever_stands_on_pages_their_spans_lie_in_order_in_the_text(
    drawn: list[list[tuple[str, float, float, float]]],
) -> None:
    got = running_text(
        sheet(*[piece(*args) for args in fragments], number=number)
        for number, fragments in enumerate(drawn, 1)
    )
    spans_fit(got)
    assert "\n\n" not in got.text
