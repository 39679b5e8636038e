"""A refusal rests on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.refusals.questions import Asked
from evals.refusals.reply import Reply


def _judge(asked: Asked, reply: Reply) -> Iterator[Check]:
    if reply.refuses:
        found = f"{reply.citations} citations" + (" and a verdict" if reply.decided else "")
        yield Check(not reply.citations and not reply.decided, "no citation, no verdict", found)


UNCITED = Metric(
    name="no-citation-in-refusal",
    about="Share of the refusals, right or wrong, that cite nothing and decide nothing.",
    judge=_judge,
    of="refusals",
)
