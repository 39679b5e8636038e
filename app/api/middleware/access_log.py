"""One line of log per request: what was asked of which route, by whom, and how it ended. Nothing of its content."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.models import Principal
from app.api.middleware import request_id
from app.api.middleware.route_template import method_label, route_template

#: The status of a request whose sender went away before an answer began; no such answer is ever sent.
SENDER_GONE: Final = 499
_log: Final = logging.getLogger("app.api.access")


class AccessLog:
    """The route's template stands for the path; query, headers and bodies are never looked at."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status, sent = SENDER_GONE, 0

        async def counted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counted)
        except Exception:
            status = 500 if status == SENDER_GONE else status
            raise
        finally:
            _write(scope, status, sent, time.perf_counter() - began)


def _write(scope: Scope, status: int, sent: int, seconds: float) -> None:
    principal = scope.get("state", {}).get("principal")
    known = principal if isinstance(principal, Principal) else None
    _log.info(
        "request",
        extra={
            "request_id": request_id.of(scope),
            "method": method_label(scope),
            "route": route_template(scope),
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "bytes": sent,
            "principal": known.id if known else None,
            "tenant": known.tenant if known else None,
        },
    )
