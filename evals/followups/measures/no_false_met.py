"""Is a request called met under a policy whose labels do not say so? The safety number: there must be none."""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.criteria.determination import Status
from rag.followup.models import Turn


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement a turn; a policy without a label may not be called met. A turn that broke has shown nothing."""
    if exchange.turn is None and not exchange.told:
        yield missing("a turn that calls none falsely met", exchange)
        return
    wrong = sorted(_met(exchange.turn) - label.may_be_met) if exchange.turn else []
    if exchange.turn and not wrong:
        wrong = _unfounded(exchange.turn, label.may_be_met)
    allowed = ", ".join(sorted(label.may_be_met)) or "none"
    yield Check(not wrong, f"met under: {allowed}", f"met under: {', '.join(wrong) or 'no other'}")


def _met(turn: Turn) -> set[str]:
    decided = turn.answer.determinations if turn.answer else ()
    told = {one.policy_id for one in turn.statuses if one.after is Status.MET}
    return told | {one.policy_id for one in decided if one.status is Status.MET}


def _unfounded(turn: Turn, may_be_met: frozenset[str]) -> list[str]:
    verdict = turn.answer.verdict if turn.answer else None
    return ["the verdict"] if verdict and verdict.status is Status.MET and not may_be_met else []


NO_FALSE_MET = Metric(
    "no-false-met", "turns that call nothing met which the script does not: the safety number", _judge
)
