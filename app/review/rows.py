"""Reviews as rows: reading one whole, and adding an event with what it brings."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Row, Subquery, func, insert, select

from app.review.content import content_hash
from app.review.models import Approval, EventKind, ReviewEvent, ReviewRow, State, StoredReview
from app.store.audit import Action, event_subject
from app.store.author import Author
from app.store.contents import event_digest
from app.store.errors import NotFound, Unreadable
from app.store.ids import could_be_id
from app.store.pages import Place, beyond
from app.store.receipts import record_by
from app.store.tables import review_events, review_revisions, reviews, threads
from app.store.threads import as_json, from_json, thread_row
from rag.article.models import Answer
from rag.article.words import clean

#: What a column of whole numbers holds; another number is no revision's.
_HIGHEST = 2**31 - 1


def load(connection: Connection, review_id: str, tenant: str) -> StoredReview:
    """Raises ``NotFound``, and ``Unreadable`` for an article in a shape this version does not know."""
    thread_id = _thread_of(connection, review_id, tenant)
    events = select(review_events).where(review_events.c.review_id == review_id).order_by(review_events.c.number)
    history = tuple(_event(row, review_id) for row in connection.execute(events))
    last = next(event for event in reversed(history) if event.kind is not EventKind.COMMENTED)
    revision = _revision(connection, review_id, last.revision)
    return StoredReview(
        id=review_id,
        thread_id=thread_id,
        state=last.state,
        reviewer=last.person if last.state is not State.SUBMITTED else None,
        at=last.at,
        revision=revision.number,
        turn=revision.turn,
        on=revision.on,
        content_hash=revision.content_hash,
        article=from_json(Answer, revision.article, f"The article of review {review_id}"),
        history=history,
    )


def _thread_of(connection: Connection, review_id: str, tenant: str) -> str:
    """The id of the review's thread, which is the tenant's. Raises ``NotFound``."""
    query = select(reviews.c.thread_id).select_from(reviews.join(threads))
    mine = query.where(reviews.c.id == review_id, threads.c.tenant == tenant)
    found: str | None = connection.execute(mine).scalar() if could_be_id(review_id) else None
    if found is None:
        raise NotFound(f"There is no review {clean(review_id)[:80]!r}; it went with its thread, or the link is wrong.")
    return found


def load_article(connection: Connection, review_id: str, number: int, tenant: str) -> Answer:
    """The article as it was in one revision; they count from 1."""
    _thread_of(connection, review_id, tenant)
    row = _revision(connection, review_id, number)
    return from_json(Answer, row.article, f"Revision {number} of review {review_id}")


def _revision(connection: Connection, review_id: str, number: int) -> Row[tuple[object, ...]]:
    of_review = review_revisions.c.review_id == review_id
    query = select(review_revisions).where(of_review, review_revisions.c.number == number)
    row = connection.execute(query).first() if 1 <= number <= _HIGHEST else None
    if row is None:
        raise NotFound(f"The review {clean(review_id)[:80]!r} has no revision {number}.")
    return row


def _event(row: Row[tuple[object, ...]], review_id: str) -> ReviewEvent:
    try:
        kind, state = EventKind(row.kind), State(row.state)
    except ValueError:
        raise Unreadable(
            f"Step {row.number} of review {review_id} is of a kind this version does not know. "
            "Open it with the version that wrote it; `guideline-qa audit verify` tells whether it was changed."
        ) from None
    return ReviewEvent(
        number=row.number,
        at=row.at,
        kind=kind,
        state=state,
        revision=row.revision,
        person=row.person,
        text=row.text,
        approval=from_json(Approval, row.basis, f"An approval of review {review_id}") if row.basis else None,
    )


def add_revision(
    connection: Connection, review_id: str, *, number: int, turn: int, on: date | None, article: Answer
) -> None:
    connection.execute(
        insert(review_revisions).values(
            review_id=review_id,
            number=number,
            turn=turn,
            on=on,
            content_hash=content_hash(article),
            article=as_json(article),
        )
    )


def add_event(
    connection: Connection,
    review_id: str,
    thread_id: str,
    *,
    author: Author,
    at: datetime,
    kind: EventKind,
    state: State,
    revision: int,
    person: str | None = None,
    text: str | None = None,
    approval: Approval | None = None,
    article: Answer | None = None,
) -> None:
    """The next event, its entry in the audit trail, and the author's receipt; ``article``: the revision it brought."""
    of_review = review_events.c.review_id == review_id
    before = connection.execute(select(func.count()).select_from(review_events).where(of_review)).scalar_one()
    event: dict[str, object] = {
        "kind": kind.value,
        "state": state.value,
        "revision": revision,
        "person": person,
        "text": text,
        "basis": as_json(approval) if approval else None,
    }
    connection.execute(insert(review_events).values(review_id=review_id, number=before + 1, at=at, **event))
    key = thread_row(connection, thread_id, author.tenant).key
    record_by(
        connection,
        author,
        at=at,
        action=Action.REVIEW_EVENT,
        subject=event_subject(thread_id, review_id, before + 1),
        digest=event_digest(key, event, as_json(article) if article else None),
        thread_id=thread_id,
    )


def approvals(connection: Connection, tenant: str) -> list[tuple[str, str, Approval]]:
    """Of each approved review of the tenant: its id, its newest article's hash, and what the approval is bound to."""
    newest = _newest_steps()
    query = (
        select(review_events.c.review_id, review_revisions.c.content_hash, review_events.c.basis)
        .select_from(review_events.join(newest, _is_in(newest)))
        .join(
            review_revisions,
            (review_revisions.c.review_id == review_events.c.review_id)
            & (review_revisions.c.number == review_events.c.revision),
        )
        .join(reviews, reviews.c.id == review_events.c.review_id)
        .join(threads, threads.c.id == reviews.c.thread_id)
        .where(review_events.c.state == State.APPROVED.value, threads.c.tenant == tenant)
    )
    return [
        (row.review_id, row.content_hash, from_json(Approval, row.basis or "", f"The approval {row.review_id}"))
        for row in connection.execute(query)
    ]


def _newest_steps() -> Subquery:
    """The number of the last event of each review that is more than a comment."""
    return (
        select(review_events.c.review_id, func.max(review_events.c.number).label("number"))
        .where(review_events.c.kind != EventKind.COMMENTED.value)
        .group_by(review_events.c.review_id)
        .subquery()
    )


def _is_in(newest: Subquery) -> ColumnElement[bool]:
    return (review_events.c.review_id == newest.c.review_id) & (review_events.c.number == newest.c.number)


def rows(
    connection: Connection,
    *,
    tenant: str,
    thread_id: str | None,
    states: frozenset[State],
    limit: int,
    after: Place | None,
) -> list[ReviewRow]:
    """The tenant's reviews in these states, those that wait longest first, without their articles.

    ``after``: time and id of the last row of the page before.
    """
    newest = _newest_steps()
    query = (
        select(reviews.c.id, reviews.c.thread_id, threads.c.title, review_events)
        .select_from(reviews.join(threads).join(review_events).join(newest, _is_in(newest)))
        .where(threads.c.tenant == tenant, review_events.c.state.in_([state.value for state in states]))
        .order_by(review_events.c.at, reviews.c.id)
        .limit(limit)
    )
    if thread_id is not None:
        query = query.where(reviews.c.thread_id == thread_id)
    if after is not None:
        query = query.where(beyond(after, review_events.c.at, reviews.c.id, newest_first=False))
    return [_row(row) for row in connection.execute(query)]


def _row(row: Row[tuple[object, ...]]) -> ReviewRow:
    state = State(row.state)
    return ReviewRow(
        id=row.id,
        thread_id=row.thread_id,
        title=row.title,
        state=state,
        reviewer=row.person if state is not State.SUBMITTED else None,
        at=row.at,
        revision=row.revision,
    )
