"""``/v1/threads`` and ``/v1/reviews``: conversations and their judgement, kept and repeatable."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from httpx_sse import EventSource

from tests.app.api.servers import Server, called

OPENING = {
    "text": "Is 62321 medically necessary after a cervical ESI with 40 % relief?",
    "selection": {"policy": "carelon-esi", "on": "2026-11-22"},
}


@pytest.fixture
def thread(http: httpx.Client) -> str:
    made = http.post("/v1/threads")
    assert made.headers["location"] == f"/v1/threads/{made.json()['id']}"
    found: str = made.json()["id"]
    return found


def say(http: httpx.Client, thread: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    return http.post(f"/v1/threads/{thread}/messages", json=body, headers=headers)


def test_a_follow_up_is_answered_from_what_was_said_before(http: httpx.Client, thread: str) -> None:
    first = say(http, thread, OPENING)
    assert first.status_code == 201
    second = say(http, thread, {"text": "actually relief was 60 %"}).json()
    assert (second["number"], second["turn"]["kind"]) == (2, "correction")
    assert "prior_injection.relief" in {change["fact"] for change in second["turn"]["facts"]}
    kept = http.get(f"/v1/threads/{thread}").json()
    assert [turn["number"] for turn in kept["turns"]] == [1, 2]
    assert kept["turns"][1] == second
    assert http.get(f"/v1/threads/{thread}/turns/2").json() == second


def test_values_of_a_form_and_another_selection_are_messages(http: httpx.Client, thread: str) -> None:
    say(http, thread, OPENING)
    form = say(http, thread, {"facts": {"imaging.concordant": True}}).json()["turn"]
    assert form["kind"] == "form"
    other = say(http, thread, {"selection": {"policy": None, "payer": "aetna"}}).json()["turn"]
    assert other["kind"] == "selection"
    assert other["case_file"]["selection"]["payer"] == "aetna"
    assert other["case_file"]["selection"]["on"] == "2026-11-22"


def test_events_bring_the_turn_once_it_is_stored(http: httpx.Client, thread: str) -> None:
    path, headers = f"/v1/threads/{thread}/messages", {"Accept": "text/event-stream"}
    with http.stream("POST", path, json=OPENING, headers=headers) as response:
        events = list(EventSource(response).iter_sse())
    assert [event.event for event in events[-3:]] == ["answer", "turn", "done"]
    assert http.get(f"/v1/threads/{thread}/turns/1").json() == json.loads(events[-2].data)


def test_a_message_sent_again_under_its_key_is_not_said_twice(http: httpx.Client, thread: str) -> None:
    first = say(http, thread, OPENING, **{"Idempotency-Key": f"first-{thread}"})
    again = say(http, thread, OPENING, **{"Idempotency-Key": f"first-{thread}"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    other = say(http, thread, {"text": "and under Medicare?"}, **{"Idempotency-Key": f"first-{thread}"})
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert len(http.get(f"/v1/threads/{thread}").json()["turns"]) == 1


def test_a_message_meant_for_another_state_is_refused(http: httpx.Client, thread: str) -> None:
    seen = http.get(f"/v1/threads/{thread}").headers["etag"]
    assert say(http, thread, OPENING, **{"If-Match": seen}).status_code == 201
    late = say(http, thread, {"text": "why not met?"}, **{"If-Match": seen})
    assert (late.status_code, late.json()["where"]) == (412, "header/If-Match")
    assert len(http.get(f"/v1/threads/{thread}").json()["turns"]) == 1


@pytest.mark.parametrize("body", [{}, {"text": "  "}, {"text": "", "facts": {}}])
def test_a_message_that_says_nothing_is_refused(http: httpx.Client, thread: str, body: dict[str, Any]) -> None:
    assert say(http, thread, body).status_code == 422


def test_what_cannot_be_answered_changes_nothing(http: httpx.Client, thread: str) -> None:
    refused = say(http, thread, OPENING | {"selection": {"payer": "nobody"}})
    assert refused.status_code == 422
    kept = http.get(f"/v1/threads/{thread}").json()
    assert (kept["turns"], kept["title"]) == ([], None)


def test_a_thread_is_renamed_and_deleted(http: httpx.Client, thread: str) -> None:
    assert http.patch(f"/v1/threads/{thread}", json={"title": "Neck, second opinion"}).status_code == 204
    line = next(line for line in http.get("/v1/threads").json()["items"] if line["id"] == thread)
    assert line["title"] == "Neck, second opinion"
    assert http.delete(f"/v1/threads/{thread}").status_code == 204
    gone = http.get(f"/v1/threads/{thread}")
    assert gone.status_code == 404 and "was deleted" in gone.json()["detail"]


def test_threads_come_in_pages_the_latest_first(server: Server) -> None:
    with called(server, server.key("read", "write", tenant="pages")) as http:
        made = [http.post("/v1/threads").json()["id"] for _ in range(5)]
        seen: list[str] = []
        cursor: str | None = None
        for _ in range(3):
            page = http.get("/v1/threads", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
            seen += [line["id"] for line in page["items"]]
            cursor = page["next"]
        assert (seen, cursor) == (made[::-1], None)


@pytest.mark.parametrize("kind", ["pdf", "markdown", "json", "letter_pdf", "letter_markdown", "letter_text"])
def test_an_article_is_taken_away_in_every_form(http: httpx.Client, reviewed: dict[str, Any], kind: str) -> None:
    for path in (f"/v1/threads/{reviewed['thread_id']}/turns/1/export", f"/v1/reviews/{reviewed['id']}/export"):
        response = http.get(path, params={"kind": kind})
        assert response.status_code == 200 and len(response.content) > 300
        assert "guideline-qa-" in response.headers["content-disposition"]


@pytest.fixture(scope="module")
def reviewed(server: Server, all_scopes: str) -> dict[str, Any]:
    """A review that is submitted and not changed by any test."""
    with called(server, all_scopes) as http:
        return submitted(http)


def submitted(http: httpx.Client) -> dict[str, Any]:
    thread = http.post("/v1/threads").json()["id"]
    say(http, thread, OPENING)
    made = http.post("/v1/reviews", json={"thread_id": thread, "turn": 1})
    assert made.status_code == 201
    found: dict[str, Any] = made.json()
    return found


def step(http: httpx.Client, review: str, **body: object) -> httpx.Response:
    return http.post(f"/v1/reviews/{review}/steps", json=body)


def test_a_person_approves_exactly_the_article_they_have_read(http: httpx.Client) -> None:
    review = submitted(http)
    early = step(http, review["id"], step="approve", reviewer="Dr. Ada Example", seen=review["content_hash"])
    assert early.status_code == 409 and "Take it up" in early.json()["detail"]
    assert step(http, review["id"], step="take_up", reviewer="Dr. Ada Example").json()["state"] == "under_review"
    other = step(http, review["id"], step="approve", reviewer="Dr. Ada Example", seen="0" * 64)
    assert other.status_code == 409
    done = step(http, review["id"], step="approve", reviewer="Dr. Ada Example", seen=review["content_hash"]).json()
    assert (done["state"], done["article"]["review"]["reviewer"]) == ("approved", "Dr. Ada Example")
    assert "approved by Dr. Ada Example" in done["article"]["disclaimer"]
    assert [event["kind"] for event in done["history"]] == ["submitted", "taken_up", "approved"]


def test_a_changed_record_takes_the_approval_back(http: httpx.Client) -> None:
    review = submitted(http)
    step(http, review["id"], step="take_up", reviewer="Dr. Ada Example")
    step(http, review["id"], step="approve", reviewer="Dr. Ada Example", seen=review["content_hash"])
    say(http, review["thread_id"], {"text": "actually relief was 60 %"})
    now = http.get(f"/v1/reviews/{review['id']}").json()
    assert (now["state"], now["revision"]) == ("submitted", 2)
    before = http.get(f"/v1/reviews/{review['id']}/revisions/1").json()
    assert before["case"] == review["article"]["case"] != now["article"]["case"]


def test_a_sentence_is_struck_a_comment_left_and_the_article_sent_back(http: httpx.Client) -> None:
    review = submitted(http)
    step(http, review["id"], step="take_up", reviewer="Dr. Ada Example")
    section = review["article"]["sections"][-1]
    struck = step(
        http,
        review["id"],
        step="strike",
        reviewer="Dr. Ada Example",
        seen=review["content_hash"],
        section=section["id"],
        sentence=1,
        reason="Not about this patient.",
    ).json()
    assert struck["revision"] == 2 and section["claims"][0] not in struck["article"]["sections"][-1]["claims"]
    step(http, review["id"], step="comment", reviewer="B. Example", comment="See my note.")
    step(http, review["id"], step="take_up", reviewer="Dr. Ada Example")
    back = step(http, review["id"], step="send_back", reviewer="Dr. Ada Example", comment="Imaging is missing.").json()
    assert (back["state"], back["history"][-1]["text"]) == ("submitted", "Imaging is missing.")


def test_a_review_needs_a_person(http: httpx.Client, reviewed: dict[str, Any]) -> None:
    refused = step(http, reviewed["id"], step="comment", comment="Anonymous.")
    assert (refused.status_code, refused.json()["where"]) == (422, "/reviewer")


def test_a_step_sent_again_under_its_key_is_taken_once(http: httpx.Client) -> None:
    review = submitted(http)
    body = {"step": "comment", "reviewer": "Dr. Ada Example", "comment": "Once."}
    headers = {"Idempotency-Key": f"comment-{review['id']}"}
    for _ in range(2):
        shown = http.post(f"/v1/reviews/{review['id']}/steps", json=body, headers=headers).json()
    assert [event["text"] for event in shown["history"] if event["kind"] == "commented"] == ["Once."]


def test_reviews_are_listed_by_state_and_thread(http: httpx.Client, reviewed: dict[str, Any]) -> None:
    of_thread = http.get("/v1/reviews", params={"thread_id": reviewed["thread_id"]}).json()["items"]
    assert [line["id"] for line in of_thread] == [reviewed["id"]]
    asked = {"thread_id": reviewed["thread_id"], "state": "approved"}
    assert http.get("/v1/reviews", params=asked).json()["items"] == []
