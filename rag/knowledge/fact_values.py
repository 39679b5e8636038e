"""A fact's value as an editor or a caller writes it, read by the fact's declared type."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rag.criteria.policy import FactSpec
from rag.criteria.values import UNITS, Codes, FactValueError, OneOf, Quantity, Value, parse_quantity

_EXAMPLES = {
    "boolean": "true, false or null",
    "percent": '"40 %", ">= 50 %" or "50-60 %"',
    "duration": '"10 weeks", "3 months" or "< 14 days"',
    "count": '3 or ">= 2"',
    "score": '7 or "6-8"',
    "date": '"2025-03-01"',
    "codes": 'a list such as ["12345"]',
}


def read_value(given: object, spec: FactSpec) -> Value | None:
    """The value of a fact; ``None`` (unknown) for null.

    Booleans are booleans, choices one option or a list of those still possible, codes a list, quantities a number or
    text as in "40 %". Raises ``FactValueError`` with what was given and what would do.
    """
    if given is None:
        return None
    try:
        found = _read(given, spec)
    except ValueError as error:
        raise FactValueError(f"{error} (write {example(spec)})") from None
    if found is None:
        raise FactValueError(f"{given!r} does not fit a {spec.type}; write {example(spec)}")
    return found


def example(spec: FactSpec) -> str:
    """What would be a value of this fact, in words."""
    if spec.type == "choice":
        return f"one of {', '.join(spec.choices)}"
    return _EXAMPLES[spec.type]


def _read(given: object, spec: FactSpec) -> Value | None:
    match spec.type:
        case "boolean":
            return given if isinstance(given, bool) else None
        case "choice":
            return _choice(given, spec)
        case "codes":
            return _codes(given)
        case "date":
            return given if isinstance(given, date) else date.fromisoformat(given) if isinstance(given, str) else None
        case kind:
            return _quantity(given, kind)


def _quantity(given: object, kind: str) -> Quantity | None:
    if isinstance(given, bool):
        return None
    if isinstance(given, int | float):
        try:
            return parse_quantity(f"{given:g}", kind)
        except OverflowError:
            raise FactValueError("the number is larger than any that is read") from None
    if isinstance(given, str):
        return parse_quantity(given, kind)
    if isinstance(given, dict):
        return Quantity.model_validate({"unit": UNITS[kind][0]} | given)
    return None


def _choice(given: object, spec: FactSpec) -> OneOf | None:
    options = _texts(given)
    if not options:
        return None
    wrong = [option for option in options if option not in spec.choices]
    if wrong:
        raise FactValueError(f"{wrong[0]!r} is not a {spec.label}")
    return OneOf(frozenset(options))


def _codes(given: object) -> Codes | None:
    codes = _texts(given)
    return Codes(frozenset(code.strip().upper() for code in codes)) if codes else None


def _texts(given: object) -> list[str]:
    if isinstance(given, str | int) and not isinstance(given, bool):
        return [str(given)]
    if isinstance(given, Iterable) and not isinstance(given, dict):
        items = list(given)
        return [str(item) for item in items] if all(isinstance(item, str | int) for item in items) else []
    return []
