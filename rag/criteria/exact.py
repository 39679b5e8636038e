"""Exact evaluation over what is not known: true in every completion, false in every completion, or undecided.

Plain three-valued evaluation misses a decision when one fact occurs twice. Here a rule is simplified by what is
settled. Facts are independent of each other, so a rule in which every open fact occurs once can still come out either
way. Where facts recur, one that has a best value for the outcome sought is given it; the others are tried cell by cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from rag.criteria.cells import Cell, Cells, cells_of, truths
from rag.criteria.rules import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    IsTrue,
    Leaf,
    Member,
    Not,
    NotKnown,
    Part,
    Rule,
    children,
    facts_of,
    leaves,
)
from rag.criteria.values import FactType, Value

BOTH = frozenset({True, False})


def outcomes(
    rule: Rule,
    facts: Mapping[str, Value],
    types: Mapping[str, FactType],
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> frozenset[bool]:
    """The truth values ``rule`` takes over all completions of the unknown facts."""
    return outcomes_over(rule, cells_of([rule], facts, types, choices or {}))


def outcomes_over(rule: Rule, cells: Cells) -> frozenset[bool]:
    """As ``outcomes``, for facts already given as cells."""
    rest = simplify(rule, cells)
    return frozenset(truth for truth in (True, False) if _can_be(rest, truth, cells))


def _can_be(rule: Rule, wanted: bool, cells: Cells) -> bool:
    """Whether some completion makes a simplified ``rule`` come out as ``wanted``."""
    match rule:
        case AllOf(()) | AnyOf(()):
            return isinstance(rule, AllOf) is wanted
        case NotKnown() | IsTrue() | Compare() | Member():
            return True
        case Not(inner):
            return _can_be(inner, not wanted, cells)
        case AllOf(of) | AnyOf(of) if isinstance(rule, AllOf) is not wanted:
            return any(_can_be(child, wanted, cells) for child in of)
    counted = Counter(leaf.fact for leaf in leaves(rule))
    fact, often = max(counted.items(), key=lambda item: item[1], default=("", 0))
    if often <= 1:
        return True
    if served := _forced_cells(rule, wanted, cells) or _best_cells(rule, wanted, cells):
        return all(served.values()) and _can_be_given(rule, wanted, cells, served)
    if isinstance(rule, AllOf | AnyOf) and len(parts := components(rule)) > 1:
        return all(_can_be(part, wanted, cells) for part in parts)
    return any(_can_be_given(rule, wanted, cells, {fact: (cell,)}) for cell in cells[fact])


def _can_be_given(rule: Rule, wanted: bool, cells: Cells, known: Cells) -> bool:
    narrowed = {**cells, **known}
    return _can_be(simplify(rule, narrowed), wanted, narrowed)


def _forced_cells(rule: Rule, wanted: bool, cells: Cells) -> dict[str, tuple[Cell, ...]]:
    """The cells left to facts that a joint rule asks for outright: a child that is a leaf must come out as wanted."""
    if not isinstance(rule, AllOf | AnyOf):
        return {}
    forced: dict[str, tuple[Cell, ...]] = {}
    for child in rule.of:
        leaf, truth = (child.rule, not wanted) if isinstance(child, Not) else (child, wanted)
        if isinstance(leaf, IsTrue | Compare | Member):
            left = forced.get(leaf.fact, cells[leaf.fact])
            forced[leaf.fact] = tuple(cell for cell in left if (leaf in cell) is truth)
    return forced


def _best_cells(rule: Rule, wanted: bool, cells: Cells) -> dict[str, tuple[Cell, ...]]:
    """For each fact that has one: the cell that serves ``wanted`` wherever the fact occurs."""
    asked: dict[str, set[tuple[Leaf, bool]]] = {}
    _collect_wanted(rule, wanted, asked)
    best: dict[str, tuple[Cell, ...]] = {}
    for fact, literals in asked.items():
        for cell in cells[fact]:
            if all((leaf in cell) is truth for leaf, truth in literals):
                best[fact] = (cell,)
                break
    return best


def _collect_wanted(rule: Rule, wanted: bool, asked: dict[str, set[tuple[Leaf, bool]]]) -> None:
    match rule:
        case IsTrue() | Compare() | Member():
            asked.setdefault(rule.fact, set()).add((rule, wanted))
        case Not(inner):
            _collect_wanted(inner, not wanted, asked)
        case _:
            for child in children(rule):
                _collect_wanted(child, wanted, asked)


def components(rule: AllOf | AnyOf) -> list[Rule]:
    """The children in groups that share no fact, each group joined as the rule joins it."""
    groups: list[tuple[set[str], list[Rule]]] = []
    for child in rule.of:
        facts = set(facts_of(child))
        touching = [group for group in groups if group[0] & facts]
        merged = (facts.union(*(group[0] for group in touching)), [r for group in touching for r in group[1]] + [child])
        groups = [group for group in groups if group not in touching] + [merged]
    make = type(rule)
    return [make(tuple(rules)) if len(rules) > 1 else rules[0] for _, rules in groups]


def simplify(rule: Rule, cells: Cells) -> Rule:
    """The rule without what the cells settle: ``TRUE``, ``FALSE``, or a rule all of whose leaves are open."""
    match rule:
        case IsTrue() | Compare() | Member():
            found = truths(rule, cells)
            return rule if len(found) > 1 else (TRUE if True in found else FALSE)
        case NotKnown():
            return rule
        case Part():
            return simplify(rule.rule, cells)
        case Not(inner):
            return negated(simplify(inner, cells))
        case AllOf(of):
            return _join(of, cells, absorbing=FALSE, neutral=TRUE, make=AllOf)
        case AnyOf(of):
            return _join(of, cells, absorbing=TRUE, neutral=FALSE, make=AnyOf)
        case AtLeast(n, of):
            return _at_least(n, [simplify(child, cells) for child in of])


def negated(rule: Rule) -> Rule:
    """The negation, with ``not`` standing before leaves alone."""
    match rule:
        case Not(inner):
            return inner
        case AllOf(of):
            return AnyOf(tuple(negated(child) for child in of))
        case AnyOf(of):
            return AllOf(tuple(negated(child) for child in of))
        case AtLeast(n, of):
            return AtLeast(len(of) - n + 1, tuple(negated(child) for child in of))
        case Part():
            return negated(rule.rule)
        case _:
            return Not(rule)


def _join(
    of: Iterable[Rule], cells: Cells, *, absorbing: Rule, neutral: Rule, make: type[AllOf] | type[AnyOf]
) -> Rule:
    kept: list[Rule] = []
    for child in of:
        simple = simplify(child, cells)
        if simple == absorbing:
            return absorbing
        if isinstance(simple, make):
            kept += simple.of
        elif simple != neutral:
            kept.append(simple)
    if len(kept) == 1:
        return kept[0]
    return make(tuple(kept)) if kept else neutral


def _at_least(n: int, of: list[Rule]) -> Rule:
    need = n - sum(child == TRUE for child in of)
    open_ = tuple(child for child in of if child not in (TRUE, FALSE))
    if need <= 0:
        return TRUE
    if need > len(open_):
        return FALSE
    if need == len(open_):
        return open_[0] if need == 1 else AllOf(open_)
    return AnyOf(open_) if need == 1 else AtLeast(need, open_)


def deciding(rule: Rule, cells: Cells) -> frozenset[str]:
    """The facts two values of which lead to different outcomes under some completion of the others.

    The rule holds no ``NotKnown``: a rule nobody knows cannot be compared with itself.
    """
    rest = simplify(rule, cells)
    parts = components(rest) if isinstance(rest, AllOf | AnyOf) else [rest]
    # In a conjunction that cannot hold, no fact makes a difference; nor in a disjunction that cannot fail.
    if not all(_can_be(part, isinstance(rest, AllOf), cells) for part in parts if len(parts) > 1):
        return frozenset()
    return frozenset(fact for part in parts for fact in _deciding_in(part, cells))


def _deciding_in(rule: Rule, cells: Cells) -> Iterable[str]:
    counted = Counter(leaf.fact for leaf in leaves(rule))
    if max(counted.values(), default=0) <= 1:
        return counted
    return [fact for fact in counted if any(_differ(rule, fact, *pair, cells) for pair in pairwise(cells[fact]))]


def _differ(rule: Rule, fact: str, one: Cell, other: Cell, cells: Cells) -> bool:
    return _can_be(simplify(_difference(rule, fact, one, other, cells), cells), True, cells)


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
