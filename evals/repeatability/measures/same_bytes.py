"""Is the whole answer the same, to the byte, but for the time of its writing?"""

from __future__ import annotations

from evals.frame.metric import Metric
from evals.repeatability.measures.compared import same

SAME_BYTES = Metric(
    "same-bytes",
    "answers that are the same as JSON, byte by byte, but for their time",
    same(lambda trace: trace.answer),
    of="comparisons",
)
