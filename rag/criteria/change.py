"""What would change the verdict: the smallest sets of facts that satisfy a rule, given what the record says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from rag.criteria.cells import Cell, Cells
from rag.criteria.policy import Version
from rag.criteria.rules import AllOf, AnyOf, AtLeast, Compare, IsTrue, Leaf, Member, Not, NotKnown, Part, Rule, facts_of

KEPT = 7
"""How many of the smallest ways are kept at each node: a way that looks best alone may not fit the others."""

SHOWN = 3
"""How many of the smallest ways are shown in the end."""

_AGAINST = 1000
"""What a step against the record costs, beside 1 for an ordinary one: never preferred to open steps."""

_SPECIAL = 20
"""What a fact of an exception costs: exceptions are for special patients, and no advice to anybody else."""

_GUARD = 5
"""What a fact of a guard costs: that a criterion does not apply is seldom what the record was missing."""


@dataclass(frozen=True)
class Literal:
    leaf: Leaf
    wanted: bool


Way = tuple[Literal, ...]


def costs_of(version: Version) -> dict[str, int]:
    """Facts of guards and exceptions, with what they cost."""
    guards = {fact: _GUARD for c in version.criteria if c.when for fact in facts_of(c.when)}
    special = {
        fact: _SPECIAL
        for criterion in version.criteria
        if criterion.exception
        for fact in set(facts_of(criterion.exception.rule)) - set(facts_of(criterion.rule))
    }
    return guards | special


class Search:
    """Finds the ways. ``cells``: what the record leaves possible; ``every``: what is possible with no record at all.

    ``costs``: facts that cost more than 1 to establish (see ``costs_of``).
    """

    def __init__(self, cells: Cells, every: Cells, costs: Mapping[str, int]) -> None:
        self.cells = cells
        self.every = every
        self.costs = costs

    def ways(self, rule: Rule, *, wanted: bool = True) -> list[Way]:
        """Up to ``KEPT`` consistent ways to make ``rule`` come out as ``wanted``, the cheapest first."""
        match rule:
            case IsTrue() | Compare() | Member():
                settled = all((rule in cell) is wanted for cell in self.cells[rule.fact])
                return [()] if settled else self._best([(Literal(rule, wanted),)])
            case NotKnown():
                return []
            case Part():
                return self.ways(rule.rule, wanted=wanted)
            case Not(inner):
                return self.ways(inner, wanted=not wanted)
            case AllOf(of) | AnyOf(of):
                if isinstance(rule, AllOf) is wanted:
                    return self._together(of, wanted)
                return self._best(way for child in of for way in self.ways(child, wanted=wanted))
            case AtLeast(n, of):
                need = n if wanted else len(of) - n + 1
                return self._best(way for some in combinations(of, need) for way in self._together(some, wanted))

    def _together(self, rules: Iterable[Rule], wanted: bool) -> list[Way]:
        found: list[Way] = [()]
        for rule in rules:
            options = self.ways(rule, wanted=wanted)
            found = self._best(tuple(dict.fromkeys(way + option)) for way in found for option in options)
        return found

    def _best(self, found: Iterable[Way]) -> list[Way]:
        possible = {frozenset(way): way for way in found if self._consistent(way)}
        return sorted(possible.values(), key=self.cost)[:KEPT]

    def smallest(self, ways: Iterable[Way]) -> list[Way]:
        """The ways that hold no other whole, the cheapest first."""
        distinct = {frozenset(way): way for way in ways}
        kept = [way for steps, way in distinct.items() if not any(other < steps for other in distinct)]
        return sorted(kept, key=self.cost)

    def _consistent(self, way: Way) -> bool:
        return all(self.narrowed(self.every, way, literal.leaf.fact) for literal in way)

    def narrowed(self, cells: Cells, way: Way, fact: str) -> tuple[Cell, ...]:
        """The cells of ``fact`` that agree with every literal of the way."""
        asked = [literal for literal in way if literal.leaf.fact == fact]
        return tuple(cell for cell in cells[fact] if all((item.leaf in cell) is item.wanted for item in asked))

    def against_record(self, way: Way, fact: str) -> bool:
        return not self.narrowed(self.cells, way, fact)

    def cost(self, way: Way) -> int:
        facts = {literal.leaf.fact for literal in way}
        return sum(_AGAINST if self.against_record(way, fact) else self.costs.get(fact, 1) for fact in facts)

    def after(self, way: Way) -> Cells:
        """The cells once the way's facts are on the record."""
        changed = dict(self.cells)
        for fact in {literal.leaf.fact for literal in way}:
            changed[fact] = self.narrowed(self.cells, way, fact) or self.narrowed(self.every, way, fact)
        return changed
