"""文书/法条: a whole document with the passage that was found, or an article by its citation."""

import streamlit as st

from app.access import signed_in
from app.errors_shown import errors_shown
from app.reading_page import lookup_address, page_of, read_wanted
from app.scrolling import scroll_to_passage
from app.services import services

signed_in()
wanted = read_wanted(st.query_params.to_dict())
if wanted.document_id or wanted.law:
    with errors_shown():
        shown = page_of(services(), wanted)
        st.header(shown.title, anchor=False)
        st.html(shown.head)
        if shown.text:
            st.html(shown.text)
            scroll_to_passage()
else:
    st.header("文书/法条", anchor=False)
    with st.form("lookup", border=False), st.container(horizontal=True, key="search_row"):
        reference = st.text_input(
            "法条或案号",
            placeholder="如：民法典第五百七十七条",
            label_visibility="collapsed",
        )
        pressed = st.form_submit_button("查阅", type="primary")
    if pressed:
        with errors_shown():
            found = lookup_address(services(), reference)
            if found:
                st.query_params.from_dict(found)
                st.rerun()
            st.warning("没有识别出法条，或者本库没有这个案号的文书。可到“法规政策”或“类案检索”中查找。")
    st.caption("输入法条名称和条号，或者完整案号，直接打开全文。")
