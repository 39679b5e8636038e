"""Workers and the whole server are killed in the middle of writes; nothing that was acknowledged is lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.app.added_documents import NOTICE, document
from tests.app.api.conftest import NewServer
from tests.app.api.proving import eventually, issue, ready_upload, workers_of
from tests.app.api.servers import ALL, Server, called
from tests.app.api.small import small_corpus
from tests.app.api.writers import Acknowledged, Writers, writing
from tests.app.desks.corpora import the_policy

CLIENTS = 4
#: Writes that are acknowledged before and between two kills.
SOME = 40
STEPS = ["submitted", "taken_up", "commented"]


@dataclass(frozen=True)
class Crashed:
    """What was seen of a server that was killed three times, and runs again."""

    server: Server
    writers: Writers
    credential: str
    uploads: tuple[str, ...]
    survivors: int


def ends(process: int) -> bool:
    """Whether it no longer runs; one that waits for its parent to take note of its end does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def more(writers: Writers, count: int = SOME) -> None:
    """Wait until so many further writes are acknowledged."""
    wanted = writers.acknowledged + count
    eventually(lambda: writers.acknowledged >= wanted or writers.unexpected, "the writes go on")
    assert writers.unexpected == []


def kill_a_worker(server: Server, writers: Writers) -> None:
    """Another takes its place, and the service goes on."""
    before = workers_of(server)
    os.kill(before[-1], signal.SIGKILL)
    more(writers)
    eventually(lambda: len(workers_of(server)) == len(before) + 1, "another worker is started")


def kill_the_parent(server: Server) -> int:
    """Its workers end by themselves and leave the port; how many they were."""
    workers = [process for process in workers_of(server) if not ends(process)]
    server.kill()
    eventually(lambda: all(ends(process) for process in workers), "the workers end")
    eventually(lambda: port_is_free(server.port), "the port is free")
    return len(workers)


def upload(server: Server, credential: str, name: str) -> str:
    with called(server, credential) as client:
        files = {"files": ("document.md", document(name, NOTICE, kind="safety"))}
        sent = client.post("/v1/documents", files=files, headers={"Idempotency-Key": name})
        assert sent.status_code == 202, sent.text
        return sent.headers["Location"]


@pytest.fixture(scope="module")
def crashed(new_server: NewServer) -> Iterator[Crashed]:
    corpus = small_corpus()
    server, one_worker = new_server(), ("--corpus", str(corpus))
    server.start(*one_worker, "--workers", "2")
    credential = issue(server, *ALL, tenant="north").text
    writers = Writers(server, credential, message_under(the_policy(corpus)))
    with writing(writers, clients=CLIENTS):
        more(writers)
        kill_a_worker(server, writers)
        survivors = kill_the_parent(server)
        server.start(*one_worker)
        more(writers)
        uploads = tuple(upload(server, credential, f"meadow-notice-{number}") for number in range(2))
        server.kill()
        server.start(*one_worker)
    yield Crashed(server, writers, credential, uploads, survivors)


def message_under(policy: str) -> dict[str, Any]:
    facts = {"pain.duration": "8 weeks", "prior_injection.relief": "40 %"}
    return {"facts": facts, "selection": {"policy": policy, "on": "2026-06-01"}}


@pytest.fixture
def client(crashed: Crashed) -> Iterator[httpx.Client]:
    with called(crashed.server, crashed.credential) as opened:
        yield opened


def test_there_were_writes_under_way_and_none_was_refused(crashed: Crashed) -> None:
    assert crashed.writers.unexpected == []
    assert crashed.writers.broken > 0
    assert crashed.survivors == 2
    assert len(crashed.writers.units) > CLIENTS
    assert {len(unit) for unit in crashed.writers.units} == {5}


def test_every_acknowledged_thread_is_there_once_and_no_other(crashed: Crashed, client: httpx.Client) -> None:
    found, cursor = [], None
    while True:
        page = client.get("/v1/threads", params={"limit": 200} | ({"cursor": cursor} if cursor else {})).json()
        found += [line["id"] for line in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(found) == sorted(unit[0].answer["id"] for unit in crashed.writers.units)


def test_every_acknowledged_turn_is_there_as_it_was_answered(crashed: Crashed, client: httpx.Client) -> None:
    for begun, said, *_ in crashed.writers.units:
        thread = client.get(f"/v1/threads/{begun.answer['id']}").json()
        assert thread["turns"] == [said.answer]


def test_every_acknowledged_step_of_a_review_is_there_once(crashed: Crashed, client: httpx.Client) -> None:
    for *_, submitted, taken_up, commented in crashed.writers.units:
        review = client.get(f"/v1/reviews/{submitted.answer['id']}").raise_for_status().json()
        assert [event["kind"] for event in review["history"]] == STEPS
        for count, acknowledged in enumerate((submitted, taken_up, commented), 1):
            assert acknowledged.answer["history"] == review["history"][:count]
        assert review["article"]["sections"] == submitted.answer["article"]["sections"]
        assert review["content_hash"] == submitted.answer["content_hash"]


def test_a_write_sent_again_is_not_done_again(crashed: Crashed, client: httpx.Client) -> None:
    unit = crashed.writers.units[0]
    for write in unit:
        again = crashed.writers.send(write.path, write.key, write.body)
        assert (again.status_code, again.headers["Idempotency-Replayed"]) == (write.status, "true")
        assert same(write, again.json())
    review = client.get(f"/v1/reviews/{unit[2].answer['id']}").json()
    assert [event["kind"] for event in review["history"]] == STEPS


def same(write: Acknowledged, again: dict[str, Any]) -> bool:
    """A turn is answered as it was; a thread and a review as they stand now."""
    if write.path.endswith("/messages"):
        return again == write.answer
    return bool(again["id"] == write.answer["id"])


def test_what_was_uploaded_before_the_kill_becomes_a_document_after_it(crashed: Crashed, client: httpx.Client) -> None:
    ready = [ready_upload(client, location)["document_id"] for location in crashed.uploads]
    assert ready == ["meadow-notice-0", "meadow-notice-1"]
    again = upload(crashed.server, crashed.credential, "meadow-notice-0")
    assert again == crashed.uploads[0]
    assert len(client.get("/v1/documents/uploads").json()["items"]) == 2


def test_the_audit_trail_is_whole(crashed: Crashed) -> None:
    server = crashed.server
    command = [*server.command, "audit", "verify", "--format", "json"]
    told = subprocess.run(command, env=server.environment, cwd=server.folder, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    assert (report["broken"], report["contents"]) == (None, [])
    assert report["checked"] >= 4 * len(crashed.writers.units)  # a turn and three events of each


def test_no_line_of_the_log_tells_of_a_fault(crashed: Crashed) -> None:
    assert "Traceback" not in crashed.server.log
    assert '"level": "error"' not in crashed.server.log
