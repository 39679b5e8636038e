"""Does the record say what it must say after the turn, and no less than before of what the turn left alone?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.followups.values import expected_value, same, values_of
from evals.frame.metric import Check, Metric


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement a fact named. Values are those the criteria are given."""
    script, vocabulary = label.script, label.knowledge.vocabulary
    before = values_of(exchange.before, vocabulary)
    wanted = {name: expected_value(name, given, vocabulary) for name, given in script.facts.items()}
    wanted |= {name: before.get(name) for name in script.untouched}
    after = values_of(exchange.turn.case_file, vocabulary) if exchange.turn else {}
    for name, value in wanted.items():
        expected = f"{name}: {_said(value)}"
        if exchange.turn is None:
            yield missing(expected, exchange, name)
        else:
            yield Check(same(after.get(name), value), expected, f"{name}: {_said(after.get(name))}", name)


def _said(value: object) -> str:
    return "not documented" if value is None else str(value)


FACTS_RIGHT = Metric("facts-right", "facts that the record says after a turn as the script does", _judge)
