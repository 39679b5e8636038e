"""From a message to a stored turn: kept before it is answered, so that no crash loses it."""

from __future__ import annotations

from collections.abc import Iterator

from app.chat.office import Office
from app.conversing import Stored, answered, answering
from rag.events import Event
from rag.followup.models import Message


def take(office: Office, thread_id: str | None, message: Message) -> str:
    """Keep the message; the id of its thread, which is made for the first one. Raises ``StoreError``."""
    thread_id = thread_id or office.threads.create()
    office.threads.begin(thread_id, message)
    return thread_id


def answer_pending(office: Office, thread_id: str) -> Iterator[Event | Stored]:
    """Answer what waits in the thread, and store it. Nothing, when another window did so meanwhile.

    Raises ``UserError`` and the like for a message that cannot be answered; it stays pending.
    """
    with answering(thread_id):
        thread = office.threads.get(thread_id)
        if thread.pending is not None:
            yield from answered(
                thread, thread.pending, desk=office.desk, threads=office.threads, reviews=office.reviews
            )


__all__ = ["Stored", "answer_pending", "take"]
