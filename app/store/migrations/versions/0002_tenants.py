"""Tenants, receipts of requests that may be sent again, API keys, and uploads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tell_tenants_apart()
    _create_receipts()
    _create_keys()
    _create_uploads()


def _tell_tenants_apart() -> None:
    # A default, for SQLite adds no other column that has to have a value; making the table anew would, as it drops
    # the old one, delete the turns of every thread with it.
    for table in ("threads", "deleted_threads"):
        op.add_column(table, sa.Column("tenant", sa.String(63), nullable=False, server_default="local"))
    op.drop_index("ix_threads_updated_at", "threads")
    op.create_index("ix_threads_tenant_updated_at", "threads", ["tenant", "updated_at"])


def _create_receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("tenant", sa.String(63), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("thread_id", sa.String(64), sa.ForeignKey("threads.id", ondelete="CASCADE")),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key_hash"),
    )
    op.create_index("ix_receipts_thread_id", "receipts", ["thread_id"])
    op.create_index("ix_receipts_at", "receipts", ["at"])


def _create_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("tenant", sa.String(63), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("scopes", sa.String(120), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("previous_hash", sa.String(64)),
        sa.Column("previous_until", sa.String(27)),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27)),
        sa.Column("revoked_at", sa.String(27)),
    )


def _create_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("tenant", sa.String(63), nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("replace", sa.Boolean, nullable=False),
        sa.Column("form", sa.Text),
        sa.Column("document_id", sa.String(255)),
        sa.Column("problems", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("updated_at", sa.String(27), nullable=False),
        sa.Column("lease", sa.String(64)),
        sa.Column("leased_until", sa.String(27)),
        sa.Column("attempts", sa.Integer, nullable=False),
    )
    op.create_index("ix_uploads_tenant_created_at", "uploads", ["tenant", "created_at"])
    op.create_index("ix_uploads_state_created_at", "uploads", ["state", "created_at"])
    op.create_table(
        "upload_files",
        sa.Column("upload_id", sa.String(64), sa.ForeignKey("uploads.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("upload_id", "name"),
    )
