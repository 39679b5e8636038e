"""What the last message changed, in words."""

from __future__ import annotations

from app.chat.article.models import Changes, Move, PolicyMove, StatusWords
from app.chat.article.text import safe
from rag.article.wording import ROW_STATUS, STATUS_SHORT
from rag.criteria.determination import CriterionStatus, Status
from rag.followup.models import CriterionChange, FactChange, StatusChange, Turn
from rag.knowledge.library import Knowledge


def changes_of(turn: Turn | None, knowledge: Knowledge) -> Changes | None:
    """None where nothing changed."""
    if turn is None or not (turn.facts or turn.statuses):
        return None
    return Changes(
        facts=tuple(_fact(change) for change in turn.facts),
        policies=tuple(_policy(change, knowledge) for change in turn.statuses),
    )


def _fact(change: FactChange) -> Move:
    return Move(label=safe(change.label), before=_value(change.before), after=_value(change.after))


def _value(words: str | None) -> StatusWords:
    return StatusWords(status="" if words else "not_documented", words=safe(words or "not documented"))


def _policy(change: StatusChange, knowledge: Knowledge) -> PolicyMove:
    policy = knowledge.policies.get(change.policy_id)
    name = f"{policy.payer_name} ({policy.id})" if policy else change.policy_id
    moved = Move(label=safe(name), before=_status(change.before), after=_status(change.after))
    return PolicyMove(policy=moved, criteria=tuple(_criterion(item) for item in change.criteria))


def _criterion(change: CriterionChange) -> Move:
    return Move(label=safe(change.label), before=_row(change.before), after=_row(change.after))


def _status(status: Status | None) -> StatusWords | None:
    return None if status is None else StatusWords(status=status.value, words=STATUS_SHORT[status])


def _row(status: CriterionStatus | None) -> StatusWords | None:
    return None if status is None else StatusWords(status=status.value, words=ROW_STATUS[status])
