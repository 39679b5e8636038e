"""Receipts: what became of a request that may be sent again, so that it is not carried out twice."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from app.store.audit import Action, record
from app.store.author import Author, Receipt
from app.store.database import Database
from app.store.digests import canonical, digest, sha256
from app.store.errors import Conflict
from app.store.tables import receipts

#: As long as clients may send a request again; the draft standard of ``Idempotency-Key`` leaves it to the server.
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class StoredReceipt:
    """``subject``: what came of the request, as in the audit trail."""

    subject: str
    receipt_key: str
    fingerprint: str

    def matches(self, fingerprint: str) -> bool:
        """Whether it is of that very request (SHA-256 in hexadecimal), not of another under the same key."""
        return hmac.compare_digest(self.fingerprint, _kept_fingerprint(Receipt(self.receipt_key, fingerprint)))


@dataclass(frozen=True)
class Receipts:
    """The receipts of a database; each tenant has its own."""

    database: Database

    def find(self, tenant: str, key: str) -> StoredReceipt | None:
        """The receipt under an ``Idempotency-Key``, if it is no older than ``KEPT``."""
        since = self.database.clock() - KEPT
        with self.database.reading() as connection:
            query = select(receipts.c.subject, receipts.c.fingerprint).where(
                receipts.c.tenant == tenant, receipts.c.key_hash == _kept_key(tenant, key), receipts.c.at >= since
            )
            row = connection.execute(query).first()
        return None if row is None else StoredReceipt(row.subject, key, row.fingerprint)

    def purge(self) -> int:
        """Remove those older than ``KEPT``, as every new one does; how many there were."""
        now = self.database.clock()
        with self.database.writing() as connection:
            return _purge(connection, now)


def record_by(
    connection: Connection,
    author: Author,
    *,
    at: datetime,
    action: Action,
    subject: str,
    digest: str | None = None,
    thread_id: str | None = None,
) -> None:
    """Append to the audit trail, and keep the author's receipt: with the change, both or neither.

    The receipt goes with the thread, if one is named. Raises ``Conflict`` where there is one already.
    """
    record(connection, at=at, actor=author.actor, action=action, subject=subject, digest=digest)
    if author.receipt is not None:
        _keep(connection, author.tenant, author.receipt, at=at, subject=subject, thread_id=thread_id)


def _keep(
    connection: Connection, tenant: str, receipt: Receipt, *, at: datetime, subject: str, thread_id: str | None
) -> None:
    _purge(connection, at)
    key_hash = _kept_key(tenant, receipt.key)
    taken = select(receipts.c.at).where(receipts.c.tenant == tenant, receipts.c.key_hash == key_hash)
    # Writers wait for each other, so that what is not there now is not there at the insertion either.
    if connection.execute(taken).first():
        raise Conflict(
            "A request under this Idempotency-Key was carried out already; nothing was changed. "
            "Send the same request again for its outcome, or take a new key for another request."
        )
    connection.execute(
        insert(receipts).values(
            tenant=tenant,
            key_hash=key_hash,
            fingerprint=_kept_fingerprint(receipt),
            subject=subject,
            thread_id=thread_id,
            at=at,
        )
    )


def _purge(connection: Connection, now: datetime) -> int:
    return connection.execute(delete(receipts).where(receipts.c.at < now - KEPT)).rowcount


def _kept_key(tenant: str, key: str) -> str:
    # Clients may put a patient's number into it.
    return sha256(["receipt", tenant, key])


def _kept_fingerprint(receipt: Receipt) -> str:
    """Keyed with the client's key, which is not stored: the table alone does not let words be tried out."""
    return digest(canonical(receipt.key), receipt.fingerprint)
