"""Reviews and their steps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.api.json_values import Whole
from app.api.models.common import Body, Id
from app.review.given import LONGEST_NAME
from app.review.given import LONGEST_TEXT as LONGEST_WORDS
from app.review.models import Approval, EventKind, State
from rag.article.models import Answer


class ReviewRequest(Body):
    thread_id: Id
    turn: Whole = Field(ge=1, le=1_000_000, description="The turn whose article is to be reviewed.")


class ResubmitRequest(Body):
    turn: Whole = Field(ge=1, le=1_000_000)


Reviewer = Annotated[
    str | None,
    StringConstraints(max_length=LONGEST_NAME),
    Field(description="The person's name. A token that speaks for a person brings it; then leave it out."),
]
Seen = Annotated[
    str, StringConstraints(max_length=64), Field(description="`content_hash` of the article the person has read.")
]
Said = Annotated[str, StringConstraints(max_length=LONGEST_WORDS, pattern=r"\w")]


class TakeUp(Body):
    step: Literal["take_up"]
    reviewer: Reviewer = None


class Approve(Body):
    step: Literal["approve"]
    reviewer: Reviewer = None
    seen: Seen


class SendBack(Body):
    step: Literal["send_back"]
    reviewer: Reviewer = None
    comment: Said


class Comment(Body):
    step: Literal["comment"]
    reviewer: Reviewer = None
    comment: Said


class Strike(Body):
    step: Literal["strike"]
    reviewer: Reviewer = None
    seen: Seen
    section: Id
    sentence: Whole = Field(ge=1, le=10_000, description="Counts from 1 in its section.")
    reason: Said


StepRequest = Annotated[TakeUp | Approve | SendBack | Comment | Strike, Field(discriminator="step")]


class ReviewLine(Body):
    id: str
    thread_id: str
    title: str | None
    state: State
    reviewer: str | None
    at: datetime
    revision: int


class EventOut(Body):
    number: int
    at: datetime
    kind: EventKind
    state: State
    revision: int
    person: str | None
    text: str | None
    approval: Approval | None


class ReviewOut(Body):
    """``article`` says what has become of it; ``content_hash`` is what an approval of it names as ``seen``."""

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
    history: tuple[EventOut, ...]
