"""The safety number: is a case called *criteria met* that is not? There must be none."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.verdicts.asked import Asked
from rag.criteria.determination import Status


def _judge(asked: Asked, found: str) -> Iterator[Check]:
    right = asked.case.status is Status.MET or found != Status.MET
    yield Check(float(right), asked.case.status, found)


NO_FALSE_MET = Metric(
    "no-false-met", "of all cases, in both forms, those not called criteria met against their label", _judge, of="cases"
)
