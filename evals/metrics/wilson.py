"""Wilson's score interval of a share (Wilson 1927, Journal of the American Statistical Association 22:209)."""

from __future__ import annotations

from math import sqrt

#: Standard normal quantile of a two-sided 95 % interval.
Z = 1.959964


def wilson_interval(count: float, n: int) -> tuple[float, float]:
    """Ends of the 95 % interval of ``count`` in ``n``, within [0, 1]; ``n`` is at least 1."""
    share, weight = count / n, Z * Z / n
    middle = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * sqrt(share * (1 - share) / n + weight / n / 4)
    return max(middle - half, 0.0), min(middle + half, 1.0)
