"""Quantities and comparisons of the second rater: plain intervals, and true, false or unknown (None)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import NamedTuple

from rag.errors import UserError

Truth = bool | None
Facts = Mapping[str, object]

_MONTH = Fraction("30.4")
_DAYS = {"day": Fraction(1), "week": Fraction(7), "month": _MONTH, "year": 12 * _MONTH}
_END = r"(\d+(?:\.\d+)?)\s*(%|[a-z]*)"
_QUANTITY = re.compile(rf"(>=|<=|>|<)?\s*{_END}(?:\s*(?:-|–|to)\s*{_END})?")

#: What may stand between a fact and its value. `has`: one of the codes is there; `only`: no other code is.
COMPARISON = re.compile(r"\S+ (?:is (?:true|false)|(?:in|has|only) \S.*|(?:>=|<=|>|<) \d.*)")


class Span(NamedTuple):
    """An interval in per cent, in days, or without a unit."""

    kind: str
    low: Fraction
    high: Fraction | float
    low_open: bool = False
    high_open: bool = False


def read_span(given: object) -> Span:
    """An interval from 3, "60 %", "10 weeks", ">= 50 %" or "50-60 %". Raises UserError for anything else."""
    found = None if isinstance(given, bool) else _QUANTITY.fullmatch(str(given).strip().casefold())
    if found is None:
        raise UserError(f'The second rater cannot read the quantity {given!r}. Write it as in "60 %" or "10 weeks".')
    sign, first, unit, last, last_unit = found.groups()
    kind, low = _scaled(first, unit or last_unit or "", given)
    if sign in ("<", "<="):
        return Span(kind, Fraction(0), low, high_open=sign == "<")
    if sign:
        return Span(kind, low, float("inf"), low_open=sign == ">")
    return Span(kind, low, _scaled(last, last_unit or unit, given)[1] if last else low)


def _scaled(number: str, unit: str, given: object) -> tuple[str, Fraction]:
    days = _DAYS.get(unit.removesuffix("s"))
    if days is None and unit not in ("", "%"):
        raise UserError(f"The second rater does not know the unit of {given!r}. Use %, days, weeks, months or years.")
    return ("days", Fraction(number) * days) if days is not None else (unit, Fraction(number))


def truth_of(comparison: str, facts: Facts, silent: Truth = None) -> Truth:
    """Whether a comparison such as "pain.score >= 6" holds; ``silent`` where nothing is known of the fact."""
    name, sign, wanted = comparison.split(" ", 2)
    value = facts.get(name)
    if value is None or value == []:
        return silent
    if sign == "is":
        return value is (wanted == "true")
    if sign in ("in", "has", "only"):
        return _listed(sign, {str(item) for item in _items(value)}, wanted.split())
    return _compared(read_span(value), sign, read_span(wanted))


def _items(value: object) -> Iterable[object]:
    return value if isinstance(value, Collection) and not isinstance(value, str) else [value]


def _listed(sign: str, given: set[str], wanted: list[str]) -> Truth:
    """A choice with several options left is undecided; codes are all on the request."""
    hits = [any(fnmatchcase(item.strip().casefold(), option.casefold()) for option in wanted) for item in given]
    if sign == "has":
        return any(hits)
    return True if all(hits) else None if sign == "in" and any(hits) else False


def _compared(value: Span, sign: str, wanted: Span) -> Truth:
    if value.kind != wanted.kind and (value.kind, wanted.kind) != ("", "%"):
        raise UserError(f"The second rater cannot compare {value.kind or 'a number'} with {wanted.kind or 'a number'}.")
    bound = wanted.low
    reached = _reached(value, bound) if sign in (">=", "<") else _passed(value, bound)
    return reached if sign in (">=", ">") or reached is None else not reached


def _reached(value: Span, bound: Fraction) -> Truth:
    if value.low >= bound:
        return True
    return False if value.high < bound or (value.high == bound and value.high_open) else None


def _passed(value: Span, bound: Fraction) -> Truth:
    if value.low > bound or (value.low == bound and value.low_open):
        return True
    return False if value.high <= bound else None


def any_of(rows: Iterable[Iterable[str]], facts: Facts, silent: Truth = None) -> Truth:
    """An OR of ANDs of comparisons; no row at all is false."""
    return either(both(truth_of(comparison, facts, silent) for comparison in row) for row in rows)


def both(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return False if False in found else None if None in found else True


def either(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return True if True in found else None if None in found else False


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth
