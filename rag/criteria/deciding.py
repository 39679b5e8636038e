"""Which unknown facts can still make a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from rag.criteria.cells import Cell, Cells
from rag.criteria.exact import completion, components, is_read_once, simplify
from rag.criteria.rules import FALSE, TRUE, AllOf, AnyOf, Compare, IsTrue, Member, Not, Rule, facts_of


def deciding(rule: Rule, cells: Cells) -> frozenset[str]:
    """The facts two values of which lead to different outcomes under some completion of the others.

    The rule holds no ``NotKnown``: a rule nobody knows cannot be compared with itself.
    """
    rest = simplify(rule, cells)
    parts = components(rest) if isinstance(rest, AllOf | AnyOf) else [rest]
    # In a conjunction that cannot hold, no fact makes a difference; nor in a disjunction that cannot fail.
    if len(parts) > 1 and any(completion(part, isinstance(rest, AllOf), cells) is None for part in parts):
        return frozenset()
    return frozenset(fact for part in parts for fact in _deciding_in(part, cells))


def _deciding_in(rule: Rule, cells: Cells) -> Iterable[str]:
    facts = facts_of(rule)
    if is_read_once(rule):
        return facts
    asking: dict[str, list[Rule]] = {}
    for child in rule.of if isinstance(rule, AllOf | AnyOf) else (rule,):
        for fact in facts_of(child):
            asking.setdefault(fact, []).append(child)
    found: dict[str, None] = {}
    for fact in facts:
        if fact not in found and (point := _turning_point(rule, fact, cells)) is not None:
            found |= dict.fromkeys([fact, *_pivots(rule, point, asking, cells)])
    return found


def _turning_point(rule: Rule, fact: str, cells: Cells) -> Cells | None:
    """One cell for each fact, such that ``rule`` turns when ``fact`` takes another cell."""
    for one, other in pairwise(cells[fact]):
        apart = completion(simplify(_difference(rule, fact, one, other, cells), cells), True, cells)
        if apart is not None:
            return {**{name: some[:1] for name, some in apart.items()}, fact: (one,)}
    return None


def _pivots(rule: Rule, point: Cells, asking: Mapping[str, list[Rule]], cells: Cells) -> list[str]:
    """Facts that alone turn the rule at ``point``: found at no cost where all children agree."""
    neutral = FALSE if isinstance(rule, AnyOf) else TRUE
    if simplify(rule, point) != neutral:
        return []
    return [
        fact
        for fact, children in asking.items()
        if any(simplify(child, {**point, fact: (cell,)}) != neutral for cell in cells[fact] for child in children)
    ]


def _difference(rule: Rule, fact: str, one: Cell, other: Cell, cells: Cells) -> Rule:
    """A rule that holds where ``rule`` comes out differently for two cells of ``fact``."""
    match rule:
        case IsTrue() | Compare() | Member():
            return TRUE if (rule in one) is not (rule in other) else FALSE
        case Not(inner):
            return _difference(inner, fact, one, other, cells)
        case AllOf(of) | AnyOf(of):
            touching = tuple(child for child in of if fact in facts_of(child))
            rest = tuple(child for child in of if child not in touching)
            silent = AllOf(rest) if isinstance(rule, AllOf) else Not(AnyOf(rest))
            if len(touching) == 1:
                return AllOf((silent, _difference(touching[0], fact, one, other, cells)))
            return AllOf((silent, _unequal(type(rule)(touching), fact, one, other, cells)))
        case _:
            return _unequal(rule, fact, one, other, cells)


def _unequal(rule: Rule, fact: str, one: Cell, other: Cell, cells: Cells) -> Rule:
    first = simplify(rule, {**cells, fact: (one,)})
    second = simplify(rule, {**cells, fact: (other,)})
    if first == second:
        return FALSE
    return AnyOf((AllOf((first, Not(second))), AllOf((Not(first), second))))
