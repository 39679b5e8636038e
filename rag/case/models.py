"""The case: what the user gave, as facts with the words that support them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from rag.criteria.values import Codes, OneOf, Quantity, Value


class Support(StrEnum):
    """How a fact was obtained."""

    STATED = "stated"
    QUALITATIVE = "qualitative"
    DERIVED = "derived"
    STRUCTURED = "structured"


class Fact(BaseModel):
    """One statement about the case.

    ``quote`` is ``text[start:end]`` of the text named by ``source`` ("question", "note", "reply"); a fact from a facts
    file has source "facts" and no quote; a derived one quotes the words it was derived from. ``value`` is an interval,
    a boolean, one choice, or a list (codes, or the choices still possible); ``None`` means unknown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    value: Quantity | bool | str | tuple[str, ...] | date | None
    support: Support
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    source: str


class Case(BaseModel):
    """The facts, in the order of the text, and the text they came from.

    Two facts of one id that contradict each other stay side by side: a conflict, which makes the fact unknown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: tuple[Fact, ...] = ()
    text: str = ""

    def about(self, fact_id: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.id == fact_id)


def json_value(value: Value | None) -> Quantity | bool | str | tuple[str, ...] | date | None:
    """A criteria value in the form facts are written in."""
    match value:
        case OneOf(options):
            return next(iter(options)) if len(options) == 1 else tuple(sorted(options))
        case Codes(given):
            return tuple(sorted(given))
        case _:
            return value


def in_order(facts: Iterable[Fact], order: Mapping[str, int]) -> tuple[Fact, ...]:
    """Facts by place in the text, then by the vocabulary's order: the same input gives the same bytes."""
    last = len(order)
    return tuple(
        sorted(facts, key=lambda f: (f.start if f.start is not None else 1 << 30, order.get(f.id, last), str(f.value)))
    )
