"""One measure, one file: what it judges on a turn, and when."""

from __future__ import annotations

from evals.followups.exchange import Exchange
from evals.followups.label import Label
from evals.followups.measures.audience_right import AUDIENCE_RIGHT
from evals.followups.measures.bad_values_refused import BAD_VALUES_REFUSED
from evals.followups.measures.changes_told import CHANGES_TOLD
from evals.followups.measures.facts_right import FACTS_RIGHT
from evals.followups.measures.missing_asked_for import MISSING_ASKED_FOR
from evals.followups.measures.no_false_met import NO_FALSE_MET
from evals.followups.measures.path_independent import PATH_INDEPENDENT
from evals.followups.measures.payers_right import PAYERS_RIGHT
from evals.followups.measures.record_kept import RECORD_KEPT
from evals.followups.measures.refusals_right import REFUSALS_RIGHT
from evals.followups.measures.sections_in_focus import SECTIONS_IN_FOCUS
from evals.followups.measures.statuses_right import STATUSES_RIGHT
from evals.followups.measures.suppositions_marked import SUPPOSITIONS_MARKED
from evals.followups.measures.turn_kind_right import TURN_KIND_RIGHT
from evals.frame.metric import Metric

#: The gravest first: the first is the safety number.
METRICS: tuple[Metric[Label, Exchange], ...] = (
    NO_FALSE_MET,
    STATUSES_RIGHT,
    RECORD_KEPT,
    FACTS_RIGHT,
    CHANGES_TOLD,
    PATH_INDEPENDENT,
    TURN_KIND_RIGHT,
    REFUSALS_RIGHT,
    BAD_VALUES_REFUSED,
    SUPPOSITIONS_MARKED,
    PAYERS_RIGHT,
    SECTIONS_IN_FOCUS,
    MISSING_ASKED_FOR,
    AUDIENCE_RIGHT,
)
