"""Last look at the facts of one text: repetitions go, and so does what a better statement makes superfluous."""

from __future__ import annotations

from collections.abc import Iterable

from rag.case.models import Fact, Support
from rag.criteria.values import Quantity, in_days

TIME_SINCE = "prior_injection.time_since"


def reconcile(facts: Iterable[Fact]) -> list[Fact]:
    """Facts without repetitions, rounding quarrels and older injections' dates."""
    kept = _without_repetitions(facts)
    kept = _latest(kept)
    return _without_rounding(kept)


def _without_repetitions(facts: Iterable[Fact]) -> list[Fact]:
    first: dict[tuple[str, str], Fact] = {}
    for fact in sorted(facts, key=lambda f: (_RANK[f.support], f.start or 0)):
        first.setdefault((fact.id, str(fact.value)), fact)
    return list(first.values())


def _latest(facts: list[Fact]) -> list[Fact]:
    """Of several injections' dates only the last one tells the time since the last injection."""
    times = [fact for fact in facts if fact.id == TIME_SINCE and isinstance(fact.value, Quantity)]
    if len(times) < 2:
        return facts
    latest = min(times, key=_days)
    return [fact for fact in facts if fact is latest or fact not in times]


def _days(fact: Fact) -> float:
    value = fact.value
    assert isinstance(value, Quantity)
    return in_days(value.bounds[1], value.unit, longest=True)


def _without_rounding(facts: list[Fact]) -> list[Fact]:
    """Scores are whole numbers: a stated percentage within what their rounding allows is the better figure."""
    stated = [f for f in facts if f.support is Support.STATED and isinstance(f.value, Quantity)]
    return [
        fact
        for fact in facts
        if not (
            fact.support is Support.DERIVED
            and isinstance(fact.value, Quantity)
            and any(_near(fact.value, other.value) for other in stated if other.id == fact.id)
        )
    ]


# Two scores of 0 to 10, each half a point off, move the improvement they show by about this many points.
_ROUNDING = 10.0


def _near(one: Quantity, other: object) -> bool:
    if not isinstance(other, Quantity) or one.unit != other.unit or one.unit != "%":
        return False
    return one.bounds[0] - _ROUNDING <= other.bounds[1] and other.bounds[0] <= one.bounds[1] + _ROUNDING


_RANK = {Support.STATED: 0, Support.STRUCTURED: 0, Support.QUALITATIVE: 1, Support.DERIVED: 2}
