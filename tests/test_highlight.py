"""Marks and snippets: what of a passage is shown for a query, and which characters of it are marked."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.markup import marks_layer, wrapped
from search.highlight import LENGTH, mark, snippet

WORDS = st.lists(st.text("查封扣押冻结A", min_size=1, max_size=4), max_size=6)
TEXTS = st.text("查封扣押冻结Aa。\n的财产", max_size=400)
# What HTML would take for its own, and characters of two units in UTF-16: marks count each as one.
MARKUP = st.text("查封&<>\"';amp#𠮷😀", max_size=400)
MARKUP_WORDS = st.lists(st.text("查封&<amp;𠮷😀", min_size=1, max_size=4), max_size=6)


def marked(text: str, words: list[str]) -> list[str]:
    return [text[a:b] for a, b in mark(text, words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("法院查封了房屋，又冻结存款。", ["查封", "冻结"], ["查封", "冻结"]),
        ("提起执行异议之诉", ["执行", "异议", "执行异议之诉"], ["执行异议之诉"]),
        ("对查封冻结均不服", ["查封", "冻结"], ["查封冻结"]),
        ("申请执行人", ["申请", "执行", "行人", "申请执行人"], ["申请执行人"]),
        ("甲公司与ABC公司、abc公司", ["abc"], ["ABC", "abc"]),
        ("欠债的债务人还债", ["债", "债务人"], ["债务人"]),
        ("欠债还债", ["债"], ["债", "债"]),
        ("利率为3.5%，不是315%", ["3.5%"], ["3.5%"]),
        ("（2023）云执异12号", ["(", "12"], ["12"]),
        ("房屋归案外人", ["查封"], []),
        ("房屋归案外人", [], []),
        ("", ["查封"], []),
    ],
    ids=[
        "each word",
        "the longest word wins",
        "neighbours are one mark",
        "parts within the whole",
        "either case",
        "one character is passed over beside longer words",
        "one character alone is marked",
        "signs mean themselves",
        "a lone sign is passed over",
        "nothing found",
        "no words",
        "no text",
    ],
)
def test_these_stretches_are_marked(text: str, words: list[str], expected: list[str]) -> None:
    assert marked(text, words) == expected


@given(TEXTS, WORDS)
def test_marks_are_in_order_apart_from_each_other_and_made_of_the_words(text: str, words: list[str]) -> None:
    spans = mark(text, words)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    lower = {word.lower() for word in words}
    assert all(_made_of(text[a:b].lower(), lower) for a, b in spans)


@given(TEXTS, WORDS)
def test_where_nothing_is_marked_no_word_is_left(text: str, words: list[str]) -> None:
    longer = [word for word in words if len(word) > 1] or words
    pieces, last = [], 0
    for a, b in mark(text, words):
        pieces.append(text[last:a])
        last = b
    pieces.append(text[last:])
    assert not any(word.lower() in piece.lower() for word in longer for piece in pieces)


def test_a_short_passage_is_shown_whole() -> None:
    text = "查" * (LENGTH - 2) + "冻结"
    shown = snippet(text, ["冻结"])
    assert (shown.text, shown.marks) == (text, ((LENGTH - 2, LENGTH),))


def test_the_snippet_is_the_stretch_with_the_most_different_words() -> None:
    often, dense = "冻结，" * 12, "查封、扣押、冻结房屋"
    text = often + "其" * 200 + dense + "其" * 200
    shown = snippet(text, ["查封", "扣押", "冻结", "房屋"])
    assert dense in shown.text
    assert [shown.text[a:b] for a, b in shown.marks] == ["查封", "扣押", "冻结房屋"]


def test_the_snippet_begins_with_the_line_that_holds_the_words_where_that_is_near() -> None:
    text = "其" * 100 + "\n第二条　查封期限" + "其" * 300
    assert snippet(text, ["查封"]).text.startswith("…第二条　查封期限")


def test_without_any_word_the_snippet_is_the_beginning() -> None:
    text = "本院认为" * 100
    assert snippet(text, ["查封"]).text == text[:LENGTH] + "…"
    assert snippet(text, ["查封"]).marks == ()


def test_a_word_at_the_very_end_is_shown_in_a_snippet_of_full_length() -> None:
    text = "其" * 398 + "查封"
    shown = snippet(text, ["查封"])
    assert shown.text == "…" + text[-LENGTH:]
    assert [shown.text[a:b] for a, b in shown.marks] == ["查封"]


def test_a_mark_that_goes_on_behind_the_snippet_ends_with_it() -> None:
    text = "网络司法拍卖" + "其" * 34 + "轮候查封" + "其" * 100
    shown = snippet(text, ["网络司法拍卖", "轮候查封"], length=42)
    assert shown.text == "网络司法拍卖" + "其" * 34 + "轮候…"
    assert [shown.text[a:b] for a, b in shown.marks] == ["网络司法拍卖", "轮候"]


@given(TEXTS, WORDS, st.integers(40, LENGTH))
def test_a_snippet_is_a_stretch_of_the_text_with_the_marks_of_the_text(
    text: str, words: list[str], length: int
) -> None:
    shown = snippet(text, words, length)
    cut_before, cut_after = shown.text.startswith("…"), shown.text.endswith("…")
    plain = shown.text[cut_before : len(shown.text) - cut_after]
    start = 0 if not cut_before else len(text) - length if not cut_after else text.find(plain)
    assert text[start : start + len(plain)] == plain
    assert len(plain) == min(length, len(text))
    assert cut_before + cut_after > 0 or plain == text
    lower = {word.lower() for word in words}
    for a, b in shown.marks:
        assert cut_before <= a < b <= len(shown.text) - cut_after
        whole = b < len(shown.text) - cut_after
        assert not whole or _made_of(shown.text[a:b].lower(), lower)


@given(MARKUP, MARKUP_WORDS, st.integers(40, LENGTH))
def test_a_snippet_in_html_reads_as_the_snippet_and_every_mark_is_closed(
    text: str, words: list[str], length: int
) -> None:
    shown = snippet(text, words, length)
    html = wrapped(shown.text, (0, len(shown.text)), [marks_layer(shown.marks)])
    pieces = re.split("(</?mark>)", html)
    tags = pieces[1::2]
    assert tags == ["<mark>", "</mark>"] * len(shown.marks)
    assert [unescape(piece) for piece in pieces[2::4]] == [shown.text[a:b] for a, b in shown.marks]
    assert unescape("".join(pieces[::2])) == shown.text
    assert not set("<>") & set("".join(pieces[::2]))


def _made_of(text: str, words: set[str]) -> bool:
    """Whether `text` is a row of the words."""
    reached = {0}
    for at in range(len(text)):
        if at in reached:
            reached |= {at + len(word) for word in words if text.startswith(word, at)}
    return len(text) in reached
