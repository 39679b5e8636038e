"""The other side of safety: is a case that meets the criteria called so? Who never says *met* is safe and useless."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.verdicts.asked import Asked
from rag.criteria.determination import Status


def _judge(asked: Asked, found: str) -> Iterator[Check]:
    if asked.case.status is Status.MET:
        yield Check(float(found == Status.MET), asked.case.status, found)


MET_FOUND = Metric("met-found", "of cases that meet the criteria, in both forms, those called so", _judge, of="cases")
