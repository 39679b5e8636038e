"""Two workers are one server: to who counts requests, to who measures, and to who asks."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.parser import text_string_to_metric_families as parse

from tests.app.api.conftest import NewServer
from tests.app.api.guarded import RATE, Guarded, guarded_server
from tests.app.api.proving import eventually, issue, lines_of, workers_of
from tests.app.api.servers import called

OVER = 30


@pytest.fixture(scope="module")
def guarded(new_server: NewServer) -> Guarded:
    return guarded_server(new_server)


def asked(guarded: Guarded, path: str, count: int, key: str | None = None) -> list[httpx.Response]:
    """Each over a connection of its own, some at once, and each worker gets half of them.

    Which worker takes a connection is the kernel's choice, and one may take them all: each is halted in turn.
    """
    credential = key or issue(guarded.server, "read", tenant="counted").text

    first, second = workers_of(guarded.server)[-2:]
    headers, alone = {"Authorization": f"Bearer {credential}"}, httpx.Limits(max_keepalive_connections=0)
    with (
        httpx.Client(base_url=guarded.server.url, headers=headers, timeout=120, limits=alone) as client,
        ThreadPoolExecutor(8) as pool,
    ):

        def get(number: int) -> httpx.Response:
            return client.get(path)

        with halted(first):
            responses = list(pool.map(get, range(count // 2)))
        with halted(second):
            return responses + list(pool.map(get, range(count - count // 2)))


def counted_by_each(guarded: Guarded, route: str) -> dict[int, float]:
    """Requests of a route by worker, as the workers note them in their common folder."""
    found: dict[int, float] = {}
    for file in Path(guarded.server.environment["TMPDIR"]).glob("*/metrics/counter_*.db"):
        for key, value, *_ in MmapedDict.read_all_values_from_file(str(file)):  # type: ignore[no-untyped-call]
            _, name, labels, _ = json.loads(key)
            if name == "guideline_qa_requests_total" and labels["route"] == route:
                worker = int(file.stem.removeprefix("counter_"))
                found[worker] = found.get(worker, 0) + value  # one for each class of status
    return found


def counted_by_all(response: httpx.Response, route: str) -> float:
    samples = [sample for family in parse(response.text) for sample in family.samples]
    wanted = [s for s in samples if s.name == "guideline_qa_requests_total" and s.labels["route"] == route]
    return sum(sample.value for sample in wanted)


def test_a_key_may_ask_exactly_as_often_as_the_limit_says_whoever_answers(guarded: Guarded) -> None:
    key = issue(guarded.server, "read", tenant="counted").text
    before = counted_by_each(guarded, "/v1/whoami")
    responses = asked(guarded, "/v1/whoami", RATE + OVER, key)
    assert Counter(response.status_code for response in responses) == {200: RATE, 429: OVER}
    after = counted_by_each(guarded, "/v1/whoami")
    assert [after[worker] - before.get(worker, 0) for worker in after] == [(RATE + OVER) / 2] * 2


@contextmanager
def halted(process: int) -> Iterator[None]:
    """For less than the seconds of silence after which the server would replace it."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def test_who_asked_too_often_is_told_when_to_come_again_and_others_are_served(guarded: Guarded) -> None:
    key = issue(guarded.server, "read", tenant="counted").text
    refused = asked(guarded, "/v1/whoami", RATE + 1, key)
    (last,) = [response for response in refused if response.status_code == 429]
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert last.headers["RateLimit-Policy"] == f'"requests";q={RATE};w=60'
    assert (last.headers["Content-Type"], last.json()["type"]) == (
        "application/problem+json",
        "/problems/too-many-requests",
    )
    (other,) = asked(guarded, "/v1/whoami", 1)
    assert other.status_code == 200
    assert f"r={RATE - 1};" in other.headers["RateLimit"]


def test_metrics_are_those_of_all_workers_whoever_tells_them(guarded: Guarded) -> None:
    route, before = "/v1/payers", sum(counted_by_each(guarded, "/v1/payers").values())
    assert {response.status_code for response in asked(guarded, route, 40)} == {200}
    each = counted_by_each(guarded, route)
    told = [counted_by_all(response, route) for response in asked(guarded, "/metrics", 10)]
    assert set(told) == {before + 40} == {sum(each.values())}
    assert len(each) == 2
    assert set(each) <= set(workers_of(guarded.server))


def test_all_workers_answer_from_one_index(guarded: Guarded) -> None:
    before = counted_by_each(guarded, "/readyz")
    responses = asked(guarded, "/readyz", 40)
    assert len({response.json()["index_hash"] for response in responses}) == 1
    after = counted_by_each(guarded, "/readyz")
    assert len([worker for worker in after if after[worker] > before.get(worker, 0)]) == 2
    indexes = Path(guarded.server.environment["GUIDELINE_QA_HOME"]) / "index"
    assert "embed" not in guarded.server.log, "an index that was there was built anew"
    assert indexes.is_dir()


def test_a_request_is_one_line_of_the_log_whoever_answers(guarded: Guarded) -> None:
    with called(guarded.server, issue(guarded.server, "read", tenant="counted").text) as client:
        for number in range(10):
            assert client.get("/v1/whoami", headers={"X-Request-ID": f"traced-{number}"}).status_code == 200

    def told() -> list[str]:
        """The line is written once the answer is sent."""
        lines = [line for line in lines_of(guarded.server) if line.get("message") == "request"]
        found = [str(line["request_id"]) for line in lines if str(line["request_id"]).startswith("traced-")]
        return found if len(found) >= 10 else []

    assert sorted(eventually(told, "ten lines are logged")) == [f"traced-{number}" for number in range(10)]
