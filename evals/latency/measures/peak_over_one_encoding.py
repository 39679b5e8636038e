"""The memory of an answer beside that of another encoder alone."""

from __future__ import annotations

from evals.latency.measures.peak_memory_mb import PEAK_MEMORY_MB
from evals.latency.timing import Ratio

PEAK_OVER_ONE_ENCODING = Ratio(
    "peak-over-one-encoding",
    "peak memory of `guideline-qa ask`, as a multiple of one sentence encoded by sentence-transformers",
    PEAK_MEMORY_MB,
    "sentence-transformers, 1 sentence",
)
