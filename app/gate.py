"""What every request passes: no page without a session, no change from another site, safe headers."""

from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access import PATHS, SIGN_IN
from app.forms import ICON, notice
from app.sign_in import has_session
from tasks.accounts import Accounts

# Streamlit's own files and the routes outside the portal; all else is a page or is not there. The API asks
# for a key itself and knows no session.
_OPEN = ("/static/", "/_stcore/", "/favicon.png", "/manifest.json", "/api/")
_UPLOADS = "/_stcore/upload_file/"  # whose files lie in the server's memory
_GUARDED = "/media/"  # what pages give out as files
_ROUTES = (SIGN_IN, "/sign-out", "/health")
_PAGES = frozenset({"/", *(f"/{path}" for path in PATHS)})
# Streamlit needs inline style and script; nothing may come from, or go to, another site.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": _POLICY,
}


class Gate:
    """Middleware around the whole application. `page` is the HTML in which Streamlit runs a page."""

    def __init__(self, app: ASGIApp, accounts: Accounts, page: str) -> None:
        self._app = app
        self._accounts = accounts
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Websockets go on: Streamlit checks their origin, and every page asks who is looking."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = await self._answer(Request(scope)) or self._app
        await answer(scope, receive, send_safely)

    async def _answer(self, request: Request) -> Response | None:
        """The answer of the gate itself; None for a request that goes on."""
        path = request.url.path
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not from_this_site(request):
            return PlainTextResponse("请求来自其他网站，已拒绝。请从本平台页面重新操作。", 403)
        if path.startswith(_UPLOADS) and not await has_session(self._accounts, request):
            return PlainTextResponse("请先登录。", 403)
        if path in _ROUTES or path.startswith(_OPEN):
            return None
        is_page = path in _PAGES
        if request.method not in {"GET", "HEAD"} or not (is_page or path.startswith(_GUARDED)):
            return HTMLResponse(notice("页面不存在", "没有这个页面，请核对地址。"), 404)
        if await has_session(self._accounts, request):
            return HTMLResponse(self._page, headers={"Cache-Control": "no-store"}) if is_page else None
        wanted = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(
            f"{SIGN_IN}?next={quote(wanted, safe='')}", 303, {"Cache-Control": "no-store"}
        )


def from_this_site(request: Request) -> bool:
    """Whether a request was made by a page of this site; browsers always say so, other programs need not."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def shell_of(streamlit_index: Path) -> str:
    """Streamlit's page in Chinese: what browsers read aloud, offer to translate, and show while it loads."""
    html = streamlit_index.read_text(encoding="utf-8")
    html = html.replace('<html lang="en">', '<html lang="zh-CN">')
    html = html.replace("<title>Streamlit</title>", "<title>律执</title>")
    html = html.replace("./favicon.png", ICON)
    before, opening, rest = html.partition("<noscript>")
    _, closing, after = rest.partition("</noscript>")
    return f"{before}{opening}<p>本平台需要启用浏览器的 JavaScript。</p>{closing}{after}" if closing else html
