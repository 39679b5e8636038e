"""Of what a passage does not support, how much is refused: the safety number of the guard."""

from __future__ import annotations

from evals.citations.labelled.metric import PairMetric
from evals.citations.methods.method import Call
from evals.citations.pair import Pair
from evals.metrics.rejection import rejection


def _judge(pair: Pair, call: Call) -> bool | None:
    return None if pair.supported else not call.accepted


UNSUPPORTED_REFUSED = PairMetric(
    name="unsupported-refused",
    about="Share of the sentences their passage does not support, by label, that were refused.",
    figure=rejection,
    judge=_judge,
)
