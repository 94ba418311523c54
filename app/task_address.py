"""A list of tasks as an address: one state or all, one kind or all, words, and the page."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.model import TaskFilter, TaskKind, TaskState

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class TaskAddress:
    """What a list of tasks is asked for; `task` is the one that is open, None for the list."""

    task: int | None = None
    state: TaskState | None = None
    kind: TaskKind | None = None
    words: str = ""
    page: int = 1

    def fields(self) -> dict[str, str]:
        """What stands in the address; what is as usual is left out."""
        named = {
            "task": str(self.task) if self.task is not None else "",
            "state": self.state.value if self.state else "",
            "kind": self.kind.value if self.kind else "",
            "words": self.words,
            "page": str(self.page) if self.page > 1 else "",
        }
        return {name: value for name, value in named.items() if value}

    def filter(self) -> TaskFilter:
        """The same for the task service."""
        states = frozenset({self.state}) if self.state else frozenset()
        return TaskFilter(states=states, kind=self.kind, text=self.words)


def read_address(fields: Mapping[str, str]) -> TaskAddress:
    """The list or the task that an address holds; what makes no sense in it is passed over."""
    state, kind = fields.get("state", ""), fields.get("kind", "")
    task = fields.get("task")
    return TaskAddress(
        # What is no number is no task either: the service refuses 0 as it refuses another's.
        task=None if task is None else _number(task) or 0,
        state=TaskState(state) if state in set(TaskState) else None,
        kind=TaskKind(kind) if kind in set(TaskKind) else None,
        words=fields.get("words", "").strip(),
        page=max(1, _number(fields.get("page", ""))),
    )


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
