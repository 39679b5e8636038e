"""Is the message taken for what it is?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement a turn; a turn with values that cannot be used has no kind."""
    if label.script.fails:
        return
    expected = " or ".join(label.script.kind)
    if exchange.turn is None:
        yield missing(expected, exchange)
    else:
        yield Check(exchange.turn.kind in label.script.kind, expected, exchange.turn.kind)


TURN_KIND_RIGHT = Metric("turn-kind-right", "messages taken for what they are", _judge)
