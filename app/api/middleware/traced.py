"""A span for each request: route template, status, request id. Nothing of its path, query, headers or content."""

from __future__ import annotations

from opentelemetry.trace import SpanKind, StatusCode
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.middleware import request_id
from app.api.middleware.access_log import SENDER_GONE
from app.api.middleware.route_template import method_label, route_template
from app.api.tracing import Tracing, mark_failed


class Traced:
    """In use only while tracing is on."""

    def __init__(self, app: ASGIApp, *, tracing: Tracing) -> None:
        self.app = app
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = SENDER_GONE

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._tracing.tracer.start_as_current_span(
            method_label(scope),
            context=self._tracing.parent(Headers(scope=scope).get("traceparent")),
            kind=SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                await self.app(scope, receive, watched)
            except Exception as error:
                status = 500 if status == SENDER_GONE else status
                mark_failed(span, error)
                raise
            finally:
                span.update_name(f"{method_label(scope)} {route_template(scope)}")
                span.set_attribute("http.request.method", method_label(scope))
                span.set_attribute("http.route", route_template(scope))
                span.set_attribute("http.response.status_code", status)
                span.set_attribute("request.id", request_id.of(scope) or "")
                if status >= 500:
                    span.set_status(StatusCode.ERROR)
