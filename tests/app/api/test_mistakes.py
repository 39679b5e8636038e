"""Mistakes of callers are told as theirs: none is a fault of the server, and none costs more than it is worth."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import httpx
import pytest

from tests.app.api.servers import Server


@pytest.mark.parametrize("fact", ["pain.score", "prior_injection.relief", "prior_injection.count_12_months"])
def test_a_number_without_end_is_a_value_that_cannot_be_used(http: httpx.Client, fact: str) -> None:
    number = "1" + "0" * 400
    requests = f'{{"id": "a", "facts": {{"{fact}": {number}}}}}, {{"id": "b", "policy": "carelon-esi", "facts": {{}}}}'
    for path, body in (
        ("/v1/determinations", f'{{"facts": {{"{fact}": {number}}}}}'),
        ("/v1/answers", f'{{"question": "Is 62321 covered?", "facts": {{"{fact}": {number}}}}}'),
        ("/v1/questionnaires", f'{{"policy": "carelon-esi", "facts": {{"{fact}": {number}}}}}'),
    ):
        response = http.post(path, content=body, headers={"Content-Type": "application/json"})
        assert (response.status_code, fact in response.json()["detail"]) == (422, True)
    batch = http.post(
        "/v1/determinations/batch",
        content=f'{{"requests": [{requests}]}}',
        headers={"Content-Type": "application/json"},
    ).json()["results"]
    assert [result["problem"] is None for result in batch] == [False, True]


def test_a_number_beyond_all_numbers_is_no_json_here(http: httpx.Client) -> None:
    response = http.post(
        "/v1/search", content='{"query": "x", "k": 1e999}', headers={"Content-Type": "application/json"}
    )
    assert (response.status_code, response.json()["type"]) == (400, "/problems/malformed")


def test_many_names_of_which_one_stands_twice_are_refused_at_once(http: httpx.Client) -> None:
    names = [f'"k{number}": 0' for number in range(60_000)]
    body = "{" + ", ".join([*names, names[-1]]) + "}"
    began = time.monotonic()
    response = http.post("/v1/search", content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["type"]) == (400, "/problems/malformed")
    # With each name compared to each other it would be minutes.
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("name", ["a\tb.md", "x" * 256])
def test_a_file_of_an_impossible_name_is_the_senders_to_mend(http: httpx.Client, name: str) -> None:
    body = (
        f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        "Content-Type: text/plain\r\n\r\nx\r\n--b--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = http.post("/v1/documents", content=body.encode(), headers=headers)
    assert (response.status_code, response.json()["type"]) == (422, "/problems/unusable")


def test_a_title_of_signs_nobody_sees_is_the_senders_to_mend(http: httpx.Client) -> None:
    thread = http.post("/v1/threads").json()["id"]
    response = http.patch(f"/v1/threads/{thread}", json={"title": "\u200d"})
    assert (response.status_code, response.json()["type"]) == (422, "/problems/unusable")


def test_a_step_that_is_none_is_not_repeated(http: httpx.Client) -> None:
    response = http.post("/v1/reviews/x/steps", json={"step": "Jane Example, MRN 123"})
    assert response.status_code == 400
    assert "Jane" not in response.text and "take_up" in response.json()["detail"]


def test_files_of_the_documentation_are_only_read(server: Server) -> None:
    response = httpx.post(f"{server.url}/docs-assets/swagger-ui-bundle.js")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_trailers_without_end_are_dropped(server: Server, all_scopes: str) -> None:
    body = b'{"text": "C7-T1 ILESI 6 weeks ago gave 60 % relief"}'
    head = f"POST /v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {all_scopes}\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"{head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        connection.sendall(f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n" + b"a:b\r\n" * 2_000 + b"\r\n")
        answered = b""
        while part := connection.recv(65_536):
            answered += part
    status, _, rest = answered.partition(b"\r\n")
    assert status == b"HTTP/1.1 200 OK"
    found: dict[str, Any] = json.loads(rest.partition(b"\r\n\r\n")[2])
    assert "prior_injection.relief" in {fact["id"] for fact in found["case"]["facts"]}


def test_what_the_parser_refuses_is_a_problem_too(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"NONSENSE\r\n\r\n")
        answered = connection.recv(65_536)
    head, _, body = answered.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400") and b"application/problem+json" in head
    assert json.loads(body)["status"] == 400
