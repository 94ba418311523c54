"""Errors with a message for the user, shown where they happen instead of ending the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app.markup import plain_markdown
from legal.errors import LvzhiError, SearchIndexError


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show the message of an error of the tree: what the user can mend as a warning, the rest as an error."""
    try:
        yield
    except SearchIndexError as error:
        st.error(plain_markdown(error.message))
    except LvzhiError as error:
        st.warning(plain_markdown(error.message))
