"""Whether what was read leaves room for what is stated: a wider value is unsure, not wrong."""

from __future__ import annotations

from rag.criteria.values import DURATION_UNITS, Codes, OneOf, Quantity, Value, in_days


def holds(read: Value, stated: Value) -> bool:
    """Each value that ``stated`` allows is one that ``read`` allows; codes have to be the same."""
    if isinstance(read, Quantity) and isinstance(stated, Quantity):
        return _covers(read, stated)
    if isinstance(read, OneOf) and isinstance(stated, OneOf):
        return stated.options <= read.options
    if isinstance(read, Codes) and isinstance(stated, Codes):
        return read.given == stated.given
    return type(read) is type(stated) and read == stated


def _covers(outer: Quantity, inner: Quantity) -> bool:
    """An open end leaves itself out: "more than half" has no room for one half."""
    low, high = _span(outer)
    inner_low, inner_high = _span(inner)
    below = low < inner_low or (low == inner_low and (inner.low_open or not outer.low_open))
    above = high > inner_high or (high == inner_high and (inner.high_open or not outer.high_open))
    return below and above


def _span(one: Quantity) -> tuple[float, float]:
    """Ends as numbers, those of durations in days; a month is read short at its low end and long at its high end."""
    low, high = one.bounds
    if one.unit not in DURATION_UNITS:
        return low, high
    return in_days(max(low, 0), one.unit, longest=False), in_days(high, one.unit, longest=True)
