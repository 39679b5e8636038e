"""The percentile bootstrap of a mean over clusters (Efron 1979, Annals of Statistics 7:1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import bootstrap

#: Samples drawn: the ends of the interval are then steady to about two digits.
RESAMPLES = 2000


def cluster_bootstrap(sums: Sequence[float], sizes: Sequence[int], *, seed: int) -> tuple[float, float]:
    """Ends of the 95 % interval. ``sums`` and ``sizes`` of at least two clusters: whole clusters are drawn, and each
    sample's mean is that of the values drawn."""
    found = bootstrap(
        (np.array(sums, dtype=float), np.array(sizes, dtype=float)),
        lambda total, size, axis: total.sum(axis) / size.sum(axis),
        n_resamples=RESAMPLES,
        paired=True,
        vectorized=True,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return float(found.low), float(found.high)
