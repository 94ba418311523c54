"""The portal's frame: who is looking decides the menu; the pages do the rest."""

from html import escape

import streamlit as st

from app.access import HOME, pages_of, pages_without, signed_in
from app.settings import PROJECT

st.set_page_config(page_title="律执", layout="wide")
st.html(PROJECT / "app" / "portal.css")
person = signed_in()

menu = [st.Page(f"portal_pages/{entry.path}.py", title=entry.title) for entry in pages_of(person.role)]
others = [
    st.Page(f"portal_pages/{entry.path}.py", title=entry.title, visibility="hidden")
    for entry in pages_without(person.role)
]
home = st.Page(f"portal_pages/{HOME}.py", title="首页", default=True, visibility="hidden")
page = st.navigation([home, *menu, *others])

with st.sidebar:
    st.html(
        f'<div class="lz-who"><strong>{escape(person.display_name)}</strong> {person.role.label}'
        f"<br>{escape(person.organisation or '')}</div>"
        '<form method="post" action="/sign-out"><button type="submit" class="lz-out">退出登录</button></form>'
    )
page.run()
