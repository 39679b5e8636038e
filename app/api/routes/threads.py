"""``/v1/threads``: conversations, kept until they are deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import Path, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.access.models import Principal, Scope
from app.api.conditional import check_unchanged, tagged
from app.api.faults import request_id
from app.api.idempotency import REPLAYED, Write, Writing, part_of
from app.api.models.threads import MessageRequest, NumberedTurn, SelectionRequest, ThreadLine, ThreadOut, TitleRequest
from app.api.negotiation import EVENTS, JSON, chosen
from app.api.paging import Cursor, Limit, Page, moment_cursor, moment_place
from app.api.problems import ProblemError, Slug
from app.api.routes.answers import FILE, exported
from app.api.routing import Caller, make_router, needs
from app.api.service import Service, ServiceOf
from app.api.streaming import events
from app.conversing import Stored, answered, answering
from app.desks.desks import Serving
from app.review.reviews import Reviews
from app.store.author import Author
from app.store.threads import StoredThread, Threads
from rag.article.exports import ExportKind
from rag.events import Event
from rag.followup.models import Message, Selection

router = make_router("/v1/threads", tag="threads")

ThreadId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
TurnNumber = Annotated[int, Path(ge=1, le=1_000_000, description="Turns count from 1.")]
_EVENTS: Final[dict[str, Any]] = {EVENTS: {"schema": {"type": "string"}}}


@router.get("", operation_id="list_threads", summary="List the threads", openapi_extra=needs(Scope.READ))
def list_threads(service: ServiceOf, caller: Caller, limit: Limit = 50, cursor: Cursor = None) -> Page[ThreadLine]:
    """Of the caller's tenant, those last used first."""
    rows = _threads(service, caller).recent(limit + 1, after=moment_place(cursor))
    lines = [ThreadLine(id=row.id, title=row.title, updated_at=row.updated_at, turns=row.turns) for row in rows]
    after = moment_cursor(rows, limit=limit, place=lambda row: (row.updated_at, row.id))
    return Page(items=tuple(lines[:limit]), next=after)


@router.post(
    "", operation_id="create_thread", summary="Begin a thread", status_code=201, openapi_extra=needs(Scope.WRITE)
)
def create(service: ServiceOf, caller: Caller, write: Writing, response: Response) -> ThreadOut:
    """An empty one; its messages go to `/v1/threads/{id}/messages`."""
    threads = Threads(service.database, write.author)
    if write.earlier is not None:
        response.headers[REPLAYED] = "true"
    thread_id = part_of(write.earlier, "thread") if write.earlier else threads.create()
    response.headers["Location"] = f"/v1/threads/{thread_id}"
    return _shown(threads.get(thread_id))


@router.get(
    "/{thread_id}",
    operation_id="show_thread",
    summary="Show a thread",
    response_model=ThreadOut,
    openapi_extra=needs(Scope.READ),
)
def show(thread_id: ThreadId, request: Request, service: ServiceOf, caller: Caller) -> Response:
    """All its turns. The entity tag names its state: give it as `If-Match` with a message."""
    thread = _threads(service, caller).get(thread_id)
    return tagged(request, _shown(thread), tag=_tag(thread))


@router.patch(
    "/{thread_id}",
    operation_id="rename_thread",
    summary="Give a thread a title",
    status_code=204,
    openapi_extra=needs(Scope.WRITE),
)
def rename(thread_id: ThreadId, body: TitleRequest, service: ServiceOf, caller: Caller) -> None:
    """The first words count, as many as fit a line."""
    _threads(service, caller).rename(thread_id, body.title)


@router.delete(
    "/{thread_id}",
    operation_id="delete_thread",
    summary="Delete a thread",
    status_code=204,
    openapi_extra=needs(Scope.ADMIN),
)
def delete(thread_id: ThreadId, service: ServiceOf, caller: Caller) -> None:
    """All that was said in it and in its reviews is gone; the audit trail keeps that there was one."""
    _threads(service, caller).delete(thread_id)


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
    threads = Threads(service.database, write.author)
    if write.earlier is not None:
        number = int(part_of(write.earlier, "turn"))
        return _turn_response(_numbered(threads.get(thread_id), number), replayed=True)
    thread = threads.get(thread_id)
    check_unchanged(request, _tag(thread))
    message = _message(body, thread, service)
    serving = service.desks.of(caller.tenant)

    def said() -> Iterator[Event | BaseModel]:
        return _said(thread_id, message, service, serving, write)

    if form == EVENTS:
        return events(said, service=service, request_id=request_id(request), last="turn")
    with service.slots.taken():
        *_, last = said()
    assert isinstance(last, NumberedTurn)
    return _turn_response(last, replayed=False)


@router.get(
    "/{thread_id}/turns/{number}",
    operation_id="show_turn",
    summary="Show a turn",
    response_model=NumberedTurn,
    openapi_extra=needs(Scope.READ),
)
def show_turn(
    thread_id: ThreadId, number: TurnNumber, request: Request, service: ServiceOf, caller: Caller
) -> Response:
    """What was said, what it did, and the article it led to."""
    return tagged(request, _numbered(_threads(service, caller).get(thread_id), number))


@router.get(
    "/{thread_id}/turns/{number}/export",
    operation_id="export_turn",
    summary="Take an article away",
    response_class=Response,
    responses=FILE,
    openapi_extra=needs(Scope.READ),
)
def export_turn(
    thread_id: ThreadId,
    number: TurnNumber,
    service: ServiceOf,
    caller: Caller,
    kind: Annotated[ExportKind, Query(description="The form, or the letter that requests what is missing.")],
) -> Response:
    """PDF, Markdown or JSON of the article, or the letter of the missing documentation."""
    answer = _numbered(_threads(service, caller).get(thread_id), number).turn.answer
    if answer is None:
        raise ProblemError(Slug.NOT_FOUND, f"Turn {number} has no article.", where="path/number")
    return exported(answer, kind, service.desks.of(caller.tenant))


def _threads(service: Service, caller: Principal) -> Threads:
    return Threads(service.database, Author(caller.id, caller.tenant))


def _said(
    thread_id: str, message: Message, service: Service, serving: Serving, write: Write
) -> Iterator[Event | BaseModel]:
    threads = Threads(service.database, write.author)
    reviews = Reviews(service.database, Author(write.author.actor, write.author.tenant))
    with answering(thread_id):
        thread = threads.get(thread_id)
        for event in answered(thread, message, desk=serving.desk, threads=threads, reviews=reviews):
            if isinstance(event, Stored):
                yield NumberedTurn(thread_id=thread_id, number=event.number, turn=event.turn)
            else:
                yield event


def _message(body: MessageRequest, thread: StoredThread, service: Service) -> Message:
    if not (body.text.strip() or (body.note or "").strip() or body.facts or body.selection):
        raise ProblemError(Slug.UNUSABLE, "The message says nothing: give `text`, `note`, `facts` or `selection`.")
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


def _shown(thread: StoredThread) -> ThreadOut:
    turns = [NumberedTurn(thread_id=thread.id, number=n, turn=turn) for n, turn in enumerate(thread.turns, 1)]
    return ThreadOut(
        id=thread.id,
        title=thread.title,
        created_at=thread.created_at,
        updated_at=thread.updated_at,
        turns=tuple(turns),
    )


def _numbered(thread: StoredThread, number: int) -> NumberedTurn:
    if number > len(thread.turns):
        detail = f"The thread has {len(thread.turns)} turns, none numbered {number}."
        raise ProblemError(Slug.NOT_FOUND, detail, where="path/number")
    return NumberedTurn(thread_id=thread.id, number=number, turn=thread.turns[number - 1])


def _tag(thread: StoredThread) -> str:
    return f"{len(thread.turns)}-{thread.updated_at.timestamp():.6f}"


def _turn_response(turn: NumberedTurn, *, replayed: bool) -> Response:
    headers = {"Location": f"/v1/threads/{turn.thread_id}/turns/{turn.number}", "Vary": "Accept"}
    if replayed:
        headers[REPLAYED] = "true"
    return Response(turn.model_dump_json(by_alias=True), status_code=201, media_type=JSON, headers=headers)
