"""What an ingest run did: every input file is counted here or named with the reason why it is not indexed."""

from collections import Counter
from dataclasses import dataclass, field

from ingest.readers import Problem


@dataclass(slots=True)
class Report:
    """Counts of one run. `failures` were not taken in; `notices` were, and should be looked at."""

    files: int = 0
    unchanged: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    passages: int = 0
    articles: int = 0
    failures: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    seconds: float = 0.0
