"""A message answered and stored: what the page and the API share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from app.review.following import follower
from app.review.reviews import Reviews
from app.store.errors import Conflict
from app.store.threads import StoredThread, Threads
from rag.conversation import Desk, converse
from rag.events import Event
from rag.followup.models import Message, Turn

#: Seconds. A model may take its time for the same thread elsewhere.
LONGEST_WAIT = 600

#: By thread, as long as anybody holds or awaits one.
_LOCKS: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
_MAKING = threading.Lock()


@dataclass(frozen=True)
class Stored:
    """The turn is in the store, with the number it has there."""

    number: int
    turn: Turn


@contextmanager
def answering(thread_id: str) -> Iterator[None]:
    """One at a time answers in a thread: two windows do not answer the same message twice. Raises ``Conflict``.

    Between processes the number of turns a writer expects does the same.
    """
    with _MAKING:
        lock = _LOCKS.setdefault(thread_id, threading.Lock())
    if not lock.acquire(timeout=LONGEST_WAIT):
        raise Conflict("The thread is being answered elsewhere. Load it again later.")
    try:
        yield
    finally:
        lock.release()


def answered(
    thread: StoredThread, message: Message, *, desk: Desk, threads: Threads, reviews: Reviews
) -> Iterator[Event | Stored]:
    """The article while it is written, then the turn once it is stored; the review of its case follows."""
    for event in converse(message, thread.turns, desk=desk):
        if isinstance(event, Turn):
            yield Stored(store_turn(thread, event, threads=threads, reviews=reviews), event)
        else:
            yield event


def store_turn(thread: StoredThread, turn: Turn, *, threads: Threads, reviews: Reviews) -> int:
    """The turn and what it does to the review of its case, both or neither; the turn's number."""
    review_id = follower(reviews, thread.id, (*thread.turns, turn))
    expected = len(thread.turns)
    if review_id is None:
        return threads.append(thread.id, turn, expected=expected)
    return threads.append(
        thread.id,
        turn,
        expected=expected,
        then=lambda connection, number: reviews.bring_along(connection, review_id, number),
    )
