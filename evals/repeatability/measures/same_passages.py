"""Are the passages found the same, in the same order?"""

from __future__ import annotations

from evals.frame.metric import Metric
from evals.repeatability.measures.compared import same

SAME_PASSAGES = Metric(
    "same-passages",
    "lists of passages that are the same",
    same(lambda trace: trace.passages),
    of="comparisons",
)
