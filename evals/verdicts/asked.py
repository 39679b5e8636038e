"""A case in one of its two forms: as facts (only deciding is asked for) or as text (reading and deciding)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.frame.metric import Item
from evals.verdicts.case import VerdictCase
from rag.knowledge.library import Knowledge

Form = Literal["facts", "text"]

#: From so many facts that are not stated on, cases are counted together.
MANY = 3


@dataclass(frozen=True)
class Asked:
    case: VerdictCase
    form: Form


def asked_items(cases: Sequence[VerdictCase], knowledge: Knowledge) -> list[Item[Asked]]:
    """An item for each form a case has; the rows of one table are a cluster."""
    return [
        Item(
            id=f"{form}/{case.id}",
            text=case.said,
            label=Asked(case, form),
            cluster=case.group,
            tags={name: (value,) for name, value in _tags(case, form, knowledge)},
        )
        for case in cases
        for form in _forms(case)
    ]


def _forms(case: VerdictCase) -> Iterator[Form]:
    if case.facts is not None:
        yield "facts"
    if case.text is not None:
        yield "text"


def _tags(case: VerdictCase, form: Form, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    yield "form", form
    yield "payer", knowledge.policies[case.policy].payer
    yield "status", case.status
    yield "written", case.written
    yield "half", case.half
    if case.source:
        yield "set", case.source
    if case.sentences:
        unknown = len(case.left_out)
        yield "facts left out", str(unknown) if unknown < MANY else f"{MANY} or more"
