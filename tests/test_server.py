"""Signing in and out, and what the gate lets through."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from account_world import QUICK
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir

from app.access import COOKIE
from app.forms import notice, sign_in_form
from app.gate import Gate, shell_of
from app.server import serve
from app.settings import Settings
from app.sign_in import LARGEST_FORM, SignIn, safe_target
from legal.errors import InputError
from tasks.accounts import FAILURES_ALLOWED, SESSION_HOURS, Accounts, NewAccount, Operator
from tasks.model import Role, now
from tasks.storage import migrate, open_database

PASSWORD = "a long password"
SITE = "http://portal.test"


class Clock:
    """Time that the test moves."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(tmp_path: Path, clock: Clock) -> Iterator[TestClient]:
    """Sign-in and gate, with a plain page in the portal's place."""
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    migrate(engine)
    accounts = Accounts(engine, clock, QUICK)
    accounts.create(Operator(), NewAccount("lawyer", "张律师", Role.LAWYER, PASSWORD))

    async def asset(_request: object) -> PlainTextResponse:
        return PlainTextResponse("asset")

    application = Starlette(
        routes=[*SignIn(accounts).routes(), Route("/static/{name}", asset, methods=["GET", "POST"])],
        middleware=[Middleware(Gate, accounts=accounts, page="<html>portal</html>")],
    )
    with TestClient(application, base_url=SITE, follow_redirects=False) as client:
        yield client


def sign_in(browser: TestClient, password: str = PASSWORD, target: str = "/tasks") -> object:
    return browser.post(
        "/sign-in",
        data={"name": "lawyer", "password": password, "next": target},
        headers={"Origin": SITE, "Sec-Fetch-Site": "same-origin"},
    )


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use(browser: TestClient) -> None:
    response = sign_in(browser)
    cookie = response.headers["set-cookie"]
    assert (response.status_code, response.headers["location"]) == (303, "/tasks")
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    age = int(cookie.partition("Max-Age=")[2].partition(";")[0])
    assert SESSION_HOURS * 3600 - 60 < age <= SESSION_HOURS * 3600


def test_only_who_is_signed_in_may_put_a_file_into_the_memory_of_the_server(browser: TestClient) -> None:
    address = "/_stcore/upload_file/session/file"
    assert browser.put(address, content=b"x").status_code == 403
    sign_in(browser)
    assert browser.put(address, content=b"x").status_code == 404  # there is no Streamlit behind this gate


def test_over_https_the_cookie_is_secure(browser: TestClient) -> None:
    browser.base_url = "https://portal.test"
    response = browser.post("/sign-in", data={"name": "lawyer", "password": PASSWORD})
    assert "Secure" in response.headers["set-cookie"]


def test_a_signed_in_browser_gets_the_page_and_is_not_asked_again(browser: TestClient) -> None:
    sign_in(browser)
    assert browser.get("/policies?q=查封").text == "<html>portal</html>"
    assert browser.get("/sign-in?next=/text").headers["location"] == "/text"


def test_a_wrong_password_shows_the_message_and_keeps_the_name_and_the_address(browser: TestClient) -> None:
    response = sign_in(browser, "wrong password", "/policies?q=查封")
    assert response.status_code == 401
    assert "登录名或密码不正确" in response.text
    assert 'value="lawyer"' in response.text
    assert 'value="/policies?q=查封"' in response.text
    assert "set-cookie" not in response.headers


def test_after_too_many_failures_even_the_right_password_must_wait(browser: TestClient) -> None:
    for _ in range(FAILURES_ALLOWED):
        sign_in(browser, "wrong password")
    response = sign_in(browser)
    assert response.status_code == 401
    assert "已暂停登录" in response.text


def test_what_was_typed_is_escaped_in_the_form() -> None:
    html = sign_in_form('/"><script>', '"><script>alert(1)</script>', "<b>")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<script>" not in notice("<script>", "<script>")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "javascript:alert(1)",
        "evil",
        "",
        "/sign-in?next=/",
        "/sign-out",
        "/" + "a" * 9_000,
    ],
)
def test_only_an_address_of_this_site_is_returned_to(browser: TestClient, target: str) -> None:
    assert safe_target(target) == "/"
    assert sign_in(browser, target=target).headers["location"] == "/"


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(browser: TestClient) -> None:
    sign_in(browser)
    token = browser.cookies[COOKIE]
    response = browser.post("/sign-out", headers={"Origin": SITE})
    assert (response.status_code, response.headers["location"]) == (303, "/sign-in")
    assert COOKIE not in browser.cookies
    assert browser.get("/tasks", headers={"Cookie": f"{COOKIE}={token}"}).status_code == 303


def test_a_session_that_has_run_out_is_asked_to_sign_in_again(browser: TestClient, clock: Clock) -> None:
    sign_in(browser)
    clock.ahead = timedelta(hours=SESSION_HOURS, minutes=1)
    assert browser.get("/tasks").headers["location"] == "/sign-in?next=%2Ftasks"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": f"{SITE}:8080"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": SITE},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/static/x"])
def test_a_post_from_another_site_is_refused(browser: TestClient, path: str, headers: dict[str, str]) -> None:
    sign_in(browser)
    response = browser.post(path, data={"name": "lawyer", "password": PASSWORD}, headers=headers)
    assert response.status_code == 403
    assert browser.get("/tasks").status_code == 200


@pytest.mark.parametrize("path", ["/", "/tasks?task=3", "/precedents", "/policies?q=a&sort=newest", "/text"])
def test_a_page_without_a_session_leads_to_the_form_and_back(browser: TestClient, path: str) -> None:
    response = browser.get(path)
    assert response.status_code == 303
    form = browser.get(response.headers["location"])
    assert f'name="next" value="{path.replace("&", "&amp;")}"' in form.text
    assert form.headers["cache-control"] == "no-store"


def test_a_made_up_token_opens_nothing(browser: TestClient) -> None:
    assert browser.get("/tasks", headers={"Cookie": f"{COOKIE}=made-up"}).status_code == 303


def test_assets_need_no_session_and_unknown_pages_are_not_there(browser: TestClient) -> None:
    assert browser.get("/static/x").text == "asset"
    assert browser.get("/health").json() == {"status": "ok"}
    assert browser.get("/media/file.pdf").status_code == 303
    missing = browser.get("/nowhere")
    assert missing.status_code == 404
    assert "没有这个页面" in missing.text


def test_every_answer_carries_the_protecting_headers(browser: TestClient) -> None:
    for path in ("/sign-in", "/tasks", "/static/x", "/nowhere", "/health"):
        headers = browser.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"name=lawyer&password=" + b"a" * 300, 400),
        (b"name=" + b"a" * 100 + b"&password=b", 400),
        (b"a" * (LARGEST_FORM + 1), 413),
        (b"&".join([b"a=b"] * 20), 413),
        (b"", 401),
        (b"\xff\xfe=\x00", 401),
    ],
)
def test_a_form_out_of_the_ordinary_is_refused(browser: TestClient, content: bytes, status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/sign-in", content=content, headers=headers).status_code == status


def test_the_shell_is_streamlits_page_in_chinese() -> None:
    shell = shell_of(Path(get_static_dir(), "index.html"))
    assert '<html lang="zh-CN">' in shell
    assert "<title>律执</title>" in shell
    assert "You need to enable JavaScript" not in shell
    assert '<div id="root">' in shell


def test_an_address_in_use_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("LVZHI_PORT", str(taken.getsockname()[1]))
        with pytest.raises(InputError, match="LVZHI_PORT"):
            serve(Settings())
