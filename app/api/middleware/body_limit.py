"""How much of a body is read, and for how long: refused by what the request announces, else by what arrives.

Starlette's own limiter does not watch the time, and answers in a shape of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, NoReturn

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.middleware.lingering import refuse
from app.api.problems import ProblemError, Slug

MEBIBYTE: Final = 1024 * 1024
#: Seconds for a whole body; 20 MiB then need 5.6 Mbit/s.
LONGEST: Final = 30.0
_DIGITS: Final = frozenset("0123456789")


class _Unread(HTTPException):
    """Ends the reading; an HTTPException, for FastAPI turns every other kind into a 400 of its own."""


class BodyLimit:
    """``limits``: path prefix -> bytes, the longest that fits counts; ``default``: bytes elsewhere.

    ``seconds``: from the first read to the end of the body. Problems: 413, 408, and 400 for a ``Content-Length``
    that is no number or comes twice.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        limits: Mapping[str, int] = {},
        default: int = MEBIBYTE,
        seconds: float = LONGEST,
    ) -> None:
        self.app = app
        self._limits = sorted(limits.items(), key=lambda item: len(item[0]), reverse=True)
        self._default = default
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = next((size for prefix, size in self._limits if scope["path"].startswith(prefix)), self._default)
        problem = _announced(Headers(scope=scope), limit)
        if problem is not None:
            await refuse(problem, scope, receive, send)
            return
        await _Reading(limit, self._seconds, receive, send).run(self.app, scope)


class _Reading:
    """One request, its bytes and seconds counted."""

    def __init__(self, limit: int, seconds: float, receive: Receive, send: Send) -> None:
        self._limit = limit
        self._seconds = seconds
        self._receive = receive
        self._send = send
        self._deadline: float | None = None
        self._read = 0
        self._complete = False
        self._started = False
        self._problem: ProblemError | None = None

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Whatever the app makes of a body that was cut off: the sender gets the problem."""
        try:
            await app(scope, self.receive, self.send)
        except _Unread:
            if self._started:
                raise
        if self._problem is not None and not self._started:
            await refuse(self._problem, scope, self._receive, self._send)

    async def receive(self) -> Message:
        if self._complete:
            return await self._receive()
        if self._problem is not None:
            raise _Unread(413)
        message = await self._next()
        if message["type"] == "http.request":
            self._read += len(message.get("body", b""))
            self._complete = not message.get("more_body", False)
            if self._read > self._limit:
                self._complete = False
                self._end(too_large(self._limit))
        return message

    async def send(self, message: Message) -> None:
        """Nothing of an answer to half a body leaves, unless its beginning already has."""
        if self._problem is not None and not self._started:
            return
        self._started = True
        await self._send(message)

    async def _next(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._deadline = now + self._seconds if self._deadline is None else self._deadline
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._receive()
        except TimeoutError:
            self._end(_too_slow(self._seconds))

    def _end(self, problem: ProblemError) -> NoReturn:
        self._problem = problem
        raise _Unread(413)


def too_large(limit: int) -> ProblemError:
    """The problem of a body over ``limit`` bytes."""
    size = f"{limit / MEBIBYTE:g} MiB" if limit >= MEBIBYTE else f"{limit} bytes"
    return ProblemError(Slug.TOO_LARGE, f"The body is larger than the {size} that are read here.", where="body")


def _too_slow(seconds: float) -> ProblemError:
    return ProblemError(Slug.TIMEOUT, f"The body was not complete after {seconds:g} seconds.", where="body")


def _announced(headers: Headers, limit: int) -> ProblemError | None:
    lengths = headers.getlist("content-length")
    if not lengths:
        return None
    if len(lengths) > 1 or not lengths[0] or not _DIGITS.issuperset(lengths[0]):
        detail = "`Content-Length` has to be one number."
        return ProblemError(Slug.MALFORMED, detail, where="header/Content-Length", remedy="Send it once, in digits.")
    # Digits without end would be slow to turn into a number, and are too large anyhow.
    if len(lengths[0]) > len(str(limit)) + 20 or int(lengths[0]) > limit:
        return too_large(limit)
    return None
