"""``/v1/threads/{id}/messages``: something is said, answered, and stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from app.access.models import Scope
from app.api.conditional import check_unchanged
from app.api.faults import request_id
from app.api.idempotency import REPLAYED, Write, Writing, part_of, written_meanwhile
from app.api.models.threads import MessageRequest, NumberedTurn, SelectionRequest
from app.api.negotiation import EVENTS, JSON, chosen
from app.api.problems import ProblemError, Slug
from app.api.routes.threads import ThreadId, tag_of
from app.api.routing import Caller, make_router, needs
from app.api.service import Service, ServiceOf
from app.api.streaming import events
from app.conversing import Stored, answered, answering
from app.desks.desks import Serving
from app.review.reviews import Reviews
from app.store.author import Author
from app.store.threads import StoredThread, Threads
from rag.events import Event
from rag.followup.models import Message, Selection

router = make_router("/v1/threads", tag="threads")

#: Turns of one thread. Each is read again with every message.
MOST_TURNS: Final = 500
_EVENTS: Final[dict[str, Any]] = {EVENTS: {"schema": {"type": "string"}}}


@router.post(
    "/{thread_id}/messages",
    operation_id="say",
    summary="Say something in a thread",
    response_model=NumberedTurn,
    status_code=201,
    responses={201: {"description": "The turn, in the form of `Accept`.", "content": _EVENTS}},
    openapi_extra=needs(Scope.WRITE),
)
def say(
    thread_id: ThreadId, body: MessageRequest, request: Request, service: ServiceOf, caller: Caller, write: Writing
) -> Response:
    """A question, a follow-up, values of a form, or another payer. What came of it is stored, then answered.

    As server-sent events: `section`, `answer`, `turn` once it is stored, then `done` (or a `problem`).
    """
    form = chosen(request.headers.get("accept"), (JSON, EVENTS))
    if write.earlier is not None:
        return _response(_turn(thread_id, write.earlier, service, write.author), replayed=True)
    serving = service.desks.of(caller.tenant)
    row = Threads(service.database, write.author).row(thread_id)
    check_unchanged(request, tag_of(row.turns, row.updated_at))
    _check_says_something(body, row.turns)

    def said() -> Iterator[Event | BaseModel]:
        return _said(thread_id, body, request, service, serving, write)

    lock = answering(thread_id)
    if form == EVENTS:
        stream = events(said, service=service, request_id=request_id(request), last="turn", before=lock)
        stream.status_code = 201
        return stream
    with service.slots.taken(lock):
        *_, last = said()
    assert isinstance(last, NumberedTurn)
    if last.turn.answer is not None:
        service.count(last.turn.answer.determinations)
    return _response(last, replayed=False)


def _said(
    thread_id: str, body: MessageRequest, request: Request, service: Service, serving: Serving, write: Write
) -> Iterator[Event | BaseModel]:
    """Whoever calls holds the thread: nothing is said between what is looked at here and what is stored."""
    earlier = written_meanwhile(service, write)
    if earlier is not None:
        yield _turn(thread_id, earlier, service, write.author)
        return
    threads = Threads(service.database, write.author)
    reviews = Reviews(service.database, Author(write.author.actor, write.author.tenant))
    thread = threads.get(thread_id)
    check_unchanged(request, tag_of(len(thread.turns), thread.updated_at))
    message = _message(body, thread, service)
    for event in answered(thread, message, desk=serving.desk, threads=threads, reviews=reviews):
        if isinstance(event, Stored):
            yield NumberedTurn(thread_id=thread_id, number=event.number, turn=event.turn)
        else:
            yield event


def _turn(thread_id: str, subject: str, service: Service, author: Author) -> NumberedTurn:
    """What a request changed before; ``subject`` is its receipt's."""
    number = int(part_of(subject, "turn"))
    turn = Threads(service.database, author).turn(thread_id, number)
    return NumberedTurn(thread_id=thread_id, number=number, turn=turn)


def _check_says_something(body: MessageRequest, turns: int) -> None:
    if not (body.text.strip() or (body.note or "").strip() or body.facts or body.selection):
        raise ProblemError(Slug.UNUSABLE, "The message says nothing: give `text`, `note`, `facts` or `selection`.")
    if turns >= MOST_TURNS:
        detail = f"The thread has {MOST_TURNS} turns, which is all it takes."
        raise ProblemError(Slug.CONFLICT, detail, remedy="Go on in a new thread.")


def _message(body: MessageRequest, thread: StoredThread, service: Service) -> Message:
    return Message(
        text=body.text.strip(),
        note=body.note,
        facts=dict(body.facts) if body.facts else None,
        correct=body.correct,
        selection=_selection(body.selection, thread, service),
    )


def _selection(change: SelectionRequest | None, thread: StoredThread, service: Service) -> Selection | None:
    """The choices as they stand, with those the message makes; ``None`` where a thread has some and none change."""
    file = next((turn.case_file for turn in reversed(thread.turns) if turn.case_file), None)
    if change is None:
        return None if file else Selection(on=service.today())
    standing = dict(file.selection) if file else {}
    made = standing | {name: getattr(change, name) for name in change.model_fields_set}
    return Selection(**made | {"on": made.get("on") or service.today()})


def _response(turn: NumberedTurn, *, replayed: bool) -> Response:
    headers = {"Location": f"/v1/threads/{turn.thread_id}/turns/{turn.number}", "Vary": "Accept"}
    if replayed:
        headers[REPLAYED] = "true"
    return Response(turn.model_dump_json(by_alias=True), status_code=201, media_type=JSON, headers=headers)
