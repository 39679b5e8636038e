"""Does the answer ask for what it needs?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.followups.exchange import Exchange, missing
from evals.followups.label import Label
from evals.frame.metric import Check, Metric
from rag.followup.models import Turn


def _judge(label: Label, exchange: Exchange) -> Iterator[Check]:
    """One judgement for each fact named: listed as missing, or its question put in follow-ups, reply or sections."""
    for fact in label.script.asks:
        expected = f"asks for {fact}"
        if exchange.turn is None:
            yield missing(expected, exchange, fact)
        else:
            asked = _asked(exchange.turn, fact, label.knowledge.vocabulary.facts[fact].question)
            yield Check(asked, expected, "asked" if asked else "not asked", fact)


def _asked(turn: Turn, fact: str, question: str) -> bool:
    answer = turn.answer
    listed = answer is not None and any(one.fact == fact for d in answer.determinations for one in d.missing)
    said = [turn.reply]
    if answer is not None:
        said += [*answer.follow_ups, *(claim.text for section in answer.sections for claim in section.claims)]
    return listed or any(question in text for text in said)


MISSING_ASKED_FOR = Metric(
    "missing-asked-for", "facts asked for that the answer needs, as missing or by their question", _judge
)
