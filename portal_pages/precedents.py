"""类案: search in judgments, rulings and published cases."""

from app.access import signed_in
from app.search_address import PRECEDENTS
from app.search_page import show_search

signed_in()
show_search(PRECEDENTS)
