"""What conditions alone find, where nothing was typed to be searched for: the newest first."""

from datetime import date

from search.components import POOL, weight
from search.document_store import Found, Scored
from search.explanation import LISTED
from search.filters import Filters
from search.findings import Finding
from search.listing import one_each
from search.passage import Passage
from search.store import EmbeddedStore

_LOOKED_AT = 5 * POOL  # passages: of a case, which is one hit, there are several


def newest_under(filters: Filters | None, store: EmbeddedStore, day: date) -> Found:
    """The newest POOL hits under the filters; `day` is that by which norms are judged."""
    found = Found(_listed(passage, store, day) for passage in store.newest(filters, _LOOKED_AT))
    return Found(one_each(found.scored)[:POOL])


def _listed(passage: Passage, store: EmbeddedStore, day: date) -> Scored:
    """No prior moves it, but what a norm is on the day is told."""
    noted = weight(passage.meta, "", store, day)
    standing = noted.get("standing")
    reasons = [standing] if standing else []
    return Scored(Finding.of(passage), 0.0, {**noted, "reasons": reasons, "found_by": LISTED})
