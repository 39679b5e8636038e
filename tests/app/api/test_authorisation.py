"""Every route opens to the scope it declares, and to nothing else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.routing import Mount
from starlette.routing import Route as ServedRoute

from app.access.keys import Keys
from app.api.application import ROUTERS, create_app
from app.api.routing import GuardedRoute
from app.api.settings import Settings
from app.store.database import utc_now
from tests.app.api.conftest import NewServer
from tests.app.api.guarded import Guarded, guarded_server
from tests.app.api.proving import database_of, issue
from tests.app.api.scope_table import ROUTES, UNDESCRIBED, Route
from tests.app.api.servers import ALL, Server, called

NO_KEY = "gqa_" + "0" * 12 + "_" + "A" * 43
BYTES_OF_A_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class Credentials:
    """Keys by what is wrong with them, by their one scope, and by the one of all scopes that they lack."""

    useless: dict[str, str | None]
    only: dict[str, str]
    without: dict[str, str]


@pytest.fixture(scope="module")
def guarded(new_server: NewServer) -> Guarded:
    return guarded_server(new_server)


@pytest.fixture(scope="module")
def bare(guarded: Guarded) -> Iterator[httpx.Client]:
    with called(guarded.server, None) as client:
        yield client


@pytest.fixture(scope="module")
def credentials(guarded: Guarded) -> Credentials:
    server = guarded.server
    useless = {
        "none at all": None,
        "not a key": "let-me-in",
        "of nobody": NO_KEY,
        "revoked": _revoked(server),
        "expired": _expired(server),
        "with another secret": issue(server, *ALL, tenant="north").text[:-43] + "A" * 43,
    }
    return Credentials(
        useless,
        {scope: issue(server, scope, tenant="north").text for scope in ALL},
        {scope: issue(server, *(set(ALL) - {scope}), tenant="north").text for scope in ALL},
    )


def _revoked(server: Server) -> str:
    issued = issue(server, *ALL, tenant="north")
    with database_of(server) as database:
        Keys(database).revoke(issued.id)
    return issued.text


def _expired(server: Server) -> str:
    issued_at = utc_now() - timedelta(days=2)
    ended_at = issued_at + timedelta(days=1)
    return issue(server, *ALL, tenant="north", expires_at=ended_at, clock=lambda: issued_at).text


def bearer(key: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def assert_unauthenticated(response: httpx.Response) -> None:
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/unauthenticated"


def test_the_table_names_every_route_with_the_scope_it_declares(bare: httpx.Client) -> None:
    described = bare.get("/openapi.json").raise_for_status().json()["paths"]
    found = {
        (method.upper(), path, operation["x-scope"])
        for path, methods in described.items()
        for method, operation in methods.items()
    }
    assert found == {(route.method, route.path, route.scope) for route in ROUTES}


def test_nothing_else_is_served(tmp_path: Path) -> None:
    served = create_app(Settings(runtime=tmp_path)).routes
    beside = {route.path for route in served if isinstance(route, ServedRoute | Mount)}
    assert beside == UNDESCRIBED
    assert len(served) == len(UNDESCRIBED) + len(ROUTERS)
    included = [route for router in ROUTERS for route in router.routes]
    assert all(isinstance(route, GuardedRoute) for route in included)
    assert len(included) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_route_opens_to_its_scope_and_to_nothing_else(
    route: Route, guarded: Guarded, bare: httpx.Client, credentials: Credentials
) -> None:
    def asked(key: str | None) -> httpx.Response:
        return bare.request(route.method, route.address, headers=bearer(key) | guarded.address())

    for key in credentials.useless.values():
        if route.scope == "open":
            assert asked(key).status_code == route.status
        else:
            assert_unauthenticated(asked(key))
    for scope, key in credentials.only.items():
        lets_in = route.scope in (scope, "any", "open")
        assert asked(key).status_code == (route.status if lets_in else 403), scope
    if route.scope in ALL:
        refused = asked(credentials.without[route.scope])
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
        assert f"`{route.scope}`" in refused.json()["detail"]


BODIES = {
    "malformed": b"{not json",
    "large": b"[" * (BYTES_OF_A_LIMIT - 1),
    "of another kind": b"\x00\xff" * 500,
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("path", ["/v1/answers", "/v1/threads/x/messages", "/v1/documents"])
def test_without_a_key_no_body_is_read(guarded: Guarded, bare: httpx.Client, path: str, body: str) -> None:
    headers = guarded.address() | {"Content-Type": "application/json"}
    assert_unauthenticated(bare.post(path, content=BODIES[body], headers=headers))


def test_without_a_key_a_body_without_end_is_not_waited_for(guarded: Guarded, bare: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(64):
            yield b" " * 65_536

    assert_unauthenticated(bare.post("/v1/answers", content=pieces(), headers=guarded.address()))


def test_what_announces_too_much_is_refused_unread_with_a_key_or_without(guarded: Guarded) -> None:
    """Its announced length alone is looked at: no byte of the body was sent when this is answered."""
    head = "POST /v1/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999\r\n\r\n"
    with socket.create_connection(("127.0.0.1", guarded.server.port), timeout=10) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_key_may_come_in_a_header_of_its_own(bare: httpx.Client, guarded: Guarded, credentials: Credentials) -> None:
    told = bare.get("/v1/whoami", headers={"X-API-Key": credentials.only["read"]}).json()
    assert (told["tenant"], told["scopes"], told["name"]) == ("north", ["read"], None)
    assert_unauthenticated(bare.get("/v1/whoami", headers={"X-API-Key": NO_KEY} | guarded.address()))


def test_a_key_counts_in_no_other_place(bare: httpx.Client, guarded: Guarded, credentials: Credentials) -> None:
    key = credentials.only["read"]
    for sent in (
        bare.get(f"/v1/whoami?key={key}&access_token={key}", headers=guarded.address()),
        bare.get("/v1/whoami", headers=guarded.address() | {"Cookie": f"key={key}"}),
        bare.get("/v1/whoami", headers=guarded.address() | {"Authorization": f"Basic {key}"}),
    ):
        assert_unauthenticated(sent)


def test_who_tries_keys_is_slowed_and_nobody_with_a_key_is_shut_out(
    bare: httpx.Client, guarded: Guarded, credentials: Credentials
) -> None:
    """Also at the same address: many people may sit behind one, and a key of 256 random bits is not found by trying."""
    here, elsewhere = guarded.address(), guarded.address()
    tried = [bare.get("/v1/whoami", headers=here | bearer(f"{NO_KEY[:-2]}{n:02d}")) for n in range(35)]
    assert [response.status_code for response in tried] == [401] * 30 + [429] * 5
    refused = tried[-1]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["type"] == "/problems/too-many-requests"
    assert bare.get("/v1/whoami", headers=here | bearer(credentials.only["read"])).status_code == 200
    assert_unauthenticated(bare.get("/v1/whoami", headers=elsewhere | bearer(NO_KEY)))


def test_to_have_no_key_is_not_to_try_one(bare: httpx.Client, guarded: Guarded) -> None:
    here = guarded.address()
    assert {bare.get("/v1/whoami", headers=here).status_code for _ in range(35)} == {401}


def test_a_key_s_new_secret_works_at_once_and_the_old_one_in_its_grace_alone(
    bare: httpx.Client, guarded: Guarded
) -> None:
    first = issue(guarded.server, "read", tenant="north")

    def works(key: str) -> bool:
        return bare.get("/v1/whoami", headers=bearer(key) | guarded.address()).status_code == 200

    with database_of(guarded.server) as database:
        keys = Keys(database)
        second = keys.rotate(first.id, grace_seconds=3600)
        assert works(first.text)
        assert works(second.text)
        third = keys.rotate(first.id, grace_seconds=0)
    assert [works(key.text) for key in (first, second, third)] == [False, False, True]
