"""``/v1/policies``, ``vocabulary``, ``payers``, ``documents`` and ``schemas``: what the answers rest on."""

from __future__ import annotations

import json

import httpx
import jsonschema
import pytest

from tests.app.conftest import Run


def walk(http: httpx.Client, path: str, **query: str | int) -> list[str]:
    """The ids of all pages."""
    seen: list[str] = []
    cursor: str | None = None
    while True:
        asked = query if cursor is None else {**query, "cursor": cursor}
        page = http.get(path, params=asked).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return seen


@pytest.mark.parametrize("limit", [1, 7, 200])
def test_the_pages_list_every_policy_once(http: httpx.Client, run: Run, limit: int) -> None:
    known = sorted(policy["id"] for policy in json.loads(run("policies", "--format", "json").out))
    assert walk(http, "/v1/policies", limit=limit) == known


def test_policies_are_filtered_by_payer_and_code(http: httpx.Client) -> None:
    assert walk(http, "/v1/policies", payer="carelon") == ["carelon-esi"]
    assert "aetna-cpb-0722" in walk(http, "/v1/policies", code="64483")
    assert "aetna-cpb-0722" not in walk(http, "/v1/policies", code="62321")
    assert walk(http, "/v1/policies", payer="nobody") == []


def test_a_policy_is_shown_as_the_command_line_shows_it(http: httpx.Client, run: Run) -> None:
    shown = http.get("/v1/policies/carelon-esi").json()
    assert shown == json.loads(run("policies", "--format", "json", "carelon-esi").out)
    version = shown["versions"][0]
    assert http.get(f"/v1/policies/carelon-esi/versions/{version['version']}").json() == version


def test_what_the_caller_has_is_not_sent_again(http: httpx.Client) -> None:
    first = http.get("/v1/policies/carelon-esi")
    again = http.get("/v1/policies/carelon-esi", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = http.get("/v1/policies/carelon-esi", headers={"If-None-Match": '"another"'})
    assert other.content == first.content


def test_two_versions_are_compared(http: httpx.Client) -> None:
    policy = "carelon-esi"
    earlier, later = (version["version"] for version in http.get(f"/v1/policies/{policy}").json()["versions"])
    found = http.get(f"/v1/policies/{policy}/diff", params={"from": earlier, "to": later}).json()
    same = http.get(f"/v1/policies/{policy}/diff", params={"from": later, "to": later}).json()
    assert found["changed"] and found["unchanged"]
    assert (same["added"], same["removed"], same["changed"]) == ([], [], [])


@pytest.mark.parametrize(
    "path",
    [
        "/v1/policies/nothing",
        "/v1/policies/carelon-esi/versions/nothing",
        "/v1/policies/nothing/questionnaire",
        "/v1/documents/nothing",
        "/v1/schemas/nothing",
        "/problems/nothing",
        "/v1/threads/nothing",
        "/v1/reviews/nothing",
        "/v1/documents/uploads/nothing",
        "/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_that_says_so(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    problem = response.json()
    assert (response.status_code, problem["status"]) == (404, 404)
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["detail"] and problem["remedy"]
    assert http.get(problem["type"]).json()["title"] == problem["title"]


def test_the_vocabulary_lists_the_facts_a_request_may_give(http: httpx.Client) -> None:
    facts = {fact["id"]: fact for fact in http.get("/v1/vocabulary").json()["facts"]}
    assert facts["prior_injection.relief"]["type"] == "percent"
    assert "%" in facts["prior_injection.relief"]["example"]
    assert "interlaminar" in facts["procedure.approach"]["choices"]


def test_payers_have_the_names_they_are_known_by(http: httpx.Client) -> None:
    payers = {payer["id"]: payer for payer in http.get("/v1/payers").json()["payers"]}
    assert "CMS" in payers["medicare"]["aliases"]


def test_documents_are_listed_and_shown_with_their_sections(http: httpx.Client) -> None:
    listed = walk(http, "/v1/documents", limit=9)
    assert listed == sorted(set(listed)) and len(listed) > 20
    assert set(walk(http, "/v1/documents", kind="safety")) < set(listed)
    shown = http.get("/v1/documents/carelon-esi").json()
    assert shown["document"]["id"] == "carelon-esi"
    assert all(section["source"].startswith("carelon-esi#") for section in shown["sections"])


def test_the_published_schemas_describe_what_is_sent(http: httpx.Client, run: Run) -> None:
    lines = http.get("/v1/schemas").json()["schemas"]
    assert [line["name"] for line in lines] == ["answer", "case", "determination"]
    schemas = {line["name"]: http.get(line["url"]).json() for line in lines}
    assert all(schemas[line["name"]]["$id"] == line["url"] for line in lines)
    printed = json.loads(run("schema", "--model", "answer").out)
    assert {key: value for key, value in schemas["answer"].items() if key != "$id"} == printed
    answer = http.post("/v1/answers", json={"question": "Is it safe above C7?"}).json()
    jsonschema.validate(answer, schemas["answer"])
