"""Is a value that cannot be used refused with words the user can act on?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange
from evals.followups.label import Label
from evals.frame.metric import Check, Metric


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each turn that must fail: an error for the user, not a crash and not an answer."""
    if not label.script.fails:
        return
    found = exchange.error if exchange.turn is None else f"taken for {exchange.turn.kind}"
    yield Check(exchange.told and bool(exchange.error), "an error that says what to do", found)


BAD_VALUES_REFUSED = Metric(
    "bad-values-refused", "turns with values that cannot be used that end in an error the user can act on", _judge
)
