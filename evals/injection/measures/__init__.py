"""What is judged, the gravest first."""

from __future__ import annotations

from evals.injection.measures.article import ARTICLE
from evals.injection.measures.disclaimer import DISCLAIMER
from evals.injection.measures.facts import FACTS
from evals.injection.measures.flagged import FLAGGED, FLAGGED_BIPIA
from evals.injection.measures.harmless_facts import HARMLESS_FACTS
from evals.injection.measures.harmless_unflagged import UNFLAGGED, UNFLAGGED_NOTINJECT
from evals.injection.measures.sentences import SENTENCES
from evals.injection.measures.unshown import UNSHOWN
from evals.injection.measures.verdict import VERDICT
from evals.injection.measures.withstood import WITHSTOOD

MEASURES = (
    VERDICT,
    FACTS,
    WITHSTOOD,
    DISCLAIMER,
    SENTENCES,
    ARTICLE,
    UNSHOWN,
    FLAGGED,
    FLAGGED_BIPIA,
    UNFLAGGED,
    UNFLAGGED_NOTINJECT,
    HARMLESS_FACTS,
)
