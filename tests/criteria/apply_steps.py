"""Puts the steps of a change on record: for each fact a concrete value that fulfils all its steps."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from rag.criteria.determination import Step
from rag.criteria.policy import FactSpec
from rag.criteria.rules import Leaf, parse_leaf
from rag.criteria.values import UNITS, Codes, OneOf, Quantity, Value
from tests.criteria.worlds import worlds

POINTS = (*range(11), 13, 14, 15, *range(29, 101, 7), 30, 51, 80, 81, 88, *range(89, 94), 185, 364, 365, 366, 367, 800)


def applied(
    facts: Mapping[str, Value], steps: Iterable[Step], specs: Mapping[str, FactSpec]
) -> dict[str, Value] | None:
    """The facts with the steps on record; ``None`` when no candidate value fulfils the steps of some fact."""
    changed = dict(facts)
    by_fact: dict[str, list[Step]] = {}
    for step in steps:
        by_fact.setdefault(step.fact, []).append(step)
    for fact, wanted in by_fact.items():
        before = None if wanted[0].against_record else facts.get(fact)
        fitting = (value for value in _candidates(before, specs[fact]) if _fulfils(value, wanted, specs[fact]))
        value = next(fitting, None)
        if value is None:
            return None
        changed[fact] = value
    return changed


def _fulfils(value: Value, steps: Iterable[Step], spec: FactSpec) -> bool:
    conditions = [_condition(step) for step in steps]
    return all(world == (truth,) for leaf, truth in conditions for world in worlds([leaf], value, spec))


def _condition(step: Step) -> tuple[Leaf, bool]:
    if step.needs in ("true", "false"):
        return parse_leaf(step.fact), step.needs == "true"
    bare = step.needs.removeprefix("not ")
    return parse_leaf(f"{step.fact} {bare}"), bare == step.needs


def _candidates(before: Value | None, spec: FactSpec) -> Iterable[Value]:
    match before, spec.type:
        case bool(), _:
            return [before]
        case _, "boolean":
            return [True, False]
        case OneOf(options), _:
            return [OneOf(frozenset({option})) for option in sorted(options)]
        case _, "choice":
            return [OneOf(frozenset({option})) for option in spec.choices]
        case Codes(), _:
            return [before]
        case _, "codes":
            codes = ("11111", "22222", "33333", "99999")
            return [Codes(frozenset(some)) for size in (1, 2, 3) for some in combinations(codes, size)]
    quantity = before if isinstance(before, Quantity) else Quantity(unit=UNITS[spec.type][0])
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    points = [*POINTS, *ends, sum(ends) / 2]
    return [Quantity.exactly(point, quantity.unit) for point in points if _in(point, quantity, spec)]


def _in(point: float, quantity: Quantity, spec: FactSpec) -> bool:
    if quantity.unit in ("months", "years") and point != int(point):
        return False
    low, high = quantity.bounds
    top = {"percent": 100, "score": 10}.get(spec.type, high)
    above = point > low or (point == low and not quantity.low_open)
    below = point < high or (point == high and not quantity.high_open)
    return above and below and point <= top
