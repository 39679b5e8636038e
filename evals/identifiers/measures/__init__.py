"""One measure, one file: what it judges on an identifier, or on the rest of a text."""

from __future__ import annotations

from evals.frame.metric import Metric
from evals.identifiers.measures.clean_texts_kept import CLEAN_TEXTS_KEPT
from evals.identifiers.measures.identifiers_removed import IDENTIFIERS_REMOVED
from evals.identifiers.measures.names_removed import NAMES_REMOVED
from evals.identifiers.measures.other_characters_kept import OTHER_CHARACTERS_KEPT
from evals.identifiers.measures.other_tokens_kept import OTHER_TOKENS_KEPT
from evals.identifiers.removal import Label, Removal

#: The gravest first: what leaves the machine, then what is lost.
METRICS: tuple[Metric[Label, Removal], ...] = (
    IDENTIFIERS_REMOVED,
    NAMES_REMOVED,
    OTHER_TOKENS_KEPT,
    OTHER_CHARACTERS_KEPT,
    CLEAN_TEXTS_KEPT,
)
