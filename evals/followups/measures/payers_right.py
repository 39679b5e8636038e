"""Are the policies of the right payers decided, and no others?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.anew import decide_anew
from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each turn whose script names payers."""
    wanted = set(label.script.payers)
    if not wanted:
        return
    expected = f"payers: {', '.join(sorted(wanted))}"
    if exchange.turn is None:
        yield missing(expected, exchange)
        return
    found = _found(exchange.turn, label.knowledge)
    yield Check(found == wanted, expected, f"payers: {', '.join(sorted(found)) or 'none'}")


def _found(turn: Turn, knowledge: Knowledge) -> set[str]:
    decided = list(turn.answer.determinations) if turn.answer else []
    if not decided and turn.case_file:
        decided = list(decide_anew(turn.case_file, knowledge).values())
    return {knowledge.policies[one.policy_id].payer for one in decided}


PAYERS_RIGHT = Metric("payers-right", "turns that decide the policies of the payers named, and no others", _judge)
