"""Recall: of what is supported, how much was accepted."""

from __future__ import annotations

from collections.abc import Sequence

from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome


def recall(outcomes: Sequence[Outcome]) -> Figure:
    """No value where nothing is supported."""
    supported = [outcome for outcome in outcomes if outcome.supported]
    accepted = sum(outcome.accepted for outcome in supported)
    return Figure.share(accepted, len(supported), of="supported pairs", are="were accepted")
