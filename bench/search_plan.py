"""What one run of the bench of search is asked for, where its indexes lie, and what it measured.

Nothing heavy is imported here: the processes that are measured begin with this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LVZHI_KEYWORD = "Lvzhi, keywords: facets, priors, highlights"
LVZHI_HYBRID = "Lvzhi, hybrid, the question encoded"
TANTIVY_WORDS = "bare Tantivy, words"
TANTIVY_COUNTED = "bare Tantivy, words, matches counted"
TANTIVY_FIELDS = "bare Tantivy, our weighted fields"
BM25S = "bm25s"
HAYSTACK = "Haystack in memory"


@dataclass(frozen=True, slots=True)
class Plan:
    """`rounds` is how often all systems take turns; `starts` how often a start is timed."""

    corpus: Path
    questions: Sequence[str]
    encoder: Path
    folder: Path
    sizes: Sequence[int]
    clients: Sequence[int]
    rounds: int = 7
    starts: int = 5


@dataclass(frozen=True, slots=True)
class Prepared:
    """A folder with the indexes over one number of passages, and the encoder of their vectors."""

    folder: Path
    passages: int
    encoder: Path

    @property
    def index(self) -> Path:
        """Ours, with vectors."""
        return self.folder / "index"

    @property
    def bare(self) -> Path:
        """Tantivy's with nothing else around it: the same fields, the same words and pairs."""
        return self.folder / "tantivy"

    @property
    def bm25s(self) -> Path:
        """That of bm25s, which is missing where it would not have fitted into memory."""
        return self.folder / "bm25s"

    @property
    def mark(self) -> Path:
        """The file that says what is in the folder, written last."""
        return self.folder / "made.json"


@dataclass(frozen=True, slots=True)
class Turn:
    """One system asked some questions: milliseconds and ids found for each, and the seconds of the whole.

    `worked` are the milliseconds that the thread of the client had a core: other work on the machine adds to
    `took` and hardly to these.
    """

    system: str
    clients: int
    took: Sequence[float]
    worked: Sequence[float]
    found: Sequence[Sequence[str]]
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured over one number of passages.

    `parts` holds the milliseconds of each part of a hybrid search, question by question, `starts` the seconds
    of each start, `memory` bytes by kind, `left_out` why a system did not take part.
    """

    passages: int
    turns: Sequence[Turn]
    parts: Mapping[str, Sequence[float]]
    starts: Mapping[str, Sequence[float]]
    memory: Mapping[str, int]
    left_out: Mapping[str, str]

    def took(self, system: str, clients: int) -> list[float]:
        """All times of a system, in milliseconds."""
        return [ms for turn in self.turns_of(system, clients) for ms in turn.took]

    def worked(self, system: str, clients: int) -> list[float]:
        """The same for the time that its client's thread had a core."""
        return [ms for turn in self.turns_of(system, clients) for ms in turn.worked]

    def turns_of(self, system: str, clients: int) -> list[Turn]:
        return [turn for turn in self.turns if (turn.system, turn.clients) == (system, clients)]
