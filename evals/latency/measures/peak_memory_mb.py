"""The most memory that answering takes."""

from __future__ import annotations

from evals.latency.timing import Timing

PEAK_MEMORY_MB = Timing(
    "peak-memory-mb",
    "megabytes that `guideline-qa ask` takes at most",
    section="answer",
    subject="guideline-qa ask, warm",
    quantity="peak memory",
)
