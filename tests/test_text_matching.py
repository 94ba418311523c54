"""Character pairs of a query are found in many texts at once, and counted as one would by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text_matching import match, query_pairs


def even(pairs):
    """Every pair tells as much as any other."""
    return np.ones(len(pairs), dtype=np.float32)


@pytest.mark.parametrize(
    ("query", "text", "share", "count", "run", "density"),
    [
        # The query 查封房屋 has the pairs 查封, 封房, 房屋.
        pytest.param("查封房屋", "查封房屋", 1.0, 3, 3, 1.0, id="the query itself"),
        pytest.param("查封房屋", "房屋的查封", 2 / 3, 2, 1, 2 / 4, id="both words, the other way round"),
        pytest.param("查封房屋", "可以查封房屋", 1.0, 3, 3, 3 / 5, id="the query in a longer text"),
        pytest.param("查封房屋", "查封，查封，查封", 1 / 3, 1, 1, 1 / 7, id="the same word again and again"),
        pytest.param("查封房屋", "冻结存款", 0.0, 0, 0, 0.0, id="nothing in common"),
        pytest.param("查封房屋", "", 0.0, 0, 0, 0.0, id="an empty text"),
        pytest.param("查封房屋", "查", 0.0, 0, 0, 0.0, id="a text of one character has no pair"),
        pytest.param("封", "查封", 0.0, 0, 0, 0.0, id="a query of one character has no pair"),
    ],
)
def test_what_a_text_shares_with_a_query(
    query: str, text: str, share: float, count: int, run: int, density: float
) -> None:
    found = match([text, "其他内容"], query_pairs(query, even))
    assert found.share[0] == pytest.approx(share)
    assert found.count[0] == count
    assert found.run[0] == run
    assert found.density[0] == pytest.approx(density)


def test_a_rare_pair_counts_more_than_a_common_one() -> None:
    def weights(pairs):
        return np.array([3.0 if pair == "查封" else 1.0 for pair in pairs], dtype=np.float32)

    found = match(["查封存款", "房屋存款"], query_pairs("查封房屋", weights))
    assert found.share.tolist() == pytest.approx([3 / 5, 1 / 5])
    assert found.rarest.tolist() == [3.0, 1.0]
    assert found.bm25[0] > found.bm25[1]


def test_pairs_do_not_reach_from_one_text_into_the_next() -> None:
    assert match(["扣押查", "封房屋"], query_pairs("查封", even)).count.tolist() == [0, 0]


def test_texts_that_come_twice_have_the_same_values_in_their_places() -> None:
    texts = ["查封房屋", "冻结存款", "查封房屋"]
    found = match(texts, query_pairs("查封", even))
    assert found.count.tolist() == [1, 0, 1]


@given(
    st.text("查封扣押冻结房屋", max_size=12), st.lists(st.text("查封扣押冻结房屋。", max_size=20), max_size=6)
)
def test_counts_are_those_of_looking_at_every_pair(query: str, texts: list[str]) -> None:
    asked = {query[at : at + 2] for at in range(len(query) - 1)}
    found = match(texts, query_pairs(query, even)) if texts else None
    for row, text in enumerate(texts):
        there = {text[at : at + 2] for at in range(len(text) - 1)} & asked
        assert found is not None
        assert found.count[row] == len(there)
