"""Support as one number, 0 to 1: logistic regression over the features."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rag.guard.support.calibration import INTERCEPT, THRESHOLD, WEIGHTS
from rag.guard.support.models import Finding

POLICY = "support"


def score(values: Sequence[float]) -> float:
    """Calibrated probability that the passage supports the claim. ``values``: in the order of ``features.NAMES``."""
    return 1 / (1 + math.exp(-(INTERCEPT + sum(w * value for w, value in zip(WEIGHTS, values, strict=True)))))


def support(found: float) -> Finding | None:
    """A finding for a score below the threshold."""
    if found >= THRESHOLD:
        return None
    return Finding(POLICY, f"what it cites hardly supports it (support {found:.2f}, needed {THRESHOLD:.2f})")
