"""The search page that policies and precedents share: a box, filters with counts, hits, pages."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app import search_cards
from app.errors_shown import errors_shown
from app.paging import show_pages
from app.scrolling import scroll_to_top
from app.search_address import (
    FIRST_DAY,
    LAST_DAY,
    PAGE_SIZE,
    SearchAddress,
    SearchView,
    orders_of,
    read_address,
)
from app.services import services
from app.wording import date_text

if TYPE_CHECKING:
    from search.service import SearchResult


def show_search(view: SearchView) -> None:
    """The whole page, for the search that the address holds."""
    at = read_address(view, {name: st.query_params.get_all(name) for name in st.query_params})
    st.header(view.title, anchor=False)
    _box(view, at)
    if not at.text:
        st.html(search_cards.examples(view))
        return
    result = _found(view, at)
    if result is None:
        return
    _filters(view, at, result)
    if result.listed and not result.hits:  # the address names a page beyond the last
        _go(replace(at, page=1))
        st.rerun()
    st.html(search_cards.summary(result))
    if not result.hits:
        st.html(search_cards.nothing_found(view, any(at.choices.values()) or result.query.has_conditions))
        return
    st.html(search_cards.cards(result))
    show_pages(at.page, result.listed, PAGE_SIZE, lambda number: _go(replace(at, page=number)))
    scroll_to_top(at.page)


def _found(view: SearchView, at: SearchAddress) -> "SearchResult | None":
    with errors_shown(), st.spinner("正在检索…"):
        return services().search.search(at.request(view.kind))
    return None


def _box(view: SearchView, at: SearchAddress) -> None:
    st.session_state["query"] = at.text
    with (
        st.form("search", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="search_row"),
    ):
        st.text_input(
            "检索内容",
            key="query",
            placeholder=view.placeholder,
            label_visibility="collapsed",
        )
        st.form_submit_button("检索", type="primary", on_click=_ask)


def _ask() -> None:
    """A new text is a new search: filters of the last one would hide what it finds."""
    _go(SearchAddress(text=st.session_state["query"].strip()))


def _filters(view: SearchView, at: SearchAddress, result: "SearchResult") -> None:
    with st.container(horizontal=True, key="filters"):
        for name, label in view.facets.items():
            _facet(at, name, label, result.facets.get(name, ()))
        _within(at)
        if view.kind == "policy":
            _day(at)
        orders = list(orders_of(view, bool(result.query.words)))
        st.session_state["sort"] = at.sort if at.sort in orders else orders[0]
        st.selectbox(
            "排序",
            orders,
            key="sort",
            format_func=lambda sort: f"按{view.sorts[sort]}",
            label_visibility="collapsed",
            width=170,
            on_change=lambda: _go(replace(at, sort=st.session_state["sort"], page=1)),
        )


def _facet(at: SearchAddress, name: str, label: str, counted: Sequence[tuple[str | int, int]]) -> None:
    """The values of one field with their counts; those chosen stay, even where nothing has them."""
    chosen = at.choices.get(name, ())
    counts = {**dict.fromkeys(chosen, 0), **dict(counted)}
    if not counts:
        return
    if name == "year":
        counts = dict(sorted(counts.items(), key=lambda item: -int(item[0])))
    key = f"facet_{name}"
    st.session_state[key] = list(chosen)
    with st.popover(f"{label}（已选 {len(chosen)}）" if chosen else label, key=f"open_{name}"):
        st.pills(
            label,
            list(counts),
            selection_mode="multi",
            key=key,
            format_func=lambda value: f"{value} · {counts.get(value, 0)}",
            on_change=lambda: _go(at.choosing(name, st.session_state[key])),
        )


def _within(at: SearchAddress) -> None:
    """Words that a hit must contain beside those of the search."""
    st.session_state["within"] = at.within
    with st.popover(f"结果中含“{at.within}”" if at.within else "结果中检索", key="open_within"):
        st.text_input(
            "结果中还须包含的词语",
            key="within",
            on_change=lambda: _go(replace(at, within=st.session_state["within"].strip(), page=1)),
        )


def _day(at: SearchAddress) -> None:
    """The day by which norms are judged."""
    st.session_state["on"] = at.on
    with st.popover(f"{date_text(at.on)}有效的文本" if at.on else "按某日有效的文本", key="open_on"):
        st.date_input(
            "法规效力以哪一天为准（不填为今天）",
            key="on",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            on_change=lambda: _go(replace(at, on=st.session_state["on"], page=1)),
        )


def _go(to: SearchAddress) -> None:
    st.query_params.from_dict(to.fields())
