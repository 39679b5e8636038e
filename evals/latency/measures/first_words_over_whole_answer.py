"""How much of the wait for an answer is over when its first section is there."""

from __future__ import annotations

from evals.latency.first_words import WHOLE
from evals.latency.measures.first_words_seconds import FIRST_WORDS_SECONDS
from evals.latency.timing import Ratio

FIRST_WORDS_OVER_WHOLE_ANSWER = Ratio(
    "first-words-over-whole-answer",
    "the first section of a streamed answer, as a part of the wait for the whole",
    FIRST_WORDS_SECONDS,
    WHOLE,
)
