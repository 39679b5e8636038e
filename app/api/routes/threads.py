"""``/v1/threads``: conversations, kept until they are deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query, Request
from starlette.responses import Response

from app.access.models import Principal, Scope
from app.api.conditional import tagged
from app.api.idempotency import Writing, replayed
from app.api.models.threads import NumberedTurn, ThreadLine, ThreadOut, TitleRequest
from app.api.paging import Cursor, Limit, Page, moment_cursor, moment_place
from app.api.problems import ProblemError, Slug
from app.api.routes.answers import FILE, exported
from app.api.routing import Caller, make_router, needs
from app.api.service import Service, ServiceOf
from app.store.author import Author
from app.store.threads import StoredThread, Threads
from rag.article.exports import ExportKind

router = make_router("/v1/threads", tag="threads")

ThreadId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
TurnNumber = Annotated[int, Path(ge=1, le=1_000_000, description="Turns count from 1.")]


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
    thread_id = replayed(write, response, "thread") or threads.create()
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
    return tagged(request, _shown(thread), tag=tag_of(len(thread.turns), thread.updated_at))


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
    turn = _threads(service, caller).turn(thread_id, number)
    return tagged(request, NumberedTurn(thread_id=thread_id, number=number, turn=turn))


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
    answer = _threads(service, caller).turn(thread_id, number).answer
    if answer is None:
        raise ProblemError(Slug.NOT_FOUND, f"Turn {number} has no article.", where="path/number")
    with service.slots.taken():
        return exported(answer, kind, service.desks.of(caller.tenant))


def _threads(service: Service, caller: Principal) -> Threads:
    return Threads(service.database, Author(caller.id, caller.tenant))


def _shown(thread: StoredThread) -> ThreadOut:
    turns = [NumberedTurn(thread_id=thread.id, number=n, turn=turn) for n, turn in enumerate(thread.turns, 1)]
    return ThreadOut(
        id=thread.id,
        title=thread.title,
        created_at=thread.created_at,
        updated_at=thread.updated_at,
        turns=tuple(turns),
    )


def tag_of(turns: int, updated_at: datetime) -> str:
    """The entity tag of a thread's state."""
    return f"{turns}-{updated_at.timestamp():.6f}"
