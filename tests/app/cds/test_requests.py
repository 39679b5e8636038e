"""Malformed requests are told where and what, and never what they held; the rest of the wire models."""

import copy
import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from pydantic import ValidationError

from app.cds.discovery import PREFETCH, discovery, service_called
from app.cds.errors import CdsError
from app.cds.models import Feedback, Request
from rag.errors import UnknownName, UserError
from rag.knowledge.library import Knowledge
from tests.app.cds.hooks import answer, check_against_specification, example

SECRET = "Marisol-Inventado"
ORDER = "context.draftOrders.entry[0].resource"


def changed(path: str, value: object) -> dict[str, Any]:
    """The request of an example with one element replaced; the path is of names and numbers."""
    request = copy.deepcopy(example("sign-met").request)
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    holder: Any = request
    for step in way:
        holder = holder[step]
    holder[last] = value
    return request


RESOURCE = "context/draftOrders/entry/0/resource"
NOTE = "prefetch/notes/entry/0/resource"
MALFORMED = [
    ("context/draftOrders", {"resourceType": "Patient"}, "context.draftOrders.resourceType"),
    ("context/draftOrders", {"resourceType": "Bundle", "entry": {"resource": {}}}, "context.draftOrders.entry"),
    ("context/draftOrders/entry/0", SECRET, "context.draftOrders.entry[0]"),
    (RESOURCE, SECRET, ORDER),
    (f"{RESOURCE}/id", None, f"{ORDER}.id"),
    (f"{RESOURCE}/id", "a/../b", f"{ORDER}.id"),
    (f"{RESOURCE}/code", SECRET, f"{ORDER}.code"),
    (f"{RESOURCE}/code", {"coding": SECRET}, f"{ORDER}.code.coding"),
    (f"{RESOURCE}/code", {"coding": [{"code": 64483}]}, f"{ORDER}.code.coding[0].code"),
    (f"{RESOURCE}/reasonCode", {"text": SECRET}, f"{ORDER}.reasonCode"),
    (f"{RESOURCE}/occurrenceDateTime", SECRET, f"{ORDER}.occurrenceDateTime"),
    (f"{RESOURCE}/occurrenceDateTime", "2026-02-30", f"{ORDER}.occurrenceDateTime"),
    (f"{RESOURCE}/extension", [SECRET], f"{ORDER}.extension[0]"),
    (f"{RESOURCE}/doNotPerform", "yes", f"{ORDER}.doNotPerform"),
    (f"{RESOURCE}/subject", {"reference": f"Patient/{SECRET}"}, ORDER),
    ("prefetch/notes", {"entry": []}, "prefetch.notes.resourceType"),
    ("prefetch/notes/entry", SECRET, "prefetch.notes.entry"),
    (f"{NOTE}/subject", {"reference": f"Patient/{SECRET}"}, "prefetch.notes"),
    ("prefetch/patient/id", SECRET, "prefetch.patient"),
    ("prefetch/coverage/entry/0/resource/status", 1, "prefetch.coverage.status"),
    ("prefetch/coverage/entry/0/resource/payor", [SECRET], "prefetch.coverage.payor[0]"),
    ("prefetch/coverage/entry/0/resource/period", {"start": SECRET}, "prefetch.coverage.period.start"),
]


@pytest.mark.parametrize(
    ("path", "value", "place"), MALFORMED, ids=[f"{p}-{n}" for n, (p, _, _) in enumerate(MALFORMED)]
)
def test_a_malformed_resource_is_told_by_its_place(path: str, value: object, place: str, knowledge: Knowledge) -> None:
    with pytest.raises(CdsError) as told:
        answer(changed(path, value), knowledge)
    assert told.value.place == place
    assert SECRET not in str(told.value)


HOSTILE: list[object] = [
    None,
    1,
    True,
    [],
    {},
    "",
    "x" * 5000,
    [[]],
    [None],
    {"resourceType": []},
    "\ud800",
    "\x00",
    {"a": {"b": [1]}},
]


@pytest.mark.parametrize("path", [f"{RESOURCE}/code", f"{RESOURCE}/reasonCode", f"{NOTE}/content"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_nonsense_is_refused_or_read_as_nothing_but_never_breaks(
    path: str, value: object, knowledge: Knowledge
) -> None:
    try:
        response = answer(changed(path, value), knowledge)
    except (UserError, ValidationError):
        return
    check_against_specification(json.loads(response.model_dump_json()), "response")


REFUSED = [
    ("hook", "patient-view"),
    ("hookInstance", "not-a-uuid"),
    ("hookInstance", 7),
    ("context", []),
    ("context/patientId", "../../etc"),
    ("context/patientId", 12),
    ("context/userId", ""),
    ("context/encounterId", "a b"),
    ("context/draftOrders", [1]),
    ("prefetch", []),
    ("prefetch/notes", "text"),
    ("unknown", 1),
    ("fhirAuthorization", {"access_token": "t"}),
]


@pytest.mark.parametrize(("path", "value"), REFUSED, ids=[f"{p}-{n}" for n, (p, _) in enumerate(REFUSED)])
def test_a_request_of_the_wrong_types_is_refused(path: str, value: object) -> None:
    Request.model_validate(example("sign-met").request)
    with pytest.raises(ValidationError):
        Request.model_validate(changed(path, value))


@pytest.mark.parametrize("missing", ["hook", "hookInstance", "context"])
def test_a_request_without_a_required_element_is_refused(missing: str) -> None:
    request = {key: value for key, value in example("sign-met").request.items() if key != missing}
    with pytest.raises(ValidationError):
        Request.model_validate(request)


def test_order_select_without_selections_and_a_token_without_a_server_are_refused() -> None:
    select = copy.deepcopy(example("select-met").request)
    del select["context"]["selections"]
    token = copy.deepcopy(example("sign-with-authorization").request)
    del token["fhirServer"]
    for request in (select, token):
        with pytest.raises(ValidationError):
            Request.model_validate(request)


def test_a_selection_that_is_not_in_the_bundle_is_told(knowledge: Knowledge) -> None:
    request = copy.deepcopy(example("select-met").request)
    request["context"]["selections"] = ["ServiceRequest/other"]
    with pytest.raises(CdsError, match=r"context\.selections\[0\]"):
        answer(request, knowledge)


def test_extensions_and_further_elements_of_the_context_are_let_through() -> None:
    request = changed("extension", {"org.example": {"a": 1}})
    request["context"]["further"] = 1
    assert Request.model_validate(request).extension == {"org.example": {"a": 1}}


def test_neither_token_nor_records_show_in_what_python_prints_of_a_request() -> None:
    request = Request.model_validate(example("sign-with-authorization").request)
    shown = repr(request) + repr(request.fhir_authorization)
    assert "not-to-be-used" not in shown and "pat-1" not in shown


@pytest.fixture
def calls() -> Iterator[tuple[str, list[str]]]:
    """A FHIR server that is really there, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *arguments: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/fhir", asked
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_and_nothing_is_logged(
    calls: tuple[str, list[str]], knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    url, asked = calls
    request = copy.deepcopy(example("sign-with-authorization").request) | {"fhirServer": url}
    attachment = {"contentType": "text/plain", "url": f"{url}/Binary/1"}
    request["prefetch"]["notes"] = copy.deepcopy(example("sign-met").request["prefetch"]["notes"])
    request["prefetch"]["notes"]["entry"][0]["resource"]["content"] = [{"attachment": attachment}]
    with caplog.at_level(logging.DEBUG):
        detail = answer(request, knowledge).cards[0].detail
    assert asked == [] and caplog.records == []
    assert "Not read: 1 attachments" in detail


def test_discovery_is_of_the_specification_and_asks_only_by_tokens_of_the_context() -> None:
    sent = json.loads(discovery().model_dump_json())
    check_against_specification(sent, "discovery")
    assert [service["hook"] for service in sent["services"]] == ["order-select", "order-sign"]
    assert all(query.count("{{") == query.count("{{context.patientId}}") == 1 for query in PREFETCH.values())


def test_a_service_is_called_by_its_id_and_with_its_own_hook() -> None:
    request = Request.model_validate(example("sign-met").request)
    select, sign = discovery().services
    assert service_called(sign.id, request) == sign
    with pytest.raises(CdsError, match="order-select"):
        service_called(select.id, request)
    with pytest.raises(UnknownName, match=sign.id):
        service_called("nothing", request)


CARD = "9368d37b-283f-44a0-93ea-547cebab93ed"


@pytest.mark.parametrize(
    "entry",
    [
        {"outcome": "accepted", "acceptedSuggestions": [{"id": CARD}]},
        {"outcome": "overridden"},
        {"outcome": "overridden", "overrideReason": {"reason": {"code": "a", "system": "b"}, "userComment": "c"}},
    ],
)
def test_feedback_of_the_specification_is_read(entry: dict[str, Any]) -> None:
    read = Feedback.model_validate({"feedback": [entry | {"card": CARD, "outcomeTimestamp": "2026-12-11T10:05:31Z"}]})
    assert read.feedback[0].outcome == entry["outcome"]


@pytest.mark.parametrize(
    "entry",
    [
        {"outcome": "accepted"},
        {"outcome": "ignored"},
        {"outcome": "overridden", "outcomeTimestamp": "2026-12-11T10:05:31"},
        {"outcome": "overridden", "more": 1},
    ],
)
def test_other_feedback_is_refused(entry: dict[str, Any]) -> None:
    whole = {"card": CARD, "outcomeTimestamp": "2026-12-11T10:05:31Z"} | entry
    with pytest.raises(ValidationError):
        Feedback.model_validate({"feedback": [whole]})
