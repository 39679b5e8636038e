"""Deciding alone: is the status right where the facts are given as facts?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.verdicts.asked import Asked


def _judge(asked: Asked, found: str) -> Iterator[Check]:
    if asked.form == "facts":
        yield Check(float(found == asked.case.status), f"{asked.case.status}: {asked.case.because}", found)


DECIDING_RIGHT = Metric("deciding-right", "of cases given as facts, those with the right status", _judge, of="cases")
