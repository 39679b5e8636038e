"""One metric, one file; the gravest first."""

from evals.facts.measures.intervals_sound import INTERVALS_SOUND
from evals.facts.measures.precision import PRECISION
from evals.facts.measures.recall import RECALL
from evals.facts.measures.unsaid_stays_unknown import UNSAID_STAYS_UNKNOWN
from evals.facts.reading import Stated, Values
from evals.frame.metric import Metric

METRICS: tuple[Metric[Stated, Values], ...] = (UNSAID_STAYS_UNKNOWN, PRECISION, INTERVALS_SOUND, RECALL)
