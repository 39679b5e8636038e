"""What our imports add to an interpreter's start."""

from __future__ import annotations

from evals.latency.measures.start_up_seconds import START_UP_SECONDS
from evals.latency.timing import Ratio

START_UP_OVER_PYTHON = Ratio(
    "start-up-over-python",
    "`guideline-qa --help`, as a multiple of an interpreter that does nothing",
    START_UP_SECONDS,
    "python -c pass",
)
