"""What is stored, held against the digests of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Row, and_, select

from app.store.audit import event_subject, turn_subject
from app.store.digests import digest
from app.store.tables import review_events, review_revisions, reviews, threads, turns

_ROWS_AT_ONCE = 50
#: Kinds of events that come with a new revision.
BRINGS_AN_ARTICLE = ("submitted", "resubmitted", "struck")


class ContentFault(BaseModel):
    """Something stored that is not as the trail recorded it; ``seq`` is the entry, if there is one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    seq: int | None
    why: str


def event_digest(key: bytes, event: Mapping[str, object], article: str | None) -> str:
    """Of a review's event, and of the article it brought, if it brought one."""
    said = [event[name] for name in ("kind", "state", "revision", "person", "text", "basis")]
    return digest(key, said, article)


def check_contents(
    connection: Connection, recorded: Mapping[str, tuple[int, str | None]]
) -> tuple[int, list[ContentFault]]:
    """How many stored things were checked, and the faults.

    ``recorded``: by subject, the entry and its digest, of everything in threads that were not deleted.
    """
    faults, seen = [], set()
    for subject, found in (*_turns(connection), *_events(connection)):
        seen.add(subject)
        seq, wanted = recorded.get(subject, (None, None))
        if seq is None:
            faults.append(ContentFault(subject=subject, seq=None, why="stored without an entry in the audit trail"))
        elif found != wanted:
            faults.append(ContentFault(subject=subject, seq=seq, why="changed after it was stored"))
    gone = [
        ContentFault(subject=subject, seq=seq, why="removed, and its thread was not deleted")
        for subject, (seq, _) in recorded.items()
        if subject not in seen
    ]
    return len(seen), faults + gone


def _turns(connection: Connection) -> Iterator[tuple[str, str]]:
    query = select(threads.c.key, turns).select_from(turns.join(threads))
    for row in _rows(connection, query):
        yield turn_subject(row.thread_id, row.number), digest(row.key, row.body)


def _events(connection: Connection) -> Iterator[tuple[str, str]]:
    """A revision's article belongs to the first event that names it."""
    of_revision = and_(
        review_revisions.c.review_id == review_events.c.review_id,
        review_revisions.c.number == review_events.c.revision,
        review_events.c.kind.in_(BRINGS_AN_ARTICLE),
    )
    query = select(threads.c.key, reviews.c.thread_id, review_events, review_revisions.c.article).select_from(
        review_events.join(reviews).join(threads).outerjoin(review_revisions, of_revision)
    )
    for row in _rows(connection, query):
        subject = event_subject(row.thread_id, row.review_id, row.number)
        yield subject, event_digest(row.key, dict(row._mapping), row.article)


def _rows(connection: Connection, query: object) -> Iterator[Row[tuple[object, ...]]]:
    yield from connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE))  # type: ignore[attr-defined]
