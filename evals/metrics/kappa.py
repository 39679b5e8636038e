"""Agreement of two raters beyond chance (Cohen 1960, Educational and Psychological Measurement 20:37).

The interval is the percentile bootstrap of whole clusters. Samples in which both raters say one thing only have no
kappa and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from evals.metrics.cluster_bootstrap import RESAMPLES
from evals.metrics.figure import Figure

#: Ends of a 95 % interval, in percent.
ENDS = (2.5, 97.5)


@dataclass(frozen=True)
class Rated:
    """What two raters say of one thing. Things of one ``cluster`` depend on each other."""

    first: bool
    second: bool
    cluster: str


def kappa(rated: Sequence[Rated], *, seed: int, of: str = "things") -> Figure:
    """From -1 to 1. No value where nothing was rated, or where both raters say one thing only."""
    if not rated:
        return Figure.absent(f"no {of} rated by both")
    said = {value for one in rated for value in (one.first, one.second)}
    if len(said) == 1:
        word = "yes" if said.pop() else "no"
        return Figure.absent(f"both said {word} of all {len(rated)} {of}: chance alone would agree")
    value = float(cohen_kappa_score([one.first for one in rated], [one.second for one in rated]))
    alike = sum(one.first == one.second for one in rated)
    reason = f"they agree on {alike} of {len(rated)} {of}"
    return Figure.of(value, _interval(rated, seed), n=len(rated), reason=reason)


def _interval(rated: Sequence[Rated], seed: int) -> tuple[float, float]:
    counts = _counts(rated)
    rows = np.random.default_rng(seed).integers(len(counts), size=(RESAMPLES, len(counts)))
    found = _kappas(counts[rows].sum(axis=1))
    low, high = np.nanpercentile(found, ENDS)
    return float(low), float(high)


def _counts(rated: Sequence[Rated]) -> NDArray[np.float64]:
    """By cluster: both yes, first alone, second alone, both no."""
    clusters: dict[str, list[int]] = {}
    for one in rated:
        clusters.setdefault(one.cluster, [0, 0, 0, 0])[(not one.first) * 2 + (not one.second)] += 1
    return np.array(list(clusters.values()), dtype=np.float64)


def _kappas(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of many tables at once; NaN where it is not defined."""
    both, first, second, neither = (tables[:, place] for place in range(4))
    n = tables.sum(axis=1)
    chance = ((both + first) * (both + second) + (neither + second) * (neither + first)) / n**2
    with np.errstate(invalid="ignore", divide="ignore"):
        found: NDArray[np.float64] = np.where(chance < 1, ((both + neither) / n - chance) / (1 - chance), np.nan)
    return found
