"""Which names the server answers to, and which pages may change something."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from app.api.middleware.hosts import Hosts

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]


def _done(request: Request) -> Response:
    return PlainTextResponse("done")


def _status(method: str = "GET", headers: dict[str, str] | list[tuple[str, str]] | None = None, **options: Any) -> int:
    app = Starlette(routes=[Route("/", _done, methods=METHODS)])
    client = TestClient(Hosts(app, **{"loopback": True, **options}))
    return client.request(method, "/", headers=headers).status_code


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("LOCALHOST:8000", 200),
        ("localhost.", 200),
        ("127.0.0.1:8000", 200),
        ("127.8.9.1", 200),
        ("[::1]:8000", 200),
        ("[::1]", 200),
        ("evil.example.org", 421),
        ("localhost.evil.example.org", 421),
        ("127.0.0.1.nip.example.org", 421),
        ("192.168.0.5:8000", 421),
        ("0.0.0.0", 421),
        ("[::]", 421),
        ("[2001:db8::1]:8000", 421),
        ("2130706433", 421),
        ("", 400),
        ("localhost:", 400),
        ("localhost:port", 400),
        ("localhost:8000:8000", 400),
        ("user@localhost", 400),
        ("localhost/path", 400),
        ("localhost, evil.example.org", 400),
        ("[::1", 400),
    ],
)
def test_on_this_machine_only_its_own_names_are_answered_to(host: str, status: int) -> None:
    assert _status(headers={"Host": host}) == status


def test_two_hosts_are_none() -> None:
    assert _status(headers=[("Host", "localhost"), ("Host", "localhost")]) == 400


@pytest.mark.parametrize(
    ("loopback", "allowed", "host", "status"),
    [
        (True, ["guidelines.example.org"], "guidelines.example.org", 200),
        (True, ["guidelines.example.org"], "Guidelines.Example.org:443", 200),
        (True, ["guidelines.example.org"], "localhost", 200),
        (True, ["guidelines.example.org"], "other.example.org", 421),
        (False, ["guidelines.example.org"], "guidelines.example.org", 200),
        (False, ["guidelines.example.org"], "localhost", 421),
        (False, [], "anything.example.org", 200),
        (False, [], "any thing", 400),
    ],
)
def test_further_names_are_those_of_the_start(loopback: bool, allowed: list[str], host: str, status: int) -> None:
    assert _status(headers={"Host": host}, loopback=loopback, allowed=allowed) == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost:8000"}, 200),
        ({"Origin": "HTTP://LOCALHOST:8000"}, 200),
        ({"Origin": "https://portal.example.org"}, 200),
        ({"Origin": "https://portal.example.org.evil.example"}, 403),
        ({"Origin": "http://portal.example.org"}, 403),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 403),
        ({"Origin": "https://evil.example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "file://localhost:8000"}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_where_no_key_is_asked_for_a_foreign_page_changes_nothing(
    method: str, headers: dict[str, str], status: int
) -> None:
    given = {"Host": "localhost:8000"} | headers
    assert _status(method, given, origins=["https://portal.example.org"], check_origin=True) == status


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_left_to_the_browser_s_own_rule(method: str) -> None:
    assert _status(method, {"Host": "localhost", "Origin": "https://evil.example.org"}, check_origin=True) == 200


def test_with_keys_a_foreign_page_has_none_and_is_not_asked() -> None:
    assert _status("POST", {"Host": "localhost", "Origin": "https://evil.example.org"}) == 200


def test_a_refusal_says_where_and_what_to_do() -> None:
    client = TestClient(Hosts(Starlette(), loopback=True), base_url="http://evil.example.org")
    problem = client.get("/").json()
    assert problem["where"] == "header/Host"
    assert "evil" not in problem["detail"]
    assert problem["remedy"]
