"""What is logged of the HTTP API: which interface, by which key, how it ended and how long it took.

Never an address, a parameter or an error's own words: they hold what somebody searches for.
"""

import logging
import time
import traceback

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api_errors import unexpected_answer

_LOG = logging.getLogger(__name__)
KEY = "lvzhi.api_key"  # where in the scope of a request the number of its key stands


class ApiLog:
    """Middleware inside the API: one line a request. No answer may be kept by a browser or a proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the request pass; an error that nobody foresaw is logged by its place and answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        try:
            await self._app(scope, receive, send_and_see)
        except Exception as error:
            _LOG.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            if status:
                raise
            await unexpected_answer()(scope, receive, send_and_see)
        finally:
            took = (time.perf_counter() - began) * 1000
            _LOG.info(
                "%s %s %d %.0fms key=%s",
                scope["method"],
                _interface(scope),
                status,
                took,
                scope.get(KEY, "-"),
            )


def _interface(scope: Scope) -> str:
    """The path with the names of its parts and not the parts themselves."""
    return getattr(scope.get("route"), "path", "-")
