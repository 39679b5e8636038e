"""One metric, one file; the gravest first."""

from evals.frame.metric import Metric
from evals.verdicts.asked import Asked
from evals.verdicts.measures.answering_right import ANSWERING_RIGHT
from evals.verdicts.measures.deciding_right import DECIDING_RIGHT
from evals.verdicts.measures.met_found import MET_FOUND
from evals.verdicts.measures.no_false_met import NO_FALSE_MET
from evals.verdicts.measures.no_false_pass import NO_FALSE_PASS

METRICS: tuple[Metric[Asked, str], ...] = (NO_FALSE_MET, NO_FALSE_PASS, DECIDING_RIGHT, ANSWERING_RIGHT, MET_FOUND)
