"""What Streamlit takes for Markdown is shown as it is written."""

import pytest

from app.markup import plain_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("本库没有这份文书。", "本库没有这份文书。", id="Chinese stays"),
        pytest.param("[登录](https://a.b)", r"\[登录\]\(https\:\/\/a\.b\)".replace(r"\/", "/"), id="no link"),
        pytest.param("**重要**", r"\*\*重要\*\*", id="nothing bold"),
        pytest.param(":red[字]", r"\:red\[字\]", id="no colour"),
        pytest.param("$x$", r"\$x\$", id="no formula"),
    ],
)
def test_nothing_in_a_text_is_markdown(text: str, shown: str) -> None:
    assert plain_markdown(text) == shown
