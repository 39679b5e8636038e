"""Documents come and go and the corpus is edited while two workers answer; no request fails or mixes two states."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.documents import Document, corpus_hash, load_documents
from tests.app.added_documents import NOTICE, document
from tests.app.api.conftest import NewServer
from tests.app.api.proving import client_of, eventually, issue, ready_upload
from tests.app.api.servers import ALL, Server, called
from tests.app.desks.corpora import few_documents, revise, the_policy
from tests.app.desks.test_switching import assert_stands_in

ADDED = "meadow-notice"
#: Connections that have to agree before both workers count as switched; by chance one alone would take all but rarely.
MANY = 24


@dataclass
class Asking:
    """One tenant that asks again and again, each time over a connection of its own."""

    server: Server
    key: str
    question: dict[str, Any]
    responses: list[httpx.Response] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> httpx.Response:
        with called(self.server, self.key) as client:
            return client.post("/v1/answers", json=self.question)

    def go_on(self) -> None:
        while not self.stopping.is_set():
            self.responses.append(self.ask())


@contextmanager
def asking(server: Server, question: dict[str, Any], *tenants: str) -> Iterator[list[Asking]]:
    askings = [Asking(server, issue(server, "read", tenant=tenant).text, question) for tenant in tenants]
    with ThreadPoolExecutor(len(askings)) as pool:
        running = [pool.submit(one.go_on) for one in askings]
        try:
            yield askings
        finally:
            for one in askings:
                one.stopping.set()
    for done in running:
        done.result()


def hash_of(response: httpx.Response) -> str:
    return str(response.json()["provenance"]["corpus_hash"])


def everywhere(ask: Callable[[], httpx.Response], wanted: Callable[[httpx.Response], bool]) -> None:
    """Wait until so many connections in a row get what is wanted."""
    eventually(lambda: all(wanted(ask()) for _ in range(MANY)), "all workers are switched")


@dataclass(frozen=True)
class Switched:
    """``before`` and ``after`` are the corpora by hash, ``asked`` the answers of two tenants while they changed."""

    server: Server
    corpora: dict[str, dict[str, Document]]
    hashes: tuple[str, str]
    asked: dict[str, list[httpx.Response]]
    code: int


@pytest.fixture(scope="module")
def switched(new_server: NewServer, tmp_path_factory: pytest.TempPathFactory) -> Switched:
    corpus = few_documents(tmp_path_factory.mktemp("corpus") / "corpus")
    before, corpora = corpus_hash(corpus), {corpus_hash(corpus): dict(load_documents(corpus))}
    server = new_server()
    server.start("--workers", "2", "--corpus", str(corpus))
    question = {"question": "Is it necessary?", "policy": the_policy(corpus), "on": "2026-06-01"}
    with asking(server, question, "north", "south") as askings, client_of(server, *ALL, tenant="north") as north:
        files = {"files": ("document.md", document(ADDED, NOTICE, kind="safety"))}
        ready_upload(north, north.post("/v1/documents", files=files).headers["Location"])
        everywhere(askings[0].ask, lambda response: hash_of(response) != before)
        assert north.delete(f"/v1/documents/{ADDED}").status_code == 204
        everywhere(askings[0].ask, lambda response: hash_of(response) == before)
        revise(corpus, "Revised while it was answered from.")
        corpora[corpus_hash(corpus)] = dict(load_documents(corpus))
        ingest(server, corpus)
        for one in askings:
            everywhere(one.ask, lambda response: hash_of(response) == corpus_hash(corpus))
    asked = {name: one.responses for name, one in zip(("north", "south"), askings, strict=True)}
    return Switched(server, corpora, (before, corpus_hash(corpus)), asked, server.stop())


def ingest(server: Server, corpus: Path) -> None:
    command = [*server.command, "ingest", "--corpus", str(corpus)]
    subprocess.run(command, env=server.environment, cwd=server.folder, capture_output=True, check=True)


def test_no_request_failed(switched: Switched) -> None:
    for responses in switched.asked.values():
        assert {response.status_code for response in responses} == {200}
        assert len(responses) > MANY


def test_who_added_nothing_is_answered_from_the_one_corpus_then_from_the_other(switched: Switched) -> None:
    """Workers switch one after the other, so between the two there may be a moment of both."""
    hashes = [hash_of(response) for response in switched.asked["south"]]
    assert set(hashes) == set(switched.hashes)
    assert (hashes[0], hashes[-1]) == switched.hashes


def test_who_added_a_document_is_answered_from_it_as_long_as_it_is_there(switched: Switched) -> None:
    hashes = list(dict.fromkeys(hash_of(response) for response in switched.asked["north"]))
    assert len(hashes) == 3
    assert (hashes[0], hashes[-1]) == switched.hashes


def test_each_answer_quotes_the_corpus_it_names(switched: Switched) -> None:
    for response in switched.asked["south"]:
        found = response.json()
        references = [(r["document_id"], r["anchor"], r["start"], r["end"], r["quote"]) for r in found["references"]]
        line = json.dumps({"corpus": hash_of(response), "references": references})
        assert_stands_in(line, switched.corpora)


def test_it_stops_in_good_order(switched: Switched) -> None:
    assert switched.code == 0
    assert "Traceback" not in switched.server.log
    assert '"level": "error"' not in switched.server.log
