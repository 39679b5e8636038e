"""One answer of a QuestionnaireResponse as the value of a fact, in the words of a facts file.

Sources: FHIR R4, QuestionnaireResponse (one ``value[x]`` for each answer) and Quantity (``comparator``: the true value
lies on that side; ``code`` is the unit, ``unit`` only its display). An answer has no range: ">= 6 months" can be given,
"6 to 8 months" cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.dtr.errors import ResponseError
from app.dtr.ucum import HOURS_IN_A_DAY, OFFERED, UCUM, unit_name
from rag.criteria.policy import FactSpec
from rag.criteria.values import FactValueError, canonical_unit
from rag.knowledge.fact_values import example, read_value

Answer = Mapping[str, Any]
#: No fact is as large; longer numbers are no answers.
LARGEST = 1_000_000_000
_COMPARATORS = ("<", "<=", ">=", ">")
_AS_GIVEN = "Answer in one of the units the questionnaire offers"


def answered(answer: Answer, fact: FactSpec, place: str) -> object:
    """What ``rag.case.facts_file`` takes for the fact. Raises ResponseError, without repeating what was answered."""
    key, read = _READERS[fact.type]
    _only(answer, key, fact, place)
    given = read(answer[key], fact, f"{place}.{key}")
    try:
        read_value(given, fact)
    except FactValueError:
        problem = f"the answer lies outside what {fact.id} can be, or is no {fact.type}"
        raise ResponseError(f"{place}.{key}", problem, f"Answer as for example {example(fact)}") from None
    return given


def _only(answer: Answer, key: str, fact: FactSpec, place: str) -> None:
    values = [name for name in answer if name.startswith("value")]
    if values == [key]:
        return
    found = " and ".join(values) or "no value"
    raise ResponseError(place, f"{fact.id} is answered by {found}", f"It takes one {key} for each answer")


def _boolean(value: object, fact: FactSpec, place: str) -> object:
    if not isinstance(value, bool):
        raise ResponseError(place, "not a boolean", "Answer true or false, or leave the question out")
    return value


def _integer(value: object, fact: FactSpec, place: str) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        raise ResponseError(place, "not a whole number that can be counted to", "Answer with a number such as 3")
    return f"{value}"


def _decimal(value: object, fact: FactSpec, place: str) -> object:
    return _number(value, place)


def _text(value: object, fact: FactSpec, place: str) -> object:
    if not isinstance(value, str) or not value.strip():
        raise ResponseError(place, "not a text", "Answer with a text, or leave the question out")
    return value.strip()


def _coding(value: object, fact: FactSpec, place: str) -> object:
    coding = value if isinstance(value, dict) else {}
    code, system = coding.get("code"), coding.get("system")
    if not isinstance(code, str) or not (system is None or isinstance(system, str)):
        raise ResponseError(place, "not a coding with a code", f"Answer with one of {', '.join(fact.choices)}")
    if system is not None and not system.endswith(f"/v1/vocabulary/{fact.id}"):
        raise ResponseError(place, "the code is of another code system", "Answer with one of the options of the form")
    if code not in fact.choices:
        raise ResponseError(place, "the code is no option of the form", f"Answer with one of {', '.join(fact.choices)}")
    return code


def _quantity(value: object, fact: FactSpec, place: str) -> object:
    if not isinstance(value, dict):
        raise ResponseError(place, "not a quantity", "Answer with a value and a unit")
    comparator = value.get("comparator", "")
    if comparator and comparator not in _COMPARATORS:
        raise ResponseError(f"{place}.comparator", "not a comparator", f"Use one of {' '.join(_COMPARATORS)}")
    amount = _number(value.get("value"), f"{place}.value")
    code, unit = _unit(value, fact, place)
    if code == "h":
        amount = f"{Decimal(amount) / HOURS_IN_A_DAY:f}"
    return f"{comparator} {amount} {unit}".strip()


def _unit(quantity: Answer, fact: FactSpec, place: str) -> tuple[str, str]:
    """UCUM code (empty where only a display is given) and the criteria's name of the unit; one of the two is needed."""
    system, code, shown = quantity.get("system"), quantity.get("code"), quantity.get("unit")
    if system != UCUM and not (system is None and code is None):
        raise ResponseError(f"{place}.system", "the unit is not one of UCUM", f"Use the system {UCUM}")
    if code is None:
        return "", _named(shown, fact, f"{place}.unit")
    name = "days" if code == "h" else unit_name(code) if isinstance(code, str) else None
    if name not in {unit.name for unit in OFFERED[fact.type]}:
        offered = ", ".join(unit.code for unit in OFFERED[fact.type])
        raise ResponseError(f"{place}.code", f"not a unit of {fact.id}", f"Use one of {offered}")
    if shown is not None and code != "h" and _other_unit(shown, str(name), fact):
        raise ResponseError(f"{place}.unit", "code and unit name different units", _AS_GIVEN)
    return str(code), str(name)


def _named(shown: object, fact: FactSpec, place: str) -> str:
    """Never the type's own unit by default: 0.6 without one may be a fraction as well as a percentage."""
    if not isinstance(shown, str) or not shown.strip():
        raise ResponseError(place, f"no unit, which {fact.id} needs", _AS_GIVEN)
    try:
        return canonical_unit(shown, fact.type)
    except FactValueError:
        raise ResponseError(place, f"no unit that {fact.id} can be given in", _AS_GIVEN) from None


def _other_unit(shown: object, name: str, fact: FactSpec) -> bool:
    """Whether the display is a unit of the fact's, and another one; one in another language is none of them."""
    try:
        return isinstance(shown, str) and canonical_unit(shown.strip(), fact.type) != name
    except FactValueError:
        return False


def _number(value: object, place: str) -> str:
    """A JSON number as digits, so that no rounding carries it over a threshold."""
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if not (number and -LARGEST <= value <= LARGEST):  # type: ignore[operator]
        raise ResponseError(place, "not a number", "Answer with a JSON number such as 60 or 2.5")
    return f"{Decimal(str(value)):f}"


_READERS: dict[str, tuple[str, Callable[[object, FactSpec, str], object]]] = {
    "boolean": ("valueBoolean", _boolean),
    "choice": ("valueCoding", _coding),
    "percent": ("valueQuantity", _quantity),
    "duration": ("valueQuantity", _quantity),
    "count": ("valueInteger", _integer),
    "score": ("valueDecimal", _decimal),
    "date": ("valueDate", _text),
    "codes": ("valueString", _text),
}
