"""What the client sends, and what it makes of what comes back."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from starlette.responses import JSONResponse, Response, StreamingResponse

from app.api.models.answers import BatchItem
from app.api.models.reviews import Approve
from app.api.models.threads import ThreadOut
from app.api.problems import ProblemError, Slug, response_of
from app.client import ApiProblem, Client, Retries, Unfinished
from rag.article.exports import ExportKind
from rag.article.models import Section
from rag.criteria.determination import Record
from rag.events import SectionDone
from tests.app.client.conftest import Desk, Reply

THREAD: dict[str, object] = {
    "id": "t1",
    "title": None,
    "created_at": "2026-08-01T10:00:00Z",
    "updated_at": "2026-08-01T10:00:00Z",
    "turns": [],
}
SECTION = {"section": {"id": "answer", "heading": "Answer", "claims": []}, "references": []}
WHO = {"id": "key:1", "tenant": "local", "scopes": ["read"], "name": None}


def refused(slug: Slug, **headers: str) -> Reply:
    error = ProblemError(
        slug, "That is why.", where="/payer", headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    return lambda: response_of(error, request_id="r-1")


def streamed(*events: tuple[str, object]) -> Reply:
    lines = [f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events]
    return lambda: StreamingResponse(iter(lines), media_type="text/event-stream")


def test_a_request_has_the_key_and_what_was_given_and_nothing_else(client: Client, desk: Desk) -> None:
    desk.gives({"determinations": []})
    facts = {"pain.score": None, "imaging.concordant": True}
    assert client.decide(facts, payer="plan", on=date(2026, 8, 1), record=Record.CLOSED) == ()
    (sent,) = desk.sent
    assert (sent.method, sent.path) == ("POST", "/v1/determinations")
    assert json.loads(sent.body) == {"facts": facts, "payer": "plan", "on": "2026-08-01", "record": "closed"}
    assert sent.headers["authorization"] == "Bearer gqa_key"
    assert "idempotency-key" not in sent.headers


def test_a_problem_has_every_member(client: Client, desk: Desk) -> None:
    desk.says(refused(Slug.UNUSABLE))
    with pytest.raises(ApiProblem, match=r"422 A value cannot be used: That is why. Mend the value") as raised:
        client.ask("Is it covered?")
    found = raised.value
    assert (found.status, found.type, found.title) == (422, "/problems/unusable", "A value cannot be used")
    assert (found.detail, found.where, found.request_id) == ("That is why.", "/payer", "r-1")
    assert found.remedy.startswith("Mend")
    assert len(desk.sent) == 1


@pytest.mark.parametrize("status", [404, 502, 599, 302])
def test_what_is_no_problem_of_this_api_is_one_all_the_same(client: Client, desk: Desk, status: int) -> None:
    headers = {"X-Request-ID": "r-2", "Location": "/elsewhere"}
    desk.says(lambda: Response("<h1>no</h1>", status_code=status, headers=headers))
    with pytest.raises(ApiProblem) as raised:
        client.server.whoami()
    assert (raised.value.status, raised.value.type, raised.value.request_id) == (status, "about:blank", "r-2")
    assert [sent.path for sent in desk.sent] == ["/v1/whoami"]


@pytest.mark.parametrize("slug", [Slug.BUSY, Slug.TOO_MANY])
def test_a_read_is_sent_again_after_as_long_as_the_server_says(client: Client, desk: Desk, slug: Slug) -> None:
    desk.says(refused(slug, Retry_After="1"), lambda: JSONResponse(WHO))
    started = time.monotonic()
    assert client.server.whoami().tenant == "local"
    assert 1.0 <= time.monotonic() - started < 5.0
    assert len(desk.sent) == 2


def test_a_moment_to_wait_for_is_understood(client: Client, desk: Desk) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    desk.says(refused(Slug.BUSY, Retry_After=soon), lambda: JSONResponse(WHO))
    assert client.server.whoami().id == "key:1"


def test_a_wait_that_is_too_long_is_left_to_the_caller(client: Client, desk: Desk) -> None:
    desk.says(refused(Slug.TOO_MANY, Retry_After="3600"))
    with pytest.raises(ApiProblem) as raised:
        client.server.whoami()
    assert (raised.value.retry_after, len(desk.sent)) == (3600.0, 1)


def test_attempts_come_to_an_end(client: Client, desk: Desk) -> None:
    desk.says(*[refused(Slug.BUSY)] * 5)
    with pytest.raises(ApiProblem, match="503"):
        client.server.whoami()
    assert len(desk.sent) == 3


@pytest.mark.parametrize("slug", [Slug.FAULT, Slug.CONFLICT, Slug.NOT_FOUND, Slug.UNAUTHENTICATED])
def test_what_will_not_pass_is_not_tried_again(client: Client, desk: Desk, slug: Slug) -> None:
    desk.says(refused(slug))
    with pytest.raises(ApiProblem):
        client.threads.create()
    assert len(desk.sent) == 1


def test_a_write_is_sent_again_under_the_same_key_byte_for_byte(client: Client, desk: Desk) -> None:
    desk.says(refused(Slug.BUSY), lambda: JSONResponse({"id": "u1"}, status_code=422))
    with pytest.raises(ApiProblem):
        client.documents.upload({"document.md": b"\x00words"})
    first, second = desk.sent
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.body == second.body
    assert b"\x00words" in first.body


def test_each_write_has_a_key_of_its_own_or_the_callers(client: Client, desk: Desk) -> None:
    desk.gives(THREAD, THREAD, THREAD)
    for key in (None, None, "my-own-key"):
        assert client.threads.create(key=key) == ThreadOut.model_validate(THREAD)
    keys = [sent.headers["idempotency-key"] for sent in desk.sent]
    assert len(set(keys)) == 3
    assert keys[2] == "my-own-key"


def test_a_change_without_a_key_and_a_stream_are_sent_once(client: Client, desk: Desk) -> None:
    calls: list[Callable[[], object]] = [
        lambda: client.threads.delete("t1"),
        lambda: client.threads.rename("t1", "Title"),
        lambda: list(client.ask_stream("Is it covered?")),
    ]
    for call in calls:
        desk.says(refused(Slug.BUSY))
        with pytest.raises(ApiProblem, match="503"):
            call()
    assert [sent.method for sent in desk.sent] == ["DELETE", "PATCH", "POST"]


def test_only_what_is_safe_is_sent_again_over_a_connection_that_breaks() -> None:
    hung_up: list[str] = []

    def hang_up(listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            hung_up.append(connection.recv(65_536).decode().partition(" HTTP")[0])
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=hang_up, args=(listening,))
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with Client(url, retries=Retries(attempts=3, first_wait=0.01)) as client:
            calls = (client.server.live, client.threads.create, lambda: client.ask("Is it covered?"))
            for call in (*calls, lambda: client.threads.delete("t1")):
                with pytest.raises(httpx.TransportError):
                    call()
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert hung_up == ["GET /healthz"] * 3 + ["POST /v1/threads"] * 3 + ["POST /v1/answers"] * 3 + [
        "DELETE /v1/threads/t1"
    ]


def test_pages_are_fetched_as_they_are_needed(client: Client, desk: Desk) -> None:
    lines = [{"id": f"t{n}", "title": None, "updated_at": "2026-08-01T10:00:00Z", "turns": 0} for n in range(4)]
    desk.gives({"items": lines[:2], "next": "c&1"}, {"items": [], "next": "c2"}, {"items": lines[2:], "next": None})
    listed = client.threads.list()
    assert next(listed).id == "t0"
    assert len(desk.sent) == 1
    assert [line.id for line in listed] == ["t1", "t2", "t3"]
    assert [dict(sent.query).get("cursor") for sent in desk.sent] == [None, "c&1", "c2"]


def test_a_stream_gives_sections_as_models(client: Client, desk: Desk) -> None:
    desk.says(streamed(("section", SECTION), ("later-kind", {}), ("done", {})))
    expected = SectionDone(Section(id="answer", heading="Answer", claims=()), ())
    assert list(client.ask_stream("Is it covered?", payer="plan")) == [expected]
    (sent,) = desk.sent
    assert sent.headers["accept"] == "text/event-stream"
    assert json.loads(sent.body) == {"question": "Is it covered?", "payer": "plan"}


def test_a_problem_within_a_stream_is_raised_after_what_came_before(client: Client, desk: Desk) -> None:
    problem = json.loads(bytes(refused(Slug.BUSY)().body))
    desk.says(streamed(("section", SECTION), ("problem", problem)))
    stream = client.threads.say_stream("t1", "Is it covered?", key="my-own-key")
    assert isinstance(next(stream), SectionDone)
    with pytest.raises(ApiProblem, match="503"):
        next(stream)
    assert desk.sent[0].headers["idempotency-key"] == "my-own-key"


def test_a_stream_that_breaks_off_is_not_taken_for_an_end(client: Client, desk: Desk) -> None:
    desk.says(streamed(("section", SECTION)))
    stream = client.ask_stream("Is it covered?")
    next(stream)
    with pytest.raises(Unfinished):
        next(stream)


def test_a_message_that_was_answered_before_comes_back_without_a_stream(client: Client, desk: Desk) -> None:
    turn = {"said": "Hello", "kind": "unclear", "reply": "Say more."}
    desk.gives({"thread_id": "t1", "number": 2, "turn": turn})
    (found,) = client.threads.say_stream("t1", "Hello", key="my-own-key")
    assert not isinstance(found, SectionDone)
    assert found.model_dump()["number"] == 2


def test_names_of_any_kind_stay_one_part_of_the_path(client: Client, desk: Desk) -> None:
    desk.says(refused(Slug.NOT_FOUND))
    with pytest.raises(ApiProblem):
        client.policies.version("../x", "text seen (2026)?")
    assert desk.sent[0].path == "/v1/policies/..%2Fx/versions/text%20seen%20%282026%29%3F"


def test_a_file_comes_with_its_name_and_kind(client: Client, desk: Desk) -> None:
    headers = {"Content-Disposition": 'attachment; filename="article.pdf"'}
    desk.says(lambda: Response(b"%PDF", media_type="application/pdf", headers=headers))
    found = client.threads.export("t1", 1, ExportKind.PDF)
    assert (found.file_name, found.media_type, found.content) == ("article.pdf", "application/pdf", b"%PDF")
    assert desk.sent[0].query == [("kind", "pdf")]


def test_a_choice_that_is_taken_back_is_sent_and_one_left_out_is_not(client: Client, desk: Desk) -> None:
    desk.says(refused(Slug.CONFLICT))
    with pytest.raises(ApiProblem):
        client.threads.say("t1", selection={"payer": None, "on": date(2026, 8, 1)}, if_match='"1-2"')
    assert json.loads(desk.sent[0].body)["selection"] == {"payer": None, "on": "2026-08-01"}
    assert desk.sent[0].headers["if-match"] == '"1-2"'


def test_bodies_are_those_of_the_api(client: Client, desk: Desk) -> None:
    desk.says(*[refused(Slug.NOT_FOUND)] * 2)
    with pytest.raises(ApiProblem):
        client.reviews.step("r1", Approve(step="approve", reviewer="A. Reviewer", seen="abc"))
    with pytest.raises(ApiProblem):
        client.decide_batch([BatchItem(id="one", facts={"pain.score": None}, payer="plan")])
    assert json.loads(desk.sent[0].body) == {"step": "approve", "reviewer": "A. Reviewer", "seen": "abc"}
    assert json.loads(desk.sent[1].body) == {
        "requests": [{"id": "one", "facts": {"pain.score": None}, "payer": "plan"}]
    }


def test_no_credential_is_sent_where_none_is_given(desk: Desk) -> None:
    desk.gives({"status": "ok", "version": "1"})
    with Client(desk.url) as client:
        assert client.server.live().status == "ok"
    assert "authorization" not in desk.sent[0].headers
