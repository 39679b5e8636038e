"""One process of clients, by Locust: python -m evals.bench.load_probe URL NUMBERS SECONDS FILE

The file holds ``Calls`` as JSON. Of ten requests two ask for an answer under one policy, three for determinations,
three search, and two look whether a policy has changed (by its entity tag; it has not).
"""

from __future__ import annotations

# Locust makes the standard library cooperative, and has to come before whatever uses a socket.
from locust import FastHttpUser, constant, task  # isort: skip
from locust.env import Environment  # isort: skip

import itertools
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import gevent  # type: ignore[import-untyped]

from evals.bench.api_server import KEY_VARIABLE
from evals.bench.calls import Calls
from evals.bench.load import Level, Levels

#: Of the first level's clients, uncounted: connections, and each worker's first answers.
WARMING_SECONDS = 2.0
#: Seconds after which a request that was begun counts as failed.
LONGEST = 60.0


class Measured:
    """What the clients of one level report."""

    def __init__(self) -> None:
        self.latencies: list[float] = []
        self.failures: list[str] = []

    def note(self, name: str, response_time: float, exception: Exception | None, **_: Any) -> None:
        self.latencies.append(response_time / 1000)
        if exception is not None:
            self.failures.append(f"{name}: {exception}")


def missing(part: str, text: str | None) -> str | None:
    """Why the answer is none: Locust passes over a request whose check raises."""
    try:
        found = json.loads(text or "")
    except ValueError:
        return "no JSON"
    return None if isinstance(found, dict) and part in found else f"no `{part}` in the answer"


def user_class(url: str, asked: Calls) -> type[FastHttpUser]:
    queries = itertools.cycle(asked.queries)

    class Caller(FastHttpUser):
        host = url
        wait_time = constant(0)
        connection_timeout = network_timeout = LONGEST
        default_headers = {"Authorization": f"Bearer {os.environ[KEY_VARIABLE]}"}  # noqa: RUF012  Locust's own form

        def on_start(self) -> None:
            self.tag = ""

        @task(2)
        def answer(self) -> None:
            self.sent("POST", "/v1/answers", 200, "verdict", json=asked.ask)

        @task(3)
        def decide(self) -> None:
            self.sent("POST", "/v1/determinations", 200, "determinations", json=asked.decide)

        @task(3)
        def search(self) -> None:
            self.sent("POST", "/v1/search", 200, "hits", json={"query": next(queries)})

        @task(2)
        def policy(self) -> None:
            path = f"/v1/policies/{asked.policy}"
            if self.tag:
                self.sent("GET", path, 304, None, headers={"If-None-Match": self.tag})
            else:
                self.tag = self.sent("GET", path, 200, "policy")

        def sent(self, method: str, path: str, status: int, part: str | None, **given: Any) -> str:
            """The entity tag of the answer, which needs the status and, of JSON, the part."""
            with self.client.request(method, path, catch_response=True, **given) as response:
                if response.status_code != status:
                    response.failure(f"status {response.status_code} instead of {status}")
                elif part is not None and (reason := missing(part, response.text)):
                    response.failure(reason)
                return str(response.headers.get("ETag", "")) if response.headers else ""

    return Caller


def level(caller: type[FastHttpUser], clients: int, seconds: float) -> Level:
    """Clients that begin requests for ``seconds``, and are waited for."""
    measured = Measured()
    environment = Environment(user_classes=[caller], stop_timeout=LONGEST)
    environment.events.request.add_listener(measured.note)  # type: ignore[no-untyped-call]
    runner = environment.create_local_runner()
    started = time.perf_counter()
    runner.start(clients, spawn_rate=clients)
    gevent.sleep(seconds)
    runner.quit()
    taken = time.perf_counter() - started
    reasons = tuple(dict.fromkeys(measured.failures))
    return Level(
        clients=clients,
        seconds=taken,
        latencies=tuple(measured.latencies),
        failed=len(measured.failures),
        reasons=reasons,
    )


def main(url: str, numbers: list[int], seconds: float, asked: Calls) -> None:
    caller = user_class(url, asked)
    level(caller, numbers[0], WARMING_SECONDS)
    print(Levels(levels=tuple(level(caller, number, seconds) for number in numbers)).model_dump_json())


if __name__ == "__main__":
    main(
        sys.argv[1],
        [int(text) for text in sys.argv[2].split(",")],
        float(sys.argv[3]),
        Calls.model_validate_json(Path(sys.argv[4]).read_text(encoding="utf-8")),
    )
