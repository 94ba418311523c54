"""Signing in and out over plain forms; the session is an HttpOnly cookie, and a row that can be revoked."""

from functools import partial
from urllib.parse import parse_qs, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from app.access import COOKIE, SIGN_IN
from app.forms import sign_in_form
from legal.errors import SignInError
from tasks.accounts import Accounts, SignedIn
from tasks.model import now

LARGEST_FORM = 32_768  # bytes: a long address to return to, and little more
_LONGEST_NAME = 64
_LONGEST_PASSWORD = 256
_LONGEST_TARGET = 8_000
_TOO_LONG = "提交的内容过长，请核对登录名和密码后重试。"
_HASHINGS_AT_ONCE = 4  # each takes 64 MiB of memory


class SignIn:
    """The routes for signing in and out."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._hashing = CapacityLimiter(_HASHINGS_AT_ONCE)

    def routes(self) -> list[Route]:
        """To be put before the portal's own."""
        return [
            Route(SIGN_IN, self.form, methods=["GET"]),
            Route(SIGN_IN, self.enter, methods=["POST"]),
            Route("/sign-out", self.leave, methods=["POST"]),
            Route("/health", _health, methods=["GET"]),
        ]

    async def form(self, request: Request) -> Response:
        """The form, or straight on for somebody who is signed in."""
        target = safe_target(request.query_params.get("next", ""))
        if await has_session(self._accounts, request):
            return RedirectResponse(target, 303)
        return _page(sign_in_form(target))

    async def enter(self, request: Request) -> Response:
        """Open a session and go on, or show the form again with what was wrong."""
        fields = await _fields(request)
        if fields is None:
            return _page(sign_in_form("/", error=_TOO_LONG), 413)
        name, password = fields.get("name", ""), fields.get("password", "")
        target = safe_target(fields.get("next", ""))
        if len(name) > _LONGEST_NAME or len(password) > _LONGEST_PASSWORD:
            return _page(sign_in_form(target, error=_TOO_LONG), 400)
        try:
            signed_in = await to_thread.run_sync(
                partial(self._accounts.sign_in, name, password), limiter=self._hashing
            )
        except SignInError as error:
            return _page(sign_in_form(target, name, error.message), 401)
        response = RedirectResponse(target, 303, {"Cache-Control": "no-store"})
        _set_cookie(response, request, signed_in)
        return response

    async def leave(self, request: Request) -> Response:
        """End the session wherever it is open."""
        token = request.cookies.get(COOKIE, "")
        if token:
            await to_thread.run_sync(self._accounts.sign_out, token)
        response = RedirectResponse(SIGN_IN, 303, {"Cache-Control": "no-store"})
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return response


async def has_session(accounts: Accounts, request: Request) -> bool:
    """Whether a request comes from somebody who is signed in."""
    token = request.cookies.get(COOKIE, "")
    return bool(token) and await to_thread.run_sync(accounts.person_of, token) is not None


def safe_target(target: str) -> str:
    """`target` where it is an address of this site, given without the site's name; else the start page."""
    if not target.startswith("/") or target[1:2] in {"/", "\\"} or len(target) > _LONGEST_TARGET:
        return "/"
    if any(ord(character) < 0x20 or character == "\\" for character in target):
        return "/"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or parts.path in {SIGN_IN, "/sign-out"}:
        return "/"
    return target


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})


def _set_cookie(response: Response, request: Request, signed_in: SignedIn) -> None:
    response.set_cookie(
        COOKIE,
        signed_in.token,
        max_age=int((signed_in.expires_at - now()).total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


async def _fields(request: Request) -> dict[str, str] | None:
    """The fields of a posted form; None for one that is too large, which is not read to its end."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    try:
        parsed = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return None
    return {name: values[0] for name, values in parsed.items()}
