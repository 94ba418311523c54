"""Reads an upload in a process of its own: `python -m app.similar_reading FILE TARGET`.

The case goes to TARGET as JSON, or the error that says why there is none.
"""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from legal.errors import InputError, UnreadableFileError
from search.similar_case import Case


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read, or in Chinese why nothing was; `unreadable` says that the file is at fault."""

    case: Case | None
    said: str = ""
    unreadable: bool = False


OUTCOME = TypeAdapter(Outcome)


def main(file: Path, target: Path) -> None:
    """Writes what was read, or why nothing was."""
    from app.similar_source import case_of_file

    try:
        outcome = Outcome(case_of_file(file))
    except InputError as error:
        outcome = Outcome(None, str(error), isinstance(error, UnreadableFileError))
    target.write_bytes(OUTCOME.dump_json(outcome))


if __name__ == "__main__":
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(1)
    )  # as an exit, so that programs it has begun are ended
    main(Path(sys.argv[1]), Path(sys.argv[2]))
