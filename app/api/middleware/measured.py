"""Counts and times each request for Prometheus."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.metrics import Metrics
from app.api.middleware.access_log import SENDER_GONE
from app.api.middleware.route_template import method_label, route_template


class Measured:
    """From the end of the header to the end of the answer, streams included."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = SENDER_GONE

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.started()
        try:
            await self.app(scope, receive, watched)
        except Exception:
            status = 500 if status == SENDER_GONE else status
            raise
        finally:
            self._metrics.finished(
                method=method_label(scope),
                route=route_template(scope),
                status=status,
                seconds=time.perf_counter() - began,
            )
