"""Differences that depend on each other within a cluster: what is drawn, and what is turned round, is the cluster."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import permutation_test

from evals.compare.pairing import Pair
from evals.metrics.cluster_bootstrap import cluster_bootstrap

Clusters = Sequence[Sequence[Pair]]

#: Ways to turn clusters round. Thirteen clusters that changed have fewer, and are tested exactly.
TURNS = 9999
#: How many of them are held in memory at once.
BATCH = 500


def bootstrap_interval(clusters: Clusters, *, seed: int) -> tuple[float, float] | None:
    """The paired bootstrap of the mean difference (Efron 1979, Annals of Statistics 7:1), 95 %, by percentiles.

    None where all clusters changed alike: the bootstrap would show no doubt at all.
    """
    sums = [sum(pair.difference for pair in cluster) for cluster in clusters]
    sizes = [len(cluster) for cluster in clusters]
    if len({total / size for total, size in zip(sums, sizes, strict=True)}) < 2:
        return None
    return cluster_bootstrap(sums, sizes, seed=seed)


def exchange_test(clusters: Clusters, *, seed: int) -> float:
    """The two-sided p value of Fisher's paired randomisation test: before and after are exchanged in whole clusters.

    With clusters of one judgement that is right or wrong it is McNemar's exact test. Unlike a bootstrap's p value it
    stays large where few clusters changed. 1 where none did.
    """
    totals = [(sum(pair.before for pair in one), sum(pair.after for pair in one)) for one in clusters]
    changed = np.array([total for total in totals if total[0] != total[1]])
    if len(changed) < 2:  # either way round, one is as far from nothing
        return 1.0
    found = permutation_test(
        (changed[:, 0], changed[:, 1]),
        lambda before, after, axis: (after - before).sum(axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=TURNS,
        batch=BATCH,
        rng=np.random.default_rng(seed),
    )
    return float(found.pvalue)
