"""The tables. What they hold is made by the migrations; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from app.store.author import LOCAL

#: "2026-11-26T16:02:22.123456Z": the same text in every database, in order of time, and what an audit entry hashes.
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_MOMENT)


class Moment(TypeDecorator[datetime]):
    """A time with its zone; databases differ in how they keep one."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.strptime(value, _MOMENT).replace(tzinfo=UTC)


metadata = MetaData()


def _of_thread() -> ForeignKey:
    return ForeignKey("threads.id", ondelete="CASCADE")


def _of_review() -> ForeignKey:
    return ForeignKey("reviews.id", ondelete="CASCADE")


def _tenant() -> Column[str]:
    """Whose it is. The default is what a database held before there were tenants."""
    return Column("tenant", String(63), nullable=False, server_default=LOCAL)


#: ``key`` makes the digests of the audit trail; it goes with the thread. ``turns`` counts them.
threads = Table(
    "threads",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", Text),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("key", LargeBinary, nullable=False),
    _tenant(),
    Index("ix_threads_tenant_updated_at", "tenant", "updated_at"),
)

turns = Table(
    "turns",
    metadata,
    Column("thread_id", String(64), _of_thread(), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("thread_id", "number"),
)

#: A message that was taken and is not yet answered.
pending = Table(
    "pending",
    metadata,
    Column("thread_id", String(64), _of_thread(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("body", Text, nullable=False),
)

#: Tombstones: that there was a thread, and when it went.
deleted_threads = Table(
    "deleted_threads",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    _tenant(),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("thread_id", String(64), _of_thread(), nullable=False, index=True),
)

#: ``turn`` is the number of the turn the article came from; ``on`` its date of service.
review_revisions = Table(
    "review_revisions",
    metadata,
    Column("review_id", String(64), _of_review(), nullable=False),
    Column("number", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("on", Date),
    Column("content_hash", String(64), nullable=False),
    Column("article", Text, nullable=False),
    PrimaryKeyConstraint("review_id", "number"),
)

#: Everything that happened, in order. ``state`` is the review's after it; ``basis`` what an approval rests on.
review_events = Table(
    "review_events",
    metadata,
    Column("review_id", String(64), _of_review(), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("person", Text),
    Column("text", Text),
    Column("basis", Text),
    PrimaryKeyConstraint("review_id", "number"),
)

#: ``at`` stays text: it is hashed as it stands.
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("digest", String(64)),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

#: One row: how long the chain is and how it ends, so that a missing end is seen.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

#: Which changes were made under an ``Idempotency-Key``: hashes of it and of the request, and what came of it.
receipts = Table(
    "receipts",
    metadata,
    Column("tenant", String(63), nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("thread_id", String(64), _of_thread(), index=True),
    Column("at", Moment, nullable=False, index=True),
    PrimaryKeyConstraint("tenant", "key_hash"),
)

#: ``previous_hash`` is of the secret before the last rotation, which works until ``previous_until``.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("tenant", String(63), nullable=False),
    Column("name", String(120), nullable=False),
    Column("scopes", String(120), nullable=False),
    Column("secret_hash", String(64), nullable=False),
    Column("previous_hash", String(64)),
    Column("previous_until", Moment),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

#: ``actor``: who gave it, for the audit trail. ``lease``: who works on it, until ``leased_until``.
uploads = Table(
    "uploads",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("tenant", String(63), nullable=False),
    Column("actor", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("replace", Boolean, nullable=False),
    Column("form", Text),
    Column("document_id", String(255)),
    Column("problems", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("lease", String(64)),
    Column("leased_until", Moment),
    Column("attempts", Integer, nullable=False),
    Index("ix_uploads_tenant_created_at", "tenant", "created_at"),
    Index("ix_uploads_state_created_at", "state", "created_at"),
)

#: What was uploaded, until it is a document or cannot be one.
upload_files = Table(
    "upload_files",
    metadata,
    Column("upload_id", String(64), ForeignKey("uploads.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(255), nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("upload_id", "name"),
)
