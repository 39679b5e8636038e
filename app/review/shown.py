"""An article with the state of its review in it, the same in its field and in its disclaimer."""

from __future__ import annotations

from typing import Final

from app.review.models import State, StoredReview
from rag.article.models import Answer, Audience, Review

#: Where a disclaimer begins to speak of the review; everything from here on is about it.
_STATUS: Final = "Status: "

_WORDS: Final = {
    State.SUBMITTED: "submitted, pending human review.",
    State.UNDER_REVIEW: "under human review by {reviewer} since {day}; not approved.",
    State.APPROVED: "reviewed and approved by {reviewer} on {day}.",
}
_PLAIN_WORDS: Final = {
    State.SUBMITTED: "submitted. A person still has to check this page.",
    State.UNDER_REVIEW: "{reviewer} has been checking this page since {day}. It is not approved yet.",
    State.APPROVED: "{reviewer} checked this page and approved it on {day}.",
}


def with_review(answer: Answer, review: StoredReview) -> Answer:
    """``answer`` saying what has become of it. An article that is only submitted stays as it was written."""
    if review.state is State.SUBMITTED and answer.review.status == State.SUBMITTED.value:
        return answer
    said = Review()
    if review.state is not State.SUBMITTED:
        said = Review(status=review.state.value, reviewer=review.reviewer, at=review.at)
    lead, marker, _ = answer.disclaimer.partition(_STATUS)
    disclaimer = f"{lead}{marker}{_in_words(review, answer.audience)}" if marker else answer.disclaimer
    return answer.model_copy(update={"review": said, "disclaimer": disclaimer})


def disclaimer_apart_from_review(answer: Answer) -> str:
    """What the disclaimer says whatever becomes of the article."""
    return answer.disclaimer.partition(_STATUS)[0]


def _in_words(review: StoredReview, audience: Audience) -> str:
    words = (_PLAIN_WORDS if audience is Audience.PATIENT else _WORDS)[review.state]
    return words.format(reviewer=review.reviewer, day=f"{review.at:%Y-%m-%d}")
