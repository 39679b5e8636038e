"""What the record leaves out stays unknown: nobody may read it from the rest."""

from __future__ import annotations

from collections.abc import Iterator

from evals.facts.reading import Stated, Values, told
from evals.frame.metric import Check, Metric


def _judge(stated: Stated, found: Values) -> Iterator[Check]:
    for name in stated.unsaid:
        yield Check(float(name not in found), told(name, None), told(name, found.get(name)), part=name)


UNSAID_STAYS_UNKNOWN = Metric(
    "unsaid-stays-unknown", "of facts a record leaves out, those that were not read from it", _judge, of="facts"
)
