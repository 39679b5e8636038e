"""A server that asks for no key: for this machine alone, and for no page of another site."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import httpx
import pytest

from tests.app.api.conftest import NewServer
from tests.app.api.proving import client_of
from tests.app.api.servers import Server, called
from tests.app.api.small import small_corpus, small_server

PORTAL, STRANGER = "https://portal.example.org", "https://stranger.example"


@pytest.fixture(scope="module")
def keyless(new_server: NewServer) -> Server:
    server = new_server()
    server.start("--no-keys", "--allow-origin", PORTAL, "--corpus", str(small_corpus()))
    return server


@pytest.fixture
def anyone(keyless: Server) -> Iterator[httpx.Client]:
    with called(keyless, None) as client:
        yield client


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_it_is_refused_where_others_could_reach_it(new_server: NewServer, host: str) -> None:
    server = new_server()
    command = [*server.command, "serve", "--no-keys", "--port", "0", "--host", host]
    told = subprocess.run(
        command, env=server.environment, cwd=server.folder, capture_output=True, check=False, timeout=60
    )
    assert told.returncode == 2
    assert b"would open everything to others" in told.stderr
    assert b"Traceback" not in told.stderr


def test_everybody_here_is_the_local_user(anyone: httpx.Client) -> None:
    told = anyone.get("/v1/whoami").json()
    assert (told["tenant"], told["scopes"]) == ("local", ["admin", "read", "review", "write"])
    assert anyone.post("/v1/threads").status_code == 201


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_it_answers_to_names_of_this_machine(anyone: httpx.Client, keyless: Server, name: str) -> None:
    assert anyone.get("/v1/whoami", headers={"Host": f"{name}:{keyless.port}"}).status_code == 200


@pytest.mark.parametrize("name", ["stranger.example", "127.0.0.1.stranger.example", "192.0.2.7", "localhost.evil"])
def test_it_does_not_answer_to_another_name(anyone: httpx.Client, keyless: Server, name: str) -> None:
    """A page whose name was pointed at this machine (DNS rebinding) sends its own name."""
    for path in ("/v1/whoami", "/healthz", "/docs"):
        refused = anyone.get(path, headers={"Host": f"{name}:{keyless.port}"})
        assert (refused.status_code, refused.json()["type"]) == (421, "/problems/wrong-host")


CROSS_SITE = (
    {"Origin": STRANGER},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
CHANGES = (("POST", "/v1/threads"), ("PATCH", "/v1/threads/x"), ("DELETE", "/v1/threads/x"), ("POST", "/v1/answers"))


@pytest.mark.parametrize("headers", CROSS_SITE, ids=str)
def test_a_page_of_another_site_changes_nothing(anyone: httpx.Client, headers: dict[str, str]) -> None:
    before = anyone.get("/v1/threads").json()
    for method, path in CHANGES:
        refused = anyone.request(method, path, headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert anyone.get("/v1/threads").json() == before


def test_a_page_of_its_own_and_an_allowed_one_may_change_things(anyone: httpx.Client, keyless: Server) -> None:
    for origin in (keyless.url, PORTAL):
        assert anyone.post("/v1/threads", headers={"Origin": origin}).status_code == 201


def preflight(client: httpx.Client, origin: str) -> httpx.Response:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    return client.options("/v1/answers", headers={"Origin": origin} | asked)


def opened(response: httpx.Response) -> str | None:
    found: str | None = response.headers.get("Access-Control-Allow-Origin")
    return found


def test_answers_are_shown_to_the_page_that_was_named_and_to_no_other(anyone: httpx.Client) -> None:
    named, other = (preflight(anyone, origin) for origin in (PORTAL, STRANGER))
    assert (named.status_code, opened(named)) == (200, PORTAL)
    assert opened(other) is None
    shown, hidden = (anyone.get("/v1/whoami", headers={"Origin": origin}) for origin in (PORTAL, STRANGER))
    assert (opened(shown), opened(hidden)) == (PORTAL, None)
    assert "Access-Control-Allow-Credentials" not in shown.headers


def test_without_a_named_page_answers_are_shown_to_none(new_server: NewServer) -> None:
    http = client_of(small_server(new_server), "read", tenant="paged")
    for response in (preflight(http, PORTAL), http.get("/v1/whoami", headers={"Origin": PORTAL})):
        assert not [name for name in response.headers if name.lower().startswith("access-control-")]
