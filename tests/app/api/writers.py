"""Clients that write without a pause and send again what was not acknowledged, until it is."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import sleep
from typing import Any

import httpx

from tests.app.api.servers import Server, called

#: Seconds between two attempts while nobody listens.
PAUSE = 0.1


@dataclass(frozen=True)
class Acknowledged:
    """A write that was answered with a 2xx: what was sent, and what came back."""

    path: str
    key: str
    body: Mapping[str, Any]
    status: int
    answer: Mapping[str, Any]


@dataclass
class Writers:
    """``units``: of each thread its writes in order: begun, said, submitted, taken up, commented."""

    server: Server
    credential: str
    message: Mapping[str, Any]
    units: list[list[Acknowledged]] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    broken: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def acknowledged(self) -> int:
        return sum(len(unit) for unit in list(self.units))

    def write(self) -> None:
        """Of one thread of clients; a unit that was begun is finished, however often it is broken off."""
        while not self.stopping.is_set():
            unit: list[Acknowledged] = []
            self.units.append(unit)
            thread_id = self._sent(unit, "/v1/threads", {})["id"]
            self._sent(unit, f"/v1/threads/{thread_id}/messages", self.message)
            review_id = self._sent(unit, "/v1/reviews", {"thread_id": thread_id, "turn": 1})["id"]
            steps = f"/v1/reviews/{review_id}/steps"
            self._sent(unit, steps, {"step": "take_up", "reviewer": "Dr Example"})
            self._sent(unit, steps, {"step": "comment", "reviewer": "Dr Example", "comment": f"Of {thread_id}."})

    def _sent(self, unit: list[Acknowledged], path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        key = str(uuid.uuid4())
        while True:
            try:
                response = self.send(path, key, body)
            except httpx.TransportError:
                self.broken += 1
                sleep(PAUSE)
                continue
            if not response.is_success:
                self.unexpected.append(f"{path}: {response.status_code} {response.text}")
                response.raise_for_status()
            unit.append(Acknowledged(path, key, body, response.status_code, response.json()))
            return unit[-1].answer

    def send(self, path: str, key: str, body: Mapping[str, Any]) -> httpx.Response:
        """Over a connection of its own, so that any worker may get it."""
        with called(self.server, self.credential) as client:
            return client.post(path, json=body or None, headers={"Idempotency-Key": key})


@contextmanager
def writing(writers: Writers, *, clients: int) -> Iterator[None]:
    """While it is open, so many clients write; after it all that they began is finished."""
    threads = [threading.Thread(target=writers.write, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        writers.stopping.set()
        for thread in threads:
            thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
