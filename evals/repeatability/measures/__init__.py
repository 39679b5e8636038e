"""One measure, one file: what of two answers is compared."""

from __future__ import annotations

from evals.audience.request import Request
from evals.frame.metric import Metric
from evals.repeatability.measures.same_bytes import SAME_BYTES
from evals.repeatability.measures.same_case import SAME_CASE
from evals.repeatability.measures.same_determination import SAME_DETERMINATION
from evals.repeatability.measures.same_passages import SAME_PASSAGES
from evals.repeatability.trace import Repeats

#: The gravest first.
METRICS: tuple[Metric[Request, Repeats], ...] = (SAME_DETERMINATION, SAME_CASE, SAME_PASSAGES, SAME_BYTES)
