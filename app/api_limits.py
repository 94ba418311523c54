"""How much a program may ask: a bucket of requests for each key, and the size of what it sends."""

import time
from collections.abc import Callable
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api_errors import Refusal

LARGEST_BODY = 2**20  # bytes: a text of 100,000 characters, whatever its encoding
_MINUTE = 60.0  # seconds


class BodyLimit:
    """Middleware that ends the reading of a body when more than `LARGEST_BODY` of it has come.

    FastAPI's own limit does the same, but not in the one form of errors.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        come = 0

        async def receive_some() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > LARGEST_BODY:
                raise Refusal(413, "too_large", "发送的内容过大，请只发送单份文书的文字。")
            return message

        await self._app(scope, receive_some, send)


class Buckets:
    """A bucket holds a minute's requests and fills steadily, so that no burst is followed by a second one.

    They are in the memory of the one web process.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`rate` is requests a minute; `clock` gives seconds."""
        self._rate = rate
        self._clock = clock
        self._lock = Lock()
        self._levels: dict[int, tuple[float, float]] = {}  # what each held, and when

    def take(self, key: int) -> float:
        """Take a token of a key: 0 where there was one, else the seconds until there is."""
        with self._lock:
            now = self._clock()
            level, then = self._levels.get(key, (float(self._rate), now))
            level = min(self._rate, level + (now - then) * self._rate / _MINUTE)
            granted = level >= 1
            self._levels[key] = (level - 1 if granted else level, now)
            return 0.0 if granted else (1 - level) * _MINUTE / self._rate
