"""Server-sent events: an answer while it is written.

A thread writes the stream from beginning to end, at the pace of the computing: a reader who is slow, or goes away,
keeps no place to compute and no lock, and what was begun is finished and stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from contextvars import copy_context
from typing import Final

from fastapi.sse import format_sse_event
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from app.api.faults import problem_error_of
from app.api.negotiation import EVENTS
from app.api.problems import problem_of
from app.api.service import Service
from rag.article.models import Answer, Reference, Section
from rag.events import Event, SectionDone

#: Seconds of silence after which a comment is sent: proxies cut a connection that says nothing for a minute.
HEARTBEAT_SECONDS: Final = 15.0
_HEARTBEAT: Final = b": waiting\n\n"


class SectionEvent(BaseModel):
    """A section that will not change any more, with the references it is the first to use."""

    section: Section
    references: tuple[Reference, ...]


Written = Callable[[], Iterable[Event | BaseModel]]


def events(
    written: Written,
    *,
    service: Service,
    request_id: str | None,
    last: str,
    before: AbstractContextManager[object] | None = None,
) -> StreamingResponse:
    """``section`` and ``answer`` events, models of other kinds as ``last``, then ``done``; else ``problem``.

    ``before``: as in ``Slots.taken``.
    """
    lines = _lines(written, service, request_id, last, before)
    return StreamingResponse(_sent(lines, service), media_type=EVENTS)


async def _sent(lines: Iterator[bytes], service: Service) -> AsyncIterator[bytes]:
    """The lines as they come from their thread."""
    waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(line: bytes | None) -> None:
        with suppress(RuntimeError):  # the loop has ended: nobody reads
            loop.call_soon_threadsafe(waiting.put_nowait, line)

    def write() -> None:
        for line in lines:
            tell(line)
        tell(None)

    service.streams.submit(copy_context().run, write)
    while (line := await _next(waiting)) is not None:
        yield line


async def _next(waiting: asyncio.Queue[bytes | None]) -> bytes | None:
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            return await waiting.get()
    except TimeoutError:
        return _HEARTBEAT


def _lines(
    written: Written,
    service: Service,
    request_id: str | None,
    last: str,
    before: AbstractContextManager[object] | None,
) -> Iterator[bytes]:
    try:
        with service.slots.taken(before):
            for event in written():
                if isinstance(event, Answer):
                    service.count(event.determinations)
                yield _line(event, last)
    except Exception as error:  # the status is sent by now: what went wrong is an event
        found = problem_of(problem_error_of(error), request_id=request_id)
        yield format_sse_event(event="problem", data_str=found.model_dump_json(exclude_none=True))
    else:
        yield format_sse_event(event="done", data_str="{}")


def _line(event: Event | BaseModel, last: str) -> bytes:
    match event:
        case SectionDone():
            shown = SectionEvent(section=event.section, references=event.references)
            return format_sse_event(event="section", data_str=shown.model_dump_json())
        case Answer():
            return format_sse_event(event="answer", data_str=event.model_dump_json())
        case _:
            return format_sse_event(event=last, data_str=event.model_dump_json())
