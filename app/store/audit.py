"""The audit trail: entries that only follow each other, each bound to the one before by its hash.

An entry holds no words of anybody, and no names: ``actor`` is a role, ``subject`` an id, and content shows only as a
digest whose key goes with the thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Row, select

from app.store.digests import ZEROS, sha256
from app.store.errors import StoreError
from app.store.tables import audit, audit_head, moment_text

_ROLE = re.compile(r"[a-z][a-z0-9_.:-]{0,39}")
_ROWS_AT_ONCE = 500
_LONGEST_SUBJECT = 160


class Action(StrEnum):
    THREAD_CREATED = "thread.created"
    THREAD_RENAMED = "thread.renamed"
    THREAD_DELETED = "thread.deleted"
    TURN_STORED = "turn.stored"
    REVIEW_EVENT = "review.event"
    UPLOAD_ACCEPTED = "upload.accepted"
    UPLOAD_FINISHED = "upload.finished"
    UPLOAD_FAILED = "upload.failed"
    DOCUMENT_ADDED = "document.added"
    DOCUMENT_REMOVED = "document.removed"
    KEY_ISSUED = "key.issued"
    KEY_ROTATED = "key.rotated"
    KEY_REVOKED = "key.revoked"


class Entry(BaseModel):
    """``seq`` counts from 1. ``hash`` is SHA-256 over all other fields; ``previous`` that of the entry before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    digest: str | None
    previous: str
    hash: str

    def expected_hash(self, *, seq: int | None = None) -> str:
        """What ``hash`` has to be (of an entry at place ``seq``)."""
        place = self.seq if seq is None else seq
        return entry_hash(place, self.at, self.actor, self.action, self.subject, self.digest, self.previous)


def entry_hash(
    seq: int,
    at: str,
    actor: str,
    action: str,
    subject: str,
    digest: str | None,
    previous: str,
) -> str:
    """SHA-256 over the canonical JSON array ``["audit", 1, seq, at, actor, action, subject, digest, previous]``."""
    return sha256(["audit", 1, seq, at, actor, action, subject, digest, previous])


def thread_subject(thread_id: str) -> str:
    return f"thread:{thread_id}"


def turn_subject(thread_id: str, number: int) -> str:
    return f"thread:{thread_id}/turn:{number}"


def event_subject(thread_id: str, review_id: str, number: int) -> str:
    return f"thread:{thread_id}/review:{review_id}/event:{number}"


def upload_subject(upload_id: str) -> str:
    return f"upload:{upload_id}"


def key_subject(key_id: str) -> str:
    return f"key:{key_id}"


def document_subject(tenant: str, document_id: str) -> str:
    """An id too long for the trail stands there as its hash."""
    subject = f"tenant:{tenant}/document:{document_id}"
    return subject if len(subject) <= _LONGEST_SUBJECT else f"tenant:{tenant}/document-sha256:{sha256(document_id)}"


def record(
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    action: Action,
    subject: str,
    digest: str | None = None,
) -> None:
    """Append an entry in the transaction of the change it records: both are kept, or neither.

    ``connection`` is one of ``Database.writing``: nobody appends between the reading of the head and the writing.
    """
    if not _ROLE.fullmatch(actor):
        raise StoreError(f"An actor of the audit trail is a role or a key's id, as 'clinician', not {actor!r}.")
    head = connection.execute(select(audit_head)).one()
    seq, text = head.entries + 1, moment_text(at)
    made = entry_hash(seq, text, actor, action.value, subject, digest, head.hash)
    connection.execute(
        audit.insert().values(
            seq=seq,
            at=text,
            actor=actor,
            action=action.value,
            subject=subject,
            digest=digest,
            previous=head.hash,
            hash=made,
        )
    )
    connection.execute(audit_head.update().values(entries=seq, hash=made))


def entries(connection: Connection, *, last: int | None = None) -> Iterator[Entry]:
    """The entries in order, all or the ``last`` ones, few in memory at a time."""
    query = select(audit).order_by(audit.c.seq)
    if last is not None:
        newest = select(audit).order_by(audit.c.seq.desc()).limit(last).subquery()
        query = select(newest).order_by(newest.c.seq)
    for row in connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)):
        yield _entry(row)


def head(connection: Connection) -> tuple[int, str]:
    """How many entries there have to be, and the hash of the last; nothing known where the row is gone."""
    row = connection.execute(select(audit_head.c.entries, audit_head.c.hash)).first()
    return (row.entries, row.hash) if row else (0, ZEROS)


def following(connection: Connection, previous: str) -> Entry | None:
    """The entry that names ``previous`` as the one before it."""
    row = connection.execute(select(audit).where(audit.c.previous == previous)).first()
    return None if row is None else _entry(row)


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    # SQLite keeps bytes in a text column, if somebody puts them there.
    fields = {name: repr(value) if isinstance(value, bytes) else value for name, value in row._mapping.items()}
    return Entry.model_validate(fields)
