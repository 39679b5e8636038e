"""The interval of a difference between two shares of the same items.

Method 10 of Newcombe 1998, Statistics in Medicine 17:2635: Wilson's intervals of the two shares, put together with
their correlation. Unlike a bootstrap's, it has a width where few or no items changed.
"""

from __future__ import annotations

from math import sqrt

from evals.metrics.wilson import wilson_interval


def newcombe_interval(both: int, rose: int, fell: int, neither: int) -> tuple[float, float]:
    """Ends of the 95 % interval of (share right after) - (share right before).

    ``both``: right twice; ``rose``: right after only; ``fell``: right before only. At least one item is counted.
    """
    n = both + rose + fell + neither
    after, before = (both + rose) / n, (both + fell) / n
    after_low, after_high = wilson_interval(both + rose, n)
    before_low, before_high = wilson_interval(both + fell, n)
    phi = _correlation(both, rose, fell, neither)
    below = _joined(after - after_low, before_high - before, phi)
    above = _joined(after_high - after, before - before_low, phi)
    return max(after - before - below, -1.0), min(after - before + above, 1.0)


def _joined(one: float, other: float, phi: float) -> float:
    return sqrt(max(one * one - 2 * phi * one * other + other * other, 0.0))


def _correlation(both: int, rose: int, fell: int, neither: int) -> float:
    """Phi, corrected for continuity where it is positive."""
    margins = (both + rose) * (fell + neither) * (both + fell) * (rose + neither)
    if margins == 0:
        return 0.0
    product = both * neither - rose * fell
    half = (both + rose + fell + neither) / 2
    return (max(product - half, 0.0) if product > 0 else product) / sqrt(margins)
