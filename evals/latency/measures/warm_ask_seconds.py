"""A whole answer as a user of the command line waits for it: start, import, open, read, decide, find, write."""

from __future__ import annotations

from evals.latency.timing import Timing

WARM_ASK_SECONDS = Timing(
    "warm-ask-seconds",
    "seconds of `guideline-qa ask` as a process of its own, model and index there already",
    section="answer",
    subject="guideline-qa ask, warm",
)
