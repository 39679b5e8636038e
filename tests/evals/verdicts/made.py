"""Made-up cases, so small that what must come of them can be said by looking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evals.frame.measuring import measure
from evals.frame.metric import Item, Metric, Played
from evals.frame.models import Measure
from evals.verdicts.asked import Asked, Form
from evals.verdicts.case import Sentence, VerdictCase
from rag.criteria.determination import Status

TODAY = date(2026, 11, 22)

#: The form asked, the label, and what came of it (``None``: the method broke).
Outcome = tuple[Form, Status, str | None]


def sentence(fact: str, value: object, words: str) -> Sentence:
    return Sentence(fact, value, words)


def case(name: str = "one", status: Status = Status.NOT_MET, **changed: Any) -> VerdictCase:
    """A note by hand, with the fields changed that are named."""
    fields: dict[str, Any] = {
        "id": f"plan/{name}",
        "group": f"plan/{name}",
        "policy": "plan",
        "on": TODAY,
        "because": "the plan says so",
        "text": f"A note about {name}.",
        "facts": {"pain.score": 7},
    }
    return VerdictCase(status=status, **{**fields, **changed})


def row(*sentences: Sentence, left_out: tuple[Sentence, ...] = (), **changed: Any) -> VerdictCase:
    """A row of a table: its text is the words of its facts."""
    facts = {one.fact: one.value for one in sentences}
    text = " ".join(one.words for one in sentences)
    return case(text=text, facts=facts, sentences=sentences, left_out=left_out, **changed)


def outcome(form: Form, label: Status, found: str | None, number: int = 0) -> Played[Asked, str]:
    """What a method made of one form of a case; ``None``: it broke."""
    asked = Asked(case(f"{form}-{number}", label), form)
    item = Item(id=f"{form}/{asked.case.id}", text=asked.case.said, label=asked)
    return Played(item, found, "" if found else "RuntimeError: broken")


def measured(metric: Metric[Asked, str], *outcomes: Outcome) -> Measure:
    played = [outcome(*one, number=number) for number, one in enumerate(outcomes)]
    return measure(metric, {"it": played}, seed=0)


def shares(found: Measure) -> tuple[float | None, int]:
    """The subject's value, and of how many."""
    return found.subject.figure.value, found.subject.figure.n


def by_item(found: Measure) -> Mapping[str, float]:
    return {one.item: one.value for one in found.subject.judgements}
