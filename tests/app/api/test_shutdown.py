"""A server that is told to stop finishes what it began, and takes on nothing more."""

from __future__ import annotations

import json
import signal
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families as parse

from app.store.author import Author
from app.store.threads import Threads
from tests.app.api.conftest import NewServer
from tests.app.api.proving import database_of, eventually, issue, lines_of
from tests.app.api.servers import ALL, Server, called
from tests.app.api.small import small_corpus
from tests.app.desks.corpora import the_policy

#: With one place to compute, most of these wait for their turn when the signal comes.
ANSWERS = 12
QUESTION = "Is the procedure medically necessary after six weeks of physical therapy?"
TENANT = "north"


@dataclass(frozen=True)
class Stopped:
    """What became of requests that were under way when the signal to stop came."""

    server: Server
    code: int
    answers: list[httpx.Response]
    stream: httpx.Response
    message: httpx.Response
    later: Exception | None


def at_work(client: httpx.Client) -> float:
    families = parse(client.get("/metrics").text)
    found = {sample.name: sample.value for family in families for sample in family.samples}
    return found["guideline_qa_requests_at_work"]


@pytest.fixture(scope="module")
def stopped(new_server: NewServer) -> Stopped:
    corpus = small_corpus()
    server, asked = new_server(), {"question": QUESTION, "policy": the_policy(corpus), "on": "2026-06-01"}
    server.start("--corpus", str(corpus), "--answers", "1")
    key = issue(server, *ALL, tenant=TENANT).text

    def post(path: str, body: dict[str, Any], accept: str = "application/json") -> httpx.Response:
        with called(server, key) as client:
            return client.post(path, json=body, headers={"Accept": accept})

    with called(server, key) as client, ThreadPoolExecutor(ANSWERS + 2) as pool:
        messages = f"/v1/threads/{client.post('/v1/threads').json()['id']}/messages"
        said = {"text": QUESTION, "selection": {"policy": asked["policy"], "on": asked["on"]}}
        answers = [pool.submit(post, "/v1/answers", asked) for _ in range(ANSWERS)]
        stream = pool.submit(post, "/v1/answers", asked, "text/event-stream")
        message = pool.submit(post, messages, said)
        eventually(lambda: at_work(client) >= ANSWERS, "the requests are under way")
        assert server.process is not None
        server.process.send_signal(signal.SIGTERM)
        eventually(lambda: told(server, "Shutting down"), "it begins to stop")
        later = refused(server, [*answers, stream, message])
        code = server.process.wait(timeout=90)
        return Stopped(server, code, [one.result() for one in answers], stream.result(), message.result(), later)


def told(server: Server, message: str) -> bool:
    return any(line.get("message") == message for line in lines_of(server))


def refused(server: Server, under_way: list[Future[httpx.Response]]) -> Exception | None:
    """What a new connection ends in while the others are still under way."""
    assert not all(one.done() for one in under_way), "all was done before it was asked"
    try:
        httpx.get(f"{server.url}/healthz", timeout=5)
    except httpx.TransportError as error:
        return error
    return None


def test_every_answer_that_was_begun_is_whole(stopped: Stopped) -> None:
    assert [response.status_code for response in stopped.answers] == [200] * ANSWERS
    assert all(response.json()["sections"] for response in stopped.answers)


def test_a_stream_goes_on_to_its_end(stopped: Stopped) -> None:
    events = [line.removeprefix("event: ") for line in stopped.stream.text.splitlines() if line.startswith("event: ")]
    assert stopped.stream.status_code == 200
    assert events[0] == "section"
    assert events[-2:] == ["answer", "done"]


def test_a_message_is_answered_and_kept(stopped: Stopped) -> None:
    assert stopped.message.status_code == 201
    turn = stopped.message.json()
    with database_of(stopped.server) as database:
        (kept,) = Threads(database, Author(tenant=TENANT)).get(turn["thread_id"]).turns
    assert json.loads(kept.model_dump_json(by_alias=True)) == turn["turn"]


def test_nobody_else_is_let_in(stopped: Stopped) -> None:
    assert isinstance(stopped.later, httpx.ConnectError)


def test_it_ends_by_the_signal_it_was_given_without_a_fault(stopped: Stopped) -> None:
    """As a process does that a signal ends (a shell says 143); with several workers the code is 0."""
    assert stopped.code == -signal.SIGTERM
    assert "Traceback" not in stopped.server.log
    assert [line for line in lines_of(stopped.server) if line["level"] == "error"] == []
    assert told(stopped.server, "Application shutdown complete.")
