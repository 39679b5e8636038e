"""Finding the passages of an answer, all its parts together."""

from __future__ import annotations

from evals.latency.timing import Timing

RETRIEVAL_SECONDS = Timing(
    "retrieval-seconds",
    "seconds of an answer's retrieval in a loaded process, beside the whole answer",
    section="inside",
    subject="its retrieval alone",
    beside=("answer",),
)
