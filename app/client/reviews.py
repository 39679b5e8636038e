"""``client.reviews``: a person judges an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.api.models.reviews import Approve, Comment, ReviewLine, ReviewOut, SendBack, Strike, TakeUp
from app.client.transport import Transport, given, part
from app.review.models import State
from rag.article.exports import Export, ExportKind
from rag.article.models import Answer

ROOT = "/v1/reviews"


class Reviews:
    """``key``, where a method takes it, is an idempotency key of your own; without, each call gets a new one."""

    def __init__(self, sender: Transport) -> None:
        self._sender = sender

    def list(self, *, state: Sequence[State] = (), thread_id: str | None = None) -> Iterator[ReviewLine]:
        """Those that wait longest first."""
        return self._sender.pages(ReviewLine, ROOT, state=state or None, thread_id=thread_id)

    def submit(self, thread_id: str, turn: int, *, key: str | None = None) -> ReviewOut:
        """The article of a turn, for a person to judge."""
        return self._sender.write(ReviewOut, ROOT, given(thread_id=thread_id, turn=turn), key=key)

    def show(self, review_id: str) -> ReviewOut:
        return self._sender.get(ReviewOut, f"{ROOT}/{part(review_id)}")

    def revision(self, review_id: str, number: int) -> Answer:
        """The article as it was then; revisions count from 1."""
        return self._sender.get(Answer, f"{ROOT}/{part(review_id)}/revisions/{number}")

    def export(self, review_id: str, kind: ExportKind) -> Export:
        """The article as a file, with the state of the review on it."""
        return self._sender.file(f"{ROOT}/{part(review_id)}/export", kind=kind)

    def resubmit(self, review_id: str, turn: int, *, key: str | None = None) -> ReviewOut:
        """The article of a later turn in its place."""
        return self._sender.write(ReviewOut, f"{ROOT}/{part(review_id)}/resubmission", given(turn=turn), key=key)

    def step(
        self, review_id: str, step: TakeUp | Approve | SendBack | Comment | Strike, *, key: str | None = None
    ) -> ReviewOut:
        """A step of a person: ``Approve(step="approve", reviewer="...", seen=review.content_hash)``, and the like."""
        body = step.model_dump(mode="json", exclude_none=True)
        return self._sender.write(ReviewOut, f"{ROOT}/{part(review_id)}/steps", body, key=key)
