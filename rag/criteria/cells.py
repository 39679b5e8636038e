"""What a fact can still be, seen through the leaves that ask about it.

The values a fact may have fall into *cells*: within one, every leaf on the fact has one truth value. A cell is written
as the set of leaves that are true in it. That makes evaluation over unknown facts finite and exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rag.criteria.calendars import on_one_scale
from rag.criteria.rules import Compare, Leaf, Member, Rule, leaves
from rag.criteria.values import DOMAINS, UNITS, Codes, FactType, FactValueError, OneOf, Quantity, Value

Cell = frozenset[Leaf]
Cells = Mapping[str, tuple[Cell, ...]]

_FITTING: dict[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "choice": (OneOf,),
    "codes": (Codes, OneOf),
    "date": (date,),
}


def cells_of(
    rules: Iterable[Rule],
    facts: Mapping[str, Value],
    types: Mapping[str, FactType],
    choices: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[Cell, ...]]:
    """For every fact the rules ask about: the cells its value may lie in (one when the rules cannot tell values apart).

    Raises ``FactValueError`` for a value whose kind or unit is not that of the fact. A value that nothing can have
    (110 %, no code at all) says nothing: the fact counts as unknown.
    """
    asked: dict[str, dict[Leaf, None]] = {}
    for rule in rules:
        for leaf in leaves(rule):
            asked.setdefault(leaf.fact, {})[leaf] = None
    found: dict[str, tuple[Cell, ...]] = {}
    for fact, on_fact in asked.items():
        value = _fitting(fact, facts.get(fact), types[fact])
        found[fact] = _fact_cells(tuple(on_fact), value, types[fact], choices.get(fact, ()))
    return found


def _fitting(fact: str, value: Value | None, kind: FactType) -> Value | None:
    if value is None:
        return None
    if not isinstance(value, _FITTING.get(kind, (Quantity,))):
        raise FactValueError(f"{fact} is a {kind}; {value!r} does not fit")
    if isinstance(value, Quantity) and value.unit not in UNITS[kind]:
        raise FactValueError(f"{fact} is a {kind}; unit {value.unit!r} does not fit (use {', '.join(UNITS[kind])})")
    return value


@lru_cache(maxsize=10**4)
def _fact_cells(
    asked: tuple[Leaf, ...], value: Value | None, kind: FactType, choices: tuple[str, ...]
) -> tuple[Cell, ...]:
    match value:
        case OneOf(options) if options:
            found = [_members(asked, {option}) for option in sorted(options)]
        case Codes(given) if given:
            found = [_members(asked, given)]
        case bool():
            found = [frozenset(asked if value else ())]
        case Quantity():
            found = list(_quantity_cells(asked, value, kind)) or list(_unknown_cells(asked, kind, choices))
        case _:
            found = list(_unknown_cells(asked, kind, choices))
    return tuple(dict.fromkeys(found))


def _unknown_cells(asked: tuple[Leaf, ...], kind: FactType, choices: tuple[str, ...]) -> Iterable[Cell]:
    if kind == "boolean":
        return (frozenset(asked), frozenset())
    if kind in DOMAINS:
        return _quantity_cells(asked, Quantity(unit=UNITS[kind][0]), kind)
    if kind == "choice":
        options = sorted(choices) or [*sorted(_named(asked)), ""]
        return (_members(asked, {option}) for option in options)
    return _unknown_codes(asked)


def _named(asked: Iterable[Leaf]) -> set[str]:
    return {option for leaf in asked if isinstance(leaf, Member) for option in leaf.options}


def _members(asked: Iterable[Leaf], given: Iterable[str]) -> Cell:
    held = set(given)
    return frozenset(leaf for leaf in asked if isinstance(leaf, Member) and held & set(leaf.options))


def _unknown_codes(asked: tuple[Leaf, ...]) -> list[Cell]:
    """Any set of codes: the unions of what single codes make true, of none at first."""
    found: dict[Cell, None] = {frozenset(): None}
    for code in sorted(_named(asked)):
        single = _members(asked, {code})
        found |= dict.fromkeys([cell | single for cell in found])
    return list(found)


def _quantity_cells(asked: tuple[Leaf, ...], value: Quantity, kind: FactType) -> Iterator[Cell]:
    """Cells of an interval, for every way the calendar can fall. None when it lies outside its type's range."""
    compared = [leaf for leaf in asked if isinstance(leaf, Compare)]
    for (low, high), limits in _scaled(compared, value, kind):
        for point in _points(low, high, limits, value, kind):
            yield frozenset(leaf for leaf, limit in zip(compared, limits, strict=True) if _holds(point, leaf.op, limit))


def _scaled(
    compared: list[Compare], value: Quantity, kind: FactType
) -> Iterator[tuple[tuple[float, float], tuple[float, ...]]]:
    """The interval's ends and the thresholds as plain numbers of one unit."""
    if kind != "duration":
        yield value.bounds, tuple(leaf.amount for leaf in compared)
        return
    known = [(end, value.unit) for end in value.bounds if not math.isinf(end)]
    for numbers in on_one_scale([*known, *((leaf.amount, leaf.unit) for leaf in compared)]):
        ends = iter(numbers)
        low, high = (end if math.isinf(end) else next(ends) for end in value.bounds)
        yield (low, high), tuple(ends)


def _points(low: float, high: float, limits: tuple[float, ...], value: Quantity, kind: FactType) -> list[float]:
    """Values in the interval, at least one between any two neighbouring critical ones; whole numbers for a count.

    A count that can only be a fraction (a dose of 7.5) is taken as it is.
    """
    bottom, top = DOMAINS[kind]
    sample = {low, high, bottom, top, *limits}
    finite = sorted(number for number in sample if not math.isinf(number))

    def inside(point: float) -> bool:
        above = point > low or (point == low and not value.low_open)
        below = point < high or (point == high and not value.high_open)
        return above and below and bottom <= point <= top

    between = [(a + b) / 2 for a, b in pairwise(finite)]
    every = [point for point in sorted({finite[0] - 1, *finite, *between, finite[-1] + 1}) if inside(point)]
    if kind != "count":
        return every
    whole = {float(math.floor(number) + step) for number in finite for step in (-1, 0, 1)}
    return [point for point in sorted(whole) if inside(point)] or every


def _holds(point: float, op: str, limit: float) -> bool:
    match op:
        case ">=":
            return point >= limit
        case "<=":
            return point <= limit
        case ">":
            return point > limit
        case "<":
            return point < limit
        case _:
            return point == limit


def truths(leaf: Leaf, cells: Cells) -> frozenset[bool]:
    """The truth values a leaf can take over the cells of its fact."""
    return frozenset([leaf in cell for cell in cells[leaf.fact]])
