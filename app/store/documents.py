"""What the audit trail says of a tenant's documents. The documents themselves are files of its corpus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.store.audit import Action, document_subject
from app.store.author import LOCAL_USER, Author
from app.store.database import Database
from app.store.receipts import record_by


@dataclass(frozen=True)
class Documents:
    """Every method is one transaction and raises ``StoreError``."""

    database: Database
    author: Author = LOCAL_USER

    def added(self, document_id: str) -> None:
        """Note one that came in otherwise than by an upload, which notes it itself."""
        self._note(Action.DOCUMENT_ADDED, document_id)

    def removed(self, document_id: str) -> None:
        self._note(Action.DOCUMENT_REMOVED, document_id)

    def _note(self, action: Action, document_id: str) -> None:
        now = self.database.clock()
        with self.database.writing() as connection:
            record_document(connection, self.author, at=now, action=action, document_id=document_id)


def record_document(connection: Connection, author: Author, *, at: datetime, action: Action, document_id: str) -> None:
    record_by(connection, author, at=at, action=action, subject=document_subject(author.tenant, document_id))
