"""A metric over pairs: one figure of many calls, and what it makes of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.citations.methods.method import Call
from evals.citations.pair import Pair
from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome

Judge = Callable[[Pair, Call], bool | None]


def no_single_judgement(pair: Pair, call: Call) -> bool | None:
    """For a figure that is no mean of judgements."""
    return None


@dataclass(frozen=True)
class PairMetric:
    """``judge``: whether the call is right, None for a pair the metric does not look at."""

    name: str
    about: str
    figure: Callable[[Sequence[Outcome]], Figure]
    judge: Judge = no_single_judgement
