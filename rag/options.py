"""What a request may fix beside its question."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from rag.article.models import Audience
from rag.case.models import Case
from rag.criteria.determination import Record


class AskOptions(BaseModel):
    """``on`` is the date of service; whoever calls from outside decides what "today" is. ``facts`` join those read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    payer: str | None = None
    policy: str | None = None
    state: str | None = None
    record: Record = Record.OPEN
    audience: Audience = Audience.CLINICIAN
    facts: Case | None = None


class Known(BaseModel):
    """What is known before the question is read: in a conversation the record stands already.

    The facts are those of ``case``; payer, state and date of service are those of the options, whatever the question
    names. ``about``: words for the request, where the question asks what documents say of it and nothing is to be
    decided. ``hypothesis``: what ``case`` supposes beyond the record, in words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: Case
    about: str | None = None
    hypothesis: str | None = None
