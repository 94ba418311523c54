"""The web server: sign-in, the gate, the API and the portal in it, as one ASGI application in one process."""

import logging
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.routing import Mount
from streamlit.file_util import get_static_dir
from streamlit.web.server.starlette.starlette_app import App

from app import api_log
from app.api import PATH as API
from app.api import build_api
from app.gate import Gate, shell_of
from app.services import Services, services
from app.settings import PROJECT, Settings
from app.sign_in import SignIn
from legal.errors import InputError, LvzhiError

_LOG = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Serve the portal at the address of `settings` until it is stopped.

    The pages work with the services of the process, which read their settings from the environment. Raises
    InputError where the address is taken.
    """
    listening = _listen(settings.host, settings.port)
    config = uvicorn.Config(
        build_app(services()),
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    logging.getLogger(api_log.__name__).setLevel(logging.INFO)
    # An address holds what somebody searches for. Streamlit gives this logger a handler: it is switched off.
    logging.getLogger("uvicorn.access").disabled = True
    with suppress(KeyboardInterrupt):  # Ctrl-C, raised again once everything is closed
        uvicorn.Server(config).run(sockets=[listening])


def build_app(parts: Services) -> App:
    """The application. The database is opened here, so that what is wrong with it is known at the start."""
    accounts = parts.accounts

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        threading.Thread(target=_warm_up, args=(parts,), daemon=True).start()
        yield

    return App(
        PROJECT / "portal.py",
        lifespan=lifespan,
        routes=[*SignIn(accounts).routes(), Mount(API, build_api(parts))],
        middleware=[Middleware(Gate, accounts=accounts, page=shell_of(Path(get_static_dir(), "index.html")))],
        on_script_error=_show_error,
    )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise InputError(
            f"无法使用地址 {host}:{port}（{error.strerror}）。请关闭占用它的程序，或用 LVZHI_PORT 另设端口。"
        ) from error


def _warm_up(parts: Services) -> None:
    """Make the first search as fast as any other: open the index and read what a search reads."""
    try:
        from search.service import SearchRequest

        parts.search.search(SearchRequest("执行"))
    except LvzhiError as error:
        _LOG.warning("%s", error.message)
    except Exception:
        _LOG.exception("search could not be prepared")


def _show_error(error: Exception) -> bool:
    """What a page did not expect, for the user; Streamlit has written the cause to the log."""
    if isinstance(error, LvzhiError):
        st.error(error.message)
    else:
        st.error("页面出现意外错误，本次操作可能未完成。请刷新页面后重试；仍有问题，请联系管理员。")
    return True
