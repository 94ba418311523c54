"""The HTTP API as the server puts it together, and a program that asks it, for the tests of the API."""

import re

import httpx
from portal_world import World
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.testclient import TestClient

from app.api import build_api
from app.gate import Gate
from app.services import Services
from app.settings import Settings
from app.sign_in import SignIn

SITE = "http://portal.test"
RATE = 1000  # more than any test but those of the limit needs
CASE_FILE = "唯一住房.txt"
FACTS = "罗某只有一套住房，法院在执行民间借贷纠纷时裁定拍卖，罗某认为这是唯一住房，请求停止拍卖。"


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Client:
    """A program with a key."""

    def __init__(self, http: TestClient, key: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {key}"}

    def get(self, path: str, **parameters: object) -> httpx.Response:
        return self._http.get(f"/api{path}", params=parameters, headers=self._headers)

    def post(self, path: str, content: object) -> httpx.Response:
        return self._http.post(f"/api{path}", json=content, headers=self._headers)


def services_of(world: World, **changed: object) -> Services:
    settings = {"index": world.index, "data": world.data, "encoder": "none", "api_rate": RATE} | changed
    return Services(Settings(_env_file=None, database_url=None, **settings))


def served(parts: Services, clock: Seconds | None = None) -> TestClient:
    """Gate, sign-in and API as the server puts them together."""
    application = Starlette(
        routes=[*SignIn(parts.accounts).routes(), Mount("/api", build_api(parts, clock or Seconds()))],
        middleware=[Middleware(Gate, accounts=parts.accounts, page="<html>portal</html>")],
    )
    return TestClient(application, base_url=SITE, follow_redirects=False)


def error_of(response: httpx.Response) -> tuple[int, str]:
    """Status and code; the answer has the one form of errors and a message in Chinese."""
    content = response.json()
    assert content.keys() == {"error"}
    assert content["error"].keys() == {"code", "message"}
    assert re.search("[一-鿿]", content["error"]["message"])
    return response.status_code, content["error"]["code"]
