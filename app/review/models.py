"""A review as it is stored and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from app.store.errors import StoreError
from rag.article.models import Answer
from rag.criteria.determination import Effective


class ReviewError(StoreError):
    """The step is not one a review can take now; nothing was changed."""


class State(StrEnum):
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"


class EventKind(StrEnum):
    """What happened. The first three bring a new revision of the article, and the review back to submitted."""

    SUBMITTED = "submitted"
    RESUBMITTED = "resubmitted"
    STRUCK = "struck"
    TAKEN_UP = "taken_up"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    COMMENTED = "commented"
    FELL_BACK = "fell_back"
    """The approval no longer holds; no person did this."""


class VersionSeen(BaseModel):
    """A version of a policy: its name and its window, both of which tell one from another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    effective: Effective


class PolicySeen(BaseModel):
    """What the corpus said of a decided policy at approval: for the date of service, and on the day of approval."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy_id: str
    for_service: VersionSeen | None
    in_force: VersionSeen | None


class Approval(BaseModel):
    """What an approval is bound to. ``on``: the date of service; ``None`` where nothing was decided."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content_hash: str
    on: date | None
    policies: tuple[PolicySeen, ...]


@dataclass(frozen=True)
class ReviewEvent:
    """``person``: who did it, if somebody did; ``text``: a comment or a reason; ``state``: the review's after it."""

    number: int
    at: datetime
    kind: EventKind
    state: State
    revision: int
    person: str | None
    text: str | None
    approval: Approval | None


@dataclass(frozen=True)
class StoredReview:
    """A review with its newest article, which stands in revision ``revision`` and came from turn ``turn``.

    ``article.review`` is as it was written; ``app.review.shown.with_review`` puts this review's state into it.
    ``reviewer``: who brought it into the state it has, if a person did; ``at``: when.
    """

    id: str
    thread_id: str
    state: State
    reviewer: str | None
    at: datetime
    revision: int
    turn: int
    on: date | None
    content_hash: str
    article: Answer
    history: tuple[ReviewEvent, ...]

    @property
    def comments(self) -> tuple[ReviewEvent, ...]:
        return tuple(event for event in self.history if event.kind is EventKind.COMMENTED)

    @property
    def approval(self) -> Approval | None:
        """What the approval in force is bound to."""
        last = next(event for event in reversed(self.history) if event.kind is not EventKind.COMMENTED)
        return last.approval


@dataclass(frozen=True)
class ReviewRow:
    """A line of the queue; ``title`` is the thread's."""

    id: str
    thread_id: str
    title: str | None
    state: State
    reviewer: str | None
    at: datetime
    revision: int
