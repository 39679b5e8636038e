"""Reviews in words: their state, and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.chat.times import when
from app.review.models import EventKind, ReviewEvent, ReviewRow, State, StoredReview
from rag.article.models import Answer, Section

STATES: Final = {
    State.SUBMITTED: "Submitted",
    State.UNDER_REVIEW: "Under review",
    State.APPROVED: "Approved",
}
ICONS: Final = {
    State.SUBMITTED: ":material/inbox:",
    State.UNDER_REVIEW: ":material/visibility:",
    State.APPROVED: ":material/verified:",
}
_EVENTS: Final = {
    EventKind.SUBMITTED: "submitted",
    EventKind.RESUBMITTED: "submitted anew",
    EventKind.STRUCK: "struck a sentence",
    EventKind.TAKEN_UP: "took it up",
    EventKind.APPROVED: "approved it",
    EventKind.SENT_BACK: "sent it back",
    EventKind.COMMENTED: "commented",
    EventKind.FELL_BACK: "The approval fell",
}
_WITHOUT_PERSON: Final = {EventKind.SUBMITTED: "Submitted", EventKind.RESUBMITTED: "Submitted anew"}


def row_words(row: ReviewRow, *, now: datetime) -> str:
    """ "Is 62321 necessary · under review by A. Reviewer, today 10:05"."""
    by = f" by {row.reviewer}" if row.reviewer else ""
    return f"{row.title or 'Untitled'} · {STATES[row.state].lower()}{by}, {when(row.at, now=now)}"


def event_words(event: ReviewEvent, *, now: datetime) -> str:
    """One line of the history, with what was said."""
    if event.person:
        head = f"{event.person} {_EVENTS[event.kind]}"
    else:
        head = _WITHOUT_PERSON.get(event.kind, _EVENTS[event.kind])
    said = f": {event.text}" if event.text else ""
    return f"{when(event.at, now=now)} (revision {event.revision}). {head}{said}"


def fall_reason(review: StoredReview) -> str | None:
    """Why the approval no longer holds, where that is the last thing that happened to the article."""
    last = next(event for event in reversed(review.history) if event.kind is not EventKind.COMMENTED)
    return last.text if last.kind is EventKind.FELL_BACK else None


def sections_with_sentences(answer: Answer) -> tuple[Section, ...]:
    return tuple(section for section in answer.sections if section.claims)


def numbered(section: Section) -> Sequence[tuple[int, str]]:
    """The sentences of a section, counted from 1."""
    return [(number, claim.text) for number, claim in enumerate(section.claims, start=1)]
