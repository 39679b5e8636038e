"""What reading, deciding, writing and guarding cost beside finding."""

from __future__ import annotations

from evals.latency.measures.answer_in_process_seconds import ANSWER_IN_PROCESS_SECONDS
from evals.latency.timing import Ratio

ANSWER_OVER_RETRIEVAL = Ratio(
    "answer-over-retrieval",
    "an answer in a loaded process, as a multiple of its retrieval alone",
    ANSWER_IN_PROCESS_SECONDS,
    "its retrieval alone",
)
