"""Does the record say what it must say after the turn, and no less than before of what the turn left alone?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check, missing
from evals.followups.play import Played
from evals.followups.values import expected_value, same, values_of
from rag.knowledge.library import Knowledge


def facts(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement a fact named. Values are those the criteria are given."""
    script, vocabulary = played.script, knowledge.vocabulary
    before = values_of(played.before, vocabulary)
    wanted = {name: expected_value(name, given, vocabulary) for name, given in script.facts.items()}
    wanted |= {name: before.get(name) for name in script.untouched}
    after = values_of(played.turn.case_file, vocabulary) if played.turn else {}
    for name, value in wanted.items():
        expected = f"{name}: {_said(value)}"
        if played.turn is None:
            yield missing(expected, played)
        else:
            yield Check(same(after.get(name), value), expected, f"{name}: {_said(after.get(name))}")


def _said(value: object) -> str:
    return "not documented" if value is None else str(value)
