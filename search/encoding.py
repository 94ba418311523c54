"""Giving vectors to the passages of an index that have none yet: in batches, resumable, best texts first."""

from collections.abc import Iterator

import numpy as np

from legal.documents import AUTHORITY_LEVELS
from search.filters import Filters
from search.passage import Passage
from search.protocols import Encoder
from search.store import EmbeddedStore
from search.vectors import embedding_text, vector_key

_BATCH = 256  # passages: about two seconds of work, which is what stopping may lose


def encode_missing(store: EmbeddedStore, encoder: Encoder) -> Iterator[tuple[int, int]]:
    """Encodes what has no vector, authoritative texts in force first; yields (encoded, all) after each batch.

    Each batch is on disk before it is yielded: stopping at any moment loses at most one batch. Raises
    IndexMismatchError where the index has vectors of another encoder.
    """
    store.put_manifest(store.manifest.with_encoder(encoder.name, encoder.dimension))
    living = store.keywords.vector_keys()
    have = set(store.vectors.subset(living).keys.tolist())
    yield len(have), len(living)
    batch: dict[int, str] = {}
    for passage in _in_order(store):
        key = vector_key(passage)
        if key in have:
            continue
        have.add(key)
        batch[key] = embedding_text(passage)
        if len(batch) == _BATCH:
            _encode(store, encoder, batch)
            yield len(have), len(living)
            batch = {}
    if batch:
        _encode(store, encoder, batch)
        yield len(have), len(living)
    store.refresh()
    store.vectors.join(store.keywords.vector_keys())  # what is living now, not what was at the beginning


def _encode(store: EmbeddedStore, encoder: Encoder, batch: dict[int, str]) -> None:
    vectors = encoder.encode_passages(list(batch.values()))
    store.add_vectors(np.fromiter(batch, dtype=np.int64, count=len(batch)), vectors)


def _in_order(store: EmbeddedStore) -> Iterator[Passage]:
    """All passages: policy texts by authority in their newest version, then precedents, then the rest."""
    old = store.superseded()
    groups: list[Filters | None] = [
        {"field": "meta.authority_level", "operator": "==", "value": level} for level in AUTHORITY_LEVELS
    ]
    groups += [{"field": "meta.kind", "operator": "==", "value": "precedent"}, None]
    for filters in groups:
        where = store.where(filters)
        for passage in store.keywords.passages(where):
            if filters is None or passage.meta.get("document_id") not in old:
                yield passage
