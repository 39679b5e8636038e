"""What is judged, the gravest first."""

from __future__ import annotations

from evals.refusals.measures.answered import ANSWERED
from evals.refusals.measures.citations import UNCITED
from evals.refusals.measures.emergencies import EMERGENCIES
from evals.refusals.measures.kinds import KINDS
from evals.refusals.measures.reasons import REASONS
from evals.refusals.measures.refused import REFUSED

MEASURES = (EMERGENCIES, REFUSED, ANSWERED, KINDS, REASONS, UNCITED)
