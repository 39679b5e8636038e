"""Concrete values a fact may have, for checking the engine by brute force. Shares no code with its evaluation."""

import math
import operator
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, combinations, pairwise

from rag.criteria.policy import FactSpec
from rag.criteria.rules import Compare, IsTrue, Leaf, Member
from rag.criteria.values import Codes, OneOf, Quantity, Value

World = tuple[bool, ...]
"""What one value of a fact makes of the leaves that ask about it, in their order."""

RANGES = {"percent": (-math.inf, 100.0), "score": (0.0, 10.0), "count": (0.0, math.inf), "duration": (0.0, math.inf)}
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
STARTS = [date(2023, 1, 1) + timedelta(days=day) for day in range(1461)]


def worlds(asked: Sequence[Leaf], value: Value | None, spec: FactSpec) -> list[World]:
    """The distinct worlds of one fact: one per way its possible values answer ``asked``."""
    if spec.type in RANGES:
        compared = tuple(leaf for leaf in asked if isinstance(leaf, Compare))
        quantity = value if isinstance(value, Quantity) else None
        return list(dict.fromkeys(_quantity_worlds(compared, quantity, spec.type)))
    if spec.type == "boolean":
        return [(truth,) * len(asked) for truth in ((True, False) if value is None else (bool(value),))]
    return list(dict.fromkeys(tuple(_names(leaf, held) for leaf in asked) for held in _held(asked, value, spec)))


def _names(leaf: Leaf, held: frozenset[str]) -> bool:
    assert isinstance(leaf, Member) and not isinstance(leaf, IsTrue)
    return any(option in held for option in leaf.options)


def _held(asked: Sequence[Leaf], value: Value | None, spec: FactSpec) -> Iterator[frozenset[str]]:
    """The sets of choices or codes that may hold."""
    if isinstance(value, Codes):
        yield value.given
    elif isinstance(value, OneOf):
        yield from (frozenset({option}) for option in value.options)
    elif spec.type == "choice":
        yield from (frozenset({option}) for option in spec.choices)
    else:
        lists = [leaf.options for leaf in asked if isinstance(leaf, Member)]
        alike = {tuple(code in options for options in lists): code for code in chain(*lists)}
        for size in range(len(alike) + 1):
            yield from (frozenset(some) for some in combinations(alike.values(), size))


def _quantity_worlds(asked: Sequence[Compare], value: Quantity | None, kind: str) -> Iterator[World]:
    for low, high, limits in _numbers(asked, value, kind):
        for point in _points({low, high, *limits}, kind):
            if value is None or _within(point, low, high, value):
                yield tuple(COMPARISONS[leaf.op](point, limit) for leaf, limit in zip(asked, limits, strict=True))


def _within(point: float, low: float, high: float, value: Quantity) -> bool:
    above = point > low if value.low_open else point >= low
    below = point < high if value.high_open else point <= high
    return above and below


def _points(critical: set[float], kind: str) -> list[float]:
    """Every whole number for a count; otherwise each critical value and points a little and half-way off it."""
    bottom, top = RANGES[kind]
    finite = sorted({number for number in (*critical, bottom, top) if not math.isinf(number)})
    if kind == "count":
        return [float(number) for number in range(int(finite[-1]) + 3)]
    gaps = [b - a for a, b in pairwise(finite)]
    step = min(gaps, default=1.0) / 3
    near = (number + shift for number in finite for shift in (-step, 0.0, step))
    return sorted(number for number in near if bottom <= number <= top)


def _numbers(
    asked: Sequence[Compare], value: Quantity | None, kind: str
) -> Iterator[tuple[float, float, tuple[float, ...]]]:
    """Ends of the value and limits of the leaves as plain numbers; durations once for each calendar that differs."""
    bottom, top = RANGES[kind]
    low = bottom if value is None or value.low is None else value.low
    high = top if value is None or value.high is None else value.high
    unit = "" if value is None else value.unit
    if kind != "duration":
        yield low, high, tuple(leaf.amount for leaf in asked)
        return
    given = [(low, unit), (high, unit), *((leaf.amount, leaf.unit) for leaf in asked)]
    months = tuple(sorted({_months(*one) for one in given if one[1] in ("months", "years") and not math.isinf(one[0])}))
    for spans in _calendars(months):
        in_days = dict(zip(months, spans, strict=True))
        first, second, *limits = (_days(amount, unit, in_days) for amount, unit in given)
        yield first, second, tuple(limits)


def _months(amount: float, unit: str) -> int:
    months = amount * 12 if unit == "years" else amount
    assert months == int(months), "brute force counts whole calendar months only"
    return int(months)


def _days(amount: float, unit: str, in_days: Mapping[int, float]) -> float:
    if math.isinf(amount) or unit == "":
        return amount
    if unit in ("months", "years"):
        return in_days[_months(amount, unit)]
    return amount * (7 if unit == "weeks" else 1)


@lru_cache(maxsize=4096)
def _calendars(months: tuple[int, ...]) -> frozenset[tuple[float, ...]]:
    """The spans of ``months`` from each of four years of start days, real calendar arithmetic."""
    return frozenset(tuple(float((later(start, n) - start).days) for n in months) for start in STARTS)


def later(start: date, months: int) -> date:
    """The same day of the month ``months`` on, or that month's last day."""
    count = start.month - 1 + months
    year, month = start.year + count // 12, count % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
