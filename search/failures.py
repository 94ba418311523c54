"""Failures of one part of a search, of which the log is told while the other parts answer."""

import logging
from pathlib import Path
from traceback import extract_tb

from haystack.errors import FilterError

from legal.errors import InputError

CALLERS = (InputError, FilterError)  # what was asked is wrong: no failure of a part

_LOG = logging.getLogger(__name__)


def log_failure(what: str, error: Exception) -> None:
    """What failed and where, without the error's message: it may repeat the query, which is about people."""
    frame = extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    _LOG.error("%s failed: %s in %s", what, type(error).__name__, place)
