"""Are verdict and determinations the same?"""

from __future__ import annotations

from evals.frame.metric import Metric
from evals.repeatability.measures.compared import same

SAME_DETERMINATION = Metric(
    "same-determination",
    "verdicts and determinations that are the same",
    same(lambda trace: trace.determination),
    of="comparisons",
)
