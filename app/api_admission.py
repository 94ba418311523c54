"""Who is let into the HTTP API: whoever has a good key, and has not used it too often."""

import math
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool

from app.api_errors import Refusal
from app.api_limits import Buckets
from app.api_log import KEY
from app.services import Services

BEARER = HTTPBearer(auto_error=False, description="A key made by `lvzhi key add`.")


class Admission:
    """What all roles may read in the portal, all may read here; a closed account reads nothing."""

    def __init__(self, parts: Services, buckets: Buckets) -> None:
        self._parts = parts
        self._buckets = buckets

    def route(self) -> type[APIRoute]:
        """The class of routes that want a key.

        FastAPI reads and parses a body before it looks at any dependency: whoever may not ask would have it
        do that work. A route of this class refuses before.
        """
        admit = self._admit

        class Admitting(APIRoute):
            def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
                answer = super().get_route_handler()

                async def admitted(request: Request) -> Response:
                    given = await BEARER(request)
                    await run_in_threadpool(admit, request, given.credentials if given else "")
                    return await answer(request)

                return admitted

        return Admitting

    def _admit(self, request: Request, key: str) -> None:
        """Refuses a key that is not good, or was used too often."""
        holder = self._parts.keys.holder(key)
        if holder is None:
            raise Refusal(
                401,
                "no_key",
                "缺少有效的密钥。请在请求头中提供 Authorization: Bearer 密钥；密钥由管理员发放。",
                {"WWW-Authenticate": "Bearer"},
            )
        request.scope[KEY] = holder.number
        if seconds := math.ceil(self._buckets.take(holder.number)):
            raise Refusal(
                429,
                "too_many_requests",
                f"请求过于频繁，每个密钥每分钟最多 {self._parts.settings.api_rate} 次。"
                f"请 {seconds} 秒后重试。",
                {"Retry-After": str(seconds)},
            )
