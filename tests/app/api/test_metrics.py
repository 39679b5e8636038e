"""Metrics of one process and of several."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open
from prometheus_client.parser import text_string_to_metric_families as parse

from app.api.metrics import Metrics
from rag.criteria.determination import Status

_WORKER = """
import sys
from app.api.metrics import Metrics
from rag.criteria.determination import Status
metrics = Metrics()
metrics.gauge("index_passages", "Passages.", lambda: 7.0)
metrics.started()
metrics.started()
metrics.finished(method="GET", route="/v1/payers", status=200, seconds=0.02)
metrics.determined(Status.MET)
print("ready", flush=True)
for line in sys.stdin:
    sys.stdout.write(metrics.body()[0].decode() + "END\\n")
    sys.stdout.flush()
"""


def _samples(body: bytes) -> dict[tuple[str, str], float]:
    """(name, labels) -> value."""
    return {
        (sample.name, ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))): sample.value
        for family in parse(body.decode())
        for sample in family.samples
    }


def test_requests_are_counted_by_method_route_and_class_of_status() -> None:
    metrics = Metrics()
    for status in (200, 204, 404):
        metrics.started()
        metrics.finished(method="GET", route="/v1/threads/{id}", status=status, seconds=0.02)
    found = _samples(metrics.body()[0])
    requests, seconds = "guideline_qa_requests_total", "guideline_qa_request_seconds"
    assert found[requests, "method=GET,route=/v1/threads/{id},status=2xx"] == 2
    assert found[requests, "method=GET,route=/v1/threads/{id},status=4xx"] == 1
    assert found[f"{seconds}_count", "method=GET,route=/v1/threads/{id}"] == 3
    assert found[f"{seconds}_bucket", "le=0.01,method=GET,route=/v1/threads/{id}"] == 0
    assert found[f"{seconds}_bucket", "le=0.025,method=GET,route=/v1/threads/{id}"] == 3


def test_what_is_at_work_goes_up_and_down() -> None:
    metrics = Metrics()
    metrics.started()
    metrics.started()
    assert _samples(metrics.body()[0])["guideline_qa_requests_at_work", ""] == 2
    metrics.finished(method="GET", route="/", status=200, seconds=0)
    assert _samples(metrics.body()[0])["guideline_qa_requests_at_work", ""] == 1


def test_determinations_are_counted_by_status_and_by_nothing_else() -> None:
    metrics = Metrics()
    metrics.determined(Status.MET)
    assert _samples(metrics.body()[0])["guideline_qa_determinations_total", "status=criteria_met"] == 1
    with pytest.raises(ValueError, match="Maria"):
        metrics.determined("Maria")  # type: ignore[arg-type]


def test_a_gauge_is_asked_for_at_each_exposition() -> None:
    metrics, values = Metrics(), iter([1.0, 2.0])
    metrics.gauge("index_passages", "Passages in the index.", lambda: next(values))
    assert [_samples(metrics.body()[0])["guideline_qa_index_passages", ""] for _ in range(2)] == [1, 2]


def test_the_form_is_the_one_asked_for() -> None:
    metrics = Metrics()
    plain, plain_type = metrics.body()
    opened, open_type = metrics.body("application/openmetrics-text; version=1.0.0")
    assert plain_type.startswith("text/plain")
    assert open_type.startswith("application/openmetrics-text")
    assert list(parse(plain.decode()))
    assert list(parse_open(opened.decode()))  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[subprocess.Popen[str]]]:
    """Three, started by a parent that named the folder first."""
    folder = tmp_path_factory.mktemp("metrics")
    (folder / "counter_1.db").write_bytes(b"left by an earlier server")
    parent = f"""
import os, subprocess, sys
from pathlib import Path
from app.api.metrics_folder import use_folder
use_folder(Path({str(folder)!r}))
print(os.environ["PROMETHEUS_MULTIPROC_DIR"])
"""
    told = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True).stdout.strip()
    assert list(Path(told).iterdir()) == []
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": told}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(3)
    ]
    for worker in started:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    yield started
    for worker in started:
        worker.kill()
        worker.communicate()


def _told(worker: subprocess.Popen[str]) -> dict[tuple[str, str], float]:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write("tell\n")
    worker.stdin.flush()
    body = "".join(iter(worker.stdout.readline, "END\n"))
    return _samples(body.encode())


def test_any_worker_tells_what_all_have_counted_and_forgets_what_a_dead_one_was_doing(
    workers: list[subprocess.Popen[str]],
) -> None:
    counted = ("guideline_qa_requests_total", "method=GET,route=/v1/payers,status=2xx")
    at_work = ("guideline_qa_requests_at_work", "")
    for worker in workers:
        found = _told(worker)
        assert (found[counted], found[at_work]) == (3, 3)
        assert found["guideline_qa_determinations_total", "status=criteria_met"] == 3
        assert found["guideline_qa_index_passages", ""] == 7
    workers[0].send_signal(signal.SIGKILL)
    workers[0].wait(10)
    found = _told(workers[1])
    assert (found[counted], found[at_work]) == (3, 2)


def test_a_process_that_loaded_the_library_before_the_folder_was_named_still_tells_what_it_counted(
    tmp_path: Path,
) -> None:
    program = f"""
from pathlib import Path
from app.api.metrics import Metrics
from app.api.metrics_folder import use_folder
use_folder(Path({str(tmp_path)!r}))
metrics = Metrics()
metrics.started()
metrics.finished(method="GET", route="/v1/payers", status=200, seconds=0.02)
print(metrics.body()[0].decode())
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    counted = ("guideline_qa_requests_total", "method=GET,route=/v1/payers,status=2xx")
    assert _samples(told.encode())[counted] == 1
