"""Scrolling, for which Streamlit has no call: fixed scripts, into which nothing is ever written."""

import streamlit as st

from app.reading import HIT

# The text may still be on its way when this runs: it waits for it, for three seconds at most.
_TO_PASSAGE = f"""<script>
(() => {{
  let tries = 0;
  const look = () => {{
    const found = document.getElementById("{HIT}");
    if (found) found.scrollIntoView({{ block: "center" }});
    else if (++tries < 60) setTimeout(look, 50);
  }};
  look();
}})();
</script>"""


def scroll_to_passage() -> None:
    """Bring the passage that was found into view."""
    st.html(_TO_PASSAGE, unsafe_allow_javascript=True)


def scroll_to_top(page: int) -> None:
    """Begin another page of hits at its top; the script runs again when the number of the page changes."""
    script = "document.querySelector('[data-testid=\"stMain\"]')?.scrollTo(0, 0);"
    st.html(f"<script>/* {page:d} */ {script}</script>", unsafe_allow_javascript=True)
