"""Whether right and wrong changed sides evenly (McNemar 1947, Psychometrika 12:153), exactly."""

from __future__ import annotations

from scipy.stats import binomtest


def mcnemar(fell: int, rose: int) -> float:
    """The two-sided p value of so many that went from right to wrong and from wrong to right; 1 where none did."""
    if fell + rose == 0:
        return 1.0
    return float(binomtest(fell, fell + rose).pvalue)
