"""The HTTP API: it changes nothing, below /api, over the one service of search; see docs/api.md."""

import time
from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, FastAPI, Path, Query
from fastapi.responses import HTMLResponse
from fastapi.telemetry import TelemetryConfig

from app.api_admission import BEARER, Admission
from app.api_answers import document_answer, search_answer
from app.api_article import article_answer
from app.api_errors import Refusal, add_error_handlers
from app.api_limits import BodyLimit, Buckets
from app.api_log import ApiLog
from app.api_models import ArticleAnswer, DocumentAnswer, ErrorAnswer, Health, SearchAnswer
from app.api_page import page_of
from app.api_parameters import ArticleParameters, ComparisonParameters, SearchParameters
from app.api_related import (
    ArticleUseAnswer,
    ComparisonAnswer,
    RelatedAnswer,
    article_use_answer,
    comparison_answer,
    related_answer,
)
from app.api_similar import SimilarAnswer, SimilarParameters, similar_answer
from app.services import Services

if TYPE_CHECKING:
    from search.passage import StoredDocument

PATH = "/api"
_ABOUT = (
    "Search over Chinese legal documents, for programs. Every interface but health wants a key in the header "
    "`Authorization: Bearer KEY`; a key acts for the account that owns it."
)
# Left alone, FastAPI gives addresses and messages to whatever OpenTelemetry the environment sets up.
_NO_TELEMETRY = TelemetryConfig(
    tracing=False, metrics=False, logs=False, operation_spans=False, auto_configure=False
)
_ERRORS: dict[int | str, dict[str, object]] = {
    "4XX": {"model": ErrorAnswer, "description": "The request cannot be answered as it is."},
    "5XX": {"model": ErrorAnswer, "description": "The server cannot answer now."},
}


def build_api(parts: Services, clock: Callable[[], float] = time.monotonic) -> FastAPI:
    """The application to mount at `PATH`; `clock` gives the seconds by which requests are limited."""
    # FastAPI's own page of documentation loads its scripts from another host.
    api = FastAPI(
        title="律执 API",
        description=_ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        telemetry=_NO_TELEMETRY,
        servers=[{"url": PATH}],
        root_path_in_servers=False,
    )
    admission = Admission(parts, Buckets(parts.settings.api_rate, clock))
    api.add_middleware(BodyLimit)
    api.add_middleware(ApiLog)
    add_error_handlers(api)
    api.include_router(_Endpoints(parts).router(admission))

    @api.get("/health", response_description="It does.")
    async def health() -> Health:
        """Whether the server answers. Needs no key."""
        return Health()

    @api.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(page_of(api.openapi()))

    return api


_AT_ONCE = 8  # requests; the server has 40 threads for these and for pages

_Law = Annotated[str, Path(description="Its full or short name: 民事诉讼法, 民诉法.")]
_Article = Annotated[str, Path(description="Its number on that day: 236, 第二百三十六条.")]


class _Endpoints:
    """What wants a key. Run in threads: a search computes."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts
        self._working = BoundedSemaphore(_AT_ONCE)

    def router(self, admission: Admission) -> APIRouter:
        # The first stands in the documentation alone: the routes have asked for the key before.
        wanted = [Depends(BEARER), Depends(self.one_of_few)]
        router = APIRouter(route_class=admission.route(), dependencies=wanted, responses=_ERRORS)
        for method, path, endpoint in (
            ("GET", "/search", self.search),
            ("GET", "/documents/{document_id:path}", self.document),
            ("GET", "/related/{document_id:path}", self.related),
            ("GET", "/laws/{law}/{article}", self.article),
            ("GET", "/laws/{law}/{article}/use", self.article_use),
            ("GET", "/comparison", self.comparison),
            ("POST", "/similar", self.similar),
        ):
            router.add_api_route(path, endpoint, methods=[method], response_description="What was found.")
        return router

    def one_of_few(self) -> Iterator[None]:
        """Refuses a request while too many are being answered: the pages work with the same threads."""
        if not self._working.acquire(blocking=False):
            raise Refusal(503, "busy", "正在处理的检索请求较多，请稍后重试。", {"Retry-After": "2"})
        try:
            yield
        finally:
            self._working.release()

    def search(self, asked: Annotated[SearchParameters, Query()]) -> SearchAnswer:
        """Search norms and judicial documents: by words, facts, a citation or a case number."""
        from app.search_command import choices_of
        from search.service import SearchRequest

        service = self._parts.search
        choices = dict(choices_of(service, asked.kind, asked.court, asked.year))
        if asked.cause is not None:
            choices["cause_of_action"] = [asked.cause]
        if asked.document_type is not None:
            choices["document_type"] = [asked.document_type]
        request = SearchRequest(
            asked.q, choices, asked.sort, asked.limit, asked.offset, within=asked.within, on=asked.on
        )
        return search_answer(service.search(request), asked.offset)

    def document(
        self, document_id: Annotated[str, Path(description="The `document_id` of a hit, percent-encoded.")]
    ) -> DocumentAnswer:
        """A whole document, and what a norm is today."""
        from search.versions import today

        return document_answer(self._parts.search, self._document(document_id), today())

    def related(
        self, document_id: Annotated[str, Path(description="The `document_id` of a judicial document.")]
    ) -> RelatedAnswer:
        """The norms that bear on a case: what it applies, and the norms about these articles."""
        return related_answer(self._parts.search, self._document(document_id))

    def article(
        self,
        law: _Law,
        article: _Article,
        asked: Annotated[ArticleParameters, Query()],
    ) -> ArticleAnswer:
        """An article of a law as it stood on a day, where it is found now, and who cites it."""
        from search.versions import today

        day = today()
        return article_answer(self._parts.search, (law, article), asked.on or day, day)

    def article_use(
        self,
        law: _Law,
        article: _Article,
        asked: Annotated[ArticleParameters, Query()],
    ) -> ArticleUseAnswer:
        """The cases that apply an article by whatever number it bore, and what is cited together with it."""
        from search.versions import today

        return article_use_answer(self._parts.search, (law, article), asked.on or today())

    def comparison(self, asked: Annotated[ComparisonParameters, Query()]) -> ComparisonAnswer:
        """Two versions of one law, article by article."""
        return comparison_answer(self._parts.search.comparison(asked.one, asked.other))

    def similar(self, asked: SimilarParameters) -> SimilarAnswer:
        """The cases most like one whose text is posted, which is kept nowhere."""
        return similar_answer(self._parts.search, asked)

    def _document(self, document_id: str) -> "StoredDocument":
        found = self._parts.search.document(document_id)
        if found is None:
            raise Refusal(404, "not_found", "本库没有这份文书，可能已被移除。请重新检索。")
        return found
