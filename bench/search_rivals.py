"""What the bench of search compares with: Tantivy with nothing around it, bm25s, Haystack's in-memory store.

All cut a question by our segmenter, as the passages were cut, and give the ids of the ten best; Tantivy
fetches their texts too.
"""

import json
from collections.abc import Callable, Iterator

from bench.search_plan import BM25S, HAYSTACK, TANTIVY_COUNTED, TANTIVY_FIELDS, TANTIVY_WORDS, Prepared

Search = Callable[[str], list[str]]
Systems = dict[str, Search]

HITS = 10
HAYSTACK_BYTES = 15_000  # that the store and making it need for each passage


def tantivy_systems(made: Prepared) -> Systems:
    """Three ways to ask one index: for the words of the text, with all matches counted, in all our fields."""
    import tantivy

    from search.index_records import FIELD_WEIGHTS
    from search.segmenter import best_segmenter, bigrams

    index, segmenter = tantivy.Index.open(str(made.bare)), best_segmenter()
    searcher = index.searcher()

    def any_of(field: str, terms: list[str], weight: float) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
        for term in dict.fromkeys(terms):
            query = tantivy.Query.term_query(index.schema, field, term, "freq")
            if weight != 1.0:
                query = tantivy.Query.boost_query(query, weight)
            yield tantivy.Occur.Should, query

    def found(parts: list[tuple[tantivy.Occur, tantivy.Query]], count: bool = False) -> list[str]:
        hits = searcher.search(tantivy.Query.boolean_query(parts), HITS, count=count).hits
        shown = [searcher.doc(address) for _, address in hits]
        return [document["id"][0] for document in shown if document["text"][0]]

    def words(text: str) -> list[str]:
        return found(list(any_of("text_words", segmenter.words(text), 1.0)))

    def counted(text: str) -> list[str]:
        return found(list(any_of("text_words", segmenter.words(text), 1.0)), count=True)

    def fields(text: str) -> list[str]:
        terms = {field: segmenter.words(text) for field in FIELD_WEIGHTS} | {"text_pairs": bigrams(text)}
        return found(
            [part for field, weight in FIELD_WEIGHTS.items() for part in any_of(field, terms[field], weight)]
        )

    return {TANTIVY_WORDS: words, TANTIVY_COUNTED: counted, TANTIVY_FIELDS: fields}


def bm25s_systems(made: Prepared) -> Systems:
    """bm25s over the words of the text; nothing where its index would not have fitted into memory."""
    if not made.bm25s.exists():
        return {}
    import bm25s

    from search.segmenter import best_segmenter

    segmenter = best_segmenter()
    engine = bm25s.BM25.load(made.bm25s)
    ids = json.loads((made.bm25s / "ids.json").read_text(encoding="utf-8"))
    hits = min(HITS, len(ids))

    def search(text: str) -> list[str]:
        words = [word for word in segmenter.words(text) if word in engine.vocab_dict]
        rows, _ = engine.retrieve([words], k=hits, show_progress=False)
        return [ids[row] for row in rows[0]]

    return {BM25S: search}


def haystack_systems(made: Prepared) -> Systems:
    """Haystack's store with the texts already cut into words; nothing where it would not fit into memory."""
    import psutil

    if made.passages * HAYSTACK_BYTES > psutil.virtual_memory().available:
        return {}
    import tantivy
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    from search.segmenter import best_segmenter

    searcher, segmenter = tantivy.Index.open(str(made.bare)).searcher(), best_segmenter()
    store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+")
    everything = searcher.search(tantivy.Query.all_query(), made.passages, count=False).hits
    passages = [searcher.doc(address) for _, address in everything]
    joined = segmenter.joined_words([passage["text"][0] for passage in passages])
    store.write_documents(
        [Document(id=p["id"][0], content=words) for p, words in zip(passages, joined, strict=True)]
    )

    def search(text: str) -> list[str]:
        return [found.id for found in store.bm25_retrieval(" ".join(segmenter.words(text)), top_k=HITS)]

    return {HAYSTACK: search}
