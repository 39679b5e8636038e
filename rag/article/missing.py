"""The facts that several policies miss, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rag.criteria.determination import CriterionResult, Determination


@dataclass(frozen=True)
class Asking:
    """A policy that misses a fact, and its criteria that ask for it."""

    determination: Determination
    criteria: tuple[CriterionResult, ...]


@dataclass(frozen=True)
class MissingEverywhere:
    fact: str
    question: str
    asked_by: tuple[Asking, ...]


def missing_facts(determinations: Iterable[Determination]) -> tuple[MissingEverywhere, ...]:
    """Facts whose value could still change a status: what most policies miss first, then as the policies list them."""
    questions: dict[str, str] = {}
    asked_by: dict[str, list[Asking]] = {}
    for found in determinations:
        rows = {row.id: row for row in found.criteria}
        for fact in found.missing:
            questions.setdefault(fact.fact, fact.question)
            criteria = tuple(rows[criterion] for criterion in fact.criteria if criterion in rows)
            asked_by.setdefault(fact.fact, []).append(Asking(found, criteria))
    ordered = sorted(questions, key=lambda fact: -len(asked_by[fact]))
    return tuple(MissingEverywhere(fact, questions[fact], tuple(asked_by[fact])) for fact in ordered)
