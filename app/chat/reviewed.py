"""Articles of a thread with what has become of their reviews."""

from __future__ import annotations

from collections.abc import Mapping

from app.chat.office import Office
from app.options import today
from app.review.models import StoredReview
from app.review.shown import with_review
from rag.article.models import Answer


def reviews_of(office: Office, thread_id: str) -> Mapping[int, StoredReview]:
    """The reviews of a thread as they stand today, by the turn whose article they are about."""
    found = (
        office.reviews.current(row.id, knowledge=office.knowledge, today=today())
        for row in office.reviews.queue(thread_id=thread_id)
    )
    return {review.turn: review for review in found}


def as_reviewed(answer: Answer, review: StoredReview | None) -> Answer:
    """The article as the reviewers left it, with their state in it."""
    return answer if review is None else with_review(review.article, review)
