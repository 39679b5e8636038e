"""Constants of the score. ``python -m evals.citations.calibrate --data FOLDER`` prints them anew."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final = (2.0, 1.0, 0.5, 0.5, 1.0, 0.5, 3.0, -1.0, -0.5, 0.0)
INTERCEPT: Final = -4.0
THRESHOLD: Final = 0.5
ENTAILED: Final = 0.5
