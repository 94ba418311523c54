"""The start: straight on to the first page of the role."""

import streamlit as st

from app.access import pages_of, signed_in

st.switch_page(f"portal_pages/{pages_of(signed_in().role)[0].path}.py")
