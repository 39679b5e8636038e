"""Precision: of the facts read, how many does the record state, with this value or one within it?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.facts.holding import holds
from evals.facts.reading import Stated, Values, told
from evals.frame.metric import Check, Metric


def _judge(stated: Stated, found: Values) -> Iterator[Check]:
    for name, value in found.items():
        expected = stated.facts.get(name)
        right = expected is not None and holds(value, expected)
        yield Check(float(right), told(name, expected), told(name, value), part=name)


PRECISION = Metric(
    "facts-precision", "of facts read, or implied by what was read, those the record states so", _judge, of="facts"
)
