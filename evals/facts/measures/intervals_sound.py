"""Intervals: does what was read of a quantity hold the value the record states? A wider one is unsure, not wrong."""

from __future__ import annotations

from collections.abc import Iterator

from evals.facts.holding import holds
from evals.facts.reading import Stated, Values, told
from evals.frame.metric import Check, Metric
from rag.criteria.values import Quantity


def _judge(stated: Stated, found: Values) -> Iterator[Check]:
    for name, expected in stated.facts.items():
        value = found.get(name)
        if isinstance(expected, Quantity) and isinstance(value, Quantity):
            yield Check(float(holds(value, expected)), told(name, expected), told(name, value), part=name)


INTERVALS_SOUND = Metric(
    "intervals-sound", "of quantities read that the record states, those that hold the stated value", _judge, of="facts"
)
