"""Are names gone, the identifier a reader knows people by?"""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.identifiers.measures.identifiers_removed import removed_whole
from evals.identifiers.removal import Label, Removal


def _judge(label: Label, removal: Removal) -> Iterator[Check]:
    """One judgement for each name."""
    if label.span and label.span.kind == "name":
        yield from removed_whole(label, removal)


NAMES_REMOVED = Metric("names-removed", "names removed to the last letter", _judge, of="names")
