"""Threads, reviews, and the audit trail with the triggers that let it only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ZEROS = "0" * 64

_SQLITE = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit {refuse}",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {refuse}",
    # INSERT OR REPLACE deletes without firing the trigger above.
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) {refuse}",
    "CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head "
    "WHEN NEW.id <> OLD.id OR NEW.entries <> OLD.entries + 1 {refuse}",
    "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head {refuse}",
    "CREATE TRIGGER audit_head_no_replace BEFORE INSERT ON audit_head "
    "WHEN EXISTS (SELECT 1 FROM audit_head WHERE id = NEW.id) {refuse}",
)
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"

_POSTGRESQL = (
    "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit trail only grows'; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW {refuse}",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT {refuse}",
    "CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head FOR EACH ROW "
    "WHEN (NEW.id <> OLD.id OR NEW.entries <> OLD.entries + 1) {refuse}",
    "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head FOR EACH ROW {refuse}",
    "CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT {refuse}",
)
_REFUSE_BY_FUNCTION = "EXECUTE FUNCTION audit_only_grows()"


def upgrade() -> None:
    _create_threads()
    _create_reviews()
    _create_audit()
    sqlite = op.get_context().dialect.name == "sqlite"
    refuse = _REFUSE if sqlite else _REFUSE_BY_FUNCTION
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement.replace("{refuse}", refuse))


def _create_threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("title", sa.Text),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("updated_at", sa.String(27), nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_threads_updated_at", "threads", ["updated_at"])
    op.create_table(
        "turns",
        sa.Column("thread_id", sa.String(64), _belongs_to("threads"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("thread_id", "number"),
    )
    op.create_table(
        "pending",
        sa.Column("thread_id", sa.String(64), _belongs_to("threads"), primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "deleted_threads",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
    )


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("thread_id", sa.String(64), _belongs_to("threads"), nullable=False),
    )
    op.create_index("ix_reviews_thread_id", "reviews", ["thread_id"])
    op.create_table(
        "review_revisions",
        sa.Column("review_id", sa.String(64), _belongs_to("reviews"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("on", sa.Date),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("review_id", "number"),
    )
    op.create_table(
        "review_events",
        sa.Column("review_id", sa.String(64), _belongs_to("reviews"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("person", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("basis", sa.Text),
        sa.PrimaryKeyConstraint("review_id", "number"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "entries": 0, "hash": _ZEROS}])


def _belongs_to(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
