"""Does each policy named in the script have the status it must have?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evals.followups.anew import decide_anew
from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.criteria.determination import Status
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement a policy: as the article says, or, for a turn that shows no determination, as the record stands."""
    found = _found(exchange.turn, label.knowledge) if exchange.turn and label.script.statuses else {}
    for policy, allowed in label.script.statuses.items():
        expected = f"{policy}: {' or '.join(status or 'not decided' for status in allowed)}"
        if exchange.turn is None:
            yield missing(expected, exchange, policy)
        else:
            status = found.get(policy)
            yield Check(status in allowed, expected, f"{policy}: {status or 'not decided'}", policy)


def _found(turn: Turn, knowledge: Knowledge) -> Mapping[str, Status]:
    shown = {one.policy_id: one.status for one in turn.answer.determinations} if turn.answer else {}
    if shown or turn.hypothetical or turn.case_file is None:
        return shown
    return {policy: one.status for policy, one in decide_anew(turn.case_file, knowledge).items()}


STATUSES_RIGHT = Metric("statuses-right", "statuses of policies that are those of the script", _judge)
