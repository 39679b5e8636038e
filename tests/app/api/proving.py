"""What the proofs share: keys made without a process of their own, and what a running server left behind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

import httpx

from app.access.keys import Issued, Keys
from app.access.models import Scope
from app.store.database import Clock, Database, open_database, utc_now
from tests.app.api.servers import Server, called

#: Seconds until what comes by itself has come, on a machine that has other work.
PATIENCE = 90.0
Found = TypeVar("Found")


def data_of(server: Server) -> Path:
    """The folder of what the server keeps."""
    return server.folder / "guideline-qa"


@contextmanager
def database_of(server: Server, *, clock: Clock = utc_now) -> Iterator[Database]:
    with open_database(f"sqlite:///{data_of(server) / 'guideline-qa.db'}", clock=clock) as opened:
        yield opened


def issue(
    server: Server, *scopes: str, tenant: str, expires_at: datetime | None = None, clock: Clock = utc_now
) -> Issued:
    """A key as ``guideline-qa keys create`` makes it."""
    with database_of(server, clock=clock) as database:
        return Keys(database).issue("test", tenant, [Scope(scope) for scope in scopes], expires_at)


def client_of(server: Server, *scopes: str, tenant: str) -> httpx.Client:
    """A client with a key of its own."""
    return called(server, issue(server, *scopes, tenant=tenant).text)


def eventually(look: Callable[[], Found], what: str, *, seconds: float = PATIENCE) -> Found:
    """What ``look`` finds once it finds something true."""
    deadline = monotonic() + seconds
    while not (found := look()):
        assert monotonic() < deadline, f"not within {seconds:g} seconds: {what}"
        sleep(0.05)
    return found


def lines_of(server: Server) -> list[dict[str, Any]]:
    """The lines of its log that are JSON; those before it serves are words for people."""
    return [json.loads(line) for line in server.log.splitlines() if line.startswith("{")]


def workers_of(server: Server) -> list[int]:
    """The processes that answer, by the log: those started last come last, and dead ones are among them."""
    told = (re.fullmatch(r"Started server process \[(\d+)\]", str(line.get("message"))) for line in lines_of(server))
    return [int(found[1]) for found in told if found]


def ready_upload(client: httpx.Client, location: str) -> dict[str, Any]:
    """The upload once its document is answered from."""

    def found() -> dict[str, Any] | None:
        told: dict[str, Any] = client.get(location).raise_for_status().json()
        assert told["state"] != "failed", told
        return told if told["state"] == "ready" else None

    return eventually(found, "the upload is ready") or {}
