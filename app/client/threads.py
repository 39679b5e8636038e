"""``client.threads``: conversations that the server keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.api.models.threads import NumberedTurn, ThreadLine, ThreadOut
from app.client.events import turn_events
from app.client.transport import Transport, given, keyed, part
from rag.article.exports import Export, ExportKind
from rag.article.models import Answer
from rag.events import SectionDone

ROOT = "/v1/threads"


class Threads:
    """``key``, where a method takes it, is an idempotency key of your own; without, each call gets a new one.

    ``if_match``: the entity tag of ``tag``; the server refuses the message (412) when the thread is not so any more.
    ``selection``: payer, policy, state, date, record, audience; what is left out stays, None takes a choice back.
    """

    def __init__(self, sender: Transport) -> None:
        self._sender = sender

    def list(self) -> Iterator[ThreadLine]:
        """Those last used first."""
        return self._sender.pages(ThreadLine, ROOT)

    def create(self, *, key: str | None = None) -> ThreadOut:
        return self._sender.write(ThreadOut, ROOT, key=key)

    def show(self, thread_id: str) -> ThreadOut:
        return self._sender.get(ThreadOut, f"{ROOT}/{part(thread_id)}")

    def tag(self, thread_id: str) -> str:
        """The entity tag of the thread as it is now."""
        tag: str = self._sender.send("GET", f"{ROOT}/{part(thread_id)}").headers["ETag"]
        return tag

    def rename(self, thread_id: str, title: str) -> None:
        self._sender.send("PATCH", f"{ROOT}/{part(thread_id)}", body={"title": title})

    def delete(self, thread_id: str) -> None:
        """All that was said in it, and its reviews."""
        self._sender.send("DELETE", f"{ROOT}/{part(thread_id)}")

    def say(
        self,
        thread_id: str,
        text: str = "",
        *,
        note: str | None = None,
        facts: Mapping[str, object] | None = None,
        correct: bool = False,
        selection: Mapping[str, object] | None = None,
        key: str | None = None,
        if_match: str | None = None,
    ) -> NumberedTurn:
        """A question, a follow-up, values of a form, or another selection; what came of it."""
        body = given(text=text, note=note, facts=facts, correct=correct, selection=selection)
        headers = keyed(key) | ({"If-Match": if_match} if if_match else {})
        response = self._sender.send("POST", f"{ROOT}/{part(thread_id)}/messages", body=body, headers=headers)
        return NumberedTurn.model_validate_json(response.content)

    def say_stream(
        self,
        thread_id: str,
        text: str = "",
        *,
        note: str | None = None,
        facts: Mapping[str, object] | None = None,
        correct: bool = False,
        selection: Mapping[str, object] | None = None,
        key: str | None = None,
        if_match: str | None = None,
    ) -> Iterator[SectionDone | Answer | NumberedTurn]:
        """Sections, the article, and last the turn once it is stored.

        Raises ``Unfinished`` where it breaks off: the same message under the same ``key`` then tells what came of it.
        """
        body = given(text=text, note=note, facts=facts, correct=correct, selection=selection)
        headers = keyed(key) | ({"If-Match": if_match} if if_match else {})
        with self._sender.streamed(f"{ROOT}/{part(thread_id)}/messages", body, headers=headers) as response:
            yield from turn_events(response)

    def turn(self, thread_id: str, number: int) -> NumberedTurn:
        return self._sender.get(NumberedTurn, f"{ROOT}/{part(thread_id)}/turns/{number}")

    def export(self, thread_id: str, number: int, kind: ExportKind) -> Export:
        """The turn's article as a file, or the letter that requests what is missing."""
        return self._sender.file(f"{ROOT}/{part(thread_id)}/turns/{number}/export", kind=kind)
