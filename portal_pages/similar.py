"""类案比对: cases like an uploaded document or one of the index, and the report on them."""

from app.access import signed_in
from app.similar_page import show_similar

signed_in()
show_similar()
