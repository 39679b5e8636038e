"""A review follows its case: when the record changes, the article under review is another, and none is approved."""

from __future__ import annotations

from collections.abc import Sequence

from app.review.models import StoredReview
from app.review.reviews import Reviews
from rag.article.models import Kind
from rag.followup.models import Turn, TurnKind

#: Turns that change the record of the case they belong to.
_CHANGING = frozenset({TurnKind.ADDITION, TurnKind.CORRECTION, TurnKind.FORM})
_OPENING = frozenset({TurnKind.QUESTION, TurnKind.NEW_CASE})


def follower(reviews: Reviews, thread_id: str, turns: Sequence[Turn]) -> str | None:
    """The newest review of the case in hand, where the last of ``turns`` changed the record it rests on.

    It has to be submitted anew with the article of that turn: ``Reviews.bring_along``, in the transaction that stores
    it. ``None`` where there is nothing to follow.
    """
    last = turns[-1]
    if last.kind not in _CHANGING or last.answer is None or last.answer.kind is not Kind.DETERMINATION:
        return None
    review = _newest(reviews, thread_id, since=_begins(turns))
    if review is None or not _about_the_record(turns[review.turn - 1]) or _same_record(turns, review.turn):
        return None
    return review.id


def _begins(turns: Sequence[Turn]) -> int:
    """The number of the turn that opened the case in hand; turns count from 1."""
    return next((n for n in range(len(turns), 0, -1) if turns[n - 1].kind in _OPENING), 1)


def _newest(reviews: Reviews, thread_id: str, *, since: int) -> StoredReview | None:
    found = [reviews.get(row.id) for row in reviews.queue(thread_id=thread_id)]
    return max((review for review in found if review.turn >= since), key=lambda review: review.turn, default=None)


def _about_the_record(turn: Turn) -> bool:
    return turn.answer is not None and turn.answer.kind is Kind.DETERMINATION


def _same_record(turns: Sequence[Turn], reviewed: int) -> bool:
    """Whether the last turn left the facts as they were when the article under review was written."""
    before, after = turns[reviewed - 1].case_file, turns[-1].case_file
    return before is not None and after is not None and before.case.facts == after.case.facts
