"""Who may ask the HTTP API, how often, and how many at once; whoever may not is refused before all work."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from api_world import CASE_FILE, FACTS, Client, Seconds, error_of, served, services_of
from portal_world import LAW_FILE, OLD_LAW_FILE, PASSWORD, World, build_world
from starlette.testclient import TestClient

from app.api_limits import Buckets
from app.services import Services
from tasks.accounts import Operator


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def parts(world: World) -> Services:
    return services_of(world)


@pytest.fixture(scope="module")
def http(parts: Services) -> Iterator[TestClient]:
    with served(parts) as client:
        yield client


@pytest.fixture(scope="module")
def client(http: TestClient, parts: Services) -> Client:
    return Client(http, parts.keys.create("lawyer").text)


# ---- who may ask


PATHS = (
    "/search?q=执行",
    f"/documents/{CASE_FILE}",
    f"/related/{CASE_FILE}",
    "/laws/民诉法/236",
    "/laws/民诉法/236/use",
    f"/comparison?one={OLD_LAW_FILE}&other={LAW_FILE}",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no key"),
        pytest.param({"Authorization": "Bearer made-up"}, id="a made-up key"),
        pytest.param({"Authorization": "Bearer lz_1_" + "A" * 43}, id="a wrong secret"),
        pytest.param({"Authorization": "Basic bGF3eWVyOg=="}, id="another way of signing in"),
        pytest.param({"Authorization": "Bearer"}, id="an empty one"),
    ],
)
def test_without_a_good_key_nothing_is_told(http: TestClient, path: str, headers: dict[str, str]) -> None:
    response = http.get(f"/api{path}", headers=headers)
    assert error_of(response) == (401, "no_key")
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_key_is_asked_for_before_the_parameters_are_looked_at(http: TestClient) -> None:
    assert error_of(http.get("/api/search?limit=many")) == (401, "no_key")


class Body:
    """What a program sends, which remembers whether anybody read it."""

    def __init__(self, content: bytes, pieces: int = 1) -> None:
        self._content, self._pieces = content, pieces
        self.was_read = False

    def __iter__(self) -> Iterator[bytes]:
        self.was_read = True
        yield from (self._content for _ in range(self._pieces))


BODIES = {
    "a case": lambda: Body(json.dumps({"text": FACTS}).encode()),
    "no JSON": lambda: Body(b"{"),
    "far too much": lambda: Body(b" " * 2**18, pieces=8),
}


@pytest.mark.parametrize("make", BODIES.values(), ids=BODIES)
def test_without_a_good_key_a_body_is_refused_unread(http: TestClient, make: Callable[[], Body]) -> None:
    body = make()
    response = http.post("/api/similar", content=body)
    assert error_of(response) == (401, "no_key")
    assert not body.was_read


@pytest.mark.parametrize("make", BODIES.values(), ids=BODIES)
def test_a_key_that_asks_too_often_has_its_body_refused_unread(
    world: World, make: Callable[[], Body]
) -> None:
    parts = services_of(world, api_rate=1)
    with served(parts) as http:
        headers = {"Authorization": f"Bearer {parts.keys.create('lawyer').text}"}
        first, second = make(), make()
        assert http.post("/api/similar", content=first, headers=headers).status_code != 429
        assert first.was_read
        assert error_of(http.post("/api/similar", content=second, headers=headers)) == (
            429,
            "too_many_requests",
        )
        assert not second.was_read


def test_posting_goes_to_its_own_address_alone(http: TestClient) -> None:
    assert error_of(http.get("/api/similar")) == (405, "read_only")


def test_the_cookie_of_the_portal_opens_nothing_here(world: World, parts: Services) -> None:
    with served(parts) as browser:
        signed_in = browser.post("/sign-in", data={"name": "lawyer", "password": PASSWORD})
        assert signed_in.status_code == 303
        assert browser.get("/policies").status_code == 200
        assert error_of(browser.get("/api/search?q=执行")) == (401, "no_key")


@pytest.mark.parametrize("owner", ["lawyer", "judge", "researcher", "admin"])
def test_every_role_may_read_as_in_the_portal(http: TestClient, parts: Services, owner: str) -> None:
    client = Client(http, parts.keys.create(owner).text)
    assert client.get(f"/documents/{quote(CASE_FILE)}").status_code == 200


def test_a_key_ends_when_it_is_revoked_or_its_account_is_closed(http: TestClient, parts: Services) -> None:
    revoked, closed = parts.keys.create("lawyer2"), parts.keys.create("lawyer2")
    clients = [Client(http, made.text) for made in (revoked, closed)]
    assert [client.get("/search", q="执行").status_code for client in clients] == [200, 200]
    parts.keys.revoke(revoked.key.number)
    assert [client.get("/search", q="执行").status_code for client in clients] == [401, 200]
    parts.accounts.deactivate(Operator(), closed.key.owner.id)
    assert [client.get("/search", q="执行").status_code for client in clients] == [401, 401]


def test_health_needs_no_key(http: TestClient) -> None:
    assert http.get("/api/health").json() == {"status": "ok"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed(http: TestClient, method: str) -> None:
    assert error_of(http.request(method, "/api/search?q=执行")) == (405, "read_only")


def test_an_interface_that_does_not_exist_is_said_in_the_form_of_errors(client: Client) -> None:
    assert error_of(client.get("/tasks")) == (404, "no_such_path")


# ---- how often


def test_a_bucket_grants_a_minutes_requests_at_once_and_then_as_they_come_in() -> None:
    clock = Seconds()
    buckets = Buckets(60, clock)
    assert [buckets.take(1) for _ in range(60)] == [0.0] * 60
    assert buckets.take(1) == pytest.approx(1.0)
    clock.now = 0.25
    assert buckets.take(1) == pytest.approx(0.75)
    clock.now = 1.0
    assert [buckets.take(1), buckets.take(1)] == pytest.approx([0.0, 1.0])


def test_a_bucket_never_holds_more_than_a_minute_and_each_key_has_its_own() -> None:
    clock = Seconds()
    buckets = Buckets(2, clock)
    clock.now = 3600.0
    assert [buckets.take(1) for _ in range(3)] == pytest.approx([0.0, 0.0, 30.0])
    assert buckets.take(2) == 0.0
    clock.now = 7200.0
    assert [buckets.take(1) for _ in range(3)] == pytest.approx([0.0, 0.0, 30.0])


def test_a_key_that_asks_too_often_is_told_when_to_come_back(world: World) -> None:
    clock, parts = Seconds(), services_of(world, api_rate=2)
    with served(parts, clock) as http:
        client = Client(http, parts.keys.create("lawyer").text)
        other = Client(http, parts.keys.create("lawyer").text)
        assert [client.get("/search", q="执行").status_code for _ in range(2)] == [200, 200]
        refused = client.get("/search", q="执行")
        assert error_of(refused) == (429, "too_many_requests")
        assert refused.headers["retry-after"] == "30"
        assert other.get("/search", q="执行").status_code == 200
        clock.now = 30.0
        assert client.get("/search", q="执行").status_code == 200


# ---- many at once


def test_while_many_are_answered_the_next_is_told_to_come_again_and_then_answered(
    parts: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api._AT_ONCE", 0)
    with served(parts) as busy:
        response = Client(busy, parts.keys.create("lawyer").text).get("/search", q="查封")
        assert error_of(response) == (503, "busy")
        assert response.headers["Retry-After"] == "2"


def test_a_place_is_free_again_after_each_answer_even_one_of_an_error(
    parts: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api._AT_ONCE", 1)
    with served(parts) as narrow:
        client = Client(narrow, parts.keys.create("lawyer").text)
        answers = [client.get("/search", q=q).status_code for q in ("查封", "“", "查封")]
    assert answers == [200, 400, 200]
