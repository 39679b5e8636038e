"""From a message to a stored turn: kept before it is answered, so that no crash loses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.chat.office import Office, answering
from app.review.following import follow
from app.store.errors import Conflict
from app.store.threads import StoredThread
from rag.article.models import Answer
from rag.conversation import converse
from rag.events import SectionDone
from rag.followup.models import Message, Turn

#: Seconds. A model may take its time for the same thread in another window.
_LONGEST_WAIT = 600


@dataclass(frozen=True)
class Stored:
    """The turn is in the store."""

    number: int


def take(office: Office, thread_id: str | None, message: Message) -> str:
    """Keep the message; the id of its thread, which is made for the first one. Raises ``StoreError``."""
    thread_id = thread_id or office.threads.create()
    office.threads.begin(thread_id, message)
    return thread_id


def answer_pending(office: Office, thread_id: str) -> Iterator[SectionDone | Answer | Stored]:
    """Answer what waits in the thread, and store it. Nothing, when another window did so meanwhile.

    Raises ``UserError`` and the like for a message that cannot be answered; it stays pending.
    """
    lock = answering(thread_id)
    if not lock.acquire(timeout=_LONGEST_WAIT):
        raise Conflict("The thread is being answered in another window. Load the page again later.")
    try:
        thread = office.threads.get(thread_id)
        if thread.pending is not None:
            yield from _answered(office, thread, thread.pending)
    finally:
        lock.release()


def _answered(office: Office, thread: StoredThread, message: Message) -> Iterator[SectionDone | Answer | Stored]:
    for event in converse(message, thread.turns, desk=office.desk):
        if isinstance(event, Turn):
            number = office.threads.append(thread.id, event, expected=len(thread.turns))
            follow(office.reviews, thread.id, (*thread.turns, event))
            yield Stored(number)
        else:
            yield event
