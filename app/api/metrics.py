"""What Prometheus is told. Labels come from closed sets alone: never a path, a key, a tenant, a word of a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from prometheus_client.values import ValueClass

from app.api.metrics_folder import folder_in_use, gone_workers
from rag.criteria.determination import Status

#: Seconds. A determination takes milliseconds, an answer tenths, an answer with a model's words seconds.
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Of one process; with a folder in use (``metrics_folder``) ``body`` tells those of all workers.

    Each has its own registry, so that a process may make several apps, as tests do.
    """

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter(
            "guideline_qa_requests", "Requests answered, by class of status.", labels, registry=registry
        )
        self._seconds = Histogram(
            "guideline_qa_request_seconds",
            "Seconds from a request to the end of its answer.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._at_work = Gauge(
            "guideline_qa_requests_at_work",
            "Requests not yet answered.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._determinations = Counter(
            "guideline_qa_determinations", "Determinations made, by status.", ("status",), registry=registry
        )
        self._gauges = _Callbacks()
        if _folder() is None:
            ProcessCollector(registry=registry)
            registry.register(self._gauges)

    def started(self) -> None:
        self._at_work.inc()

    def finished(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """``route``: the template; ``status``: an HTTP status, counted by its class (``2xx``)."""
        self._at_work.dec()
        self._requests.labels(method, route, f"{status // 100}xx").inc()
        self._seconds.labels(method, route).observe(seconds)

    def determined(self, status: Status) -> None:
        self._determinations.labels(Status(status).value).inc()

    def gauge(self, name: str, documentation: str, value: Callable[[], float]) -> None:
        """A value asked for at each exposition; with several workers, that of the one that answers."""
        self._gauges.add(f"guideline_qa_{name}", documentation, value)

    def body(self, accept: str = "") -> tuple[bytes, str]:
        """The exposition and its content type, in the form the ``Accept`` header asks for."""
        encode, content_type = choose_encoder(accept)
        return encode(self._exposed()), content_type

    def _exposed(self) -> CollectorRegistry:
        folder = _folder()
        if folder is None:
            return self._registry
        # What a dead worker counted stays; what it was doing when it died does not.
        for process in gone_workers(folder):
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
        registry.register(self._gauges)
        return registry


def _folder() -> Path | None:
    """Where all workers count; None where this process counts in its own memory.

    It does so too when the folder was named after ``prometheus_client`` was loaded.
    """
    return folder_in_use() if ValueClass._multiprocess else None


class _Callbacks(Collector):
    """Gauges that are read when asked for."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Callable[[], float]]] = {}

    def add(self, name: str, documentation: str, value: Callable[[], float]) -> None:
        self._known[name] = (documentation, value)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (documentation, value) in self._known.items():
            yield GaugeMetricFamily(name, documentation, value=value())

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing in advance: the callbacks may not work before the server has started."""
        return []
