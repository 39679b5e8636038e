"""An answer of a server or page that is up."""

from __future__ import annotations

from evals.latency.timing import Timing

ANSWER_IN_PROCESS_SECONDS = Timing(
    "answer-in-process-seconds",
    "seconds of an answer in a loaded process, beside its retrieval alone and the first answer after loading",
    section="inside",
    subject="answer",
    beside=("its retrieval alone", "first answer"),
)
