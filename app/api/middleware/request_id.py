"""A name for each request: the sender's if it is a plain one, else a new one."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "X-Request-ID"
# Narrow, for it goes into logs and traces: no spaces, no quotes, no line ends, not long.
_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def current() -> str | None:
    """The id of the request at work here; None outside one."""
    return _current.get()


def of(scope: Scope) -> str | None:
    """The id of the request of this scope; None where the middleware is not in use."""
    found = scope.get("state", {}).get("request_id")
    return found if isinstance(found, str) else None


class RequestId:
    """Puts the id into the scope's state, into the context (for logs), and into the response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        name = given if _PLAIN.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = name

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        token = _current.set(name)
        try:
            await self.app(scope, receive, named)
        finally:
            _current.reset(token)
