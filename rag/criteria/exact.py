"""Exact evaluation over what is not known: true in every completion, false in every completion, or undecided.

Plain three-valued evaluation misses a decision when one fact occurs twice. Here a rule is simplified by what is settled;
if some open fact still occurs more than once, the cells of that fact are tried one by one. Facts are independent of each
other, so a rule in which every open fact occurs once needs no trying.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rag.criteria.cells import Cell, Cells, cells_of, truths
from rag.criteria.rules import (
    FALSE,
    TRUE,
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    IsTrue,
    Member,
    Not,
    NotKnown,
    Part,
    Rule,
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
    if isinstance(rest, AllOf) and rest.of:
        return _conjunction([_settle(part, cells) for part in components(rest)])
    return _settle(rest, cells)


def _conjunction(found: list[frozenset[bool]]) -> frozenset[bool]:
    possible = {True} if all(True in part for part in found) else set()
    if any(False in part for part in found):
        possible.add(False)
    return frozenset(possible)


def _settle(rule: Rule, cells: Cells) -> frozenset[bool]:
    rule = simplify(rule, cells)
    if rule == TRUE:
        return frozenset({True})
    if rule == FALSE:
        return frozenset({False})
    fact = most_repeated(rule)
    if fact is None:
        return BOTH
    found: frozenset[bool] = frozenset()
    for cell in cells[fact]:
        found |= outcomes_over(rule, {**cells, fact: (cell,)})
        if found == BOTH:
            break
    return found


def most_repeated(rule: Rule) -> str | None:
    """The fact that occurs most often in the rule, if any occurs more than once."""
    counted = Counter(leaf.fact for leaf in leaves(rule))
    fact, count = max(counted.items(), key=lambda item: item[1], default=("", 0))
    return fact if count > 1 else None


def components(rule: AllOf) -> list[AllOf]:
    """The conjuncts in groups that share no fact."""
    groups: list[tuple[set[str], list[Rule]]] = []
    for child in rule.of:
        facts = {leaf.fact for leaf in leaves(child)}
        touching = [group for group in groups if group[0] & facts]
        merged = (facts.union(*(group[0] for group in touching)), [r for group in touching for r in group[1]] + [child])
        groups = [group for group in groups if group not in touching] + [merged]
    return [AllOf(tuple(rules)) for _, rules in groups]


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
            inner = simplify(inner, cells)
            return FALSE if inner == TRUE else TRUE if inner == FALSE else Not(inner)
        case AllOf(of):
            return _join(of, cells, absorbing=FALSE, neutral=TRUE, make=AllOf)
        case AnyOf(of):
            return _join(of, cells, absorbing=TRUE, neutral=FALSE, make=AnyOf)
        case AtLeast(n, of):
            return _at_least(n, [simplify(child, cells) for child in of])


def _join(of: tuple[Rule, ...], cells: Cells, *, absorbing: Rule, neutral: Rule, make: type[AllOf] | type[AnyOf]) -> Rule:
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


def matters(fact: str, rule: Rule, cells: Cells) -> bool:
    """Whether two values of ``fact`` can lead to different outcomes under some completion of the other facts."""
    rest = simplify(rule, cells)
    asked = Counter(leaf.fact for leaf in leaves(rest))
    if fact not in asked:
        return False
    if max(asked.values()) == 1:
        return True
    if isinstance(rest, AllOf):
        parts = components(rest)
        if any(True not in outcomes_over(part, cells) for part in parts):
            return False
        rest = next(part for part in parts if fact in {leaf.fact for leaf in leaves(part)})
    return any(_differ(rest, fact, one, other, cells) for i, one in enumerate(cells[fact]) for other in cells[fact][:i])


def _differ(rule: Rule, fact: str, one: Cell, other: Cell, cells: Cells) -> bool:
    first = simplify(rule, {**cells, fact: (one,)})
    second = simplify(rule, {**cells, fact: (other,)})
    if first == second:
        return False
    unequal = AnyOf((AllOf((first, Not(second))), AllOf((Not(first), second))))
    return True in outcomes_over(unequal, cells)


def on_record(rule: Rule, cells: Cells, *, negated: bool = False) -> bool:
    """The truth of a rule when nothing exists beyond the record: what is not shown does not count, in either direction."""
    match rule:
        case IsTrue() | Compare() | Member():
            found = truths(rule, cells)
            return len(found) == 1 and (True in found) is not negated
        case NotKnown():
            return False
        case Part():
            return on_record(rule.rule, cells, negated=negated)
        case Not(inner):
            return on_record(inner, cells, negated=not negated)
        case AllOf(of) | AnyOf(of):
            found_ = [on_record(child, cells, negated=negated) for child in of]
            return all(found_) if isinstance(rule, AllOf) is not negated else any(found_)
        case AtLeast(n, of):
            need = len(of) - n + 1 if negated else n
            return sum(on_record(child, cells, negated=negated) for child in of) >= need

