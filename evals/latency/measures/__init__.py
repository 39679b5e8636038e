"""One measure, one file: a quantity of the bench, or its ratio to a baseline."""

from __future__ import annotations

from evals.latency.measures.answer_in_process_seconds import ANSWER_IN_PROCESS_SECONDS
from evals.latency.measures.answer_over_retrieval import ANSWER_OVER_RETRIEVAL
from evals.latency.measures.first_words_over_whole_answer import FIRST_WORDS_OVER_WHOLE_ANSWER
from evals.latency.measures.first_words_seconds import FIRST_WORDS_SECONDS
from evals.latency.measures.follow_up_seconds import FOLLOW_UP_SECONDS
from evals.latency.measures.peak_memory_mb import PEAK_MEMORY_MB
from evals.latency.measures.peak_over_one_encoding import PEAK_OVER_ONE_ENCODING
from evals.latency.measures.retrieval_seconds import RETRIEVAL_SECONDS
from evals.latency.measures.start_up_over_python import START_UP_OVER_PYTHON
from evals.latency.measures.start_up_seconds import START_UP_SECONDS
from evals.latency.measures.warm_ask_over_one_encoding import WARM_ASK_OVER_ONE_ENCODING
from evals.latency.measures.warm_ask_seconds import WARM_ASK_SECONDS
from evals.latency.timing import Ratio, Timing

#: What a user waits for first, then its parts.
MEASURES: tuple[Timing | Ratio, ...] = (
    WARM_ASK_SECONDS,
    WARM_ASK_OVER_ONE_ENCODING,
    ANSWER_IN_PROCESS_SECONDS,
    ANSWER_OVER_RETRIEVAL,
    RETRIEVAL_SECONDS,
    FOLLOW_UP_SECONDS,
    FIRST_WORDS_SECONDS,
    FIRST_WORDS_OVER_WHOLE_ANSWER,
    START_UP_SECONDS,
    START_UP_OVER_PYTHON,
    PEAK_MEMORY_MB,
    PEAK_OVER_ONE_ENCODING,
)
