"""Rejection (specificity): of what is not supported, how much was rejected. The safety number of a guard."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome


def rejection(outcomes: Sequence[Outcome]) -> Figure:
    """No value where everything is supported."""
    unsupported = [outcome for outcome in outcomes if not outcome.supported]
    rejected = sum(not outcome.accepted for outcome in unsupported)
    return Figure.share(rejected, len(unsupported), of="unsupported pairs", are="were rejected")
