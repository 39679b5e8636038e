"""Conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from app.api.json_values import YesOrNo
from app.api.models.common import Body, Choosing, Facts
from app.given import LONGEST_TEXT
from rag.article.models import Audience
from rag.followup.models import Turn


class ThreadLine(Body):
    """``title``: its first words; ``null`` before the first message."""

    id: str
    title: str | None
    updated_at: datetime
    turns: int


class NumberedTurn(Body):
    """A turn of a thread; they count from 1."""

    thread_id: str
    number: int
    turn: Turn


class ThreadOut(Body):
    id: str
    title: str | None
    created_at: datetime
    updated_at: datetime
    turns: tuple[NumberedTurn, ...]


class TitleRequest(Body):
    title: Annotated[str, StringConstraints(max_length=500, pattern=r"\w")]


class SelectionRequest(Choosing):
    """What is left out stays as it stands in the thread; ``null`` takes a choice back."""

    audience: Audience = Field(default=Audience.CLINICIAN, description="Changes words, never facts.")


class MessageRequest(Body):
    """What a user sends: words, a note, values of a form, or a selection; at least one of them."""

    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] = ""
    note: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None
    facts: Facts | None = None
    correct: YesOrNo = Field(default=False, description="The facts replace what the record says.")
    selection: SelectionRequest | None = Field(default=None, description="Payer, policy, state, date, reader.")
