"""Requests that meet: in one thread, under one key, or more of them than there are places to compute."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from app.api.problems import ProblemError, Slug
from app.api.service import Slots
from tests.app.api.conftest import NewServer
from tests.app.api.servers import Server, called

OPENING = {
    "text": "Is 62321 medically necessary after a cervical ESI with 40 % relief?",
    "selection": {"policy": "carelon-esi", "on": "2026-11-22"},
}
QUESTION = {"question": OPENING["text"], "policy": "carelon-esi", "on": "2026-11-22"}


def say(http: httpx.Client, thread: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    return http.post(f"/v1/threads/{thread}/messages", json=body, headers=headers)


def opened(http: httpx.Client) -> str:
    thread: str = http.post("/v1/threads").json()["id"]
    assert say(http, thread, OPENING).status_code == 201
    return thread


def test_of_two_messages_for_one_state_one_is_said(http: httpx.Client) -> None:
    thread = opened(http)
    seen = http.get(f"/v1/threads/{thread}").headers["etag"]
    texts = ("actually relief was 60 %", "she also had 8 weeks of PT that failed")
    with ThreadPoolExecutor(2) as both:
        sent = list(both.map(lambda text: say(http, thread, {"text": text}, **{"If-Match": seen}), texts))
    assert sorted(response.status_code for response in sent) == [201, 412]
    assert len(http.get(f"/v1/threads/{thread}").json()["turns"]) == 2


def test_choices_made_at_the_same_time_are_both_made(http: httpx.Client) -> None:
    thread = opened(http)
    choices = ({"payer": "aetna", "policy": None}, {"audience": "patient"}, {"record": "closed"})
    with ThreadPoolExecutor(3) as all_:
        assert all(all_.map(lambda choice: say(http, thread, {"selection": choice}).status_code == 201, choices))
    last = http.get(f"/v1/threads/{thread}").json()["turns"][-1]["turn"]["case_file"]["selection"]
    assert (last["payer"], last["audience"], last["record"]) == ("aetna", "patient", "closed")


def test_a_message_sent_again_before_it_is_answered_is_said_once(http: httpx.Client) -> None:
    thread = http.post("/v1/threads").json()["id"]
    with ThreadPoolExecutor(3) as all_:
        sent = list(all_.map(lambda _: say(http, thread, OPENING, **{"Idempotency-Key": f"again-{thread}"}), range(3)))
    assert [response.status_code for response in sent] == [201] * 3
    assert len({response.text for response in sent}) == 1
    assert len(http.get(f"/v1/threads/{thread}").json()["turns"]) == 1


def test_a_key_of_one_caller_is_not_anothers(server: Server, http: httpx.Client) -> None:
    with called(server, server.key("read", "write", tenant="shared")) as other:
        mine = http.post("/v1/threads", headers={"Idempotency-Key": "00000001"})
        theirs = other.post("/v1/threads", headers={"Idempotency-Key": "00000001"})
    assert mine.status_code == 201
    assert (theirs.status_code, theirs.json()["type"]) == (422, "/problems/idempotency-key-reused")


def test_who_leaves_a_stream_keeps_no_place_and_what_was_begun_is_stored(new_server: NewServer) -> None:
    server = new_server()
    server.start("--answers", "1")
    with called(server, server.key("read", "write")) as http:
        thread = http.post("/v1/threads").json()["id"]
        for _ in range(3):
            leave(server, http, thread)
        assert http.post("/v1/answers", json=QUESTION, timeout=30).status_code == 200
        turns = http.get(f"/v1/threads/{thread}").json()["turns"]
    assert [turn["turn"]["said"] for turn in turns] == [OPENING["text"]] * 3


def leave(server: Server, http: httpx.Client, thread: str) -> None:
    """Send a message for a stream, and hang up at the first bytes of it."""
    path, headers = f"/v1/threads/{thread}/messages", {"Accept": "text/event-stream"}
    with http.stream("POST", path, json=OPENING, headers=headers) as response:
        assert response.status_code == 201
        next(response.iter_raw())


def test_a_sender_who_hangs_up_is_no_fault(server: Server, http: httpx.Client, all_scopes: str) -> None:
    head = f"POST /v1/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {all_scopes}\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"{head}X-Request-ID: hung-up\r\nContent-Type: application/json\r\n".encode())
        connection.sendall(b"Content-Length: 1000\r\n\r\n{")
    lines: list[str] = []
    for _ in range(50):
        http.get("/healthz")
        lines = [line for line in server.log.splitlines() if "hung-up" in line]
        if lines:
            break
    assert len(lines) == 1 and '"level": "info"' in lines[0] and '"status": 499' in lines[0]


def test_more_than_fit_are_sent_away_at_once_and_the_others_wait_their_turn() -> None:
    slots, held, done = Slots(1, wait=30, in_hand=2), threading.Event(), threading.Event()

    def hold() -> None:
        with slots.taken():
            held.set()
            done.wait(30)

    with ThreadPoolExecutor(2) as two:
        first = two.submit(hold)
        assert held.wait(30)
        second = two.submit(hold)
        while slots._room._value:
            pass
        with pytest.raises(ProblemError) as refused, slots.taken():
            pass
        done.set()
        first.result(30)
        second.result(30)
    assert refused.value.slug is Slug.BUSY
    with slots.taken():
        pass


def test_a_place_that_does_not_come_free_is_told() -> None:
    slots = Slots(1, wait=0.01)
    with slots.taken(), pytest.raises(ProblemError) as refused, slots.taken():
        pass
    assert (refused.value.slug, refused.value.headers) == (Slug.BUSY, {"Retry-After": "10"})
