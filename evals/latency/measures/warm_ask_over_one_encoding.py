"""A whole answer beside what a pipeline with another encoder costs before its first passage."""

from __future__ import annotations

from evals.latency.measures.warm_ask_seconds import WARM_ASK_SECONDS
from evals.latency.timing import Ratio

WARM_ASK_OVER_ONE_ENCODING = Ratio(
    "warm-ask-over-one-encoding",
    "`guideline-qa ask`, as a multiple of one sentence encoded by sentence-transformers in its own process",
    WARM_ASK_SECONDS,
    "sentence-transformers, 1 sentence",
)
