"""From facts with their support to one value per fact: agreement narrows, contradiction makes it unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rag.case.models import Case, Fact, Support
from rag.criteria.exact import outcomes
from rag.criteria.policy import FactSpec
from rag.criteria.values import Codes, OneOf, Quantity, Value, in_days
from rag.knowledge.vocabulary import Vocabulary

Values = dict[str, Value]


class _Contradiction(Exception):
    """Two values that cannot both hold."""


@dataclass(frozen=True)
class Conflict:
    """Support that contradicts itself. ``question`` is what to ask the user."""

    fact: str
    facts: tuple[Fact, ...]
    question: str


def resolve(case: Case, vocabulary: Vocabulary) -> Mapping[str, Value]:
    """One value per known fact, with scopes and derivations applied; conflicting facts are absent (unknown)."""
    values, conflicting = _combined(case, vocabulary)
    values = _scoped(values, vocabulary)
    return _derived(values, vocabulary, conflicting)


def conflicts(case: Case, vocabulary: Vocabulary) -> tuple[Conflict, ...]:
    """Facts whose support contradicts itself, in the order of the vocabulary."""
    _, conflicting = _combined(case, vocabulary)
    return tuple(
        Conflict(name, case.about(name), f"The record disagrees with itself here. {spec.question}")
        for name, spec in vocabulary.facts.items()
        if name in conflicting
    )


def value_of(fact: Fact, spec: FactSpec) -> Value | None:
    """The fact's value in the criteria's terms; ``None`` is unknown."""
    given = fact.value
    if isinstance(given, str | tuple):
        texts = frozenset([given] if isinstance(given, str) else given)
        return Codes(texts) if spec.type == "codes" else OneOf(texts)
    return given


def _combined(case: Case, vocabulary: Vocabulary) -> tuple[Values, set[str]]:
    values: Values = {}
    conflicting: set[str] = set()
    for name in dict.fromkeys(fact.id for fact in case.facts):
        spec = vocabulary.facts[name]
        given = [value for fact in _weighty(case.about(name)) if (value := value_of(fact, spec)) is not None]
        if not given:
            continue
        try:
            values[name] = _meet_all(given)
        except _Contradiction:
            conflicting.add(name)
    return values, conflicting


def _weighty(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """A word such as "minimal" is our reading: a number it can stand for takes its place, any other contradicts it."""
    numbers = [f.value for f in facts if f.support is not Support.QUALITATIVE and isinstance(f.value, Quantity)]
    return tuple(fact for fact in facts if not _stands_for(fact, numbers))


def _stands_for(fact: Fact, numbers: list[Quantity]) -> bool:
    """Whether the fact is a word, and one for each of the ``numbers``."""
    if fact.support is not Support.QUALITATIVE or not numbers or not isinstance(fact.value, Quantity):
        return False
    try:
        for number in numbers:
            meet(fact.value, number)
    except _Contradiction:
        return False
    return True


def _meet_all(values: Iterable[Value]) -> Value:
    first, *rest = values
    for value in rest:
        first = meet(first, value)
    return first


def meet(one: Value, other: Value) -> Value:
    """What both values leave possible. Raises ``_Contradiction`` when that is nothing."""
    match one, other:
        case Codes(a), Codes(b):
            return Codes(a | b)
        case OneOf(a), OneOf(b) if a & b:
            return OneOf(a & b)
        case Quantity(), Quantity():
            return _intersection(one, other)
        case (bool(), bool()) | (date(), date()) if one == other:
            return one
        case _:
            raise _Contradiction


def _intersection(one: Quantity, other: Quantity) -> Quantity:
    if one.unit != other.unit:
        return _narrower(one, other)
    low = max(((q.bounds[0], q.low_open, q.low) for q in (one, other)), key=lambda end: end[:2])
    high = min(((q.bounds[1], not q.high_open, q.high) for q in (one, other)), key=lambda end: end[:2])
    try:
        return Quantity(low=low[2], high=high[2], low_open=low[1], high_open=not high[1], unit=one.unit)
    except ValueError:
        raise _Contradiction from None


def _narrower(one: Quantity, other: Quantity) -> Quantity:
    """Months and days meet only as far as the calendar lets them: the shorter span of days stands for both."""
    spans = [_days(quantity) for quantity in (one, other)]
    if max(span[0] for span in spans) > min(span[1] for span in spans):
        raise _Contradiction
    return min(zip(spans, (one, other), strict=True), key=lambda pair: pair[0][1] - pair[0][0])[1]


def _days(quantity: Quantity) -> tuple[float, float]:
    low, high = quantity.bounds
    return in_days(max(low, 0), quantity.unit, longest=False), in_days(high, quantity.unit, longest=True)


def _scoped(values: Values, vocabulary: Vocabulary) -> Values:
    for scope in vocabulary.scopes:
        if values.get(scope.unless_false) is False:
            dropped = {name for name in values if name.startswith(scope.prefix) and name not in scope.keep}
            values = {name: value for name, value in values.items() if name not in dropped}
    return values


def _derived(values: Values, vocabulary: Vocabulary, conflicting: set[str]) -> Values:
    """Applies derivations until nothing more follows; one that contradicts what is known is left out."""
    values, changed = dict(values), True
    while changed:
        changed = False
        for derivation in vocabulary.derivations:
            name = derivation.fact
            if name in conflicting or outcomes(derivation.when, values, vocabulary.types, vocabulary.choices) != {True}:
                continue
            try:
                narrowed = meet(values[name], derivation.value) if name in values else derivation.value
            except _Contradiction:
                continue
            changed = changed or values.get(name) != narrowed
            values[name] = narrowed
    return values
