"""The line of log and the figures of a request, through routers, mounts and streams."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Request
from prometheus_client.parser import text_string_to_metric_families as parse
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.testclient import TestClient

from app.access.models import Principal
from app.api.logs import PlainFormatter
from app.api.metrics import Metrics
from app.api.middleware.access_log import AccessLog
from app.api.middleware.measured import Measured
from app.api.middleware.request_id import RequestId
from tests.app.api.middleware.served import connected, request, served

SECRET = "Maria-Lopez"


def _app(metrics: Metrics) -> FastAPI:
    app, inner = FastAPI(), APIRouter(prefix="/threads")

    @inner.get("/{name}")
    def thread(name: str, request: Request) -> str:
        request.state.principal = Principal(id="key:0123456789ab", tenant="clinic-a", scopes=frozenset())
        return "four"

    @inner.post("/{name}/fails")
    def fails(name: str) -> str:
        raise ValueError(name)

    @inner.get("/{name}/endless")
    async def endless(name: str) -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            while True:
                yield b"part"
                await asyncio.sleep(0.01)

        return StreamingResponse(parts())

    outer = APIRouter(prefix="/v1")
    outer.include_router(inner)
    app.include_router(outer)
    app.mount("/assets", PlainTextResponse("asset"))
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(AccessLog)
    app.add_middleware(RequestId)
    return app


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def client(metrics: Metrics) -> TestClient:
    return TestClient(_app(metrics), raise_server_exceptions=False)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """Filled at the time it is read, as the log would print it."""
    caplog.set_level(logging.INFO, logger="app.api.access")

    class Lines(list[dict[str, Any]]):
        def __iter__(self) -> Iterator[dict[str, Any]]:
            records = (record for record in caplog.records if record.name == "app.api.access")
            return (json.loads(PlainFormatter().format(record)) for record in records)

    yield Lines()


@pytest.mark.parametrize(
    ("method", "path", "route", "status", "size"),
    [
        ("GET", f"/v1/threads/{SECRET}", "/v1/threads/{name}", 200, 6),
        ("DELETE", f"/v1/threads/{SECRET}", "/v1/threads/{name}", 405, None),
        ("POST", f"/v1/threads/{SECRET}/fails", "/v1/threads/{name}/fails", 500, None),
        ("GET", f"/assets/{SECRET}", "/assets/*", 200, 5),
        ("GET", f"/{SECRET}", "unmatched", 404, None),
        ("GET", f"/v1/{SECRET}/threads", "unmatched", 404, None),
        ("GET", "/docs", "/docs", 200, None),
    ],
)
def test_a_request_is_told_by_its_template(
    client: TestClient, lines: list[dict[str, Any]], method: str, path: str, route: str, status: int, size: int | None
) -> None:
    client.request(method, f"{path}?q={SECRET}", headers={"X-Request-ID": "r-1", "User-Agent": SECRET})
    (line,) = lines
    assert (line["method"], line["route"], line["status"]) == (method, route, status)
    assert (line["message"], line["request_id"], line["level"]) == ("request", "r-1", "info")
    assert size is None or line["bytes"] == size
    assert 0 <= line["milliseconds"] < 5_000
    assert SECRET not in json.dumps(line)
    assert line.keys() == {
        *("at", "level", "logger", "message", "request_id", "method", "route", "status"),
        *("milliseconds", "bytes", "principal", "tenant"),
    }


def test_who_asked_is_told_by_the_key_and_its_tenant(client: TestClient, lines: list[dict[str, Any]]) -> None:
    client.get("/v1/threads/a")
    client.get("/nowhere")
    assert [(line["principal"], line["tenant"]) for line in lines] == [("key:0123456789ab", "clinic-a"), (None, None)]


def test_an_invented_method_is_another(client: TestClient, lines: list[dict[str, Any]], metrics: Metrics) -> None:
    client.request(SECRET.upper(), "/v1/threads/a")
    assert [line["method"] for line in lines] == ["OTHER"]
    assert SECRET.upper() not in metrics.body()[0].decode()


def test_the_figures_have_the_same_labels(client: TestClient, metrics: Metrics) -> None:
    for path in (f"/v1/threads/{SECRET}", f"/{SECRET}"):
        client.get(path)
    client.post(f"/v1/threads/{SECRET}/fails")
    text = metrics.body()[0].decode()
    counted = {
        tuple(sample.labels.values()): sample.value
        for family in parse(text)
        for sample in family.samples
        if sample.name == "guideline_qa_requests_total"
    }
    assert counted == {
        ("GET", "/v1/threads/{name}", "2xx"): 1,
        ("GET", "unmatched", "4xx"): 1,
        ("POST", "/v1/threads/{name}/fails", "5xx"): 1,
    }
    assert "guideline_qa_requests_at_work 0.0" in text
    assert SECRET not in text


def test_a_reader_who_leaves_a_stream_is_noticed_and_the_request_ends(
    metrics: Metrics, lines: list[dict[str, Any]]
) -> None:
    with served(_app(metrics)) as port:
        with connected(port) as connection:
            connection.sendall(request("GET", "/v1/threads/a/endless"))
            assert b"part" in connection.recv(1_000) + connection.recv(1_000)
            assert "guideline_qa_requests_at_work 1.0" in metrics.body()[0].decode()
        ends = time.monotonic() + 5
        while not list(lines) and time.monotonic() < ends:
            time.sleep(0.01)
    (line,) = lines
    assert (line["route"], line["status"]) == ("/v1/threads/{name}/endless", 200)
    assert line["bytes"] > 0
    assert "guideline_qa_requests_at_work 0.0" in metrics.body()[0].decode()
