"""Of what is accepted, how much its passage supports."""

from __future__ import annotations

from evals.citations.labelled.metric import PairMetric
from evals.citations.methods.method import Call
from evals.citations.pair import Pair
from evals.metrics.precision import precision


def _judge(pair: Pair, call: Call) -> bool | None:
    return pair.supported if call.accepted else None


ACCEPTED_SUPPORTED = PairMetric(
    name="guard-precision",
    about="Share of the accepted sentences that their passage supports, by label.",
    figure=precision,
    judge=_judge,
)
