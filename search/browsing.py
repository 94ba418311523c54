"""What conditions alone find, where nothing was typed to be searched for: the newest first."""

from dataclasses import replace
from datetime import date

from haystack import Document

from search.components import POOL, weighed
from search.document_store import scored
from search.explanation import LISTED
from search.filters import Filters
from search.listing import one_each
from search.store import EmbeddedStore

_LOOKED_AT = 5 * POOL  # passages: of a case, which is one hit, there are several


def newest_under(filters: Filters | None, store: EmbeddedStore, day: date) -> list[Document]:
    """The newest POOL hits under the filters; `day` is that by which norms are judged."""
    found = [_listed(scored(p, 0.0), store, day) for p in store.newest(filters, _LOOKED_AT)]
    return one_each(found)[:POOL]


def _listed(document: Document, store: EmbeddedStore, day: date) -> Document:
    """No prior moves it, but what a norm is on the day is told."""
    known = weighed(document, "", store, day)
    standing = known.meta.get("standing")
    reasons = [standing] if standing else []
    return replace(known, meta={**known.meta, "reasons": reasons, "found_by": LISTED})
