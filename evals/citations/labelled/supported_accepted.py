"""Of what a passage supports, how much is accepted: what the guard costs."""

from __future__ import annotations

from evals.citations.labelled.metric import PairMetric
from evals.citations.methods.method import Call
from evals.citations.pair import Pair
from evals.metrics.recall import recall


def _judge(pair: Pair, call: Call) -> bool | None:
    return call.accepted if pair.supported else None


SUPPORTED_ACCEPTED = PairMetric(
    name="guard-recall",
    about="Share of the sentences their passage supports, by label, that were accepted.",
    figure=recall,
    judge=_judge,
)
