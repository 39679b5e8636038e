"""The mean of judgements, with a 95 % interval that fits them.

Right or wrong, each on its own: Wilson's interval. Graded, or in clusters that depend on each other (the turns of a
conversation, the parts of one item): the percentile bootstrap, of clusters (Efron 1979, Annals of Statistics 7:1).
Where all are equally right, or all clusters alike, a bootstrap would show no doubt at all: there Wilson's interval,
counting clusters.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.frame.models import Judgement
from evals.metrics.cluster_bootstrap import cluster_bootstrap
from evals.metrics.figure import Figure
from evals.metrics.wilson import wilson_interval


def mean(judgements: Sequence[Judgement], *, seed: int, of: str = "judgements") -> Figure:
    """No value where there is no judgement. The same judgements and seed give the same interval."""
    if not judgements:
        return Figure.absent(f"no {of}")
    values = [one.value for one in judgements]
    clusters = _clusters(judgements)
    average = sum(values) / len(values)
    interval = _interval(values, clusters, average, seed)
    reason = f"mean of {len(values)} {of}"
    if set(values) <= {0.0, 1.0}:
        reason = f"{sum(values):.0f} of {len(values)} {of} are right"
    if len(clusters) != len(values):
        reason += f", in {len(clusters)} clusters"
    return Figure.of(average, interval, n=len(values), reason=reason)


def _interval(
    values: Sequence[float], clusters: Sequence[Sequence[float]], average: float, seed: int
) -> tuple[float, float]:
    alone = len(clusters) == len(values)
    if alone and set(values) <= {0.0, 1.0}:
        return wilson_interval(sum(values), len(values))
    low, high = _drawn(clusters, seed) if len(clusters) > 1 and len(set(values)) > 1 else (average, average)
    if low == high and 0 <= average <= 1:  # all alike, or one cluster alone: that is no certainty
        return wilson_interval(average * len(clusters), len(clusters))
    return low, high


def _clusters(judgements: Sequence[Judgement]) -> list[list[float]]:
    """Parts of one item depend on each other as the items of a cluster do."""
    found: dict[str, list[float]] = {}
    for one in judgements:
        found.setdefault(one.cluster or one.item.split("|")[0], []).append(one.value)
    return list(found.values())


def _drawn(clusters: Sequence[Sequence[float]], seed: int) -> tuple[float, float]:
    return cluster_bootstrap([sum(one) for one in clusters], [len(one) for one in clusters], seed=seed)
