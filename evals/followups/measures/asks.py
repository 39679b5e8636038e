"""Does the answer ask for what it needs?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.check import Check, missing
from evals.followups.play import Played
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge


def asks(played: Played, knowledge: Knowledge) -> Iterator[Check]:
    """One judgement for each fact named: listed as missing, or its question put in follow-ups, reply or sections."""
    for fact in played.script.asks:
        expected = f"asks for {fact}"
        if played.turn is None:
            yield missing(expected, played)
        else:
            asked = _asked(played.turn, fact, knowledge.vocabulary.facts[fact].question)
            yield Check(asked, expected, "asked" if asked else "not asked")


def _asked(turn: Turn, fact: str, question: str) -> bool:
    answer = turn.answer
    listed = answer is not None and any(one.fact == fact for d in answer.determinations for one in d.missing)
    said = [turn.reply]
    if answer is not None:
        said += [*answer.follow_ups, *(claim.text for section in answer.sections for claim in section.claims)]
    return listed or any(question in text for text in said)
