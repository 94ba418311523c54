"""What an ingest run did: every input file is counted here or named with the reason why it is not indexed."""

from collections import Counter
from dataclasses import dataclass, field

from ingest.source import Notice, Problem


@dataclass(slots=True)
class Report:
    """Counts of one run. `failures` were not taken in; `notices` were, and should be looked at.

    `joined` are documents that say what another says, `left_out` what readers left out of which file.
    `removed` counts the documents that went because their files did.
    """

    files: int = 0
    unchanged: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    passages: int = 0
    articles: int = 0
    removed: int = 0
    failures: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    joined: list[Notice] = field(default_factory=list)
    left_out: list[Notice] = field(default_factory=list)
    seconds: float = 0.0
