"""The guard on labelled pairs: its metrics, the gravest first."""

from __future__ import annotations

from evals.citations.labelled.accepted_supported import ACCEPTED_SUPPORTED
from evals.citations.labelled.ranking import RANKING
from evals.citations.labelled.supported_accepted import SUPPORTED_ACCEPTED
from evals.citations.labelled.unsupported_refused import UNSUPPORTED_REFUSED

METRICS = (UNSUPPORTED_REFUSED, ACCEPTED_SUPPORTED, SUPPORTED_ACCEPTED, RANKING)
