"""What a fact can be: a boolean, a quantity (an interval with a unit), one of some choices, or a set of codes.

An absent fact, or ``None``, is *unknown*. Nothing here guesses: "more than half" is the interval (50 %, 100 %].
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

FactType = Literal["boolean", "percent", "duration", "count", "score", "date", "choice", "codes"]
DURATION_UNITS = ("days", "weeks", "months", "years")
UNITS: dict[str, tuple[str, ...]] = {
    "percent": ("%",),
    "duration": DURATION_UNITS,
    "count": ("count",),
    "score": ("points",),
}
DOMAINS: dict[str, tuple[float, float]] = {
    "percent": (-math.inf, 100),
    "duration": (0, math.inf),
    "count": (0, math.inf),
    "score": (0, 10),
}


class FactValueError(ValueError):
    """A fact's value that cannot be read; the message says what was given and what would do."""


class Quantity(BaseModel):
    """An interval with open or closed ends. ``None`` at an end means unbounded. Unit as in ``UNITS``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    low_open: bool = False
    high_open: bool = False
    unit: str

    @model_validator(mode="after")
    def _ordered(self) -> Quantity:
        low, high = self.bounds
        if low > high or (low == high and (self.low_open or self.high_open)):
            raise ValueError(f"empty interval from {self.low} to {self.high} {self.unit}")
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """Ends as floats, infinite where unbounded."""
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        return low, high

    @classmethod
    def exactly(cls, amount: float, unit: str) -> Quantity:
        return cls(low=amount, high=amount, unit=unit)

    def __str__(self) -> str:
        unit = "" if self.unit in ("count", "points") else f" {self.unit}"
        low, high = self.bounds
        if math.isinf(low) and math.isinf(high):
            return "any amount"
        if low == high:
            return f"{low:g}{unit}"
        if math.isinf(high):
            return f"{'>' if self.low_open else '>='} {low:g}{unit}"
        if math.isinf(low) or (low == 0 and not self.low_open and self.high_open):
            return f"{'<' if self.high_open else '<='} {high:g}{unit}"
        if self.low_open or self.high_open:
            start, end = "over" if self.low_open else "from", "under " if self.high_open else ""
            return f"{start} {low:g} to {end}{high:g}{unit}"
        return f"{low:g} to {high:g}{unit}"


@dataclass(frozen=True)
class OneOf:
    """Exactly one of ``options`` holds; which one is known only if there is a single option."""

    options: frozenset[str]


@dataclass(frozen=True)
class Codes:
    """The codes the record gives, all of them."""

    given: frozenset[str]


Value = Annotated[bool | Quantity | OneOf | Codes | date, Field()]

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"(%|percent|per cent|days?|weeks?|wks?|months?|mos?|years?|yrs?)?"
_COMPARED = re.compile(rf"^(>=|<=|>|<|=|≥|≤)\s*{_NUMBER}\s*{_UNIT}$", re.I)
_RANGE = re.compile(rf"^{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}\s*{_UNIT}$", re.I)
_EXACT = re.compile(rf"^{_NUMBER}\s*{_UNIT}$", re.I)
_UNIT_NAMES = {"percent": "%", "per cent": "%", "wk": "weeks", "mo": "months", "yr": "years"}


def canonical_unit(text: str | None, kind: str) -> str:
    """The unit of a fact type named by ``text`` ("wk" -> "weeks"); the type's own unit where none is given.

    Raises ``FactValueError`` when the unit does not fit the type, or a duration names none.
    """
    allowed = UNITS[kind]
    if not text:
        if kind == "duration":
            raise FactValueError(f"a duration needs a unit ({', '.join(allowed)})")
        return allowed[0]
    name = text.lower()
    name = _UNIT_NAMES.get(name, _UNIT_NAMES.get(name.rstrip("s"), name))
    if name != "%" and not name.endswith("s"):
        name += "s"
    if name not in allowed:
        raise FactValueError(f"unit {text!r} does not fit a {kind} (use {', '.join(allowed)})")
    return name


def parse_quantity(text: str, kind: str) -> Quantity:
    """Read ``"40 %"``, ``">= 50 %"``, ``"50-60 %"``, ``"10 weeks"`` or ``"3"`` as an interval of the type ``kind``.

    Raises ``FactValueError`` for text that is no such quantity, an empty interval ("60-50 %", "> 100 %"), a unit that
    does not fit, or a value outside the type's range.
    """
    bottom, top = DOMAINS[kind]
    low, high, opened, named = _ends(text.strip(), kind)
    unit = canonical_unit(named, kind)
    if low < bottom or high > top:
        raise FactValueError(f"{text!r} lies outside {bottom:g} to {top:g}")
    if low > high or (low == high and opened):
        raise FactValueError(f"{text!r} is empty: nothing lies between its ends")
    return Quantity(
        low=_finite(low), high=_finite(high), low_open=opened == "low", high_open=opened == "high", unit=unit
    )


def _ends(text: str, kind: str) -> tuple[float, float, str, str | None]:
    """Low end, high end, which of them is open ("low", "high" or ""), and the unit as written."""
    bottom, top = DOMAINS[kind]
    if match := _COMPARED.match(text):
        op, amount = {"≥": ">=", "≤": "<="}.get(match[1], match[1]), float(match[2])
        if op == "=":
            return amount, amount, "", match[3]
        if op in (">", ">="):
            return amount, top, "low" if op == ">" else "", match[3]
        return bottom, amount, "high" if op == "<" else "", match[3]
    if match := _RANGE.match(text):
        return float(match[1]), float(match[2]), "", match[3]
    if match := _EXACT.match(text):
        return float(match[1]), float(match[1]), "", match[2]
    raise FactValueError(f'{text!r} is not a {kind}; write for example "40 %", ">= 50 %", "50-60 %", "10 weeks" or 3')


def _finite(bound: float) -> float | None:
    return None if math.isinf(bound) else bound


# Least and greatest number of days that n whole calendar months can span (leap years included), n = 0 to 12.
_LEAST_DAYS = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334, 365)
_MOST_DAYS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337, 366)
_DAYS = {"days": 1.0, "weeks": 7.0}
_MONTHS = {"months": 1.0, "years": 12.0}


def in_days(amount: float, unit: str, *, longest: bool) -> float:
    """``amount`` of ``unit`` in days, reading months by the longest or the shortest stretch of the calendar."""
    if math.isinf(amount):
        return amount
    if unit in _DAYS:
        return amount * _DAYS[unit]
    months = amount * _MONTHS[unit]
    years, rest = divmod(months, 12)
    table = _MOST_DAYS if longest else _LEAST_DAYS
    whole = int(rest)
    within = table[whole] + (rest - whole) * (table[whole + 1] - table[whole])
    leap_days = math.ceil(years / 4) if longest else 0
    return years * 365 + leap_days + within
