"""Precision: of what was accepted, how much is supported."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome


def precision(outcomes: Sequence[Outcome]) -> Figure:
    """No value where nothing was accepted."""
    accepted = [outcome for outcome in outcomes if outcome.accepted]
    right = sum(outcome.supported for outcome in accepted)
    return Figure.share(right, len(accepted), of="accepted pairs", are="are supported")
