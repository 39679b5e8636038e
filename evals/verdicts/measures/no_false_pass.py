"""Wider than a false met: is a case that fails, or is open, told that only a look into the policy is left to do?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.verdicts.asked import Asked
from rag.criteria.determination import Status

PASSING = (Status.MET, Status.POLICY_CHECK)


def _judge(asked: Asked, found: str) -> Iterator[Check]:
    if asked.case.status not in PASSING:
        yield Check(float(found not in PASSING), asked.case.status, found)


NO_FALSE_PASS = Metric(
    "no-false-pass",
    "of cases that fail, are open or out of scope, those not called criteria met or needs policy check",
    _judge,
    of="cases",
)
