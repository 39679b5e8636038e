"""Threads: the turns of a conversation, and the message that is being answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, Row, delete, insert, select, update

from app.store.audit import Action, thread_subject, turn_subject
from app.store.author import LOCAL_USER, Author
from app.store.database import Database
from app.store.digests import digest, new_key
from app.store.errors import Conflict, NotFound, Unreadable, Unusable
from app.store.ids import could_be_id, new_id
from app.store.pages import Place, beyond
from app.store.receipts import record_by
from app.store.tables import deleted_threads, pending, threads, turns
from rag.article.words import clean
from rag.followup.models import Message, Turn

#: A title fits a line of a narrow list.
TITLE_LENGTH = 60

Model = TypeVar("Model", bound=BaseModel)


#: What else belongs to a new turn; it gets the turn's number.
Then = Callable[[Connection, int], object]


@dataclass(frozen=True)
class ThreadRow:
    """A line of the list of threads. ``title`` is ``None`` before the first message; ``turns``: how many."""

    id: str
    title: str | None
    updated_at: datetime
    turns: int


@dataclass(frozen=True)
class StoredThread:
    """``pending``: a message that was taken and never answered, as after a crash."""

    id: str
    title: str | None
    created_at: datetime
    updated_at: datetime
    turns: tuple[Turn, ...]
    pending: Message | None


@dataclass(frozen=True)
class Threads:
    """The threads of the author's tenant; those of others are as if they were not there.

    Every method is one transaction and raises ``StoreError``.
    """

    database: Database
    author: Author = LOCAL_USER

    def create(self) -> str:
        """The id of a new, empty thread; fit for a URL."""
        thread_id, now = new_id(), self.database.clock()
        with self.database.writing() as connection:
            row = {"id": thread_id, "created_at": now, "updated_at": now, "turns": 0, "key": new_key()}
            connection.execute(insert(threads).values(**row, tenant=self.author.tenant))
            self._record(connection, now, Action.THREAD_CREATED, thread_id)
        return thread_id

    def begin(self, thread_id: str, message: Message) -> None:
        """Keep ``message`` before it is answered. It takes the place of one that never was."""
        body, now = as_json(message), self.database.clock()
        with self.database.writing() as connection:
            row = thread_row(connection, thread_id, self.author.tenant)
            connection.execute(delete(pending).where(pending.c.thread_id == thread_id))
            connection.execute(insert(pending).values(thread_id=thread_id, at=now, body=body))
            title = row.title or title_of(message.text)
            connection.execute(update(threads).where(threads.c.id == thread_id).values(title=title, updated_at=now))

    def append(self, thread_id: str, turn: Turn, *, expected: int, then: Then | None = None) -> int:
        """Store ``turn`` after the ``expected`` turns its writer knew; the number of it, counting from 1.

        The pending message is answered with it. ``then`` is done in the same transaction: both, or neither. Raises
        ``Conflict`` when there are more turns by now.
        """
        body, now, number = as_json(turn), self.database.clock(), expected + 1
        with self.database.writing() as connection:
            row = thread_row(connection, thread_id, self.author.tenant)
            if row.turns != expected:
                raise Conflict(
                    f"The conversation went on elsewhere: it has {row.turns} turns, not {expected}. "
                    "Load it again, then send the message once more; this turn was not stored."
                )
            connection.execute(insert(turns).values(thread_id=thread_id, number=number, at=now, body=body))
            connection.execute(delete(pending).where(pending.c.thread_id == thread_id))
            changes = {"turns": number, "updated_at": now, "title": row.title or title_of(turn.said)}
            connection.execute(update(threads).where(threads.c.id == thread_id).values(changes))
            self._record(connection, now, Action.TURN_STORED, thread_id, number, digest(row.key, body))
            if then is not None:
                then(connection, number)
        return number

    def get(self, thread_id: str) -> StoredThread:
        """The whole thread. Raises ``NotFound``, and ``Unreadable`` for a shape this version does not know."""
        with self.database.reading() as connection:
            row = thread_row(connection, thread_id, self.author.tenant)
            query = select(turns.c.body).where(turns.c.thread_id == thread_id).order_by(turns.c.number)
            bodies = connection.execute(query).scalars().all()
            waiting = connection.execute(select(pending.c.body).where(pending.c.thread_id == thread_id)).scalar()
        return StoredThread(
            id=row.id,
            title=row.title,
            created_at=row.created_at,
            updated_at=row.updated_at,
            turns=tuple(from_json(Turn, body, f"Turn {n} of thread {thread_id}") for n, body in enumerate(bodies, 1)),
            pending=from_json(Message, waiting, f"The open message of thread {thread_id}") if waiting else None,
        )

    def recent(self, limit: int = 50, after: Place | None = None) -> tuple[ThreadRow, ...]:
        """The threads last used, newest first, without their turns.

        ``after``: ``updated_at`` and id of the last row of the page before.
        """
        query = (
            select(threads.c.id, threads.c.title, threads.c.updated_at, threads.c.turns)
            .where(threads.c.tenant == self.author.tenant)
            .order_by(threads.c.updated_at.desc(), threads.c.id)
            .limit(limit)
        )
        if after is not None:
            query = query.where(beyond(after, threads.c.updated_at, threads.c.id, newest_first=True))
        with self.database.reading() as connection:
            return tuple(ThreadRow(*row) for row in connection.execute(query))

    def row(self, thread_id: str) -> ThreadRow:
        """The thread's line of the list. Raises ``NotFound``."""
        with self.database.reading() as connection:
            row = thread_row(connection, thread_id, self.author.tenant)
        return ThreadRow(row.id, row.title, row.updated_at, row.turns)

    def turn(self, thread_id: str, number: int) -> Turn:
        """One turn; they count from 1. Raises ``NotFound`` and ``Unreadable``."""
        with self.database.reading() as connection:
            return load_turn(connection, thread_id, number, self.author.tenant)

    def rename(self, thread_id: str, title: str) -> None:
        given, now = title_of(title), self.database.clock()
        if given is None:
            raise Unusable("A title needs a word. Give one, or leave the title as it is.")
        with self.database.writing() as connection:
            thread_row(connection, thread_id, self.author.tenant)
            connection.execute(update(threads).where(threads.c.id == thread_id).values(title=given, updated_at=now))
            self._record(connection, now, Action.THREAD_RENAMED, thread_id)

    def delete(self, thread_id: str) -> bool:
        """Remove all that was said in the thread and in its reviews, and the key of its digests; a tombstone stays.

        ``False``: removed, but a reader keeps the bytes in SQLite's log until the next deletion or opening. What a
        server's own logs and backups keep is theirs.
        """
        now = self.database.clock()
        with self.database.writing() as connection:
            thread_row(connection, thread_id, self.author.tenant)
            # First, for a receipt of the thread goes with it. That of the deletion stays.
            subject = thread_subject(thread_id)
            record_by(connection, self.author, at=now, action=Action.THREAD_DELETED, subject=subject)
            connection.execute(delete(threads).where(threads.c.id == thread_id))  # the rest cascades
            connection.execute(insert(deleted_threads).values(id=thread_id, at=now, tenant=self.author.tenant))
        return self.database.forget_deleted()

    def _record(
        self,
        connection: Connection,
        at: datetime,
        action: Action,
        thread_id: str,
        number: int | None = None,
        content: str | None = None,
    ) -> None:
        subject = thread_subject(thread_id) if number is None else turn_subject(thread_id, number)
        record_by(connection, self.author, at=at, action=action, subject=subject, digest=content, thread_id=thread_id)


def thread_row(connection: Connection, thread_id: str, tenant: str) -> Row[tuple[object, ...]]:
    """The tenant's thread's own row. Raises ``NotFound``, saying so of one that the tenant deleted."""
    if not could_be_id(thread_id):
        raise _no_thread(thread_id)
    query = select(threads).where(threads.c.id == thread_id, threads.c.tenant == tenant)
    row = connection.execute(query).first()
    if row is not None:
        return row
    tombstone = select(deleted_threads.c.at).where(
        deleted_threads.c.id == thread_id, deleted_threads.c.tenant == tenant
    )
    gone = connection.execute(tombstone).scalar()
    if gone is not None:
        raise NotFound(f"The thread {thread_id} was deleted on {gone:%Y-%m-%d}. Start a new one.")
    raise _no_thread(thread_id)


def _no_thread(thread_id: str) -> NotFound:
    return NotFound(f"There is no thread {clean(thread_id)[:80]!r}. Check the link, or start a new one.")


def load_turn(connection: Connection, thread_id: str, number: int, tenant: str) -> Turn:
    """One turn; they count from 1. Raises ``NotFound`` and ``Unreadable``."""
    count = thread_row(connection, thread_id, tenant).turns
    query = select(turns.c.body).where(turns.c.thread_id == thread_id, turns.c.number == number)
    # A number no database can hold is not asked for.
    body = connection.execute(query).scalar() if 1 <= number <= count else None
    if body is None:
        raise NotFound(f"The thread {thread_id} has {count} turns, none numbered {number}.")
    return from_json(Turn, body, f"Turn {number} of thread {thread_id}")


def title_of(text: str) -> str | None:
    """The first words, as many as fit; ``None`` where there are none."""
    words = " ".join(clean(text).split())
    if len(words) <= TITLE_LENGTH:
        return words or None
    cut = words[:TITLE_LENGTH]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:(") + " …"


def as_json(model: BaseModel) -> str:
    try:
        return model.model_dump_json()
    except PydanticSerializationError:
        raise Unusable("The text holds signs that are no characters. Type them again, then send it.") from None


def from_json(kind: type[Model], body: str, what: str) -> Model:
    """Read ``body`` back. ``what`` names it in the error, which shows nothing of its content."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors()[:3]) or "the whole"
        raise Unreadable(
            f"{what} is stored in a shape this version does not read ({places}). "
            "Open it with the version that wrote it, or delete the thread; the others are not concerned."
        ) from None
