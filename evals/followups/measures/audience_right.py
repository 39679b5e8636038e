"""Are the words those of the reader who asked?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each turn whose script names a reader."""
    wanted = label.script.audience
    if wanted is None:
        return
    turn = exchange.turn
    if turn is None:
        yield missing(wanted, exchange)
        return
    found = turn.answer.audience if turn.answer else turn.case_file.selection.audience if turn.case_file else None
    yield Check(found is wanted, wanted, str(found))


AUDIENCE_RIGHT = Metric("audience-right", "turns worded for the reader who asked", _judge)
