"""Does the turn say which facts it changed?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check, missing
from evals.followups.play import Played
from evals.followups.values import expected_value, same, values_of
from rag.followup.models import TurnKind
from rag.knowledge.library import Knowledge


def told(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement for each fact in the script that must differ from what an open case said before."""
    script, vocabulary = played.script, knowledge.vocabulary
    if played.before is None or script.keeps_facts or set(script.kind) & {TurnKind.QUESTION, TurnKind.NEW_CASE}:
        return
    before = values_of(played.before, vocabulary)
    named = {change.fact for change in played.turn.facts} if played.turn else set()
    for name, given in script.facts.items():
        if same(before.get(name), expected_value(name, given, vocabulary)):
            continue
        expected = f"says that {name} changed"
        if played.turn is None:
            yield missing(expected, played)
        else:
            yield Check(name in named, expected, f"says so of: {', '.join(sorted(named)) or 'no fact'}")
