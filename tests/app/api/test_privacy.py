"""Words of a patient stay in threads and their reviews: not in the log, the metrics, file names, or other tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from app.store.tables import metadata
from tests.app.api.conftest import NewServer
from tests.app.api.proving import client_of, data_of, database_of, eventually, lines_of
from tests.app.api.servers import ALL, Server
from tests.app.api.small import small_server

#: Two words that stand nowhere else: of an invented patient, and of whoever means harm.
PATIENT, HOSTILE = "Quackenbush", "Zanzibarov"
MAY_HOLD_THEM = {"threads", "turns", "pending", "review_revisions", "review_events"}
STRINGS = (
    f"'; DROP TABLE threads; -- {HOSTILE}",
    f"<script>alert('{HOSTILE}')</script>",
    f"../../../{HOSTILE}",
    f"%0d%0aSet-Cookie: {HOSTILE}=1",
    f'\n{{"level": "error", "message": "{HOSTILE}"}}\n',
    f"${{jndi:ldap://{HOSTILE}}} {{{{7*7}}}} %s %(name)s {HOSTILE}",
    f"\u202e{HOSTILE}\u0000",
)
NOTE = f"Ottoline {PATIENT}, born 1961, has left L5 radiculopathy. Six weeks of naproxen. " + " ".join(STRINGS)
QUESTION = f"Is 64483 medically necessary for Ottoline {PATIENT} with radiculopathy? {HOSTILE}"
#: Where a caller might put such words though they do not belong there.
HEADERS = {"User-Agent": PATIENT, "Referer": f"https://portal.example.org/{PATIENT}", "Cookie": f"name={PATIENT}"}


@dataclass(frozen=True)
class Said:
    """A request with the words in it, and the status it is to end in."""

    method: str
    path: str
    status: int
    json: Any = None
    content: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()


def hook(name: str) -> dict[str, Any]:
    patient = {"resourceType": "Patient", "id": "p", "name": [{"family": PATIENT}]}
    code = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "62321"}], "text": HOSTILE}
    order: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "id": "order-1",
        "status": "draft",
        "intent": "order",
        "code": code,
    }
    order |= {"subject": {"reference": "Patient/p", "display": PATIENT}, "note": [{"text": NOTE}]}
    orders = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": order}]}
    context = {"userId": "Practitioner/x", "patientId": "p", "draftOrders": orders}
    return {"hook": name, "hookInstance": INSTANCE, "context": context, "prefetch": {"patient": patient}}


INSTANCE = "3f8e1a52-6c0d-4f5b-9a57-2d1c64b0e7a9"
REPLY = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [{"linkId": PATIENT}]}
SAID = (
    Said("POST", "/v1/answers", 200, {"question": QUESTION}),
    Said("POST", "/v1/answers", 200, {"question": QUESTION}, headers=(("Accept", "text/event-stream"),)),
    Said("POST", "/v1/answers", 406, {"question": QUESTION}, headers=(("Accept", f"text/{PATIENT}"),)),
    Said("POST", "/v1/answers", 422, {"question": QUESTION, "payer": PATIENT}),
    Said("POST", "/v1/answers", 400, {"question": QUESTION, PATIENT: HOSTILE}),
    Said("POST", "/v1/answers", 400, content=f'{{"question": "{PATIENT}" {HOSTILE}'.encode()),
    Said("POST", "/v1/answers", 415, content=PATIENT.encode(), headers=(("Content-Type", f"text/{PATIENT}"),)),
    Said("POST", "/v1/cases", 200, {"text": NOTE}),
    Said("POST", "/v1/determinations", 422, {"facts": {PATIENT: HOSTILE}}),
    Said("POST", "/v1/determinations", 422, {"facts": {"prior_injection.relief": PATIENT}}),
    Said("POST", "/v1/determinations/batch", 200, {"requests": [{"id": PATIENT, "facts": {PATIENT: HOSTILE}}]}),
    Said("POST", "/v1/search", 200, {"query": NOTE}),
    Said("POST", "/v1/search", 422, {"query": NOTE, "kind": [PATIENT]}),
    Said("POST", "/v1/questionnaires", 422, {"policy": PATIENT, "facts": {}}),
    Said("POST", "/v1/questionnaire-responses", 422, REPLY),
    Said("POST", "/cds-services/coverage-criteria-order-sign/feedback", 400, {"feedback": [{"card": PATIENT}]}),
    Said("POST", "/cds-services/coverage-criteria-order-sign", 200, hook("order-sign")),
    Said("POST", f"/cds-services/{PATIENT}", 404, hook("order-sign")),
    Said("GET", f"/v1/policies?payer={PATIENT}", 200),
    Said("GET", f"/v1/policies/{PATIENT}", 404),
    Said("GET", f"/v1/documents/{PATIENT}", 404),
    Said("GET", f"/v1/threads/{PATIENT}", 404),
    Said("GET", f"/v1/threads?cursor={PATIENT}", 422),
    Said("GET", f"/v1/threads/{PATIENT}/turns/{HOSTILE}", 400),
    Said("GET", f"/v1/reviews?state={PATIENT}", 400),
    Said("GET", f"/v1/documents/uploads/{PATIENT}", 404),
    Said("DELETE", f"/v1/threads/{PATIENT}", 404),
    Said("DELETE", f"/v1/documents/{PATIENT}", 404),
    Said("GET", f"/{PATIENT}/{HOSTILE}?name={PATIENT}", 404),
    Said("PUT", f"/v1/threads/{PATIENT}", 405),
    Said("POST", "/v1/threads", 201, headers=(("Idempotency-Key", f"{PATIENT}-{HOSTILE}"),)),
    Said("POST", "/v1/threads", 400, headers=(("Idempotency-Key", f"{PATIENT} {HOSTILE}"),)),
)


@pytest.fixture(scope="module")
def small(new_server: NewServer) -> Server:
    return small_server(new_server)


@pytest.fixture(scope="module")
def client(small: Server) -> Iterator[httpx.Client]:
    with client_of(small, *ALL, tenant="private") as opened:
        opened.headers.update(HEADERS)
        yield opened


@pytest.fixture(scope="module")
def thread_id(client: httpx.Client) -> str:
    """Of a thread and its review that are full of the words."""
    made: str = client.post("/v1/threads").json()["id"]
    thread = f"/v1/threads/{made}"
    policy = client.get("/v1/policies?limit=1").json()["items"][0]["id"]
    message = {"note": NOTE, "facts": {"prior_injection.relief": "40 %"}, "selection": {"policy": policy}}
    key = {"Idempotency-Key": f"{HOSTILE}-{PATIENT}"}
    said = client.post(f"{thread}/messages", json=message, headers=key)
    assert said.status_code == 201, said.text
    assert PATIENT in said.text
    assert client.patch(thread, json={"title": NOTE[:400]}).status_code == 204
    assert client.post(f"{thread}/messages", json=message, headers={"If-Match": f'"{PATIENT}"'}).status_code == 412
    assert client.post(f"{thread}/messages", json=message | {"text": "Other."}, headers=key).status_code == 422
    reviewed(client, made)
    return made


def reviewed(client: httpx.Client, thread_id: str) -> None:
    submitted = client.post("/v1/reviews", json={"thread_id": thread_id, "turn": 1})
    assert submitted.status_code == 201, submitted.text
    review = f"/v1/reviews/{submitted.json()['id']}"
    steps: list[tuple[dict[str, str], int]] = [
        ({"step": "take_up", "reviewer": f"Dr {HOSTILE}"}, 200),
        ({"step": "comment", "reviewer": f"Dr {HOSTILE}", "comment": NOTE}, 200),
        ({"step": "approve", "reviewer": f"Dr {HOSTILE}", "seen": PATIENT}, 409),
        ({"step": PATIENT, "reviewer": f"Dr {HOSTILE}"}, 400),
    ]
    for step, status in steps:
        done = client.post(f"{review}/steps", json=step)
        assert done.status_code == status, done.text
    for export in (f"{review}/export?kind=pdf", f"/v1/threads/{thread_id}/turns/1/export?kind=markdown"):
        exported = client.get(export)
        assert exported.status_code == 200
        assert PATIENT not in exported.headers["Content-Disposition"]


@pytest.fixture(scope="module")
def spoken(client: httpx.Client, thread_id: str, small: Server) -> dict[str, int]:
    """All that is said, with the statuses it ended in; a fault of the server among it."""
    found = {}
    for number, said in enumerate(SAID):
        headers = dict(said.headers) | ({"Content-Type": "application/json"} if said.content else {})
        headers |= dict(said.headers)
        sent = client.request(said.method, said.path, json=said.json, content=said.content, headers=headers)
        found[f"{number} {said.method} {said.path}"] = sent.status_code
    bad = client.post("/v1/documents", files={"files": ("document.md", NOTE.encode())})
    eventually(lambda: client.get(bad.headers["Location"]).json()["state"] == "failed", "the upload is refused")
    with spoilt(small, thread_id):
        found["a fault"] = client.get(f"/v1/threads/{thread_id}").status_code
    return found


@contextmanager
def spoilt(server: Server, thread_id: str) -> Iterator[None]:
    """While it is open, the thread's turn is stored in a shape that no version of the program wrote."""
    with database_of(server) as database, database.reading() as connection:
        query = text("SELECT body FROM turns WHERE thread_id = :thread AND number = 1")
        body = connection.execute(query, {"thread": thread_id}).scalar_one()
    write_turn(server, thread_id, f'{{"{PATIENT}": "{HOSTILE}"}}')
    yield
    write_turn(server, thread_id, body)


def write_turn(server: Server, thread_id: str, body: str) -> None:
    change = text("UPDATE turns SET body = :body WHERE thread_id = :thread AND number = 1")
    with database_of(server) as database, database.writing() as connection:
        connection.execute(change, {"body": body, "thread": thread_id})


def holds_them(content: str | bytes) -> bool:
    """In whatever case and spelling a program might repeat them."""
    found = content.encode() if isinstance(content, str) else content
    lowered = found.lower()
    return PATIENT.lower().encode() in lowered or HOSTILE.lower().encode() in lowered


def test_each_request_ended_as_it_was_to(spoken: dict[str, int]) -> None:
    wanted = {f"{number} {said.method} {said.path}": said.status for number, said in enumerate(SAID)}
    assert spoken == wanted | {"a fault": spoken["a fault"]}
    assert spoken["a fault"] in (500, 503)


def test_the_log_holds_none_of_the_words(spoken: dict[str, int], small: Server) -> None:
    lines = lines_of(small)
    assert len([line for line in lines if line.get("tenant") == "private"]) > len(SAID)
    assert [line for line in lines if line.get("level") == "error"], "the fault left a line"
    assert not holds_them(small.log)


def test_the_metrics_hold_none_of_the_words(spoken: dict[str, int], client: httpx.Client) -> None:
    assert not holds_them(client.get("/metrics").text)


def test_a_fault_tells_its_caller_none_of_the_words(client: httpx.Client, thread_id: str, small: Server) -> None:
    with spoilt(small, thread_id):
        assert not holds_them(client.get(f"/v1/threads/{thread_id}").text)


def test_no_file_but_the_database_holds_the_words_and_no_name_does(spoken: dict[str, int], small: Server) -> None:
    files = [path for path in small.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if holds_them(str(path.relative_to(small.folder)))]
    others = [path for path in files if not path.name.startswith("guideline-qa.db")]
    assert others
    assert not [path for path in others if holds_them(path.read_bytes())]


def test_of_the_tables_only_those_of_threads_and_reviews_hold_them(spoken: dict[str, int], small: Server) -> None:
    with database_of(small) as database, database.reading() as connection:
        rows = {table.name: words_of(connection.execute(select(table)).all()) for table in metadata.sorted_tables}
    assert {"receipts", "api_keys", "audit", "uploads", "upload_files"} <= rows.keys()
    found = {name for name, content in rows.items() if holds_them(content)}
    assert {"turns", "review_revisions", "review_events"} <= found <= MAY_HOLD_THEM


def words_of(rows: Iterable[Iterable[object]]) -> str:
    """All of them; a row as SQLAlchemy prints it leaves out the middle of what is long."""
    return str([tuple(row) for row in rows])


def test_after_its_deletion_no_byte_of_a_thread_is_left(
    spoken: dict[str, int], client: httpx.Client, thread_id: str, small: Server
) -> None:
    assert holds_them(database_bytes(small))
    assert client.delete(f"/v1/threads/{thread_id}").status_code == 204
    assert not holds_them(database_bytes(small))


def database_bytes(server: Server) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(data_of(server).glob("guideline-qa.db*")))
