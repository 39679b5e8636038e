"""Exact evaluation over what is not known: true in every completion, false in every completion, or undecided.

Plain three-valued evaluation misses a decision when one fact occurs twice. Here a rule is simplified by what is
settled. Facts are independent of each other, so a rule in which every open fact occurs once can still come out either
way. Where facts recur, one that has a best value for the outcome sought is given it; the others are tried cell by cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

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
    if rest not in (TRUE, FALSE) and is_read_once(rest):
        return BOTH
    return frozenset(truth for truth in (True, False) if completion(rest, truth, cells) is not None)


def is_read_once(rule: Rule) -> bool:
    """Whether no fact occurs twice."""
    asked = [leaf.fact for leaf in leaves(rule)]
    return len(asked) == len(set(asked))


def completion(rule: Rule, wanted: bool, cells: Cells) -> Cells | None:
    """Cells narrowed until a simplified ``rule`` comes out as ``wanted`` in all of them; ``None``: it never does."""
    match rule:
        case AllOf(()) | AnyOf(()):
            return cells if isinstance(rule, AllOf) is wanted else None
        case NotKnown():
            return cells
        case IsTrue() | Compare() | Member():
            return {**cells, rule.fact: tuple(cell for cell in cells[rule.fact] if (rule in cell) is wanted)}
        case Not(inner):
            return completion(inner, not wanted, cells)
        case AllOf(of) | AnyOf(of) if isinstance(rule, AllOf) is not wanted:
            return next((found for child in of if (found := completion(child, wanted, cells)) is not None), None)
    return _joint_completion(rule, wanted, cells)


def _joint_completion(rule: Rule, wanted: bool, cells: Cells) -> Cells | None:
    """All children, or so many of them, have to come out as wanted at once."""
    if served := _forced_cells(rule, wanted, cells) or _best_cells(rule, wanted, cells):
        return _completion_given(rule, wanted, cells, served) if all(served.values()) else None
    if isinstance(rule, AllOf | AnyOf) and len(parts := components(rule)) > 1:
        found: Cells | None = cells
        for part in parts:
            found = None if found is None else completion(part, wanted, found)
        return found
    counted = Counter(leaf.fact for leaf in leaves(rule))
    if not counted:
        return cells
    fact, _ = max(counted.items(), key=lambda item: item[1])
    tries = (_completion_given(rule, wanted, cells, {fact: (cell,)}) for cell in cells[fact])
    return next((found for found in tries if found is not None), None)


def _completion_given(rule: Rule, wanted: bool, cells: Cells, known: Cells) -> Cells | None:
    narrowed = {**cells, **known}
    return completion(simplify(rule, narrowed), wanted, narrowed)


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


def _join(of: Iterable[Rule], cells: Cells, *, absorbing: Rule, neutral: Rule, make: type[AllOf] | type[AnyOf]) -> Rule:
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
