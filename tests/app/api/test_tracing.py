"""Traces as a collector gets them, and that there are none unless asked for."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI
from opentelemetry import trace
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from app.api.middleware.request_id import RequestId
from app.api.middleware.traced import Traced
from app.api.tracing import BadCollector, Tracing, span, start_tracing
from tests.app.api.collector import Collector, collecting

SECRET = "Maria-Lopez"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
SERVER = 2


def _app(tracing: Tracing) -> FastAPI:
    app = FastAPI(middleware=[Middleware(RequestId), Middleware(Traced, tracing=tracing)])
    router = APIRouter(prefix="/patients")

    @router.post("/{name}")
    def ask(name: str) -> int:
        with span("retrieve", passages=7):
            return len(name)

    @router.get("/{name}/fails")
    def fails(name: str) -> int:
        with span("decide"):
            raise ValueError(f"no such patient: {name}")

    app.include_router(router, prefix="/v1")
    return app


@pytest.fixture(scope="module")
def collected() -> Iterator[Collector]:
    """After three requests, each naming a patient wherever one can."""
    with collecting() as collector:
        tracing = start_tracing(collector.url)
        assert tracing is not None
        client = TestClient(_app(tracing), raise_server_exceptions=False)
        headers = {"traceparent": PARENT, "tracestate": f"x={SECRET}", "baggage": f"x={SECRET}", "X-Request-ID": "r-1"}
        client.post(f"/v1/patients/{SECRET}?q={SECRET}", headers=headers, content=SECRET)
        client.get(f"/v1/patients/{SECRET}/fails", headers={"User-Agent": SECRET})
        client.request("BREW", f"/{SECRET}")
        tracing.stop()
        yield collector


def test_a_request_is_a_span_by_its_template_within_the_caller_s_trace(collected: Collector) -> None:
    found = collected.named("POST /v1/patients/{name}")
    assert (found.trace, found.parent, found.kind) == (PARENT.split("-")[1], PARENT.split("-")[2], SERVER)
    assert found.attributes == {
        "http.request.method": "POST",
        "http.route": "/v1/patients/{name}",
        "http.response.status_code": 200,
        "request.id": "r-1",
    }


def test_a_part_of_the_work_is_a_child_of_the_request(collected: Collector) -> None:
    part, request = collected.named("retrieve"), collected.named("POST /v1/patients/{name}")
    assert (part.parent, part.trace) == (request.id, request.trace)
    assert part.attributes == {"passages": 7}


def test_a_failure_is_told_by_type(collected: Collector) -> None:
    for name in ("decide", "GET /v1/patients/{name}/fails"):
        found = collected.named(name)
        assert found.failed
        assert found.attributes["error.type"] == "ValueError"
        assert found.events == ()
    assert collected.named("GET /v1/patients/{name}/fails").attributes["http.response.status_code"] == 500


def test_what_no_route_knows_is_told_as_such(collected: Collector) -> None:
    assert collected.named("OTHER unmatched").attributes["http.response.status_code"] == 404


def test_nothing_that_may_name_a_patient_is_sent(collected: Collector) -> None:
    assert len(collected.spans) == 5
    assert SECRET.encode() not in collected.raw
    assert b"Maria" not in collected.raw


def test_libraries_that_trace_by_the_global_provider_get_nothing_to_send_through(collected: Collector) -> None:
    assert not trace.get_tracer("chromadb").start_span("query").is_recording()


def test_text_is_no_measure_of_a_span() -> None:
    with collecting() as collector:
        tracing = start_tracing(collector.url)
        assert tracing is not None
        with span("part", question=SECRET, count=1):  # type: ignore[arg-type]
            pass
        tracing.stop()
        assert collector.named("part").attributes == {"count": 1}


def test_the_standard_setting_turns_it_on_and_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_SDK_DISABLED"):
        monkeypatch.delenv(name, raising=False)
    assert start_tracing() is None
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        tracing = start_tracing()
        assert tracing is not None
        with span("part"):
            pass
        tracing.stop()
        assert [each.name for each in collector.spans] == ["part"]
        monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
        assert start_tracing() is None


@pytest.mark.parametrize("endpoint", ["127.0.0.1:4317", "collector", "ftp://collector"])
def test_an_address_that_is_none_is_told(endpoint: str) -> None:
    with pytest.raises(BadCollector, match=r"http://127\.0\.0\.1:4317"):
        start_tracing(endpoint)


def test_off_loads_nothing_and_starts_no_thread() -> None:
    program = """
import sys, threading
from app.api.tracing import span, start_tracing
assert start_tracing() is None
with span("part", count=1):
    pass
print([name for name in sys.modules if name.startswith(("opentelemetry", "grpc"))], threading.active_count())
"""
    environment = {"PATH": "/usr/bin:/bin"}
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert told.stdout == "[] 1\n"


def test_a_collector_that_is_away_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.tracing._EXPORT_SECONDS", 1.0)
    with collecting() as gone:
        url = gone.url
    tracing = start_tracing(url)
    assert tracing is not None
    began = time.monotonic()
    with span("part"):
        pass
    assert time.monotonic() - began < 0.1
    tracing.stop()
    assert time.monotonic() - began < 10
    assert not any("BatchSpan" in thread.name for thread in threading.enumerate())
