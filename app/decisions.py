"""Facts in, determinations out: what ``decide``, the API and the MCP server share."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from rag.case.implied import with_implied
from rag.case.models import Case
from rag.case.values import resolve
from rag.criteria.decide import decide
from rag.criteria.determination import Determination, Record
from rag.criteria.policy import Policy
from rag.knowledge.library import Knowledge
from rag.knowledge.selection import check_state, select_policies


class Asked(BaseModel):
    """Which policies decide, in which version, and how the record is read. ``on`` is the date of service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    payer: str | None = None
    policy: str | None = None
    state: str | None = None
    record: Record = Record.OPEN


def decide_case(case: Case, asked: Asked, knowledge: Knowledge) -> tuple[Determination, ...]:
    """One determination for each policy that is asked. Raises ``UserError`` for a payer, policy or state not known."""
    facts = with_implied(case, knowledge.codes, knowledge.vocabulary)
    values = resolve(facts, knowledge.vocabulary)
    selected = policies_asked(asked, knowledge)
    return tuple(decide(policy, values, asked.on, record=asked.record) for policy in selected)


def policies_asked(asked: Asked, knowledge: Knowledge) -> tuple[Policy, ...]:
    """Those that decide, in order of id. Raises ``UserError`` for a name that is not known."""
    state = check_state(knowledge, asked.state) if asked.state else None
    return select_policies(knowledge, payer=asked.payer, policy=asked.policy, state=state)
