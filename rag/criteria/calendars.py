"""Calendar months in days: how many they span depends on the day one counts from."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

DAYS = {"days": 1.0, "weeks": 7.0}
MONTHS = {"months": 1.0, "years": 12.0}

_CYCLE_MONTHS = 4 * 12
_CYCLE_DAYS = 4 * 365 + 1
"""Leap years come round every four years (true from 1901 to 2099); any four years show every way months can fall."""


def _start_days() -> list[date]:
    """One start for each way months can fall. Days up to the 28th all count alike: the first stands for them."""
    months = [(1 + i // 12, 1 + i % 12) for i in range(_CYCLE_MONTHS)]
    return [date(y, m, d) for y, m in months for d in (1, *range(28, monthrange(y, m)[1] + 1))]


def months_after(start: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month where it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _span(start: date, months: float) -> float:
    """Days from ``start`` to ``months`` later; within a month, days are shared out evenly."""
    cycles, rest = divmod(months, _CYCLE_MONTHS)
    whole = int(rest)
    reached = float((months_after(start, whole) - start).days)
    if rest > whole:
        reached += (rest - whole) * ((months_after(start, whole + 1) - start).days - reached)
    return cycles * _CYCLE_DAYS + reached


@lru_cache(maxsize=10**3)
def month_spans(months: tuple[float, ...]) -> tuple[tuple[float, ...], ...]:
    """Every combination of spans in days that ``months``, counted from one day, can have."""
    return tuple(sorted({tuple(_span(start, amount) for amount in months) for start in _START_DAYS}))


def on_one_scale(durations: Iterable[tuple[float, str]]) -> Iterator[tuple[float, ...]]:
    """Amounts with their units as plain numbers, once for each way the calendar can fall.

    Months beside months are compared as months; where months meet days, each combination of ``month_spans`` is given.
    Infinite amounts stay infinite.
    """
    amounts = tuple(durations)
    if all(unit in MONTHS for _, unit in amounts):
        yield tuple(amount * MONTHS[unit] for amount, unit in amounts)
        return
    months = {amount * MONTHS[unit] for amount, unit in amounts if unit in MONTHS and not math.isinf(amount)}
    ordered = tuple(sorted(months))
    for spans in month_spans(ordered):
        days = dict(zip(ordered, spans, strict=True))
        yield tuple(
            amount if math.isinf(amount) else amount * DAYS[unit] if unit in DAYS else days[amount * MONTHS[unit]]
            for amount, unit in amounts
        )


_START_DAYS = _start_days()
