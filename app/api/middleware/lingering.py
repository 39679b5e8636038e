"""A refusal before the body was read: the answer at once, the rest of the body dropped, then the connection closed.

Closing with unread bytes would make the kernel reset the connection, and the sender might never see the answer.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from app.api.middleware import request_id
from app.api.problems import ProblemError, response_of

#: Seconds the rest of a refused body is read and dropped.
_PATIENCE: Final = 2.0


async def refuse(problem: ProblemError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the problem, and end the connection."""
    response = response_of(problem, request_id=request_id.of(scope))
    response.headers["Connection"] = "close"

    async def lingering(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
            return
        await send({**message, "more_body": True})
        # Who waits to be asked for the body (Expect: 100-continue) sends none after a refusal.
        if "expect" not in Headers(scope=scope):
            await _drop(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    await response(scope, receive, lingering)


async def _drop(receive: Receive) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while True:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
