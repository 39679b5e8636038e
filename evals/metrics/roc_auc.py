"""Area under the ROC curve: how often a supported pair scores higher than an unsupported one; a tie counts half.

The interval is Newcombe's (Statistics in Medicine 2006, 25:559, method 5): the values whose own standard error, by
Hanley and McNeil, would not make the one found surprising. Unlike value plus and minus error it says something at 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from math import sqrt

from evals.metrics.figure import Figure
from evals.metrics.outcome import Outcome
from evals.metrics.wilson import Z

#: Halvings of [0, 1]: far below the digits shown.
STEPS = 40


def roc_auc(outcomes: Sequence[Outcome]) -> Figure:
    """No value where all pairs have one label."""
    supported = sum(outcome.supported for outcome in outcomes)
    unsupported = len(outcomes) - supported
    if not supported or not unsupported:
        return Figure.absent("no pairs of both labels")
    area = _area(outcomes, supported, unsupported)
    reason = f"scores of {supported} supported against {unsupported} unsupported pairs"
    return Figure.of(area, auc_interval(area, supported, unsupported), n=len(outcomes), reason=reason)


def auc_interval(area: float, supported: int, unsupported: int) -> tuple[float, float]:
    """Ends of the 95 % interval, within [0, 1]."""

    def surprising(value: float) -> bool:
        return abs(area - value) > Z * _standard_error(value, supported, unsupported)

    return _border(surprising, 0.0, area), _border(surprising, 1.0, area)


def _area(outcomes: Sequence[Outcome], supported: int, unsupported: int) -> float:
    won, below = 0.0, 0
    for _, tied in groupby(sorted(outcomes, key=_score), key=_score):
        group = list(tied)
        right = sum(outcome.supported for outcome in group)
        wrong = len(group) - right
        won += right * (below + wrong / 2)
        below += wrong
    return won / (supported * unsupported)


def _score(outcome: Outcome) -> float:
    return outcome.score


def _standard_error(area: float, supported: int, unsupported: int) -> float:
    spare = (supported + unsupported) / 2 - 1
    spread = 1 + spare * (1 - area) / (2 - area) + spare * area / (1 + area)
    return sqrt(area * (1 - area) * spread / (supported * unsupported))


def _border(surprising: Callable[[float], bool], outer: float, inner: float) -> float:
    """Where values begin to be plausible on the way from ``outer`` to ``inner``."""
    if not surprising(outer):
        return outer
    for _ in range(STEPS):
        middle = (outer + inner) / 2
        outer, inner = (middle, inner) if surprising(middle) else (outer, middle)
    return inner
