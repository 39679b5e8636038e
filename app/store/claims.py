"""Work on uploads: whoever takes one has it for a while, and when that is over without an outcome, another takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, or_, select, update

from app.store.audit import Action, record, upload_subject
from app.store.author import Author
from app.store.database import Database
from app.store.documents import record_document
from app.store.errors import Conflict
from app.store.ids import new_id
from app.store.tables import upload_files, uploads
from app.store.uploaded import UploadState

#: What ends its worker this often is not tried again.
MOST_ATTEMPTS = 3
_GIVEN_UP = (
    f"The work on these files was cut short {MOST_ATTEMPTS} times and is not tried again. "
    "Send fewer or smaller files; the server's log says why it stopped."
)


@dataclass(frozen=True)
class Claimed:
    """An upload in hand. ``lease`` is the right to say what became of it, lost once another has taken it over."""

    database: Database
    id: str
    tenant: str
    actor: str
    lease: str
    replace: bool
    form: Mapping[str, object] | None
    files: Mapping[str, bytes]

    def renew(self, lease_seconds: float) -> None:
        """Keep it for as long from now on. Raises ``Conflict`` where another has it."""
        until = self.database.clock() + timedelta(seconds=lease_seconds)
        with self.database.writing() as connection:
            self._check_mine(connection)
            connection.execute(update(uploads).where(uploads.c.id == self.id).values(leased_until=until))

    def finish(self, document_id: str) -> None:
        """It is this document now; its contents are removed here. Raises ``Conflict`` where another has it."""
        now = self.database.clock()
        with self.database.writing() as connection:
            self._check_mine(connection)
            _close(connection, self.id, now, UploadState.READY, document_id=document_id)
            self._record(connection, now, Action.UPLOAD_FINISHED)
            author = Author(actor=self.actor, tenant=self.tenant)
            record_document(connection, author, at=now, action=Action.DOCUMENT_ADDED, document_id=document_id)

    def fail(self, problems: Sequence[str]) -> None:
        """It can be no document; its contents are removed. Raises ``Conflict`` where another has it."""
        now = self.database.clock()
        with self.database.writing() as connection:
            self._check_mine(connection)
            _close(connection, self.id, now, UploadState.FAILED, problems=problems)
            self._record(connection, now, Action.UPLOAD_FAILED)

    def _check_mine(self, connection: Connection) -> None:
        mine = select(uploads.c.id).where(uploads.c.id == self.id, uploads.c.lease == self.lease)
        if connection.execute(mine).first() is None:
            raise Conflict(
                f"The upload {self.id} is in other hands: the time for it ran out here. Nothing was changed; "
                "leave it to them."
            )

    def _record(self, connection: Connection, at: datetime, action: Action) -> None:
        record(connection, at=at, actor=self.actor, action=action, subject=upload_subject(self.id))


def claim(database: Database, lease_seconds: float) -> Claimed | None:
    """See ``Uploads.claim``."""
    now = database.clock()
    with database.reading() as connection:
        # Most of the time nothing waits, and no writer has to wait for this look.
        if _next(connection, now) is None:
            return None
    with database.writing() as connection:
        while (row := _next(connection, now)) is not None:
            if row.attempts < MOST_ATTEMPTS:
                return _take(database, connection, row, now, now + timedelta(seconds=lease_seconds))
            _close(connection, row.id, now, UploadState.FAILED, problems=[_GIVEN_UP])
            action, subject = Action.UPLOAD_FAILED, upload_subject(row.id)
            record(connection, at=now, actor=row.actor, action=action, subject=subject)
    return None


def _next(connection: Connection, now: datetime) -> Row[tuple[object, ...]] | None:
    query = select(uploads).where(_waits(now)).order_by(uploads.c.created_at, uploads.c.id).limit(1)
    return connection.execute(query).first()


def _waits(now: datetime) -> ColumnElement[bool]:
    left = and_(uploads.c.state == UploadState.WORKING.value, uploads.c.leased_until <= now)
    return or_(uploads.c.state == UploadState.ACCEPTED.value, left)


def _take(
    database: Database, connection: Connection, row: Row[tuple[object, ...]], now: datetime, until: datetime
) -> Claimed:
    lease = new_id()
    taken = {"state": UploadState.WORKING.value, "lease": lease, "leased_until": until, "updated_at": now}
    connection.execute(update(uploads).where(uploads.c.id == row.id).values(**taken, attempts=row.attempts + 1))
    contents = select(upload_files).where(upload_files.c.upload_id == row.id).order_by(upload_files.c.name)
    return Claimed(
        database=database,
        id=row.id,
        tenant=row.tenant,
        actor=row.actor,
        lease=lease,
        replace=row.replace,
        form=json.loads(row.form) if row.form else None,
        files={file.name: file.content for file in connection.execute(contents)},
    )


def _close(
    connection: Connection,
    upload_id: str,
    now: datetime,
    state: UploadState,
    *,
    document_id: str | None = None,
    problems: Sequence[str] = (),
) -> None:
    """The outcome; no longer anybody's, and without its contents."""
    outcome = {"state": state.value, "document_id": document_id, "problems": json.dumps(list(problems))}
    over = {"form": None, "lease": None, "leased_until": None, "updated_at": now}
    connection.execute(update(uploads).where(uploads.c.id == upload_id).values(**outcome, **over))
    connection.execute(delete(upload_files).where(upload_files.c.upload_id == upload_id))
