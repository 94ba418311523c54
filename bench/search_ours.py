"""Our own search in the bench: the service without and with an encoder, and where a search spends its time.

The parts are measured inside whole searches: the functions named in SEAMS, and each component of the
retrieval pipeline, are put under a clock while they are asked for. So what Haystack's pipeline costs is what
its run takes beyond its components.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from bench.search_plan import LVZHI_HYBRID, LVZHI_KEYWORD, Prepared
from bench.search_rivals import Search, Systems

WHOLE, PIPELINE, REST = "the whole search", "Haystack's pipeline itself", "everything else"
SNIPPETS = "of these, snippets and highlights"
SEAMS: Mapping[str, tuple[str, str]] = {
    "understanding the question": ("search.understanding.Understanding", "of"),
    "counting all that matches, facets": ("search.counting.Counting", "of"),
    "the hits shown": ("search.service.SearchService", "_hit"),
    SNIPPETS: ("search.service", "snippet"),
}


def lvzhi_systems(made: Prepared) -> Systems:
    """The service by keywords alone, and with the encoder, over one open index."""
    from search.encoder import OnnxEncoder
    from search.service import SearchRequest, SearchService
    from search.store import EmbeddedStore

    store = EmbeddedStore.open(made.index)

    def asking(service: SearchService) -> Search:
        return lambda text: [hit.id for hit in service.search(SearchRequest(text)).hits]

    return {
        LVZHI_KEYWORD: asking(SearchService(store, None)),
        LVZHI_HYBRID: asking(SearchService(store, OnnxEncoder(made.encoder))),
    }


class Clock:
    """Adds up how many milliseconds each part takes, from `with clock.on():` to its end."""

    def __init__(self) -> None:
        self.took: dict[str, float] = defaultdict(float)

    @contextmanager
    def on(self) -> Iterator[None]:
        from haystack import Pipeline

        run = Pipeline.run

        def pipeline_run(pipeline: Pipeline, *given: Any, **named: Any) -> Any:
            components = dict(pipeline.walk())
            with ExitStack() as stack:
                for name, component in components.items():
                    stack.enter_context(patch.object(component, "run", self._timed(name, component.run)))
                before = sum(self.took[name] for name in components)
                began = time.perf_counter()
                out = run(pipeline, *given, **named)
                whole = (time.perf_counter() - began) * 1000
            self.took[PIPELINE] += whole - (sum(self.took[name] for name in components) - before)
            return out

        with ExitStack() as stack:
            stack.enter_context(patch.object(Pipeline, "run", pipeline_run))
            for name, (owner, function) in SEAMS.items():
                place = f"{owner}.{function}"
                stack.enter_context(patch(place, self._timed(name, resolve_name(place))))
            yield

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                self.took[name] += (time.perf_counter() - began) * 1000

        return timed


def parts_of(search: Search, text: str) -> dict[str, float]:
    """The milliseconds of each part of one search."""
    clock = Clock()
    with clock.on():
        began = time.perf_counter()
        search(text)
        whole = (time.perf_counter() - began) * 1000
    inside = {name: ms for name, ms in clock.took.items() if name not in SEAMS}
    inside |= {name: clock.took[name] for name in SEAMS}
    return {WHOLE: whole, **inside, REST: whole - sum(inside.values()) + inside[SNIPPETS]}
