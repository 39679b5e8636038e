"""A query, what of the collection answers it, and a set of such queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.frame.metric import Item

#: Units found, the best first, each once.
Ranking = tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """``grades`` of units of the collection; one that is not there counts as wrong. ``least``: the lowest grade that
    counts as right for a metric that knows only right and wrong. ``documents``: those the right units are part of.
    """

    grades: Mapping[str, int]
    least: int
    documents: frozenset[str]

    @property
    def right(self) -> tuple[str, ...]:
        """The best first."""
        found = [unit for unit, grade in self.grades.items() if grade >= self.least]
        return tuple(sorted(found, key=lambda unit: (-self.grades[unit], unit)))


@dataclass(frozen=True)
class JudgedSet:
    """``notes``: what a reader of its figures has to know."""

    name: str
    items: Sequence[Item[Judged]]
    notes: tuple[str, ...] = ()


def document_of(unit: str) -> str:
    """Of a section, ``document-id#anchor``; a unit that is a document is its own."""
    return unit.split("#")[0]
