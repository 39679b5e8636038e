"""Bearer tokens of a trusted issuer at the running server, which fetches the issuer's keys over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.app.access.issuing import CURVE, STRANGER, token
from tests.app.api.conftest import NewServer
from tests.app.api.guarded import AWAY, Guarded, guarded_server
from tests.app.api.servers import called

EVERYTHING = ["reader", "author", "reviewer", "keeper"]
RHEA = {"sub": "rhea", "name": "Dr Rhea Example", "organisation": "clinic-a", "roles": EVERYTHING}


@pytest.fixture(scope="module")
def guarded(new_server: NewServer) -> Guarded:
    return guarded_server(new_server)


@pytest.fixture(scope="module")
def anyone(guarded: Guarded) -> Iterator[httpx.Client]:
    with called(guarded.server, None) as client:
        yield client


def given(guarded: Guarded, **claims: Any) -> dict[str, str]:
    """Headers with a token of these claims."""
    return guarded.address() | {"Authorization": f"Bearer {token(**RHEA | claims)}"}


def test_a_token_is_known_by_what_its_issuer_says_of_the_person(anyone: httpx.Client, guarded: Guarded) -> None:
    told = anyone.get("/v1/whoami", headers=given(guarded, roles="reader author unknown")).json()
    assert (told["tenant"], told["scopes"], told["name"]) == ("clinic-a", ["read", "write"], "Dr Rhea Example")
    assert told["id"].startswith("token:")
    assert "rhea" not in told["id"]
    assert 1 <= guarded.issuer.asked.count("/keys") <= 2  # by each worker once


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("reader", "/v1/threads", 200),
        ("author", "/v1/threads", 403),
        ("reviewer", "/v1/threads", 403),
        ("keeper", "/v1/documents/uploads", 200),
        ("reader", "/v1/documents/uploads", 403),
        ("stranger", "/v1/threads", 403),
    ],
)
def test_a_token_opens_what_its_scopes_open(
    anyone: httpx.Client, guarded: Guarded, role: str, path: str, status: int
) -> None:
    assert anyone.get(path, headers=given(guarded, roles=[role])).status_code == status


REFUSED: dict[str, dict[str, Any]] = {
    "of a tenant the issuer may not act for": {"organisation": "clinic-c"},
    "of the page's own tenant": {"organisation": "local"},
    "of no tenant": {"organisation": None},
    "meant for another": {"aud": "https://elsewhere.example.org"},
    "of another issuer": {"iss": "https://stranger.example"},
    "expired": {"iat": 1_000, "exp": 2_000},
    "signed by a stranger": {"key": STRANGER},
    "signed in a way that is not accepted": {"key": CURVE, "algorithm": "ES256", "kid": "curve"},
    "of a key that is not published": {"kid": "none"},
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_token_that_is_not_right_opens_nothing(anyone: httpx.Client, guarded: Guarded, fault: str) -> None:
    refused = anyone.get("/v1/whoami", headers=given(guarded, **REFUSED[fault]))
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/unauthenticated")
    assert "WWW-Authenticate" in refused.headers


def test_where_the_issuer_cannot_be_asked_the_request_may_be_sent_again(anyone: httpx.Client, guarded: Guarded) -> None:
    refused = anyone.get("/v1/whoami", headers=given(guarded, iss=AWAY))
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/not-ready")
    assert "/away" in guarded.issuer.asked


def test_what_one_tenant_s_people_keep_is_not_another_s(anyone: httpx.Client, guarded: Guarded) -> None:
    thread_id = anyone.post("/v1/threads", headers=given(guarded)).json()["id"]
    colleague, stranger = {"sub": "colleague"}, {"organisation": "clinic-b"}
    assert anyone.get(f"/v1/threads/{thread_id}", headers=given(guarded, **colleague)).status_code == 200
    assert anyone.get(f"/v1/threads/{thread_id}", headers=given(guarded, **stranger)).status_code == 404


@pytest.fixture
def steps(anyone: httpx.Client, guarded: Guarded) -> str:
    """Where the steps of a new review go."""
    policy = anyone.get("/v1/policies?limit=1", headers=given(guarded)).json()["items"][0]["id"]
    thread_id = anyone.post("/v1/threads", headers=given(guarded)).json()["id"]
    message = {"facts": {"prior_injection.relief": "40 %"}, "selection": {"policy": policy}}
    said = anyone.post(f"/v1/threads/{thread_id}/messages", json=message, headers=given(guarded))
    assert said.status_code == 201, said.text
    review = anyone.post("/v1/reviews", json={"thread_id": thread_id, "turn": 1}, headers=given(guarded))
    return f"/v1/reviews/{review.json()['id']}/steps"


def test_a_person_reviews_under_their_own_name(anyone: httpx.Client, guarded: Guarded, steps: str) -> None:
    taken = anyone.post(steps, json={"step": "take_up"}, headers=given(guarded))
    assert (taken.status_code, taken.json()["reviewer"]) == (200, "Dr Rhea Example")


def test_a_person_reviews_under_no_other_name(anyone: httpx.Client, guarded: Guarded, steps: str) -> None:
    said = {"step": "comment", "comment": "Read it."}
    refused = anyone.post(steps, json=said | {"reviewer": "Dr Other"}, headers=given(guarded))
    assert (refused.status_code, refused.json()["where"]) == (403, "/reviewer")
    nameless = anyone.post(steps, json=said, headers=given(guarded, name=None))
    assert nameless.status_code == 403  # a token that lacks the name it should have loses the scope
    history = anyone.get(steps.removesuffix("/steps"), headers=given(guarded)).json()["history"]
    assert [event["kind"] for event in history] == ["submitted"]


def test_the_trail_and_the_log_know_no_name(anyone: httpx.Client, guarded: Guarded, steps: str) -> None:
    anyone.post(steps, json={"step": "take_up"}, headers=given(guarded))
    assert "Rhea" not in guarded.server.log
    assert "rhea" not in guarded.server.log
