"""``/v1/answers``, ``cases``, ``determinations`` and ``search``: what the command line gives, over HTTP."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from httpx_sse import EventSource

from rag.article.models import Answer
from tests.app.conftest import Run

QUESTION = "Is 62321 medically necessary for radiculopathy (M54.12) after a cervical ESI with minimal relief?"
BODY = {"question": QUESTION, "policy": "carelon-esi", "on": "2026-11-22"}
FACTS = {"procedure.code": ["62321"], "prior_injection.given": True, "prior_injection.relief": "40 %"}


def without_time(text: str) -> Any:
    found = json.loads(text)
    found.pop("last_updated")
    return found


@pytest.fixture(scope="module")
def printed(run: Run, ready: None) -> str:
    return run("ask", "--format", "json", "--policy", "carelon-esi", "--date", "2026-11-22", QUESTION).out


def test_json_is_the_answer_the_command_line_prints(http: httpx.Client, printed: str) -> None:
    response = http.post("/v1/answers", json=BODY)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert without_time(response.text) == without_time(printed)


def test_markdown_and_pdf_come_by_accept(http: httpx.Client, run: Run, printed: str) -> None:
    markdown = http.post("/v1/answers", json=BODY, headers={"Accept": "text/markdown"})
    shown = run("ask", "--format", "markdown", "--policy", "carelon-esi", "--date", "2026-11-22", QUESTION).out
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert markdown.text.splitlines()[:20] == shown.splitlines()[:20]
    pdf = http.post("/v1/answers", json=BODY, headers={"Accept": "application/pdf"})
    assert pdf.content.startswith(b"%PDF-")
    assert QUESTION not in pdf.headers["content-disposition"]


def test_events_bring_each_section_then_the_same_answer(http: httpx.Client, printed: str) -> None:
    with http.stream("POST", "/v1/answers", json=BODY, headers={"Accept": "text/event-stream"}) as response:
        events = list(EventSource(response).iter_sse())
    *sections, answer, done = events
    assert [event.event for event in sections] == ["section"] * len(sections)
    assert (answer.event, done.event) == ("answer", "done")
    assert without_time(answer.data) == without_time(printed)
    written = Answer.model_validate_json(answer.data).sections
    assert [json.loads(event.data)["section"]["id"] for event in sections] == [section.id for section in written]


def test_a_stream_that_cannot_be_answered_ends_in_a_problem(http: httpx.Client) -> None:
    body = BODY | {"policy": "no-such-policy"}
    with http.stream("POST", "/v1/answers", json=body, headers={"Accept": "text/event-stream"}) as response:
        events = list(EventSource(response).iter_sse())
    assert [event.event for event in events] == ["problem"]
    assert json.loads(events[0].data)["status"] == 422


def test_facts_beside_the_question_count(http: httpx.Client) -> None:
    answer = http.post("/v1/answers", json=BODY | {"facts": {"imaging.concordant": True}}).json()
    assert {"id": "imaging.concordant", "source": "facts"}.items() <= answer["case"]["facts"][-1].items()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"payer": "nobody"}, "no payer 'nobody'"),
        ({"policy": "nothing"}, "no policy 'nothing'"),
        ({"state": "ZZ"}, "no state 'ZZ'"),
        ({"facts": {"prior_injection.relif": "40 %"}}, "Did you mean prior_injection.relief"),
        ({"facts": {"prior_injection.relief": "a lot"}}, "prior_injection.relief"),
    ],
)
def test_what_cannot_be_used_is_told_by_name(http: httpx.Client, change: dict[str, Any], said: str) -> None:
    response = http.post("/v1/answers", json=BODY | change)
    assert response.status_code == 422
    assert said in response.json()["detail"]


def test_a_case_has_its_facts_and_its_conflicts(http: httpx.Client, run: Run) -> None:
    text = "C7-T1 ILESI 6 weeks ago gave 60 % relief. The relief was 20 %."
    found = http.post("/v1/cases", json={"text": text}).json()
    assert found["case"] == json.loads(run("read", "--format", "json", text).out)
    assert [conflict["fact"] for conflict in found["conflicts"]] == ["prior_injection.relief"]


def test_a_determination_is_the_one_the_command_line_prints(http: httpx.Client, run: Run) -> None:
    body = {"facts": FACTS, "payer": "Carelon", "on": "2026-11-22"}
    found = http.post("/v1/determinations", json=body).json()["determinations"]
    arguments = ("--facts", "-", "--payer", "Carelon", "--date", "2026-11-22", "--format", "json")
    assert found == json.loads(run("decide", *arguments, stdin=json.dumps(FACTS)).out)


def test_many_cases_are_decided_in_order_and_one_that_cannot_be_spoils_none(http: httpx.Client) -> None:
    wanted: dict[str, Any] = {"policy": "carelon-esi", "on": "2026-11-22"}
    requests = [{"id": "a", "facts": FACTS, **wanted}, {"id": "b", "facts": {"no.fact": 1}, **wanted}]
    requests.append({"id": "a", "facts": {}, **wanted})
    results = http.post("/v1/determinations/batch", json={"requests": requests}).json()["results"]
    assert [result["id"] for result in results] == ["a", "b", "a"]
    single = http.post("/v1/determinations", json={"facts": FACTS, **wanted}).json()["determinations"]
    assert results[0]["determinations"] == single
    assert results[1]["determinations"] is None
    assert results[1]["problem"]["status"] == 422
    assert results[2]["determinations"][0]["status"] == "needs_documentation"


def test_a_search_finds_what_the_command_line_finds(http: httpx.Client, run: Run) -> None:
    body = {"query": "particulate steroid", "kind": ["safety"], "k": 3}
    hits = http.post("/v1/search", json=body).json()["hits"]
    printed = run("search", "--kind", "safety", "--k", "3", "--format", "json", "particulate steroid").out
    assert hits == json.loads(printed)
    assert http.post("/v1/search", json={"query": "tomorrow's weather in Cleveland"}).json()["hits"] == []


def test_a_filter_that_is_not_known_is_told(http: httpx.Client) -> None:
    response = http.post("/v1/search", json={"query": "steroid", "kind": ["gossip"]})
    assert response.status_code == 422
    assert "There is no kind `gossip`" in response.json()["detail"]
