"""What goes along with every response: its request's id, and what a browser may do with it."""

from __future__ import annotations

import asyncio
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from app.api.middleware import request_id
from app.api.middleware.request_id import RequestId
from app.api.middleware.security_headers import DATA_POLICY, SecurityHeaders


def _id(request: Request) -> Response:
    assert request.state.request_id == request_id.of(request.scope) == request_id.current()
    return PlainTextResponse(request.state.request_id)


async def _slow_id(request: Request) -> Response:
    await asyncio.sleep(0.02)
    return _id(request)


def _cached(request: Request) -> Response:
    return PlainTextResponse("", headers={"Cache-Control": "private, no-cache", "ETag": '"a"'})


def _client(*, tls: bool = False) -> TestClient:
    routes = [Route("/", _id), Route("/slow", _slow_id), Route("/cached", _cached), Route("/docs", _id)]
    middleware = [Middleware(RequestId), Middleware(SecurityHeaders, tls=tls)]
    return TestClient(Starlette(routes=routes, middleware=middleware))


@pytest.mark.parametrize("given", ["a", "0f-9.A_b", "x" * 64])
def test_a_plain_id_of_the_sender_is_kept(given: str) -> None:
    response = _client().get("/", headers={"X-Request-ID": given})
    assert response.text == response.headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", [None, "", "x" * 65, "a b", 'a"b', "a,b", "a\tb", "é", "../a", "a;b"])
def test_anything_else_is_replaced(given: str | None) -> None:
    headers = {} if given is None else {b"X-Request-ID": given.encode("latin-1")}
    response = _client().get("/", headers=headers)
    assert re.fullmatch("[0-9a-f]{32}", response.text)
    assert response.headers["X-Request-ID"] == response.text


def test_each_request_has_its_own_id_and_none_remains() -> None:
    client = _client()
    assert len({client.get("/slow").text for _ in range(3)}) == 3
    assert request_id.current() is None


def test_also_an_address_that_is_none_has_an_id() -> None:
    assert _client().get("/nowhere", headers={"X-Request-ID": "a"}).headers["X-Request-ID"] == "a"


@pytest.mark.parametrize("path", ["/", "/nowhere", "/cached"])
def test_a_browser_may_do_nothing_with_data(path: str) -> None:
    headers = _client().get(path).headers
    assert headers["Content-Security-Policy"] == DATA_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_nothing_is_kept_unless_the_route_says_how() -> None:
    client = _client()
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert client.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert client.get("/cached").headers["Cache-Control"] == "private, no-cache"


def test_the_documentation_may_load_what_this_server_has_and_nothing_else() -> None:
    policy = _client().get("/docs").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


def test_https_is_asked_for_only_where_there_is_one() -> None:
    assert "Strict-Transport-Security" not in _client().get("/").headers
    assert _client(tls=True).get("/").headers["Strict-Transport-Security"].startswith("max-age=")
