"""``/v1/reviews``: a person judges an article; no machine approves anything."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request
from starlette.responses import Response

from app.access.models import Principal, Scope
from app.api.conditional import tagged
from app.api.idempotency import Writing, replayed
from app.api.models.reviews import (
    Approve,
    Comment,
    EventOut,
    ResubmitRequest,
    ReviewLine,
    ReviewOut,
    ReviewRequest,
    SendBack,
    StepRequest,
    Strike,
)
from app.api.paging import Cursor, Limit, Page, moment_cursor, moment_place
from app.api.problems import ProblemError, Slug
from app.api.routes.answers import FILE, exported
from app.api.routing import Caller, make_router, needs
from app.api.service import Service, ServiceOf
from app.review.models import State, StoredReview
from app.review.reviews import Reviews
from app.review.shown import with_review
from app.store.author import Author
from rag.article.exports import ExportKind
from rag.article.models import Answer

router = make_router("/v1/reviews", tag="reviews")

ReviewId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


@router.get("", operation_id="list_reviews", summary="List the reviews", openapi_extra=needs(Scope.READ))
def list_reviews(
    service: ServiceOf,
    caller: Caller,
    state: Annotated[list[State] | None, Query(description="Only in these states.")] = None,
    thread_id: Annotated[str | None, Query(max_length=64, description="Only of this thread.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ReviewLine]:
    """Those that wait longest first. An approval whose ground is gone is shown as submitted again."""
    reviews, place = _reviews(service, caller), moment_place(cursor)
    if place is None:
        knowledge = service.desks.of(caller.tenant).desk.knowledge
        reviews.refresh(knowledge=knowledge, today=service.today())
    rows = reviews.queue(states=state or tuple(State), thread_id=thread_id, limit=limit + 1, after=place)
    lines = [ReviewLine(**vars(row)) for row in rows[:limit]]
    return Page(items=tuple(lines), next=moment_cursor(rows, limit=limit, place=lambda row: (row.at, row.id)))


@router.post("", operation_id="submit", summary="Submit an article", status_code=201, openapi_extra=needs(Scope.WRITE))
def submit(body: ReviewRequest, service: ServiceOf, caller: Caller, write: Writing, response: Response) -> ReviewOut:
    """The article of a turn, for a person to judge. Hypotheticals and refusals cannot be submitted."""
    review_id = replayed(write, response, "review")
    if review_id is None:
        review_id = Reviews(service.database, write.author).submit(body.thread_id, body.turn)
    response.headers["Location"] = f"/v1/reviews/{review_id}"
    return _shown(_current(review_id, service, caller))


@router.get(
    "/{review_id}",
    operation_id="show_review",
    summary="Show a review",
    response_model=ReviewOut,
    openapi_extra=needs(Scope.READ),
)
def show(review_id: ReviewId, request: Request, service: ServiceOf, caller: Caller) -> Response:
    """The newest article with all that happened to it."""
    return tagged(request, _shown(_current(review_id, service, caller)))


@router.get(
    "/{review_id}/revisions/{number}",
    operation_id="show_revision",
    summary="Show an earlier revision",
    response_model=Answer,
    openapi_extra=needs(Scope.READ),
)
def show_revision(
    review_id: ReviewId,
    number: Annotated[int, Path(ge=1, le=1_000_000, description="Revisions count from 1.")],
    request: Request,
    service: ServiceOf,
    caller: Caller,
) -> Response:
    """The article as it was then."""
    return tagged(request, _reviews(service, caller).article(review_id, number))


@router.get(
    "/{review_id}/export",
    operation_id="export_review",
    summary="Take the article under review away",
    response_class=Response,
    responses=FILE,
    openapi_extra=needs(Scope.READ),
)
def export_review(
    review_id: ReviewId, service: ServiceOf, caller: Caller, kind: Annotated[ExportKind, Query()]
) -> Response:
    """With the state of the review on it."""
    review = _current(review_id, service, caller)
    with service.slots.taken():
        return exported(with_review(review.article, review), kind, service.desks.of(caller.tenant))


@router.post(
    "/{review_id}/resubmission",
    operation_id="resubmit",
    summary="Submit a later article in its place",
    openapi_extra=needs(Scope.WRITE),
)
def resubmit(
    review_id: ReviewId, body: ResubmitRequest, service: ServiceOf, caller: Caller, write: Writing, response: Response
) -> ReviewOut:
    """The review begins anew with it."""
    if replayed(write, response, "review") is None:
        Reviews(service.database, write.author).resubmit(review_id, body.turn)
    return _shown(_current(review_id, service, caller))


@router.post(
    "/{review_id}/steps",
    operation_id="review",
    summary="Take a step of the review",
    openapi_extra=needs(Scope.REVIEW),
)
def step(
    review_id: ReviewId, body: StepRequest, service: ServiceOf, caller: Caller, write: Writing, response: Response
) -> ReviewOut:
    """A person takes it up, approves, sends back, comments, or strikes a sentence."""
    if replayed(write, response, "review") is None:
        _take(body, review_id, Reviews(service.database, write.author), service, caller)
    return _shown(_current(review_id, service, caller))


def _take(body: StepRequest, review_id: str, reviews: Reviews, service: Service, caller: Principal) -> None:
    person = _person(body.reviewer, caller)
    match body:
        case Approve():
            knowledge = service.desks.of(caller.tenant).desk.knowledge
            reviews.approve(review_id, reviewer=person, seen=body.seen, knowledge=knowledge, today=service.today())
        case SendBack():
            reviews.send_back(review_id, reviewer=person, comment=body.comment)
        case Comment():
            reviews.comment(review_id, author=person, text=body.comment)
        case Strike():
            reviews.strike(
                review_id,
                reviewer=person,
                section=body.section,
                sentence=body.sentence,
                reason=body.reason,
                seen=body.seen,
            )
        case _:
            reviews.take_up(review_id, reviewer=person)


def _person(given: str | None, caller: Principal) -> str:
    """Who reviews: the person of the token, else the one the caller names."""
    if caller.name is not None and given not in (None, caller.name):
        detail = "The token speaks for another person than `reviewer` names."
        raise ProblemError(Slug.FORBIDDEN, detail, where="/reviewer", remedy="Leave `reviewer` out.")
    person = caller.name or given
    if person is None:
        raise ProblemError(Slug.UNUSABLE, "A review is a person's: give their name.", where="/reviewer")
    return person


def _reviews(service: Service, caller: Principal) -> Reviews:
    return Reviews(service.database, Author(caller.id, caller.tenant))


def _current(review_id: str, service: Service, caller: Principal) -> StoredReview:
    knowledge = service.desks.of(caller.tenant).desk.knowledge
    return _reviews(service, caller).current(review_id, knowledge=knowledge, today=service.today())


def _shown(review: StoredReview) -> ReviewOut:
    return ReviewOut(
        id=review.id,
        thread_id=review.thread_id,
        state=review.state,
        reviewer=review.reviewer,
        at=review.at,
        revision=review.revision,
        turn=review.turn,
        on=review.on,
        content_hash=review.content_hash,
        article=with_review(review.article, review),
        history=tuple(EventOut(**vars(event)) for event in review.history),
    )
