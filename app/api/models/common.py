"""What several bodies share: texts, names, facts, and the choice of policies."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from app.api.json_values import Day
from app.given import LONGEST_TEXT
from rag.criteria.determination import Record

#: Facts of a case; the vocabulary declares fewer.
MOST_FACTS = 500
MOST_REQUESTS = 100

# `\S` somewhere: what is all space says nothing.
Words = Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=r"\S")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Facts = Annotated[
    dict[str, JsonValue],
    Field(
        max_length=MOST_FACTS,
        description="Values by fact id, as in a facts file: true, a choice, a list of codes, null for unknown, or a "
        'quantity as text ("40 %", "10 weeks", ">= 50 %", "50-60 %"). `GET /v1/vocabulary` lists the facts.',
    ),
]


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choosing(Body):
    """Which policies decide, in which version, and how the record is read."""

    payer: Name | None = Field(default=None, description="Only this payer's policies; an id, a name or an alias.")
    policy: Name | None = Field(default=None, description="Only this policy.")
    state: Name | None = Field(default=None, description="US state of the service; picks the Medicare contractor.")
    on: Day | None = Field(default=None, description="Date of service; selects versions. Default: today.")
    record: Record = Field(default=Record.OPEN, description="closed: what the record does not say is not shown.")
