"""Lines that are no message: answered, where the library would leave whoever sent them waiting."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import anyio
import mcp_types as types
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import SessionMessage
from pydantic import ValidationError

UNREADABLE = "The message cannot be read. Send one JSON-RPC 2.0 message a line, in UTF-8, without lone surrogates."

_Item = SessionMessage | Exception


@asynccontextmanager
async def answering_garbage(
    incoming: ReadStream[_Item], outgoing: WriteStream[SessionMessage]
) -> AsyncIterator[MemoryObjectReceiveStream[_Item]]:
    """The messages that can be read; the others are answered with a protocol error."""
    send, receive = anyio.create_memory_object_stream[_Item](0)
    async with anyio.create_task_group() as group:
        group.start_soon(_sort, incoming, outgoing, send)
        yield receive
        group.cancel_scope.cancel()


async def _sort(
    incoming: ReadStream[_Item], outgoing: WriteStream[SessionMessage], readable: MemoryObjectSendStream[_Item]
) -> None:
    with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError):
        async with readable, incoming:
            async for item in incoming:
                if not isinstance(item, Exception):
                    await readable.send(item)
                elif (line := _sent(item)) != "":
                    await outgoing.send(SessionMessage(_refusal(line)))


def _sent(fault: Exception) -> object:
    """The line as it came, without outer spaces; an object where it was JSON, but no message; None if not known."""
    if not isinstance(fault, ValidationError):
        return None
    given = fault.errors(include_url=False, include_context=False)[0]["input"]
    return given.strip() if isinstance(given, str) else given


def _refusal(sent: object) -> types.JSONRPCError:
    error = types.ErrorData(code=types.PARSE_ERROR, message=UNREADABLE)
    return types.JSONRPCError(jsonrpc="2.0", id=_id_of(sent), error=error)


def _id_of(sent: object) -> str | int | None:
    """The request's own id where JSON's laxer readers find one: lone surrogates are the usual reason."""
    with suppress(ValueError, RecursionError):
        sent = json.loads(sent) if isinstance(sent, str) else sent
    found = sent.get("id") if isinstance(sent, dict) else None
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None
