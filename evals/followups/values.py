"""Facts of a record, and whether a value is the one a script names."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rag.case.facts_file import read_facts
from rag.case.models import Case
from rag.case.values import resolve
from rag.criteria.values import DURATION_UNITS, Quantity, Value, in_days
from rag.followup.models import CaseFile
from rag.knowledge.vocabulary import Vocabulary


def values_of(case_file: CaseFile | None, vocabulary: Vocabulary) -> Mapping[str, Value]:
    """One value for each known fact; one that contradicts itself is absent, as it is for the criteria."""
    return resolve(case_file.case, vocabulary) if case_file else {}


def expected_value(fact: str, given: object, vocabulary: Vocabulary) -> Value | None:
    return resolve(Case(facts=read_facts({fact: given}, vocabulary).facts), vocabulary).get(fact)


def same(found: Value | None, expected: Value | None) -> bool:
    """Equal, units and unwritten ends aside: 8 weeks are 56 days, and "< 30 %" begins where "0 to 30 %" does."""
    if isinstance(found, Quantity) and isinstance(expected, Quantity):
        return _ends(found) == _ends(expected)
    return type(found) is type(expected) and found == expected


def _ends(quantity: Quantity) -> tuple[tuple[float, float], tuple[float, float], bool, bool]:
    low, high = quantity.bounds
    bottom = low if low > 0 else -math.inf
    lows, highs = _spans(bottom, quantity.unit), _spans(high, quantity.unit)
    return lows, highs, quantity.low_open and bottom > 0, quantity.high_open


def _spans(amount: float, unit: str) -> tuple[float, float]:
    """Shortest and longest stretch of days; other units as they are."""
    if unit not in DURATION_UNITS:
        return amount, amount
    return in_days(amount, unit, longest=False), in_days(amount, unit, longest=True)
