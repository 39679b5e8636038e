"""What one tenant keeps is to another as if it had never been, on every route that names it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from app.library import Library
from tests.app.added_documents import CASES, CRITERIA, NOTICE, POLICY, document
from tests.app.api.conftest import NewServer
from tests.app.api.proving import client_of, data_of, ready_upload
from tests.app.api.servers import ALL, Server
from tests.app.api.small import small_server
from tests.app.conftest import QUESTION

NEVER_WAS = "AAAAAAAAAAAAAAAAAAAAAA"
RULED = "meadow-ruled"
#: Of that policy.
VERSION = "2025-01-01"
#: Names in a path that tell nothing of what a tenant keeps.
PLAIN = ("number", "version")
#: What a request puts in the place of each name.
Ids = dict[str, str]
KEY = {"Idempotency-Key": "the-very-same-key"}


@dataclass(frozen=True)
class Request:
    """``body`` is sent as JSON; names in it and in ``path`` stand for ids."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def send(self, client: httpx.Client, ids: Ids) -> httpx.Response:
        body = {name: ids.get(str(value), value) for name, value in (self.body or {}).items()}
        return client.request(self.method, self.path.format(**ids) + self.query, json=body or None)


COMMENT = {"step": "comment", "reviewer": "Dr Example", "comment": "Read it."}
#: In an order in which whose it is can do all of them.
OF_ONE_TENANT = (
    Request("GET", "/v1/threads/{thread_id}"),
    Request("PATCH", "/v1/threads/{thread_id}", {"title": "Mine now"}),
    Request("GET", "/v1/threads/{thread_id}/turns/{number}"),
    Request("GET", "/v1/threads/{thread_id}/turns/{number}/export", query="?kind=markdown"),
    Request("POST", "/v1/reviews", {"thread_id": "thread_id", "turn": 3}),
    Request("GET", "/v1/reviews/{review_id}"),
    Request("GET", "/v1/reviews/{review_id}/revisions/{number}"),
    Request("GET", "/v1/reviews/{review_id}/export", query="?kind=json"),
    Request("POST", "/v1/reviews/{review_id}/steps", COMMENT),
    Request("POST", "/v1/reviews/{review_id}/resubmission", {"turn": 2}),
    Request("POST", "/v1/threads/{thread_id}/messages", {"facts": {"prior_injection.relief": "30 %"}, "correct": True}),
    Request("GET", "/v1/documents/uploads/{upload_id}"),
    Request("GET", "/v1/documents/{document_id}"),
    Request("GET", "/v1/policies/{policy_id}"),
    Request("GET", "/v1/policies/{policy_id}/versions/{version}"),
    Request("GET", "/v1/policies/{policy_id}/diff", query=f"?from={VERSION}&to={VERSION}"),
    Request("GET", "/v1/policies/{policy_id}/questionnaire"),
    Request("DELETE", "/v1/documents/{document_id}"),
    Request("DELETE", "/v1/threads/{thread_id}"),
)
#: Parts of a path that name nothing of a tenant.
COMMON = ("{service_id}", "{name}", "{slug}")


@pytest.fixture(scope="module")
def small(new_server: NewServer) -> Server:
    return small_server(new_server)


@pytest.fixture(scope="module")
def north(small: Server) -> Iterator[httpx.Client]:
    with client_of(small, *ALL, tenant="north-tenants") as client:
        yield client


@pytest.fixture(scope="module")
def south(small: Server) -> Iterator[httpx.Client]:
    with client_of(small, *ALL, tenant="south-tenants") as client:
        yield client


@pytest.fixture(scope="module")
def payer(north: httpx.Client) -> str:
    found: str = north.get("/v1/payers").json()["payers"][0]["id"]
    return found


@pytest.fixture(scope="module")
def ids(north: httpx.Client, payer: str) -> Ids:
    """Of what north keeps: a policy it added, a thread with a turn, and a review of that."""
    sent = north.post("/v1/documents", files=policy_files(payer), headers=KEY)
    assert sent.status_code == 202, sent.text
    ready = ready_upload(north, sent.headers["Location"])
    thread_id = north.post("/v1/threads", headers=KEY | {"Idempotency-Key": "north-thread"}).json()["id"]
    for relief in ("40 %", "41 %", "42 %"):
        message = {"facts": facts(relief), "correct": True, "selection": {"policy": RULED}}
        assert north.post(f"/v1/threads/{thread_id}/messages", json=message).status_code == 201
    review = north.post("/v1/reviews", json={"thread_id": thread_id, "turn": 1})
    assert review.status_code == 201, review.text
    return {
        "thread_id": thread_id,
        "number": "1",
        "review_id": review.json()["id"],
        "upload_id": ready["id"],
        "document_id": ready["document_id"],
        "policy_id": ready["document_id"],
        "version": VERSION,
    }


def policy_files(payer: str) -> list[tuple[str, tuple[str, bytes]]]:
    files = {
        "document.md": document(RULED, POLICY, kind="policy"),
        "criteria.yaml": CRITERIA.format(payer=payer).encode(),
        "cases.yaml": CASES.encode(),
    }
    return [("files", (name, content)) for name, content in files.items()]


def facts(relief: str) -> dict[str, object]:
    return {"procedure.code": ["62321"], "prior_injection.relief": relief}


def decided(client: httpx.Client) -> dict[str, str]:
    """Statuses by policy."""
    told = client.post("/v1/determinations", json={"facts": facts("40 %"), "on": "2026-06-01"}).raise_for_status()
    return {found["policy_id"]: found["status"] for found in told.json()["determinations"]}


def test_the_table_names_every_route_of_what_a_tenant_keeps(north: httpx.Client) -> None:
    described = north.get("/openapi.json").json()["paths"]
    named = {
        (method.upper(), path)
        for path, methods in described.items()
        if "{" in path and not any(part in path for part in COMMON)
        for method in methods
    }
    assert named == {(one.method, one.path) for one in OF_ONE_TENANT if "{" in one.path}


@pytest.mark.parametrize("request_", OF_ONE_TENANT, ids=str)
def test_another_s_is_refused_as_what_never_was(ids: Ids, south: httpx.Client, request_: Request) -> None:
    nothing = {name: value if name in PLAIN else NEVER_WAS for name, value in ids.items()}
    refused, unknown = request_.send(south, ids), request_.send(south, nothing)
    assert (refused.status_code, unknown.status_code) == (404, 404), refused.text
    told = words(refused, ids), words(unknown, nothing)
    assert told[0] == told[1]
    assert not [name for name in kept(ids) if name in str(told)]


def kept(ids: Ids) -> set[str]:
    return {value for name, value in ids.items() if name not in PLAIN}


def words(response: httpx.Response, ids: Ids) -> dict[str, str]:
    """The problem without the id that the request itself named; what is known instead is part of it."""
    problem: dict[str, str] = response.json()
    del problem["request_id"]
    (named,) = {value for value in kept(ids) if value in problem["detail"]}
    assert problem["detail"].count(named) == 1
    return problem | {"detail": problem["detail"].replace(named, "ID")}


#: Where a policy is named in a body, and what else stands there.
NAMING: dict[str, dict[str, object]] = {
    "/v1/answers": {"question": QUESTION},
    "/v1/determinations": {"facts": {}},
    "/v1/questionnaires": {"facts": {}},
}


@pytest.mark.parametrize("path", NAMING)
def test_a_policy_that_is_not_known_is_told_without_another_s(ids: Ids, south: httpx.Client, path: str) -> None:
    for name in (RULED, NEVER_WAS):
        refused = south.post(path, json=NAMING[path] | {"policy": name})
        assert refused.status_code == 422
        assert refused.json()["detail"].count(name) == 1
        assert RULED not in refused.text.replace(name, "")


def test_another_s_form_is_no_form_of_this_server(ids: Ids, north: httpx.Client, south: httpx.Client) -> None:
    form = north.get(f"/v1/policies/{RULED}/questionnaire").raise_for_status().json()
    answered = {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": form["url"]}
    mine, theirs = (client.post("/v1/questionnaire-responses", json=answered).json() for client in (north, south))
    assert {found["policy_id"] for found in mine["determinations"]} == {RULED}
    assert RULED not in str(theirs)


LISTS = ("/v1/threads", "/v1/reviews", "/v1/documents/uploads", "/v1/documents?limit=200")


@pytest.mark.parametrize("path", LISTS)
def test_lists_hold_one_s_own(ids: Ids, north: httpx.Client, south: httpx.Client, path: str) -> None:
    mine = {line["id"] for line in north.get(path).raise_for_status().json()["items"]}
    theirs = {line["id"] for line in south.get(path).raise_for_status().json()["items"]}
    assert mine & set(ids.values())
    assert not theirs & set(ids.values())


def test_no_filter_and_no_cursor_of_another_opens_a_list(ids: Ids, north: httpx.Client, south: httpx.Client) -> None:
    assert south.get("/v1/reviews", params={"thread_id": ids["thread_id"]}).json()["items"] == []
    north.post("/v1/threads")
    cursor = north.get("/v1/threads?limit=1").json()["next"]
    assert cursor
    assert south.get("/v1/threads", params={"cursor": cursor}).json()["items"] == []


def test_a_key_for_a_write_is_one_s_own(ids: Ids, north: httpx.Client, south: httpx.Client) -> None:
    key = {"Idempotency-Key": "north-thread"}
    again, other = north.post("/v1/threads", headers=key), south.post("/v1/threads", headers=key)
    assert (again.json()["id"], again.headers["Idempotency-Replayed"]) == (ids["thread_id"], "true")
    assert other.status_code == 201
    assert other.json()["id"] != ids["thread_id"]
    assert "Idempotency-Replayed" not in other.headers


def test_a_document_counts_for_its_tenant_alone(
    ids: Ids, small: Server, north: httpx.Client, south: httpx.Client
) -> None:
    with client_of(small, "read", tenant="local") as local:
        others = [decided(client) for client in (south, local)]
    assert decided(north) == others[0] | {RULED: "criteria_not_met"}
    assert others[0] == others[1]
    assert RULED not in others[0]
    question = {"question": QUESTION, "policy": RULED}
    assert north.post("/v1/answers", json=question).json()["verdict"]["status"] == "criteria_not_met"
    assert south.post("/v1/answers", json=question).status_code == 422
    found = [searched(client) for client in (north, south)]
    assert RULED in found[0]
    assert RULED not in found[1]


def searched(client: httpx.Client) -> set[str]:
    query = {"query": "Meadow policy wants relief before a repeat", "k": 20}
    hits = client.post("/v1/search", json=query).raise_for_status().json()["hits"]
    return {hit["passage"]["document_id"] for hit in hits}


def test_neither_the_command_line_nor_the_page_knows_it(ids: Ids, small: Server) -> None:
    command = [*small.command, "policies", "--format", "json"]
    told = subprocess.run(command, env=small.environment, cwd=small.folder, capture_output=True, check=True)
    assert RULED not in {policy["id"] for policy in json.loads(told.stdout)}
    assert Library(home=data_of(small) / "documents").added == ()


def test_a_document_does_not_replace_one_of_the_same_id_elsewhere(
    ids: Ids, north: httpx.Client, south: httpx.Client
) -> None:
    mine = [("files", ("document.md", document(RULED, NOTICE, kind="safety", title="Notice of the south")))]
    ready_upload(south, south.post("/v1/documents", files=mine).headers["Location"])
    titles = [client.get(f"/v1/documents/{RULED}").json()["document"]["title"] for client in (north, south)]
    assert titles == ["A document of Meadow", "Notice of the south"]
    assert south.delete(f"/v1/documents/{RULED}").status_code == 204
    assert north.get(f"/v1/documents/{RULED}").status_code == 200


def test_whose_it_is_can_do_all_of_it_and_then_it_is_gone(ids: Ids, north: httpx.Client) -> None:
    done = {str(request): request.send(north, ids) for request in OF_ONE_TENANT}
    assert {name: response.text for name, response in done.items() if response.status_code >= 300} == {}
    assert RULED not in decided(north)
    for path in (f"/v1/threads/{ids['thread_id']}", f"/v1/reviews/{ids['review_id']}", f"/v1/documents/{RULED}"):
        assert north.get(path).status_code == 404
    assert ids["thread_id"] not in {line["id"] for line in north.get("/v1/threads").json()["items"]}
