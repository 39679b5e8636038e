"""OpenTelemetry traces, when the setting names a collector; else nothing is loaded, measured or sent.

The provider is this module's own and never the global one: libraries that trace through the global one (the vector
store, the web framework, MCP) would record queries, URLs and the messages of exceptions.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rag.errors import UserError

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

_ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
#: Seconds for one export, and for the last one when the server stops: a collector that is away holds nobody up.
_EXPORT_SECONDS: Final = 5.0
#: What a measure of a span may be; text is not among it, for it might be a patient's.
Measure = int | float | bool

_tracing: Tracing | None = None


class BadCollector(UserError):
    """The address of the collector cannot be used."""


class Tracing:
    """Spans go out in batches from a thread of their own."""

    def __init__(self, provider: TracerProvider) -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._propagator = TraceContextTextMapPropagator()
        self.tracer: Tracer = provider.get_tracer("guideline-qa")

    def parent(self, traceparent: str | None) -> Context | None:
        """The caller's span. ``tracestate`` and baggage are left out: they are anybody's text."""
        return self._propagator.extract({"traceparent": traceparent}) if traceparent else None

    def stop(self) -> None:
        """Send what is left, and end. For the end of the server's life."""
        global _tracing
        self._provider.shutdown()
        _tracing = None


def start_tracing(endpoint: str | None = None, *, service: str = "guideline-qa") -> Tracing | None:
    """Trace to the OTLP gRPC collector at ``endpoint``, by default the standard environment's; None when there is none.

    ``http://`` is plain, ``https://`` is TLS. Raises ``BadCollector``.
    """
    global _tracing
    endpoint = endpoint or next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), None)
    if not endpoint or os.environ.get("OTEL_SDK_DISABLED", "").casefold() == "true":
        return None
    if not endpoint.startswith(("http://", "https://")):
        raise BadCollector(f"The trace collector {endpoint!r} is no address. Write it like http://127.0.0.1:4317.")
    _tracing = Tracing(_provider(endpoint, service))
    return _tracing


@contextmanager
def span(name: str, **measures: Measure) -> Iterator[None]:
    """A part of the work as a child of the request's span. ``name``: fixed words, like ``"retrieve"``."""
    if _tracing is None:
        yield
        return
    with _open(_tracing.tracer, name, measures):
        yield


@contextmanager
def _open(tracer: Tracer, name: str, measures: Mapping[str, Measure]) -> Iterator[Span]:
    kept = {key: value for key, value in measures.items() if isinstance(value, int | float)}
    with tracer.start_as_current_span(
        name, attributes=kept, record_exception=False, set_status_on_exception=False
    ) as opened:
        try:
            yield opened
        except Exception as error:
            mark_failed(opened, error)
            raise


def mark_failed(opened: Span, error: BaseException) -> None:
    """The type of the exception; its message may quote a patient."""
    from opentelemetry.trace import StatusCode

    opened.set_attribute("error.type", type(error).__qualname__)
    opened.set_status(StatusCode.ERROR)


def _provider(endpoint: str, service: str) -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    exporter = OTLPSpanExporter(endpoint=endpoint, timeout=_EXPORT_SECONDS)
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: service}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
