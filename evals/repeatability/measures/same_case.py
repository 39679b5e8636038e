"""Are the facts read the same, with the words they were read from?"""

from __future__ import annotations

from evals.frame.metric import Metric
from evals.repeatability.measures.compared import same

SAME_CASE = Metric(
    "same-case",
    "cases that are the same, fact by fact",
    same(lambda trace: trace.case),
    of="comparisons",
)
