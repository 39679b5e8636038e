"""The decision of one policy on one case, with everything needed to check it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Status(StrEnum):
    """The status of a request under a policy (DESIGN: statuses are never a denial; a person decides)."""

    MET = "criteria_met"
    NOT_MET = "criteria_not_met"
    POLICY_CHECK = "needs_policy_check"
    DOCUMENTATION = "needs_documentation"
    NOT_COVERED = "not_covered"
    NOT_APPLICABLE = "not_applicable"


class CriterionStatus(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_DOCUMENTED = "not_documented"
    NOT_APPLICABLE = "not_applicable"


class Record(StrEnum):
    """Open: what the record does not say is unknown. Closed: it is not shown."""

    OPEN = "open"
    CLOSED = "closed"


class Strict(BaseModel):
    """Frozen, and strict about its fields: the base of everything an answer is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CriterionResult(Strict):
    """A row of the checklist; a part has the id ``criterion.part`` and names its criterion in ``part_of``."""

    id: str
    label: str
    status: CriterionStatus
    source: str
    quote: str
    basis: str
    decides: str
    facts: tuple[str, ...]
    alternative_to: str | None = None
    part_of: str | None = None
    note: str | None = None


class MissingFact(Strict):
    """A fact whose value could still change the status, with the question to ask."""

    fact: str
    label: str
    question: str
    criteria: tuple[str, ...]


class Step(Strict):
    """One thing the record would have to show. ``against_record``: it now says otherwise."""

    fact: str
    needs: str
    text: str
    against_record: bool


class Change(Strict):
    """A smallest set of steps that together lead to the best status the digest allows."""

    steps: tuple[Step, ...]
    leads_to: Status
    text: str


class TraceNode(Strict):
    """A node of a rule with the truth values it can still take."""

    rule: str
    outcome: CriterionStatus
    of: tuple[TraceNode, ...] = ()


class Effective(Strict):
    """A window; JSON keys ``from`` and ``to``, ``null`` where open or not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    start: date | None = Field(alias="from")
    end: date | None = Field(alias="to")


class DifferenceNote(Strict):
    policy_id: str
    point: str
    text: str
    source: str


class Determination(Strict):
    """What one policy says of the case on one day."""

    policy_id: str
    title: str
    payer: str
    version: str | None
    effective: Effective | None
    status: Status
    reason: str
    record: Record
    complete: bool
    complete_note: str | None
    criteria: tuple[CriterionResult, ...]
    missing: tuple[MissingFact, ...]
    would_change: tuple[Change, ...]
    conditions: tuple[str, ...]
    differences: tuple[DifferenceNote, ...]
    trace: dict[str, TraceNode]
