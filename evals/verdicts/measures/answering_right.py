"""Reading and deciding together: is the status right where the record is given as text?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.verdicts.asked import Asked


def _judge(asked: Asked, found: str) -> Iterator[Check]:
    if asked.form == "text":
        yield Check(float(found == asked.case.status), f"{asked.case.status}: {asked.case.because}", found)


ANSWERING_RIGHT = Metric("answering-right", "of cases given as text, those with the right status", _judge, of="cases")
