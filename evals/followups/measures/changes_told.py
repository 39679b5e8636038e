"""Does the turn say which facts it changed?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.followups.values import expected_value, same, values_of
from evals.frame.metric import Check, Metric
from rag.followup.models import TurnKind


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each fact in the script that must differ from what an open case said before."""
    script, vocabulary = label.script, label.knowledge.vocabulary
    if exchange.before is None or script.keeps_facts or set(script.kind) & {TurnKind.QUESTION, TurnKind.NEW_CASE}:
        return
    before = values_of(exchange.before, vocabulary)
    named = {change.fact for change in exchange.turn.facts} if exchange.turn else set()
    for name, given in script.facts.items():
        if same(before.get(name), expected_value(name, given, vocabulary)):
            continue
        expected = f"says that {name} changed"
        if exchange.turn is None:
            yield missing(expected, exchange, name)
        else:
            yield Check(name in named, expected, f"says so of: {', '.join(sorted(named)) or 'no fact'}", name)


CHANGES_TOLD = Metric("changes-told", "changed facts that the turn says it changed", _judge)
