"""The row of page numbers below a list."""

from collections.abc import Callable

import streamlit as st


def show_pages(page: int, total: int, size: int, turn_to: Callable[[int], None]) -> None:
    """The page numbers, from 1, of `total` entries by `size` a page; none where one page holds them all."""
    count = -(-total // size)
    if count < 2:
        return
    st.session_state["page"] = min(page, count)
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.pagination(
            count,
            key="page",
            max_visible_pages=5,
            on_change=lambda: turn_to(st.session_state["page"]),
        )
