"""A text beside the facts it states, and what a reader makes of it: values by fact, as the criteria get them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.frame.metric import Item
from evals.verdicts.case import VerdictCase
from rag.criteria.values import Codes, OneOf, Quantity, Value
from rag.knowledge.library import Knowledge

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Stated:
    """``facts``: what the label names, with what that implies. ``said``: the facts it names itself, and may leave open.

    ``unsaid``: facts the record leaves out, which nobody may read from it.
    """

    case: VerdictCase
    facts: Values
    said: tuple[str, ...]
    unsaid: tuple[str, ...]


def stated_items(
    cases: Sequence[VerdictCase], values_of: Callable[[Mapping[str, object]], Values], knowledge: Knowledge
) -> list[Item[Stated]]:
    """Of every case that has both forms. ``values_of`` gives the values of facts, with what they imply."""
    return [
        Item(
            id=case.id,
            text=case.text,
            label=_stated(case, values_of(case.facts)),
            cluster=case.group,
            tags=_tags(case, knowledge),
        )
        for case in cases
        if case.text is not None and case.facts is not None
    ]


def _tags(case: VerdictCase, knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    brought = {"set": (case.source,)} if case.source else {}
    payer = knowledge.policies[case.policy].payer
    return {"written": (case.written,), "payer": (payer,), "half": (case.half,), **brought}


def _stated(case: VerdictCase, facts: Values) -> Stated:
    said = tuple(name for name, value in (case.facts or {}).items() if value is not None)
    unsaid = tuple(one.fact for one in case.left_out if one.fact not in facts)
    return Stated(case, facts, said, unsaid)


def told(name: str, value: Value | None) -> str:
    """A fact in words, for the reader of a failure."""
    if value is None:
        return f"{name}: not documented"
    return f"{name}: {', '.join(_words(value))}"


def _words(value: Value) -> Iterator[str]:
    if isinstance(value, Codes):
        yield from sorted(value.given)
    elif isinstance(value, OneOf):
        yield " or ".join(sorted(value.options))
    elif isinstance(value, Quantity):
        yield str(value)
    else:
        yield str(value).lower()
