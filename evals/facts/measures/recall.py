"""Recall: of the facts the record states, how many were read, with the right value?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.facts.reading import Stated, Values, told
from evals.followups.values import same
from evals.frame.metric import Check, Metric


def _judge(stated: Stated, found: Values) -> Iterator[Check]:
    for name in stated.said:
        expected = stated.facts.get(name)
        if expected is not None:
            yield Check(float(same(found.get(name), expected)), told(name, expected), told(name, found.get(name)), name)


RECALL = Metric("facts-recall", "of facts the record states, those read with the right value", _judge, of="facts")
