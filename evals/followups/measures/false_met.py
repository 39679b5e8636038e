"""Is a request called met under a policy whose labels do not say so? The safety number: there must be none."""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check
from evals.followups.play import Played
from rag.criteria.determination import Status
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge


def false_met(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement a turn; a policy without a label may not be called met. A turn that is not there calls none met."""
    wrong = sorted(_met(played.turn) - played.may_be_met) if played.turn else []
    if played.turn and not wrong:
        wrong = _unfounded(played.turn, played.may_be_met)
    allowed = ", ".join(sorted(played.may_be_met)) or "none"
    yield Check(not wrong, f"met under: {allowed}", f"met under: {', '.join(wrong) or 'no other'}")


def _met(turn: Turn) -> set[str]:
    decided = turn.answer.determinations if turn.answer else ()
    told = {one.policy_id for one in turn.statuses if one.after is Status.MET}
    return told | {one.policy_id for one in decided if one.status is Status.MET}


def _unfounded(turn: Turn, may_be_met: frozenset[str]) -> list[str]:
    verdict = turn.answer.verdict if turn.answer else None
    return ["the verdict"] if verdict and verdict.status is Status.MET and not may_be_met else []
