"""What the bench of search prints: tables in Markdown, for docs/measurements.md, and the goals."""

import statistics
from collections.abc import Iterator, Sequence

from bench.search_plan import (
    BM25S,
    HAYSTACK,
    LVZHI_HYBRID,
    LVZHI_KEYWORD,
    TANTIVY_COUNTED,
    TANTIVY_FIELDS,
    TANTIVY_WORDS,
    Measured,
)

SYSTEMS = (
    LVZHI_KEYWORD,
    LVZHI_HYBRID,
    TANTIVY_WORDS,
    TANTIVY_COUNTED,
    TANTIVY_FIELDS,
    BM25S,
    HAYSTACK,
)
KEYWORD_GOAL = 3.0  # times bare Tantivy
HYBRID_GOAL = 20.0  # ms at p95, one client
HYBRID_SIZE = 200_000  # passages up to which that goal and the next two hold
START_GOAL = 3.5  # seconds
MEMORY_GOAL = 600  # MB
_SHARES = (50, 95, 99)


def report(sizes: Sequence[Measured], clients: Sequence[int]) -> Iterator[str]:
    """The lines of the report."""
    for measured in sizes:
        yield f"\n{measured.passages:,} passages\n"
        for number in clients:
            yield from speed(measured, number)
        yield from parts(measured)
        yield from start_and_memory(measured)
    if len(sizes) > 1:
        yield from growth(sizes[0], sizes[-1])
    yield "\nGoals:\n"
    for measured in sizes:
        yield from goals(measured)


def speed(measured: Measured, clients: int) -> Iterator[str]:
    """Percentiles over all questions, and how much of bare Tantivy's hits each system shares.

    How far p50 differs from round to round, and for how long a core worked, tell how quiet the machine was.
    """
    yield f"\n| {clients} at once | p50 ms | p95 | p99 | p50 by round | core p50 | a second | shared | n |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for system in SYSTEMS:
        turns = measured.turns_of(system, clients)
        if not turns:
            yield f"| {system} | {measured.left_out[system]} | | | | | | | |"
            continue
        took = measured.took(system, clients)
        middles = [statistics.median(turn.took) for turn in turns]
        cells = [f"{value:.1f}" for value in percentiles(took)]
        cells += [f"{min(middles):.1f} to {max(middles):.1f}"]
        cells += [f"{percentiles(measured.worked(system, clients))[0]:.1f}"]
        cells += [f"{len(took) / sum(turn.seconds for turn in turns):.1f}"]
        cells += [f"{agreement(measured, system, clients):.2f}", str(len(took))]
        yield f"| {system} | {' | '.join(cells)} |"


def agreement(measured: Measured, system: str, clients: int) -> float:
    """How many of bare Tantivy's hits the system has among its own, on average over questions."""
    both = zip(measured.turns_of(system, clients), measured.turns_of(TANTIVY_WORDS, clients), strict=False)
    pairs = [pair for own, bare in both for pair in zip(own.found, bare.found, strict=False)]
    return statistics.mean(len(set(own) & set(bare)) / max(1, len(bare)) for own, bare in pairs)


def parts(measured: Measured) -> Iterator[str]:
    yield f"\n| part of {LVZHI_HYBRID} | p50 ms | p95 | p99 |"
    yield "|---|---|---|---|"
    for name, took in measured.parts.items():
        yield f"| {name} | {' | '.join(f'{value:.2f}' for value in percentiles(took))} |"


def start_and_memory(measured: Measured) -> Iterator[str]:
    yield ""
    for name, seconds in measured.starts.items():
        yield (
            f"`lvzhi search` {name}: {statistics.median(seconds):.2f} s "
            f"({min(seconds):.2f} to {max(seconds):.2f}, {len(seconds)} times)"
        )
    kinds = ", ".join(f"{size / 1e6:.0f} MB {kind}" for kind, size in measured.memory.items())
    yield f"memory of a search process: {kinds}"


def growth(small: Measured, large: Measured) -> Iterator[str]:
    """How many times as long the larger takes, one client."""
    times = large.passages / small.passages
    yield f"\n| {times:.0f} times the passages, one client | p50 | p95 | p99 |"
    yield "|---|---|---|---|"
    for system in SYSTEMS:
        if small.turns_of(system, 1) and large.turns_of(system, 1):
            grown = [f"{value:.1f}x" for value in grown_by(small, large, system)]
            yield f"| {system} | {' | '.join(grown)} |"
    bare = grown_by(small, large, TANTIVY_WORDS)
    for system in (LVZHI_KEYWORD, LVZHI_HYBRID):
        own = grown_by(small, large, system)
        yield verdict(
            f"{system} grows no faster than {TANTIVY_WORDS}, p50", own[0] / bare[0], 1.0, "of its growth"
        )
        yield verdict(
            f"{system} grows no faster than {TANTIVY_WORDS}, p95", own[1] / bare[1], 1.0, "of its growth"
        )


def grown_by(small: Measured, large: Measured, system: str) -> list[float]:
    before, after = percentiles(small.took(system, 1)), percentiles(large.took(system, 1))
    return [b / a for a, b in zip(before, after, strict=True)]


def goals(measured: Measured) -> Iterator[str]:
    own = percentiles(measured.took(LVZHI_KEYWORD, 1))
    for rival in (TANTIVY_WORDS, TANTIVY_COUNTED, TANTIVY_FIELDS):
        bare = percentiles(measured.took(rival, 1))
        for name, one, other in zip(("p50", "p95"), own, bare, strict=False):
            yield verdict(
                f"{measured.passages:,}: keywords against {rival}, {name}", one / other, KEYWORD_GOAL, "times"
            )
    if measured.passages > HYBRID_SIZE:
        return
    hybrid = percentiles(measured.took(LVZHI_HYBRID, 1))[1]
    yield verdict(f"{measured.passages:,}: hybrid, p95", hybrid, HYBRID_GOAL, "ms")
    for name, seconds in measured.starts.items():
        yield verdict(f"{measured.passages:,}: start {name}", statistics.median(seconds), START_GOAL, "s")
    yield verdict(f"{measured.passages:,}: memory", measured.memory["all"] / 1e6, MEMORY_GOAL, "MB")


def verdict(what: str, value: float, limit: float, unit: str) -> str:
    return f"- {'met' if value <= limit else 'MISSED'}: {what}: {value:.2f} {unit}, at most {limit:g}"


def percentiles(took: Sequence[float]) -> list[float]:
    """p50, p95 and p99; of a few values the next higher one."""
    ordered = sorted(took)
    return [ordered[min(len(ordered) - 1, len(ordered) * share // 100)] for share in _SHARES]
