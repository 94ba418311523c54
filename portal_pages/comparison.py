"""版本对照: two versions of a law side by side, reached from the list of its versions."""

import streamlit as st

from app.access import signed_in
from app.comparison_page import comparison_of, read_wanted
from app.errors_shown import errors_shown
from app.markup import plain_markdown
from app.services import services

signed_in()
with errors_shown():
    title, compared = comparison_of(services(), read_wanted(st.query_params.to_dict()))
    st.header(plain_markdown(title), anchor=False)
    st.html(compared)
