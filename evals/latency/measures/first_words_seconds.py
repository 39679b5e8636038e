"""How soon there is something to read."""

from __future__ import annotations

from evals.latency.first_words import FIRST
from evals.latency.timing import Timing

FIRST_WORDS_SECONDS = Timing(
    "first-words-seconds",
    "seconds until the first section of a streamed answer, beside the whole of it",
    section="first words",
    subject=FIRST,
)
