"""Searching within results: the words that a hit must also contain, as a filter."""

from search.filters import Filters
from search.protocols import Segmenter
from search.segmenter import bigrams


def containing(text: str, segmenter: Segmenter) -> Filters:
    """The filter for passages that contain every term of `text` (between spaces) in text, heading or title.

    A term is in a text by its character pairs, so that it is found however the text was cut into words; one
    of a single character, and one in a title or heading, by its words. `text` has at least one term that is
    not punctuation only.
    """
    return _all([_term(term, segmenter) for term in text.split() if bigrams(term)])


def _term(term: str, segmenter: Segmenter) -> Filters:
    words = segmenter.words(term)
    places = {
        "text_pairs": [pair for pair in bigrams(term) if len(pair) > 1],
        "text_words": words,
        "heading_words": words,
        "title_words": words,
    }
    found = [
        _all([{"field": f"meta.{field}", "operator": "==", "value": value} for value in values])
        for field, values in places.items()
        if values
    ]
    return {"operator": "OR", "conditions": found}


def _all(conditions: list[Filters]) -> Filters:
    return conditions[0] if len(conditions) == 1 else {"operator": "AND", "conditions": conditions}
