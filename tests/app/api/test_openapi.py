"""The description of the API is true: every example in it can be sent, and is answered as it says."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from app.api.examples import load_requests, load_responses, operation_of
from app.api.problems import MEDIA_TYPE, Problem
from tests.app.api.servers import ALL, Server, called
from tools.api_examples import BASE_URL, Played, play

Description = Mapping[str, Any]


@pytest.fixture(scope="module")
def description(server: Server) -> Description:
    with called(server, None) as client:
        found: Description = client.get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def played(server: Server, description: Description) -> Iterator[Sequence[Played]]:
    """Every example request, sent in order by a tenant that has nothing yet."""
    with called(server, server.key(*ALL, tenant=f"examples-{time.time_ns()}")) as client:
        yield list(play(client, description))


def operations(description: Description) -> list[Mapping[str, Any]]:
    return [operation for methods in description["paths"].values() for operation in methods.values()]


def success(operation: Mapping[str, Any]) -> tuple[int, Mapping[str, Any]]:
    """The one documented status of success, and its content by media type."""
    ((status, response),) = [(int(status), one) for status, one in operation["responses"].items() if status < "300"]
    return status, response.get("content", {})


def check(content: Any, schema: Mapping[str, Any], description: Description) -> None:
    Draft202012Validator({**schema, "components": description["components"]}).validate(content)


def test_it_is_a_description_of_openapi_3_1(description: Description) -> None:
    schema = schemathesis.openapi.from_dict(copy.deepcopy(dict(description)))
    schema.validate()
    assert schema.specification.version.startswith("3.1")


def test_what_openapi_does_not_allow_would_be_noticed(description: Description) -> None:
    broken = copy.deepcopy(dict(description))
    broken["paths"]["/healthz"]["get"]["responses"] = ["200"]
    with pytest.raises(jsonschema_rs.ValidationError):
        schemathesis.openapi.from_dict(broken).validate()


def test_every_operation_has_examples_of_what_it_takes_and_gives(description: Description) -> None:
    for operation in operations(description):
        name = operation["operationId"]
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert "example" in content, name
        for parameter in operation.get("parameters", ()):
            assert parameter["in"] != "path" or "example" in parameter, (name, parameter["name"])
        _, answered = success(operation)
        assert not answered or any("example" in content for content in answered.values()), name


def test_every_example_is_of_an_operation(description: Description) -> None:
    known = {operation["operationId"] for operation in operations(description)}
    assert {operation_of(name) for name in load_requests()} == known
    assert load_responses().keys() <= known


def test_the_operations_of_links_exist_and_take_what_is_linked(description: Description) -> None:
    known = {operation["operationId"]: operation for operation in operations(description)}
    links = [
        link
        for operation in known.values()
        for response in operation["responses"].values()
        for link in response.get("links", {}).values()
    ]
    assert len(links) > 10
    for link in links:
        taken = {f"{one['in']}.{one['name']}" for one in known[link["operationId"]]["parameters"]}
        assert link["parameters"].keys() <= taken


def test_every_example_request_is_answered_with_the_documented_status(played: Sequence[Played]) -> None:
    wrong = [
        (one.name, one.response.status_code, one.response.text)
        for one in played
        if one.response.status_code != success(one.operation)[0]
    ]
    assert wrong == []


def test_every_answer_has_the_documented_media_type_and_shape(
    played: Sequence[Played], description: Description
) -> None:
    for one in played:
        _, documented = success(one.operation)
        if one.content is None:
            assert not documented, one.name
            continue
        media_type = one.response.headers["content-type"].partition(";")[0]
        check(one.content, documented[media_type].get("schema", {}), description)


def test_every_recorded_answer_has_the_documented_shape(description: Description) -> None:
    recorded = load_responses()
    for operation in operations(description):
        _, documented = success(operation)
        if documented:
            found = recorded[operation["operationId"]]
            content = documented[found.media_type]
            assert content["example"] == found.content
            check(found.content, content.get("schema", {}), description)


def test_another_shape_than_the_documented_one_would_be_noticed(description: Description) -> None:
    _, documented = success(description["paths"]["/v1/determinations"]["post"])
    spoiled = copy.deepcopy(load_responses()["decide"].content)
    del spoiled["determinations"][0]["policy_id"]
    with pytest.raises(ValidationError, match="policy_id"):
        check(spoiled, documented["application/json"]["schema"], description)


def test_no_example_names_the_machine_it_was_recorded_on() -> None:
    text = str(load_responses())
    assert BASE_URL in text
    assert [word for word in ("127.0.0.1", "localhost", "/home/", "/tmp/", "gqa_") if word in text] == []


def test_every_failure_is_documented_as_a_problem(description: Description) -> None:
    shape = description["components"]["schemas"]["Problem"]
    assert shape["required"] == Problem.model_json_schema()["required"]
    for operation in operations(description):
        failures = {status: one for status, one in operation["responses"].items() if status >= "400"}
        assert {"400", "500"} <= failures.keys()
        assert all(list(one["content"]) == [MEDIA_TYPE] for one in failures.values()), operation["operationId"]


def test_the_address_of_the_description_names_every_method_that_is_possible_there(server: Server) -> None:
    with called(server, None) as client:
        for path, methods in {"/v1/threads/a": "DELETE, GET, PATCH", "/v1/threads": "GET, POST"}.items():
            refused = client.put(path)
            assert (refused.status_code, refused.headers["allow"]) == (405, methods)


@pytest.mark.parametrize("wrong", [0, "0", 1763000000, True, "2026-11-2", "20261102", ["2026-11-02"]])
def test_a_day_is_a_day_in_text_and_nothing_that_could_be_counted_as_one(
    server: Server, all_scopes: str, wrong: object
) -> None:
    with called(server, all_scopes) as client:
        refused = client.post("/v1/determinations", json={"facts": {}, "on": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["where"]) == (400, "/on")


@pytest.mark.parametrize("wrong", ["8", True, 8.5, None])
def test_a_number_is_no_text_and_no_yes(server: Server, all_scopes: str, wrong: object) -> None:
    with called(server, all_scopes) as client:
        refused = client.post("/v1/search", json={"query": "relief", "k": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["where"]) == (400, "/k")
