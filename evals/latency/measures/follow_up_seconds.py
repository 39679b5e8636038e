"""A follow-up as the page answers it: one value filled in, the article written anew."""

from __future__ import annotations

from evals.latency.timing import Timing

FOLLOW_UP_SECONDS = Timing(
    "follow-up-seconds",
    "seconds of a follow-up that fills one value in, beside an answer from nothing",
    section="inside",
    subject="follow-up with one value filled in",
    beside=("answer",),
)
