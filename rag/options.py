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
