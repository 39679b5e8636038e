"""Is what is out of scope refused, with nothing cited and nothing decided?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.followup.models import Turn, TurnKind

_EXPECTED = "a refusal that says something, cites nothing and decides nothing"


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each turn that must be refused."""
    if not label.script.refused:
        return
    if exchange.turn is None:
        yield missing(_EXPECTED, exchange)
        return
    wrong = list(_wrong(exchange.turn))
    yield Check(not wrong, _EXPECTED, "; ".join(wrong) or "so it is")


def _wrong(turn: Turn) -> Iterator[str]:
    if turn.kind is not TurnKind.REFUSAL:
        yield f"taken for {turn.kind}"
    if turn.answer and (turn.answer.references or any(c.citations for s in turn.answer.sections for c in s.claims)):
        yield "something is cited"
    if turn.answer and turn.answer.verdict:
        yield f"a verdict: {turn.answer.verdict.status}"
    if not turn.reply and not (turn.answer and turn.answer.sections):
        yield "nothing is said"


REFUSALS_RIGHT = Metric(
    "refusals-right", "turns out of scope that are refused, with nothing cited and nothing decided", _judge
)
