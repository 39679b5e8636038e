"""Server-sent events: an answer while it is written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from fastapi.sse import format_sse_event
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from app.api.faults import problem_error_of
from app.api.negotiation import EVENTS
from app.api.problems import problem_of
from app.api.service import Service
from rag.article.models import Answer, Reference, Section
from rag.events import Event, SectionDone

LOGGER = logging.getLogger("guideline-qa")


class SectionEvent(BaseModel):
    """A section that will not change any more, with the references it is the first to use."""

    section: Section
    references: tuple[Reference, ...]


Written = Callable[[], Iterable[Event | BaseModel]]


def events(written: Written, *, service: Service, request_id: str | None, last: str) -> StreamingResponse:
    """``section`` and ``answer`` events, models of other kinds as ``last``, then ``done``; else ``problem``."""
    return StreamingResponse(_lines(written, service, request_id, last), media_type=EVENTS)


def _lines(written: Written, service: Service, request_id: str | None, last: str) -> Iterator[bytes]:
    try:
        with service.slots.taken():
            for event in written():
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
