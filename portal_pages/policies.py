"""法规政策: search in statutes, regulations, judicial interpretations and other norms."""

from app.access import signed_in
from app.search_address import POLICIES
from app.search_page import show_search

signed_in()
show_search(POLICIES)
